"""Text size, reading width and fonts: set in any way, they show at once and are kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QFontDatabase, QFontInfo
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot
from support.desktop import chat_of, opened
from support.talk import message, seen

from studio.app import Desktop
from studio.assembly import open_data
from studio.settings import Settings
from studio.ui.chat.transcript.transcript import Transcript
from studio.ui.settings.page import SettingsPage
from studio.ui.theme import READING, Theme
from studio.ui.widgets.code import CodeView
from studio.ui.widgets.markdown.text_view import TextView

CTRL = Qt.KeyboardModifier.ControlModifier
REPLY = "A few words.\n\n```\ncode\n```"


@pytest.fixture
def desktop(qapp: QApplication, qtbot: QtBot, profile: Path) -> Iterator[Desktop]:
    with opened(open_data(profile), qapp) as desktop:
        desktop.window.resize(1600, 800)
        desktop.window.activateWindow()
        chat = chat_of(desktop)
        chat.transcript.show_branch([message(0, "user", "Hi"), message(1, "assistant", REPLY)])
        chat.work.show_transcript()
        QApplication.processEvents()
        yield desktop


def settings_file(desktop: Desktop) -> Settings:
    return Settings(desktop.parts.paths.settings)


def turn(widget: QWidget, notches: int, modifiers: Qt.KeyboardModifier = CTRL) -> None:
    """Turn the wheel over a widget, as the system tells of it."""
    window = widget.window()
    place = QPointF(widget.mapTo(window, widget.rect().center()))
    QTest.wheelEvent(window.windowHandle(), place, QPoint(0, 120 * notches), QPoint(), modifiers)


def column_width(transcript: Transcript) -> int:
    return transcript._stage.column()[1]


def test_keys_zoom_and_what_was_chosen_is_kept(desktop: Desktop, qtbot: QtBot) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    for _ in range(3):
        QTest.keyClick(focused, Qt.Key.Key_Plus, CTRL)
    qtbot.waitUntil(lambda: desktop.theme.text_size == READING + 3)
    assert settings_file(desktop).get("appearance.text_size") == READING + 3
    QTest.keyClick(focused, Qt.Key.Key_Minus, CTRL)
    QTest.keyClick(focused, Qt.Key.Key_0, CTRL)
    qtbot.waitUntil(lambda: desktop.theme.text_size == READING)
    assert not settings_file(desktop).is_changed("appearance.text_size")


@pytest.mark.parametrize(("size", "way", "bound"), [(22, 1, 24), (13, -1, 11)])
def test_zoom_stops_at_its_bounds(
    desktop: Desktop, qtbot: QtBot, size: int, way: int, bound: int
) -> None:
    desktop.parts.settings.set("appearance.text_size", size)
    qtbot.waitUntil(lambda: desktop.theme.text_size == size)
    for _ in range(4):
        desktop.window.zoom(way)
    qtbot.waitUntil(lambda: desktop.theme.text_size == bound)


def test_the_wheel_with_ctrl_zooms_over_the_conversation(desktop: Desktop, qtbot: QtBot) -> None:
    transcript = chat_of(desktop).transcript
    turn(transcript.viewport(), 1)
    turn(transcript.viewport(), 1)
    qtbot.waitUntil(lambda: desktop.theme.text_size == READING + 2)
    turn(seen(transcript, CodeView)[0].text, -1)
    qtbot.waitUntil(lambda: desktop.theme.text_size == READING + 1)
    turn(transcript.viewport(), 1, Qt.KeyboardModifier.NoModifier)
    qtbot.wait(60)
    assert desktop.theme.text_size == READING + 1


@pytest.mark.parametrize(("name", "least", "most"), [("narrow", 600, 600), ("full", 961, 1600)])
def test_the_reading_width_shows_at_once(
    desktop: Desktop, qtbot: QtBot, name: str, least: int, most: int
) -> None:
    chat = chat_of(desktop)
    assert column_width(chat.transcript) == 760
    desktop.parts.settings.set("appearance.reading_width", name)
    qtbot.waitUntil(lambda: least <= column_width(chat.transcript) <= most)
    text = seen(chat.transcript, TextView)[-1]
    qtbot.waitUntil(lambda: text.width() <= column_width(chat.transcript))
    qtbot.waitUntil(lambda: chat.composer.width() == column_width(chat.transcript))


def test_a_font_shows_at_once_in_prompts_replies_and_the_message(
    desktop: Desktop, qtbot: QtBot
) -> None:
    families = [f for f in QFontDatabase.families() if not QFontDatabase.isFixedPitch(f)]
    usual = desktop.theme.reading_font().family()
    other = next(family for family in families if family != usual)
    desktop.parts.settings.set("appearance.reading_font", other)
    qtbot.waitUntil(lambda: desktop.theme.reading_font().families()[0] == other)
    chat = chat_of(desktop)
    code = [view.text for view in seen(chat.transcript, CodeView)]
    texts = [view for view in seen(chat.transcript, TextView) if view not in code]
    assert len(texts) == 2
    for view in texts:
        assert view.document.defaultFont().families()[0] == other
    field = chat.composer.findChild(QPlainTextEdit, "message")
    assert field is not None
    assert field.font().families()[0] == other


def test_a_code_font_shows_at_once(desktop: Desktop, qtbot: QtBot) -> None:
    desktop.parts.settings.set("appearance.code_font", "Liberation Mono")
    transcript = chat_of(desktop).transcript
    qtbot.waitUntil(
        lambda: (
            seen(transcript, CodeView)[0].text.document.defaultFont().families()[0]
            == "Liberation Mono"
        )
    )


def test_a_family_that_is_not_here_gives_way(theme: Theme) -> None:
    usual = QFontInfo(theme.reading_font()).family()
    theme.set_reading_family("No Such Family")
    assert QFontInfo(theme.reading_font()).family() == usual
    theme.set_reading_family("serif")
    assert "serif" in theme.reading_font().families()
    with pytest.raises(ValueError, match="huge"):
        theme.set_reading_width("huge")


def test_the_page_offers_the_fonts_that_are_here(
    theme: Theme, tmp_path: Path, qtbot: QtBot
) -> None:
    settings = Settings(tmp_path / "settings.json")
    settings.set("appearance.reading_font", "Gone Sans")
    page = SettingsPage(theme, settings)
    qtbot.addWidget(page)
    page.show()
    box = page.row("appearance.reading_font").editor.findChild(QComboBox)
    code = page.row("appearance.code_font").editor.findChild(QComboBox)
    assert box is not None
    assert code is not None
    words = [box.itemText(row) for row in range(box.count())]
    assert words[:2] == ["Like the system", "Serif"]
    assert box.currentText() == "Gone Sans (not here)"
    assert code.itemText(0) == "Automatic"
    fixed = [code.itemText(row) for row in range(1, code.count())]
    assert fixed
    assert all(QFontDatabase.isFixedPitch(family) for family in fixed)
    box.setCurrentIndex(words.index("Serif"))
    assert settings.get("appearance.reading_font") == "serif"


def test_the_palette_sets_values_and_leads_to_settings(desktop: Desktop, qtbot: QtBot) -> None:
    palette = desktop.window.palette_door.palette()
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, Qt.Key.Key_K, CTRL)
    QTest.keyClicks(palette.field, "width wide")
    assert str(palette.list.currentIndex().data()) == "Reading width: Wide"
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert settings_file(desktop).get("appearance.reading_width") == "wide"
    palette.toggle()
    QTest.keyClicks(palette.field, "code font")
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert desktop.window.room == "settings"
    page = desktop.window.page("settings")
    assert isinstance(page, SettingsPage)
    row = page.row("appearance.code_font")
    assert row.isVisible()
    control = QApplication.focusWidget()
    assert control is not None
    assert row.isAncestorOf(control)


def test_the_palette_opens_a_chat_by_its_title(desktop: Desktop, qtbot: QtBot) -> None:
    store = desktop.parts.conversations
    for title in ("Trip to Zürich", "Soup"):
        store.rename(store.create().id, title)
    palette = desktop.window.palette_door.palette()
    desktop.window.open_room("models")
    palette.toggle()
    QTest.keyClicks(palette.field, "zurich")
    qtbot.waitUntil(lambda: palette.list.currentIndex().data() == "Trip to Zürich", timeout=20_000)
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert desktop.window.room == "chat"
    assert store.get(chat_of(desktop).conversation_id).title == "Trip to Zürich"
