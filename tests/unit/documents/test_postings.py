"""Keyword search: the scores of plain BM25, whatever was added, replaced and removed before."""

from __future__ import annotations

import math
from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.documents.retrieve.postings import K1, B, Matches, Postings, segment_of

WORDS = st.sampled_from(["cat", "dog", "hen", "猫", "AB-1234", "a\ud800b"])
TEXT = st.lists(WORDS, max_size=12)
STEP = st.one_of(
    st.tuples(st.just("add"), st.dictionaries(st.integers(1, 30), TEXT, max_size=6)),
    st.tuples(st.just("remove"), st.lists(st.integers(1, 30), max_size=6)),
    st.tuples(st.just("merge"), st.none()),
)


def reference(texts: dict[int, list[str]], question: list[str]) -> dict[int, float]:
    """Return BM25 as its formula stands, for every chunk with one of the terms."""
    mean = sum(map(len, texts.values())) / max(len(texts), 1)
    scores = {}
    for number, text in texts.items():
        counts, score = Counter(text), 0.0
        for term in question:
            n = sum(term in other for other in texts.values())
            idf = math.log(1 + (len(texts) - n + 0.5) / (n + 0.5))
            if counts[term]:
                norm = K1 * (1 - B + B * len(text) / mean)
                score += idf * counts[term] / (counts[term] + norm)
        if score:
            scores[number] = score
    return scores


def ids(*numbers: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.array(numbers, np.int64)


def as_dict(found: Matches) -> dict[int, float]:
    return dict(zip(found.ids.tolist(), found.scores.tolist(), strict=True))


@settings(max_examples=120, deadline=None)
@given(st.lists(STEP, max_size=12), st.lists(WORDS, max_size=5))
def test_the_scores_are_those_of_the_formula(
    steps: list[tuple[str, object]], question: list[str]
) -> None:
    postings, texts = Postings(), dict[int, list[str]]()
    for act, what in steps:
        if act == "add":
            assert isinstance(what, dict)
            postings.add(ids(*what), list(what.values()))
            texts |= what
        elif act == "remove":
            assert isinstance(what, list)
            postings.remove(ids(*what))
            texts = {number: text for number, text in texts.items() if number not in what}
        else:
            postings.merged()
    assert sorted(postings.ids().tolist()) == sorted(texts)
    assert len(postings) == len(texts)
    found = postings.search(question, 100)
    assert as_dict(found) == pytest.approx(reference(texts, question), rel=1e-5)
    assert found.frequencies == tuple(
        sum(term in text for text in texts.values()) for term in question
    )


def test_the_best_come_first_and_of_equals_the_older() -> None:
    postings = Postings()
    postings.add(ids(9, 3, 5, 7), [["cat"], ["cat"], ["cat", "cat"], ["cat"]])
    assert postings.search(["cat"], 3).ids.tolist() == [5, 3, 7]


def test_only_what_is_allowed_is_found_and_its_score_stays() -> None:
    postings = Postings()
    postings.add(ids(1, 2, 3), [["cat"], ["cat", "dog"], ["hen"]])
    every = as_dict(postings.search(["cat"], 9))
    assert as_dict(postings.search(["cat"], 9, ids(2, 3, 99))) == {2: every[2]}
    assert len(postings.search(["cat"], 9, ids()).ids) == 0


def test_nothing_asked_or_nothing_there_finds_nothing() -> None:
    postings = Postings()
    assert postings.search(["cat"], 5).frequencies == (0,)
    postings.add(ids(1), [[]])
    assert len(postings.search([], 5).ids) == 0
    assert len(postings.search(["cat"], 5).ids) == 0


def test_merging_leaves_no_trace_of_what_was_removed() -> None:
    postings = Postings()
    postings.add(ids(1, 2), [["secret", "cat"], ["cat"]])
    postings.remove(ids(1))
    kept = postings.merged()
    fresh = Postings()
    fresh.add(ids(2), [["cat"]])
    for name, array in fresh.merged().arrays().items():
        np.testing.assert_array_equal(kept.arrays()[name], array)


def test_a_kept_segment_goes_on_where_it_was() -> None:
    postings = Postings()
    postings.add(ids(1, 2), [["cat"], ["cat", "dog"]])
    again = Postings(segment_of(postings.merged().arrays()))
    again.add(ids(3), [["dog"]])
    again.remove(ids(1))
    texts = {2: ["cat", "dog"], 3: ["dog"]}
    assert as_dict(again.search(["dog"], 9)) == pytest.approx(reference(texts, ["dog"]), rel=1e-5)


@pytest.mark.parametrize("wrong", [ids(1), ids(1, 1)])
def test_ids_that_do_not_fit_are_refused(wrong: np.ndarray[tuple[int], np.dtype[np.int64]]) -> None:
    with pytest.raises(ValueError, match="no id twice"):
        Postings().add(wrong, [["cat"], ["dog"]])


def test_few_segments_are_kept_however_many_files_come() -> None:
    postings = Postings()
    for number in range(200):
        postings.add(ids(2 * number, 2 * number + 1), [["cat"], ["dog"]])
    assert len(postings._segments) < 24
    assert len(postings) == 400
