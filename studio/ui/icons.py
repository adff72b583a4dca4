"""Icons from SVG files in the colours of the palette, crisp at every scale."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from studio.ui import mirror


@lru_cache(maxsize=512)
def tinted(path: Path, color: str, disabled: str, size: int, gap: int) -> QIcon:
    """Return the icon in a file in a colour, and in another where it is disabled.

    ``gap`` leaves that many pixels empty behind it.
    """
    icon = QIcon()
    for tint, modes in (
        (color, (QIcon.Mode.Normal, QIcon.Mode.Selected)),
        (disabled, (QIcon.Mode.Disabled,)),
    ):
        svg = path.read_bytes().replace(b"currentColor", tint.encode())
        svg = svg.replace(b'stroke-width="2"', b'stroke-width="1.75"')
        renderer = QSvgRenderer(QByteArray(svg))
        for scale in _scales():
            pixmap = _draw(renderer, size, gap, scale)
            for mode in modes:
                icon.addPixmap(pixmap, mode)
    return icon


def _scales() -> set[float]:
    """Return the device pixel ratios of the screens; others are scaled from the nearest."""
    return {screen.devicePixelRatio() for screen in QGuiApplication.screens()} or {1.0}


def _draw(renderer: QSvgRenderer, size: int, gap: int, scale: float) -> QPixmap:
    pixmap = QPixmap(round((size + gap) * scale), round(size * scale))
    pixmap.setDevicePixelRatio(scale)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter, QRectF(gap if mirror.is_on() else 0, 0, size, size))
    painter.end()
    return pixmap
