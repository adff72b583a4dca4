"""The cache of an index: whole or stale, nothing between, and without what was removed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from studio.engine.searching import Stamp
from studio.workers.searching import cache
from studio.workers.searching.cache import StaleError
from studio.workers.searching.index import Index, empty, opened
from studio.workers.serve import RefusedError

WIDE = 8
STAMP = Stamp("minilm", WIDE, 5, 3)
IDS = np.array([4, 2, 9], np.int64)
TERMS = [["cat"], ["cat", "dog"], ["hen"]]


def rows(count: int, seed: int = 1) -> NDArray[np.float16]:
    values = np.random.default_rng(seed).standard_normal((count, WIDE))
    scaled: NDArray[np.float64] = values / np.linalg.norm(values, axis=1, keepdims=True)
    return scaled.astype(np.float16)


def small(folder: Path) -> Index:
    index = empty(folder, STAMP)
    index.add(IDS, rows(3), TERMS)
    return index


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("index")
    small(folder).save(STAMP.generation)
    yield folder
    assert len(opened(folder, STAMP)) == 3, "the examples put every byte back"


def bytes_of(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.iterdir()))


def test_what_was_saved_is_found_again(saved: Path) -> None:
    index = opened(saved, STAMP)
    for number, row in zip(IDS, rows(3), strict=True):
        found, scores = index.nearest(row.astype(np.float32), 3, None)
        assert found[0] == number
        assert scores[0] == pytest.approx(1, abs=2e-3)
    assert set(index.matching(["cat"], 5, None).ids.tolist()) == {4, 2}


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_any_flipped_byte_makes_it_stale(saved: Path, data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(sorted(saved.iterdir())))
    before = path.read_bytes()
    place = data.draw(st.integers(0, len(before) - 1))
    flipped = before[place] ^ data.draw(st.integers(1, 255))
    path.write_bytes(before[:place] + bytes([flipped]) + before[place + 1 :])
    try:
        with pytest.raises(StaleError):
            opened(saved, STAMP)
    finally:
        path.write_bytes(before)


@pytest.mark.parametrize("kind", ["manifest", "vectors", "postings"])
@pytest.mark.parametrize("keep", [0, 20])
def test_a_cut_or_missing_file_makes_it_stale(tmp_path: Path, kind: str, keep: int) -> None:
    small(tmp_path).save(5)
    (path,) = tmp_path.glob(f"{kind}*")
    if keep:
        path.write_bytes(path.read_bytes()[:keep])
    else:
        path.unlink()
    with pytest.raises(StaleError):
        opened(tmp_path, STAMP)


@pytest.mark.parametrize(
    "change", [{"embedder": "other"}, {"dimension": 9}, {"generation": 6}, {"count": 4}]
)
def test_another_stamp_makes_it_stale(saved: Path, change: dict[str, Any]) -> None:
    with pytest.raises(StaleError, match=next(iter(change))):
        opened(saved, replace(STAMP, **change))


def test_a_cache_of_another_version_is_stale(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small(tmp_path).save(5)
    monkeypatch.setattr(cache, "VERSION", 2)
    with pytest.raises(StaleError, match="version"):
        opened(tmp_path, STAMP)


def test_a_cache_that_is_not_there_is_stale(tmp_path: Path) -> None:
    with pytest.raises(StaleError, match="no cache"):
        opened(tmp_path / "none", STAMP)


def test_a_full_disk_leaves_the_cache_of_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = small(tmp_path)
    index.save(5)
    before = bytes_of(tmp_path)

    def full(path: Path, arrays: object) -> None:
        path.write_bytes(b"half")
        raise OSError(28, "No space left on device")

    index.remove(np.array([4]))
    monkeypatch.setattr(cache, "write_arrays", full)
    with pytest.raises(RefusedError) as refused:
        index.save(6)
    assert refused.value.code == "search.not_saved"
    assert bytes_of(tmp_path) == before


def test_left_overs_of_a_killed_save_are_swept(tmp_path: Path) -> None:
    small(tmp_path).save(5)
    for name in ("vectors-dead", "postings-dead", "manifest-dead"):
        (tmp_path / name).write_bytes(b"half")
    opened(tmp_path, STAMP)
    assert not list(tmp_path.glob("*-dead"))
    assert len(list(tmp_path.iterdir())) == 3


@pytest.mark.skipif(os.name == "nt", reason="modes are of POSIX")
def test_nobody_else_may_read_the_cache(tmp_path: Path) -> None:
    small(tmp_path / "index").save(5)
    assert (tmp_path / "index").stat().st_mode & 0o077 == 0


def test_what_was_removed_is_gone_from_the_files_after_the_next_save(tmp_path: Path) -> None:
    index = small(tmp_path)
    index.save(5)
    gone = rows(3)[0].tobytes()
    assert gone in bytes_of(tmp_path)
    index.remove(np.array([4]))
    assert 4 not in index.nearest(rows(3)[0].astype(np.float32), 9, None)[0]
    assert 4 not in index.matching(["cat"], 9, None).ids
    index.save(6)
    assert gone not in bytes_of(tmp_path)
    assert index.postings.ids().tolist() == [2, 9]


def test_a_chunk_that_comes_again_replaces_the_one_before(tmp_path: Path) -> None:
    index = small(tmp_path)
    index.add(np.array([4], np.int64), rows(1, seed=2), [["owl"]])
    assert len(index) == 3
    assert 4 not in index.matching(["cat"], 9, None).ids
    assert index.nearest(rows(1, seed=2)[0].astype(np.float32), 1, None)[0].tolist() == [4]


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_values_that_are_no_numbers_are_refused_and_nothing_is_added(
    tmp_path: Path, value: float
) -> None:
    index = small(tmp_path)
    bad = rows(2)
    bad[1, 3] = value
    with pytest.raises(RefusedError) as refused:
        index.add(np.array([7, 8], np.int64), bad, [["a"], ["b"]])
    assert refused.value.code == "search.bad_vectors"
    assert len(index) == len(index.postings) == 3
    with pytest.raises(RefusedError):
        index.nearest(bad[1].astype(np.float32), 3, None)
