"""Whole exchanges with a tiny model, and what they told."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

from support import tiny_chat

from studio.assembly import Parts, open_parts
from studio.chat.conversation import Conversation
from studio.chat.prompt import Overrides
from studio.chat.store import new_id
from studio.chat.turn import ReplyGrew, TurnEvent, TurnFinished

SHORT = Overrides(temperature=0.0, max_tokens=8)
LONG = Overrides(temperature=0.0, max_tokens=400)


def open_tiny(home: Path) -> Parts:
    """Open a data folder with one model in it, named tiny."""
    tiny_chat.put(home / "models")
    return open_parts(home)


def new(parts: Parts) -> str:
    """Begin a conversation with the tiny model and return its id."""
    return parts.conversations.create(model="tiny").id


def lone_reply(parts: Parts) -> Conversation:
    """Return a conversation as an import can leave it: with a reply and no question."""
    made = parts.conversations.create(model="tiny")
    reply = {
        "id": new_id(),
        "conversation_id": made.id,
        "role": "assistant",
        "content": "Hello, I am here.",
        "created_at": made.created_at.isoformat(),
        "status": "finished",
    }
    with parts.database.transaction() as connection:
        connection.table("chat_messages").insert(reply)
        connection.table("chat_conversations").update(made.id, {"leaf_id": reply["id"]})
    return parts.conversations.get(made.id)


def turn(
    parts: Parts,
    conversation: str,
    text: str,
    overrides: Overrides = SHORT,
    at: Callable[[TurnEvent], None] = lambda _: None,
) -> list[TurnEvent]:
    """Run one exchange as the window sends the draft; ``at`` hears it on the session's thread."""
    events: list[TurnEvent] = []

    def listen(event: TurnEvent) -> None:
        events.append(event)
        at(event)

    asked = parts.session.send(conversation, text, listen, overrides=overrides, is_draft=True)
    asked.result(120)
    return events


def finished(events: list[TurnEvent]) -> TurnFinished:
    """Return the last event, which must say that all went well."""
    assert isinstance(events[-1], TurnFinished), events[-1]
    return events[-1]


def once(kind: type, act: Callable[[], object]) -> Callable[[TurnEvent], None]:
    """Return a listener that acts at the first event of a kind."""
    done = threading.Event()

    def at(event: TurnEvent) -> None:
        if isinstance(event, kind) and not done.is_set():
            done.set()
            act()

    return at


def said_in(events: list[TurnEvent]) -> str:
    """Return the text that was shown as it came."""
    return "".join(event.text for event in events if isinstance(event, ReplyGrew))
