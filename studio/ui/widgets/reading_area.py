"""A whole text to read, formatted, in a scroll area of its own; plain while it is being written."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from studio.ui.theme import CONTROL, SPACE, Theme, set_look
from studio.ui.widgets.code import CodeView
from studio.ui.widgets.labels import line
from studio.ui.widgets.markdown.pieces import Code, Piece, Plain, Rule, Table, joined
from studio.ui.widgets.markdown.stream import MarkdownStream
from studio.ui.widgets.markdown.table_view import TableView
from studio.ui.widgets.markdown.text_view import TextView


class ReadingArea(QScrollArea):
    """Shows a text; ``link_followed`` carries an address that the person wants opened."""

    link_followed = Signal(str)

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._theme = theme
        self._live: TextView | None = None
        self._text = ""
        self._lowest = 0
        self.setObjectName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._ground = QWidget()
        set_look(self._ground, "ground")
        self._column = QVBoxLayout(self._ground)
        self._column.setContentsMargins(0, 0, SPACE[1], 0)
        self._column.setSpacing(SPACE[2])
        self._column.addStretch()
        self.setWidget(self._ground)
        self.verticalScrollBar().rangeChanged.connect(self._on_range_changed)

    def text(self) -> str:
        """Return the text as it was written."""
        return self._text

    def append(self, text: str) -> None:
        """Add to a text that is being written; the end stays in sight where it was."""
        if self._live is None:
            self._clear()
            self._live = TextView(self._theme, CONTROL)
            self._live.show_piece(Plain(self._text))
            self._add(self._live)
        self._text += text
        self._live.append(text)
        self._live.updateGeometry()

    def show_text(self, text: str) -> None:
        """Show a whole text, formatted."""
        self._clear()
        self._text = text
        self._lowest = -1
        blocks = MarkdownStream(text).finish().blocks
        for piece in joined(piece for block in blocks for piece in block):
            self._add(self._made(piece))

    def _made(self, piece: Piece) -> QWidget:
        if isinstance(piece, Rule):
            return line()
        if isinstance(piece, Code):
            code = CodeView(self._theme)
            code.show_piece(piece)
            return code
        if isinstance(piece, Table):
            table = TableView(self._theme)
            table.show_piece(piece)
            table.link_followed.connect(self.link_followed)
            return table
        view = TextView(self._theme, CONTROL)
        view.show_piece(piece)
        view.link_followed.connect(self.link_followed)
        return view

    def _on_range_changed(self, _least: int, most: int) -> None:
        """Follow a growing text whose end is in sight."""
        bar = self.verticalScrollBar()
        if self._live is not None and bar.value() == self._lowest:
            bar.setValue(most)
        self._lowest = most

    def _add(self, view: QWidget) -> None:
        if type(view) is not QFrame:  # a rule is one, and as high as it is
            policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
            policy.setHeightForWidth(True)
            view.setSizePolicy(policy)
        self._column.insertWidget(self._column.count() - 1, view)

    def _clear(self) -> None:
        self._live = None
        while self._column.count() > 1:
            item = self._column.takeAt(0)
            if item is not None and (view := item.widget()) is not None:
                view.hide()
                view.deleteLater()
