"""What the window gets after its first look is there although its lists were filled before."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QListView, QWidget
from pytestqt.qtbot import QtBot
from support.desktop import chat_of, no_worker, opened

from studio.app import Desktop
from studio.assembly import Parts, open_data
from studio.chat.attachments.attachments import Attachments
from studio.chat.attachments.files import from_bytes
from studio.chat.ordering import Ordering
from studio.chat.unseen import Unseen
from studio.ui.chat.attach.chips import ChipRow
from studio.ui.chat.composer.pickers import PickerPill, PresetPicker
from studio.ui.chat.conversations.rows import IS_UNSEEN

Key = Qt.Key
Opener = Callable[..., Desktop]


@pytest.fixture
def opener(profile: Path, qapp: QApplication, qtbot: QtBot) -> Iterator[Opener]:
    """Return a function that starts the window as the program does, and waits until it is idle."""
    with ExitStack() as windows:

        def open_window(change: Callable[[Parts], object] = lambda parts: None) -> Desktop:
            parts = open_data(profile, no_worker)
            change(parts)
            desktop = windows.enter_context(opened(parts, qapp))
            qtbot.waitUntil(lambda: desktop.status.is_running, timeout=20_000)
            return desktop

        yield open_window


def preset_list(parent: QWidget) -> QListView:
    found = parent.findChild(QListView, "preset_picker_list")
    assert found is not None
    return found


def titles(model: QAbstractItemModel) -> list[str]:
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def editor_is_open(desktop: Desktop) -> bool:
    editor = desktop.window.findChild(QDialog, "preset_editor")
    return editor is not None and editor.isVisible()


def close_editor(desktop: Desktop) -> None:
    editor = desktop.window.findChild(QDialog, "preset_editor")
    assert editor is not None
    editor.reject()


def test_the_list_of_presets_leads_to_their_window(opener: Opener, qtbot: QtBot) -> None:
    desktop = opener()
    pill = desktop.window.findChild(PickerPill, "preset")
    picker = desktop.window.findChild(PresetPicker)
    assert pill is not None
    assert picker is not None
    shown = titles(preset_list(desktop.window).model())
    assert len(shown) > 5
    assert shown[-1] == "Edit presets …"
    pill.open_choices()
    QTest.keyClicks(picker.focusWidget(), "Edit pre")
    QTest.keyClick(picker.focusWidget(), Key.Key_Return)
    qtbot.waitUntil(lambda: editor_is_open(desktop), timeout=20_000)
    close_editor(desktop)


def test_it_does_so_in_the_window_of_temporary_chats(opener: Opener) -> None:
    desktop = opener()
    desktop._temporary.open()
    made = desktop._temporary.chats
    assert made is not None
    assert made.tab is not None
    assert titles(preset_list(made.tab).model())[-1] == "Edit presets …"


def test_the_palette_leads_there_too(opener: Opener, qtbot: QtBot) -> None:
    desktop = opener()
    desktop.window.palette_door.toggle()
    palette = desktop.window.palette_door.palette()
    QTest.keyClicks(palette.field, "edit presets")
    assert palette.list.currentIndex().data() == "Edit presets"
    QTest.keyClick(palette.field, Key.Key_Return)
    qtbot.waitUntil(lambda: editor_is_open(desktop), timeout=20_000)
    close_editor(desktop)


def test_files_of_the_new_chat_stand_above_the_field(opener: Opener) -> None:
    def attach(parts: Parts) -> None:
        parts.prepare()
        Attachments(parts.database).add("", from_bytes("notes.txt", b"Some notes"))

    row = opener(attach).window.findChild(ChipRow)
    assert row is not None
    assert row.isVisible()


def test_folded_folders_and_unseen_replies_are_marked(opener: Opener) -> None:
    keys: list[str] = []

    def order(parts: Parts) -> None:
        parts.prepare()
        for _ in range(2):
            keys.append(parts.conversations.create().id)
        Ordering(parts.database).move(keys[0], "Work")
        Ordering(parts.database).fold("Work", folded=True)
        Unseen(parts.database).add(keys[1])

    rows = chat_of(opener(order)).list.list.rows
    assert not rows.index_of(keys[0]).isValid()
    assert rows.index_of(keys[1]).data(IS_UNSEEN)
