"""A collection is brought in step with its sources, whatever becomes of files and program."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.document_room import DocumentRoom, document_room
from support.plain_reading import Reader

from studio.documents import checking
from studio.documents.report import Step
from studio.documents.values import IndexSettings
from studio.errors import StudioError
from studio.paths import FileLock


class KilledError(BaseException):
    """Ends a sync as nothing else can, at any point."""


@pytest.fixture
def room(tmp_path: Path) -> Iterator[DocumentRoom]:
    with document_room(tmp_path) as made:
        yield made


@pytest.fixture
def reader(room: DocumentRoom) -> Reader:
    return Reader(room)


def is_in_step(reader: Reader) -> bool:
    room = reader.room
    assert checking.check(room.database, room.collection).is_whole
    return set(room.indexes.rows(room.index).ids.tolist()) == reader.search.ids


def test_what_is_new_changed_and_gone_is_taken_in(reader: Reader) -> None:
    one = reader.write("one.txt", "One apple\nTwo pears")
    reader.write("sub/two.txt", "Three plums")
    report = reader.ingest.sync(reader.room.collection)
    assert (report.added, report.chunks, report.is_whole) == (2, 3, True)
    assert sorted(reader.room.texts()) == ["One apple", "Three plums", "Two pears"]

    again = reader.ingest.sync(reader.room.collection)
    assert (again.added, again.updated, again.unchanged, again.chunks) == (0, 0, 2, 0)
    assert len(reader.extractor.read) == 2

    one.write_text("One apple\nNo pears any more", "utf-8")
    (reader.room.folder / "sub" / "two.txt").unlink()
    last = reader.ingest.sync(reader.room.collection)
    assert (last.added, last.updated, last.removed) == (0, 1, 1)
    assert sorted(reader.room.texts()) == ["No pears any more", "One apple"]
    assert is_in_step(reader)


def test_a_file_that_was_moved_is_not_embedded_again(reader: Reader) -> None:
    before = reader.write("one.txt", "One apple")
    reader.ingest.sync(reader.room.collection)
    before.rename(reader.room.folder / "other.txt")
    report = reader.ingest.sync(reader.room.collection)
    assert (report.added, report.removed, report.chunks) == (1, 1, 0)
    assert reader.embedder.embedded == ["One apple"]
    (chunk,) = reader.room.indexes.chunks(reader.search.ids)
    assert [path.name for path in chunk.files] == ["other.txt"]
    assert is_in_step(reader)


def test_what_two_files_say_is_stored_once_and_cited_under_both_names(reader: Reader) -> None:
    reader.write("one.txt", "One apple")
    reader.write("copy.txt", "One apple")
    assert reader.ingest.sync(reader.room.collection).chunks == 1
    (chunk,) = reader.room.indexes.chunks(reader.search.ids)
    assert {path.name for path in chunk.files} == {"one.txt", "copy.txt"}
    assert is_in_step(reader)


def test_a_file_that_cannot_be_read_stops_no_other_and_is_not_tried_again(reader: Reader) -> None:
    broken = reader.write("broken.txt", "! damaged")
    reader.write("good.txt", "One apple")
    report = reader.ingest.sync(reader.room.collection)
    assert [(each.file.name, each.code) for each in report.failed] == [
        ("broken.txt", "document.damaged")
    ]
    assert report.added == 1
    again = reader.ingest.sync(reader.room.collection)
    assert (again.unchanged, again.failed) == (2, [])
    assert reader.extractor.read.count("broken.txt") == 1

    assert reader.room.contents.retry(reader.room.collection) == 1
    broken.write_text("Whole again", "utf-8")
    assert reader.ingest.sync(reader.room.collection).failed == []
    assert sorted(reader.room.texts()) == ["One apple", "Whole again"]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="nothing is forbidden to root")
def test_what_a_file_said_stays_while_it_may_not_be_read(reader: Reader) -> None:
    path = reader.write("one.txt", "One apple")
    reader.ingest.sync(reader.room.collection)
    path.write_text("Secret now", "utf-8")
    path.chmod(0)
    report = reader.ingest.sync(reader.room.collection)
    assert [each.code for each in report.failed] == ["document.no_permission"]
    assert reader.room.texts() == ["One apple"]


def test_pasted_text_is_read_like_a_file(reader: Reader) -> None:
    reader.room.collections.add_text(reader.room.collection, "Note", "Remember the milk")
    assert reader.ingest.sync(reader.room.collection).added == 1
    assert reader.room.texts() == ["Remember the milk"]
    assert reader.ingest.sync(reader.room.collection).unchanged == 1


def test_steps_are_told(reader: Reader) -> None:
    for number in range(5):
        reader.write(f"{number}.txt", f"Text of {number}")
    told: list[Step] = []
    reader.ingest.sync(reader.room.collection, told.append)
    assert [(step.number, step.total) for step in told] == [(n, 5) for n in range(1, 6)]
    assert told[-1].seconds_left == 0
    assert told[-1].chunks == 5


def test_a_sync_that_is_stopped_keeps_what_it_has_and_goes_on_later(reader: Reader) -> None:
    for number in range(150):
        reader.write(f"{number:03}.txt", f"Text of {number}")
    told: list[Step] = []
    report = reader.ingest.sync(reader.room.collection, told.append, lambda: len(told) >= 64)
    assert not report.is_whole
    assert 64 <= len(reader.room.texts()) < 150
    assert is_in_step(reader)
    rest = reader.ingest.sync(reader.room.collection)
    assert rest.added == 150 - report.added
    assert len(reader.embedder.embedded) == 150
    assert is_in_step(reader)


@pytest.mark.parametrize("seed", range(20))
def test_after_an_end_at_any_point_the_next_sync_completes_and_nothing_is_there_twice(
    room: DocumentRoom, seed: int
) -> None:
    chance = random.Random(seed)
    left = chance.randrange(1, 60)

    def maybe_end() -> None:
        nonlocal left
        left -= 1
        if left == 0:
            raise KilledError

    for number in range(20):
        (room.folder / f"{number}.txt").write_text(f"Text {number % 15}\nMore of {number}", "utf-8")

    def change_and_sync_for_ever() -> None:
        while True:
            Reader(room, maybe_end).ingest.sync(room.collection)
            (room.folder / f"{chance.randrange(20)}.txt").write_text(f"New {left}", "utf-8")

    with pytest.raises(KilledError):
        change_and_sync_for_ever()
    Reader(room).ingest.sync(room.collection)
    assert checking.check(room.database, room.collection).is_whole
    texts = {path.read_text("utf-8") for path in room.folder.iterdir()}
    assert sorted(room.texts()) == sorted(line for text in texts for line in text.split("\n"))


def test_an_embedder_that_fails_leaves_the_files_to_be_read(room: DocumentRoom) -> None:
    def fail() -> None:
        raise StudioError("worker.crashed", "The engine ended.", "Try again.")

    (room.folder / "one.txt").write_text("One apple", "utf-8")
    with pytest.raises(StudioError, match="ended"):
        Reader(room, fail).ingest.sync(room.collection)
    assert Reader(room).ingest.sync(room.collection).added == 1
    assert room.texts() == ["One apple"]


def test_only_one_indexes_at_a_time(reader: Reader) -> None:
    lock = FileLock(reader.room.folder.parent / "indexing.lock")
    assert lock.acquire()
    with pytest.raises(StudioError) as refused:
        reader.ingest.sync(reader.room.collection)
    assert refused.value.code == "documents.busy"
    lock.release()
    assert reader.ingest.sync(reader.room.collection).is_whole


def test_names_of_every_kind_are_kept(reader: Reader) -> None:
    names = ["new\nline.txt", "emoji 🙂.txt", "א" * 100 + ".txt", "a" * 251 + ".txt", "a\\b.txt"]
    for number, name in enumerate(names):
        reader.write(name, f"Text of {number}")
    reader.ingest.sync(reader.room.collection)
    found = reader.room.indexes.chunks(reader.search.ids)
    assert {path.name for chunk in found for path in chunk.files} == set(names)


def test_a_collection_that_is_not_there_is_told(reader: Reader) -> None:
    with pytest.raises(StudioError) as refused:
        reader.ingest.sync("nothing")
    assert refused.value.code == "documents.no_collection"


def test_other_settings_make_another_index_from_what_was_read(reader: Reader) -> None:
    room = reader.room
    reader.write("one.txt", "One apple\nTwo pears")
    room.collections.set_index(room.collection, IndexSettings())
    reader.ingest.sync(room.collection)
    before = room.indexes.live(room.collection)
    assert before is not None

    room.collections.set_index(room.collection, IndexSettings(chunk_tokens=100))
    assert reader.ingest.sync(room.collection).chunks == 2
    after = room.indexes.live(room.collection)
    assert after is not None
    assert (after.id != before.id, after.settings.chunk_tokens) == (True, 100)
    assert reader.extractor.read == ["one.txt"]
    assert room.indexes.building(room.collection) is None
    ids = room.indexes.rows(after.id).ids.tolist()
    assert [each.text for each in room.indexes.chunks(ids)] == ["One apple", "Two pears"]
    with pytest.raises(StudioError):
        room.indexes.rows(before.id)
    assert reader.ingest.sync(room.collection).chunks == 0


def test_the_old_index_is_searched_until_the_new_one_is_complete(reader: Reader) -> None:
    room = reader.room
    for number in range(3):
        reader.write(f"{number}.txt", f"Text of {number}")
    reader.ingest.sync(room.collection)
    room.collections.set_index(room.collection, IndexSettings(chunk_tokens=100))
    told: list[Step] = []
    report = reader.ingest.sync(room.collection, told.append, lambda: bool(told))
    assert not report.is_whole
    live = room.indexes.live(room.collection)
    assert live is not None
    assert (live.id, len(room.texts())) == (room.index, 3)
    assert reader.ingest.sync(room.collection).chunks == 2
    assert room.indexes.live(room.collection) != live

    room.collections.set_index(room.collection, IndexSettings(chunk_tokens=90))
    told.clear()
    reader.ingest.sync(room.collection, told.append, lambda: bool(told))
    room.collections.set_index(room.collection, IndexSettings(chunk_tokens=100))
    assert reader.ingest.sync(room.collection).chunks == 0
    assert room.indexes.building(room.collection) is None
