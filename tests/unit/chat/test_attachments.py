"""Attached files in the database: with their message through everything that can happen to it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from support import pictures

from studio.chat.attachments.attachments import Attachments
from studio.chat.attachments.files import MOST_PER_MESSAGE, MOST_TEXT_BYTES, from_bytes
from studio.chat.migrations import MIGRATIONS, add_attachments
from studio.chat.store import ConversationStore
from studio.chat.transfer import html_page, markdown, own_json
from studio.chat.transfer.archive import ArchivedConversation
from studio.chat.transfer.archives import Archives
from studio.chat.transfer.importing import Importing
from studio.chat.tree import ConversationTree
from studio.errors import StudioError
from studio.storage.database import Database

NOTE = from_bytes("note.txt", b"Milk, eggs")
PICTURE = from_bytes("cat.png", pictures.png())


class Room:
    """A database with a conversation."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.database = Database.open(home / "studio.db", home / "backups", (MIGRATIONS,))
        self.store = ConversationStore(self.database)
        self.tree = ConversationTree(self.database)
        self.archives = Archives(self.database)
        self.attached = Attachments(self.database)
        self.chat = self.store.create().id

    def ask(self, text: str = "What is it?", *, beside: str | None = None) -> str:
        question, reply = self.store.ask(
            self.chat, text, "m", beside=beside, is_draft=beside is None
        )
        self.store.finish_reply(reply.id, "finished", content="It is.", reasoning="")
        return question.id

    def names(self, message_id: str) -> list[str]:
        return [each.name for each in self.attached.of([message_id]).get(message_id, ())]

    def waiting(self, chat: str | None = None) -> list[str]:
        there = self.attached.waiting(self.chat if chat is None else chat)
        return [each.name for each in there]

    def rows(self) -> tuple[int, int]:
        """Return how many attachments there are, and how many contents."""
        with self.database.reading() as db:
            tables = ("chat_attachments", "chat_attachment_contents")
            one, two = (db.execute(f"SELECT count(*) FROM {t}").fetchone()[0] for t in tables)
            return one, two


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    made = Room(tmp_path)
    yield made
    made.database.close()


def test_the_tables_are_made_by_their_step(room: Room) -> None:
    assert add_attachments in MIGRATIONS.steps
    with room.database.reading() as db:
        assert {"chat_attachments", "chat_attachment_contents"} <= set(db.table_names())


def test_what_waits_goes_with_the_next_question(room: Room) -> None:
    room.attached.add(room.chat, NOTE)
    room.attached.add(room.chat, PICTURE)
    assert room.waiting() == ["note.txt", "cat.png"]
    question = room.ask()
    assert room.names(question) == ["note.txt", "cat.png"]
    assert room.waiting() == []
    (note, picture) = room.attached.of([question])[question]
    assert room.attached.content(note.sha256) == b"Milk, eggs"
    assert room.attached.content(picture.sha256) == pictures.png()
    assert (picture.kind, picture.media_type) == ("picture", "image/png")


def test_what_waits_outlives_the_program(room: Room) -> None:
    room.attached.add(room.chat, NOTE)
    room.attached.add("", PICTURE)
    room.database.close()
    again = Database.open(room.home / "studio.db", room.home / "backups", (MIGRATIONS,))
    there = Attachments(again)
    assert [each.name for each in there.waiting(room.chat)] == ["note.txt"]
    assert [each.name for each in there.waiting("")] == ["cat.png"]
    again.close()


def test_what_waits_can_be_taken_off_and_what_was_sent_cannot(room: Room) -> None:
    waiting = room.attached.add(room.chat, NOTE)
    room.attached.remove(waiting.id)
    assert room.waiting() == []
    assert room.rows() == (0, 0)
    sent = room.attached.add(room.chat, NOTE)
    question = room.ask()
    room.attached.remove(sent.id)
    assert room.names(question) == ["note.txt"]


def test_a_message_takes_ten_files(room: Room) -> None:
    for _ in range(MOST_PER_MESSAGE):
        room.attached.add(room.chat, NOTE)
    with pytest.raises(StudioError) as refused:
        room.attached.add(room.chat, NOTE)
    assert refused.value.code == "attachment.too_many"
    assert room.rows() == (MOST_PER_MESSAGE, 1)


