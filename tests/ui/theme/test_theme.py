"""The theme: appearance, type, icons, and the style sheet made of them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QFont, QIcon
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from studio.ui.icons import tinted
from studio.ui.theme import CAPTION, CONTROL, DARK, LIGHT, PAGE, READING, Theme

SOURCES = Path(__file__).parents[3] / "studio" / "ui"


def alike(one: QColor, other: QColor) -> bool:
    """Equal but for the rounding of half-covered pixels."""
    pairs = ((one.red(), other.red()), (one.green(), other.green()), (one.blue(), other.blue()))
    return all(abs(a - b) <= 2 for a, b in pairs)


def test_changes_of_appearance_are_told_once(theme: Theme, qtbot: QtBot) -> None:
    assert theme.palette is LIGHT
    with qtbot.waitSignal(theme.changed):
        theme.set_mode("dark")
    assert theme.palette is DARK
    with qtbot.assertNotEmitted(theme.changed):
        theme.set_mode("dark")


def test_an_unknown_appearance_is_refused(theme: Theme) -> None:
    with pytest.raises(ValueError, match="sepia"):
        theme.set_mode("sepia")


def test_the_system_without_a_wish_is_light(theme: Theme) -> None:
    theme.set_mode("dark")
    theme.set_mode("system")
    assert not theme.is_dark


def test_the_application_wears_the_palette(theme: Theme, qapp: QApplication) -> None:
    theme.set_mode("dark")
    assert qapp.palette().window().color() == QColor(DARK.bg)
    assert DARK.accent in qapp.styleSheet()
    theme.set_mode("light")
    assert qapp.palette().window().color() == QColor(LIGHT.bg)


def test_reading_grows_twice_as_fast_as_controls(theme: Theme) -> None:
    theme.set_text_size(21)
    assert theme.scaled(READING) == 21
    assert theme.scaled(CONTROL) == 16
    assert theme.scaled(PAGE) > theme.scaled(READING)


@pytest.mark.parametrize(("wish", "got"), [(2, 11), (99, 24), (18, 18)])
def test_text_size_stays_within_bounds(theme: Theme, wish: int, got: int) -> None:
    theme.set_text_size(wish)
    assert theme.text_size == got


def test_fonts_follow_size_weight_and_figures(theme: Theme) -> None:
    font = theme.font(CAPTION, 600, tabular=True)
    assert font.pixelSize() == CAPTION
    assert font.weight() == QFont.Weight.DemiBold
    assert font.isFeatureSet(QFont.Tag("tnum"))
    assert theme.font(CONTROL, mono=True).styleHint() == QFont.StyleHint.Monospace


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_icons_are_drawn_for_the_scale_of_each_screen(
    theme: Theme, scale: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("studio.ui.icons._scales", lambda: {1.0, scale})
    monkeypatch.setattr("studio.ui.theme.tinted", tinted.__wrapped__)
    pixmap = theme.icon("plus", "danger", 20).pixmap(QSize(20, 20), scale)
    assert pixmap.size() == QSize(round(20 * scale), round(20 * scale))
    image = pixmap.toImage()
    middle = image.pixelColor(image.width() // 2, image.height() // 2)
    assert alike(middle, QColor(LIGHT.danger))


def test_icons_fade_when_disabled(theme: Theme) -> None:
    icon = theme.icon("plus", "on_accent", 20)
    image = icon.pixmap(QSize(20, 20), 1.0, QIcon.Mode.Disabled).toImage()
    assert alike(image.pixelColor(10, 10), QColor(LIGHT.faint))


def test_a_missing_icon_is_not_papered_over(theme: Theme) -> None:
    with pytest.raises(FileNotFoundError):
        theme.icon("no-such-icon")


def test_every_icon_takes_its_colour_from_the_theme(resources: Path) -> None:
    icons = sorted((resources / "icons").glob("*.svg"))
    assert len(icons) >= 40
    for icon in icons:
        assert "currentColor" in icon.read_text(encoding="utf-8"), icon.name
    assert "ISC License" in (resources / "icons" / "LICENSE").read_text(encoding="utf-8")


def test_the_style_sheet_has_no_open_name(theme: Theme) -> None:
    for mode in ("light", "dark"):
        theme.set_mode(mode)
        assert not re.search(r"\$\{?[a-z]", theme.stylesheet())


def test_every_look_that_is_asked_for_is_in_the_style_sheet(theme: Theme) -> None:
    asked = set()
    for source in SOURCES.rglob("*.py"):
        asked |= set(re.findall(r'set_look\([\w.]+, "([a-z-]+)"\)', source.read_text("utf-8")))
    assert len(asked) >= 8
    plain = {"plain"}
    for look in asked - plain:
        assert f'[look="{look}"]' in theme.stylesheet(), look
