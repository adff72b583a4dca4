"""A collection whose files are cut at every blank line, with vectors that a person can check."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from support.databases import database_with

from studio.documents.collections import Collections
from studio.documents.contents import Committed, Contents
from studio.documents.indexes import Index, Indexes
from studio.documents.migrations import MIGRATIONS
from studio.documents.scan import Found
from studio.documents.values import PAGE_BREAK, Chunk, Extracted, IndexSettings, Page, Passage
from studio.storage.database import Database
from studio.storage.memory import MemoryDatabase

DIMENSION = 4

Vectors = NDArray[np.float16]


class DocumentRoom:
    """A collection "Papers" with a folder as its source, and an index of four dimensions."""

    def __init__(self, database: Database, folder: Path) -> None:
        self.database = database
        self.folder = folder
        self.collections = Collections(database)
        self.contents = Contents(database)
        self.indexes = Indexes(database)
        self.collection = self.collections.create("Papers").id
        self.source = self.collections.add_source(self.collection, folder)
        self.index = self.begin("sum-of-a-model").id

    def begin(self, embedder: str) -> Index:
        return self.indexes.begin(
            self.collection, embedder, Path("/models/m"), DIMENSION, IndexSettings()
        )

    def found(self, name: str | Path, text: str = "", modified_ns: int = 1) -> Found:
        return Found(
            self.folder / name, len(text.encode(errors="replace")), modified_ns, self.source.id
        )

    def put(self, name: str | Path, text: str, modified_ns: int = 1) -> Committed:
        """Commit a file of which each part between form feeds is a page."""
        said = said_by(text)
        cut = cut_of(said)
        return self.contents.commit_file(
            self.collection,
            self.found(name, text, modified_ns),
            sha_of(text),
            said,
            cut,
            self.index,
            vectors_of(cut[1]),
            terms_of(cut[1]),
        )

    def texts(self) -> list[str]:
        """Return the texts of all chunks that are searched."""
        ids = self.indexes.rows(self.index).ids.tolist()
        return [each.text for each in self.indexes.chunks(ids)]


@contextmanager
def document_room(home: Path) -> Iterator[DocumentRoom]:
    """Open a room whose database is in memory, with its files in ``papers``."""
    database = MemoryDatabase([MIGRATIONS])
    try:
        yield DocumentRoom(database, _papers(home))
    finally:
        database.close()


@contextmanager
def document_room_on_disk(home: Path) -> Iterator[DocumentRoom]:
    """Open a room whose database is the file ``data/studio.db``."""
    (home / "data").mkdir(exist_ok=True)
    with database_with(home / "data", MIGRATIONS) as database:
        yield DocumentRoom(database, _papers(home))


def _papers(home: Path) -> Path:
    folder = home / "papers"
    folder.mkdir(exist_ok=True)
    return folder


def sha_of(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def said_by(text: str) -> Extracted:
    pages = tuple(
        Page(number, each, needs_ocr=not each) for number, each in enumerate(text.split("\f"), 1)
    )
    return Extracted("text", text[:20], pages, has_pages=len(pages) > 1)


def cut_of(said: Extracted) -> tuple[tuple[Passage, ...], tuple[Chunk, ...]]:
    """Return a passage for each page, and in it a chunk for each of its lines."""
    passages: list[Passage] = []
    chunks: list[Chunk] = []
    start = 0
    for page in said.pages:
        at = start
        for line in page.text.split("\n"):
            if line:
                span = (at, at + len(line), page.number, page.number)
                chunks.append(Chunk(line, *span, "", len(passages), len(line.split())))
            at += len(line) + 1
        passages.append(Passage(start, start + len(page.text), page.number, page.number, ""))
        start += len(page.text) + len(PAGE_BREAK)
    return tuple(passages), tuple(chunks)


def vectors_of(chunks: tuple[Chunk, ...]) -> Vectors:
    """Return the lengths of the first four words of each chunk."""
    rows = np.zeros((len(chunks), DIMENSION), np.float16)
    for row, chunk in zip(rows, chunks, strict=True):
        for place, word in enumerate(chunk.text.split()[:DIMENSION]):
            row[place] = len(word)
    return rows


def terms_of(chunks: tuple[Chunk, ...]) -> list[list[str]]:
    return [chunk.text.lower().split() for chunk in chunks]
