"""Files are listed in any order, a page at a time, and counted."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from support.document_room import DocumentRoom, document_room


@pytest.fixture
def room(tmp_path: Path) -> Iterator[DocumentRoom]:
    with document_room(tmp_path) as made:
        made.put("Beta.txt", "one\ntwo\nthree", modified_ns=3)
        made.put("z/alpha.txt", "a longer line of words than the others", modified_ns=1)
        made.put("ÉTÉ.txt", "p1\fp2\fp3", modified_ns=2)
        made.contents.fail(made.collection, made.found("broken.pdf"), "pdf.cut", "Cut.", "Get it.")
        yield made


@pytest.mark.parametrize(
    ("sort", "names"),
    [
        ("name", ["alpha.txt", "Beta.txt", "broken.pdf", "ÉTÉ.txt"]),
        ("path", ["Beta.txt", "broken.pdf", "alpha.txt", "ÉTÉ.txt"]),
        ("modified", ["broken.pdf", "alpha.txt", "ÉTÉ.txt", "Beta.txt"]),
        ("size", ["broken.pdf", "ÉTÉ.txt", "Beta.txt", "alpha.txt"]),
        ("pages", ["broken.pdf", "Beta.txt", "alpha.txt", "ÉTÉ.txt"]),
        ("chunks", ["broken.pdf", "alpha.txt", "Beta.txt", "ÉTÉ.txt"]),
        ("state", ["broken.pdf", "Beta.txt", "alpha.txt", "ÉTÉ.txt"]),
        ("kind", ["broken.pdf", "Beta.txt", "alpha.txt", "ÉTÉ.txt"]),
    ],
)
def test_files_are_sorted(room: DocumentRoom, sort: str, names: list[str]) -> None:
    rows = room.contents.files(room.collection, sort)  # type: ignore[arg-type]  # a parameter
    assert [row.path.name for row in rows] == names
    back = room.contents.files(room.collection, sort, descending=True)  # type: ignore[arg-type]
    assert [row.path.name for row in back] == names[::-1]


def test_files_are_filtered_and_paged(room: DocumentRoom) -> None:
    failed = room.contents.files(room.collection, states=["failed"])
    assert [row.code for row in failed] == ["pdf.cut"]
    found = room.contents.files(room.collection, matching="été")
    assert [row.path.name for row in found] == ["ÉTÉ.txt"]
    assert room.contents.files(room.collection, matching="%") == []
    page = room.contents.files(room.collection, offset=1, limit=2)
    assert [row.path.name for row in page] == ["Beta.txt", "broken.pdf"]


def test_rows_come_in_the_order_that_is_asked_for(room: DocumentRoom) -> None:
    ids = room.contents.order(room.collection)
    rows = room.contents.rows([ids[2], 999, ids[0]])
    assert [row.path.name for row in rows] == ["broken.pdf", "alpha.txt"]


def test_a_collection_is_counted(room: DocumentRoom) -> None:
    totals = room.contents.counts(room.collection)
    assert totals.files == {"waiting": 0, "indexed": 3, "partly": 0, "failed": 1}
    assert (totals.contents, totals.pages, totals.chunks) == (3, 5, 7)
    texts = [13, 38, 12]  # bytes, the breaks between pages included
    vectors, terms = 7 * 4 * 2, 11 + 38 + 6
    assert totals.size_bytes == 13 + 38 + 8
    assert totals.stored_bytes == sum(texts) + vectors + terms


def test_other_collections_do_not_count(room: DocumentRoom) -> None:
    other = room.collections.create("Empty").id
    assert room.contents.files(other) == []
    assert sum(room.contents.counts(other).files.values()) == 0
