"""What the transcript is made of: rows, each shown by one light widget, and their contents."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from studio.errors import StudioError
from studio.ui.widgets.markdown.document import BLEED, INDENT
from studio.ui.widgets.markdown.pieces import Code, Formula, Piece, Plain, Rich, Rule, Table

if TYPE_CHECKING:
    from studio.chat.conversation import Attachment
    from studio.chat.tree import Place

LINE = 24
CODE_LINE = 20
_LINE_CHARS = 92
_KIND_OF = {
    Rich: "text",
    Plain: "text",
    Code: "code",
    Table: "table",
    Formula: "formula",
    Rule: "rule",
}
_GAPS = {"heading": 22, "list": 8, "items": 4, "text": 12, "quote": 14}


@dataclass(frozen=True, slots=True)
class Person:
    """What the person wrote; a long text is ``folded`` to its beginning.

    ``place`` tells where it stands among its other versions, if it has any.
    """

    text: str
    folded: bool
    place: Place | None = None
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class Thought:
    """The heading of a reply's reasoning. ``seconds`` is ``None`` when it was not measured."""

    is_open: bool
    is_live: bool
    seconds: float | None
    words: int


@dataclass(frozen=True, slots=True)
class Working:
    """What goes on before the first word: ``share`` from 0 to 1, ``None`` while unknown."""

    words: str
    numbers: str = ""
    share: float | None = None


@dataclass(frozen=True, slots=True)
class Ending:
    """How a reply ended, if it needs saying; ``token`` is muted or warning."""

    words: str
    token: str = "muted"


@dataclass(frozen=True, slots=True)
class Failure:
    """A reply that could not be finished; ``retry`` offers to write it again."""

    error: StudioError
    retry: bool


@dataclass(frozen=True, slots=True)
class Footer:
    """What stands below a reply: its figures, and whether another can be asked for.

    ``can_copy`` tells whether there is anything of it to copy, ``can_continue`` whether it was cut
    off; ``place`` where it stands among its other versions, if it has any.
    """

    figures: str
    explanation: str
    can_regenerate: bool
    is_last: bool
    can_copy: bool = True
    can_continue: bool = False
    place: Place | None = None


@dataclass(slots=True)
class Structured:
    """A reply in JSON; ``mode`` is how the person looks at it, and no part of what it is.

    ``verdict`` says in words whether it fits its schema.
    """

    text: str
    verdict: str
    fits: bool
    mode: Literal["tree", "text"] = field(default="tree", compare=False)


@dataclass(frozen=True, slots=True)
class ReadsFrom:
    """The place from where on the model has read word for word.

    Of the messages before it, the first ``summarised`` were told to it as a summary, and of the
    ``unread`` ones after those it was told nothing.
    """

    summarised: int
    unread: int


@dataclass(frozen=True, slots=True)
class Summarised:
    """What the model is told in place of all ``messages`` up to here, or other words for that."""

    text: str
    messages: int
    is_open: bool = False
    wording: Wording | None = None


@dataclass(slots=True, eq=False)
class Wording:
    """Other words for a message, as far as they are written; no two are equal.

    ``is_sent`` while it is not yet known whether they could be stored.
    """

    text: str
    is_person: bool
    is_sent: bool = False


Content = (
    Piece
    | Person
    | Thought
    | Working
    | Ending
    | Failure
    | Footer
    | Structured
    | ReadsFrom
    | Summarised
    | Wording
)


class Row:
    """A stretch of the transcript. Compared by identity, so that its widget can be kept.

    ``height`` is a guess until ``measured_at`` equals the width it is wanted for.
    """

    __slots__ = ("content", "gap", "height", "indent", "kind", "measured_at")

    def __init__(self, kind: str, content: Content, gap: int, indent: int = 0) -> None:
        self.kind = kind
        self.gap = gap
        self.indent = indent
        self.content = content
        self.height: float = guess(content)
        self.measured_at = 0

    @property
    def room(self) -> float:
        """Height with the gap above."""
        return self.gap + self.height

    def put(self, content: Content) -> None:
        """Show other content; the height has to be measured again."""
        if content != self.content:
            self.content = content
            self.measured_at = 0


def piece_row(piece: Piece, is_first: bool, quiet: bool) -> Row:
    """Return the row of a piece of Markdown; ``quiet`` is the voice of reasoning."""
    kind = _KIND_OF[type(piece)]
    gap = _GAPS.get(piece.kind, 12) if isinstance(piece, Rich) else 14
    if isinstance(piece, Plain) or (isinstance(piece, Table) and piece.goes_on):
        gap = 0
    suffix = "_quiet" if quiet and kind == "text" else ""
    indent = INDENT * piece.level + (24 if quiet else 0)
    if isinstance(piece, Rich):
        indent -= BLEED
    return Row(kind + suffix, piece, 0 if is_first else gap, indent)


def join_tables(rows: Iterable[Row]) -> None:
    """Tell each part of a table that is followed by another one: the last has the scroll bar."""
    for above, below in pairwise(rows):
        if isinstance(above.content, Table):
            above.put(above.content.above(below.content))


def guess(content: Content) -> float:
    """Return about how high a content will be."""
    if isinstance(content, Code):
        return 52 + CODE_LINE * (content.text.count("\n") + 1)
    if isinstance(content, Table):
        return 36.0 * content.html.count("<tr>")
    if isinstance(content, Formula):
        return 2.0 * LINE
    if isinstance(content, Rich):
        return LINE * max(1, len(content.html) // _LINE_CHARS)
    if isinstance(content, Plain):
        return text_height(content.text)
    if isinstance(content, Person):
        return min(text_height(content.text), 420) + 24
    return 32.0


def text_height(text: str) -> float:
    """Return about how high a text will be, at the cost of counting its lines."""
    return LINE * (1 + text.count("\n") + len(text) / _LINE_CHARS)
