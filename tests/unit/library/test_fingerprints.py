"""The SHA-256 of model files: read once, kept as long as the file stays as it is."""

from __future__ import annotations

import hashlib
import os
import threading
from pathlib import Path

import pytest
from support import tiny_gguf

from studio.errors import StudioError
from studio.library.fingerprints import Fingerprints, Pace, stamp
from studio.library.migrations import MIGRATIONS, add_fingerprints
from studio.storage.database import Database


@pytest.fixture
def sums(database: Database) -> Fingerprints:
    return Fingerprints(database)


@pytest.fixture
def model(tmp_path: Path) -> Path:
    path = tmp_path / "model.gguf"
    path.write_bytes(os.urandom(3 << 20) + b"end")
    return path


def sha256(*paths: Path) -> str:
    return hashlib.sha256(b"".join(path.read_bytes() for path in paths)).hexdigest()


def test_add_fingerprints_is_a_step_of_its_own() -> None:
    assert add_fingerprints in MIGRATIONS.steps


def test_the_sum_is_that_of_the_file_and_is_kept(sums: Fingerprints, model: Path) -> None:
    shares: list[float] = []
    assert sums.known(model) == ""
    assert sums.learn(model, Pace(told=shares.append)) == sha256(model)
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert sums.known(model) == sha256(model)


def test_what_is_known_is_not_read_again(sums: Fingerprints, model: Path) -> None:
    sums.learn(model, Pace())
    again = sums.learn(model, Pace(must_stop=lambda: pytest.fail("it was read")))
    assert again == sha256(model)


def test_a_changed_file_is_not_known(sums: Fingerprints, model: Path) -> None:
    sums.learn(model, Pace())
    model.write_bytes(b"another model")
    assert sums.known(model) == ""
    assert sums.learn(model, Pace()) == sha256(model)


def test_a_file_of_the_same_size_and_another_time_is_not_known(
    sums: Fingerprints, model: Path
) -> None:
    sums.learn(model, Pace())
    os.utime(model, ns=(1, 1))
    assert sums.known(model) == ""


def test_what_is_stopped_is_not_kept(sums: Fingerprints, model: Path) -> None:
    assert sums.learn(model, Pace(must_stop=lambda: True)) == ""
    assert sums.known(model) == ""


def test_a_file_that_changes_meanwhile_has_no_sum(sums: Fingerprints, model: Path) -> None:
    def grow(_share: float) -> None:
        with model.open("ab") as file:
            file.write(b"more")

    assert sums.learn(model, Pace(told=grow)) == ""
    assert sums.known(model) == ""


def test_it_waits_for_what_is_more_important(sums: Fingerprints, model: Path) -> None:
    busy = threading.Event()
    shares: list[float] = []
    busy.set()
    pace = Pace(must_wait=busy.is_set, told=shares.append, rests=True)
    found: list[str] = []
    reading = threading.Thread(target=lambda: found.append(sums.learn(model, pace)))
    reading.start()
    reading.join(0.3)
    assert reading.is_alive()
    assert not shares
    busy.clear()
    reading.join(20)
    assert found == [sha256(model)]


def test_it_can_be_stopped_while_it_waits(sums: Fingerprints, model: Path) -> None:
    asked = iter([False, False, False])
    pace = Pace(must_wait=lambda: True, must_stop=lambda: next(asked, True))
    assert sums.learn(model, pace) == ""


def test_the_sum_of_several_files_is_that_of_all_of_them(
    sums: Fingerprints, tmp_path: Path
) -> None:
    parts = [tmp_path / f"m-0000{number}-of-00002.gguf" for number in (1, 2)]
    for number, part in enumerate(parts):
        tiny_gguf.write(part, "llama", context_length=64 + number)
    assert sums.learn(parts[0], Pace()) == sha256(*parts)
    assert stamp(parts[0]).count(";") == 1


def test_a_file_that_is_gone_is_told(sums: Fingerprints, tmp_path: Path) -> None:
    for ask in (sums.known, lambda path: sums.learn(path, Pace())):
        with pytest.raises(StudioError, match="is not there any more") as caught:
            ask(tmp_path / "none.gguf")
        assert caught.value.code == "model.missing"
