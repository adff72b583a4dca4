"""Formulas in the transcript: rows of their own, with what every row can do."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from studio.ui.chat.messages.pool import RowPool
from studio.ui.chat.messages.rows import Row, piece_row
from studio.ui.theme import Theme
from studio.ui.widgets.markdown.formula_view import FormulaView
from studio.ui.widgets.markdown.pieces import Formula


def test_the_transcript_shows_formulas_in_rows(theme: Theme, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    pool = RowPool(theme, window)
    row: Row = piece_row(Formula("$$x$$"), False, False)
    view = pool.lend(row)
    assert isinstance(view, FormulaView)
    begun: list[Row] = []
    pool.selection_begun.connect(begun.append)
    view.text.select_all()
    assert begun == [row]
