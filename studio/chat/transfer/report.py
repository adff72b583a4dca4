"""What an import brought, and what it left out and why, in words."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

NAMED_ONLY = "pictures and files (their names are kept)"
RECORDINGS = "voice recordings (what was said is kept where it was written down)"
HIDDEN = "messages that ChatGPT itself hides"
MEMORY = "notes that ChatGPT keeps about you"
UNKNOWN = "parts of unknown kinds (their text is kept)"
UNREADABLE = "messages that cannot be read"
EMPTY = "conversations without a message"
NO_CONVERSATION = "entries that are no conversations"
LOOSE = "places in damaged conversations (their messages begin a branch of their own)"


@dataclass(slots=True)
class Report:
    """Counts, complete when the last conversation has been read."""

    conversations: int = 0
    messages: int = 0
    left_out: Counter[str] = field(default_factory=Counter)

    def leave_out(self, what: str, count: int = 1) -> None:
        """Count what was left out."""
        if count:
            self.left_out[what] += count

    def sentences(self) -> tuple[str, ...]:
        """Return what was brought and what was not, one sentence each."""
        brought = f"Conversations: {self.conversations:,}, messages: {self.messages:,}."
        missing = (f"Left out: {what}: {count:,}." for what, count in self.left_out.most_common())
        return (brought, *missing)
