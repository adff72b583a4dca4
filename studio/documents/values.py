"""What collections, documents, chunks and hits are: plain values that all of Documents shares.

Spans are character offsets ``[start, end)`` into the whole text of a content, which is the texts of
its pages joined by :data:`PAGE_BREAK`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Literal

PAGE_BREAK = "\n\f\n"  # between the texts of two pages

FileState = Literal["waiting", "indexed", "partly", "failed"]


@dataclass(frozen=True, slots=True)
class IndexSettings:
    """How a collection is cut and embedded. A change of any of them builds a new index.

    Attributes:
        embedder: name or path of the embedding model on the shelf; empty takes the default.
        chunk_tokens: of the embedder's, at most; never more than its window holds.
        passage_tokens: of the larger passage that is given to the model.
    """

    embedder: str = ""
    chunk_tokens: int = 250
    passage_tokens: int = 400


@dataclass(frozen=True, slots=True)
class SearchSettings:
    """How a collection is searched. A change takes effect at the next question.

    Attributes:
        top_k: passages that are given to the model at most.
        floor: share of relevance, 0 to 1, below which a passage is not taken.
        language: of keyword search, as ISO 639-1; empty takes that of each text.
        prompt: what the model is told about the passages; empty takes the program's own.
    """

    top_k: int = 6
    floor: float = 0.0
    language: str = ""
    prompt: str = ""


@dataclass(frozen=True, slots=True)
class Collection:
    """A named set of sources."""

    id: str
    name: str
    created_at: datetime
    index: IndexSettings = IndexSettings()
    search: SearchSettings = SearchSettings()


@dataclass(frozen=True, slots=True)
class Page:
    """One page, slide or sheet of a document.

    Attributes:
        number: 1-based; ``label`` is what stands on it or names it (``"iv"``, ``"Sheet1"``).
        text: in reading order; line ends are ``"\\n"`` alone.
        needs_ocr: it shows a picture of text and no text could be read.
    """

    number: int
    text: str
    label: str = ""
    needs_ocr: bool = False


@dataclass(frozen=True, slots=True)
class Extracted:
    """What a document says.

    Attributes:
        kind: ``"pdf"``, ``"docx"``, ``"text"`` … as :mod:`studio.documents.extract.kinds` names it.
        has_pages: whether its pages are pages to a person; other formats have one.
        markup: ``"markdown"`` where headings and tables are marked so, else ``"plain"``.
        notices: what was left out, in sentences.
    """

    kind: str
    title: str
    pages: tuple[Page, ...]
    has_pages: bool = False
    markup: Literal["markdown", "plain"] = "plain"
    language: str = ""
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Chunk:
    """A part of a content that is searched.

    Attributes:
        text: what is embedded and searched: the span's characters; for rows of a table its header
            before them, and for all the headings above in ``heading``.
        start, end: the span in the content's text.
        passage: its place among the content's passages.
        tokens: of ``text`` with its heading, in the embedder's own count.
    """

    text: str
    start: int
    end: int
    page_first: int
    page_last: int
    heading: str
    passage: int
    tokens: int
    language: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """A part of a content that is given to the model; its chunks lie within it."""

    start: int
    end: int
    page_first: int
    page_last: int
    heading: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A chunk that was found.

    Attributes:
        score: the fused one, 0 to 1.
        scores: by method: ``dense`` (cosine), ``keyword`` (BM25), as they were.
        files: every path under which the content is in the collection; the first is shown.
    """

    rank: int
    score: float
    chunk: int
    content: str
    files: tuple[Path, ...]
    title: str
    page: int | None
    page_last: int | None
    start: int
    end: int
    text: str
    heading: str = ""
    scores: dict[str, float] = field(default_factory=dict)
