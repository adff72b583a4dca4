"""What might have stood at a place of a reply: the likeliest pieces, with bars and percentages."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from studio.chat.certainty import Alternative, Judged
from studio.translation import mark, tr
from studio.ui import mirror
from studio.ui.chat.explain.levels import level_of, percent
from studio.ui.theme import CAPTION, CARD_RADIUS, CONTROL, SPACE, Theme

EMPTY = mark(
    "Point at a word, or move with the arrow keys, to see what else might have stood there."
)
_WIDTH = 232
_ROW = 40
_HEAD = 64
_BAR = 4
_MOST_CHARS = 40
_SEEN = str.maketrans({"\n": "↵", "\r": "↵", "\t": "⇥", " ": "␣"})
_SPOKEN = {
    "\n": mark("line break"),
    "\n\n": mark("two line breaks"),
    " ": mark("space"),
    "\t": mark("tab"),
}


class AlternativesPanel(QWidget):
    """Shows one place at a time; its accessible name tells all that is drawn."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._piece: Judged | None = None
        self.setObjectName("alternatives")
        self.setAccessibleName(tr(EMPTY))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self._fit()
        theme.changed.connect(self._fit)

    def show_piece(self, piece: Judged | None) -> None:
        """Show a place, or what is to be done when there is none."""
        self._piece = piece
        self.setAccessibleName(spoken(piece) if piece else tr(EMPTY))
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room of a place with six pieces."""
        return QSize(self.width(), self._scaled(_HEAD + 6 * _ROW + 2 * SPACE[3]))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the card, the piece with its certainty, and a bar for each alternative."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self._theme.color("border"))
        painter.setBrush(self._theme.color("surface"))
        card = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(card, CARD_RADIUS, CARD_RADIUS)
        inner = self.rect().adjusted(SPACE[3], SPACE[3], -SPACE[3], -SPACE[3])
        if self._piece is None:
            painter.setFont(self._theme.font(CONTROL))
            painter.setPen(self._theme.color("muted"))
            painter.drawText(inner, mirror.wrapped(tr(EMPTY)), tr(EMPTY))
        else:
            self._draw_piece(painter, inner, self._piece)
        painter.end()

    def _draw_piece(self, painter: QPainter, inner: QRect, piece: Judged) -> None:
        head = QRect(inner.left(), inner.top(), inner.width(), self._scaled(_HEAD) // 2)
        self._draw_words(painter, head, seen(piece.text), "text", 600)
        head.translate(0, head.height() - SPACE[0])
        painter.setFont(self._theme.font(CAPTION, tabular=True))
        painter.setPen(self._theme.color("muted"))
        level = level_of(piece.probability)
        told = f"{percent(piece.probability)}, {tr(level.words)}"
        painter.drawText(head, mirror.at_start(tr(level.words)), told)
        row = QRect(inner.left(), head.bottom() + SPACE[1], inner.width(), self._scaled(_ROW))
        for each in shown(piece):
            if row.bottom() > inner.bottom():
                return
            self._draw_row(painter, row, each, is_chosen=each.text == piece.text)
            row.translate(0, row.height())

    def _draw_row(
        self, painter: QPainter, row: QRect, each: Alternative, *, is_chosen: bool
    ) -> None:
        token = "accent" if is_chosen else "text"
        words = row.adjusted(0, 0, 0, -SPACE[1] - _BAR)
        painter.setFont(self._theme.font(CAPTION, tabular=True))
        painter.setPen(self._theme.color("muted"))
        told = percent(each.probability)
        painter.drawText(words, mirror.at_end(told), told)
        used = painter.fontMetrics().horizontalAdvance(told) + SPACE[1]
        weight = 600 if is_chosen else 400
        left = mirror.placed(words.adjusted(0, 0, -used, 0), words)
        self._draw_words(painter, left, seen(each.text), token, weight)
        bar = QRect(row.left(), row.bottom() - SPACE[0] - _BAR, row.width(), _BAR)
        filled = QRect(bar)
        filled.setWidth(max(_BAR, round(bar.width() * min(1.0, each.probability))))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("raised"))
        painter.drawRoundedRect(bar, _BAR / 2, _BAR / 2)
        painter.setBrush(self._theme.color("accent" if is_chosen else "edge"))
        painter.drawRoundedRect(mirror.placed(filled, bar), _BAR / 2, _BAR / 2)

    def _draw_words(
        self, painter: QPainter, place: QRect, words: str, token: str, weight: int
    ) -> None:
        painter.setFont(self._theme.font(CONTROL, weight, mono=True))
        painter.setPen(self._theme.color(token))
        metrics = painter.fontMetrics()
        fitted = metrics.elidedText(words, Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, mirror.at_start(fitted), fitted)

    def _scaled(self, size: int) -> int:
        return round(size * self._theme.scaled(CONTROL) / CONTROL)

    def _fit(self) -> None:
        self.setFixedWidth(self._scaled(_WIDTH))
        self.update()


def shown(piece: Judged) -> tuple[Alternative, ...]:
    """Return the likeliest pieces, and the one that stands there if it is none of them."""
    if any(each.text == piece.text for each in piece.alternatives):
        return piece.alternatives
    return (*piece.alternatives, Alternative(piece.text, piece.probability))


def seen(text: str) -> str:
    """Return a piece with its spaces and line breaks made visible."""
    return text[:_MOST_CHARS].translate(_SEEN) or tr("nothing")


def spoken(piece: Judged) -> str:
    """Return a place in words, for a screen reader."""
    level = tr(level_of(piece.probability).words)
    told = f"{_named(piece.text)}: {percent(piece.probability)}, {level}"
    others = [each for each in piece.alternatives if each.text != piece.text]
    if not others:
        return told
    listed = ", ".join(f"{_named(each.text)} {percent(each.probability)}" for each in others)
    return tr("{told}. Instead: {listed}", told=told, listed=listed)


def _named(text: str) -> str:
    if text in _SPOKEN:
        return tr(_SPOKEN[text])
    return tr("“{text}”", text=text[:_MOST_CHARS].strip() or text[:_MOST_CHARS])
