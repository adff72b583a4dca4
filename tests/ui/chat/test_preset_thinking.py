"""Whether and how hard a preset's model thinks: chosen in its fields, saved, taken back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from support.accessible import faults
from support.dressing import dressed_when_built
from support.preset_room import preset_database, preset_room

from studio.chat import thinking
from studio.chat.options import Options
from studio.chat.presets.keeper import PresetKeeper
from studio.engine.language import Sampling
from studio.ui import accessibility
from studio.ui.chat.presets.editor import PresetEditor
from studio.ui.chat.presets.thinking import PresetThinking
from studio.ui.theme import Theme


@pytest.fixture
def keeper(tmp_path: Path) -> Iterator[PresetKeeper]:
    with preset_database(tmp_path) as database:
        yield preset_room(tmp_path, database).keeper()


@pytest.fixture
def editor(theme: Theme, qtbot: QtBot, keeper: PresetKeeper) -> Iterator[PresetEditor]:
    accessibility.introduce()
    window = QWidget()
    qtbot.addWidget(window)
    keeper.create("Mine")
    with dressed_when_built(theme):
        made = PresetEditor(theme, window, keeper, [], "mine")
    with qtbot.waitExposed(made):
        made.show()
    press(made, "preset_more")
    yield made
    window.close()


def press(editor: PresetEditor, name: str) -> None:
    button = editor.findChild(QPushButton, name)
    assert button is not None
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def box(editor: PresetEditor, name: str) -> QComboBox:
    found = next(each for each in editor.findChildren(QComboBox) if each.accessibleName() == name)
    assert found.isVisible()
    return found


def test_it_is_chosen_by_keyboard_saved_and_taken_back(
    editor: PresetEditor, keeper: PresetKeeper
) -> None:
    assert faults(editor) == []
    thinks = box(editor, "Thinks first")
    assert [thinks.itemText(row) for row in range(thinks.count())] == [
        "As the model likes",
        "Yes",
        "No",
    ]
    QTest.keyClick(thinks, Qt.Key.Key_Down)
    QTest.keyClicks(box(editor, "Effort of thinking"), "L")
    press(editor, "preset_save")
    saved = keeper.presets.get("mine")
    assert (saved.sampling.think, saved.sampling.think_effort) == (True, "low")
    assert saved.version == 2
    QTest.keyClick(thinks, Qt.Key.Key_Down)
    press(editor, "preset_save")
    assert keeper.presets.get("mine").sampling.think is False
    QTest.keyClick(thinks, Qt.Key.Key_Home)
    QTest.keyClick(box(editor, "Effort of thinking"), Qt.Key.Key_Home)
    press(editor, "preset_save")
    assert keeper.presets.get("mine").sampling == Sampling()
    told = [f"{each.before} {each.after}" for each in keeper.difference("mine", 2, 3)]
    assert any("on" in words and "off" in words for words in told), told


def test_what_the_conversation_has_chosen_stands_above_it(
    editor: PresetEditor, keeper: PresetKeeper
) -> None:
    QTest.keyClick(box(editor, "Thinks first"), Qt.Key.Key_End)
    press(editor, "preset_save")
    preset = keeper.presets.get("mine").sampling
    assert thinking.in_force(Options(), preset).think is False
    assert thinking.in_force(Options(reasoning=True), preset).think is True


@pytest.mark.parametrize("think", [None, True, False])
@pytest.mark.parametrize("effort", ["", "high", "a word of another program"])
def test_what_is_shown_is_given_back_as_it_was(
    theme: Theme, qtbot: QtBot, think: bool | None, effort: str
) -> None:
    rows = PresetThinking(theme)
    qtbot.addWidget(rows)
    sampling = replace(Sampling(temperature=0.5), think=think, think_effort=effort)
    rows.show_sampling(Sampling(think_effort="another"))
    rows.show_sampling(sampling)
    assert rows.told(sampling) == sampling
    assert rows.told(Sampling(temperature=0.5)) == sampling
