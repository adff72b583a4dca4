"""Chats are written into files and read from them, from the list and by drag and drop."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QMenu, QPushButton
from pytestqt.qtbot import QtBot
from support.chat_list import shown

from studio.assembly import Parts, open_data
from studio.chat.ordering import Ordering
from studio.ui.chat.conversations.conversation_list import ConversationList
from studio.ui.chat.transfer.export_dialog import ExportDialog
from studio.ui.chat.transfer.import_dialog import ImportDialog
from studio.ui.chat.transfer.transfers import ListTransfers
from studio.ui.theme import Theme
from studio.ui.widgets.drop_overlay import DropOverlay

LIMIT_MS = 20_000


class Room:
    """A list over the real parts, and the answers of a person to its questions."""

    def __init__(self, theme: Theme, qtbot: QtBot, home: Path) -> None:
        self.qtbot = qtbot
        self.parts: Parts = open_data(home)
        self.store = self.parts.conversations
        self.file: Path | None = None
        self.list = ConversationList(theme, self.store)
        qtbot.addWidget(self.list)
        self.list.resize(264, 600)
        self.list.show()
        self.transfers = ListTransfers(
            theme,
            self.list,
            self.store,
            lambda: self.parts.archives,
            lambda: Ordering(self.parts.database),
            self.parts.transfer,
            lambda _parent: self.file,
        )

    def say(self, title: str, reply: str = "It **is** so.") -> str:
        chat = self.store.create().id
        _asked, begun = self.store.ask(chat, f"What of {title}?", "")
        self.store.finish_reply(begun.id, "finished", content=reply, reasoning="Hm.")
        self.store.rename(chat, title)
        self.list.refresh()
        return chat

    def exporting(self, *chats: str) -> ExportDialog:
        return self.transfers.export([self.store.get(chat) for chat in chats])

    def export(self, dialog: ExportDialog, ending: str, place: Path | None) -> str:
        """Choose a kind and a place, and return what is told at the end."""
        dialog._choose = lambda *_asked: place
        number = ["md", "html", "pdf", "json"].index(ending)
        dialog.forms.button(number).click()
        dialog.go.click()
        self.qtbot.waitUntil(dialog.banner.isVisible, timeout=LIMIT_MS)
        return dialog.banner.text()

    def importing(self, file: Path) -> ImportDialog:
        dialog = self.transfers.bring_in(file)
        self.qtbot.waitUntil(dialog.leave.isVisible, timeout=LIMIT_MS)
        return dialog

    def titles(self) -> list[str]:
        return sorted(chat.title for chat in self.store.list())


@pytest.fixture
def room(theme: Theme, qtbot: QtBot, tmp_path: Path) -> Iterator[Room]:
    room = Room(theme, qtbot, tmp_path / "home")
    yield room
    room.parts.close()


@pytest.mark.parametrize("ending", ["md", "html", "pdf", "json"])
def test_one_chat_becomes_one_file(room: Room, tmp_path: Path, ending: str) -> None:
    target = tmp_path / f"bees.{ending}"
    dialog = room.exporting(room.say("Bees"))
    assert dialog.accessibleName() == "Export “Bees”"
    assert room.export(dialog, ending, target) == f"The chat is written. {target}"
    assert dialog.folder.isVisible()
    written = target.read_bytes()
    if ending == "pdf":
        assert written.startswith(b"%PDF-")
        assert written.rstrip().endswith(b"%%EOF")
    else:
        assert "Bees" in written.decode()
    assert [each.name for each in tmp_path.iterdir() if each.name.startswith(".export")] == []
    dialog.reject()


def test_a_long_chat_has_many_pages(room: Room, tmp_path: Path) -> None:
    code = "```python\n" + "\n".join(f"print({n})" for n in range(300)) + "\n```\n"
    table = "| a | b |\n|---|---|\n| 1 | 2 |\n"
    target = tmp_path / "long.pdf"
    chat = room.say("Long", f"{'Many words. ' * 500}\n\n{code}\n{table}\n> quoted")
    dialog = room.exporting(chat)
    assert room.export(dialog, "pdf", target).startswith("The chat is written.")
    pages = target.read_bytes().count(b"/Type /Page\n")
    assert pages >= 5
    dialog.reject()


def test_all_chats_become_a_file_each_or_one_of_json(room: Room, tmp_path: Path) -> None:
    chats = [room.say(title) for title in ("Bees", "Bees", "Sky")]
    Ordering(room.parts.database).archive(chats[2], archived=True)
    room.transfers.export_all()
    (dialog,) = room.list.findChildren(ExportDialog)
    assert dialog.accessibleName() == "Export all 3 chats"
    folder = tmp_path / "out"
    assert room.export(dialog, "md", folder) == f"3 chats are written. {folder}"
    assert sorted(each.name for each in folder.iterdir()) == [
        "Bees (2).md",
        "Bees.md",
        "Sky.md",
    ]
    dialog.reject()
    target = tmp_path / "all.json"
    again = room.exporting(*chats)
    room.export(again, "json", target)
    again.reject()
    assert len(json.loads(target.read_text("utf-8"))["conversations"]) == 3


def test_no_place_writes_nothing(room: Room) -> None:
    dialog = room.exporting(room.say("Bees"))
    dialog._choose = lambda *_asked: None
    dialog.go.click()
    assert dialog.go.isEnabled()
    assert not dialog.strip.isVisible()
    dialog.reject()


@pytest.mark.parametrize("ending", ["md", "pdf", "json"])
def test_a_place_that_cannot_be_written_is_told(room: Room, tmp_path: Path, ending: str) -> None:
    dialog = room.exporting(room.say("Bees"))
    told = room.export(dialog, ending, tmp_path / "nowhere" / f"bees.{ending}")
    assert told.startswith(f"The file bees.{ending} could not be saved")
    assert dialog.go.isEnabled()
    assert not dialog.folder.isVisible()
    good = tmp_path / f"bees.{ending}"
    dialog.banner.hide()
    assert room.export(dialog, ending, good).startswith("The chat is written.")
    dialog.reject()


@pytest.mark.parametrize("ending", ["html", "pdf"])
def test_a_stopped_export_keeps_whole_files_only(
    room: Room, tmp_path: Path, ending: str, qtbot: QtBot
) -> None:
    chats = [room.say(f"Chat {number}", "Words. " * 200) for number in range(40)]
    dialog = room.exporting(*chats)

    def stop_at_three(done: int, _total: int) -> None:
        if done >= 3:
            dialog.strip.findChild(QPushButton, "progress_cancel").click()  # type: ignore[union-attr]

    dialog._work.advanced.connect(stop_at_three)
    folder = tmp_path / "out"
    told = room.export(dialog, ending, folder)
    written = list(folder.iterdir())
    assert told.startswith(f"Stopped: {len(written)} of 40 chats are written.")
    assert 3 <= len(written) < 40
    assert all(each.stat().st_size > 100 for each in written)
    assert all(not each.name.startswith(".") for each in written)
    dialog.reject()


def test_closing_the_window_stops_the_export(room: Room, tmp_path: Path, qtbot: QtBot) -> None:
    dialog = room.exporting(*(room.say(f"Chat {number}") for number in range(20)))
    dialog._choose = lambda *_asked: tmp_path / "out"
    dialog.forms.button(2).click()
    dialog.go.click()
    dialog.reject()
    done = threading.Event()
    room.parts.transfer(lambda _is_closing: done.set())
    qtbot.waitUntil(done.is_set, timeout=LIMIT_MS)
    assert len(list((tmp_path / "out").iterdir() if (tmp_path / "out").exists() else [])) < 20


def test_what_was_exported_is_imported_elsewhere_and_once(room: Room, tmp_path: Path) -> None:
    chats = [room.say("Bees"), room.say("Sky")]
    target = tmp_path / "all.json"
    dialog = room.exporting(*chats)
    room.export(dialog, "json", target)
    dialog.reject()
    room.store.trash(chats[0])
    room.store.purge(chats[0])
    first = room.importing(target)
    assert first.report.text() == "1 chat was imported.\n1 chat was here already."
    assert room.titles() == ["Bees", "Sky"]
    assert "Bees" in shown(room.list)
    first.reject()


def test_a_file_that_is_no_export_is_told_and_brings_nothing(room: Room, tmp_path: Path) -> None:
    file = tmp_path / "notes.json"
    file.write_text('{"some": "thing"}')
    room.file = file
    menu = QMenu()
    room.list.head.menu_requested.emit(menu)
    room.transfers.choose_and_import()
    (dialog,) = room.list.findChildren(ImportDialog)
    room.qtbot.waitUntil(dialog.leave.isVisible, timeout=LIMIT_MS)
    assert dialog.banner.isVisible()
    assert "notes.json" in dialog.banner.text()
    assert room.titles() == []
    dialog.reject()


def test_a_file_dropped_on_the_list_is_imported(room: Room, tmp_path: Path) -> None:
    chat = room.say("Bees")
    target = tmp_path / "bees.json"
    exporting = room.exporting(chat)
    room.export(exporting, "json", target)
    exporting.reject()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(target))])
    assert drop(room, data)
    (dialog,) = room.list.findChildren(ImportDialog)
    room.qtbot.waitUntil(dialog.leave.isVisible, timeout=LIMIT_MS)
    assert "1 chat was here already." in dialog.report.text()
    dialog.reject()


def test_other_things_that_are_dropped_pass_on(room: Room, tmp_path: Path) -> None:
    many, model, text = QMimeData(), QMimeData(), QMimeData()
    many.setUrls([QUrl.fromLocalFile("/a.json"), QUrl.fromLocalFile("/b.json")])
    model.setUrls([QUrl.fromLocalFile("/model.gguf")])
    text.setText("words")
    for data in (many, model, text):
        assert not drop(room, data)
    assert room.list.findChildren(ImportDialog) == []


def drop(room: Room, data: QMimeData) -> bool:
    """Drag something over the list and let it go; return whether it was taken."""
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(20, 20), copy, data, left, none)
    enter.ignore()
    QApplication.sendEvent(room.list, enter)
    overlay = room.list.findChild(DropOverlay)
    assert overlay is not None
    assert overlay.isVisible() == enter.isAccepted()
    event = QDropEvent(QPointF(20, 20), copy, data, left, none)
    event.ignore()
    QApplication.sendEvent(room.list, event)
    assert not overlay.isVisible()
    return event.isAccepted()


def test_the_menus_offer_all_this(room: Room) -> None:
    menu = room.list.head.menu
    room.list.head.more.click()
    assert [line.text() for line in menu.actions()] == ["Import…", "Export all…"]
    assert not menu.actions()[1].isEnabled()
    menu.close()
    chat = room.say("Bees")
    Ordering(room.parts.database).tag(chat, ["insects"])
    room.list.head.more.click()
    assert menu.actions()[1].isEnabled()
    tags = menu.findChildren(QMenu, "tag_menu")[-1]
    tags.actions()[0].trigger()
    assert room.list.search.text() == "tag:insects"
    menu.close()
    room.list.list.menu.show_chat(room.store.get(chat))
    room.list.list.menu.action("Export…").trigger()
    (dialog,) = room.list.findChildren(ExportDialog)
    for widget in (dialog.go, dialog.leave, dialog.folder, *dialog.forms.buttons()):
        assert widget.objectName()
        assert widget.accessibleName()
    dialog.reject()
