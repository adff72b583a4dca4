"""Attaching files in the window: by button, drop and paste; shown, removed, sent and kept."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QMimeData, QPointF, QSize, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot
from support import pictures
from support.chat_room import ChatRoom, room_with_model
from support.talk import seen

from studio.chat.attachments.attachments import Attachments
from studio.errors import StudioError, in_words
from studio.ui.chat.attach import viewer
from studio.ui.chat.attach.chips import Chip, ChipRow
from studio.ui.chat.attach.viewer import small_picture
from studio.ui.chat.attaching import Attaching
from studio.ui.chat.composer.field import MessageEditor
from studio.ui.chat.messages.person_view import PersonView
from studio.ui.theme import Theme

View = TypeVar("View", bound=QWidget)


def visible(parent: QWidget, kind: type[View]) -> list[View]:
    """Return the widgets of a kind that can be seen, in reading order."""
    found = [view for view in parent.findChildren(kind) if view.isVisible()]
    return sorted(found, key=lambda view: (view.y(), view.x()))


class Desk:
    """The Chat room with everything for attaching."""

    def __init__(self, room: ChatRoom, theme: Theme, folder: Path) -> None:
        self.room = room
        self.folder = folder
        self.sees = False
        self.chosen: list[Path] = []
        self.attaching = Attaching(
            theme,
            room.tab,
            Attachments(room.parts.database),
            room.parts.background,
            lambda _model, _preset: self.sees,
            lambda: self.chosen,
        )

    def file(self, name: str, data: bytes = b"Milk, eggs") -> Path:
        path = self.folder / name
        path.write_bytes(data)
        return path

    def attach(self, *paths: Path) -> None:
        self.attaching.add(paths)
        self.settle()

    def settle(self) -> None:
        self.room.settle()
        self.room.settle()

    def chips(self) -> list[Chip]:
        return visible(self.room.tab.composer, Chip)

    def names(self) -> list[str]:
        return [chip.text() for chip in self.chips()]

    def sent(self) -> list[list[str]]:
        """Return the names on the person's messages that can be seen."""
        views = seen(self.room.tab.transcript, PersonView)
        return [[chip.text() for chip in visible(view, Chip)] for view in views]

    def dialog(self) -> QDialog:
        (found,) = [d for d in self.room.tab.window().findChildren(QDialog) if d.isVisible()]
        return found


class Faulty:
    """Attachments with a fault of ours."""

    def add(self, _conversation: str, _file: object) -> None:
        raise RuntimeError("a fault")

    def waiting(self, _conversation: str) -> tuple[()]:
        return ()


def failing(work: Callable[[], None]) -> RuntimeError:
    with pytest.raises(RuntimeError) as raised:
        work()
    return raised.value


@pytest.fixture
def desk(theme: Theme, qtbot: QtBot, tmp_path: Path, profile: Path) -> Iterator[Desk]:
    with room_with_model(theme, qtbot, profile) as room:
        yield Desk(room, theme, tmp_path)


def editor(desk: Desk) -> MessageEditor:
    found = desk.room.tab.composer.findChild(MessageEditor)
    assert found is not None
    return found


def test_the_paperclip_attaches_what_is_chosen(desk: Desk) -> None:
    desk.chosen = [desk.file("note.txt"), desk.file("list.md")]
    button = desk.room.button("attach_a_file")
    assert button.accessibleName() == "Attach a file"
    assert "1.0 MB" in button.toolTip()
    button.click()
    desk.settle()
    assert desk.names() == ["note.txt", "list.md"]
    assert "10 B" in desk.chips()[0].accessibleName()


def test_a_file_goes_with_the_message_and_shows_on_it(desk: Desk) -> None:
    desk.attach(desk.file("note.txt"))
    desk.room.ask("What is to be bought?")
    question, _reply = desk.room.branch()
    assert [each.name for each in question.attachments] == ["note.txt"]
    assert desk.names() == []
    assert desk.sent() == [["note.txt"]]
    desk.room.ask("And?")
    assert desk.sent() == [["note.txt"], []]


def test_delete_removes_a_card_and_so_does_its_cross(desk: Desk) -> None:
    desk.attach(desk.file("a.txt"), desk.file("b.txt"))
    first, second = desk.chips()
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Delete)
    assert desk.names() == ["b.txt"]
    desk.room.button("remove_attachment").click()
    assert desk.names() == []
    assert second.attachment.name == "b.txt"
    assert editor(desk).hasFocus()


