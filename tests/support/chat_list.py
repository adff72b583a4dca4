"""The list of chats by itself, as a person finds it: on show, with the keyboard in it."""

from __future__ import annotations

from pytestqt.qtbot import QtBot
from support.listed import listed

from studio.ui.chat.conversations.conversation_list import ConversationList


def show_with_focus(qtbot: QtBot, pane: ConversationList) -> None:
    """Show the list, as wide as in the window, and give it the focus."""
    qtbot.addWidget(pane)
    pane.resize(264, 600)
    pane.show()
    pane.activateWindow()
    pane.list.setFocus()


def shown(pane: ConversationList) -> list[str]:
    """Return what is listed: the chats, and the words over them."""
    return listed(pane.list)
