"""The search worker's answers: what each request does, and how a wrong one is refused."""

from __future__ import annotations

import io
import threading
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from studio.engine.searching import (
    AddVectors,
    CloseIndex,
    IndexHits,
    IndexOpened,
    IndexQuery,
    IndexSaved,
    OpenIndex,
    RemoveVectors,
    SaveIndex,
    Search,
    SearchResult,
    Stamp,
)
from studio.workers.search import SearchWorker
from studio.workers.searching import vectors
from studio.workers.serve import Channel, RefusedError

WIDE = 4
STAMP = Stamp("minilm", WIDE, 1, 0)
ROWS = np.eye(WIDE, dtype=np.float16)
TERMS = ("cat", "cat dog", "hen", "")


class Line(Channel):
    """A channel to nobody, which can be told that one request is stopped."""

    def __init__(self) -> None:
        super().__init__(io.BytesIO(), io.BytesIO(), threading.Event())
        self.stopped = False

    def cancelled(self, request_id: int) -> bool:
        return self.stopped


LINE = Line()


def opened(folder: Path, name: str = "a", stamp: Stamp = STAMP) -> SearchWorker:
    worker = SearchWorker()
    worker.open(OpenIndex(1, name, str(folder), stamp, empty=True), LINE)
    return worker


def filled(folder: Path) -> SearchWorker:
    worker = opened(folder)
    worker.add(AddVectors(1, "a", packed(1, 2, 3, 4), ROWS.tobytes(), TERMS), LINE)
    return worker


def packed(*ids: int) -> bytes:
    return np.array(ids, "<i8").tobytes()


def ids(values: bytes) -> list[int]:
    return [int(number) for number in np.frombuffer(values, "<i8")]


def asked(worker: SearchWorker, **query: Any) -> IndexHits:
    result = worker.search(Search(1, (IndexQuery("a", **query),), k=3), LINE).result
    assert isinstance(result, SearchResult)
    return result.hits[0]


def one(*values: float) -> bytes:
    return np.array(values, np.float32).tobytes()


def test_both_methods_give_their_best(tmp_path: Path) -> None:
    hits = asked(filled(tmp_path), vector=one(0.8, 0.6, 0, 0), terms=("cat", "owl"))
    assert ids(hits.dense.ids) == [1, 2, 3]
    assert np.frombuffer(hits.dense.scores, "<f4").tolist() == pytest.approx([0.8, 0.6, 0], 1e-3)
    assert ids(hits.keyword.ids) == [1, 2]
    assert (hits.frequencies, hits.count) == ((2, 0), 4)


def test_one_method_alone_can_be_asked(tmp_path: Path) -> None:
    worker = filled(tmp_path)
    assert asked(worker, terms=("hen",)).dense.ids == b""
    assert asked(worker, vector=one(0, 0, 1, 0)).keyword.ids == b""


def test_only_the_allowed_are_found(tmp_path: Path) -> None:
    worker = filled(tmp_path)
    hits = asked(worker, vector=one(1, 0, 0, 0), terms=("cat",), allowed=packed(2, 3))
    assert set(ids(hits.dense.ids)) == {2, 3}
    assert ids(hits.keyword.ids) == [2]
    nothing = asked(worker, vector=one(1, 0, 0, 0), terms=("cat",), allowed=b"")
    assert (nothing.dense.ids, nothing.keyword.ids) == (b"", b"")


def test_several_indexes_are_asked_at_once_and_apart(tmp_path: Path) -> None:
    worker = filled(tmp_path / "a")
    worker.open(OpenIndex(1, "b", str(tmp_path / "b"), STAMP, empty=True), LINE)
    worker.add(AddVectors(1, "b", packed(1), ROWS[:1].tobytes(), ("hen",)), LINE)
    queries = (IndexQuery("b", terms=("hen",)), IndexQuery("a", terms=("hen",)))
    result = worker.search(Search(1, queries), LINE).result
    assert [(hits.index, ids(hits.keyword.ids)) for hits in result.hits] == [("b", [1]), ("a", [3])]


def test_removed_is_gone_at_once_and_after_opening_again(tmp_path: Path) -> None:
    worker = filled(tmp_path)
    worker.remove(RemoveVectors(1, "a", packed(1, 77)), LINE)
    hits = asked(worker, vector=one(1, 0, 0, 0), terms=("cat",))
    assert 1 not in ids(hits.dense.ids) + ids(hits.keyword.ids)
    saved = worker.save(SaveIndex(1, "a", 8), LINE).result
    assert isinstance(saved, IndexSaved)
    assert (saved.count, saved.form, saved.recall) == (3, "flat", 1.0)
    again = worker.open(OpenIndex(1, "a", str(tmp_path), Stamp("minilm", WIDE, 8, 3)), LINE)
    assert again.result == IndexOpened(3, "flat")
    hits = asked(worker, vector=one(1, 0, 0, 0), terms=("cat",))
    assert 1 not in ids(hits.dense.ids) + ids(hits.keyword.ids)