def test_each_card_is_reached_by_tab(desk: Desk) -> None:
    desk.attach(desk.file("a.txt"))
    (chip,) = desk.chips()
    assert chip.focusPolicy() & Qt.FocusPolicy.TabFocus
    QTest.keyClick(chip, Qt.Key.Key_Return)
    desk.settle()
    assert desk.dialog().windowTitle() == "a.txt"
    desk.dialog().close()


def test_a_bad_file_is_told_and_the_others_are_attached(desk: Desk) -> None:
    desk.attach(desk.file("bad.bin", b"\x7fELF\0\0"), desk.file("good.txt"))
    assert desk.names() == ["good.txt"]
    assert "bad.bin" in desk.room.told()


def test_too_many_files_are_told(desk: Desk) -> None:
    desk.attach(*(desk.file(f"{number}.txt") for number in range(11)))
    assert len(desk.names()) == 10
    assert "takes 10 files" in desk.room.told()


def test_what_is_attached_waits_in_its_own_chat_and_outlives_it(desk: Desk) -> None:
    room = desk.room
    room.ask("Hello")
    first = room.tab.conversation_id
    desk.attach(desk.file("note.txt"))
    room.tab.begin_new()
    assert desk.names() == []
    desk.attach(desk.file("other.txt"))
    room.tab.open(first)
    assert desk.names() == ["note.txt"]
    room.tab.begin_new()
    assert desk.names() == ["other.txt"]


def test_a_picture_has_a_thumbnail(desk: Desk) -> None:
    desk.sees = True
    desk.attach(desk.file("cat.png", pictures.png()))
    (chip,) = desk.chips()
    assert chip.has_picture
    assert chip.note == ""


def test_a_blind_model_is_told_of_and_nothing_is_sent(desk: Desk) -> None:
    desk.attach(desk.file("cat.png", pictures.png()))
    (chip,) = desk.chips()
    assert "cannot see pictures" in chip.note
    desk.room.send("What is this?")
    assert desk.room.told() == (
        "This model cannot see pictures. Choose one with a projector, or remove the picture."
    )
    assert desk.room.tab.composer.text() == "What is this?"
    assert desk.names() == ["cat.png"]
    assert desk.room.store.list() == []


def test_without_the_picture_the_message_goes(desk: Desk) -> None:
    desk.attach(desk.file("cat.png", pictures.png()))
    desk.attaching.remove(desk.chips()[0].attachment)
    desk.room.ask("Hello")
    assert len(desk.room.branch()) == 2


def test_a_model_that_sees_takes_the_note_away(desk: Desk) -> None:
    desk.attach(desk.file("cat.png", pictures.png()))
    desk.sees = True
    desk.room.tab.composer.model_chosen.emit("tiny")
    desk.settle()
    assert desk.chips()[0].note == ""


def test_a_guessed_encoding_is_told(desk: Desk) -> None:
    desk.attach(desk.file("old.txt", "Café".encode("latin-1")))
    assert "Western European" in desk.chips()[0].note


def test_files_are_pasted(desk: Desk) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(desk.file("note.txt")))])
    QGuiApplication.clipboard().setMimeData(data)
    editor(desk).paste()
    desk.settle()
    assert desk.names() == ["note.txt"]
    assert editor(desk).text() == ""


def test_a_model_that_is_pasted_is_not_attached_and_told(desk: Desk) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(desk.file("tiny.gguf")))])
    editor(desk).insertFromMimeData(data)
    desk.settle()
    assert desk.chips() == []
    assert "Add it in Models." in desk.room.tab.work.banner.text()


