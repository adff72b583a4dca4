"""Every word of the Chat room goes through the translation, and so do its menus and dialogs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QWidget
from pytestqt.qtbot import QtBot
from support.desktop import chat_of, no_worker, opened, put_models
from support.listed import listed
from support.talk import FIGURES, seen
from support.words_on_show import OPEN, bare, in_brackets, texts

from studio import translation
from studio.app import Desktop
from studio.assembly import Parts, open_data
from studio.chat.conversation import Failure, Status
from studio.chat.ordering import Ordering
from studio.ui.chat.messages.footer_view import FooterView
from studio.ui.chat.messages.message_view import MessageView
from studio.ui.chat.messages.person_view import PersonView
from studio.ui.chat.messages.wording_view import WordingView
from studio.ui.chat.tab import ChatTab

MODELS = ("tiny", "broken", "SmolLM2-135M-Instruct.Q4_1", "F32", "qwen3", "Q4_1")
SAID = ("X9", "X-1", "X-2", "X-3", "X-4", "X-5", "X-6", "Q7-R", "x-tag")
DATA = (*MODELS, *SAID, "Local AI Studio", "Python", "python", "<div>", "</div>")
ENDINGS: tuple[tuple[Status, str], ...] = (
    ("finished", "max_tokens"),
    ("finished", "context"),
    ("finished", ""),
    ("cancelled", ""),
    ("interrupted", ""),
    ("failed", ""),
)


def chats_in(parts: Parts) -> list[str]:
    """Keep one chat for each way in which a reply can end; return their ids."""
    made = []
    for number, (status, stop) in enumerate(ENDINGS, 1):
        chat = parts.conversations.create(model="tiny")
        _, reply = parts.conversations.ask(chat.id, f"X-{number}" + "\nX9" * 20, "tiny")
        parts.conversations.finish_reply(
            reply.id,
            status,
            content="" if number == 3 else f"X-{number}\n\n```python\nX9\n```",
            reasoning="X9",
            thought_s=2.0,
            stop=stop,
            failure=Failure("chat.failed", "X-1", "X-2") if status == "failed" else None,
            figures=FIGURES,
        )
        parts.conversations.rename(chat.id, f"X-{number}")
        made.append(chat.id)
    ordering = Ordering(parts.database)
    ordering.pin(made[0], pinned=True)
    ordering.move(made[1], "Q7-R")
    ordering.tag(made[2], ["x-tag"])
    return made


@pytest.fixture
def room(profile: Path, qapp: QApplication, qtbot: QtBot) -> Iterator[tuple[Desktop, list[str]]]:
    """The window, speaking in brackets, with chats of which one is in the trash."""
    translation.use(in_brackets)
    try:
        with ExitStack() as windows:
            parts = open_data(profile, no_worker)
            put_models(parts)
            chats = chats_in(parts)
            parts.conversations.trash(parts.conversations.create().id)
            desktop = windows.enter_context(opened(parts, qapp))
            qtbot.waitUntil(lambda: "X-1" in listed(chat_of(desktop).list.list), timeout=20_000)
            yield desktop, chats
    finally:
        translation.use(None)


def english(root: QWidget) -> list[str]:
    """Return the texts in which something was left in English, and where they stand."""
    found = list(texts(root))
    assert sum(OPEN in text for _, text in found) > 3, "too little was looked at"
    return [f"{place}: {text!r}" for place, text in found if bare(text, DATA)]


def chat(desktop: Desktop, qtbot: QtBot, conversation_id: str) -> ChatTab:
    tab = chat_of(desktop)
    tab.open(conversation_id)
    qtbot.waitUntil(lambda: bool(seen(tab.transcript, FooterView)), timeout=20_000)
    return tab


@pytest.mark.parametrize("number", range(len(ENDINGS)))
def test_a_chat(room: tuple[Desktop, list[str]], qtbot: QtBot, number: int) -> None:
    desktop, chats = room
    tab = chat(desktop, qtbot, chats[number])
    tab.transcript.verticalScrollBar().setValue(0)
    qtbot.waitUntil(lambda: bool(seen(tab.transcript, PersonView)), timeout=20_000)
    for view in seen(tab.transcript, MessageView):
        view.set_active(True)
    tab.composer.set_context(1_200, 4_096)
    assert english(desktop.window) == []


@pytest.mark.parametrize("kind", [PersonView, FooterView])
def test_the_menu_of_a_message_and_other_words_for_it(
    room: tuple[Desktop, list[str]], qtbot: QtBot, kind: type[PersonView | FooterView]
) -> None:
    desktop, chats = room
    tab = chat(desktop, qtbot, chats[0])
    tab.transcript.verticalScrollBar().setValue(0 if kind is PersonView else 100_000)
    qtbot.waitUntil(lambda: bool(seen(tab.transcript, kind)), timeout=20_000)
    (view,) = seen(tab.transcript, kind)
    view.set_active(True)
    view.menu.click()
    (menu,) = (each for each in tab.findChildren(QMenu, "message_menu") if each.isVisible())
    assert english(menu) == []
    edit = next(each for each in menu.actions() if each.objectName() == "message_edit")
    menu.close()
    edit.trigger()
    qtbot.waitUntil(lambda: bool(seen(tab.transcript, WordingView)), timeout=20_000)
    assert english(seen(tab.transcript, WordingView)[0]) == []


def test_what_is_written_now(room: tuple[Desktop, list[str]], qtbot: QtBot) -> None:
    desktop, chats = room
    tab = chat(desktop, qtbot, chats[0])
    tab.composer.set_running(True)
    tab.composer.set_text("X9")
    tab.list.mark_running(chats[0])
    tab.transcript.find_bar().open()
    tab.transcript.find_bar().field.setText("X9")
    qtbot.waitUntil(lambda: OPEN in tab.transcript.find_bar().figures.text(), timeout=20_000)
    assert english(desktop.window) == []


def test_the_welcome_and_the_lists_behind_the_pills(
    room: tuple[Desktop, list[str]], qtbot: QtBot
) -> None:
    desktop, _ = room
    tab = chat_of(desktop)
    for name in ("model", "preset"):
        pill = tab.composer.findChild(QWidget, name)
        assert pill is not None
        QTest.keyClick(pill, Qt.Key.Key_Down)
        picker = tab.findChild(QWidget, f"{name}_picker")
        assert picker is not None
        assert picker.isVisible()
        rows = picker.findChild(QWidget, f"{name}_picker_list")
        assert rows is not None
        QTest.keyClicks(rows, "q")
        assert english(picker) == []
        picker.close()
    tab.work.welcome.set_has_model(False)
    assert english(tab.work.welcome) == []


def test_the_menus_of_the_list(room: tuple[Desktop, list[str]], qtbot: QtBot) -> None:
    desktop, chats = room
    tab = chat_of(desktop)
    menu = tab.list.list.menu
    kept = [desktop.parts.conversations.get(each) for each in chats]
    menu.show_chat(kept[0])
    assert english(menu) == []
    menu.show_chats(kept[:2])
    assert english(menu) == []
    tab.list.list.setCurrentIndex(tab.list.list.rows.folder_index("Q7-R"))
    folder = tab.list.list.folder()
    assert folder is not None
    menu.show_folder(folder)
    told = [text for place, text in texts(menu) if place.startswith("action") and text]
    assert told
    assert [text for text in told if bare(text, DATA)] == []
    tab.list.head.menu_requested.emit(tab.list.head.menu)
    assert english(tab.list.head) == []
    qtbot.wait(1)


def test_a_search_that_finds_nothing_and_the_archive(
    room: tuple[Desktop, list[str]], qtbot: QtBot
) -> None:
    desktop, chats = room
    tab = chat_of(desktop)
    tab.list.search_for("X9")
    qtbot.waitUntil(lambda: len(listed(tab.list.list)) > 3, timeout=20_000)
    assert english(tab.list) == []
    tab.list.search_for("Q7-R Q7-R Q7-R")
    qtbot.waitUntil(lambda: listed(tab.list.list) == [], timeout=20_000)
    assert english(tab.list) == []
    Ordering(desktop.parts.database).archive(chats[4], archived=True)
    tab.list.show_archive()
    assert english(tab.list) == []


@pytest.mark.parametrize("act", ["tagging_requested", "new_folder_requested"])
def test_what_is_asked_of_a_chat(room: tuple[Desktop, list[str]], qtbot: QtBot, act: str) -> None:
    desktop, chats = room
    tab = chat_of(desktop)
    getattr(tab.list.list.menu, act).emit(desktop.parts.conversations.get(chats[0]))
    (dialog,) = desktop.window.findChildren(QDialog, "ask_dialog")
    assert english(dialog) == []
    dialog.reject()
    qtbot.wait(1)


def test_what_was_done_with_a_chat(room: tuple[Desktop, list[str]], qtbot: QtBot) -> None:
    desktop, chats = room
    tab = chat_of(desktop)
    menu, kept = tab.list.list.menu, desktop.parts.conversations.get(chats[1])
    acts: tuple[Callable[[], object], ...] = (
        lambda: menu.moving_requested.emit(kept, "X9"),
        lambda: menu.moving_requested.emit(kept, ""),
        lambda: menu.archiving_requested.emit(kept, True),
        lambda: menu.archiving_requested.emit(kept, False),
        lambda: tab.list.trashed.emit(kept.id, kept.title),
    )
    for act in acts:
        act()
        words = desktop.window.toasts.words()
        assert OPEN in words, tab.list.banner.text()
        assert bare(words, DATA) == ""
    tab.side.show_trash()
    qtbot.waitUntil(lambda: bool(listed(tab.side.trash.list)), timeout=20_000)
    assert english(tab.side.trash) == []
