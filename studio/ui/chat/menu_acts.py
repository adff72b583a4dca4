"""What the menus in the Chat room offer now: for all chats, the open one, its last message."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from studio.chat.conversation import Conversation
from studio.chat.store import ConversationStore
from studio.translation import tr
from studio.ui.chat.conversations.chat_menu import ChatMenu
from studio.ui.chat.messages.message_actions import Act
from studio.ui.chat.tab import ChatTab
from studio.ui.chat.transfer.transfers import ListTransfers

_ICONS = {
    Act.COPY: "copy",
    Act.EDIT: "pencil",
    Act.ANOTHER: "refresh-cw",
    Act.CONTINUE: "arrow-down",
    Act.RECIPE: "info",
    Act.PROMPT: "file-text",
    Act.CERTAINTY: "gauge",
    Act.REPEAT: "rotate-ccw",
    Act.FORK: "git-branch",
    Act.DELETE: "trash-2",
}
"""Without several replies, which have a line of their own."""


@dataclass(frozen=True, slots=True)
class MenuAct:
    """One line of a menu, in the words of :class:`studio.ui.palette.items.Item`."""

    title: str
    kind: str
    act: Callable[[], object]
    icon: str
    also: str


def menu_acts(tab: ChatTab, store: ConversationStore) -> list[MenuAct]:
    """Return what the menus would offer now; the room is to be on show when it is done."""
    return [*_of_all(tab), *_of_chat(tab, store), *_of_message(tab)]


def _of_all(tab: ChatTab) -> Iterator[MenuAct]:
    act: Callable[[], object]
    transfers = tab.list.findChild(ListTransfers)
    if transfers is not None:  # else the window is not fitted out yet
        act, also = transfers.choose_and_import, "import chats json zip"
        yield MenuAct(tr("Import chats"), "Command", act, "download", also)
        act, also = transfers.export_all, "export all chats backup json zip"
        yield MenuAct(tr("Export all chats"), "Command", act, "upload", also)
    act, also = partial(_in_list, tab, tab.list.show_archive), "archived chats archive"
    yield MenuAct(tr("Archived chats"), "Command", act, "archive", also)
    act, also = tab.side.show_trash, "trash of chats deleted removed restore"
    yield MenuAct(tr("Trash of chats"), "Command", act, "trash-2", also)


def _in_list(tab: ChatTab, act: Callable[[], object]) -> None:
    tab.side.show_list()
    act()


def _of_chat(tab: ChatTab, store: ConversationStore) -> Iterator[MenuAct]:
    """Offer the menu that the open chat has in the list."""
    key = tab.conversation_id
    chat = tab.work.banner.tried(lambda: store.get(key), None) if key else None
    if chat is None:
        return
    view = tab.list.list
    is_listed = view.isVisible() and view.rows.index_of(key).isValid()
    for title in _acts(view.menu, chat):
        if title != tr("Rename") or is_listed:  # which is done in its row
            act = partial(_do_with_chat, tab, store, key, title)
            yield MenuAct(title, "This chat", act, "message-square", "this chat")


def _do_with_chat(tab: ChatTab, store: ConversationStore, key: str, title: str) -> None:
    chat = tab.work.banner.tried(lambda: store.get(key), None)
    if chat is not None and (action := _acts(tab.list.list.menu, chat).get(title)) is not None:
        action.trigger()


def _acts(menu: ChatMenu, chat: Conversation) -> dict[str, QAction]:
    """Return the lines of the menu of a chat; those of a menu in it after its own words."""
    menu.show_chat(chat)
    found: dict[str, QAction] = {}
    for action in menu.actions():
        inner = action.menu()
        if isinstance(inner, QMenu):
            lines = (each for each in inner.actions() if not each.isChecked())
            found |= {f"{_words(action)}: {_words(each)}": each for each in lines if each.text()}
        elif action.text():
            found[_words(action)] = action
    return found


def _words(action: QAction) -> str:
    return action.text().partition("\t")[0].rstrip("…").replace("&&", "&")


def _of_message(tab: ChatTab) -> Iterator[MenuAct]:
    """Offer what can be done now with the last message on show."""
    if not tab.work.shows_transcript or not tab.transcript.entries:
        return
    entry = tab.transcript.entries[-1]
    for offer in tab.transcript.offered(entry):
        if offer.act in _ICONS and not offer.refusal:
            act = partial(tab.transcript.do, entry, offer.act)
            yield MenuAct(offer.words, "Last message", act, _ICONS[offer.act], "last message")
