"""How sure a model was, in four levels: their words, grounds and underlines, and the legend."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QLocale, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QTextCharFormat
from PySide6.QtWidgets import QSizePolicy, QWidget

from studio.translation import mark, tr
from studio.ui import mirror
from studio.ui.theme import CAPTION, RADIUS, SPACE, Theme

_SWATCH = 24
_HEIGHT = 24

Underline = QTextCharFormat.UnderlineStyle


@dataclass(frozen=True, slots=True)
class Level:
    """Probabilities from ``least`` on, with words in English; ``share`` is of the warning colour.

    The underline tells the levels apart without any colour.
    """

    least: float
    words: str
    range: str
    share: float
    underline: Underline


LEVELS = (
    Level(0.9, mark("sure"), mark("90 % or more"), 0.0, Underline.NoUnderline),
    Level(0.5, mark("fairly sure"), mark("50 to 90 %"), 0.16, Underline.NoUnderline),
    Level(0.2, mark("unsure"), mark("20 to 50 %"), 0.30, Underline.DotLine),
    Level(0.0, mark("very unsure"), mark("less than 20 %"), 0.46, Underline.SingleUnderline),
)
DOUBTFUL = 0.5


def level_of(probability: float) -> Level:
    """Return the level of a probability, 0 to 1."""
    return next(level for level in LEVELS if probability >= level.least or level is LEVELS[-1])


def ground(theme: Theme, level: Level) -> QColor:
    """Return the colour that lies under a level's words; text on it keeps a contrast of 5."""
    under, over = theme.color("surface"), theme.color("warning")
    parts = [
        round(a + (b - a) * level.share)
        for a, b in (
            (under.red(), over.red()),
            (under.green(), over.green()),
            (under.blue(), over.blue()),
        )
    ]
    return QColor(*parts)


def char_format(theme: Theme, level: Level) -> QTextCharFormat:
    """Return how the words of a level are drawn."""
    made = QTextCharFormat()
    made.setForeground(theme.color("text"))
    if level.share:
        made.setBackground(ground(theme, level))
    made.setUnderlineStyle(level.underline)
    made.setUnderlineColor(theme.color("warning"))
    return made


def percent(probability: float) -> str:
    """Return a probability as a person reads it, such as ``"72 %"`` or ``"0.4 %"``."""
    share = 100 * probability
    if share < 0.1:
        return f"< {QLocale().toString(0.1, 'f', 1)} %"
    return f"{QLocale().toString(share, 'f', 1 if share < 9.95 else 0)} %"


class Legend(QWidget):
    """The four levels side by side, drawn as they are in the text."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setObjectName("certainty_legend")
        told = ", ".join(f"{tr(level.words)}: {tr(level.range)}" for level in LEVELS)
        self.setAccessibleName(tr("Colours. {levels}", levels=told))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self.updateGeometry)

    def hasHeightForWidth(self) -> bool:
        """Go on in a second row where there is no room."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of the rows in a width."""
        return max(place.top() for _, place in self._places(width)) + _HEIGHT + 1

    def sizeHint(self) -> QSize:
        """Return the room of one row."""
        return QSize(480, _HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw a swatch and its words for each level."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._theme.font(CAPTION))
        for level, place in self._places(self.width()):
            self._draw(painter, level, place)
        painter.end()

    def _draw(self, painter: QPainter, level: Level, place: QRect) -> None:
        box = QRect(place.left(), place.top() + 3, _SWATCH, _HEIGHT - 6)
        swatch = QRectF(mirror.placed(box, self.rect())).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(self._theme.color("border"), 1))
        painter.setBrush(ground(self._theme, level))
        painter.drawRoundedRect(swatch, RADIUS / 2, RADIUS / 2)
        if level.underline is not Underline.NoUnderline:
            dotted = level.underline is Underline.DotLine
            style = Qt.PenStyle.DotLine if dotted else Qt.PenStyle.SolidLine
            painter.setPen(QPen(self._theme.color("warning"), 1.5, style))
            low = swatch.bottom() - 4
            painter.drawLine(
                round(swatch.left()) + 4, round(low), round(swatch.right()) - 4, round(low)
            )
        painter.setPen(self._theme.color("muted"))
        words = mirror.placed(place.adjusted(_SWATCH + SPACE[1], 0, 0, 0), self.rect())
        painter.drawText(words, mirror.at_start(_told(level)), _told(level))

    def _places(self, width: int) -> Iterator[tuple[Level, QRect]]:
        self.setFont(self._theme.font(CAPTION))
        left, top = 0, 0
        for level in LEVELS:
            words = self.fontMetrics().horizontalAdvance(_told(level))
            room = _SWATCH + SPACE[1] + words
            if left and left + room > width:
                left, top = 0, top + _HEIGHT
            yield level, QRect(left, top, room + SPACE[1], _HEIGHT)
            left += room + SPACE[3]


def _told(level: Level) -> str:
    return f"{tr(level.words)}, {tr(level.range)}"
