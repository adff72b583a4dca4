"""The ground of a card: rounded, in one colour, with a thin outline."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBitmap, QPainter, QPen
from PySide6.QtWidgets import QWidget

from studio.ui.theme import CARD_RADIUS, Theme


def draw_card(widget: QWidget, theme: Theme, token: str) -> None:
    """Draw a card all over a widget, in the colour of a token; call it while the widget paints."""
    painter = QPainter(widget)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.color("border"), 1))
    painter.setBrush(theme.color(token))
    ground = QRectF(widget.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
    painter.drawRoundedRect(ground, CARD_RADIUS, CARD_RADIUS)
    painter.end()


def cut_corners(window: QWidget) -> None:
    """Cut a card that is a window of its own out along its outline; call it at every size.

    It is not made transparent in place of that: on X11 without a compositor nothing is, and the
    corners would be black.
    """
    shape = QBitmap(window.size())
    shape.clear()
    painter = QPainter(shape)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(Qt.GlobalColor.color1)
    painter.drawRoundedRect(QRectF(window.rect()), CARD_RADIUS, CARD_RADIUS)
    painter.end()
    window.setMask(shape)
