"""An index is built beside the one that is searched, takes its place, and is read in pages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from support.document_room import DocumentRoom, cut_of, document_room, terms_of, vectors_of

from studio.documents import purging
from studio.documents.index_reading import Filter
from studio.documents.values import Chunk, IndexSettings, Passage
from studio.errors import StudioError


@pytest.fixture
def room(tmp_path: Path) -> Iterator[DocumentRoom]:
    with document_room(tmp_path) as made:
        yield made


def cut_again(room: DocumentRoom, index: str, content: str) -> list[int]:
    said = room.indexes.extracted(content)
    assert said is not None
    cut = cut_of(said)
    return room.indexes.commit_content(
        index, content, cut, vectors_of(cut[1]) * 2, terms_of(cut[1])
    )


def test_the_first_index_is_searched_at_once(room: DocumentRoom) -> None:
    live = room.indexes.live(room.collection)
    assert live is not None
    assert (live.id, live.dimension, live.embedder) == (room.index, 4, "sum-of-a-model")
    assert live.embedder_path == Path("/models/m")
    assert live.settings == IndexSettings()
    assert room.indexes.building(room.collection) is None


def test_a_new_index_takes_its_place_when_it_is_complete(room: DocumentRoom) -> None:
    first = room.put("a.txt", "one two\nthree")
    second = room.put("b.txt", "four")
    new = room.begin("another").id
    assert room.indexes.missing(new) == [first.content, second.content]
    ids = cut_again(room, new, first.content)
    assert cut_again(room, new, first.content) == ids
    with pytest.raises(StudioError) as told:
        room.indexes.swap(new)
    assert told.value.code == "documents.index_incomplete"
    late = room.put("late.txt", "came meanwhile")
    for content in room.indexes.missing(new):
        cut_again(room, new, content)
    assert room.texts() == ["one two", "three", "four", "came meanwhile"]

    assert room.indexes.swap(new) == room.index
    assert room.indexes.swap(new) is None
    live = room.indexes.live(room.collection)
    assert live is not None
    assert live.id == new
    purging.finish(room.database)
    with pytest.raises(StudioError) as told:
        room.indexes.rows(room.index)
    assert told.value.code == "documents.no_index"
    assert len(room.indexes.rows(new).ids) == 4
    assert room.indexes.chunks(late.chunks) == []


def test_an_index_that_is_given_up_goes(room: DocumentRoom) -> None:
    room.put("a.txt", "one")
    given_up = room.begin("first").id
    chosen = room.begin("second").id
    building = room.indexes.building(room.collection)
    assert building is not None
    assert building.id == chosen
    with pytest.raises(StudioError) as told:
        room.indexes.swap(given_up)
    assert told.value.code == "documents.no_index"
    room.indexes.give_up(room.collection)
    purging.finish(room.database)
    assert room.indexes.building(room.collection) is None
    assert room.texts() == ["one"]


def test_a_content_that_went_meanwhile_is_not_cut(room: DocumentRoom) -> None:
    new = room.begin("another").id
    nothing = np.zeros((0, 4), np.float16)
    assert room.indexes.commit_content(new, "gone", None, nothing, []) == []


def test_files_that_go_leave_both_indexes(room: DocumentRoom) -> None:
    done = room.put("a.txt", "one\ntwo")
    new = room.begin("another").id
    ids = cut_again(room, new, done.content)
    dropped = room.contents.forget(room.collection, [room.folder / "a.txt"])
    assert dropped == {room.index: done.chunks, new: ids}


def test_the_generation_rises_with_every_change_of_the_chunks(room: DocumentRoom) -> None:
    seen = [room.indexes.generation(room.index)]

    def rises() -> bool:
        seen.append(room.indexes.generation(room.index))
        return seen[-1] > seen[-2]

    done = room.put("a.txt", "one")
    assert rises()
    room.contents.link(room.collection, room.found("b.txt"), done.content)
    assert not rises()
    room.put("a.txt", "two")
    assert rises()
    room.contents.forget(room.collection, [room.folder / "b.txt"])
    assert rises()


def test_rows_are_read_in_pages(room: DocumentRoom) -> None:
    other = room.begin("another").id
    wanted: list[int] = []
    for number in range(7):
        done = room.put(f"{number}.txt", "\n".join(f"w{number} line {i}" for i in range(number)))
        cut_again(room, other, done.content)
        wanted += done.chunks
    room.contents.forget(room.collection, [room.folder / "3.txt"])
    ids: list[int] = []
    terms: list[list[str]] = []
    page = room.indexes.rows(room.index, most=4)
    while len(page.ids):
        assert page.vectors.shape == (len(page.ids), 4)
        assert page.vectors.dtype == np.float16
        ids += page.ids.tolist()
        terms += page.terms
        page = room.indexes.rows(room.index, after=ids[-1], most=4)
    assert ids == sorted(set(ids))
    assert set(ids) < set(wanted)
    assert len(ids) == 21 - 3
    assert terms[0] == ["w1", "line", "0"]
    assert [each.text for each in room.indexes.chunks(ids)] == [" ".join(each) for each in terms]


def test_a_chunk_is_given_with_all_that_is_shown_of_it(room: DocumentRoom) -> None:
    content = room.put("t.txt", "a b\f1 2").content
    table = Chunk("Head\n1 2", 6, 9, 2, 2, "Part > Table", 0, 5, "en")
    cut = ((Passage(0, 9, 1, 2, "Part"),), (table,))
    new = room.begin("another").id
    vectors = np.ones((1, 4), np.float16)
    (number,) = room.indexes.commit_content(new, content, cut, vectors, [["head"]])
    (chunk,) = room.indexes.chunks([number, 12345])
    assert (chunk.text, chunk.heading, chunk.language) == ("Head\n1 2", "Part > Table", "en")
    assert (chunk.start, chunk.end, chunk.page_first, chunk.has_pages) == (6, 9, 2, True)
    assert chunk.passage == Passage(0, 9, 1, 2, "Part")
    assert (chunk.index, chunk.content, chunk.kind) == (new, content, "text")
    assert chunk.title == "a b\f1 2"
    assert room.indexes.text(content, chunk.start, chunk.end) == "1 2"


def test_chunks_are_filtered(room: DocumentRoom) -> None:
    noon = int(datetime(2024, 5, 1, 12, tzinfo=UTC).timestamp()) * 10**9
    a = room.put("a/one.txt", "one", noon).chunks
    two = room.put("a/b/two.txt", "two", noon + 1)
    b = two.chunks
    c = room.put("ab.txt", "three", noon + 5 * 10**9).chunks
    room.contents.link(room.collection, room.found("other/two.txt", "", noon), two.content)

    def ids(**which: object) -> list[int] | None:
        found = room.indexes.filter_ids(room.index, Filter(**which))  # type: ignore[arg-type]
        return None if found is None else found.tolist()

    assert ids() is None
    assert ids(folders=(room.folder / "a",)) == a + b
    assert ids(folders=(room.folder / "other",)) == b
    assert ids(folders=(Path("/"),)) == a + b + c
    assert ids(files=(room.folder / "ab.txt",), folders=(room.folder / "a/b",)) == b + c
    assert ids(kinds=("pdf",)) == []
    assert ids(kinds=("pdf", "text")) == a + b + c
    late = datetime(2024, 5, 1, 12, 0, 1, tzinfo=UTC)
    assert ids(since=late) == c
    assert ids(until=late, folders=(room.folder / "a",)) == a + b
    assert ids(files=(room.folder / "gone",)) == []
