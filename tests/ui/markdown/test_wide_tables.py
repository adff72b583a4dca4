"""Tables too wide for their place: no word of them is broken, and their parts scroll as one."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QTextTable, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from studio.ui.chat.messages.flow import Flow
from studio.ui.theme import Theme
from studio.ui.widgets.markdown.pieces import Table
from studio.ui.widgets.markdown.stream import MarkdownStream
from studio.ui.widgets.markdown.table_view import TableView

WIDTH = 600
ROW = "|" + " Kingdom | 67,000 |" * 5 + "\n"
WIDE = ROW + "|" + "--|" * 10 + "\n" + ROW * 20
HEBREW = "| שם | מספר | הערה |\n|---|---|---|\n| דוד | 12 |\n| חנה | 3 | word |\n"


def tables(text: str) -> list[Table]:
    """Return the tables of a text as its rows hold them."""
    flow = Flow()
    flow.follow(text)
    flow.keep_up()
    return [row.content for row in flow.rows() if isinstance(row.content, Table)]


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    QVBoxLayout(made)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    return made


def shown(pieces: Sequence[Table], theme: Theme, window: QWidget) -> list[TableView]:
    """Return the views of tables, below what the window has already."""
    views: list[TableView] = []
    for piece in pieces:
        view = TableView(theme)
        view.hide()
        column = window.layout()
        assert column is not None
        column.addWidget(view)
        view.show_piece(piece)
        view.setFixedSize(WIDTH, view.heightForWidth(WIDTH))
        view.show()
        views.append(view)
    column = window.layout()
    assert column is not None
    column.activate()
    return views


def values(views: Sequence[TableView]) -> set[int]:
    return {view.horizontalScrollBar().value() for view in views}


def cells(view: TableView, row: int) -> list[str]:
    """Return the words of a row, from the left."""
    (table,) = view.text.document.rootFrame().childFrames()
    assert isinstance(table, QTextTable)
    blocks = [table.cellAt(row, n).firstCursorPosition().block() for n in range(table.columns())]
    return [block.text() for block in blocks]


def test_the_parts_of_a_table_scroll_together_and_have_one_bar(
    theme: Theme, window: QWidget, qtbot: QtBot
) -> None:
    views = shown(tables(WIDE), theme, window)
    assert len(views) == 3
    bars = [view.horizontalScrollBar() for view in views]
    qtbot.waitUntil(lambda: [bar.isVisible() for bar in bars] == [False, False, True])
    for value, view in zip((50, 70, 90), views, strict=True):
        view.horizontalScrollBar().setValue(value)
        assert values(views) == {value}
    (late,) = shown(tables(WIDE)[1:2], theme, window)
    assert values([*views, late]) == {90}, "what comes into view later is where the others are"


def test_another_table_does_not_move_along(theme: Theme, window: QWidget) -> None:
    *views, other = shown([*tables(WIDE), *tables(WIDE.replace("K", "R"))[:1]], theme, window)
    views[0].horizontalScrollBar().setValue(40)
    assert values(views) == {40}
    assert values([other]) == {0}


def test_the_keyboard_scrolls_a_wide_table_as_a_whole(theme: Theme, window: QWidget) -> None:
    views = shown(tables(WIDE), theme, window)
    QTest.keyClick(views[0].window(), Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is views[0]
    QTest.keyClick(views[0], Qt.Key.Key_Right)
    assert len(values(views)) == 1
    assert min(values(views)) > 0
    QTest.keyClick(views[0], Qt.Key.Key_Left)
    assert values(views) == {0}
    (narrow,) = shown(tables("|a|\n|-|\n|b|\n"), theme, window)
    assert narrow.focusPolicy() == Qt.FocusPolicy.NoFocus


def test_the_wheel_scrolls_sideways_with_shift_alone(theme: Theme, window: QWidget) -> None:
    views = shown(tables(WIDE), theme, window)
    no_key, shift = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
    for keys, is_taken in ((no_key, False), (shift, True)):
        place = QPointF(20, 20)
        no_button, no_phase = Qt.MouseButton.NoButton, Qt.ScrollPhase.NoScrollPhase
        turned = QWheelEvent(
            place, place, QPoint(), QPoint(0, -120), no_button, keys, no_phase, False
        )
        views[1].wheelEvent(turned)
        assert (turned.isAccepted(), values(views) != {0}) == (is_taken, is_taken)


@pytest.mark.parametrize("rows", [2, 20])
def test_no_ordinary_word_or_number_is_broken(rows: int, theme: Theme, window: QWidget) -> None:
    text = ROW + "|" + "--|" * 10 + "\n" + ROW * rows
    for view in shown(tables(text), theme, window):
        block = view.text.document.begin()
        while block.isValid():
            assert block.layout().lineCount() <= 1, block.text()
            block = block.next()
        assert view.horizontalScrollBar().maximum() > 0


def test_a_word_without_end_is_broken_and_does_not_push_the_others_away(
    theme: Theme, window: QWidget
) -> None:
    (view,) = shown(tables(f"|a|b|\n|-|-|\n|{'x' * 900}|some words|\n"), theme, window)
    assert view.horizontalScrollBar().maximum() == 0
    assert view.text.width() == WIDTH


def test_a_table_that_runs_to_the_left_begins_at_the_right(theme: Theme, window: QWidget) -> None:
    (view,) = shown(tables(HEBREW), theme, window)
    assert cells(view, 0) == ["הערה", "מספר", "שם"]
    assert cells(view, 1) == ["", "12", "דוד"]
    assert cells(view, 2) == ["word", "3", "חנה"]
    assert view.text.geometry().right() == WIDTH - 1


def test_a_wide_one_of_them_is_first_seen_at_the_right(theme: Theme, window: QWidget) -> None:
    wide = (
        HEBREW.replace("|\n", "| מילים | מילים | מילים | מילים | מילים | מילים |\n", 1)
        .replace("---|\n", "---|" + "---|" * 6 + "\n")
        .replace("word", "internationalization")
    )
    bar = shown(tables(wide), theme, window)[0].horizontalScrollBar()
    assert bar.value() == bar.maximum() > 0


def test_the_parts_of_such_a_table_agree_whatever_is_in_them() -> None:
    found = tables(HEBREW + HEBREW.split("\n")[2] + "\n" + "| שם |\n" * 30 + "| a | b | c |\n" * 60)
    assert len(found) > 1
    assert {piece.is_mirrored for piece in found} == {True}
    assert tables("| a | b |\n|-|-|\n| c | שלום |\n")[0].is_mirrored is False


def test_a_growing_table_stays_where_it_was_scrolled_to(theme: Theme, window: QWidget) -> None:
    stream = MarkdownStream(ROW + "|" + "--|" * 10 + "\n" + ROW).finish()
    ((first,),) = stream.blocks
    assert isinstance(first, Table)
    (view,) = shown([first], theme, window)
    view.horizontalScrollBar().setValue(30)
    stream.feed(ROW)
    ((second,),) = stream.finish().blocks
    assert isinstance(second, Table)
    view.show_piece(second)
    view.hide()
    view.show()
    assert values([view]) == {30}
