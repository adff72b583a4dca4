"""Draws the parts of a row in the list of chats: marked text, badges, headings of folders."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import (
    QBrush,
    QFontMetrics,
    QPainter,
    QPen,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)

from studio.numerals import number
from studio.ui import mirror
from studio.ui.chat.conversations.found import Marked, in_sight
from studio.ui.chat.conversations.sections import Folder
from studio.ui.theme import CAPTION, SPACE, Theme

_AT_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute
_CENTRE = int(Qt.AlignmentFlag.AlignCenter)
_WIDEST_BADGE = 84
_SHARE = 0.5  # of a row is the title's, whatever badges there are
_ICON = 14
_SLACK = 4  # what a letter's ink may reach beyond its advance
_BAR = 3
_PAD = 6


def cut_to(
    metrics: QFontMetrics, width: int, marked: Marked, *, is_name: bool
) -> tuple[str, list[tuple[int, int]]]:
    """Return what of a line is seen in a width, and where in that it matches.

    A name is cut in its middle, since names end with what tells them apart, but where what matches
    would be in that, or where it ends in the middle of a sentence already.
    """
    whole, spans = marked.text, list(marked.spans)
    is_name = is_name and not whole.endswith("…")
    middle = metrics.elidedText(whole, Qt.TextElideMode.ElideMiddle, width) if is_name else ""
    if middle == whole:
        return whole, spans
    pairs = enumerate(zip(middle, whole, strict=False))
    head = next((place for place, (one, other) in pairs if one != other), len(middle))
    tail, lost = len(middle) - head - 1, len(whole) - len(middle)
    if is_name and all(right <= head or left >= len(whole) - tail for left, right in spans):
        return middle, [(a, b) if b <= head else (a - lost, b - lost) for a, b in spans]
    marked = in_sight(marked, width - _SLACK, metrics.horizontalAdvance)
    shown = metrics.elidedText(marked.text, Qt.TextElideMode.ElideRight, width)
    limit = len(shown) - (shown != marked.text)
    return shown, [(left, min(right, limit)) for left, right in marked.spans if left < limit]


def draw_marked(
    painter: QPainter,
    rect: QRect,
    marked: Marked,
    theme: Theme,
    token: str,
    *,
    is_name: bool = False,
) -> None:
    """Draw one line in the painter's font, cut to fit, on a ground where it matches."""
    shown, spans = cut_to(painter.fontMetrics(), rect.width(), marked, is_name=is_name)
    painter.setPen(theme.color(token))
    if not spans:
        painter.drawText(rect, mirror.at_start(shown), shown)
        return
    metrics = painter.fontMetrics()
    layout = QTextLayout(shown, painter.font())
    layout.setTextOption(QTextOption(_AT_LEFT))
    layout.setFormats([_range(left, right - left, theme) for left, right in spans])
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(rect.width() + metrics.averageCharWidth())
    layout.endLayout()
    top = rect.center().y() + 0.5 - line.height() / 2
    layout.draw(painter, QPointF(_begin(rect, line.naturalTextWidth()), top))


def _begin(rect: QRect, width: float) -> float:
    """Return the left end of a line that stands where lines begin."""
    return rect.right() + 1 - width if mirror.is_on() else rect.left()


def _range(start: int, length: int, theme: Theme) -> QTextLayout.FormatRange:
    found = QTextCharFormat()
    found.setBackground(QBrush(theme.color("mark")))
    found.setForeground(QBrush(theme.color("text")))
    made = QTextLayout.FormatRange()
    made.start, made.length, made.format = start, length, found
    return made


def draw_chosen(painter: QPainter, plate: QRect, theme: Theme) -> None:
    """Draw the bar at the begin of a row that is one of several selected."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("accent"))
    bar = QRect(plate.left() + 2, plate.top() + 6, _BAR, plate.height() - 12)
    painter.drawRoundedRect(mirror.placed(bar, plate), 1, 1)


def draw_badges(
    painter: QPainter, rect: QRect, row: QRect, words: Sequence[str], theme: Theme
) -> int:
    """Draw small badges up to the end, as many as leave room; return the width taken.

    Args:
        rect: their place in English.
        row: in which it is mirrored.
    """
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
        width = _width(metrics, text)
        place = mirror.placed(QRect(right - width, rect.top(), width, rect.height()), row)
        _badge(painter, place, text, theme)
        right -= width
    return rect.right() - right


def _width(metrics: QFontMetrics, text: str) -> int:
    return metrics.horizontalAdvance(text) + 2 * _PAD + SPACE[0]


def _badge(painter: QPainter, place: QRect, text: str, theme: Theme) -> None:
    """Draw a badge at the end of its place, which has some air before it."""
    box = mirror.placed(place.adjusted(SPACE[0], 0, 0, 0), place)
    height = painter.fontMetrics().height() + 2
    top = place.center().y() - height / 2 + 1
    shape = QRectF(box.left() + 0.5, top, box.width(), height)
    painter.setPen(QPen(theme.color("border"), 1))
    painter.setBrush(theme.color("surface"))
    painter.drawRoundedRect(shape, 4, 4)
    painter.setPen(theme.color("muted"))
    painter.drawText(shape, _CENTRE, text)


def draw_folder(painter: QPainter, row: QRect, folder: Folder, theme: Theme) -> None:
    """Draw the heading of a folder: its state, its name and how many chats are in it."""
    rect = row.adjusted(SPACE[1], 0, -SPACE[2], 0)
    middle = rect.center().y() + 1
    arrow = "chevron-right" if folder.is_folded else "chevron-down"
    icons = (theme.icon(arrow, "faint", _ICON), theme.icon("folder", "muted", _ICON))
    left = rect.left()
    for icon in icons:
        place = QRect(left, middle - _ICON // 2, _ICON, _ICON)
        icon.paint(painter, mirror.placed(place, row))
        left += _ICON + SPACE[0]
    painter.setFont(theme.font(CAPTION, 600))
    painter.setPen(theme.color("muted"))
    count = number(folder.count)
    metrics = painter.fontMetrics()
    room = QRect(left + 2, rect.top(), rect.right() - left - 2, rect.height())
    counted = metrics.horizontalAdvance(count) + SPACE[1]
    name = metrics.elidedText(folder.name, Qt.TextElideMode.ElideMiddle, room.width() - counted)
    painter.drawText(mirror.placed(room, row), mirror.at_start(name), name)
    painter.setPen(theme.color("faint"))
    painter.setFont(theme.font(CAPTION, tabular=True))
    room.setLeft(room.left() + metrics.horizontalAdvance(name) + SPACE[1])
    painter.drawText(mirror.placed(room, row), mirror.at_start(count), count)
