"""What is wrong with a schema or a grammar: a sentence, and the place in its text."""

from __future__ import annotations

from dataclasses import dataclass

from studio.errors import StudioError
from studio.translation import tr

MOST_CHARACTERS = 100_000


@dataclass(frozen=True, slots=True)
class Problem:
    """A sentence, and where in the text; lines and columns count from 1, 0 is nowhere."""

    what: str
    line: int = 0
    column: int = 0
    kind: str = ""

    def __str__(self) -> str:
        return (
            tr(
                "Line {line}, column {column}: {what}",
                line=self.line,
                column=self.column,
                what=self.what,
            )
            if self.line
            else self.what
        )


class ShapeError(Exception):
    """A schema or a grammar that cannot be used.

    Args:
        what: a sentence.
        offset: where in the text, in characters.
        path: or where in the schema, as its keys.
        kind: what it is called by programs: ``"empty"``, ``"endless"`` or ``"wide"``.
    """

    def __init__(
        self, what: str, offset: int = -1, path: tuple[str | int, ...] = (), kind: str = ""
    ) -> None:
        super().__init__(what)
        self.what = what
        self.offset = offset
        self.path = path
        self.kind = kind


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found.

    Attributes:
        problem: what must be mended first; ``None`` when it can be used.
        notes: sentences about what a reply is not held to while it is written.
        grammar: the GBNF grammar that holds a reply to it.
    """

    problem: Problem | None = None
    notes: tuple[str, ...] = ()
    grammar: str = ""

    def refuse(self, name: str) -> None:
        """Refuse what cannot be used.

        Args:
            name: what was checked, such as ``JSON schema``.

        Raises:
            StudioError: ``shape.invalid``.
        """
        if self.problem is not None:
            raise StudioError(
                "shape.invalid",
                tr("The {name} cannot be used. {problem}", name=name, problem=self.problem),
                tr("Correct it under Shape of replies, or choose free text there."),
            )


def located(error: ShapeError, text: str) -> Problem:
    """Return the problem with its line and column."""
    if error.offset < 0:
        return Problem(error.what, kind=error.kind)
    before = text[: error.offset]
    line, column = before.count("\n") + 1, error.offset - before.rfind("\n")
    return Problem(error.what, line, column, error.kind)


def too_long(text: str, most: int = MOST_CHARACTERS) -> Problem | None:
    """Return what is wrong with a text of too many characters, if it is one."""
    if len(text) <= most:
        return None
    return Problem(
        tr(
            "These are {count:,} characters; at most {most:,} can be used. Shorten "
            "it, or leave parts of it out.",
            count=len(text),
            most=most,
        )
    )
