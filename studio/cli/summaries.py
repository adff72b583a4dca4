"""`studio chats summarise`: what a model is told in place of a chat's oldest part."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from studio.assembly import Parts
from studio.chat.conversation import Message
from studio.chat.overflow.summaries import Summary
from studio.cli.printing import tell
from studio.errors import StudioError


def summarise(parts: Parts, arguments: argparse.Namespace) -> tuple[dict[str, Any], list[str]]:
    """Have the oldest part of a chat summed up now, or with ``--undo`` read as it was said.

    With ``--text``, the summary that there is gets other words.

    Raises:
        StudioError: ``conversation.unknown``; ``summary.none`` where there is none to reword; or as
            :meth:`studio.chat.compaction.Compactor.summarise`.
    """
    chat = parts.conversations.get(arguments.conversation)
    branch = parts.conversations.branch(chat.id)
    if arguments.undo:
        taken = parts.session.summaries.take_away(branch)
        told = "The model reads the whole text again, as far as it fits."
        facts = {"conversation": chat.id, "summary": None, "removed": len(taken)}
        return facts, [told if taken else "There is no summary in this chat."]
    made = _made(parts, chat.id) if arguments.text is None else _reworded(parts, branch, arguments)
    place = [message.id for message in branch].index(made.upto_message_id)
    facts = {
        "conversation": chat.id,
        "summary": made.text,
        "messages": place + 1,
        "upto": made.upto_message_id,
        "model": made.model,
    }
    return facts, [made.text]


def _reworded(parts: Parts, branch: Sequence[Message], arguments: argparse.Namespace) -> Summary:
    held = parts.session.summaries.on(branch)
    if not held:
        raise StudioError(
            "summary.none",
            "There is no summary in this chat.",
            f"Have one made first: studio chats summarise {arguments.conversation}",
        )
    before = parts.session.summaries.rewrite(held[-1].id, arguments.text)
    return replace(before, text=arguments.text)


def _made(parts: Parts, conversation_id: str) -> Summary:
    tell("Summarising the oldest messages.")
    asked = parts.session.summarise(conversation_id, lambda _messages, _share: None)
    try:
        return asked.result()
    except KeyboardInterrupt:
        parts.session.stop()
        asked.exception()  # wait for its end
        raise
