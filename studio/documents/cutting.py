"""The request to have a content cut by an embedder's tokens, and the pieces that come back.

Pages, passages and chunks travel as they are: importing this module registers them, and whoever
sends or answers the request imports it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from studio.documents.values import Chunk, IndexSettings, Page, Passage
from studio.engine.protocol import Request, message

message(Page)
message(Passage)
message(Chunk)
message(IndexSettings)


@message
@dataclass(frozen=True, slots=True)
class Cut(Request):
    """Cut a content; each ``Part`` holds a :class:`CutPart`, in order, until ``Done``.

    Chunks are never longer than the window of the loaded embedder, whatever the settings say.

    Attributes:
        pages: whose texts, joined by ``PAGE_BREAK``, are the content's text.
        markup: ``markdown`` or ``plain``.
    """

    pages: tuple[Page, ...]
    settings: IndexSettings
    markup: Literal["markdown", "plain"] = "plain"


@message
@dataclass(frozen=True, slots=True)
class CutPart:
    """Some passages of a content with all their chunks.

    A chunk's ``passage`` counts the passages of all parts, from 0.
    """

    passages: tuple[Passage, ...]
    chunks: tuple[Chunk, ...]
