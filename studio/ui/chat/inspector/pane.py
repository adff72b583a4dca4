"""The inspector's place in the Chat room; what stands in it is made at its first show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from studio.ui.theme import Theme

if TYPE_CHECKING:
    from studio.chat.presets.presets import Preset
    from studio.engine.language import ModelLoaded
    from studio.ui.chat.inspector.inspector import Inspector


class InspectorPane(QWidget):
    """Keeps what the inspector has to tell until somebody looks; ``made`` carries it then."""

    made = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._inspector: Inspector | None = None
        self._preset: tuple[Preset, str] | None = None
        self._loaded: ModelLoaded | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    @property
    def inspector(self) -> Inspector:
        """The inspector, made now if it is not yet."""
        if self._inspector is None:
            from studio.ui.chat.inspector.inspector import Inspector

            self._inspector = Inspector(self._theme)
            self._column.addWidget(self._inspector)
            self._tell()
            self.made.emit(self._inspector)
        return self._inspector

    def show_preset(self, preset: Preset, system: str) -> None:
        """Show a preset and the system prompt in force."""
        self._preset = (preset, system)
        self._tell()

    def show_model(self, loaded: ModelLoaded | None) -> None:
        """Show what is loaded, or that nothing is."""
        self._loaded = loaded
        self._tell()

    def showEvent(self, event: QShowEvent) -> None:
        """Make the inspector for the first look."""
        self.inspector.show()
        super().showEvent(event)

    def _tell(self) -> None:
        if self._inspector is not None:
            if self._preset is not None:
                self._inspector.show_preset(*self._preset)
            self._inspector.show_model(self._loaded)
