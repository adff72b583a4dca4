"""The file of a recipe is looked at before it is read: on the shelf, and as it was."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from studio.chat.conversation import Message
from studio.chat.file_hashes import FileHashes, FileNow
from studio.chat.migrations import MIGRATIONS
from studio.chat.store import ConversationStore
from studio.chat.turn import TurnFinished
from studio.errors import StudioError
from studio.library.fingerprints import Fingerprints, Pace, stamp
from studio.library.migrations import MIGRATIONS as LIBRARY_MIGRATIONS
from studio.storage.database import Database

WORDS = b"all that the model knows"
_LIMIT_S = 20


class Sums(Fingerprints):
    """Notes which files are read; waits in each until it may go on."""

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self.read: list[Path] = []
        self.is_reading = threading.Event()
        self.may_go_on = threading.Event()
        self.may_go_on.set()

    def learn(self, path: Path, pace: Pace) -> str:
        self.read.append(path)
        self.is_reading.set()
        while not self.may_go_on.wait(0.01):
            if pace.must_stop():
                return ""
        return super().learn(path, pace)


class Shelf:
    """A folder with one model. Keeps the paths that it was asked about."""

    def __init__(self, folder: Path) -> None:
        self.model = folder / "tiny.gguf"
        self.model.write_bytes(WORDS)

    def has(self, path: Path) -> bool:
        return path == self.model


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    made = Database.open(
        tmp_path / "studio.db", tmp_path / "backups", [MIGRATIONS, LIBRARY_MIGRATIONS]
    )
    yield made
    made.close()


@pytest.fixture
def store(database: Database) -> ConversationStore:
    return ConversationStore(database)


@pytest.fixture
def sums(database: Database) -> Sums:
    return Sums(database)


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path)


@pytest.fixture
def faults() -> list[StudioError]:
    return []


@pytest.fixture
def hashes(
    store: ConversationStore, sums: Sums, shelf: Shelf, faults: list[StudioError]
) -> Iterator[FileHashes]:
    made = FileHashes(
        store, sums, lambda _name: shelf.model, shelf.has, lambda: False, faults.append
    )
    yield made
    made.close()
    assert faults == []


def reply_by(store: ConversationStore, file: Path | str, when: str) -> Message:
    _, reply = store.ask(store.create().id, "Hello", "tiny")
    recipe = {"model": "tiny", "file": str(file), "file_stamp": when, "file_sha256": ""}
    return store.finish_reply(reply.id, "finished", content="Hi", reasoning="", recipe=recipe)


def test_a_model_of_the_shelf_is_read(
    hashes: FileHashes, store: ConversationStore, shelf: Shelf
) -> None:
    reply = reply_by(store, shelf.model, stamp(shelf.model))
    learned = hashes.learn(reply)
    assert learned.recipe["file_sha256"] == hashlib.sha256(WORDS).hexdigest()
    assert store.message(reply.id) == learned


@pytest.mark.parametrize("name", ["notes.txt", "gone.gguf", "sub/../tiny.gguf"])
def test_what_is_no_model_of_the_shelf_is_not_touched(
    hashes: FileHashes,
    store: ConversationStore,
    sums: Sums,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
) -> None:
    def touched(path: Path) -> str:
        raise AssertionError(f"{path} was looked at")

    (tmp_path / "notes.txt").write_bytes(WORDS)
    when = stamp(tmp_path / "notes.txt")
    monkeypatch.setattr("studio.chat.file_hashes.stamp", touched)
    with pytest.raises(StudioError) as caught:
        hashes.learn(reply_by(store, tmp_path / name, when))
    assert caught.value.code == "model.not_on_shelf"
    assert Path(name).name in caught.value.what
    assert sums.read == []


def test_a_file_that_has_changed_is_not_read(
    hashes: FileHashes, store: ConversationStore, sums: Sums, shelf: Shelf
) -> None:
    reply = reply_by(store, shelf.model, "1:1")
    with pytest.raises(StudioError, match="has changed since it wrote this reply") as caught:
        hashes.learn(reply)
    assert caught.value.code == "model.changed"
    hashes.note(TurnFinished(reply.conversation_id, reply))
    hashes.close()
    assert sums.read == []
    assert store.message(reply.id).recipe["file_sha256"] == ""


def test_a_reply_without_a_file_stays_as_it_is(
    hashes: FileHashes, store: ConversationStore
) -> None:
    reply = reply_by(store, "", "")
    assert hashes.learn(reply) == reply


def test_a_long_comparison_holds_up_no_other_reading(
    hashes: FileHashes, store: ConversationStore, sums: Sums, shelf: Shelf
) -> None:
    reply = reply_by(store, shelf.model, stamp(shelf.model))
    sums.may_go_on.clear()
    verdicts: list[str] = []
    hashes.aside(lambda: verdicts.append(hashes.compare(reply, FileNow(shelf.model, "unread"))))
    assert sums.is_reading.wait(_LIMIT_S)
    sums.is_reading.clear()
    hashes.note(TurnFinished(reply.conversation_id, reply))
    assert sums.is_reading.wait(_LIMIT_S), "the slow reading has a thread of its own"
    hashes.close()
    assert verdicts == ["unread"], "it ends when the program does"


def recipe_of(file: Path, when: str) -> dict[str, str]:
    return {"model": "tiny", "file": str(file), "file_stamp": when, "file_sha256": ""}


def test_recipes_that_are_kept_elsewhere_are_told_of_the_sum(
    store: ConversationStore, sums: Sums, shelf: Shelf
) -> None:
    told: list[tuple[str, str, str]] = []
    is_told = threading.Event()

    def learned(*found: str) -> None:
        told.append((found[0], found[1], found[2]))
        is_told.set()

    hashes = FileHashes(
        store,
        sums,
        lambda _name: shelf.model,
        shelf.has,
        lambda: False,
        lambda error: told.append((error.code, "", "")),
        learned,
    )
    now = stamp(shelf.model)
    expected = (str(shelf.model), now, hashlib.sha256(WORDS).hexdigest())
    hashes.look_after(recipe_of(shelf.model, "another time"))
    hashes.look_after(recipe_of(shelf.model.with_name("gone.gguf"), now))
    assert sums.read == []
    hashes.look_after(recipe_of(shelf.model, now))
    assert is_told.wait(_LIMIT_S)
    assert told == [expected]
    hashes.look_after(recipe_of(shelf.model, now))  # known by now
    assert told == [expected] * 2
    hashes.close()
    assert sums.read == [shelf.model]
