"""Tells what one message of ChatGPT's export is here: words, what led to them, or neither.

A reply of ChatGPT is a chain of messages: thoughts, calls of tools, what the tools gave, and the
words at last. The words become the reply; what led to them becomes its reasoning, which is kept
and shown folded, and which a model is not told again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from studio.chat.conversation import Role, Status
from studio.chat.transfer.chatgpt_content import Values, canvas, mapping, shows_picture, text, words
from studio.chat.transfer.fields import EARLIEST, LATEST
from studio.chat.transfer.report import HIDDEN, MEMORY, UNREADABLE, Report

_LEADS_TO_WORDS = {
    "thoughts",
    "reasoning_recap",
    "execution_output",
    "citable_code_output",
    "computer_output",
    "tether_quote",
    "sonic_webpage",
    "tether_browsing_display",
    "tether_browsing_code",
    "system_error",
}
_STOPS = {"stop": "end", "max_tokens": "max_tokens", "interrupted": "cancelled"}
_MAX_THOUGHT_S = 1e7


@dataclass(slots=True)
class Turn:
    """What one message says; ``system`` stands for the person's standing instructions."""

    role: Role
    content: str = ""
    reasoning: str = ""
    system: str = ""
    thought_s: float | None = None
    model: str = ""
    created_at: datetime | None = None
    status: Status = "finished"
    stop: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to keep as a message."""
        return not (self.content.strip() or self.reasoning.strip())


def joined(parts: Sequence[Turn]) -> Turn:
    """Return the messages of one reply, at least one, as one turn."""
    return replace(
        parts[0],
        content="\n\n".join(part.content for part in parts if part.content),
        reasoning="\n\n".join(part.reasoning for part in parts if part.reasoning),
        thought_s=next((part.thought_s for part in parts if part.thought_s is not None), None),
        model=next((part.model for part in reversed(parts) if part.model), ""),
        status=parts[-1].status,
        stop=parts[-1].stop,
    )


def turn_of(message: object, report: Report) -> Turn | None:
    """Return what a message says, or ``None`` when it says nothing that is kept."""
    if message is None:
        return None  # as in every tree's root
    facts = mapping(message)
    content, metadata = mapping(facts.get("content")), mapping(facts.get("metadata"))
    kind = text(content.get("content_type"))
    if kind == "user_editable_context":
        return Turn("user", system=_instructions(content, metadata))
    if reason := _reason_to_leave_out(kind, content, metadata):
        report.leave_out(reason)
        return None
    said = words(content, metadata, report)
    role = mapping(facts.get("author")).get("role")
    if role == "system":
        return Turn("user", system=said)
    if role == "user":
        return Turn("user", said, created_at=moment(facts.get("create_time")))
    turn = Turn("assistant", created_at=moment(facts.get("create_time")))
    _tell_apart(turn, facts, kind, said)
    _describe(turn, facts, metadata)
    return turn


def moment(value: object) -> datetime | None:
    """Return the moment of a time stamp in seconds, or of a written date; ``None`` for neither."""
    found: datetime | None = None
    try:
        if isinstance(value, str):
            found = datetime.fromisoformat(value)
        elif isinstance(value, int | float) and not isinstance(value, bool):
            found = datetime.fromtimestamp(value / 1000 if value > 1e11 else value, UTC)
    except (ValueError, OverflowError, OSError):
        return None
    if found is None:
        return None
    found = found if found.tzinfo else found.replace(tzinfo=UTC)
    return found.astimezone(UTC) if EARLIEST <= found <= LATEST else None


def _reason_to_leave_out(kind: str, content: Values, metadata: Values) -> str:
    """Return why a message is left out, or nothing when it is kept."""
    if not content:
        return UNREADABLE
    if kind == "model_editable_context":
        return MEMORY
    is_hidden = metadata.get("is_visually_hidden_from_conversation") is True
    return HIDDEN if is_hidden and words(content, metadata, Report()).strip() else ""


def _tell_apart(turn: Turn, facts: Values, kind: str, said: str) -> None:
    """Put what was said where it belongs: to the reply's words, or to what led to them."""
    author = mapping(facts.get("author"))
    recipient = text(facts.get("recipient")) or "all"
    is_tool = author.get("role") == "tool"
    if recipient.startswith("canmore.") and not is_tool:
        raw = text(mapping(facts.get("content")).get("text"))
        turn.content = canvas(recipient, raw or said)
    elif is_tool and shows_picture(mapping(facts.get("content"))):
        turn.content = said  # made for the person; other results of tools only led to the words
    elif said and (is_tool or recipient != "all"):
        partner = text(author.get("name")) if is_tool else recipient
        turn.reasoning = f"{partner[:80]}:\n\n{said}" if partner else said
    elif kind in _LEADS_TO_WORDS or facts.get("channel") == "analysis":
        turn.reasoning = said
    else:
        turn.content = said


def _describe(turn: Turn, facts: Values, metadata: Values) -> None:
    turn.model = text(metadata.get("model_slug"))[:200]
    seconds: Any = metadata.get("finished_duration_sec")
    if type(seconds) in (int, float) and 0 <= seconds < _MAX_THOUGHT_S:
        turn.thought_s = float(seconds)
    ending = text(mapping(metadata.get("finish_details")).get("type"))
    turn.stop = _STOPS.get(ending, "")
    if turn.stop == "cancelled":
        turn.status = "cancelled"
    elif facts.get("status") == "in_progress":
        turn.status = "interrupted"


def _instructions(content: Values, metadata: Values) -> str:
    """Return what the person has told ChatGPT once for all conversations."""
    given = mapping(metadata.get("user_context_message_data"))
    plain = [text(given.get(name)) for name in ("about_user_message", "about_model_message")]
    wrapped = [text(content.get(name)) for name in ("user_profile", "user_instructions")]
    told = plain if any(plain) else wrapped
    return "\n\n".join(each.strip() for each in told if each.strip())
