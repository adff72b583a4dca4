"""Words on the window: labels in one of the type looks, and names cut in the middle."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from studio.ui import mirror
from studio.ui.theme import Theme, set_look

_RIGHT = (
    Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
)


def label(text: str, look: str = "", wrap: bool = False) -> QLabel:
    """Return a plain-text label; ``look`` is one of the looks of the style sheet."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    if mirror.is_on():  # also where the words are in letters of the other direction
        made.setAlignment(_RIGHT)
    set_look(made, look)
    if wrap:
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        made.setSizePolicy(policy)
    return made


def plain_tip(text: str) -> str:
    """Return words for a tool-tip such that Qt never takes what is in them for markup."""
    if "<" not in text and "&" not in text:
        return text
    return "".join(f"<div>{escape(each)}</div>" for each in text.split("\n"))


def selectable(made: QLabel) -> QLabel:
    """Let a label's words be selected and copied with the mouse."""
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made


def line() -> QFrame:
    """Return a hairline."""
    made = QFrame()
    set_look(made, "line")
    return made


class ElidedLabel(QWidget):
    """One line that is cut in the middle when it does not fit, and then told in the tool-tip."""

    def __init__(
        self, theme: Theme, text: str, size: int, weight: int = 400, token: str = "text"
    ) -> None:
        super().__init__()
        self._theme = theme
        self._text = text
        self._type = (size, weight)
        self._token = token
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set_text(text)
        theme.changed.connect(self._on_theme_changed)

    def text(self) -> str:
        """Return the whole text."""
        return self._text

    def set_text(self, text: str) -> None:
        """Show another text."""
        self._text = text
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room that the whole text would take."""
        self.setFont(self._font())
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self._text) + 2, metrics.height() + 2)

    def minimumSizeHint(self) -> QSize:
        """Return the least room in which the text can still be recognised."""
        return QSize(48, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the text, cut in the middle."""
        painter = QPainter(self)
        painter.setFont(self._font())
        painter.setPen(self._theme.color(self._token))
        metrics = painter.fontMetrics()
        shown = metrics.elidedText(self._text, Qt.TextElideMode.ElideMiddle, self.width())
        self.setToolTip(plain_tip(self._text) if shown != self._text else "")
        painter.drawText(self.rect(), mirror.at_start(shown), shown)
        painter.end()

    def _font(self) -> QFont:
        return self._theme.font(*self._type)

    def _on_theme_changed(self) -> None:
        self.updateGeometry()
        self.update()
