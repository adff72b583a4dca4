"""What a reply is drawn from: small values, each of which one light widget can show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Rich:
    """Running text as HTML that Qt understands; ``level`` counts the lists and quotes around it.

    ``kind`` decides the space above: ``"text"``, ``"heading"``, ``"list"``, ``"quote"``, or
    ``"items"``, which are more of the list before.
    """

    html: str
    kind: str = "text"
    level: int = 0


@dataclass(frozen=True, slots=True)
class Code:
    """A block of source code; ``closed`` is false while its fence is still open.

    ``title`` is what its first line says besides the language: often the file that it belongs in.
    """

    text: str
    language: str = ""
    closed: bool = True
    level: int = 0
    title: str = ""


MIRRORED = '<table dir="rtl">'


@dataclass(frozen=True, slots=True)
class Table:
    """A table as HTML; it scrolls sideways when its ``columns`` do not fit.

    A long table is in parts, of which one has the heading: ``first`` is its HTML, to whose columns
    all of them keep, and ``is_followed`` is for all but the last: they scroll together, with one
    scroll bar.
    """

    html: str
    columns: int
    level: int = 0
    first: str = ""
    is_followed: bool = False

    @property
    def goes_on(self) -> bool:
        """Whether these are more rows of the table before."""
        return self.first not in ("", self.html)

    @property
    def is_mirrored(self) -> bool:
        """Whether its first column stands at the right."""
        return self.html.startswith(MIRRORED)

    def above(self, below: object) -> Table:
        """Return this part told whether what comes next is another one of the same table."""
        return replace(self, is_followed=isinstance(below, Table) and below.goes_on)


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula on lines of its own, ``written`` in LaTeX with its marks around it."""

    written: str
    level: int = 0


@dataclass(frozen=True, slots=True)
class Plain:
    """Text shown exactly as it was written, for what is too large or too deep to be laid out."""

    text: str
    level: int = 0


@dataclass(frozen=True, slots=True)
class Rule:
    """A thematic break."""

    level: int = 0


Piece = Rich | Code | Table | Formula | Plain | Rule

# A top-level block: the pieces that show it. Compared by identity, it tells what was drawn already.
Block = tuple[Piece, ...]


def joined(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Give the pieces of a text, with each part of a table told whether another one follows."""
    for piece, below in pairwise([*pieces, None]):
        if piece is not None:
            yield piece.above(below) if isinstance(piece, Table) else piece
