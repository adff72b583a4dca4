"""A reply in JSON as a tree or as text, with a switch between them and a button that copies it."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QVBoxLayout, QWidget

from studio.translation import tr
from studio.ui import mirror
from studio.ui.chat.messages.json_tree import JsonTree
from studio.ui.chat.messages.rows import Structured
from studio.ui.chat.messages.structured import pretty, read_reply
from studio.ui.theme import CONTROL_HEIGHT, SPACE, Theme, set_look
from studio.ui.widgets.badge import Badge
from studio.ui.widgets.buttons import Button
from studio.ui.widgets.code import CodeView
from studio.ui.widgets.dialog_frame import CopyButton
from studio.ui.widgets.markdown.pieces import Code
from studio.ui.widgets.markdown.text_view import TextView

_MOST_ROWS = 14
_AIR = SPACE[0]
_FRAME = 3  # of the card and around the tree


class StructuredView(QWidget):
    """Shows a :class:`Structured`. ``resized`` tells that it takes another height now."""

    resized = Signal()
    selection_begun = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._content = Structured("null", "", fits=True)
        self.setObjectName("structured_reply")
        self.setAccessibleName(tr("The reply as data"))
        self.verdict = Badge(theme)
        self.verdict.setParent(self)
        self.as_tree = self._mode_button(tr("Tree"), tr("Show as tree"), "tree")
        self.as_text = self._mode_button(tr("Text"), tr("Show as text"), "text")
        self._modes = QButtonGroup(self)
        for button in (self.as_tree, self.as_text):
            self._modes.addButton(button)
        self.copy = CopyButton(theme, lambda: pretty(self._content.text), "copy_structured")
        self.copy.setParent(self)
        self.tree = JsonTree(theme)
        self._card = QFrame(self)
        set_look(self._card, "card")
        around = QVBoxLayout(self._card)
        around.setContentsMargins(_AIR, _AIR, _AIR, _AIR)
        around.addWidget(self.tree)
        self.tree.changed_height.connect(self.resized)
        self.code = CodeView(theme)
        self.code.setParent(self)
        self.code.resized.connect(self.resized)
        self.code.selection_begun.connect(self.selection_begun)

    @property
    def text(self) -> TextView | None:
        """The view of the text, while that is on show."""
        return self.code.text if self._content.mode == "text" else None

    def show_piece(self, content: Structured) -> None:
        """Show another reply."""
        self._content = content
        self.verdict.set_verdict(content.verdict, "success" if content.fits else "warning")
        self.tree.show_value(read_reply(content.text))
        self._show_mode()

    def clear_selection(self) -> None:
        """Select nothing in the text."""
        self.code.clear_selection()

    def heightForWidth(self, width: int) -> int:
        """Return the height of the head and of the tree or text."""
        if self._content.mode == "text":
            return self._head() + self.code.heightForWidth(width)
        return self._head() + self._tree_height()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place the parts."""
        super().resizeEvent(event)
        self._place()

    def _mode_button(self, words: str, told: str, mode: Literal["tree", "text"]) -> Button:
        button = Button(self._theme, words, "category", name=f"as_{mode}")
        button.setAccessibleName(told)
        button.setCheckable(True)
        button.setAutoExclusive(True)  # the group sees to that; this tells it to screen readers
        button.setParent(self)
        button.on_click(lambda: self._choose(mode))
        return button

    def _choose(self, mode: Literal["tree", "text"]) -> None:
        self._content.mode = mode
        self._show_mode()
        self.resized.emit()

    def _show_mode(self) -> None:
        is_tree = self._content.mode == "tree"
        self.as_tree.setChecked(is_tree)
        self.as_text.setChecked(not is_tree)
        self._card.setVisible(is_tree)
        self.copy.setVisible(is_tree)
        self.code.setVisible(not is_tree)
        if not is_tree:
            self.code.show_piece(Code(pretty(self._content.text), "json"))
        self._place()

    def _place(self) -> None:
        right = self.width()
        for button in (self.copy, self.as_text, self.as_tree):
            if button.isHidden():
                continue
            button.adjustSize()
            right -= button.width()
            place = QRect(right, 0, button.width(), CONTROL_HEIGHT)
            button.setGeometry(mirror.placed(place, self.rect()))
        top = (CONTROL_HEIGHT - self.verdict.sizeHint().height()) // 2
        place = QRect(0, top, max(0, right), self.verdict.sizeHint().height())
        self.verdict.setGeometry(mirror.placed(place, self.rect()))
        below = self._head()
        room = self.height() - below
        self.code.setGeometry(0, below, self.width(), max(0, room))
        self._card.setGeometry(0, below, self.width(), max(0, room))

    def _head(self) -> int:
        return CONTROL_HEIGHT + SPACE[0]

    def _tree_height(self) -> int:
        rows = max(1, self.tree.visible_rows(_MOST_ROWS))
        return rows * self.tree.row_height() + 2 * (_AIR + _FRAME)
