"""The scenes of docs/pictures/ that are about attached files."""

from __future__ import annotations

from photographer import Photographer
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QLinearGradient, QPainter, QPolygonF

from studio.ui.chat.attaching import Attaching

_RECIPE = """# Bread

1. Stir 500 g flour, 350 g water, 10 g salt and 3 g yeast.
2. Let the dough rest overnight.
3. Bake it for 40 minutes at 230 °C.
"""


def attach(at: Photographer) -> None:
    """Files that go with a message."""
    recipe, prices = at.folder / "bread.md", at.folder / "prices.csv"
    recipe.write_text(_RECIPE, encoding="utf-8")
    prices.write_text("what,price\nflour,1.20\nyeast,0.30\nsalt,0.10\n", encoding="utf-8")
    attaching = at.part(Attaching)
    at.tab.composer.set_text("What does one loaf of this bread cost?")
    attaching.add([recipe])
    at.until(lambda: len(attaching.waiting) == 1)
    attaching.add([prices])
    at.until(lambda: len(attaching.waiting) == 2)
    at.take("attach")
    attaching.open(attaching.waiting[0])
    at.take_dialog("attach-viewer")
    for each in attaching.waiting:
        attaching.remove(each)
    at.tab.composer.clear()


def picture(at: Photographer) -> None:
    """A picture for a model that cannot see."""
    file = at.folder / "lake.png"
    if not _lake().save(str(file)):
        raise OSError(f"{file} could not be written")
    attaching = at.part(Attaching)
    attaching.add([file])
    at.until(lambda: attaching.waiting and attaching.refusal() is not None)
    at.ask("Where might this be?")
    at.rest(0.5)
    at.take("picture")
    at.tab.work.banner.hide()
    for each in attaching.waiting:
        attaching.remove(each)
    at.tab.composer.clear()


def _lake() -> QImage:
    """Paint a lake below two mountains."""
    image = QImage(640, 480, QImage.Format.Format_RGB32)
    sky = QLinearGradient(0, 0, 0, 300)
    sky.setColorAt(0, QColor("#5b8db8"))
    sky.setColorAt(1, QColor("#f3d9b1"))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillRect(QRectF(0, 0, 640, 300), sky)
    painter.setPen(Qt.PenStyle.NoPen)
    for color, peak in (("#6d7f8f", QPointF(200, 90)), ("#4c5f70", QPointF(440, 140))):
        painter.setBrush(QColor(color))
        foot = 170
        ends = (QPointF(peak.x() - foot, 300), peak, QPointF(peak.x() + foot, 300))
        painter.drawPolygon(QPolygonF(ends))
    painter.fillRect(QRectF(0, 300, 640, 180), QColor("#2f6f7e"))
    painter.end()
    return image