def test_a_picture_is_pasted(desk: Desk) -> None:
    image = QImage(20, 10, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    QGuiApplication.clipboard().setImage(image)
    editor(desk).paste()
    desk.settle()
    assert desk.names() == ["Pasted picture.png"]


def test_words_are_pasted_as_words(desk: Desk) -> None:
    QGuiApplication.clipboard().setText("just words")
    editor(desk).paste()
    desk.settle()
    assert desk.names() == []
    assert editor(desk).text() == "just words"


def drag(desk: Desk, *paths: Path) -> tuple[QDragEnterEvent, QMimeData]:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    enter = QDragEnterEvent(
        desk.room.tab.work.rect().center(),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(desk.room.tab.work, enter)
    return enter, data


def test_files_are_dropped_on_the_conversation(desk: Desk) -> None:
    enter, data = drag(desk, desk.file("note.txt"))
    assert enter.isAccepted()
    drop = QDropEvent(
        QPointF(desk.room.tab.work.rect().center()),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(desk.room.tab.work, drop)
    desk.settle()
    assert desk.names() == ["note.txt"]


def test_a_model_is_left_to_the_models_page(desk: Desk) -> None:
    enter, _data = drag(desk, desk.file("model.gguf"))
    assert not enter.isAccepted()


def test_a_sent_text_is_opened_as_it_stands(desk: Desk) -> None:
    desk.attach(desk.file("note.txt", b"one\n  two\n"))
    desk.room.ask("What is it?")
    (chip,) = seen(desk.room.tab.transcript, Chip)
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
    desk.settle()
    shown = desk.dialog().findChild(QPlainTextEdit)
    assert shown is not None
    assert shown.toPlainText() == "one\n  two\n"
    assert shown.isReadOnly()
    desk.dialog().close()


def test_a_picture_is_opened_fitted(desk: Desk) -> None:
    desk.attach(desk.file("wide.png", pictures.png(1600, 100)))
    desk.chips()[0].click()
    desk.settle()
    shown = desk.dialog().findChild(QLabel, "attachment_picture")
    assert shown is not None
    assert shown.pixmap().width() <= 720
    desk.dialog().close()


def test_two_clicks_open_one_window_and_the_file_is_read_apart(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: list[threading.Thread] = []

    def noted(content: bytes) -> QImage | None:
        threads.append(threading.current_thread())
        return small_picture(content, QSize(720, 480))

    monkeypatch.setattr(viewer, "fitted", noted)
    desk.attach(desk.file("wide.png", pictures.png(1600, 100)))
    for _ in range(2):
        desk.chips()[0].click()
    desk.settle()
    assert len(threads) == 1
    assert threads[0] is not threading.main_thread()
    desk.dialog().close()
    desk.chips()[0].click()
    desk.settle()
    desk.dialog().close()


def test_a_file_that_is_gone_is_told_when_it_is_opened(desk: Desk) -> None:
    desk.attach(desk.file("note.txt"))
    (chip,) = desk.chips()
    Attachments(desk.room.parts.database).remove(chip.attachment.id)
    with desk.room.parts.database.transaction() as db:
        db.execute("DELETE FROM chat_attachment_contents")
    for _ in range(2):
        chip.click()
        desk.settle()
        assert desk.room.tab.work.banner.isVisible()
        desk.room.tab.work.banner.hide()


def test_a_fault_of_ours_does_not_hold_the_message_back(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[StudioError] = []
    monkeypatch.setattr(desk.attaching, "_attachments", Faulty())
    desk.attaching._background = lambda work: told.append(in_words(failing(work)))
    desk.attaching.add([desk.file("note.txt")])
    desk.settle()
    assert [error.code for error in told] == ["program.bug"]
    assert desk.attaching.refusal() is None


def test_a_broken_picture_is_told_in_the_viewer(desk: Desk) -> None:
    desk.attach(desk.file("broken.png", pictures.png_of(50, 40, b"junk")))
    desk.chips()[0].click()
    desk.settle()
    shown = desk.dialog().findChild(QLabel, "attachment_picture")
    assert shown is not None
    assert "cannot be shown" in shown.text()
    desk.dialog().close()


def test_many_cards_break_into_lines_inside_the_row(desk: Desk) -> None:
    desk.attach(*(desk.file(f"a quite long name of a file {n}.txt") for n in range(8)))
    (row,) = visible(desk.room.tab.composer, ChipRow)
    assert len({chip.y() for chip in row.chips}) > 1
    assert all(row.rect().contains(chip.geometry()) for chip in row.chips)


def test_a_file_that_is_still_read_holds_the_message_back(desk: Desk) -> None:
    desk.attaching.add([desk.file("note.txt")])
    refusal = desk.attaching.refusal()
    assert refusal is not None
    assert refusal.code == "attachment.being_read"
    desk.settle()
    assert desk.attaching.refusal() is None


def test_a_model_chosen_elsewhere_takes_the_note_away(desk: Desk) -> None:
    desk.attach(desk.file("cat.png", pictures.png()))
    desk.room.put_model("seeing")
    desk.room.tab.refresh_models()
    desk.settle()
    assert desk.chips()[0].note != ""
    desk.sees = True
    desk.room.tab.use_model("seeing")  # as the palette and the Models room do
    desk.settle()
    assert desk.chips()[0].note == ""
