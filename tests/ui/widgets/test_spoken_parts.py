"""What single parts tell a screen reader: what they are, where the focus is, and nothing twice."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QWidget
from pytestqt.qtbot import QtBot
from support.accessible import faults
from support.listener import Listener
from support.talk import message

from studio.chat.options import Options
from studio.chat.presets.presets import Preset
from studio.chat.turn import ReplyGrew, TurnFinished
from studio.engine.language import Sampling
from studio.ui import accessibility
from studio.ui.chat.compare.setup import SideChoice
from studio.ui.chat.composer.composer import Composer
from studio.ui.chat.composer.pickers import PresetPicker
from studio.ui.chat.inspector.think_choice import ThinkChoice
from studio.ui.chat.messages.views import WorkingView
from studio.ui.chat.several.reply_column import ReplyColumn
from studio.ui.theme import Theme
from studio.ui.widgets.buttons import IconButton
from studio.ui.widgets.code import CodeView
from studio.ui.widgets.markdown.pieces import Code, Rich
from studio.ui.widgets.markdown.text_view import TextView
from studio.ui.widgets.split_pane import SplitPane

Role, Text = QAccessible.Role, QAccessible.Text


@pytest.fixture(autouse=True)
def spoken(qapp: QApplication) -> None:
    accessibility.introduce()
    QAccessible.setActive(True)


def told(thing: QObject) -> QAccessibleInterface:
    found = QAccessible.queryAccessibleInterface(thing)
    assert found is not None
    return found


def test_a_view_is_a_heading_while_it_shows_one(theme: Theme, qtbot: QtBot) -> None:
    view = TextView(theme)
    qtbot.addWidget(view)
    for kind, role in (("heading", Role.Heading), ("text", Role.StaticText)):
        view.show_piece(Rich(f"<p>{kind}</p>", kind))
        assert told(view).role() == role


def test_no_part_is_of_a_kind_that_systems_do_not_know(theme: Theme, qtbot: QtBot) -> None:
    pane, working = SplitPane(QWidget(), QWidget()), WorkingView(theme)
    for each in (pane, working):
        qtbot.addWidget(each)
    assert told(pane.handle(1)).role() == Role.Separator
    assert told(working).role() == Role.Grouping


def test_what_hands_the_focus_on_does_not_have_it(theme: Theme, qtbot: QtBot) -> None:
    composer = Composer(theme, lambda: True)
    qtbot.addWidget(composer)
    with qtbot.waitActive(composer):
        composer.show()
        composer.activateWindow()
    composer.focus_text()
    focused = QApplication.focusWidget()
    assert focused is not None
    assert told(focused).state().focused
    assert not told(composer).state().focused


def test_the_row_of_a_picker_is_told_while_the_keyboard_is_in_its_field(
    theme: Theme, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner, listener = QWidget(), Listener(monkeypatch)
    qtbot.addWidget(owner)
    owner.show()
    picker = PresetPicker(theme, owner)
    picker.set_presets(
        [Preset(f"p{n}", f"Preset {n}", f"About {n}.", "", Sampling()) for n in range(9)]
    )
    picker.set_current("Preset 3")
    picker.open()
    assert listener.words() == ["Preset 3, current, About 3."]
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
        QTest.keyClick(picker.focusWidget(), key)
    assert listener.words() == ["Preset 4, About 4.", "Preset 3, current, About 3."]
    QTest.keyClicks(picker.focusWidget(), "7x")
    told = ["Preset 7, About 7.", "Nothing here matches “7x”."]
    assert listener.words() == told
    picker.close()


def test_every_drop_down_has_a_label_of_its_own(theme: Theme, qtbot: QtBot) -> None:
    think, side = ThinkChoice(theme), SideChoice(theme, "Left", "left")
    think.show_options(Options(), ["low", "high"])
    for each in (think, side):
        qtbot.addWidget(each)
        each.show()
        assert faults(each) == []
    labels = {
        other.text(Text.Name)
        for box in side.findChildren(QComboBox)
        for other, kind in told(box).relations()
        if kind == QAccessible.RelationFlag.Label
    }
    assert labels == {"Left: Model", "Left: Preset"}


def test_a_button_does_not_describe_itself_by_its_name(theme: Theme, qtbot: QtBot) -> None:
    button = IconButton(theme, "x", "Withdraw", "Del")
    qtbot.addWidget(button)
    assert "Withdraw" not in told(button).text(Text.Description)


@pytest.mark.parametrize(
    ("language", "words"), [("python", "Copy the Python code"), ("", "Copy the code")]
)
def test_copying_code(theme: Theme, qtbot: QtBot, language: str, words: str) -> None:
    view = CodeView(theme)
    qtbot.addWidget(view)
    view.show_piece(Code("1", language))
    names = [each.accessibleName() for each in view.findChildren(QWidget)]
    assert words in names


def test_a_reply_beside_others_is_told_once_it_has_ended(
    theme: Theme, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    column, described = ReplyColumn(theme, "Reply 1"), list[str]()
    qtbot.addWidget(column)
    monkeypatch.setattr(column, "setAccessibleDescription", described.append)
    for piece in ("Two ", "words"):
        column.take(ReplyGrew("c", "m1", piece))
    assert described == ["Writing"]
    column.take(TurnFinished("c", message(1, "assistant", "Two words")))
    assert described[-1] == "Two words"
    assert sum("Two words" in words for words in described) == 1