def test_a_cache_that_does_not_fit_is_told_to_be_stale(tmp_path: Path) -> None:
    worker = filled(tmp_path)
    worker.save(SaveIndex(1, "a", 8), LINE)
    with pytest.raises(RefusedError) as refused:
        worker.open(OpenIndex(1, "a", str(tmp_path), Stamp("minilm", WIDE, 9, 4)), LINE)
    assert refused.value.code == "search.stale"
    assert "generation" in str(refused.value.facts["reason"])
    with pytest.raises(RefusedError) as closed:
        asked(worker, terms=("cat",))
    assert closed.value.code == "search.not_open"


@pytest.mark.parametrize(
    ("numbers", "rows", "terms"),
    [
        (packed(1), np.ones((1, WIDE + 1), np.float16), ("a",)),
        (packed(1, 2), ROWS[:1], ("a", "b")),
        (packed(1, 1), ROWS[:2], ("a", "b")),
        (packed(1), ROWS[:1], ("a", "b")),
        (packed(1), np.full((1, WIDE), np.nan, np.float16), ("a",)),
    ],
)
def test_vectors_that_do_not_fit_are_refused_and_change_nothing(
    tmp_path: Path, numbers: bytes, rows: NDArray[np.float16], terms: tuple[str, ...]
) -> None:
    worker = filled(tmp_path)
    with pytest.raises(RefusedError) as refused:
        worker.add(AddVectors(1, "a", numbers, rows.tobytes(), terms), LINE)
    assert refused.value.code == "search.bad_vectors"
    assert ids(asked(worker, terms=("cat",)).keyword.ids) == [1, 2]


@pytest.mark.parametrize("vector", [one(1, 0, 0), one(1, 0, 0, float("nan"))])
def test_a_question_of_another_width_or_no_number_is_refused(tmp_path: Path, vector: bytes) -> None:
    with pytest.raises(RefusedError) as refused:
        asked(filled(tmp_path), vector=vector)
    assert refused.value.code == "search.bad_vectors"


def test_a_closed_index_is_not_there(tmp_path: Path) -> None:
    worker = filled(tmp_path)
    worker.close(CloseIndex(1, "a"), LINE)
    worker.close(CloseIndex(1, "a"), LINE)
    with pytest.raises(RefusedError) as refused:
        worker.remove(RemoveVectors(1, "a", packed(1)), LINE)
    assert refused.value.code == "search.not_open"


def many(folder: Path, monkeypatch: pytest.MonkeyPatch) -> SearchWorker:
    monkeypatch.setattr(vectors, "EXACT_MOST", 500)
    worker = opened(folder)
    rows = np.random.default_rng(2).standard_normal((1000, WIDE)).astype(np.float16)
    numbers = np.arange(1000, dtype="<i8").tobytes()
    worker.add(AddVectors(1, "a", numbers, rows.tobytes(), ("cat",) * 1000), LINE)
    return worker


def test_a_large_index_is_saved_in_its_fastest_form(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved = many(tmp_path, monkeypatch).save(SaveIndex(1, "a", 2), LINE).result
    assert isinstance(saved, IndexSaved)
    assert (saved.form, saved.count) == ("ivf", 1000)
    assert saved.recall >= vectors.RECALL


def test_a_stop_leaves_a_large_index_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    worker, line = many(tmp_path, monkeypatch), Line()
    line.stopped = True
    monkeypatch.setattr(vectors.Vectors, "fitting", lambda self: time.sleep(0.2))
    assert worker.save(SaveIndex(1, "a", 2), line).cancelled
    assert len(ids(asked(worker, vector=one(1, 0, 0, 0)).dense.ids)) == 3
    time.sleep(0.3)  # the thread that was left behind ends


def test_a_failure_while_it_is_formed_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    worker = many(tmp_path, monkeypatch)

    def fail(_self: vectors.Vectors) -> None:
        raise MemoryError("no room")

    monkeypatch.setattr(vectors.Vectors, "fitting", fail)
    with pytest.raises(MemoryError):
        worker.save(SaveIndex(1, "a", 2), LINE)
