"""The search worker as a process: killed at any moment of a save, its cache is whole or stale."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from studio.engine.host import Host
from studio.engine.protocol import Done, Failed
from studio.engine.searching import (
    AddVectors,
    IndexHits,
    IndexQuery,
    OpenIndex,
    SaveIndex,
    Search,
    Stamp,
)

WIDE, COUNT = 256, 4000
KILLS = 6


@pytest.fixture
def host(tmp_path: Path) -> Iterator[Host]:
    started = started_host(tmp_path)
    yield started
    started.stop()


def started_host(folder: Path) -> Host:
    host = Host("search", folder / "search.log")
    host.start()
    return host


def stamp(generation: int, count: int = COUNT) -> Stamp:
    return Stamp("minilm", WIDE, generation, count)


def open_empty(host: Host, folder: Path) -> None:
    host.submit(OpenIndex(0, "a", str(folder), stamp(0, 0), empty=True)).result()


def fill(host: Host) -> None:
    values = np.random.default_rng(1).standard_normal((COUNT, WIDE))
    rows = (values / np.linalg.norm(values, axis=1, keepdims=True)).astype(np.float16)
    ids = np.arange(1, COUNT + 1, dtype="<i8")
    terms = tuple(f"word{number} all" for number in ids)
    host.submit(AddVectors(0, "a", ids.tobytes(), rows.tobytes(), terms)).result()


def found(host: Host, term: str) -> list[int]:
    result = host.submit(Search(0, (IndexQuery("a", terms=(term,)),))).result().result
    hits: IndexHits = result.hits[0]
    return [int(number) for number in np.frombuffer(hits.keyword.ids, "<i8")]


def test_a_saved_index_is_searched_by_the_next_process(host: Host, tmp_path: Path) -> None:
    open_empty(host, tmp_path / "index")
    fill(host)
    host.submit(SaveIndex(0, "a", 3)).result()
    host.stop()
    second = started_host(tmp_path)
    second.submit(OpenIndex(0, "a", str(tmp_path / "index"), stamp(3))).result()
    assert found(second, "word77") == [77]
    second.stop()


def test_a_save_that_is_killed_leaves_a_cache_that_is_whole_or_stale(tmp_path: Path) -> None:
    folder, chance = tmp_path / "index", random.Random(4)
    host = started_host(tmp_path)
    open_empty(host, folder)
    fill(host)
    began = time.monotonic()
    host.submit(SaveIndex(0, "a", 1)).result()
    took = time.monotonic() - began
    generation = 1
    for _ in range(KILLS):
        save = host.submit(SaveIndex(0, "a", generation + 1))
        time.sleep(chance.uniform(0, took))
        host.kill()
        *_, ending = save.events()
        host = started_host(tmp_path)
        answers = [
            list(host.submit(OpenIndex(0, "a", str(folder), stamp(number))).events())[-1]
            for number in (generation, generation + 1)
        ]
        whole = [isinstance(answer, Done) for answer in answers]
        assert sum(whole) == 1, "the cache of before, or the new one"
        assert all(
            answer.code == "search.stale" for answer in answers if isinstance(answer, Failed)
        )
        generation += whole[1]
        assert whole[1] or isinstance(ending, Failed), "what was told to be saved is saved"
        host.submit(OpenIndex(0, "a", str(folder), stamp(generation))).result()
        assert found(host, "word77") == [77]
        assert len(list(folder.iterdir())) == 3
    host.stop()


def test_an_index_that_was_never_opened_is_told(host: Host) -> None:
    (failed,) = host.submit(Search(0, (IndexQuery("b"),))).events()
    assert isinstance(failed, Failed)
    assert failed.code == "search.not_open"
