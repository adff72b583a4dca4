"""Joining what vectors and keywords found: the sum, its order, and lists that say nothing."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.documents.retrieve.fusion import NOTHING, Fused, Ranked, fuse


def ranked(**scores: float) -> Ranked:
    """Return a list of chunks c1=…, c2=…."""
    ids = np.array([int(name[1:]) for name in scores], np.int64)
    return Ranked(ids, np.array(list(scores.values()), np.float32))


def order(hits: list[Fused]) -> list[int]:
    return [hit.chunk for hit in hits]


def test_the_best_of_both_lists_has_the_score_one() -> None:
    hits = fuse(ranked(c1=0.75, c2=0.5, c3=0.25), ranked(c1=12.0, c2=3.0), 0.5)

    assert hits[0] == Fused(1, 1.0, {"dense": 0.75, "keyword": 12.0})
    assert hits[1].score == pytest.approx(0.25)
    assert hits[2] == Fused(3, 0.0, {"dense": 0.25})


def test_the_weight_decides_between_lists_that_disagree() -> None:
    dense, keyword = ranked(c1=0.9, c2=0.1), ranked(c1=1.0, c2=9.0)

    assert order(fuse(dense, keyword, 0.7)) == [1, 2]
    assert order(fuse(dense, keyword, 0.3)) == [2, 1]


def test_equal_scores_are_ordered_by_id() -> None:
    hits = fuse(ranked(c9=0.9, c1=0.1), ranked(c1=5.0, c9=2.0), 0.5)

    assert order(hits) == [1, 9]
    assert hits[0].score == hits[1].score == 0.5


@pytest.mark.parametrize("weight", [0.0, 0.3, 1.0])
def test_an_empty_list_leaves_the_other_to_decide(weight: float) -> None:
    found = ranked(c1=0.4, c2=0.9)

    assert [hit.score for hit in fuse(found, NOTHING, weight)] == [1.0, 0.0]
    assert [hit.score for hit in fuse(NOTHING, found, weight)] == [1.0, 0.0]
    assert fuse(NOTHING, NOTHING, weight) == []


def test_what_only_a_list_without_weight_found_comes_last_in_its_order() -> None:
    hits = fuse(ranked(c5=0.1, c6=0.9), ranked(c1=2.0, c2=1.0), 0.0)

    assert order(hits) == [1, 2, 6, 5]


def test_a_list_of_equal_scores_counts_in_full() -> None:
    assert [hit.score for hit in fuse(ranked(c1=0.5, c2=0.5), NOTHING, 0.5)] == [1.0, 1.0]


@pytest.mark.parametrize("weight", [-0.1, 1.1, float("nan")])
def test_a_weight_outside_its_bounds_is_refused(weight: float) -> None:
    with pytest.raises(ValueError, match="weight"):
        fuse(ranked(c1=1.0), ranked(c1=1.0), weight)


@pytest.mark.parametrize(
    ("ids", "scores", "words"),
    [
        ([1, 2], [0.5], "as many"),
        ([1, 1], [0.5, 0.4], "twice"),
        ([1, 2], [0.5, float("nan")], "finite"),
        ([1, 2], [0.5, float("inf")], "finite"),
    ],
)
def test_a_damaged_list_is_refused(ids: list[int], scores: list[float], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        Ranked(np.array(ids, np.int64), np.array(scores, np.float32))


lists = st.dictionaries(st.integers(0, 30), st.floats(-1, 1, width=32), max_size=12)


@given(lists, lists, st.floats(0, 1))
def test_every_chunk_comes_once_best_first_within_0_and_1(
    dense: dict[int, float], keyword: dict[int, float], weight: float
) -> None:
    one, other = (
        Ranked(np.array(list(found), np.int64), np.array(list(found.values()), np.float32))
        for found in (dense, keyword)
    )
    hits = fuse(one, other, weight)
    scores = [hit.score for hit in hits]

    assert sorted(order(hits)) == sorted(dense.keys() | keyword.keys())
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)
    backwards = fuse(Ranked(one.ids[::-1], one.scores[::-1]), other, weight)
    assert hits == backwards, "the order in which a list comes must not matter"
