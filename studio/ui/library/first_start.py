"""What the Models page says while there is no model at all."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from studio.translation import tr
from studio.ui.library.entry import StarterOffer
from studio.ui.theme import Theme
from studio.ui.widgets.buttons import Button
from studio.ui.widgets.empty_state import EmptyState, centred
from studio.ui.widgets.quantities import file_size
from studio.ui.widgets.trash_pane import TrashEntry


class FirstStart(QWidget):
    """Explains models in three sentences and offers the two ways to get one."""

    starter_requested = Signal()
    add_requested = Signal()

    def __init__(self, theme: Theme, offer: StarterOffer) -> None:
        super().__init__()
        self.setObjectName("first_start")
        self.starter = Button(
            theme, tr("Get the starter model"), "primary", "download", "get_the_starter_model"
        )
        self.starter.on_click(self.starter_requested.emit)
        self.add = Button(theme, tr("Add a file"), icon="file-plus", name="first_add_file")
        self.add.on_click(self.add_requested.emit)
        self.setFocusProxy(self.starter)
        self.trash = TrashEntry(theme, tr("Removed models"), "first_removed_models")
        state = EmptyState(
            theme,
            "boxes",
            tr("A model comes first"),
            tr(
                "A model is one file that does the thinking, here and without a "
                "network. There is none yet. Get the small starter model, or drop "
                "any GGUF file on this window."
            ),
            self.starter,
            self.add,
            keyboard=_small_print(offer),
        )
        state.column.addLayout(centred(self.trash))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(state)


def _small_print(offer: StarterOffer) -> str:
    size = file_size(offer.size_bytes)
    if offer.ships:
        return tr(
            "{name}, {size}, {licence}, comes with this program. Ctrl+O adds a file.",
            name=offer.title,
            size=size,
            licence=offer.licence,
        )
    return tr(
        "{name}, {size}, {licence}, downloaded once. Ctrl+O adds a file.",
        name=offer.title,
        size=size,
        licence=offer.licence,
    )
