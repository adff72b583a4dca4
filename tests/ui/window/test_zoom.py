"""Zoom: quick steps are one change, and words and their rows change together."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from support.talk import seen, talk

from studio.ui.chat.messages.rows import Row
from studio.ui.chat.transcript.transcript import Transcript
from studio.ui.theme import READING, TEXT_SIZES, Theme
from studio.ui.widgets.markdown.text_view import TextView
from studio.ui.widgets.zoom import GATHER_MS, Zoom


@pytest.fixture
def zoom(theme: Theme, qapp: QApplication) -> Zoom:
    return Zoom(theme, theme)


@pytest.fixture
def transcript(theme: Theme, qtbot: QtBot) -> Transcript:
    made = Transcript(theme)
    qtbot.addWidget(made)
    made.resize(900, 500)
    made.show()
    made.show_branch(talk(24))
    qtbot.waitUntil(lambda: made._placing.is_settled)
    return made


def test_quick_steps_are_one_change(zoom: Zoom, theme: Theme, qtbot: QtBot) -> None:
    changes: list[int] = []
    theme.changed.connect(lambda: changes.append(theme.text_size))
    with qtbot.waitSignal(zoom.chosen) as told:
        for _ in range(3):
            zoom.by(1)
            assert theme.text_size == READING
    assert told.args == [READING + 3]
    assert changes == [READING + 3]


def test_steps_both_ways_and_back_add_up(zoom: Zoom, theme: Theme, qtbot: QtBot) -> None:
    for step in (1, 1, -1):
        zoom.by(step)
    with qtbot.waitSignal(zoom.chosen):
        pass
    assert theme.text_size == READING + 1
    for step in (5, 0, 2):
        zoom.by(step)
    with qtbot.waitSignal(zoom.chosen):
        pass
    assert theme.text_size == READING + 2


@pytest.mark.parametrize(("step", "bound"), [(1, TEXT_SIZES.stop - 1), (-1, TEXT_SIZES.start)])
def test_steps_beyond_a_bound_are_not_owed_back(
    zoom: Zoom, theme: Theme, step: int, bound: int
) -> None:
    for _ in range(30):
        zoom.by(step)
    zoom.by(-step)
    zoom.settle()
    assert theme.text_size == bound - step


def test_settled_comes_when_everything_has_heard_of_the_change(theme: Theme, qtbot: QtBot) -> None:
    heard: list[str] = []
    theme.settled.connect(lambda: heard.append("settled"))
    theme.changed.connect(lambda: heard.append("changed"))
    theme.set_text_size(18)
    theme.set_reading_width("wide")
    theme.set_reading_family("serif")
    theme.set_code_family("monospace")
    assert heard == ["changed", "settled"] * 4


class _Drawn(QObject):
    """Notes the texts that are drawn into a room that is not as high as they are."""

    def __init__(self) -> None:
        super().__init__()
        self.clipped: list[str] = []
        self.count = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and isinstance(watched, TextView):
            self.count += 1
            if watched.heightForWidth(watched.width()) != watched.height():
                self.clipped.append(watched.text())
        return False


def test_no_text_is_drawn_into_the_room_of_another_size(
    transcript: Transcript, theme: Theme, qapp: QApplication, qtbot: QtBot
) -> None:
    drawn = _Drawn()
    qapp.installEventFilter(drawn)
    theme.set_text_size(22)
    for view in seen(transcript, TextView):
        assert view.height() == view.heightForWidth(view.width())
    transcript.viewport().repaint()
    qtbot.waitUntil(lambda: transcript._placing.is_settled)
    qtbot.wait(20)
    qapp.removeEventFilter(drawn)
    assert drawn.count > 2
    assert drawn.clipped == []


def test_only_what_is_in_sight_is_measured_at_once(
    transcript: Transcript, theme: Theme, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    measured: list[Row] = []
    measure = transcript._stage.measure

    def note(row: Row) -> bool:
        measured.append(row)
        return measure(row)

    monkeypatch.setattr(transcript._placing, "_measure", note)
    theme.set_text_size(22)
    in_sight = [
        placed
        for placed in transcript._placing.rows
        if placed.bottom > 0 and placed.top < transcript.viewport().height()
    ]
    assert 0 < len(set(measured)) <= len(in_sight) + 2
    qtbot.waitUntil(lambda: transcript._placing.is_settled)
    assert len(set(measured)) > len(in_sight) + 2


def test_a_new_look_dresses_every_widget_no_more_often_the_deeper_it_lies(
    theme: Theme, qapp: QApplication, qtbot: QtBot
) -> None:
    outermost = QWidget()
    qtbot.addWidget(outermost)
    deepest = outermost
    for _ in range(12):
        deepest = QWidget(deepest)
    outermost.show()
    times = {outermost: 0, deepest: 0}

    class Count(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.StyleChange and isinstance(watched, QWidget):
                times[watched] += 1
            return False

    count = Count()
    for each in times:
        each.installEventFilter(count)
    theme.set_text_size(19)
    assert times[deepest] == times[outermost] > 0


def test_without_a_step_there_is_nothing_to_settle(zoom: Zoom, theme: Theme, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(zoom.chosen):
        zoom.settle()
    zoom.by(1)
    zoom.settle()
    with qtbot.assertNotEmitted(zoom.chosen, wait=GATHER_MS + 50):
        zoom.settle()
    assert theme.text_size == READING + 1
