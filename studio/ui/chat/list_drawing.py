"""Draws the parts of a row in the list of chats: marked text, badges, headings of folders."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QFontMetrics, QPainter, QPen, QTextCharFormat, QTextLayout

from studio.ui.chat.list_found import Marked
from studio.ui.chat.list_sections import Folder
from studio.ui.theme import CAPTION, SPACE, Theme

_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_CENTRE = int(Qt.AlignmentFlag.AlignCenter)
_WIDEST_BADGE = 84
_SHARE = 0.5  # of a row is the title's, whatever badges there are
_ICON = 14
_PAD = 6


def draw_marked(painter: QPainter, rect: QRect, marked: Marked, theme: Theme, token: str) -> None:
    """Draw one line in the painter's font, cut at its end, on a ground where it matches."""
    metrics = painter.fontMetrics()
    shown = metrics.elidedText(marked.text, Qt.TextElideMode.ElideRight, rect.width())
    painter.setPen(theme.color(token))
    if not marked.spans:
        painter.drawText(rect, _LEFT, shown)
        return
    cut = shown != marked.text
    limit = len(shown) - 1 if cut else len(shown)
    layout = QTextLayout(shown, painter.font())
    layout.setFormats(
        [
            _range(left, min(right, limit) - left, theme)
            for left, right in marked.spans
            if left < limit
        ]
    )
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(rect.width() + metrics.averageCharWidth())
    layout.endLayout()
    top = rect.center().y() + 0.5 - line.height() / 2
    layout.draw(painter, QPointF(rect.left(), top))


def _range(start: int, length: int, theme: Theme) -> QTextLayout.FormatRange:
    found = QTextCharFormat()
    found.setBackground(QBrush(theme.color("mark")))
    found.setForeground(QBrush(theme.color("text")))
    made = QTextLayout.FormatRange()
    made.start, made.length, made.format = start, length, found
    return made


def draw_badges(painter: QPainter, rect: QRect, words: Sequence[str], theme: Theme) -> int:
    """Draw small badges up to the right edge, as many as leave room; return the width taken."""
    painter.setFont(theme.font(CAPTION))
    metrics = painter.fontMetrics()
    room = round(rect.width() * (1 - _SHARE))
    shown: list[str] = []
    used = 0
    for word in words:
        text = metrics.elidedText(word, Qt.TextElideMode.ElideRight, _WIDEST_BADGE)
        width = _width(metrics, text)
        rest = len(words) - len(shown) - 1
        if used + width + (_width(metrics, f"+{rest}") if rest else 0) > room:
            break
        shown.append(text)
        used += width
    if len(shown) < len(words):
        shown.append(f"+{len(words) - len(shown)}")
    right = rect.right()
    for text in reversed(shown):
        right -= _badge(painter, right, rect.center().y(), text, theme)
    return rect.right() - right


def _width(metrics: QFontMetrics, text: str) -> int:
    return metrics.horizontalAdvance(text) + 2 * _PAD + SPACE[0]


def _badge(painter: QPainter, right: int, middle: int, text: str, theme: Theme) -> int:
    metrics = painter.fontMetrics()
    width = metrics.horizontalAdvance(text) + 2 * _PAD
    height = metrics.height() + 2
    box = QRectF(right - width + 0.5, middle - height / 2 + 1, width, height)
    painter.setPen(QPen(theme.color("border"), 1))
    painter.setBrush(theme.color("surface"))
    painter.drawRoundedRect(box, 4, 4)
    painter.setPen(theme.color("muted"))
    painter.drawText(box, _CENTRE, text)
    return width + SPACE[0]


def draw_folder(painter: QPainter, rect: QRect, folder: Folder, theme: Theme) -> None:
    """Draw the heading of a folder: its state, its name and how many chats are in it."""
    middle = rect.center().y() + 1
    arrow = "chevron-right" if folder.is_folded else "chevron-down"
    icons = (theme.icon(arrow, "faint", _ICON), theme.icon("folder", "muted", _ICON))
    left = rect.left()
    for icon in icons:
        icon.paint(painter, left, middle - _ICON // 2, _ICON, _ICON)
        left += _ICON + SPACE[0]
    painter.setFont(theme.font(CAPTION, 600))
    painter.setPen(theme.color("muted"))
    count = f"{folder.count:,}"
    metrics = painter.fontMetrics()
    room = QRect(left + 2, rect.top(), rect.right() - left - 2, rect.height())
    counted = metrics.horizontalAdvance(count) + SPACE[1]
    name = metrics.elidedText(folder.name, Qt.TextElideMode.ElideMiddle, room.width() - counted)
    painter.drawText(room, _LEFT, name)
    painter.setPen(theme.color("faint"))
    painter.setFont(theme.font(CAPTION, tabular=True))
    room.setLeft(room.left() + metrics.horizontalAdvance(name) + SPACE[1])
    painter.drawText(room, _LEFT, count)