def test_what_waits_in_a_new_chat_moves_with_it_and_back(room: Room) -> None:
    room.attached.add("", NOTE)
    made = room.store.create().id
    room.attached.move_waiting("", made)
    assert (room.waiting(""), room.waiting(made)) == ([], ["note.txt"])
    room.store.discard_if_empty(made)
    assert room.waiting("") == ["note.txt"]


def test_other_words_keep_the_files_of_the_first(room: Room) -> None:
    room.attached.add(room.chat, NOTE)
    first = room.ask()
    room.attached.add(room.chat, PICTURE)
    second = room.ask("And now?", beside=first)
    assert room.names(first) == room.names(second) == ["note.txt"]
    assert room.waiting() == ["cat.png"]
    assert room.rows() == (3, 2)


def test_a_fork_has_the_files_of_its_messages_and_none_that_wait(room: Room) -> None:
    room.attached.add(room.chat, NOTE)
    first = room.ask()
    room.attached.add(room.chat, PICTURE)
    room.ask("More")
    room.attached.add(room.chat, NOTE)
    copy = room.tree.fork(first)
    (question,) = room.store.branch(copy.id)
    assert room.names(question.id) == ["note.txt"]
    assert room.waiting(copy.id) == []
    assert room.names(first) == ["note.txt"]


def test_removed_messages_come_back_with_their_files(room: Room) -> None:
    room.attached.add(room.chat, PICTURE)
    question = room.ask()
    removal = room.tree.remove(question)
    assert room.rows() == (1, 1)
    room.tree.put_back(removal.id)
    assert room.names(question) == ["cat.png"]


def test_forgotten_removals_take_their_files_along(room: Room) -> None:
    room.attached.add(room.chat, NOTE)
    kept = room.ask()
    room.attached.add(room.chat, PICTURE)
    gone = room.ask("More")
    room.attached.add(room.chat, NOTE)
    room.tree.remove(gone)
    room.tree.forget_removals(datetime.now(UTC) + timedelta(days=1))
    assert room.names(kept) == ["note.txt"]
    assert room.waiting() == ["note.txt"]
    assert room.rows() == (2, 1)


def test_a_purged_conversation_leaves_nothing_and_shared_contents_stay(room: Room) -> None:
    room.attached.add(room.chat, PICTURE)
    room.ask()
    room.attached.add(room.chat, NOTE)
    copy = room.tree.fork(room.store.branch(room.chat)[-1].id)
    room.store.trash(room.chat)
    room.store.purge(room.chat)
    assert room.rows() == (1, 1)
    question = room.store.branch(copy.id)[0]
    (picture,) = room.attached.of([question.id])[question.id]
    assert room.attached.content(picture.sha256) == pictures.png()


def test_the_trash_keeps_files(room: Room) -> None:
    room.attached.add(room.chat, PICTURE)
    question = room.ask()
    room.store.trash(room.chat)
    room.store.restore(room.chat)
    assert room.names(question) == ["cat.png"]


def exported(room: Room) -> tuple[Path, ArchivedConversation]:
    room.attached.add(room.chat, NOTE)
    room.attached.add(room.chat, PICTURE)
    room.ask()
    room.attached.add(room.chat, NOTE)
    archived = room.archives.take(room.chat)
    path = room.home / "all.json"
    own_json.write(path, [archived])
    return path, archived


def test_the_own_format_brings_files_back(room: Room) -> None:
    path, archived = exported(room)
    assert [*own_json.read(path)] == [archived]
    brought = Importing(room.archives, room.store).bring_in(path, again=True)
    (key,) = brought.added
    question = room.store.branch(key)[0]
    assert room.names(question.id) == ["note.txt", "cat.png"]
    assert room.waiting(key) == ["note.txt"]


