"""The floor: what has to do with the question is above it, whatever the embedder can do."""

from __future__ import annotations

import pytest

from studio.documents.retrieve.relevance import FLOOR, coverage, relevance
from studio.documents.retrieve.skills import Skill

ENGLISH = Skill(figure=0.95, related=0.5, unrelated=0.06)
IGNORANT = Skill(figure=0.05, related=0.66, unrelated=0.64)


def test_rare_terms_count_more_than_frequent_ones() -> None:
    terms, frequencies = ["company", "zirconium"], [90, 1]

    rare = coverage(terms, frequencies, 100, {"zirconium"})
    frequent = coverage(terms, frequencies, 100, {"company"})

    assert rare is not None
    assert frequent is not None
    assert rare > 0.9
    assert rare + frequent == pytest.approx(1)


def test_a_term_that_stands_nowhere_is_missing_the_most() -> None:
    found = coverage(["lease", "unicorn"], [1, 0], 3, {"lease", "rent"})

    assert found is not None
    assert 0 < found < 0.5


def test_a_term_twice_in_the_question_counts_once() -> None:
    assert coverage(["a", "a", "b"], [2, 2, 2], 9, {"a"}) == pytest.approx(0.5)


def test_a_question_without_terms_leaves_the_cosine_to_decide() -> None:
    assert coverage([], [], 10, {"a"}) is None
    assert relevance(0.7, None, ENGLISH) > FLOOR
    assert relevance(0.1, None, ENGLISH) < FLOOR
    assert relevance(0.99, None, IGNORANT) == 0


@pytest.mark.parametrize(
    ("terms", "frequencies", "count"), [(["a"], [], 5), (["a"], [6], 5), (["a"], [-1], 5)]
)
def test_impossible_frequencies_are_refused(
    terms: list[str], frequencies: list[int], count: int
) -> None:
    with pytest.raises(ValueError, match=r"frequencies|chunks"):
        coverage(terms, frequencies, count, set())


def test_near_in_meaning_without_a_shared_word_is_enough_where_the_embedder_is_able() -> None:
    assert relevance(0.75, 0.0, ENGLISH) > FLOOR
    assert relevance(0.15, 0.15, ENGLISH) < FLOOR


def test_a_high_cosine_of_an_embedder_that_does_not_know_the_language_says_nothing() -> None:
    assert relevance(0.95, 0.0, IGNORANT) == 0
    assert relevance(None, 0.5, IGNORANT) == relevance(0.95, 0.5, IGNORANT) > FLOOR


def test_without_an_embedder_the_words_decide() -> None:
    assert relevance(None, 0.6, None) > FLOOR > relevance(None, 0.1, None)


def test_fewer_pairs_of_characters_than_words_are_expected() -> None:
    assert relevance(None, 0.18, None, pairs=True) > FLOOR > relevance(None, 0.18, None)


def test_it_runs_from_0_to_1_and_never_falls_when_evidence_rises() -> None:
    assert relevance(0.06, 0.0, ENGLISH) == 0
    assert relevance(1.0, 1.0, ENGLISH) == pytest.approx(1)
    steps = [relevance(step / 50, step / 50, ENGLISH) for step in range(51)]
    assert steps == sorted(steps)
    broken = Skill(figure=1.0, related=1.0, unrelated=1.0)
    assert relevance(1.0, 0.0, broken) == 0
