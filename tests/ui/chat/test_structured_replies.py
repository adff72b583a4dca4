"""A reply under a schema as a tree: looked at, opened, copied; and what does not fit is told."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from time import monotonic
from typing import Any

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot
from support.accessible import Role, all_of, tree
from support.talk import seen

from studio.chat.conversation import Message
from studio.ui.chat.messages.json_rows import JsonRows
from studio.ui.chat.messages.json_tree import JsonTree
from studio.ui.chat.messages.structured import pretty, read_reply
from studio.ui.chat.messages.structured_view import StructuredView
from studio.ui.chat.messages.views import EndingView
from studio.ui.chat.transcript.transcript import Transcript
from studio.ui.theme import Theme
from studio.ui.widgets.code import CodeView

DATA = {"name": "Ada", "age": 36, "tags": ["a/b", {"x~y": None}], "ok": True}


def reply(text: str, problem: str | None = None, stop: str = "end") -> Message:
    verdict = {"kind": "json_schema", "valid": problem is None, "problem": problem}
    return Message(
        "r",
        "c",
        "q",
        "assistant",
        text,
        datetime.now(UTC),
        stop=stop,
        recipe={"structured": verdict},
    )


def shown(transcript: Transcript, message: Message) -> StructuredView:
    transcript.set_messages([message])
    (view,) = seen(transcript, StructuredView)
    return view


def clipboard() -> str:
    return QGuiApplication.clipboard().text()


@pytest.mark.parametrize("value", [DATA, [], {}, 1, "text", None, [[[1]]], list(range(1_200))])
def test_the_model_of_the_tree_is_sound(value: Any) -> None:
    rows = JsonRows(value)
    QAbstractItemModelTester(rows, QAbstractItemModelTester.FailureReportingMode.Fatal)
    while rows.canFetchMore(QModelIndex()):
        rows.fetchMore(QModelIndex())
    expected = len(value) if isinstance(value, list | dict) else 1
    assert rows.rowCount() == expected
    assert json.loads(rows.text(QModelIndex())) == value


def test_names_values_and_kinds_stand_in_rows(transcript: Transcript) -> None:
    view = shown(transcript, reply(json.dumps(DATA)))
    assert view.verdict.words() == "Fits the schema"
    rows = view.tree.rows
    lines = [[rows.index(row, column).data() for column in range(3)] for row in range(4)]
    assert lines == [
        ["name", "Ada", "text"],
        ["age", "36", "number"],
        ["tags", "2 items", "list"],
        ["ok", "true", "true or false"],
    ]
    words = rows.index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert words == "age: 36, number"


def test_the_whole_is_copied_with_the_button(transcript: Transcript) -> None:
    view = shown(transcript, reply(json.dumps(DATA)))
    QTest.mouseClick(view.copy, Qt.MouseButton.LeftButton)
    assert clipboard() == json.dumps(DATA, indent=2)


def test_a_branch_is_opened_and_copied_by_keyboard(transcript: Transcript) -> None:
    view = shown(transcript, reply(json.dumps(DATA)))
    tree = view.tree
    tree.setFocus()
    tree.collapseAll()
    for key in (Qt.Key.Key_Home, Qt.Key.Key_Down, Qt.Key.Key_Down):
        QTest.keyClick(tree, key)
    tags = tree.currentIndex()
    assert tags.siblingAtColumn(0).data() == "tags"
    QTest.keyClick(tree, Qt.Key.Key_Right)
    assert tree.isExpanded(tags.siblingAtColumn(0))
    QTest.keyClick(tree, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert json.loads(clipboard()) == DATA["tags"]
    QTest.keyClick(tree, Qt.Key.Key_Asterisk)
    assert tree.isExpanded(tree.rows.index(1, 0, tags.siblingAtColumn(0)))
    QTest.keyClick(tree, Qt.Key.Key_Left)
    assert not tree.isExpanded(tags.siblingAtColumn(0))
    QTest.keyClick(tree, Qt.Key.Key_Home)
    QTest.keyClick(tree, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert clipboard() == "Ada"


def test_the_menu_copies_a_value_and_its_path(transcript: Transcript) -> None:
    tree = shown(transcript, reply(json.dumps(DATA))).tree
    tags = tree.rows.index(2, 0)
    inner = tree.rows.index(0, 0, tree.rows.index(1, 0, tags))
    menu = tree.menu(inner)
    assert isinstance(menu, QMenu)
    path = menu.findChild(QAction, "json_copy_path")
    assert isinstance(path, QAction)
    path.trigger()
    assert clipboard() == "/tags/1/x~0y"
    opening = menu.findChild(QAction, "json_open")
    assert isinstance(opening, QAction)
    assert not opening.isEnabled()
    menu.deleteLater()


def test_the_switch_shows_the_text_and_stays_where_it_was(
    transcript: Transcript, qtbot: QtBot
) -> None:
    message = reply(json.dumps(DATA))
    view = shown(transcript, message)
    QTest.mouseClick(view.as_text, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: view.code.isVisible() and not view.tree.isVisible())
    assert view.code.piece.text == json.dumps(DATA, indent=2)
    transcript.entries[0].update(message)
    transcript.lay_out()
    assert seen(transcript, StructuredView)[0].code.isVisible()
    QTest.mouseClick(view.as_tree, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(view.tree.isVisible)


def test_tree_and_text_are_told_as_choices(transcript: Transcript) -> None:
    view = shown(transcript, reply(json.dumps(DATA)))

    def told() -> dict[str, bool]:
        nodes = [each for each in all_of(tree(view)) if each.role == Role.RadioButton]
        return {each.name: each.is_checked for each in nodes}

    assert told() == {"Show as tree": True, "Show as text": False}
    QTest.mouseClick(view.as_text, Qt.MouseButton.LeftButton)
    assert told() == {"Show as tree": False, "Show as text": True}


def test_opening_a_branch_gives_the_reply_more_room(transcript: Transcript, qtbot: QtBot) -> None:
    view = shown(transcript, reply(json.dumps(DATA)))
    view.tree.collapseAll()
    qtbot.waitUntil(lambda: view.height() == view.heightForWidth(view.width()))
    before = view.height()
    view.tree.expandAll()
    qtbot.waitUntil(lambda: view.height() > before)


def test_what_does_not_fit_is_told_below_the_tree(transcript: Transcript) -> None:
    view = shown(transcript, reply('{"age": 200}', "At /age: 200 is more than 150."))
    assert view.verdict.words() == "Does not fit the schema"
    (ending,) = seen(transcript, EndingView)
    assert ending.words() == "Does not fit the schema. At /age: 200 is more than 150."


def test_what_was_cut_off_is_shown_as_code_and_told_once(transcript: Transcript) -> None:
    problem = "It was cut off at the length limit. It is not complete JSON."
    transcript.set_messages([reply('{"name": "Ad', problem, "max_tokens")])
    assert not seen(transcript, StructuredView)
    (code,) = seen(transcript, CodeView)
    assert code.piece.text == '{"name": "Ad'
    (ending,) = seen(transcript, EndingView)
    assert ending.words() == f"Does not fit the schema. {problem}"


def test_replies_without_a_shape_are_shown_as_ever(transcript: Transcript) -> None:
    plain = Message("r", "c", "q", "assistant", '{"a": 1}', datetime.now(UTC))
    transcript.set_messages([plain])
    assert not seen(transcript, StructuredView)


def test_a_reply_of_a_megabyte_comes_and_opens_without_a_stall(theme: Theme, qtbot: QtBot) -> None:
    tree = JsonTree(theme)
    qtbot.addWidget(tree)
    tree.resize(700, 400)
    tree.show()
    item = {"name": "x" * 20, "list": [1, 2, 3], "inner": {"a": None, "b": True}}
    value = {"items": [item] * 12_000, "long": "y" * 200_000, "deep": _nested(200)}
    assert len(json.dumps(value)) > 1_000_000
    began = monotonic()
    tree.show_value(value)
    tree.open_all(tree.rows.index(0, 0))
    tree.open_all(tree.rows.index(2, 0))
    tree.grab()
    assert monotonic() - began < 5  # a third of a second; each row at once takes minutes
    assert tree.visible_rows(5_000) < 4_000


def _nested(depth: int) -> Any:
    value: Any = 1
    for _ in range(depth):
        value = [value]
    return value


def test_what_is_nested_too_deep_for_lines_is_copied_as_it_is() -> None:
    text = "[" * 1_500 + "]" * 1_500
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(20_000)  # as later Pythons read it
    try:
        read_reply(text)
    finally:
        sys.setrecursionlimit(limit)
    assert pretty(text) == text


def test_half_characters_and_hostile_names_are_shown(transcript: Transcript) -> None:
    text = '{"\\ud83d": "\\udc00", "<b>html</b>": "<script>", "\\n": "line\\nline", "": 0}'
    view = shown(transcript, reply(text))
    view.grab()
    rows = view.tree.rows
    assert rows.index(1, 0).data() == "<b>html</b>"
    view.tree.copy(rows.index(0, 0))
    view.tree.menu(rows.index(0, 0)).deleteLater()
    QTest.mouseClick(view.copy, Qt.MouseButton.LeftButton)
