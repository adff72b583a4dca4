"""Where the person's attention is: the actions of that message show, and one text is selected."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from studio.ui.chat.messages.entry import Entry
from studio.ui.chat.messages.footer_view import FooterView
from studio.ui.chat.messages.message_actions import Busy
from studio.ui.chat.messages.person_view import PersonView
from studio.ui.chat.messages.pool import RowPool
from studio.ui.chat.messages.rows import Row
from studio.ui.widgets.code import CodeView
from studio.ui.widgets.markdown.sideways import SidewaysArea
from studio.ui.widgets.markdown.text_view import TextView


class Attention(QObject):
    """Follows pointer and keyboard over the widgets of a pool."""

    def __init__(self, pool: RowPool, column: QWidget) -> None:
        super().__init__(column)
        self._pool = pool
        self._column = column
        self._entry: Entry | None = None
        self._busy: Busy = ""
        pool.selection_begun.connect(self._on_selection_begun)

    @property
    def entry(self) -> Entry | None:
        """The message under the pointer."""
        return self._entry

    def set_busy(self, busy: Busy) -> None:
        """Say where a reply is being written, which decides what is offered."""
        self._busy = busy
        self.settle()

    def turn_to(self, entry: Entry | None) -> None:
        """Show the actions of this message and hide those of the others."""
        if entry is not self._entry:
            self._entry = entry
            self.settle()

    def settle(self) -> None:
        """Do so again, after widgets were lent to other rows or the focus has moved."""
        rows = set(self._entry.rows) if self._entry is not None else set()
        focus = self._column.window().focusWidget() or self._column
        for row, view in self._pool.lent():
            if isinstance(view, PersonView | FooterView):
                view.set_busy(self._busy)
                view.set_active(row in rows or view is focus or view.isAncestorOf(focus))

    def _on_selection_begun(self, row: Row) -> None:
        for other, view in self._pool.lent():
            code = getattr(view, "code", view)  # of a reply that is shown as data
            if other is not row and isinstance(
                code, TextView | CodeView | SidewaysArea | PersonView
            ):
                code.clear_selection()
