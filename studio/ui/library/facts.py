"""What is known of one model, as a card of names and values."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from studio.translation import tr
from studio.ui.library.entry import ModelEntry
from studio.ui.theme import CONTROL, SPACE, Theme, set_look
from studio.ui.widgets.labels import ElidedLabel, label, selectable
from studio.ui.widgets.quantities import count, file_size, parameters

_NAME_WIDTH = 132


class FactsCard(QFrame):
    """A grid of what the file says of itself; what it does not say is left out."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        set_look(self, "card")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(SPACE[3], SPACE[2], SPACE[3], SPACE[2])
        self._grid.setHorizontalSpacing(SPACE[3])
        self._grid.setVerticalSpacing(SPACE[1])
        self._grid.setColumnStretch(1, 1)

    def show_entry(self, entry: ModelEntry) -> None:
        """Show another model's facts."""
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for row, (name, tip, value) in enumerate(facts_of(entry)):
            named = label(name, "muted")
            named.setToolTip(tip)
            named.setMinimumWidth(_NAME_WIDTH)
            self._grid.addWidget(named, row, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(self._value(value, value == _shown(entry.path)), row, 1)

    def _value(self, value: str, is_path: bool) -> QWidget:
        if is_path:
            return ElidedLabel(self._theme, value, CONTROL)
        return selectable(label(value, wrap=True))


def facts_of(entry: ModelEntry) -> list[tuple[str, str, str]]:
    """Return name, technical name and value of everything that is known of a model."""
    speed, reach = entry.tokens_per_s, entry.context_trained
    told = [
        (tr("Size"), tr("File size"), file_size(entry.size_bytes)),
        (
            tr("Parameters"),
            tr("Number of weights"),
            parameters(entry.parameters) if entry.parameters else "",
        ),
        (tr("Precision"), tr("Quantisation"), entry.quantization),
        (
            tr("Reads up to"),
            tr("Context it was trained with"),
            tr("{number} tokens", number=count(reach)) if reach else "",
        ),
        (tr("Built as"), tr("Architecture"), entry.architecture),
        (tr("Pictures"), tr("Projector (mmproj)"), _sight(entry)),
        (
            tr("Speed here"),
            tr("Measured at the last reply"),
            tr("{number:.0f} tokens a second", number=speed) if speed else "",
        ),
        (tr("Licence"), tr("As the file states it"), entry.licence),
        (tr("File"), tr("Path"), _shown(entry.path)),
    ]
    return [fact for fact in told if fact[2]]


def _sight(entry: ModelEntry) -> str:
    """Return in words whether a model sees pictures, of one that was made to."""
    if entry.projector:
        return tr("Sees them through {file}", file=entry.projector)
    if entry.misses_projector:
        return tr(
            "Made to see them, but its projector is missing: put its mmproj file beside it, or "
            "add that file here"
        )
    return ""


def _shown(path: Path) -> str:
    """Return a path as people know it: their own folder is ``~``."""
    home = Path.home()
    return f"~/{path.relative_to(home).as_posix()}" if path.is_relative_to(home) else str(path)
