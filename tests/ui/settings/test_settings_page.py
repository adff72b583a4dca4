"""The settings page shows whatever is declared, and keeps what a person sets."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QWidget
from pytestqt.qtbot import QtBot
from support.dressing import dressed_when_built

from studio.settings import SETTINGS, Settings
from studio.ui.settings.page import SettingsPage
from studio.ui.theme import Theme
from studio.ui.widgets.buttons import Button, IconButton


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "settings.json")


@pytest.fixture
def page(theme: Theme, settings: Settings, qtbot: QtBot) -> SettingsPage:
    with dressed_when_built(theme):
        page = SettingsPage(
            theme,
            settings,
            {"chat.default_model": lambda: [("", "Automatic"), ("smol", "SmolLM2")]},
        )
    qtbot.addWidget(page)
    page.resize(960, 640)
    page.show()
    return page


def visible_rows(page: SettingsPage) -> set[str]:
    return {setting.name for setting in SETTINGS if page.row(setting.name).isVisible()}


def test_every_setting_has_a_row_with_its_words_and_value(
    page: SettingsPage, settings: Settings
) -> None:
    assert len(SETTINGS) >= 10
    for setting in SETTINGS:
        row = page.row(setting.name)
        assert setting.title.casefold() in row.words
        assert setting.help.casefold() in row.words
        assert row.editor.value() == settings.get(setting.name)
        assert not row.is_marked


def test_a_category_shows_its_settings_only(page: SettingsPage) -> None:
    page.show_category("Models")
    assert visible_rows(page) == {s.name for s in SETTINGS if s.category == "Models"}


def test_arrow_keys_move_through_the_categories(page: SettingsPage) -> None:
    first = page.findChild(Button, "category_appearance")
    assert first is not None
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Down)
    assert "chat.send_with_enter" in visible_rows(page)


def test_search_goes_over_all_categories_and_technical_names(
    page: SettingsPage, qtbot: QtBot
) -> None:
    page.focus_search()
    QTest.keyClicks(page.search, "n_threads")
    qtbot.waitUntil(lambda: visible_rows(page) == {"models.threads"})
    QTest.keyClick(page.search, Qt.Key.Key_Escape)
    assert "appearance.theme" in visible_rows(page)


def test_no_category_is_highlighted_while_searching(page: SettingsPage, qtbot: QtBot) -> None:
    def highlighted() -> list[str]:
        buttons = page.findChildren(Button)
        return [each.objectName() for each in buttons if each.isCheckable() and each.isChecked()]

    page.show_category("Chat")
    assert highlighted() == ["category_chat"]
    page.search.setText("n_threads")
    qtbot.waitUntil(lambda: highlighted() == [])
    page.search.clear()
    qtbot.waitUntil(lambda: highlighted() == ["category_chat"])
    assert visible_rows(page) == {s.name for s in SETTINGS if s.category == "Chat"}


def test_a_search_without_a_hit_says_so(page: SettingsPage, qtbot: QtBot) -> None:
    page.search.setText("zebra")
    qtbot.waitUntil(lambda: visible_rows(page) == set())
    words = page.findChildren(QWidget)
    assert any(
        "Try fewer" in getattr(widget, "text", str)() for widget in words if widget.isVisible()
    )


def test_what_is_edited_is_kept_marked_and_can_be_reset(
    page: SettingsPage, settings: Settings, qtbot: QtBot
) -> None:
    page.show_category("Models")
    row = page.row("models.threads")
    spin = row.editor.focusProxy()
    assert spin is not None
    QTest.keyClick(spin, Qt.Key.Key_Up)
    assert settings.get("models.threads") == 1
    qtbot.waitUntil(lambda: row.is_marked)
    reset = row.findChild(IconButton, "reset_models_threads")
    assert reset is not None
    assert reset.isVisible()
    reset.click()
    assert settings.get("models.threads") == 0
    qtbot.waitUntil(lambda: not row.is_marked)


def test_a_change_from_elsewhere_arrives(
    page: SettingsPage, settings: Settings, qtbot: QtBot
) -> None:
    thread = threading.Thread(target=settings.set, args=("appearance.text_size", 20))
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: page.row("appearance.text_size").editor.value() == 20)


def test_what_cannot_be_kept_is_told_and_taken_back(
    page: SettingsPage, settings: Settings, tmp_path: Path, qtbot: QtBot
) -> None:
    file = tmp_path / "settings.json"
    file.unlink(missing_ok=True)
    file.mkdir()
    row = page.row("privacy.confirm_links")
    control = row.editor.focusProxy()
    assert control is not None
    QTest.keyClick(control, Qt.Key.Key_Space)
    assert settings.get("privacy.confirm_links") is True
    assert row.editor.value() is True
    banner = page.findChild(QWidget, "banner")
    assert banner is not None
    assert banner.isVisible()


def test_a_value_that_is_no_longer_offered_stays_visible(
    theme: Theme, settings: Settings, qtbot: QtBot
) -> None:
    settings.set("chat.default_model", "gone")
    page = SettingsPage(theme, settings, {"chat.default_model": lambda: [("smol", "SmolLM2")]})
    qtbot.addWidget(page)
    page.show()
    page.show_category("Chat")
    assert page.row("chat.default_model").editor.value() == "gone"
    assert settings.get("chat.default_model") == "gone"


def test_a_page_that_is_gone_hears_nothing(theme: Theme, settings: Settings) -> None:
    page = SettingsPage(theme, settings)
    page.deleteLater()
    del page
    settings.set("appearance.text_size", 18)


def test_everything_is_named_and_tall_enough(
    page: SettingsPage, actionable: Callable[[QWidget], list[QWidget]]
) -> None:
    found = actionable(page)
    assert len(found) > len(SETTINGS)
    for widget in found:
        assert widget.objectName(), widget
        assert widget.accessibleName(), widget.objectName()
        assert widget.sizeHint().height() >= 32, widget.objectName()


def test_values_of_other_parts_are_asked_off_the_window(
    theme: Theme, settings: Settings, qtbot: QtBot
) -> None:
    asked_on: list[threading.Thread] = []
    waiting: list[Callable[[], None]] = []

    def models() -> list[tuple[str, str]]:
        asked_on.append(threading.current_thread())
        return [("", "Automatic"), ("smol", "SmolLM2")]

    settings.set("chat.default_model", "smol")
    page = SettingsPage(theme, settings, {"chat.default_model": models}, waiting.append)
    qtbot.addWidget(page)
    editor = page.row("chat.default_model").editor
    assert asked_on == []
    assert editor.value() == "smol"
    thread = threading.Thread(target=waiting[0])
    thread.start()
    thread.join()
    assert asked_on == [thread]
    chooser = editor.focusProxy()
    assert isinstance(chooser, QComboBox)
    qtbot.waitUntil(lambda: chooser.currentText() == "SmolLM2")
    assert chooser.count() == 2
