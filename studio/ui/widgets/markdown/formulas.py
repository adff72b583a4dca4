"""Draws LaTeX as shapes: sharp at any size, in any colour, and nothing of it that is not bounded.

The drawing is mathra's, in the letters of STIX Two Math. It takes a fraction of a millisecond, so
that a formula is there with its words. What mathra does not understand, what is too long or too
wide, and what would define commands of its own is not drawn: it is shown as it was written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPainterPathStroker, QTransform

from studio.ui.widgets.markdown.math_syntax import drawable, taken_apart

MAX_CHARS = 3_000
MAX_SIGNS = 600  # letters, digits and commands: each is a shape to place
MAX_SIDE = 400.0  # in units of the type size
X_HEIGHT = 0.473  # of the letters, in units of the type size

_UNITS = 1_000  # of the drawing, to one unit of the type size
_LEAST_CONTRAST = 2.5
_COMMAND = re.compile(r"\\(?:[A-Za-z]+|.)", re.DOTALL)
_NO_SHAPE = re.compile(r"[\s{}^_&]+")
_REFUSED = re.compile(
    r"\\(?:[egx]?def|let|(?:re)?newcommand|providecommand|DeclareMathOperator|newenvironment"
    r"|f?colorbox|chem(?!istry)\w*|schemestart|xymatrix|begin\s*\{(?:tikzcd|CD)\})"
)
_HEAD = re.compile(r'viewBox="0 (\S+) (\S+) (\S+)"')
_GLYPH = re.compile(r'<path id="([^"]+)" d="([^"]*)"/>')
_BODY = re.compile(
    r'</defs><g fill="currentColor" stroke="none" transform="scale\(1,-1\)">(.*?)</g>'
)
_SHAPE = re.compile(r"<([a-z]+) ([^>]*)/>")
_VALUE = re.compile(r'([\w-]+)="([^"]*)"')
_PLACED = re.compile(r"translate\((\S+) (\S+)\) scale\((\S+)\)")
_STEP = re.compile(r"([MLCQZ])([^MLCQZ]*)")
_INK = "currentColor"


@dataclass(frozen=True, slots=True)
class Drawing:
    """A formula as shapes. ``width``, ``ascent`` and ``depth`` are in units of the type size."""

    width: float
    ascent: float
    depth: float
    shapes: tuple[tuple[str, QPainterPath], ...]

    def draw(self, painter: QPainter, foot: QPointF, size: float, ink: QColor) -> None:
        """Draw it from its left end on the base line ``foot``, at a type size in pixels."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(foot)
        painter.scale(size / _UNITS, -size / _UNITS)
        for color, path in self.shapes:
            painter.fillPath(path, _readable(color, ink))
        painter.restore()


@lru_cache(maxsize=512)
def drawing(written: str) -> Drawing | None:
    """Return the drawing of a formula that was written with its marks, if it can be drawn."""
    tex, displayed = taken_apart(written)
    tex = drawable(tex)
    if not _is_bounded(tex):
        return None
    svg = _svg(tex, displayed)
    return _read(svg) if svg else None


def _is_bounded(tex: str) -> bool:
    if not tex.strip() or len(tex) > MAX_CHARS or _REFUSED.search(tex):
        return False
    return len(_NO_SHAPE.sub("", _COMMAND.sub("x", tex))) <= MAX_SIGNS


def _svg(tex: str, displayed: bool) -> str:
    import mathra  # here, so that the window does not wait for it; read with the parser

    try:
        return mathra.tex_to_svg(tex, display=displayed, strict=True)
    except (ValueError, UnicodeError):
        return ""
    except BaseException as error:
        # A fault of the library's own. Its class is no Exception and cannot be imported.
        if type(error).__name__ != "PanicException":
            raise
        return ""


def _read(svg: str) -> Drawing | None:
    """Return the shapes of an SVG that mathra wrote."""
    head, body = _HEAD.search(svg), _BODY.search(svg)
    if head is None or body is None:
        return None
    top, width, height = (float(number) / _UNITS for number in head.groups())
    if not (0 < width <= MAX_SIDE and 0 < height <= MAX_SIDE):
        return None
    glyphs = {name: _glyph(steps) for name, steps in _GLYPH.findall(svg)}
    return Drawing(width, -top, height + top, tuple(_shapes(body.group(1), glyphs)))


def _shapes(body: str, glyphs: dict[str, QPainterPath]) -> Iterator[tuple[str, QPainterPath]]:
    """Give the letters of each colour as one shape, and each rule as its own.

    Rules may run the other way round than the letters which they touch; as one shape, they would
    leave holes where they meet.
    """
    letters: dict[str, QPainterPath] = {}
    for kind, given in _SHAPE.findall(body):
        values: dict[str, str] = dict(_VALUE.findall(given))
        color = values.get("fill", values.get("stroke", _INK))
        if kind == "use":
            whole = letters.setdefault(color, QPainterPath())
            whole.setFillRule(Qt.FillRule.WindingFill)
            whole.addPath(_place(values).map(glyphs[values["href"].removeprefix("#")]))
        elif kind == "rect":
            yield color, _rule(values)
        elif kind == "line":
            yield color, _line(values)
    yield from letters.items()


def _place(values: dict[str, str]) -> QTransform:
    placed = _PLACED.match(values.get("transform", ""))
    if placed is None:
        return QTransform.fromTranslate(float(values["x"]), float(values["y"]))
    x, y, scale = (float(number) for number in placed.groups())
    return QTransform(scale, 0, 0, scale, x, y)


def _rule(values: dict[str, str]) -> QPainterPath:
    path = QPainterPath()
    path.addRect(QRectF(*(float(values[side]) for side in ("x", "y", "width", "height"))))
    return path


def _line(values: dict[str, str]) -> QPainterPath:
    path = QPainterPath(QPointF(float(values["x1"]), float(values["y1"])))
    path.lineTo(float(values["x2"]), float(values["y2"]))
    pen = QPainterPathStroker()
    pen.setWidth(float(values["stroke-width"]))
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    return pen.createStroke(path)


@lru_cache(maxsize=1_024)
def _glyph(steps: str) -> QPainterPath:
    """Return the outline of a letter."""
    path = QPainterPath()
    for step, numbers in _STEP.findall(steps):
        at = [float(number) for number in numbers.split()]
        if step == "M":
            path.moveTo(*at)
        elif step == "L":
            path.lineTo(*at)
        elif step == "C":
            path.cubicTo(*at)
        elif step == "Q":
            path.quadTo(*at)
        else:
            path.closeSubpath()
    return path


@lru_cache(maxsize=64)
def _color(name: str) -> QColor:
    return QColor(name)


def _readable(name: str, ink: QColor) -> QColor:
    """Return a colour that a formula asks for, or the text's where it would not be seen.

    The ground is not known here, but it is as far from black or white as the ink is near to it.
    """
    if name == _INK or not _color(name).isValid():
        return ink
    ground = 0.0 if _light(ink) > 0.5 else 1.0
    brighter, darker = sorted((_light(_color(name)), ground), reverse=True)
    return _color(name) if (brighter + 0.05) / (darker + 0.05) >= _LEAST_CONTRAST else ink


def _light(color: QColor) -> float:
    """Return the relative luminance of a colour, from 0 to 1 (WCAG 2, in its simple form)."""
    red, green, blue = (float(part**2.2) for part in (color.redF(), color.greenF(), color.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
