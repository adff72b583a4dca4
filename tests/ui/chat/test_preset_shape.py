"""A preset's shape of replies: chosen in the presets' window, saved as a version, taken back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QWidget
from pytestqt.qtbot import QtBot
from support.dressing import dressed_when_built
from support.preset_room import preset_database, preset_room

from studio.chat.presets.keeper import PresetKeeper
from studio.chat.shape import Shape, shape_of
from studio.ui.chat.presets.editor import PresetEditor
from studio.ui.chat.shape.dialog import ShapeDialog
from studio.ui.theme import Theme


@pytest.fixture
def keeper(tmp_path: Path) -> Iterator[PresetKeeper]:
    with preset_database(tmp_path) as database:
        yield preset_room(tmp_path, database).keeper()


def test_a_grammar_is_chosen_for_a_preset_and_saved(
    theme: Theme, qtbot: QtBot, keeper: PresetKeeper
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    keeper.create("Mine")
    with dressed_when_built(theme):
        editor = PresetEditor(theme, window, keeper, [], "mine")
    with qtbot.waitExposed(editor):
        editor.show()
    form = editor.parts.form
    form.shape.change.setFocus()
    QTest.keyClick(form.shape.change, Qt.Key.Key_Space)
    dialog = editor.findChild(ShapeDialog)
    assert dialog is not None
    box = dialog.findChild(QComboBox, "shape_kind")
    assert box is not None
    assert [box.itemText(row) for row in range(box.count())] == [
        "Free text",
        "JSON, by a schema",
        "Text, by a grammar",
    ]
    box.setCurrentIndex(2)
    QTest.keyClicks(dialog.editor, 'root ::= "yes" | "no"')
    qtbot.waitUntil(dialog.save.isEnabled)
    QTest.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    assert form.shape.change.accessibleName() == "Shape of replies: Text, by a grammar. Change"
    QTest.mouseClick(editor.parts.save, Qt.MouseButton.LeftButton)
    saved = keeper.presets.get("mine")
    assert shape_of(saved.sampling) == Shape("grammar", 'root ::= "yes" | "no"')
    assert saved.version == 2
    window.close()
