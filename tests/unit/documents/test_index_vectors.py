"""Vectors of an index: what an exact search finds, in either form, filtered or not."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from studio.workers.searching import vectors
from studio.workers.searching.vectors import RECALL, Vectors, read

WIDE = 16
MANY = 3000


def clustered(count: int, seed: int = 3) -> NDArray[np.float16]:
    """Return vectors in some forty clusters, as texts of some forty topics would lie."""
    random = np.random.default_rng(seed)
    centres = np.random.default_rng(0).standard_normal((40, WIDE))
    values = centres[random.integers(0, 40, count)] + 0.4 * random.standard_normal((count, WIDE))
    scaled: NDArray[np.float64] = values / np.linalg.norm(values, axis=1, keepdims=True)
    return scaled.astype(np.float16)


def numbered(count: int) -> NDArray[np.int64]:
    """Return ids that are no places: large, and in no order."""
    return np.random.default_rng(5).permutation(count).astype(np.int64) * 7 + (1 << 40)


def exact(
    rows: NDArray[np.float16], ids: NDArray[np.int64], asked: NDArray[np.float32], k: int
) -> list[int]:
    scores = rows.astype(np.float32) @ asked
    return [int(number) for number in ids[np.argsort(-scores, kind="stable")[:k]]]


@pytest.fixture(scope="module")
def rows() -> NDArray[np.float16]:
    return clustered(MANY)


@pytest.fixture
def flat(rows: NDArray[np.float16]) -> Vectors:
    made = Vectors(WIDE)
    made.add(numbered(MANY), rows)
    return made


@pytest.fixture
def listed(flat: Vectors, monkeypatch: pytest.MonkeyPatch) -> Vectors:
    monkeypatch.setattr(vectors, "EXACT_MOST", 1000)
    assert not flat.fits()
    return flat.fitting()


@pytest.mark.parametrize("share", [1.0, 0.8, 0.3, 0.002])
def test_a_small_index_finds_exactly_what_is_allowed(
    flat: Vectors, rows: NDArray[np.float16], share: float
) -> None:
    ids = numbered(MANY)
    chosen = np.random.default_rng(1).random(MANY) < share
    for asked in clustered(20, seed=9).astype(np.float32):
        found, scores = flat.search(asked, 10, None if share == 1 else ids[chosen])
        wanted = exact(rows[chosen], ids[chosen], asked, 10)
        assert found.tolist() == wanted
        assert list(scores) == sorted(scores, reverse=True)


def test_a_large_index_finds_nearly_all_of_it(
    listed: Vectors, flat: Vectors, rows: NDArray[np.float16]
) -> None:
    assert (listed.form, len(listed)) == ("ivf", MANY)
    assert listed.recall >= RECALL
    found = [
        len(set(listed.search(asked, 10)[0].tolist()) & set(flat.search(asked, 10)[0].tolist()))
        for asked in clustered(100, seed=9).astype(np.float32)
    ]
    assert sum(found) / 1000 >= 0.95, "questions are not the vectors it was measured on"


def test_a_large_index_heeds_what_is_allowed(listed: Vectors, rows: NDArray[np.float16]) -> None:
    allowed = numbered(MANY)[:60]
    for asked in clustered(20, seed=9).astype(np.float32):
        found = listed.search(asked, 5, allowed)[0]
        assert found.tolist() == exact(rows[:60], allowed, asked, 5)


@pytest.mark.parametrize("form", ["flat", "listed"])
def test_removed_is_never_found_again(form: str, request: pytest.FixtureRequest) -> None:
    made: Vectors = request.getfixturevalue(form)
    gone = numbered(MANY)[::2]
    made.remove(np.concatenate([gone, [5]]))
    assert len(made) == MANY // 2
    for asked in clustered(20, seed=9).astype(np.float32):
        assert not np.isin(made.search(asked, 100)[0], gone).any()


@pytest.mark.parametrize("form", ["flat", "listed"])
def test_both_forms_are_read_as_they_were_written(
    form: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    made: Vectors = request.getfixturevalue(form)
    made.write(tmp_path / "vectors")
    again = read(
        tmp_path / "vectors",
        WIDE,
        trained_for=made.trained_for,
        probes=made.probes,
        recall=made.recall,
    )
    assert (again.form, len(again), again.recall) == (made.form, len(made), made.recall)
    for asked in clustered(5, seed=9).astype(np.float32):
        assert again.search(asked, 10)[0].tolist() == made.search(asked, 10)[0].tolist()


def test_a_large_index_that_has_shrunk_becomes_exact_again(
    listed: Vectors, rows: NDArray[np.float16]
) -> None:
    ids = numbered(MANY)
    listed.remove(ids[400:])
    assert not listed.fits()
    small = listed.fitting()
    assert small.form == "flat"
    asked = clustered(1, seed=9)[0].astype(np.float32)
    assert small.search(asked, 10)[0].tolist() == exact(rows[:400], ids[:400], asked, 10)


def test_a_large_index_that_has_grown_by_half_is_made_anew(listed: Vectors) -> None:
    more = clustered(MANY // 2 + 1, seed=4)
    listed.add(np.arange(len(more), dtype=np.int64), more)
    assert not listed.fits()


def test_an_empty_index_finds_nothing() -> None:
    assert len(Vectors(WIDE).search(np.ones(WIDE, np.float32), 10)[0]) == 0


def test_fewer_than_asked_for_are_returned_without_fillers(flat: Vectors) -> None:
    asked = np.ones(WIDE, np.float32)
    assert len(flat.search(asked, 10, numbered(MANY)[:3])[0]) == 3
    assert len(flat.search(asked, 10, np.array([5], np.int64))[0]) == 0
    assert len(flat.search(asked, 2 * MANY)[0]) == MANY
