"""What an import brought, and what it left out and why, in words."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from studio.translation import mark, tr

NAMED_ONLY = mark("pictures and files (their names are kept)")
RECORDINGS = mark("voice recordings (what was said is kept where it was written down)")
HIDDEN = mark("messages that ChatGPT itself hides")
MEMORY = mark("notes that ChatGPT keeps about you")
UNKNOWN = mark("parts of unknown kinds (their text is kept)")
MARKS = mark("marks that only ChatGPT can show, such as those of a source")
UNREADABLE = mark("messages that cannot be read")
EMPTY = mark("conversations without a message")
NO_CONVERSATION = mark("entries that are no conversations")
GROUP_CHATS = mark("group chats")
SHARED = mark("links to chats that you have shared")
FEEDBACK = mark("ratings of replies")
ACCOUNT = mark("files about your account")
TEXT_DOCUMENTS = mark("documents of the canvas as files (their words are kept in the chats)")
FILES = mark("files beside the chats, such as pictures")
TWICE = mark("chats that are in the file twice")
LOOSE = mark("places in damaged conversations (their messages begin a branch of their own)")


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
        brought = tr(
            "Conversations: {conversations:,}, messages: {messages:,}.",
            conversations=self.conversations,
            messages=self.messages,
        )
        missing = (
            tr("Left out: {what}: {count:,}.", what=tr(what), count=count)
            for what, count in self.left_out.most_common()
        )
        return (brought, *missing)