@pytest.mark.parametrize(
    "data",
    [
        "ä".encode("cp1252") * 900_000,
        "€".encode("cp1252") * MOST_TEXT_BYTES,
        "文".encode("utf-16") * 400_000,
        "Page\x01one".encode("utf-16"),
        b"\xef\xbb\xbfMilk\x02",
        "GIF89a by words alone".encode("utf-16"),
    ],
    ids=["grows", "grows most", "grows from UTF-16", "control", "control after BOM", "no GIF"],
)
def test_every_text_that_can_be_attached_comes_back(room: Room, data: bytes) -> None:
    room.attached.add(room.chat, from_bytes("note.txt", data[:MOST_TEXT_BYTES]))
    room.ask()
    archived = room.archives.take(room.chat)
    path = room.home / "all.json"
    own_json.write(path, [archived])
    assert [*own_json.read(path)] == [archived]


def test_a_text_that_no_file_can_hold_is_not_taken_in(room: Room) -> None:
    _, archived = exported(room)
    long = replace(archived.attachments[0], content=lambda: b"a" * (4 * MOST_TEXT_BYTES + 1))
    path = room.home / "long.json"
    own_json.write(path, [replace(archived, attachments=(long,))])
    with pytest.raises(StudioError) as refused:
        [*own_json.read(path)]
    assert refused.value.code == "import.damaged"


def test_an_export_without_files_is_as_it_always_was(room: Room) -> None:
    room.ask()
    path = room.home / "plain.json"
    own_json.write(path, [room.archives.take(room.chat)])
    assert "attachments" not in path.read_text()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"content":"TWlsaywgZWdncw=="', '"content":"not base 64"'),
        ('"content":"TWlsaywgZWdncw=="', '"content":""'),
        ('"content":"TWlsaywgZWdncw=="', '"content":"AAECAw=="'),
        ('"content":"TWlsaywgZWdncw=="', '"content":"IAoA"'),
        ('"content":"TWlsaywgZWdncw=="', '"content":"/9j/4A=="'),
        ('"kind":"text"', '"kind":"picture"'),
        ('"kind":"text"', '"kind":"program"'),
        ('"size_bytes":10', '"size_bytes":-10'),
        ('"message_id":""', '"message_id":"nobody"'),
    ],
)
def test_a_damaged_file_in_an_export_is_told(room: Room, old: str, new: str) -> None:
    path, _ = exported(room)
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))
    with pytest.raises(StudioError) as refused:
        [*own_json.read(path)]
    assert refused.value.code == "import.damaged"


def test_pages_name_the_files(room: Room) -> None:
    _, archived = exported(room)
    for told in ("".join(markdown.parts(archived)), "".join(html_page.parts(archived))):
        assert "Attached: note.txt (10 B), cat.png" in told
        assert "Milk" not in told


def test_a_name_from_an_export_is_made_harmless(room: Room) -> None:
    _, archived = exported(room)
    bad = tuple(replace(each, name="../../x\n.txt") for each in archived.attachments)
    path = room.home / "bad.json"
    own_json.write(path, [replace(archived, attachments=bad)])
    (read,) = own_json.read(path)
    assert {each.name for each in read.attachments} == {".. .. x .txt"}


def test_a_content_cannot_go_while_it_is_attached(room: Room) -> None:
    room.attached.add(room.chat, NOTE)
    with pytest.raises(sqlite3.IntegrityError), room.database.transaction() as db:
        db.execute("DELETE FROM chat_attachment_contents")


def test_what_is_not_there_is_told(room: Room) -> None:
    with pytest.raises(StudioError) as refused:
        room.attached.content("0" * 64)
    assert refused.value.code == "attachment.gone"


def test_files_stay_in_the_order_in_which_they_came(room: Room) -> None:
    for _ in range(8):  # of two at one place, chance would tell the order
        files = [from_bytes(f"{name}.txt", name.encode()) for name in "abcd"]
        first, *_ = [room.attached.add(room.chat, file) for file in files[:3]]
        room.attached.remove(first.id)
        room.attached.add(room.chat, files[3])
        assert room.waiting() == ["b.txt", "c.txt", "d.txt"]
        for each in room.attached.waiting(room.chat):
            room.attached.remove(each.id)
