"""What the Models page says while there is no model at all."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from studio.ui.library.entry import StarterOffer
from studio.ui.theme import Theme
from studio.ui.widgets.buttons import Button
from studio.ui.widgets.empty_state import EmptyState
from studio.ui.widgets.quantities import file_size


class FirstStart(QWidget):
    """Explains models in three sentences and offers the two ways to get one."""

    starter_requested = Signal()
    add_requested = Signal()

    def __init__(self, theme: Theme, offer: StarterOffer | None) -> None:
        super().__init__()
        self.setObjectName("first_start")
        actions: list[QWidget] = []
        self.starter: Button | None = None
        if offer is not None:
            self.starter = Button(theme, "Get the starter model", "primary", "download")
            self.starter.on_click(self.starter_requested.emit)
            actions.append(self.starter)
        self.add = Button(theme, "Add a file", icon="file-plus", name="first_add_file")
        self.add.on_click(self.add_requested.emit)
        actions.append(self.add)
        self.setFocusProxy(actions[0])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(
            EmptyState(
                theme,
                "boxes",
                "A model comes first",
                "A model is one file that does the thinking, here and without a network. "
                "There is none yet. Get the small starter model, or drop any GGUF file on this "
                "window.",
                *actions,
                keyboard=_small_print(offer),
            )
        )


def _small_print(offer: StarterOffer | None) -> str:
    if offer is None:
        return "Ctrl+O adds a file."
    size = file_size(offer.size_bytes)
    return f"{offer.title}, {size}, {offer.licence}, downloaded once. Ctrl+O adds a file."
