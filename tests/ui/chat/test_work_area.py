"""The middle of the Chat room: its welcome, what the composer leaves to that, and its pills."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget
from pytestqt.qtbot import QtBot

from studio.ui.chat.composer.pickers import PickerPill
from studio.ui.chat.welcome import EXAMPLES
from studio.ui.chat.work_area import WorkArea
from studio.ui.theme import READING_WIDTH, Theme
from studio.ui.widgets.badge import Badge
from studio.ui.widgets.buttons import Button

LONG = "Mistral-Small-3.2-24B-Q4_K"


@pytest.fixture
def work(theme: Theme, qtbot: QtBot) -> WorkArea:
    work = WorkArea(theme, lambda: True)
    qtbot.addWidget(work)
    work.resize(900, 640)
    work.welcome.set_has_model(True)
    work.show_welcome()
    work.show()
    return work


def pill(work: WorkArea, name: str) -> PickerPill:
    found = work.findChild(PickerPill, name)
    assert found is not None
    return found


def reason(work: WorkArea) -> QWidget:
    found = work.findChild(Badge, "composer_reason")
    assert found is not None
    return found


@pytest.mark.parametrize(("name", "text"), EXAMPLES)
def test_an_example_shows_the_words_that_it_writes(
    work: WorkArea, qtbot: QtBot, name: str, text: str
) -> None:
    button = work.findChild(Button, f"example_{name}")
    assert button is not None
    assert button.isVisible()
    assert button.text() == text
    with qtbot.waitSignal(work.welcome.example_chosen) as told:
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert told.args == [text]


def test_the_composer_does_not_repeat_what_the_welcome_says(work: WorkArea) -> None:
    work.composer.set_blocked("A model comes first.")
    assert not reason(work).isVisible()
    work.show_transcript()
    assert reason(work).isVisible()
    work.show_welcome()
    assert not reason(work).isVisible()
    work.show_transcript()
    work.composer.set_blocked("")
    assert not reason(work).isVisible()


@pytest.mark.parametrize("size", [11, 15, 19, 24])
def test_a_pill_with_room_shows_its_whole_title(work: WorkArea, theme: Theme, size: int) -> None:
    work.composer.set_model(LONG)
    work.composer.set_preset("Brief")
    theme.set_text_size(size)
    work.resize(400, 640)
    QApplication.sendPostedEvents()
    work.resize(900, 640)
    QApplication.sendPostedEvents()
    assert pill(work, "model").text() == LONG
    assert pill(work, "preset").text() == "Brief"


@pytest.mark.parametrize("squeeze", [lambda pill: pill.resize(20, 32), lambda pill: None])
def test_a_short_title_is_never_cut(work: WorkArea, squeeze: Callable[[QWidget], object]) -> None:
    work.composer.set_model("Model 12345")
    squeeze(pill(work, "model"))
    assert pill(work, "model").text() == "Model 12345"
    assert pill(work, "model").minimumSizeHint() == pill(work, "model").sizeHint()


def test_a_pill_that_was_cut_still_asks_for_all_its_room(work: WorkArea) -> None:
    work.composer.set_model(LONG)
    whole = pill(work, "model").sizeHint()
    for width in (130, 60, 10):
        pill(work, "model").resize(width, 32)
        assert pill(work, "model").text() != LONG
        assert pill(work, "model").sizeHint() == whole


@pytest.mark.parametrize("size", [15, 24])
def test_the_composer_is_as_wide_as_the_column_above_it(
    work: WorkArea, theme: Theme, qtbot: QtBot, size: int
) -> None:
    theme.set_text_size(size)
    work.resize(2000, 900)
    qtbot.waitUntil(lambda: work.composer.width() == theme.scaled(READING_WIDTH))
    middle = work.composer.geometry().center().x()
    assert middle == pytest.approx(work.width() / 2, abs=2)


@pytest.mark.parametrize("width", [700, 960, 1400])
@pytest.mark.parametrize("size", [15, 20])
def test_what_comes_above_the_composer_is_as_wide_and_moves_nothing(
    work: WorkArea, theme: Theme, width: int, size: int
) -> None:
    work.show_transcript()
    work.resize(width, 640)
    theme.set_text_size(size)
    QApplication.sendPostedEvents()
    before = work.composer.geometry()
    wide = QWidget()
    wide.setMinimumHeight(40)
    wide.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    work.add_above_composer(wide)
    wide.show()
    QApplication.sendPostedEvents()
    after = work.composer.geometry()
    assert (after.left(), after.width()) == (before.left(), before.width())
    assert (wide.x(), wide.width()) == (after.left(), after.width())
    left, column = work.transcript._stage.column()
    assert column == after.width()
    assert abs(left - after.left()) <= 1  # an odd pixel goes to either side


@pytest.mark.parametrize(("height", "is_offered"), [(600, True), (450, False)])
def test_a_long_message_and_its_warning_squeeze_no_example(
    work: WorkArea, qtbot: QtBot, height: int, is_offered: bool
) -> None:
    work.resize(703, height)
    work.composer.set_text("word\n" * 40)
    work.warn("Too long. " * 16)
    qtbot.wait(20)
    buttons = [work.findChild(Button, f"example_{name}") for name, _text in EXAMPLES]
    found = [each for each in buttons if each is not None and each.isVisible()]
    assert len(found) == (len(EXAMPLES) if is_offered else 0)
    assert all(each.height() >= each.sizeHint().height() for each in found)
    places = [QRect(each.mapTo(work, QPoint(0, 0)), each.size()) for each in found]
    assert not any(one.intersects(other) for one, other in pairwise(places))
    work.resize(703, 1_000)
    work.composer.clear()
    work.warn("")
    assert all(each is not None and each.isVisible() for each in buttons)
