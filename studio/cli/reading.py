"""Words for how far the reading of a prompt has come."""

from __future__ import annotations

from studio.chat.turn import PromptReading

_WORTH_TELLING_S = 0.5


def reading(event: PromptReading) -> str:
    """Return tokens, share and time left, such as ``Reading: 256 of 910 tokens, 28%, 5 s left``."""
    done, total = event.done, event.total
    share = f", {done / total:.0%}" if total > 0 else ""
    return f"Reading: {done:,} of {total:,} tokens{share}{_left(event.seconds_left)}"


def _left(seconds: float | None) -> str:
    if seconds is None or seconds < _WORTH_TELLING_S:
        return ""
    minutes, rest = divmod(round(seconds), 60)
    return f", {minutes} min {rest} s left" if minutes else f", {rest} s left"
