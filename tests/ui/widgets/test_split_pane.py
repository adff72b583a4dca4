"""The list steps aside in a narrow window, and the person's wish wins."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from studio.ui.widgets.split_pane import SplitPane


@pytest.fixture
def pane(qtbot: QtBot) -> SplitPane:
    pane = SplitPane(QWidget(), QWidget(), QWidget())
    qtbot.addWidget(pane)
    pane.resize(1300, 600)
    pane.show()
    return pane


def test_list_and_inspector_keep_to_their_widths(pane: SplitPane, qtbot: QtBot) -> None:
    pane.set_inspector_visible(True)
    qtbot.waitUntil(lambda: 300 <= pane.sizes()[2] <= 340)
    assert 240 <= pane.sizes()[0] <= 300


def test_the_inspector_waits_to_be_asked(pane: SplitPane, qtbot: QtBot) -> None:
    assert not pane.inspector_visible
    with qtbot.waitSignal(pane.inspector_shown) as told:
        pane.toggle_inspector()
    assert told.args == [True]


def test_the_list_steps_aside_when_it_is_narrow_and_comes_back(pane: SplitPane) -> None:
    pane.set_inspector_visible(True)
    pane.resize(960, 600)
    assert not pane.list_visible
    pane.resize(1300, 600)
    assert pane.list_visible


def test_a_list_that_was_hidden_stays_hidden(pane: SplitPane) -> None:
    pane.toggle_list()
    pane.resize(900, 600)
    pane.resize(1600, 600)
    assert not pane.list_visible


def test_a_list_that_is_asked_for_comes_even_where_it_is_narrow(pane: SplitPane) -> None:
    pane.set_inspector_visible(True)
    pane.resize(900, 600)
    pane.toggle_list()
    assert pane.list_visible


def test_there_is_room_for_the_list_in_a_small_window(pane: SplitPane) -> None:
    pane.resize(1024 - 56, 600)
    assert pane.list_visible
