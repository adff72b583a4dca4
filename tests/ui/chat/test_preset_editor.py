"""The presets' window: fields checked while typing, versions compared, everything undone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QPlainTextEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from support.dressing import dressed_when_built
from support.preset_room import PresetRoom, preset_database, preset_room

from studio.chat.presets.keeper import PresetKeeper
from studio.chat.presets.preset_file import Example
from studio.ui.chat.composer.choice_rows import CHOICE
from studio.ui.chat.composer.composer import Composer
from studio.ui.chat.composer.pickers import PresetPicker
from studio.ui.chat.presets.door import PresetDoor
from studio.ui.chat.presets.editor import PresetEditor
from studio.ui.theme import Theme


@pytest.fixture
def room(tmp_path: Path) -> Iterator[PresetRoom]:
    with preset_database(tmp_path) as database:
        yield preset_room(tmp_path, database)


@pytest.fixture
def keeper(room: PresetRoom) -> PresetKeeper:
    return room.keeper()


@pytest.fixture
def editor(theme: Theme, qtbot: QtBot, keeper: PresetKeeper) -> Iterator[PresetEditor]:
    window = QWidget()  # which would take the editor with it
    qtbot.addWidget(window)
    keeper.create("Mine")
    with dressed_when_built(theme):
        editor = PresetEditor(theme, window, keeper, ["tiny"], "mine")
    with qtbot.waitExposed(editor):
        editor.show()
    yield editor
    window.close()


def titles(editor: PresetEditor) -> list[str]:
    model = editor.parts.list.model()
    return [model.index(row, 0).data(CHOICE).title for row in range(model.rowCount())]


def named(root: QWidget, name: str) -> QWidget:
    (found,) = (each for each in root.findChildren(QWidget, name) if not each.isHidden())
    return found


def index_of(editor: PresetEditor, title: str) -> QModelIndex:
    return editor.parts.list.model().index(titles(editor).index(title), 0)


def test_the_preset_in_use_is_on_show(editor: PresetEditor) -> None:
    assert titles(editor) == ["Assistant", "Brief", "Mine"]
    assert editor.parts.form.title.text() == "Mine"
    assert editor.parts.state.text() == "Yours · version 1"
    assert not editor.parts.save.isEnabled()
    assert editor.parts.discard.isHidden()


def test_what_is_typed_is_saved_as_a_version(
    editor: PresetEditor, keeper: PresetKeeper, qtbot: QtBot
) -> None:
    QTest.keyClicks(editor.parts.form.system, "Be mine.")
    assert editor.parts.save.isEnabled()
    with qtbot.waitSignal(editor.presets_changed):
        QTest.mouseClick(editor.parts.save, Qt.MouseButton.LeftButton)
    assert keeper.presets.get("mine").system == "Be mine."
    assert editor.parts.state.text() == "Yours · version 2"
    assert editor.parts.toasts.words() == "Saved “Mine” as version 2."
    editor.parts.toasts.undo()
    assert keeper.presets.get("mine").system == ""
    assert [version.origin for version in keeper.history("mine")][:1] == ["restored"]


def test_two_names_alike_are_told_while_typing(editor: PresetEditor) -> None:
    editor.parts.form.title.selectAll()
    QTest.keyClicks(editor.parts.form.title, "brief")
    told = "There is a preset named “brief” already. Choose another name."
    assert editor.parts.problem.words() == told
    assert editor.parts.problem.isVisible()
    assert not editor.parts.save.isEnabled()
    QTest.keyClicks(editor.parts.form.title, "er")
    assert editor.parts.problem.isHidden()
    assert editor.parts.save.isEnabled()


def paste(editor: PresetEditor, text: str) -> None:
    data = QMimeData()
    data.setText(text)
    editor.parts.form.system.insertFromMimeData(data)


def test_a_megabyte_is_not_pasted_and_told(editor: PresetEditor) -> None:
    paste(editor, "Be kind.")
    paste(editor, "x" * 1_000_000)
    assert editor.parts.form.system.toPlainText() == "Be kind."
    told = "Nothing was pasted. Instructions: 1,000,008 characters are too many; "
    assert editor.parts.toasts.words().startswith(told)


def test_a_long_text_without_a_space_can_be_saved(
    editor: PresetEditor, keeper: PresetKeeper
) -> None:
    paste(editor, "x" * 150_000)
    assert editor.parts.problem.words() == ""
    editor.save()
    assert len(keeper.presets.get("mine").system) == 150_000


def test_what_cannot_be_saved_keeps_the_window_where_it_is(
    editor: PresetEditor, keeper: PresetKeeper
) -> None:
    editor.parts.form.title.clear()
    QTest.keyClicks(editor.parts.form.title, " ")
    editor.close()
    assert editor.isVisible()
    editor.parts.list.setCurrentIndex(index_of(editor, "Brief"))
    assert editor.preset == keeper.presets.get("mine")
    QTest.mouseClick(editor.parts.discard, Qt.MouseButton.LeftButton)
    assert editor.parts.form.title.text() == "Mine"
    editor.close()
    assert not editor.isVisible()


def test_going_to_another_preset_saves_the_one_before(
    editor: PresetEditor, keeper: PresetKeeper
) -> None:
    QTest.keyClicks(editor.parts.form.system, "Be mine.")
    editor.parts.list.setCurrentIndex(index_of(editor, "Brief"))
    assert keeper.presets.get("mine").system == "Be mine."
    assert editor.parts.form.title.text() == "Brief"
    assert editor.parts.form.system.toPlainText() == "Be brief."


def test_looking_at_a_preset_changes_nothing(editor: PresetEditor, keeper: PresetKeeper) -> None:
    for title in ("Assistant", "Brief", "Mine"):
        editor.parts.list.setCurrentIndex(index_of(editor, title))
        assert not editor.parts.save.isEnabled()
    assert all(len(keeper.history(name)) == 1 for name in ("assistant", "brief", "mine"))


@pytest.mark.parametrize(
    "odd",
    [
        {"description": " For\u00a0notes.\nAnd more. "},
        {"system": "Be\u00a0kind.\r\nBe brief."},
        {"examples": (Example("10\u00a0km?\r\nWhy?", "Ten\u00a0kilometres."),)},
    ],
    ids=["description", "system", "examples"],
)
def test_what_a_field_cannot_show_stays_as_it_is(
    editor: PresetEditor, keeper: PresetKeeper, odd: dict[str, Any]
) -> None:
    kept = keeper.save(replace(keeper.presets.get("mine"), **odd))
    editor.parts.list.setCurrentIndex(index_of(editor, "Brief"))
    editor.parts.list.setCurrentIndex(index_of(editor, "Mine"))
    assert not editor.parts.save.isEnabled()
    QTest.keyClicks(editor.parts.form.title, "!")
    editor.save()
    saved = keeper.presets.get("mine")
    assert saved.title == "Mine!"
    assert replace(saved, title="Mine", version=kept.version) == kept


def test_too_long_an_example_is_not_pasted_and_told(editor: PresetEditor) -> None:
    QTest.mouseClick(named(editor, "add_example"), Qt.MouseButton.LeftButton)
    data = QMimeData()
    data.setText("x" * 60_000)
    answer = named(editor, "answer_of_example_1")
    assert isinstance(answer, QPlainTextEdit)
    answer.insertFromMimeData(data)
    assert answer.toPlainText() == ""
    told = "Nothing was pasted. Example 1: 60,000 characters are too many; "
    assert editor.parts.toasts.words().startswith(told)


def test_a_changed_preset_of_the_program_is_put_back(
    editor: PresetEditor, keeper: PresetKeeper
) -> None:
    editor.parts.list.setCurrentIndex(index_of(editor, "Brief"))
    assert editor.parts.state.text() == "Came with the program · version 1"
    assert editor.parts.delete.isHidden()
    assert editor.parts.reset.isHidden()
    QTest.keyClicks(editor.parts.form.about, "Very short.")
    editor.save()
    assert editor.parts.state.text() == "Changed by you · version 2"
    QTest.mouseClick(editor.parts.reset, Qt.MouseButton.LeftButton)
    assert not keeper.presets.get("brief").is_own
    editor.parts.toasts.undo()
    assert keeper.presets.get("brief").description == "Very short."


def test_a_deleted_preset_comes_back(editor: PresetEditor, keeper: PresetKeeper) -> None:
    assert editor.parts.trash.isHidden()
    QTest.mouseClick(editor.parts.delete, Qt.MouseButton.LeftButton)
    assert titles(editor) == ["Assistant", "Brief"]
    QTest.mouseClick(editor.parts.trash, Qt.MouseButton.LeftButton)
    (menu,) = editor.findChildren(QMenu)
    (action,) = menu.actions()
    assert action.text() == "Bring back “Mine”"
    action.trigger()
    menu.close()
    assert editor.preset == keeper.presets.get("mine")
    QTest.mouseClick(editor.parts.delete, Qt.MouseButton.LeftButton)
    editor.parts.toasts.undo()
    assert titles(editor) == ["Assistant", "Brief", "Mine"]
    assert keeper.trashed() == []


@pytest.mark.parametrize("title", ["Mine", "Brief"])
def test_what_is_not_saved_yet_comes_back_with_undo(
    editor: PresetEditor, keeper: PresetKeeper, title: str
) -> None:
    editor.parts.list.setCurrentIndex(index_of(editor, title))
    QTest.keyClicks(editor.parts.form.about, "Old.")
    editor.save()
    QTest.keyClicks(editor.parts.form.about, " New.")
    button = editor.parts.delete if title == "Mine" else editor.parts.reset
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    editor.parts.toasts.undo()
    assert keeper.presets.get(title.lower()).description.endswith("Old. New.")


def test_new_and_copied_presets_are_named_apart(editor: PresetEditor) -> None:
    QTest.mouseClick(editor.parts.duplicate, Qt.MouseButton.LeftButton)
    QTest.mouseClick(editor.parts.new, Qt.MouseButton.LeftButton)
    assert titles(editor) == ["Assistant", "Brief", "Mine", "Mine copy", "New preset"]
    assert editor.parts.form.title.selectedText() == "New preset"


def test_examples_are_added_and_removed(editor: PresetEditor, keeper: PresetKeeper) -> None:
    form = editor.parts.form
    QTest.mouseClick(named(form, "add_example"), Qt.MouseButton.LeftButton)
    QTest.keyClicks(named(form, "question_of_example_1"), "Hot?")
    assert editor.parts.problem.words() == "Example 1 needs both a question and an answer."
    QTest.keyClicks(named(form, "answer_of_example_1"), "Warm.")
    editor.save()
    assert keeper.presets.get("mine").examples == (Example("Hot?", "Warm."),)
    QTest.mouseClick(named(form, "remove_example_1"), Qt.MouseButton.LeftButton)
    editor.save()
    assert keeper.presets.get("mine").examples == ()


def test_an_example_shows_at_least_three_lines(editor: PresetEditor, qtbot: QtBot) -> None:
    form = editor.parts.form
    QTest.mouseClick(named(form, "add_example"), Qt.MouseButton.LeftButton)
    answer = named(form, "answer_of_example_1")
    assert isinstance(answer, QPlainTextEdit)
    answer.setPlainText("one\ntwo\nthree")
    qtbot.waitUntil(lambda: answer.isVisible() and answer.verticalScrollBar().maximum() == 0)


def test_an_older_version_is_looked_at_and_restored(
    editor: PresetEditor, keeper: PresetKeeper
) -> None:
    QTest.keyClicks(editor.parts.form.system, "Be kind.")
    editor.save()
    QTest.mouseClick(editor.parts.switch, Qt.MouseButton.LeftButton)
    history = editor.parts.history
    assert history.isVisible()
    assert history.list.count() == 2
    assert "Instructions" in history.told.toPlainText()
    assert "Be kind." in history.told.toPlainText()
    assert not history.restore.isEnabled()
    history.list.setCurrentRow(1)
    QTest.mouseClick(history.restore, Qt.MouseButton.LeftButton)
    assert keeper.presets.get("mine").system == ""
    assert history.list.count() == 3


def test_a_model_that_is_gone_is_told_and_kept(editor: PresetEditor, keeper: PresetKeeper) -> None:
    keeper.save(replace(keeper.presets.get("mine"), model="Big"))
    editor.parts.form.show_preset(keeper.presets.get("mine"), ["tiny"])
    told = [each.text() for each in editor.findChildren(type(editor.parts.heading))]
    assert any(text.startswith("Big is not here: until it is back, ") for text in told)
    assert editor.parts.form.preset().model == "Big"


def test_numbers_that_a_field_rounds_stay_as_they_are(
    editor: PresetEditor, keeper: PresetKeeper
) -> None:
    mine = keeper.presets.get("mine")
    fine = replace(mine, sampling=replace(mine.sampling, min_p=0.0123, seed=7, top_logprobs=3))
    editor.parts.form.show_preset(fine, [])
    assert editor.parts.form.preset() == fine


def test_a_failure_is_told_in_the_window(
    editor: PresetEditor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("studio.chat.presets.folder.write_private", refuse)
    QTest.keyClicks(editor.parts.form.system, "Be kind.")
    editor.save()
    assert "could not be saved: No space left" in editor.parts.banner.text()
    assert editor.parts.form.system.toPlainText() == "Be kind."


def test_everything_has_a_name(
    editor: PresetEditor, actionable: Callable[[QWidget], list[QWidget]]
) -> None:
    found = actionable(editor)
    assert len(found) > 15
    nameless = [each for each in found if not each.objectName() or not each.accessibleName()]
    assert not nameless


def test_the_composer_s_list_leads_to_the_window(
    theme: Theme, qtbot: QtBot, keeper: PresetKeeper
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    composer = Composer(theme, lambda: True)
    QVBoxLayout(window).addWidget(composer)
    door = PresetDoor(
        theme, window, lambda: keeper, lambda: (), lambda: ["tiny"], lambda work: work()
    )
    composer.set_presets(keeper.presets.list())
    composer.set_preset("Brief")
    with qtbot.waitExposed(window):
        window.show()
    picker = window.findChild(PresetPicker)
    assert picker is not None
    picker.open()
    for _ in range(2):
        QTest.keyClick(named(picker, "preset_picker_list"), Qt.Key.Key_Down)
    QTest.keyClick(named(picker, "preset_picker_list"), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: door.editor is not None)
    assert isinstance(door.editor, PresetEditor)
    assert door.editor.preset == keeper.presets.get("brief")
    door.editor.close()
    qtbot.waitUntil(lambda: door.editor is None)
