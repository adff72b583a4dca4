"""Finds passages for a question: by vectors, by keywords, or by both joined."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import numpy as np

from studio.documents.embedder import Embedder
from studio.documents.index_reading import Filter, FoundChunk
from studio.documents.indexes import Index, Indexes
from studio.documents.retrieve.folding import fold
from studio.documents.retrieve.fusion import CANDIDATES, NOTHING, Fused, Ranked, fuse
from studio.documents.search_index import SearchIndex
from studio.documents.skills import Skills
from studio.documents.text.analysis import terms
from studio.documents.text.language import language
from studio.documents.values import Collection, Hit
from studio.engine.searching import IndexHits, IndexQuery, Ranking

if TYPE_CHECKING:
    from numpy.typing import NDArray

Mode = Literal["hybrid", "dense", "keyword"]


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question as one index is asked it."""

    index: Index
    query: IndexQuery
    weight: float


class Retrieval:
    """Searches collections. May be used from any thread but the window's."""

    def __init__(
        self, indexes: Indexes, embedder: Embedder, search: SearchIndex, skills: Skills
    ) -> None:
        self._indexes = indexes
        self._embedder = embedder
        self._search = search
        self._skills = skills
        self._spoken: dict[str, tuple[int, list[str]]] = {}

    def search(
        self,
        collections: Sequence[Collection],
        question: str,
        *,
        most: int = 10,
        mode: Mode = "hybrid",
        which: Filter | None = None,
        folds: bool = True,
    ) -> list[Hit]:
        """Return the best chunks of some collections, best first.

        A collection that nothing was read of yet has none.

        Args:
            mode: ``dense`` searches by meaning alone, ``keyword`` by words alone.
            which: only chunks of these files.
            folds: of chunks that say the same give the best alone, with the files of all.

        Raises:
            StudioError: a worker could not do it.
        """
        asked = [
            self._asked(index, collection, question, mode, which or Filter())
            for collection in collections
            if (index := self._indexes.live(collection.id)) is not None
        ]
        if not asked:
            return []
        found = self._search.search([each.query for each in asked], max(CANDIDATES, most))
        fused = [
            hit for each, hits in zip(asked, found.hits, strict=True) for hit in _fused(each, hits)
        ]
        fused.sort(key=lambda hit: (-hit.score, hit.chunk))
        if not folds:
            return self._hits(fused[:most])
        hits = self._hits(fused[: 2 * most])
        groups = fold([hit.text for hit in hits])[:most]
        return [_folded(rank, [hits[at] for at in group]) for rank, group in enumerate(groups, 1)]

    def _asked(
        self, index: Index, collection: Collection, question: str, mode: Mode, which: Filter
    ) -> _Asked:
        spoken = collection.search.language or language(question, self._languages(index))
        weight = {"dense": 1.0, "keyword": 0.0}.get(mode)
        if weight is None:
            weight = self._skills.weight(index.embedder, index.embedder_path, spoken)
        vector = self._embedder.embed_query(index.embedder_path, question) if weight else None
        allowed = self._indexes.filter_ids(index.id, which)
        query = IndexQuery(
            index.id,
            vector.astype("<f4").tobytes() if vector is not None else b"",
            tuple(terms(question, spoken)) if weight < 1 else (),
            allowed.astype("<i8").tobytes() if allowed is not None else None,
        )
        return _Asked(index, query, weight)

    def _languages(self, index: Index) -> list[str]:
        """Return the languages of an index, which many chunks have to be looked at for."""
        generation, known = self._spoken.get(index.id, (0, []))
        if generation != index.generation:
            known = self._indexes.languages(index.id)
            self._spoken[index.id] = (index.generation, known)
        return known

    def _hits(self, fused: Sequence[Fused]) -> list[Hit]:
        chunks = {chunk.id: chunk for chunk in self._indexes.chunks(hit.chunk for hit in fused)}
        there = [hit for hit in fused if hit.chunk in chunks]  # the others went a moment ago
        return [_hit(rank, hit, chunks[hit.chunk]) for rank, hit in enumerate(there, 1)]


def _folded(rank: int, same: Sequence[Hit]) -> Hit:
    files = dict.fromkeys(file for hit in same for file in hit.files)
    return replace(same[0], rank=rank, files=tuple(files))


def _fused(asked: _Asked, hits: IndexHits) -> list[Fused]:
    return fuse(_ranked(hits.dense), _ranked(hits.keyword), asked.weight)


def _ranked(ranking: Ranking) -> Ranked:
    if not ranking.ids:
        return NOTHING
    ids: NDArray[np.int64] = np.frombuffer(ranking.ids, "<i8").astype(np.int64)
    return Ranked(ids, np.frombuffer(ranking.scores, "<f4").astype(np.float32))


def _hit(rank: int, fused: Fused, chunk: FoundChunk) -> Hit:
    return Hit(
        rank=rank,
        score=fused.score,
        chunk=chunk.id,
        content=chunk.content,
        files=chunk.files,
        title=chunk.title,
        page=chunk.page_first if chunk.has_pages else None,
        page_last=chunk.page_last if chunk.has_pages else None,
        start=chunk.start,
        end=chunk.end,
        text=chunk.text,
        heading=chunk.heading,
        scores=fused.scores,
    )
