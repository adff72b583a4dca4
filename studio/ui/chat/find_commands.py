"""What the window's commands of finding do in the Chat room."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from studio.ui.chat.transcript.find_column import FindableColumn


class Work(Protocol):
    """Where a conversation is shown, or what stands in its place."""

    @property
    def shows_transcript(self) -> bool:
        """Whether there is a conversation on show."""

    @property
    def transcript(self) -> FindableColumn:
        """The conversation."""


def find_commands(work: Work, otherwise: Callable[[], object]) -> dict[str, Callable[[], object]]:
    """Return what the window's commands of finding do; without a conversation, ``otherwise``."""

    def begin() -> None:
        if work.shows_transcript:
            work.transcript.find_bar().open()
        else:
            otherwise()

    def go(by: int) -> None:
        if work.shows_transcript:
            work.transcript.find_bar().step(by)

    return {"find_text": begin, "find_next": lambda: go(1), "find_previous": lambda: go(-1)}
