"""A failure told where it happened: what, what to do next, and the details folded away."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from studio.errors import StudioError
from studio.translation import tr
from studio.ui.accessibility import announce
from studio.ui.theme import SPACE, Theme, set_look
from studio.ui.widgets.badge import ICONS
from studio.ui.widgets.buttons import Button, IconButton
from studio.ui.widgets.labels import label, selectable

_DETAILS_HEIGHT = 120
_DETAILS_AIR = 24
_LINK_INSET = 4
_Result = TypeVar("_Result")


class Banner(QFrame):
    """An inline message; ``token`` is danger, warning or info. Hidden until it says something.

    It speaks to a screen reader as it comes into view, unless ``is_spoken`` is false.
    """

    dismissed = Signal()

    def __init__(self, theme: Theme, closable: bool = True) -> None:
        super().__init__()
        self._theme = theme
        self._token = "danger"
        self.is_spoken = True
        self.setObjectName("banner")
        self._icon = QLabel()
        self._what = selectable(label("", "strong", wrap=True))
        self._hint = selectable(label("", "muted", wrap=True))
        self._details = _details_field()
        self._fold = Button(theme, tr("Details"), "link", name="banner_details").on_click(
            self._turn
        )
        self._copy = Button(theme, tr("Copy"), "link", name="banner_copy").on_click(self._copy_all)
        self._close = IconButton(
            theme, "x", tr("Dismiss this message"), size=16, name="dismiss_this_message"
        )
        self._close.clicked.connect(self._dismiss)
        if not closable:  # and never shown here: without a parent yet, it would be a window
            self._close.hide()
        self._actions = QHBoxLayout()
        self._lay_out()
        theme.changed.connect(self._show_icon)
        self.hide()

    def show_error(self, error: StudioError, *actions: QWidget) -> None:
        """Tell a failure; ``actions`` are the buttons of its next step."""
        details = f"{error.details}\n\n{error.code}".strip()
        self.say(error.what, error.hint, *actions, token="danger", details=details)

    def tried(self, act: Callable[[], _Result], otherwise: _Result) -> _Result:
        """Return what ``act`` does; when it fails, tell that and return ``otherwise``."""
        try:
            return act()
        except StudioError as error:
            self.show_error(error)
            return otherwise

    def say(
        self, what: str, hint: str = "", *actions: QWidget, token: str = "info", details: str = ""
    ) -> None:
        """Show a message and bring the banner into view."""
        self._token = token
        self._what.setText(what)
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))
        self._details.setPlainText(details)
        self._details.hide()
        self._fold.setText(tr("Details"))
        self._fold.setVisible(bool(details))
        self._copy.setVisible(bool(details))
        self._set_actions(actions)
        self.setAccessibleName(f"{what} {hint}".strip())
        set_look(self, f"banner-{token}")
        self._show_icon()
        self.show()
        if self.is_spoken:
            announce(self, self.accessibleName(), at_once=token == "danger")

    def text(self) -> str:
        """Return the words on show: what happened and what to do next."""
        return f"{self._what.text()} {self._hint.text()}".strip()

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(SPACE[0])
        words.addWidget(self._what)
        words.addWidget(self._hint)
        self._actions.setContentsMargins(-_LINK_INSET, 0, 0, 0)
        self._actions.setSpacing(SPACE[1])
        self._actions.addWidget(self._fold)
        self._actions.addWidget(self._copy)
        self._actions.addStretch()
        words.addLayout(self._actions)
        words.addWidget(self._details)
        words.addStretch()
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE[3], SPACE[2], SPACE[2], SPACE[2])
        row.setSpacing(SPACE[2])
        top = Qt.AlignmentFlag.AlignTop
        row.addWidget(self._icon, 0, top)
        row.addLayout(words, 1)
        row.addWidget(self._close, 0, top)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def _set_actions(self, actions: tuple[QWidget, ...]) -> None:
        kept = (self._fold, self._copy)
        for index in reversed(range(self._actions.count())):
            item = self._actions.itemAt(index)
            widget = item.widget() if item is not None else None
            if widget is not None and widget not in kept:
                self._actions.removeWidget(widget)
                widget.hide()
                widget.deleteLater()
        for index, widget in enumerate(actions):
            self._actions.insertWidget(index, widget)
            widget.show()

    def _turn(self) -> None:
        opened = not self._details.isVisible()
        self._details.setVisible(opened)
        lines = self._details.document().size().height() * self._details.fontMetrics().lineSpacing()
        self._details.setFixedHeight(min(_DETAILS_HEIGHT, round(lines) + _DETAILS_AIR))
        self._fold.setText(tr("Hide details") if opened else tr("Details"))

    def _copy_all(self) -> None:
        QGuiApplication.clipboard().setText(f"{self.text()}\n\n{self._details.toPlainText()}")

    def _dismiss(self) -> None:
        self.hide()
        self.dismissed.emit()

    def _show_icon(self) -> None:
        token = self._token if self._token in ICONS else "accent"
        icon = self._theme.icon(ICONS.get(self._token, "info"), token, 18)
        self._icon.setPixmap(icon.pixmap(18, 18))


class LateBanner:
    """Banners at the top of a layout, made when they first have something to say.

    Notices have one of their own, so that a failure does not take their place.
    """

    def __init__(self, theme: Theme, layout: QVBoxLayout) -> None:
        self._theme = theme
        self._layout = layout
        self._made: dict[str, Banner] = {}

    def show_error(self, error: StudioError) -> None:
        """Tell a failure."""
        self._banner("failure").show_error(error)

    def show_notices(self, sentences: Sequence[str]) -> None:
        """Tell what is worth knowing, such as that a backup was restored; nothing if empty."""
        if sentences:
            first, *rest = sentences
            self._banner("notices").say(first, "\n".join(rest), token="warning")

    def _banner(self, kind: str) -> Banner:
        if kind not in self._made:
            self._made[kind] = Banner(self._theme)
            self._layout.insertWidget(0, self._made[kind])
        return self._made[kind]


def _details_field() -> QPlainTextEdit:
    field = QPlainTextEdit()
    field.setReadOnly(True)
    field.setObjectName("banner_details_text")
    field.setAccessibleName(tr("Technical details"))
    field.setTabChangesFocus(True)
    set_look(field, "details")
    field.hide()
    return field
