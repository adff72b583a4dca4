"""Buttons of every weight: the one thing to do next, the quiet ones, icons and pills."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QAction, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu, QPushButton

from studio.translation import tr
from studio.ui import mirror
from studio.ui.theme import Theme, set_look
from studio.ui.widgets.labels import plain_tip

_ICON_GAP = 4


def slug(words: str) -> str:
    """Return words as an object name: ``"Add model"`` becomes ``"add_model"``."""
    return "_".join("".join(c if c.isalnum() else " " for c in words.lower()).split())


class Button(QPushButton):
    """A button with words, and an icon before them if one is named.

    ``look`` is ``""`` (ordinary), ``"primary"``, ``"quiet"``, ``"link"``, ``"danger"``,
    ``"category"`` or ``"status"``. A click leaves the keyboard focus where the person was typing.
    """

    def __init__(
        self, theme: Theme, text: str, look: str = "", icon: str = "", name: str = ""
    ) -> None:
        super().__init__(text)
        self._theme = theme
        self._icon_name = icon
        self.setObjectName(name or slug(text))
        self.setAccessibleName(text)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAutoDefault(True)
        set_look(self, look)
        self._show_icon()
        theme.changed.connect(self._show_icon)

    def set_icon_name(self, icon: str) -> None:
        """Show another icon, or none."""
        self._icon_name = icon
        self._show_icon()

    def on_click(self, act: Callable[[], object]) -> Button:
        """Connect an action and return the button, so that rows of buttons read as such."""
        self.clicked.connect(lambda: act())
        return self

    def _show_icon(self) -> None:
        if not self._icon_name:
            return
        tokens = {"primary": "on_accent", "link": "accent", "danger": "danger", "": "text"}
        token = tokens.get(str(self.property("look")), "muted")
        size = 14 if self.property("look") == "status" else 16
        gap = _ICON_GAP if self.text() else 0
        self.setIcon(self._theme.icon(self._icon_name, token, size, gap))
        self.setIconSize(QSize(size + gap, size))


class Unfolder(Button):
    """A link that shows more, or less again, with an arrow after its words."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__(theme, "", "link", name=name)
        self._is_open = False
        self.setProperty("unfolds", True)

    def show_state(self, words: str, is_open: bool, told: str = "") -> None:
        """Show what a click does; ``told`` is for screen readers."""
        self._is_open = is_open
        self.setText(words)
        self.setAccessibleName(told or words)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the words, and the arrow after them."""
        super().paintEvent(event)
        painter = QPainter(self)
        arrow = self._theme.icon("chevron-up" if self._is_open else "chevron-down", "accent", 14)
        place = QRect(self.width() - 22, (self.height() - 14) // 2, 14, 14)
        arrow.paint(painter, mirror.placed(place, self.rect()))
        painter.end()


class IconButton(QPushButton):
    """A square button that shows only an icon; its words are in the tool-tip and for readers."""

    def __init__(
        self,
        theme: Theme,
        icon: str,
        words: str,
        shortcut: str = "",
        size: int = 18,
        name: str = "",
    ) -> None:
        super().__init__()
        self._theme = theme
        self._icon_name = icon
        self._size = size
        set_look(self, "icon")
        self.setObjectName(name or slug(words))
        self.set_words(words, shortcut)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setIconSize(QSize(size, size))
        self._show_icon()
        self.toggled.connect(self._show_icon)
        theme.changed.connect(self._show_icon)

    def set_icon_name(self, icon: str) -> None:
        """Show another icon."""
        self._icon_name = icon
        self._show_icon()

    def set_words(self, words: str, shortcut: str = "") -> None:
        """Set what the button is called; ``shortcut`` is only told, not installed."""
        self.setAccessibleName(words)
        keys = QKeySequence(shortcut).toString(QKeySequence.SequenceFormat.NativeText)
        self.setToolTip(f"{words}  ({keys})" if keys else words)
        self.setAccessibleDescription(keys)  # or Qt would tell the words again, from the tool-tip

    def _show_icon(self) -> None:
        token = "accent" if self.isChecked() else "muted"
        self.setIcon(self._theme.icon(self._icon_name, token, self._size))


class Pill(QPushButton):
    """A quiet drop-down: shows the choice that holds and opens a menu of others."""

    def __init__(self, theme: Theme, words: str, icon: str = "", name: str = "") -> None:
        super().__init__()
        name = name or slug(words)
        self._theme = theme
        self._icon_name = icon
        self._words = words
        set_look(self, "pill")
        self.setObjectName(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.choices = QMenu(self)
        self.choices.setObjectName(f"{name}_menu")
        self.setAccessibleDescription(tr("Opens a menu"))
        self.clicked.connect(self.open_choices)
        self.set_choice("")
        self._show_icon()
        theme.changed.connect(self._show_icon)

    def set_choice(self, text: str, widest: int = 28) -> None:
        """Show the choice that holds, cut in the middle past ``widest`` characters."""
        half = (widest - 1) // 2
        shown = text if len(text) <= widest else f"{text[:half]}…{text[-half:]}"
        self.setText(shown or self._words)
        told = f"{self._words}: {text}" if text else self._words
        self.setToolTip(plain_tip(told))
        self.setAccessibleName(told)

    def open_choices(self) -> None:
        """Show the menu above or below the pill, wherever there is room.

        A menu of the button itself would make Qt ignore the style sheet's padding.
        """
        height = self.choices.sizeHint().height()
        below = self.mapToGlobal(QPoint(0, self.height() + 2))
        room = self.screen().availableGeometry().bottom() - below.y()
        above = self.mapToGlobal(QPoint(0, -height - 2))
        self.choices.popup(below if room >= height else above)

    def add_choice(self, text: str, act: Callable[[], object], tip: str = "") -> QAction:
        """Add one line to the menu."""
        action = self.choices.addAction(text)
        action.setToolTip(tip)
        action.triggered.connect(lambda: act())
        return action

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the button, and a small arrow at its end."""
        super().paintEvent(event)
        painter = QPainter(self)
        place = QRect(self.width() - 24, (self.height() - 14) // 2, 14, 14)
        arrow = self._theme.icon("chevron-down", "faint", 14)
        arrow.paint(painter, mirror.placed(place, self.rect()))
        painter.end()

    def _show_icon(self) -> None:
        if self._icon_name:
            self.setIcon(self._theme.icon(self._icon_name, "muted", 14, _ICON_GAP))
            self.setIconSize(QSize(14 + _ICON_GAP, 14))
