"""What a reader is given of a file, and what it tells beside the pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from studio.documents.extract.words import UnreadableError
from studio.engine.extraction import Limits, Notice


class CancelledError(Exception):
    """The person has pressed Stop."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read.

    Attributes:
        is_cancelled: asked between pages and within long ones.
        progressed: told how many pages of how many have been read.
    """

    path: Path
    size_bytes: int
    limits: Limits = field(default_factory=Limits)
    password: str = field(default="", repr=False)
    languages: tuple[str, ...] = ()
    is_cancelled: Callable[[], bool] = lambda: False
    progressed: Callable[[int, int], None] = lambda _done, _total: None

    def check(self) -> None:
        """Stop here if the person wants it.

        Raises:
            CancelledError: they do.
        """
        if self.is_cancelled():
            raise CancelledError

    def head(self, size: int) -> bytes:
        """Return the first bytes."""
        with self.path.open("rb") as file:
            return file.read(size)

    def whole(self) -> bytes:
        """Return all bytes of a file that a reader must have at once.

        Raises:
            UnreadableError: ``document.too_large``.
        """
        if self.size_bytes > self.limits.member_bytes:
            raise UnreadableError(
                "document.too_large", size_bytes=self.size_bytes, limit=self.limits.member_bytes
            )
        return self.path.read_bytes()


@dataclass(slots=True)
class Findings:
    """What a reader tells of a document beside its pages; complete once those are read."""

    title: str = ""
    language: str = ""
    has_pages: bool = False
    markup: Literal["markdown", "plain"] = "plain"
    notices: list[Notice] = field(default_factory=list)

    def note(self, code: str, **facts: str | int | float | bool | None) -> None:
        """Tell once what was left out."""
        notice = Notice(code, facts)
        if notice not in self.notices:
            self.notices.append(notice)
