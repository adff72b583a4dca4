"""The votes on two replies: told to a screen reader as choices, given by keyboard."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from support.accessible import Role, all_of, tree

from studio.chat.compare.comparison import Comparison, Side, Vote
from studio.ui.chat.compare.view import CompareView
from studio.ui.theme import Theme

NAMES = ["Left is better", "Both are good", "Both are bad", "Right is better"]
DONE = Side("tiny", "plain", "Plain", "finished", "Because.")
MADE = Comparison("c", datetime(2026, 1, 1, tzinfo=UTC), "Why?", DONE, replace(DONE, model="big"))


@pytest.fixture
def view(theme: Theme, qtbot: QtBot) -> CompareView:
    made = CompareView(theme)
    qtbot.addWidget(made)
    made.voted.connect(lambda vote: made.show_comparison(replace(MADE, vote=vote)))
    made.show_comparison(MADE)
    made.resize(900, 500)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    return made


def given(view: CompareView) -> list[Vote]:
    return [vote for vote, button in view.votes.items() if button.isChecked()]


def test_they_are_choices_of_which_one_is_made(view: CompareView) -> None:
    told = [node for node in all_of(tree(view)) if node.name in NAMES]
    assert sorted(node.name for node in told) == sorted(NAMES)
    assert {node.role for node in told} == {Role.RadioButton}
    assert given(view) == []
    for _ in range(2):  # once given, it stays given
        QTest.keyClick(view.votes["left"], Qt.Key.Key_Space)
        assert given(view) == ["left"]
    QTest.mouseClick(view.votes["both_bad"], Qt.MouseButton.LeftButton)
    assert given(view) == ["both_bad"]
    view.show_comparison(MADE)
    assert given(view) == []


def test_each_is_reached_by_tab_and_arrow_keys_give_none(view: CompareView) -> None:
    left, good = view.votes["left"], view.votes["both_good"]
    QTest.keyClick(left, Qt.Key.Key_Space)
    left.setFocus()
    QTest.keyClick(left, Qt.Key.Key_Right)
    assert given(view) == ["left"]
    left.setFocus()
    QTest.keyClick(left, Qt.Key.Key_Tab)
    assert good.hasFocus()
    QTest.keyClick(good, Qt.Key.Key_Space)
    assert given(view) == ["both_good"]
