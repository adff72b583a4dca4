"""Stand-ins for the three workers of documents: they read plain text and can be made to fail."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from support.document_room import DIMENSION, DocumentRoom, Vectors, cut_of, said_by

from studio.documents import purging
from studio.documents.embedder import Embedder
from studio.documents.extract.words import refusal
from studio.documents.extracting import Extractor
from studio.documents.indexes import Indexes
from studio.documents.ingest import Ingest, Stores
from studio.documents.scan import Rules
from studio.documents.search_index import SearchIndex
from studio.documents.skills import Skills
from studio.documents.values import Extracted, IndexSettings
from studio.engine.embedding import EmbedderLoaded


class PlainExtractor(Extractor):
    """Reads UTF-8; a file that begins with "!" is damaged. Calls ``at_each`` before each file."""

    def __init__(self, at_each: Callable[[], None]) -> None:
        self.read: list[str] = []
        self._at_each = at_each

    def extract(self, path: Path, **_: Any) -> Extracted:
        self._at_each()
        self.read.append(path.name)
        text = path.read_text("utf-8")
        if text.startswith("!"):
            raise refusal("document.damaged", {"name": path.name})
        return said_by(text)


class PlainEmbedder(Embedder):
    """Cuts at line ends; a vector holds the lengths of a text's first four words."""

    def __init__(self, at_each: Callable[[], None]) -> None:
        self.embedded: list[str] = []
        self._at_each = at_each

    def load(self, path: Path) -> EmbedderLoaded:
        return EmbedderLoaded(
            str(path), path.name, "sum-of-a-model", DIMENSION, 256, "plain", "cpu", 0.0, 0
        )

    def cut(
        self, path: Path, extracted: Extracted, settings: IndexSettings, must_stop: object
    ) -> Any:
        self._at_each()
        return cut_of(extracted)

    def embed(
        self,
        path: Path,
        texts: Sequence[str],
        must_stop: Callable[[], bool] = lambda: False,
        *,
        kind: Literal["passage", "query"] = "passage",
    ) -> Vectors | None:
        self._at_each()
        if must_stop():
            return None
        self.embedded += texts
        rows = np.zeros((len(texts), DIMENSION), np.float16)
        for row, text in zip(rows, texts, strict=True):
            lengths = [len(word) for word in text.split()[:DIMENSION]]
            row[: len(lengths)] = lengths
        return rows


class ListedSearch(SearchIndex):
    """Holds the ids that it was told of."""

    def __init__(self, indexes: Indexes) -> None:
        self._indexes = indexes
        self.ids: set[int] = set()

    def add(
        self, index_id: str, ids: Sequence[int], vectors: NDArray[np.float16], terms: Sequence[str]
    ) -> None:
        assert len(ids) == len(vectors) == len(terms)
        assert not self.ids.intersection(ids)
        self.ids.update(ids)

    def remove(self, index_id: str, ids: Sequence[int]) -> None:
        self.ids.difference_update(ids)

    def save(self, index_id: str) -> None:
        pass

    def forget(self, index_id: str) -> None:
        self.ids.clear()  # the next question fills it anew


class Reader:
    """A room that syncs its folder with the stand-ins."""

    def __init__(self, room: DocumentRoom, at_each: Callable[[], None] = lambda: None) -> None:
        self.room = room
        self.extractor = PlainExtractor(at_each)
        self.embedder = PlainEmbedder(at_each)
        self.search = ListedSearch(room.indexes)
        self.ingest = Ingest(
            Stores(room.collections, room.contents, room.indexes),
            self.extractor,
            self.embedder,
            self.search,
            Skills(self.embedder, room.folder / "no tests", room.folder.parent / "search"),
            lambda name: Path("/models") / (name or "m"),
            Rules,
            room.folder.parent / "indexing.lock",
            lambda must_stop: purging.finish(room.database, must_stop),
        )

    def write(self, name: str, text: str) -> Path:
        path = self.room.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        return path
