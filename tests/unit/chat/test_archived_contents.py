"""What is in attached files passes through memory one at a time, in and out."""

from __future__ import annotations

import base64
import errno
import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from support import pictures
from support.archived import conversation, message
from support.chat_data import chat_database

from studio.chat.attachments.attachments import Attachments
from studio.chat.attachments.files import from_bytes
from studio.chat.migrations import MIGRATIONS
from studio.chat.store import ConversationStore
from studio.chat.transfer import incoming, own_json
from studio.chat.transfer.archive import ArchivedAttachment, ArchivedConversation
from studio.chat.transfer.archives import Archives
from studio.chat.transfer.importing import Importing
from studio.chat.transfer.spool import Spool, spool_in
from studio.chat.tree import ConversationTree
from studio.errors import StudioError
from studio.storage.database import Database
from studio.storage.memory import MemoryDatabase

COUNT = 8


class Content(bytes):
    """A content that is counted as long as somebody holds it."""

    alive = 0
    most = 0

    def __new__(cls, data: bytes) -> Content:
        cls.alive += 1
        cls.most = max(cls.most, cls.alive)
        return super().__new__(cls, data)

    def __del__(self) -> None:
        Content.alive -= 1


@pytest.fixture(autouse=True)
def counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Count what a file is decoded into."""
    decode = base64.b64decode
    monkeypatch.setattr(base64, "b64decode", lambda text, **how: Content(decode(text, **how)))
    Content.most = Content.alive = 0


def picture(number: int) -> bytes:
    return pictures.png() + bytes([number]) * 1_000


def attached(number: int) -> ArchivedAttachment:
    file = from_bytes(f"{number}.png", picture(number))

    def content() -> bytes:
        return Content(file.content)

    return ArchivedAttachment(
        "a", file.kind, file.name, file.media_type, file.size_bytes, file.sha256, content
    )


def with_pictures(identity: str = "c") -> ArchivedConversation:
    numbers = range(COUNT)
    talk = conversation(message("a"), identity=identity)
    return replace(talk, attachments=tuple(attached(number) for number in numbers))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "chats.json"
    other = replace(with_pictures("d"), messages=(message("b"),), leaf_id="b")
    other = replace(
        other, attachments=tuple(replace(each, message_id="b") for each in other.attachments)
    )
    own_json.write(path, [with_pictures(), other])
    assert (Content.most, Content.alive) == (1, 0)
    return path


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    (tmp_path / "data").mkdir()
    with chat_database(tmp_path / "data") as opened:
        yield opened


def test_a_survey_looks_at_one_content_at_a_time_and_keeps_none(path: Path) -> None:
    incoming.survey(path)
    assert (Content.most, Content.alive) == (1, 0)
    (first, _) = own_json.read(path)
    assert len(first.attachments) == COUNT
    with pytest.raises(RuntimeError, match="only looked at"):
        first.attachments[0].content()


class Counted(io.BytesIO):
    """A file, of which what is read is counted."""

    def read(self, size: int | None = -1, /) -> bytes:
        return Content(super().read(size))


def test_an_import_holds_one_content_at_a_time(
    path: Path, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.TemporaryFile", lambda **_where: Counted())
    archives, store = Archives(database), ConversationStore(database)
    assert Importing(archives, store).bring_in(path).added == ["c", "d"]
    assert (Content.most, Content.alive) == (1, 0)
    for key in ("c", "d"):
        there = archives.take(key).attachments
        assert [each.content() for each in there] == [picture(n) for n in range(COUNT)]


def test_an_import_leaves_no_file_behind(path: Path, database: Database) -> None:
    Importing(Archives(database), ConversationStore(database)).bring_in(path)
    names = {each.name for each in database.path.parent.iterdir() if each.is_file()}
    assert {name for name in names if not name.startswith("studio.db")} == set()


def reads(database: Database) -> list[str]:
    """Return a list to which every statement that reads a content is added."""
    told: list[str] = []

    def trace(statement: str) -> None:
        if "SELECT content" in statement:
            told.append(statement)

    database.connection().conn.set_trace_callback(trace)
    return told


def chat_with_pictures(database: Database) -> str:
    store = ConversationStore(database)
    key = store.create().id
    for number in range(3):
        Attachments(database).add(key, from_bytes(f"{number}.png", picture(number)))
    _, reply = store.ask(key, "What is it?", "tiny", is_draft=True)
    store.finish_reply(reply.id, "finished", content="A cat.", reasoning="")
    return key


def test_an_export_reads_one_content_after_the_other(database: Database, tmp_path: Path) -> None:
    key, told = chat_with_pictures(database), reads(database)
    taken = Archives(database).take(key)
    assert told == []
    own_json.write(tmp_path / "out.json", [taken])
    assert len(told) == 3
    (read,) = own_json.read(tmp_path / "out.json")
    assert read == taken


def test_a_fork_reads_no_content(database: Database) -> None:
    key, told = chat_with_pictures(database), reads(database)
    copy = ConversationTree(database).fork(ConversationStore(database).branch(key)[1].id)
    assert told == []
    there = Archives(database).take(copy.id).attachments
    assert [each.content() for each in there] == [picture(n) for n in range(3)]


def test_a_large_content_is_written_in_pieces_that_fit_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(own_json, "_PIECE", 300)
    own_json.write(tmp_path / "out.json", [with_pictures()])
    with spool_in(None) as spool:
        (read,) = own_json.read(tmp_path / "out.json", spool)
        assert [each.content() for each in read.attachments] == [picture(n) for n in range(COUNT)]


def test_a_file_that_goes_during_an_export_is_told(database: Database, tmp_path: Path) -> None:
    store, waiting = ConversationStore(database), Attachments(database)
    key = store.create().id
    note = waiting.add(key, from_bytes("note.txt", b"Milk"))
    taken = Archives(database).take(key)
    waiting.remove(note.id)
    with pytest.raises(StudioError) as caught:
        own_json.write(tmp_path / "out.json", [taken])
    assert caught.value.code == "attachment.gone"
    assert list(tmp_path.glob("*.json")) == []


def test_contents_are_there_until_the_next_conversation(path: Path) -> None:
    with spool_in(path.parent) as spool:
        read = own_json.read(path, spool)
        first = next(read)
        assert first.attachments[1].content() == picture(1)
        assert first.attachments[0].content() == picture(0)
        next(read)
        with pytest.raises(RuntimeError, match="no longer"):
            first.attachments[1].content()
    assert [each.name for each in path.parent.iterdir()] == ["chats.json"]


def test_a_full_disk_is_told_and_nothing_is_taken_in(
    path: Path, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Full(io.BytesIO):
        def write(self, _data: Any) -> int:
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("tempfile.TemporaryFile", lambda **_where: Full())
    store = ConversationStore(database)
    with pytest.raises(StudioError) as caught:
        Importing(Archives(database), store).bring_in(path)
    assert caught.value.code == "disk.full"
    assert store.ids() == set()


def test_what_is_temporary_never_reaches_the_disk(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.TemporaryFile", lambda **_where: pytest.fail("on the disk"))
    database = MemoryDatabase([MIGRATIONS])
    archives = Archives(database)
    assert Importing(archives, ConversationStore(database)).bring_in(path).added == ["c", "d"]
    assert archives.take("d").attachments[2].content() == picture(2)
    database.close()


def test_a_spool_reads_what_it_was_given() -> None:
    spool = Spool(io.BytesIO())
    first, second = spool.keep(b"one"), spool.keep(b"three")
    assert (second(), first(), second()) == (b"three", b"one", b"three")
    spool.clear()
    third = spool.keep(b"4")
    assert third() == b"4"
    with pytest.raises(RuntimeError):
        first()
