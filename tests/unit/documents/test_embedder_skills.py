"""The self-test of an embedder: its files, its figure, and the weight that follows from it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from studio.documents.retrieve.skills import (
    MOST,
    UNTESTED,
    Pair,
    Skill,
    Vectors,
    dense_weight,
    languages,
    read_pairs,
    skill,
    skill_in,
    weight_in,
)
from studio.documents.text.language import language

SHIPPED = Path(__file__).parents[3] / "resources" / "embedder_test"
WANTED = {
    *("ar", "de", "el", "en", "es", "fa", "fr", "he", "hi", "id", "it"),
    *("ja", "ko", "nl", "pl", "pt", "ru", "sv", "tr", "uk", "vi", "zh"),
}


class Oracle:
    """Knows which passage answers which question, as far as it is told."""

    def __init__(self, pairs: Sequence[Pair], known: int) -> None:
        self._places = {pair.question: place for place, pair in enumerate(pairs)}
        self._places |= {pair.passage: place for place, pair in enumerate(pairs)}
        self._known = known
        self._random = np.random.default_rng(7)

    def __call__(self, texts: Sequence[str], kind: str) -> Vectors:
        """Return the pair's own axis for texts that are known, noise for others."""
        rows = self._random.normal(size=(len(texts), 200))
        for row, text in zip(rows, texts, strict=True):
            if self._places[text] < self._known:
                row[:] = 0
                row[self._places[text]] = 1
        lengths: Vectors = np.linalg.norm(rows, axis=1, keepdims=True)
        return (rows / lengths).astype(np.float16)


def test_a_test_is_shipped_for_every_language_promised() -> None:
    assert set(languages(SHIPPED)) == WANTED


@pytest.mark.parametrize("name", sorted(WANTED))
def test_the_shipped_pairs_are_whole_and_in_their_language(name: str) -> None:
    pairs = read_pairs(SHIPPED, name)

    assert 24 <= len(pairs) <= 40
    assert language(" ".join(pair.passage for pair in pairs)) == name


@pytest.mark.parametrize("name", ["", "xx", "../en", "en.json"])
def test_a_language_without_a_test_has_no_pairs(name: str) -> None:
    assert read_pairs(SHIPPED, name) == ()


@pytest.mark.parametrize(
    "content",
    [
        {"a": "b"},
        [["only one"], ["a", "b"]],
        [["a", "b"], ["c", 5]],
        [["a", "b"], ["c", " "]],
        [["a", "b"], ["a", "c"]],
        [["a", "b"]],
        [],
    ],
)
def test_a_damaged_test_is_refused(tmp_path: Path, content: object) -> None:
    (tmp_path / "en.json").write_text(json.dumps(content), encoding="utf-8")

    with pytest.raises(ValueError, match=r"en\.json"):
        read_pairs(tmp_path, "en")


def test_an_oracle_has_the_skill_1_and_the_full_weight_in_every_language() -> None:
    for name in WANTED:
        pairs = read_pairs(SHIPPED, name)
        found = skill(Oracle(pairs, known=len(pairs)), pairs)
        assert found.figure == pytest.approx(1)
        assert found.related > found.unrelated
        assert dense_weight(found.figure) == MOST


def test_noise_has_no_weight() -> None:
    pairs = read_pairs(SHIPPED, "en")

    assert dense_weight(skill(Oracle(pairs, known=0), pairs).figure) == 0


def test_what_is_known_of_a_half_weighs_between() -> None:
    pairs = read_pairs(SHIPPED, "en")
    found = skill(Oracle(pairs, known=len(pairs) // 4), pairs)

    assert 0.15 < found.figure < 0.45
    assert 0 < dense_weight(found.figure) < MOST


def test_an_embedder_that_gives_all_texts_one_vector_has_no_skill() -> None:
    pairs = read_pairs(SHIPPED, "en")

    def constant(texts: Sequence[str], kind: str) -> Vectors:
        return np.full((len(texts), 4), 0.5, np.float32)

    assert skill(constant, pairs).figure == 0


@pytest.mark.parametrize(
    "vectors",
    [np.zeros(2), np.zeros((3, 4)), np.array([[1.0, float("nan")], [0.0, 1.0]])],
)
def test_broken_vectors_are_refused(vectors: Vectors) -> None:
    with pytest.raises(ValueError, match="vectors"):
        skill(lambda texts, kind: vectors, [Pair("a", "b"), Pair("c", "d")])


def test_vectors_of_two_dimensions_are_refused() -> None:
    with pytest.raises(ValueError, match="dimensions"):
        skill(
            lambda texts, kind: np.ones((len(texts), 3 if kind == "query" else 4)),
            [Pair("a", "b"), Pair("c", "d")],
        )


def test_one_pair_is_no_test() -> None:
    with pytest.raises(ValueError, match="two pairs"):
        skill(lambda texts, kind: np.ones((1, 2)), [Pair("a", "b")])


def test_the_weight_rises_with_the_skill_within_its_bounds() -> None:
    weights = [dense_weight(figure / 20) for figure in range(21)]

    assert weights == sorted(weights)
    assert (weights[0], weights[2], weights[-1]) == (0, 0, MOST)
    assert dense_weight(0.3) == pytest.approx(0.25)


def test_a_language_without_a_test_has_the_weight_of_its_script() -> None:
    figures = {"en": 0.95, "de": 0.3, "fr": 0.2, "ru": 0.0}
    known = {name: Skill(figure, figure, 0.0) for name, figure in figures.items()}

    assert weight_in(known, "en") == MOST
    assert weight_in(known, "da") == dense_weight(0.3)
    assert weight_in(known, "bg") == 0
    assert weight_in(known, "th") == weight_in(known, "") == weight_in({}, "en") == UNTESTED
    assert skill_in(known, "th") is None
