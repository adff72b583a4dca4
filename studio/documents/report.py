"""What a sync tells while it runs, and at its end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from studio.documents.scan import LeftOut, Reason
from studio.errors import StudioError


@dataclass(frozen=True, slots=True)
class Step:
    """How far a sync has come.

    Attributes:
        file: the one that was finished last.
        number, total: of the files that are to be read.
        chunks: made so far.
        chunks_per_s: since the first one was made; 0 before.
        seconds_left: ``None`` while nothing can be said.
    """

    file: Path
    number: int
    total: int
    chunks: int
    chunks_per_s: float
    seconds_left: float | None


Told = Callable[[Step], None]


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be read."""

    file: Path
    code: str
    reason: str
    hint: str

    @classmethod
    def of(cls, file: Path, error: StudioError) -> Failure:
        """Return a failure with an error's words."""
        return cls(file, error.code, error.what, error.hint)


@dataclass(slots=True)
class Report:
    """What a sync has done.

    Attributes:
        added, updated, removed, unchanged: files. ``removed`` are forgotten, not deleted.
        chunks: made in it.
        left_out: by reason, as the scan tells.
        absent: sources that are not there just now; what is known of them stays.
        unreadable: places that could not be looked at, with the reason.
        is_whole: ``False`` when it was stopped before its end.
    """

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    removed: int = 0
    chunks: int = 0
    seconds: float = 0.0
    failed: list[Failure] = field(default_factory=list)
    left_out: dict[Reason, LeftOut] = field(default_factory=dict)
    absent: list[Path] = field(default_factory=list)
    unreadable: dict[Path, str] = field(default_factory=dict)
    is_whole: bool = True

    @property
    def has_changed(self) -> bool:
        """Whether anything is searched in another way than before."""
        return bool(self.added or self.updated or self.removed or self.chunks or self.failed)
