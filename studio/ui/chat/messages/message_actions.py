"""What can be done with a message: the offers, the reasons against some, and the menu of them."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from studio.chat.conversation import Message
from studio.translation import mark, tr
from studio.ui.chat.messages.unsaved_words import is_unsaved

Busy = Literal["", "here", "elsewhere"]

WRITTEN_HERE = mark("A reply is being written. Wait for it to finish, or stop it first.")
WRITTEN_ELSEWHERE = mark("A reply is being written in another chat. Wait for it, or stop it first.")
NOT_LAST = mark("Only the last reply can be continued. “New chat from here” makes it the last one.")
AT_ITS_END = mark("The model has ended this reply. Only one that was cut off can be continued.")
NOT_SAVED = mark("This reply is not saved yet. It can be continued once it is.")
NOTHING_SAID = mark("There are no words in it.")
NO_RECIPE = mark("It is not known how this reply was made.")
# The key that Apple's keyboards call Delete is the one that Qt calls Backspace.
DELETE_KEYS = "Ctrl+Backspace" if sys.platform == "darwin" else "Ctrl+Del"
_OWN_ENDS = ("end", "stop_string")


class Act(StrEnum):
    """One thing that can be done with a message."""

    COPY = "copy"
    EDIT = "edit"
    ANOTHER = "another"
    SEVERAL = "several"
    CONTINUE = "continue"
    RECIPE = "recipe"
    PROMPT = "prompt"
    CERTAINTY = "certainty"
    REPEAT = "repeat"
    FORK = "fork"
    DELETE = "delete"


_OF_REPLIES = (Act.CONTINUE, Act.RECIPE, Act.PROMPT, Act.CERTAINTY, Act.REPEAT)
_AT_ANY_TIME = (Act.FORK, Act.RECIPE, Act.PROMPT)
_ASK_THE_MODEL = (Act.ANOTHER, Act.SEVERAL, Act.CONTINUE, Act.CERTAINTY, Act.REPEAT)


@dataclass(frozen=True, slots=True)
class Offer:
    """An act in words; ``refusal`` says why it cannot be done now, empty when it can."""

    act: Act
    words: str
    keys: str = ""
    refusal: str = ""


def offers(message: Message, *, is_last: bool, busy: Busy) -> list[Offer]:
    """Return what can be done with a message, in the order of the menu.

    Args:
        is_last: whether it is the end of the branch on show.
        busy: where a reply is being written, if anywhere.
    """
    is_person = message.role == "user"
    is_first = is_person and is_last
    wanted = [
        (Act.COPY, tr("Copy", "a text"), "Ctrl+C"),
        (Act.EDIT, tr("Edit and send again") if is_person else tr("Edit", "a reply"), "F2"),
        (Act.ANOTHER, tr("Write a reply") if is_first else tr("Write another reply"), ""),
        (Act.SEVERAL, tr("Write several replies…"), ""),
        (Act.CONTINUE, tr("Continue"), ""),
        (Act.RECIPE, tr("How this reply was made"), ""),
        (Act.PROMPT, tr("Show the exact prompt"), ""),
        (Act.CERTAINTY, tr("How sure was the model"), ""),
        (Act.REPEAT, tr("Make it again"), ""),
        (Act.FORK, tr("New chat from here"), ""),
        (Act.DELETE, tr("Delete with all that follows"), DELETE_KEYS),
    ]
    return [
        Offer(act, words, keys, _refusal(act, message, is_last, busy))
        for act, words, keys in wanted
        if not (is_person and act in _OF_REPLIES)
    ]


def switch_refusal(busy: Busy) -> str:
    """Return why no other version can be shown now; empty when it can."""
    return tr(WRITTEN_HERE) if busy == "here" else ""


def message_menu(parent: QWidget, wanted: list[Offer], chosen: Callable[[Act], object]) -> QMenu:
    """Return the menu of these offers, which is gone once it is closed; show it with ``popup``."""
    menu = QMenu(parent)
    menu.setObjectName("message_menu")
    menu.setAccessibleName(tr("Message"))
    menu.setToolTipsVisible(True)
    menu.aboutToHide.connect(menu.deleteLater)
    for offer in wanted:
        if offer.act in (Act.RECIPE, Act.FORK, Act.DELETE):
            menu.addSeparator()
        keys = QKeySequence(offer.keys).toString(QKeySequence.SequenceFormat.NativeText)
        action = menu.addAction(f"{offer.words}\t{keys}" if keys else offer.words)
        action.setObjectName(f"message_{offer.act}")
        action.setEnabled(not offer.refusal)
        action.setToolTip(offer.refusal)
        action.setStatusTip(offer.refusal)
        action.triggered.connect(lambda _checked, act=offer.act: chosen(act))
    return menu


def _refusal(act: Act, message: Message, is_last: bool, busy: Busy) -> str:
    if act is Act.COPY:
        return "" if message.content else tr(NOTHING_SAID)
    if message.status == "streaming" or (busy == "here" and act not in _AT_ANY_TIME):
        return tr(WRITTEN_HERE)
    if act in _ASK_THE_MODEL and busy:
        return tr(WRITTEN_ELSEWHERE)
    if act in (Act.CERTAINTY, Act.REPEAT) and not message.recipe.get("model"):
        return tr(NO_RECIPE)
    if act is Act.CERTAINTY and not message.content:
        return tr(NOTHING_SAID)
    return _why_not_on(message, is_last) if act is Act.CONTINUE else ""


def _why_not_on(message: Message, is_last: bool) -> str:
    if not is_last:
        return tr(NOT_LAST)
    if is_unsaved(message):
        return tr(NOT_SAVED)
    if not (message.content or message.reasoning):
        return tr(NOTHING_SAID)
    return tr(AT_ITS_END) if message.stop in _OWN_ENDS else ""
