"""The widgets of the rows near the window: made when needed, and used again for other rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from studio.ui.chat.messages.footer_view import FooterView
from studio.ui.chat.messages.person_view import PersonView
from studio.ui.chat.messages.rows import Row
from studio.ui.chat.messages.views import (
    EndingView,
    FailureView,
    RuleView,
    ThoughtView,
    WorkingView,
)
from studio.ui.chat.messages.wording_view import WordingView
from studio.ui.theme import CONTROL, Theme
from studio.ui.widgets.code import CodeView
from studio.ui.widgets.markdown.formula_view import FormulaView
from studio.ui.widgets.markdown.table_view import TableView
from studio.ui.widgets.markdown.text_view import TextView

SPARE = 12
_ASKED = {
    "person": ("acted", "menu_wanted", "turned"),
    "footer": ("acted", "menu_wanted", "turned"),
    "wording": ("edited", "submitted", "cancelled"),
    "summary": (
        "summary_turned",
        "whole_wanted",
        "edit_wanted",
        "edited",
        "submitted",
        "cancelled",
    ),
}


class RowPool(QObject):
    """Lends widgets to rows, and tells of which row something was asked for.

    ``asked`` carries a row, the name of a signal of its view, and what that carried: what is to be
    done with messages. ``send_with_enter`` tells which keys send what is written in a row.
    """

    copied = Signal(object)
    unfolded = Signal(object)
    resized = Signal(object)
    selection_begun = Signal(object)
    asked = Signal(object, str, object)
    regenerated = Signal()
    load_anyway = Signal()
    link_followed = Signal(str)
    attachment_opened = Signal(object)
    overflow_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._parent = parent
        self.send_with_enter: Callable[[], bool] = lambda: True
        self._views: dict[Row, QWidget] = {}
        self._shown: dict[Row, object] = {}
        self._rows: dict[QWidget, Row] = {}
        self._spare: dict[str, list[QWidget]] = {}
        self._make: dict[str, Callable[[], QWidget]] = {
            "text": lambda: TextView(theme),
            "text_quiet": lambda: TextView(theme, CONTROL, "muted"),
            "code": lambda: CodeView(theme),
            "table": lambda: TableView(theme),
            "formula": lambda: FormulaView(theme),
            "rule": lambda: RuleView(theme),
            "person": lambda: PersonView(theme),
            "thought": lambda: ThoughtView(theme),
            "working": lambda: WorkingView(theme),
            "ending": lambda: EndingView(theme),
            "failure": lambda: FailureView(theme),
            "footer": lambda: FooterView(theme),
            "structured": lambda: _structured(theme),
            "reads_from": lambda: _reads_from(theme),
            "summary": lambda: _summary(theme),
            "wording": lambda: WordingView(theme, lambda: self.send_with_enter()),
        }

    @property
    def living(self) -> int:
        """How many widgets there are, lent and spare."""
        return len(self._views) + sum(map(len, self._spare.values()))

    def lent(self) -> Iterable[tuple[Row, QWidget]]:
        """Return the rows that have a widget."""
        return list(self._views.items())

    def view_of(self, row: Row) -> QWidget | None:
        """Return the widget of a row, if it has one now."""
        return self._views.get(row)

    def lend(self, row: Row, width: int = 0) -> QWidget:
        """Return a widget that shows the row as it is now, laid out for a ``width`` if given."""
        view = self._views.get(row)
        if view is None:
            spare = self._spare.get(row.kind)
            view = spare.pop() if spare else self._new(row.kind)
            self._views[row] = view
            self._rows[view] = row
            if width:
                view.resize(width, view.height())
        if self._shown.get(row) is not row.content:
            self._shown[row] = row.content
            shower: Any = view
            shower.show_piece(row.content)
        return view

    def rehearse(self, row: Row, width: int) -> None:
        """Draw a new widget for a row where nobody sees it, and keep it for other rows."""
        view = self._new(row.kind)
        shower: Any = view
        shower.show_piece(row.content)
        view.resize(width, view.heightForWidth(width))
        view.grab()
        self._put_back(row.kind, view)

    def keep_only(self, wanted: set[Row]) -> None:
        """Take the widgets of all other rows back; the one with the focus stays, out of sight."""
        for row in [row for row in self._views if row not in wanted]:
            view = self._views[row]
            if view.isAncestorOf(_focus(view)) or view.hasFocus():
                view.move(view.x(), -2 * view.height() - 10_000)
                continue
            del self._views[row], self._rows[view]
            self._shown.pop(row, None)
            self._put_back(row.kind, view)

    def _new(self, kind: str) -> QWidget:
        view = self._make[kind]()
        view.setParent(self._parent)
        self._connect(kind, view)
        return view

    def _connect(self, kind: str, view: QWidget) -> None:
        """Pass a widget's signals on with the row that it shows when they come."""
        made: Any = view
        if kind in ("text", "text_quiet", "table"):
            made.link_followed.connect(self.link_followed)
        if kind in ("text", "text_quiet", "table", "formula", "code", "person", "structured"):
            made.selection_begun.connect(lambda: self._tell(self.selection_begun, view))
        if kind in ("person", "footer"):
            made.copied.connect(lambda: self._tell(self.copied, view))
        if kind == "person":
            made.unfolded.connect(lambda: self._tell(self.unfolded, view))
            made.attachment_opened.connect(self.attachment_opened)
        if kind == "thought":
            made.clicked.connect(lambda: self._tell(self.unfolded, view))
        if kind in ("code", "wording", "structured", "summary"):
            made.resized.connect(lambda: self._tell(self.resized, view))
        for name in _ASKED.get(kind, ()):
            getattr(made, name).connect(partial(self._ask, view, name))
        if kind == "failure":
            made.retried.connect(self.regenerated)
            made.load_anyway.connect(self.load_anyway)
            made.overflow_wanted.connect(self.overflow_wanted)
            made.resized.connect(lambda: self._tell(self.resized, view))

    def _ask(self, view: QWidget, name: str, what: object = None) -> None:
        if (row := self._rows.get(view)) is not None:
            self.asked.emit(row, name, what)

    def _tell(self, signal: Any, view: QWidget) -> None:
        if (row := self._rows.get(view)) is not None:
            signal.emit(row)

    def _put_back(self, kind: str, view: QWidget) -> None:
        view.hide()
        spare = self._spare.setdefault(kind, [])
        if len(spare) < SPARE:
            spare.append(view)
        else:
            view.deleteLater()


def _structured(theme: Theme) -> QWidget:
    from studio.ui.chat.messages.structured_view import (
        StructuredView,  # only once there is such a reply
    )

    return StructuredView(theme)


def _focus(view: QWidget) -> QWidget:
    """Return the widget of the window that has the focus, or the window itself."""
    return view.window().focusWidget() or view.window()


def _reads_from(theme: Theme) -> QWidget:
    from studio.ui.chat.messages.seen_views import (
        ReadsFromView,  # for long chats alone, like the next
    )

    return ReadsFromView(theme)


def _summary(theme: Theme) -> QWidget:
    from studio.ui.chat.messages.seen_views import SummaryView

    return SummaryView(theme)
