"""Where the window was is kept, restored, and corrected when the screens have changed."""

from __future__ import annotations

import json
import logging
from pathlib import Path

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from studio.ui.theme import Theme
from studio.ui.widgets.window_place import WindowPlace, fitted, load, save
from studio.ui.window import MainWindow, Page, Room

SCREEN = QRect(0, 0, 1920, 1080)
SECOND = QRect(1920, 0, 2560, 1440)


def make(theme: Theme, qtbot: QtBot, file: Path, restore: bool = True) -> MainWindow:
    rooms = [
        Room(name, name.title(), "box", lambda: Page(QWidget())) for name in ("chat", "models")
    ]
    window = MainWindow(theme, rooms, file, restore=restore)
    window.open_first_room()
    qtbot.addWidget(window)
    return window


def with_title(inside: QRect) -> QRect:
    """Return a window's place with the bar that the desktop puts above it."""
    return inside.adjusted(0, -36, 0, 0)


def test_a_place_that_is_on_a_screen_is_kept() -> None:
    wish = QRect(2000, 100, 1200, 800)
    assert fitted(wish, [SCREEN, SECOND]) == wish


def test_without_a_wish_it_opens_in_the_middle() -> None:
    got = with_title(fitted(None, [SCREEN]))
    assert (got.center() - SCREEN.center()).manhattanLength() <= 1
    assert SCREEN.contains(got)


@pytest.mark.parametrize("wish", [None, QRect(0, 0, 1180, 780), QRect(50, -30, 1280, 800)])
def test_the_title_bar_of_a_window_on_a_small_screen_is_in_reach(wish: QRect | None) -> None:
    screen = QRect(0, 0, 1280, 800)
    assert screen.contains(with_title(fitted(wish, [screen])))


@pytest.mark.parametrize(
    "wish",
    [
        QRect(2000, 100, 1200, 800),
        QRect(-5000, -5000, 1200, 800),
        QRect(1910, 1070, 1200, 800),
    ],
    ids=["screen-gone", "far-away", "only-a-corner"],
)
def test_a_place_on_no_screen_is_given_up(wish: QRect) -> None:
    assert SCREEN.contains(fitted(wish, [SCREEN]))


def test_a_place_that_hangs_over_is_moved_in() -> None:
    assert fitted(QRect(1500, -200, 1200, 800), [SCREEN]) == QRect(720, 36, 1200, 800)


def test_a_window_larger_than_the_screen_shrinks() -> None:
    assert with_title(fitted(QRect(0, 0, 5000, 4000), [SCREEN])) == SCREEN


def test_a_tiny_window_grows() -> None:
    got = fitted(QRect(100, 100, 200, 200), [SCREEN])
    assert got.width() >= 720


def test_it_comes_back_where_it_was(theme: Theme, qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "window.json"
    first = make(theme, qtbot, file)
    screen = first.screen().availableGeometry()
    first.show()
    first.setGeometry(screen.left() + 10, screen.top() + 20, 980, 620)
    first.resize(980, 620)
    first.open_room("models")
    first.close()
    kept = load(file)
    assert kept is not None
    assert (kept.width, kept.height, kept.room) == (980, 620, "models")

    second = make(theme, qtbot, file)
    assert second.room == "models"
    assert second.geometry() == fitted(kept.rect, [screen])


def test_restoring_can_be_refused(theme: Theme, qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "window.json"
    save(file, WindowPlace(5, 5, 970, 610, room="models"))
    assert make(theme, qtbot, file, restore=False).room == "chat"


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        "not json",
        "[" * 100_000,
        '{"x": 1}',
        '{"x": "a", "y": 1, "width": 900, "height": 700, "maximized": false, "room": ""}',
        '{"x": 1e99, "y": 1, "width": 900, "height": 700, "maximized": false, "room": ""}',
    ],
)
def test_a_damaged_file_is_as_none(
    theme: Theme, qtbot: QtBot, tmp_path: Path, content: str
) -> None:
    file = tmp_path / "window.json"
    file.write_text(content, encoding="utf-8")
    assert load(file) is None
    assert make(theme, qtbot, file).room == "chat"


def test_a_room_that_no_longer_exists_is_forgotten(
    theme: Theme, qtbot: QtBot, tmp_path: Path
) -> None:
    file = tmp_path / "window.json"
    save(file, WindowPlace(5, 5, 970, 610, room="garage"))
    assert make(theme, qtbot, file).room == "chat"


def test_a_disk_that_refuses_costs_only_the_place(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    with caplog.at_level(logging.INFO):
        save(blocked / "window.json", WindowPlace(0, 0, 970, 610))
    assert "could not be kept" in caplog.text


def test_the_file_is_plain_json(tmp_path: Path) -> None:
    file = tmp_path / "window.json"
    save(file, WindowPlace(1, 2, 970, 610, True, "chat"))
    assert json.loads(file.read_text(encoding="utf-8"))["maximized"] is True
