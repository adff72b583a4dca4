"""`studio chats summarise`: what a model is told in place of a chat's oldest part."""

from __future__ import annotations

import argparse
from typing import Any

from studio.assembly import Parts
from studio.chat.summaries import Summary
from studio.cli.printing import tell


def summarise(parts: Parts, arguments: argparse.Namespace) -> tuple[dict[str, Any], list[str]]:
    """Have the oldest part of a chat summed up now, or with ``--undo`` read as it was said.

    Raises:
        StudioError: ``conversation.unknown``, or as
            :meth:`studio.chat.compaction.Compactor.summarise`.
    """
    chat = parts.conversations.get(arguments.conversation)
    branch = parts.conversations.branch(chat.id)
    if arguments.undo:
        taken = parts.session.summaries.take_away(branch)
        told = "The model reads the whole text again, as far as it fits."
        facts = {"conversation": chat.id, "summary": None, "removed": len(taken)}
        return facts, [told if taken else "There is no summary in this chat."]
    made = _made(parts, chat.id)
    place = [message.id for message in branch].index(made.upto_message_id)
    facts = {
        "conversation": chat.id,
        "summary": made.text,
        "messages": place + 1,
        "upto": made.upto_message_id,
        "model": made.model,
    }
    return facts, [made.text]


def _made(parts: Parts, conversation_id: str) -> Summary:
    tell("Summarising the oldest messages.")
    asked = parts.session.summarise(conversation_id, lambda _messages, _share: None)
    try:
        return asked.result()
    except KeyboardInterrupt:
        parts.session.stop()
        asked.exception()  # wait for its end
        raise
