"""`studio chats edit`, `regenerate` and `continue`: a chat's last turn, another way or further."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from concurrent.futures import Future
from typing import Any

from studio.assembly import Parts
from studio.chat.conversation import Conversation, Message
from studio.chat.going_on import last_reply, was_cut_off
from studio.chat.several import several
from studio.cli.chat import Listener, ended
from studio.cli.chat_messages import message_in, not_in_trash
from studio.cli.endings import InterruptedByPersonError, status_of
from studio.cli.given import said
from studio.errors import StudioError

_Answer = tuple[dict[str, Any], list[str]]


def edit(parts: Parts, arguments: argparse.Namespace) -> _Answer:
    """Put other words beside a message: a question is asked so, a reply stands so.

    Raises:
        StudioError: ``conversation.unknown``, ``conversation.trashed``, ``message.unknown``,
            ``question.none``, ``prompt.empty``, ``chat.busy``, or why there is no reply.
    """
    chat = not_in_trash(parts, arguments)
    message = _meant(parts, chat, arguments)
    text = said(arguments.text)
    if message.role == "user":
        listener = _listener(parts, arguments)
        turn = parts.session.send(chat.id, text, listener, force=arguments.force, beside=message.id)
        return _ended(parts, listener, turn, chat.id)
    if text != message.content:
        message = parts.tree.rewrite(message.id, text)
    facts = {"conversation": chat.id, "message": message.id, "text": message.content}
    return facts, ["The reply has your words now; the one before stands beside it."]


def regenerate(parts: Parts, arguments: argparse.Namespace) -> _Answer:
    """Have another reply written, or several, beside those that a question has.

    Raises:
        StudioError: as :func:`edit`.
    """
    chat = not_in_trash(parts, arguments)
    question = _question(parts, _meant(parts, chat, arguments))
    listener = _listener(parts, arguments)
    if arguments.best_of:
        listener.count = arguments.best_of
        wishes = several.wishes(question, listener.count, force=arguments.force)
        turn = parts.session.in_turn(wishes, listener, past_failures=False)
    else:
        turn = parts.session.regenerate(
            chat.id, listener, force=arguments.force, question_id=question.id
        )
    return _ended(parts, listener, turn, chat.id)


def go_on(parts: Parts, arguments: argparse.Namespace) -> _Answer:
    """Have the last reply on show gone on with where it was cut off.

    Raises:
        StudioError: as :func:`edit`, ``reply.none_to_go_on_with``, or ``reply.ended``.
    """
    chat = not_in_trash(parts, arguments)
    if not was_cut_off(last_reply(parts.conversations, chat)):
        raise StudioError(
            "reply.ended",
            "The model ended this reply itself.",
            "Ask for more with studio chat TEXT --conversation ID, or have another reply written: "
            "studio chats regenerate ID.",
        )
    listener = _listener(parts, arguments)
    turn = parts.session.go_on(chat.id, listener, force=arguments.force)
    return _ended(parts, listener, turn, chat.id)


def _listener(parts: Parts, arguments: argparse.Namespace) -> Listener:
    return Listener(not arguments.json, parts.session.stop)


def _ended(parts: Parts, listener: Listener, turn: Future[None], chat_id: str) -> _Answer:
    result, interrupt = ended(parts, listener, turn, chat_id)
    if interrupt is not None:
        raise InterruptedByPersonError(result, status_of(interrupt))
    return result, []


def _meant(parts: Parts, chat: Conversation, arguments: argparse.Namespace) -> Message:
    """Return the message that is named, or else the last question on show."""
    if arguments.message:
        return message_in(parts, chat, arguments.message)
    return _last_question(parts.conversations.branch(chat.id))


def _question(parts: Parts, message: Message) -> Message:
    """Return a question, or that which a reply answers."""
    if message.role == "user":
        return message
    return _last_question(parts.conversations.branch_to(message.id))


def _last_question(branch: Sequence[Message]) -> Message:
    for message in reversed(branch):
        if message.role == "user":
            return message
    raise StudioError(
        "question.none",
        "There is no question here that could be asked another way.",
        "Ask one with studio chat TEXT --conversation ID.",
    )
