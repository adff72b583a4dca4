"""A file is committed whole, replaces what its path said, and goes without a trace."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from support.document_room import (
    DocumentRoom,
    cut_of,
    document_room,
    document_room_on_disk,
    said_by,
    sha_of,
    terms_of,
    vectors_of,
)

from studio.documents.checking import check
from studio.documents.values import PAGE_BREAK, Extracted, Page
from studio.errors import StudioError


@pytest.fixture
def room(tmp_path: Path) -> Iterator[DocumentRoom]:
    with document_room(tmp_path) as made:
        yield made


def test_what_a_file_says_can_be_read_again(room: DocumentRoom) -> None:
    text = "The quick fox\njumps over\fthe lazy dog"
    done = room.put("fox.txt", text)
    assert room.indexes.extracted(done.content) == said_by(text)
    assert room.contents.known(room.collection, sha_of(text)) == done.content
    assert room.indexes.rows(room.index).ids.tolist() == done.chunks
    assert room.texts() == ["The quick fox", "jumps over", "the lazy dog"]
    (row,) = room.contents.files(room.collection)
    assert (row.path, row.state, row.chunks, row.pages) == (
        room.folder / "fox.txt",
        "indexed",
        3,
        2,
    )


def test_a_changed_file_says_only_the_new(room: DocumentRoom) -> None:
    before = room.put("a.txt", "old words\nmore")
    after = room.put("a.txt", "new words", modified_ns=2)
    assert after.dropped == {room.index: before.chunks}
    assert room.texts() == ["new words"]
    assert room.contents.known(room.collection, sha_of("old words\nmore")) is None
    assert min(after.chunks) > max(before.chunks)


def test_an_id_of_a_chunk_is_never_used_twice(room: DocumentRoom) -> None:
    before = room.put("a.txt", "first")
    room.contents.forget(room.collection, [room.folder / "a.txt"])
    assert room.put("a.txt", "second").chunks > before.chunks


def test_a_duplicate_is_kept_once_and_known_under_both_names(room: DocumentRoom) -> None:
    first = room.put("a.txt", "same words")
    assert room.contents.link(room.collection, room.found("sub/b.txt"), first.content) == {}
    (chunk,) = room.indexes.chunks(first.chunks)
    assert chunk.files == (room.folder / "a.txt", room.folder / "sub/b.txt")
    assert room.contents.forget(room.collection, [room.folder / "a.txt"]) == {}
    (chunk,) = room.indexes.chunks(first.chunks)
    assert chunk.files == (room.folder / "sub/b.txt",)
    assert room.contents.forget(room.collection, [room.folder / "sub/b.txt"]) == {
        room.index: first.chunks
    }
    assert room.texts() == []


def test_what_another_program_has_committed_meanwhile_is_used(room: DocumentRoom) -> None:
    first = room.put("a.txt", "same words")
    second = room.put("b.txt", "same words")
    assert (second.content, second.chunks, second.is_new) == (first.content, first.chunks, False)


def test_a_moved_file_keeps_its_chunks(room: DocumentRoom) -> None:
    done = room.put("a.txt", "some words")
    room.contents.link(room.collection, room.found("moved.txt"), done.content)
    assert room.contents.forget(room.collection, [room.folder / "a.txt"]) == {}
    assert room.indexes.rows(room.index).ids.tolist() == done.chunks


def test_a_content_that_went_cannot_be_linked(room: DocumentRoom) -> None:
    done = room.put("a.txt", "some words")
    room.contents.forget(room.collection, [room.folder / "a.txt"])
    with pytest.raises(StudioError) as told:
        room.contents.link(room.collection, room.found("b.txt"), done.content)
    assert told.value.code == "documents.no_content"


def test_a_file_that_fails_says_nothing_any_more(room: DocumentRoom) -> None:
    done = room.put("a.pdf", "open words")
    told = ("pdf.encrypted", "Locked.", "Unlock it.")
    dropped = room.contents.fail(room.collection, room.found("a.pdf", modified_ns=2), *told)
    assert dropped == {room.index: done.chunks}
    (row,) = room.contents.files(room.collection)
    assert (row.state, row.code, row.reason, row.hint) == ("failed", *told)
    assert row.content is None


def test_a_file_that_cannot_be_read_just_now_still_says_what_it_said(room: DocumentRoom) -> None:
    done = room.put("a.txt", "some words")
    found = room.found("a.txt", modified_ns=2)
    told = ("file.locked", "In use.", "Close it.")
    assert room.contents.fail(room.collection, found, *told, is_passing=True) == {}
    (row,) = room.contents.files(room.collection)
    assert (row.state, row.content) == ("failed", done.content)
    assert room.texts() == ["some words"]
    assert room.contents.known_files(room.collection)[found.path].is_passing
    room.put("a.txt", "some words", modified_ns=2)
    assert not room.contents.known_files(room.collection)[found.path].is_passing


def test_failed_files_are_tried_again_on_demand(room: DocumentRoom) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        room.contents.fail(room.collection, room.found(name), "x.y", "No.", "Wait.")
    assert room.contents.retry(room.collection, [room.folder / "b.txt"]) == 1
    states = {row.path.name: row.state for row in room.contents.files(room.collection)}
    assert states == {"a.txt": "failed", "b.txt": "waiting", "c.txt": "failed"}
    assert room.contents.retry(room.collection) == 2


def test_a_waiting_file_still_says_what_it_said(room: DocumentRoom) -> None:
    room.put("a.txt", "some words")
    room.contents.wait(room.collection, [room.found("a.txt", "longer"), room.found("b.txt")])
    assert room.contents.counts(room.collection).files["waiting"] == 2
    assert room.texts() == ["some words"]


def test_a_scanned_page_makes_a_file_partly_indexed(room: DocumentRoom) -> None:
    done = room.put("scan.pdf", "words\f\fmore")
    (row,) = room.contents.files(room.collection)
    assert (row.state, row.unread_pages) == ("partly", 1)
    room.contents.link(room.collection, room.found("copy.pdf"), done.content)
    assert room.contents.counts(room.collection).files["partly"] == 2


def test_a_file_without_text_is_committed(room: DocumentRoom) -> None:
    said = Extracted("png", "", (Page(1, "", needs_ocr=True),))
    none = np.zeros((0, 4), np.float16)
    done = room.contents.commit_file(
        room.collection, room.found("a.png"), "00", said, None, room.index, none, []
    )
    assert done.chunks == []
    assert room.indexes.missing(room.index) == []
    assert room.indexes.extracted(done.content) == said


def test_control_characters_and_halves_of_characters_keep_their_places(room: DocumentRoom) -> None:
    text = "a\0b \ud83d\x07\x1b end"
    done = room.put("odd.txt", text)
    assert room.indexes.text(done.content) == "a\0b \ufffd\x07\x1b end"
    assert room.indexes.text(done.content, 4, 8) == "\ufffd\x07\x1b "
    assert room.texts() == ["a\0b \ufffd\x07\x1b end"]


def test_names_of_any_bytes_come_back_as_they_were(room: DocumentRoom) -> None:
    names = [b"caf\xe9.txt", b"two\nlines", "שלום ‮ 🎉.pdf".encode(), b"x" * 255]
    for number, name in enumerate(names):
        room.put(Path(os.fsdecode(name)), f"text {number}")
    known = room.contents.known_files(room.collection)
    assert {os.fsencode(path.name) for path in known} == {*names}
    for name in names:
        room.contents.forget(room.collection, [room.folder / os.fsdecode(name)])
    assert room.texts() == []


def test_vectors_that_are_no_numbers_are_refused_and_nothing_is_kept(room: DocumentRoom) -> None:
    said = said_by("some words")
    cut = cut_of(said)
    vectors = vectors_of(cut[1])
    vectors[0, 0] = np.inf
    with pytest.raises(StudioError) as told:
        room.contents.commit_file(
            room.collection, room.found("a"), "00", said, cut, room.index, vectors, terms_of(cut[1])
        )
    assert told.value.code == "documents.bad_vectors"
    assert room.contents.files(room.collection) == []
    assert room.contents.known(room.collection, "00") is None


def test_vectors_of_another_embedder_never_mix_in(room: DocumentRoom) -> None:
    said = said_by("some words")
    cut = cut_of(said)
    others: tuple[Any, ...] = (np.zeros((1, 5), np.float16), np.zeros((1, 4), np.float32))
    for vectors in others:
        with pytest.raises(ValueError, match="float16"):
            room.contents.commit_file(
                room.collection, room.found("a"), "0", said, cut, room.index, vectors, [["some"]]
            )


def test_a_page_break_belongs_to_the_page_before_it(room: DocumentRoom) -> None:
    done = room.put("a.txt", "first\fsecond\fthird")
    spans = room.indexes.page_spans(done.content)
    assert [(page.number, page.start, page.end) for page in spans] == [
        (1, 0, 5),
        (2, 8, 14),
        (3, 17, 22),
    ]
    pages = [room.indexes.page_of(done.content, offset) for offset in (0, 4, 5, 7, 8, 16, 17, 99)]
    assert pages == [1, 1, 1, 1, 2, 2, 3, 3]
    assert room.indexes.page_of("gone", 4) == 1


@pytest.mark.parametrize("characters", [16_383, 16_384, 16_385, 50_000])
def test_any_span_of_a_long_text_is_read(room: DocumentRoom, characters: int) -> None:
    pages = ("é" * (characters - 10), "🎉" * 10, "x" * 40_000)
    whole = PAGE_BREAK.join(pages)
    content = room.put("long.txt", "\f".join(pages)).content
    assert room.indexes.text(content) == whole
    for edge in (0, 16_384, 32_768, characters - 10, characters, len(whole)):
        for start, end in ((edge - 3, edge + 3), (edge, edge), (edge - 1, edge + 20_000)):
            assert room.indexes.text(content, start, end) == whole[max(start, 0) : end]


def test_many_files_are_forgotten_in_pieces(room: DocumentRoom) -> None:
    done = [room.put(f"{number}.txt", f"text {number}") for number in range(120)]
    known = room.contents.known_files(room.collection)
    dropped = room.contents.forget(room.collection, known)
    assert sorted(dropped[room.index]) == [chunk for each in done for chunk in each.chunks]
    assert room.contents.files(room.collection) == []
    assert room.contents.counts(room.collection).stored_bytes == 0


def test_a_term_with_a_blank_is_refused(room: DocumentRoom) -> None:
    said = said_by("some words")
    cut = cut_of(said)
    with pytest.raises(ValueError, match="blank"):
        room.contents.commit_file(
            room.collection,
            room.found("a"),
            "0",
            said,
            cut,
            room.index,
            vectors_of(cut[1]),
            [["some words"]],
        )


def test_a_full_disk_leaves_what_was_there(tmp_path: Path) -> None:
    with document_room_on_disk(tmp_path) as room:
        done = room.put("a.txt", "old words")
        room.database.connection().execute("PRAGMA max_page_count = 1").fetchall()
        with pytest.raises(StudioError) as told:
            room.put("a.txt", "word " * 100_000, modified_ns=2)
        assert told.value.code == "disk.full"
        assert room.texts() == ["old words"]
        (row,) = room.contents.files(room.collection)
        assert (row.modified_ns, row.content) == (1, done.content)
        assert check(room.database, room.collection).is_whole
