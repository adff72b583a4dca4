"""Buttons, fields and meters: what they tell, and how the keyboard works them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from studio.ui.theme import Theme
from studio.ui.widgets.buttons import Button, IconButton, Pill, slug
from studio.ui.widgets.editors import (
    ChoiceEditor,
    NumberEditor,
    NumberField,
    SwitchEditor,
    TextEditor,
)
from studio.ui.widgets.folder_list import FolderListEditor
from studio.ui.widgets.labels import ElidedLabel
from studio.ui.widgets.meter import Meter
from studio.ui.widgets.search_field import SearchField


def test_words_become_object_names() -> None:
    assert slug("Add model…") == "add_model"
    assert slug("Search  settings") == "search_settings"


def test_a_click_leaves_the_focus_where_it_was(theme: Theme, qtbot: QtBot) -> None:
    button = Button(theme, "Save")
    qtbot.addWidget(button)
    assert button.focusPolicy() == Qt.FocusPolicy.TabFocus


def test_an_icon_button_tells_its_words_and_keys(theme: Theme, qtbot: QtBot) -> None:
    button = IconButton(theme, "copy", "Copy the reply", "Ctrl+C")
    qtbot.addWidget(button)
    assert button.accessibleName() == "Copy the reply"
    assert "Ctrl+C" in button.toolTip()


def test_a_pill_cuts_long_choices_in_the_middle(theme: Theme, qtbot: QtBot) -> None:
    chosen: list[str] = []
    pill = Pill(theme, "Model")
    qtbot.addWidget(pill)
    long = "Mistral-Small-3.2-24B-Instruct-2506-Q4_K_XL"
    pill.set_choice(long)
    assert len(pill.text()) <= 28
    assert pill.text().startswith("Mistral")
    assert pill.text().endswith("K_XL")
    assert long in pill.toolTip()
    assert pill.accessibleName() == f"Model: {long}"
    pill.add_choice("Small", lambda: chosen.append("small")).trigger()
    assert chosen == ["small"]


def test_a_pill_opens_its_menu_by_keyboard(theme: Theme, qtbot: QtBot) -> None:
    pill = Pill(theme, "Model")
    qtbot.addWidget(pill)
    pill.add_choice("Small", lambda: None)
    pill.show()
    QTest.keyClick(pill, Qt.Key.Key_Space)
    assert pill.choices.isVisible()
    pill.choices.close()


def test_a_pill_without_a_choice_says_what_it_is_for(theme: Theme, qtbot: QtBot) -> None:
    pill = Pill(theme, "Preset")
    qtbot.addWidget(pill)
    assert pill.text() == "Preset"


@pytest.mark.parametrize(
    ("used", "limit", "share", "token"),
    [
        (0, 0, 0.0, "accent"),
        (50, 100, 0.5, "accent"),
        (85, 100, 0.85, "warning"),
        (99, 100, 0.99, "danger"),
        (500, 100, 1.0, "danger"),
        (-5, 100, 0.0, "accent"),
    ],
)
def test_the_meter_warns_before_it_is_full(
    theme: Theme, qtbot: QtBot, used: int, limit: int, share: float, token: str
) -> None:
    meter = Meter(theme)
    qtbot.addWidget(meter)
    meter.set_use(used, limit)
    assert meter.share == share
    assert meter.token() == token


def test_the_meter_says_its_numbers(theme: Theme, qtbot: QtBot) -> None:
    meter = Meter(theme)
    qtbot.addWidget(meter)
    assert meter.accessibleName() == "Context used: not known"
    meter.set_use(1234, 8192)
    assert meter.toolTip() == "Context used: 1,234 of 8,192 tokens"


def test_searching_waits_for_a_pause_in_typing(theme: Theme, qtbot: QtBot) -> None:
    field = SearchField(theme, "Search models")
    qtbot.addWidget(field)
    found: list[str] = []
    field.searched.connect(found.append)
    QTest.keyClicks(field, " qwen ")
    qtbot.waitUntil(lambda: found == ["qwen"])


def test_what_a_search_field_is_for_can_be_read(theme: Theme, qtbot: QtBot) -> None:
    field = SearchField(theme, "Search models")
    qtbot.addWidget(field)
    field.show()
    for mode in ("dark", "light"):
        theme.set_mode(mode)
        field.ensurePolished()
        assert field.palette().placeholderText().color() == theme.color("faint")


def test_return_searches_at_once_and_escape_clears(theme: Theme, qtbot: QtBot) -> None:
    field = SearchField(theme, "Search models")
    qtbot.addWidget(field)
    found: list[str] = []
    field.searched.connect(found.append)
    QTest.keyClicks(field, "llama")
    QTest.keyClick(field, Qt.Key.Key_Return)
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert found == ["llama", ""]
    assert field.text() == ""


def test_arrow_down_leaves_for_the_list(theme: Theme, qtbot: QtBot) -> None:
    field = SearchField(theme, "Search models")
    qtbot.addWidget(field)
    with qtbot.waitSignal(field.left):
        QTest.keyClick(field, Qt.Key.Key_Down)


@pytest.mark.parametrize(("text", "kept"), [("", False), ("some", True)])
def test_escape_belongs_to_the_field_only_while_it_holds_text(
    theme: Theme, qtbot: QtBot, text: str, kept: bool
) -> None:
    field = SearchField(theme, "Search models")
    qtbot.addWidget(field)
    field.setText(text)
    event = QKeyEvent(
        QEvent.Type.ShortcutOverride, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier
    )
    event.ignore()
    QApplication.sendEvent(field, event)
    assert event.isAccepted() is kept


def test_long_names_are_cut_and_told_in_full(theme: Theme, qtbot: QtBot) -> None:
    made = ElidedLabel(theme, "a-name-that-is-much-too-long-for-its-place.gguf", 13)
    qtbot.addWidget(made)
    made.resize(80, 24)
    made.grab()
    assert made.toolTip() == made.text()
    made.resize(made.sizeHint())
    made.grab()
    assert made.toolTip() == ""


def test_showing_a_value_tells_nobody(theme: Theme, qtbot: QtBot) -> None:
    editors = [
        (SwitchEditor(theme, "On"), True),
        (NumberEditor(theme, "Number", (0, 10)), 7),
        (NumberEditor(theme, "Factor", (0, 2), digits=2), 1.5),
        (TextEditor("Text"), "words"),
        (ChoiceEditor(theme, "One", [("a", "A"), ("b", "B")]), "b"),
        (FolderListEditor(theme, "Folders"), ("/a", "/b")),
    ]
    for editor, value in editors:
        qtbot.addWidget(editor)
        with qtbot.assertNotEmitted(editor.edited):
            editor.show_value(value)
        assert editor.value() == value


def test_a_number_at_its_minimum_can_mean_automatic(theme: Theme, qtbot: QtBot) -> None:
    editor = NumberEditor(theme, "Threads", (0, 64), unit="cores", at_minimum="Automatic")
    qtbot.addWidget(editor)
    spin = editor.findChild(NumberField)
    assert spin is not None
    editor.show_value(0)
    assert spin.text() == "Automatic"
    editor.show_value(8)
    assert spin.text() == "8 cores"
    with qtbot.waitSignal(editor.edited) as told:
        QTest.keyClick(spin, Qt.Key.Key_Up)
    assert told.args == [9]


def number_field(editor: NumberEditor, qtbot: QtBot) -> NumberField:
    qtbot.addWidget(editor)
    with qtbot.waitExposed(editor):
        editor.show()
    editor.activateWindow()
    field = editor.findChild(NumberField)
    assert field is not None
    return field


def test_what_is_typed_takes_the_place_of_the_word(theme: Theme, qtbot: QtBot) -> None:
    editor = NumberEditor(theme, "Length", (0, 9000), unit="tokens", at_minimum="Automatic")
    field = number_field(editor, qtbot)
    QTest.mouseClick(field.lineEdit(), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: field.lineEdit().selectedText() == "Automatic")
    with qtbot.waitSignal(editor.edited) as told:
        QTest.keyClicks(field, "4096")
        QTest.keyClick(field, Qt.Key.Key_Return)
    assert told.args == [4096]
    assert field.text() == "4,096 tokens"


def test_an_emptied_field_means_automatic_again(theme: Theme, qtbot: QtBot) -> None:
    editor = NumberEditor(theme, "Layers", (-1, 100), at_minimum="Automatic")
    field = number_field(editor, qtbot)
    editor.show_value(12)
    field.setFocus()
    field.selectAll()
    with qtbot.waitSignal(editor.edited) as told:
        QTest.keyClick(field, Qt.Key.Key_Backspace)
        QTest.keyClick(field, Qt.Key.Key_Return)
    assert told.args == [-1]
    assert editor.value() == -1
    assert field.text() == "Automatic"


def test_an_emptied_field_without_such_a_word_keeps_its_number(theme: Theme, qtbot: QtBot) -> None:
    editor = NumberEditor(theme, "Size", (11, 24), unit="px")
    field = number_field(editor, qtbot)
    editor.show_value(15)
    field.setFocus()
    field.selectAll()
    QTest.keyClick(field, Qt.Key.Key_Backspace)
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert (editor.value(), field.text()) == (15, "15 px")


def test_letters_are_not_taken_for_a_number(theme: Theme, qtbot: QtBot) -> None:
    editor = NumberEditor(theme, "Size", (11, 24), unit="px")
    field = number_field(editor, qtbot)
    editor.show_value(15)
    with qtbot.assertNotEmitted(editor.edited):
        QTest.keyClicks(field, "many")
        QTest.keyClick(field, Qt.Key.Key_Return)
    assert editor.value() == 15


def test_a_number_has_arrows_to_click(theme: Theme, qtbot: QtBot) -> None:
    editor = NumberEditor(theme, "Length", (0, 9000), unit="tokens", step=1024)
    field = number_field(editor, qtbot)
    editor.show_value(2048)
    field.resize(160, 32)
    up, down = QPoint(150, 9), QPoint(150, 24)
    QTest.mouseClick(field, Qt.MouseButton.LeftButton, pos=up)
    assert editor.value() == 3072
    QTest.mouseClick(field, Qt.MouseButton.LeftButton, pos=down)
    QTest.mouseClick(field, Qt.MouseButton.LeftButton, pos=down)
    assert editor.value() == 1024


def test_a_number_field_stands_out_from_its_ground(theme: Theme, qtbot: QtBot) -> None:
    editor = NumberEditor(theme, "Size", (11, 24), unit="px")
    field = number_field(editor, qtbot)
    field.clearFocus()
    field.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, False)
    picture = field.grab().toImage()
    assert picture.pixelColor(field.width() // 2, 0) == theme.color("edge")
    assert picture.pixelColor(field.width() - 27, field.height() // 2) == theme.color("border")


def test_short_numbers_have_short_fields(theme: Theme, qtbot: QtBot) -> None:
    short = NumberEditor(theme, "Size", (11, 24), unit="px")
    long = NumberEditor(theme, "Length", (0, 4_194_304), unit="tokens", at_minimum="Automatic")
    switch = SwitchEditor(theme, "On")
    for editor in (short, long, switch):
        qtbot.addWidget(editor)
    assert short.wanted_width(theme) < long.wanted_width(theme) == switch.wanted_width(theme)
    before = short.wanted_width(theme)
    theme.set_text_size(24)
    assert short.wanted_width(theme) > before


def test_the_wheel_scrolls_the_page_and_not_the_value(theme: Theme, qtbot: QtBot) -> None:
    number = NumberEditor(theme, "Threads", (0, 64))
    choice = ChoiceEditor(theme, "One", [("a", "A"), ("b", "B")])
    for editor, value in ((number, 8), (choice, "a")):
        qtbot.addWidget(editor)
        editor.show_value(value)
        target = editor.focusProxy()
        assert target is not None
        event = QWheelEvent(
            QPointF(5, 5),
            QPointF(5, 5),
            QPoint(0, -120),
            QPoint(0, -120),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(target, event)
        assert editor.value() == value


def test_text_is_told_once_it_is_finished(theme: Theme, qtbot: QtBot) -> None:
    editor = TextEditor("Name")
    qtbot.addWidget(editor)
    line = editor.findChild(QLineEdit)
    assert line is not None
    heard: list[str] = []
    editor.edited.connect(heard.append)
    QTest.keyClicks(line, "small")
    assert heard == []
    QTest.keyClick(line, Qt.Key.Key_Return)
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert heard == ["small"]


def test_folders_are_added_and_taken_off(theme: Theme, qtbot: QtBot) -> None:
    answers = iter(["/data", "", "/data", "/more"])
    editor = FolderListEditor(theme, "Folders", choose=lambda: next(answers))
    qtbot.addWidget(editor)
    heard: list[tuple[str, ...]] = []
    editor.edited.connect(heard.append)
    add = editor.findChild(Button, "add_folder")
    assert add is not None
    for _ in range(4):
        add.click()
    assert heard == [("/data",), ("/data", "/more")]
    take = next(b for b in editor.findChildren(IconButton) if "/data" in b.accessibleName())
    take.click()
    assert heard[-1] == ("/more",)


def test_a_switch_turns_by_keyboard(theme: Theme, qtbot: QtBot) -> None:
    editor = SwitchEditor(theme, "Ask before opening links")
    qtbot.addWidget(editor)
    control = editor.focusProxy()
    assert control is not None
    with qtbot.waitSignal(editor.edited) as told:
        QTest.keyClick(control, Qt.Key.Key_Space)
    assert told.args == [True]
