"""Collections have names and settings, can be thrown away and brought back, and hold sources."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.databases import database_with
from support.document_room import DocumentRoom, document_room, document_room_on_disk

from studio.assembly import MIGRATIONS as ALL
from studio.documents import purging
from studio.documents.migrations import (
    MIGRATIONS,
    create_chunks,
    create_collections,
    create_contents,
    create_files,
    create_indexes,
)
from studio.documents.values import IndexSettings, SearchSettings
from studio.errors import StudioError
from studio.storage.memory import MemoryDatabase


@pytest.fixture
def room(tmp_path: Path) -> Iterator[DocumentRoom]:
    with document_room(tmp_path) as made:
        yield made


def test_the_tables_are_made_in_these_steps_and_belong_to_the_program(tmp_path: Path) -> None:
    assert MIGRATIONS.steps == (
        create_collections,
        create_contents,
        create_files,
        create_indexes,
        create_chunks,
    )
    assert MIGRATIONS in ALL
    with database_with(tmp_path, *ALL) as database:
        assert database.versions()["documents"] == 5


def test_temporary_data_has_the_tables_too() -> None:
    from studio.documents.collections import Collections

    database = MemoryDatabase(ALL)
    assert Collections(database).create("Mine").name == "Mine"
    database.close()


def test_a_collection_is_found_by_its_id_and_by_its_name_in_any_case(room: DocumentRoom) -> None:
    made = room.collections.create(
        " Tax \n 2024 ", IndexSettings("e5", 128), SearchSettings(top_k=9)
    )
    assert made.name == "Tax 2024"
    assert room.collections.find(made.id) == made
    assert room.collections.find("tax  2024") == made
    assert made.index.chunk_tokens == 128
    assert made.search.top_k == 9
    assert [each.name for each in room.collections.all()] == ["Papers", "Tax 2024"]


def test_what_there_is_is_named_where_there_is_no_such_collection(room: DocumentRoom) -> None:
    with pytest.raises(StudioError) as told:
        room.collections.find("Letters")
    assert told.value.code == "documents.no_collection"
    assert "Papers" in told.value.hint


@pytest.mark.parametrize("name", ["", "  \n", "\0"])
def test_a_collection_needs_a_name(room: DocumentRoom, name: str) -> None:
    with pytest.raises(StudioError) as told:
        room.collections.create(name)
    assert told.value.code == "documents.no_name"


def test_a_name_is_there_once(room: DocumentRoom) -> None:
    with pytest.raises(StudioError) as told:
        room.collections.create("PAPERS")
    assert told.value.code == "documents.name_taken"
    other = room.collections.create("Letters")
    with pytest.raises(StudioError) as told:
        room.collections.rename(other.id, "papers")
    assert told.value.code == "documents.name_taken"
    assert room.collections.rename(other.id, "LETTERS").name == "LETTERS"


def test_settings_are_kept(room: DocumentRoom) -> None:
    room.collections.set_index(room.collection, IndexSettings(passage_tokens=900))
    room.collections.set_search(room.collection, SearchSettings(floor=0.25, prompt="Be brief."))
    kept = room.collections.find("papers")
    assert kept.index == IndexSettings(passage_tokens=900)
    assert kept.search == SearchSettings(floor=0.25, prompt="Be brief.")


def test_a_removed_collection_comes_back_whole(room: DocumentRoom) -> None:
    room.put("a.txt", "one two")
    room.collections.remove(room.collection)
    assert room.collections.all() == []
    assert [each.id for each in room.collections.removed()] == [room.collection]
    with pytest.raises(StudioError, match="no collection"):
        room.collections.find("Papers")
    with pytest.raises(StudioError) as told:
        room.put("b.txt", "three")
    assert told.value.code == "documents.no_collection"

    room.collections.create("papers")
    assert room.collections.restore(room.collection).name == "Papers (2)"
    assert room.texts() == ["one two"]


def test_a_purged_collection_leaves_nothing(room: DocumentRoom) -> None:
    room.put("a.txt", "one two\nthree")
    with pytest.raises(StudioError) as told:
        room.collections.purge(room.collection)
    assert told.value.code == "documents.not_removed"
    room.collections.remove(room.collection)
    room.collections.purge(room.collection)
    assert room.collections.removed() == []
    with room.database.reading() as db:
        tables = [name for name in db.table_names() if name.startswith("doc_")]
        assert [name for name in tables if db.table(name).count] == []
    assert len(tables) == 12


def test_what_an_interrupted_purge_left_goes_at_the_next_call(room: DocumentRoom) -> None:
    room.put("a.txt", "one two")
    room.collections.remove(room.collection)
    with room.database.transaction() as db:
        db.execute("UPDATE doc_collections SET purged = 1")
    purging.finish(room.database, lambda: True)
    with room.database.reading() as db:
        assert db.table("doc_chunks").count == 1
    purging.finish(room.database)
    with room.database.reading() as db:
        assert db.table("doc_chunks").count == db.table("doc_collections").count == 0


def test_a_source_is_kept_where_its_links_lead_and_once(room: DocumentRoom, tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(room.folder)
    assert room.collections.add_source(room.collection, link) == room.source
    assert room.collections.sources(room.collection) == [room.source]
    assert room.source.path == room.folder.resolve()
    assert room.source.kind == "folder"


def test_names_of_any_bytes_are_kept(room: DocumentRoom) -> None:
    names = [b"caf\xe9.txt", b"two\nlines", "שלום ‮ 🎉.pdf".encode(), b"x" * 255]
    for name in names:
        path = os.fsencode(room.folder) + b"/" + name
        try:
            Path(os.fsdecode(path)).touch()
        except OSError:  # a file system that takes only UTF-8
            continue
        assert room.collections.add_source(room.collection, Path(os.fsdecode(path))).kind == "file"
    kept = {os.fsencode(each.path.name) for each in room.collections.sources(room.collection)}
    assert kept & set(names)
    assert kept <= {*names, b"papers"}


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("nothing-here", "documents.no_file"),
        ("a-file/below", "documents.no_file"),
        ("x" * 300, "documents.unreadable"),
        ("circle", "documents.unreadable"),
        ("a-pipe", "documents.not_a_file"),
        ("nul\0", "documents.unreadable"),
    ],
)
def test_what_cannot_be_added(room: DocumentRoom, tmp_path: Path, name: str, code: str) -> None:
    (tmp_path / "a-file").touch()
    (tmp_path / "circle").symlink_to(tmp_path / "circle")
    os.mkfifo(tmp_path / "a-pipe")
    with pytest.raises(StudioError) as told:
        room.collections.add_source(room.collection, tmp_path / name)
    assert told.value.code == code


def test_the_programs_own_folder_is_refused(tmp_path: Path) -> None:
    with document_room_on_disk(tmp_path) as room:
        for path in (tmp_path / "data", tmp_path / "data" / "studio.db"):
            with pytest.raises(StudioError) as told:
                room.collections.add_source(room.collection, path)
            assert told.value.code == "documents.own_folder"
        above = room.collections.add_source(room.collection, tmp_path)
        assert above.path == tmp_path.resolve()


def test_a_pasted_text_has_its_title_as_its_path(room: DocumentRoom) -> None:
    first = room.collections.add_text(room.collection, "Notes/of\nMay", "Some words \ud800.")
    second = room.collections.add_text(room.collection, "Notes/of May", "Others.")
    nameless = room.collections.add_text(room.collection, " ", "x")
    assert [len(each.path.parts) for each in (first, second, nameless)] == [1, 1, 1]
    assert second.path.name == f"{first.path.name} (2)"
    assert room.collections.text_of(first.id) == "Some words \ufffd."
    assert first.size_bytes == len("Some words \ufffd.".encode())
    with pytest.raises(StudioError) as told:
        room.collections.add_text(room.collection, "Empty", " \n")
    assert told.value.code == "documents.empty_text"


def test_a_source_is_taken_out_with_its_files_but_not_those_of_another(room: DocumentRoom) -> None:
    (room.folder / "deep").mkdir()
    inner = room.collections.add_source(room.collection, room.folder / "deep")
    kept = room.put("deep/kept.txt", "stays here")
    went = room.put("went.txt", "goes away")
    dropped = room.collections.remove_source(room.collection, room.source.id)
    assert dropped == {room.index: went.chunks}
    assert room.collections.sources(room.collection) == [inner]
    (row,) = room.contents.files(room.collection)
    assert (row.source, row.content) == (inner.id, kept.content)
    with pytest.raises(StudioError) as told:
        room.collections.remove_source(room.collection, room.source.id)
    assert told.value.code == "documents.no_source"
    with pytest.raises(StudioError) as told:
        room.put("went.txt", "goes away")
    assert told.value.code == "documents.no_source"


def test_a_pasted_text_is_taken_out(room: DocumentRoom) -> None:
    pasted = room.collections.add_text(room.collection, "Secret", "Nobody knows.")
    room.collections.remove_source(room.collection, pasted.id)
    with pytest.raises(StudioError) as told:
        room.collections.text_of(pasted.id)
    assert told.value.code == "documents.no_source"
