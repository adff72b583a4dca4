"""A link is asked about: its address in full, the site it leads to, and what did not open."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QAccessible, QDesktopServices, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from studio.ui.theme import Theme
from studio.ui.widgets.badge import Badge
from studio.ui.widgets.markdown.link_dialog import LinkDialog, follow, link_dialog

LONG = "https://a.b/" + "c/d?e=f&" * 375

Asked = Callable[[str], LinkDialog]


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the system was asked to open. Nothing is, if ``refuse`` stands in it."""
    found: list[str] = []

    def open_url(url: QUrl) -> bool:
        found.append(url.toString())
        return "refuse" not in found

    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    return found


@pytest.fixture
def host(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def asked(theme: Theme, host: QWidget) -> Asked:
    def ask(address: str) -> LinkDialog:
        dialog = link_dialog(theme, host, address)
        dialog.open()
        return dialog

    return ask


def press(dialog: LinkDialog, name: str) -> None:
    button = dialog.findChild(QPushButton, name)
    assert button is not None
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def field(dialog: LinkDialog) -> QPlainTextEdit:
    found = dialog.findChild(QPlainTextEdit, "link_address")
    assert found is not None
    return found


def aim(dialog: LinkDialog) -> str:
    found = dialog.findChild(QLabel, "link_site")
    return found.text() if found is not None else ""


def warnings(dialog: LinkDialog) -> list[str]:
    return [each.words() for each in dialog.findChildren(Badge) if each.isVisible()]


def test_a_link_is_asked_about_and_shown_in_full(asked: Asked, opened: list[str]) -> None:
    for button, expected in (
        ("link_cancel", []),
        ("link_copy", []),
        ("link_open", ["https://a.b/c"]),
    ):
        dialog = asked("https://a.b/c")
        assert field(dialog).toPlainText() == "https://a.b/c"
        assert aim(dialog) == "It leads to a.b"
        assert warnings(dialog) == []
        press(dialog, button)
        assert not dialog.isVisible()
        assert opened == expected
    assert QGuiApplication.clipboard().text() == "https://a.b/c"


@pytest.mark.parametrize("address", ["https://a.b/c?d=e&f=g", LONG], ids=["short", "long"])
def test_an_address_is_copied_and_spoken_as_it_is(asked: Asked, address: str) -> None:
    shown = field(asked(address))
    QTest.keyClick(shown, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(shown, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == address
    told = QAccessible.queryAccessibleInterface(shown)
    assert told.text(QAccessible.Text.Value) == address


@pytest.mark.parametrize(
    ("address", "lines", "has_more"),
    [("https://a.b/", 1, False), ("https://a.b/" + "c" * 100, 2, False), (LONG, 6, True)],
)
def test_an_address_has_the_room_it_needs_and_long_ones_are_scrolled(
    asked: Asked, qtbot: QtBot, address: str, lines: int, has_more: bool
) -> None:
    shown = field(asked(address))
    assert shown.document().size().height() >= lines
    qtbot.waitUntil(lambda: (shown.verticalScrollBar().maximum() > 0) == has_more)
    assert lines <= shown.viewport().height() / shown.fontMetrics().lineSpacing() < lines + 1


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://google.com@evil.example/", "It leads to evil.example"),
        ("https://google.com:443@evil.example:8080/", "It leads to evil.example"),
        ("https://p\N{CYRILLIC SMALL LETTER A}ypal.com/", "It leads to xn--pypal-4ve.com"),
        ("mailto:a@b.c?subject=d", "It writes to a@b.c"),
        ("https://a b.c/", ""),
    ],
)
def test_the_site_is_named_and_what_is_no_site_is_warned_of(
    asked: Asked, address: str, expected: str
) -> None:
    dialog = asked(address)
    assert aim(dialog) == expected
    assert field(dialog).toPlainText().isascii()
    assert field(dialog).toPlainText()
    assert bool(warnings(dialog)) == ("google" in address)


def test_what_could_not_be_opened_is_told_and_can_be_copied(
    asked: Asked, opened: list[str]
) -> None:
    opened.append("refuse")
    dialog = asked("https://a.b/c")
    press(dialog, "link_open")
    assert dialog.isVisible()
    (told,) = warnings(dialog)
    assert told.startswith("It could not be opened")
    press(dialog, "link_copy")
    assert QGuiApplication.clipboard().text() == "https://a.b/c"
    assert not dialog.isVisible()


@pytest.mark.parametrize("refused", [False, True])
def test_without_a_question_only_a_failure_is_told(
    theme: Theme, host: QWidget, opened: list[str], refused: bool
) -> None:
    opened += ["refuse"] * refused
    follow(theme, host, "https://a.b/c", asks=False)
    assert opened[-1] == "https://a.b/c"
    dialogs = host.findChildren(LinkDialog)
    assert [len(warnings(each)) for each in dialogs] == [1] * refused


def test_return_cancels(asked: Asked, opened: list[str]) -> None:
    dialog = asked("https://a.b/c")
    focused = dialog.focusWidget()
    assert focused is not None
    assert focused.objectName() == "link_cancel"
    QTest.keyClick(focused, Qt.Key.Key_Return)
    assert not dialog.isVisible()
    assert opened == []
