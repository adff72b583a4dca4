"""What a damaged database has lost of a collection is found, and read again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from support.databases import database_with
from support.document_room import DocumentRoom, document_room, document_room_on_disk

from studio.documents.checking import check, repair
from studio.documents.contents import Contents
from studio.documents.indexes import Indexes
from studio.documents.migrations import MIGRATIONS
from studio.documents.purging import scrub
from studio.documents.scan import Scan
from studio.documents.sync_plan import plan


@pytest.fixture
def room(tmp_path: Path) -> Iterator[DocumentRoom]:
    with document_room(tmp_path) as made:
        yield made


@pytest.mark.parametrize(
    "loss",
    [
        "DELETE FROM doc_vectors WHERE chunk = (SELECT max(chunk) FROM doc_vectors)",
        "DELETE FROM doc_terms WHERE chunk = (SELECT max(chunk) FROM doc_terms)",
        "DELETE FROM doc_chunks WHERE id = (SELECT max(id) FROM doc_chunks)",
        "DELETE FROM doc_passages WHERE id = (SELECT max(id) FROM doc_passages)",
        "UPDATE doc_vectors SET vector = x'00' WHERE chunk = (SELECT max(chunk) FROM doc_vectors)",
    ],
)
def test_a_content_that_is_not_whole_in_the_index_is_cut_again(
    room: DocumentRoom, loss: str
) -> None:
    whole = room.put("a.txt", "one\ntwo")
    hurt = room.put("b.txt", "three\nfour")
    assert check(room.database, room.collection).is_whole
    before = room.indexes.generation(room.index)
    with room.database.transaction() as db:
        db.execute(loss)
    assert len(check(room.database, room.collection).cuts) == 1
    dropped = repair(room.database, room.collection)
    assert set(dropped) == {room.index}
    assert set(dropped[room.index]) <= set(hurt.chunks)
    assert room.indexes.missing(room.index) == [hurt.content]
    assert room.indexes.rows(room.index).ids.tolist() == whole.chunks
    assert room.indexes.generation(room.index) > before
    assert check(room.database, room.collection).is_whole


@pytest.mark.parametrize("table", ["doc_texts", "doc_pages"])
def test_a_file_whose_text_is_lost_is_read_again(room: DocumentRoom, table: str) -> None:
    done = room.put("a.txt", "one\ntwo")
    with room.database.transaction() as db:
        db.execute(f"DELETE FROM {table}")
    assert check(room.database, room.collection).contents == (done.content,)
    assert repair(room.database, room.collection) == {room.index: done.chunks}
    (row,) = room.contents.files(room.collection)
    assert (row.state, row.content) == ("waiting", None)


def test_a_file_that_was_cut_off_from_its_content_is_read_again(room: DocumentRoom) -> None:
    done = room.put("a.txt", "one")
    with room.database.transaction() as db:
        db.execute("UPDATE doc_files SET content = NULL")
    known = room.contents.known_files(room.collection)
    assert plan(Scan(found=[room.found("a.txt", "one")]), known).to_read
    assert room.contents.files(room.collection)[0].state == "waiting"
    assert room.contents.counts(room.collection).files["waiting"] == 1
    faults = check(room.database, room.collection)
    assert faults.unnamed == (done.content,)
    assert len(faults.files) == 1
    repair(room.database, room.collection)
    assert check(room.database, room.collection).is_whole
    assert room.texts() == []


def test_what_is_left_of_a_damaged_database_is_made_whole(tmp_path: Path) -> None:
    with document_room_on_disk(tmp_path) as room:
        for number in range(30):
            room.put(f"{number}.txt", f"{'word ' * 300}\nfile {number}\f{'more ' * 300}")
        collection, path = room.collection, room.database.path
        index = room.index
        scrub(room.database)
    pages = bytearray(path.read_bytes())
    for page in range(30, len(pages) // 4096, 17):
        pages[page * 4096 : page * 4096 + 4096] = b"\x5a" * 4096
    path.write_bytes(pages)

    with database_with(path.parent, MIGRATIONS) as database:
        assert database.notices
        assert not check(database, collection).is_whole
        repair(database, collection)
        assert check(database, collection).is_whole
        kept, indexes = Contents(database), Indexes(database)
        totals = kept.counts(collection)
        assert 0 < totals.files["indexed"] < 30
        whole = {row.content for row in kept.files(collection, states=["indexed"])}
        cut = whole - set(indexes.missing(index))
        ids = indexes.rows(index).ids.tolist()
        assert len(ids) == 3 * len(cut)
        assert len(indexes.chunks(ids)) == len(ids)
