"""Which message of a transcript has the keyboard focus, and how it is given to another."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from studio.ui.chat.messages.branch_switcher import BranchSwitcher
from studio.ui.chat.messages.entry import Entry
from studio.ui.chat.messages.footer_view import FooterView
from studio.ui.chat.messages.person_view import PersonView
from studio.ui.chat.messages.pool import RowPool

_WHOLE = ("wording", "person", "footer")


class MessageFocus:
    """Looks from the widget with the focus to its message, and back."""

    def __init__(self, area: QAbstractScrollArea, entries: Sequence[Entry], pool: RowPool) -> None:
        self._area = area
        self._entries = entries
        self._pool = pool
        self._waits = False

    def entry(self) -> Entry | None:
        """Return the message that has the focus, in whatever part of it."""
        focus = self._area.window().focusWidget()
        for row, view in self._pool.lent():
            if focus is not None and (view is focus or view.isAncestorOf(focus)):
                return next((each for each in self._entries if row in each.rows), None)
        return None

    def is_whole(self, entry: Entry) -> bool:
        """Tell whether a message has it as such, and not some part of it."""
        return self.view_of(entry) is self._area.window().focusWidget()

    def step(self) -> int:
        """Return -1 or 1 when one of the arrows between versions has the focus, else 0."""
        focus = self._area.window().focusWidget()
        parent = focus.parentWidget() if focus is not None else None
        if not isinstance(parent, BranchSwitcher):
            return 0
        return 1 if focus is parent.button(1) else -1

    def put(self, entry: Entry | None, step: int) -> None:
        """Give it to a message: to one of its arrows, if a step is named and leads anywhere."""
        view = self.view_of(entry) if entry is not None else None
        target: QWidget = view or self._area
        if step and isinstance(view, PersonView | FooterView) and view.switcher.isVisible():
            button = view.switcher.button(step)
            target = button if button.isEnabled() else view
        target.setFocus(Qt.FocusReason.TabFocusReason)

    def wait(self) -> None:
        """Take it from a message that goes, until a reply has come in its place."""
        self._area.setFocus()
        self._waits = True

    def end_waiting(self) -> bool:
        """Return whether the reply is to have it: not where the person has moved it on."""
        waited, self._waits = self._waits, False
        return waited and self._area.hasFocus()

    def view_of(self, entry: Entry) -> QWidget | None:
        """Return the widget that stands for the whole message, if it is near the window."""
        views = [self._pool.view_of(row) for row in entry.rows if row.kind in _WHOLE]
        return views[-1] if views else None

    def below(self, entry: Entry) -> QPoint:
        """Return where on the screen a menu for a message goes."""
        focus = self._area.window().focusWidget()
        view = self.view_of(entry) or self._area
        if focus is not None and self._area.viewport().isAncestorOf(focus):
            view = focus
        return view.mapToGlobal(QPoint(0, min(view.height(), self._area.height()) + 2))
