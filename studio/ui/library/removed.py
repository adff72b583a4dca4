"""The left side of the Models room: the models, or in their place those that were removed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QDateTime, QLocale, Signal
from PySide6.QtWidgets import QStackedWidget

from studio.translation import tr
from studio.ui.library.entry import ModelKeeper, RemovedModel
from studio.ui.library.list_side import ListSide
from studio.ui.relay import Relay
from studio.ui.theme import Theme
from studio.ui.widgets.quantities import file_size
from studio.ui.widgets.trash_pane import TrashPane
from studio.ui.widgets.trash_rows import TrashItem


class ModelsSide(QStackedWidget):
    """Holds the list and the removed models.

    ``restored`` carries the name of one that is back, for whoever hears it to :meth:`refresh`;
    ``counted`` carries how many there are; ``left`` tells that the list is on show again.
    """

    restored = Signal(str)
    counted = Signal(int)
    left = Signal()

    def __init__(self, theme: Theme, side: ListSide, keeper: ModelKeeper) -> None:
        super().__init__()
        self._keeper = keeper
        self._relay = Relay(self)
        self.list_side = side
        self.trash = TrashPane(theme, tr("Removed models"), tr("Models"), "removed_models")
        self.setMinimumWidth(side.minimumWidth())
        self.setMaximumWidth(side.maximumWidth())
        self.addWidget(side)
        self.addWidget(self.trash)
        side.trash_requested.connect(self.show_trash)
        self.trash.left.connect(self._leave)
        self.trash.restored.connect(self._restore)
        self.trash.deleted.connect(self._delete)

    def refresh(self) -> None:
        """Ask again what was removed."""
        self._keeper.removed(
            self._relay.wrap(self._on_told), self._relay.wrap(self.trash.banner.show_error)
        )

    def show_trash(self) -> None:
        """Show what was removed in place of the models."""
        self.trash.banner.hide()
        self.setCurrentWidget(self.trash)
        self.trash.focus_list()
        self.refresh()

    def focus_search(self) -> None:
        """Begin a search among the models."""
        self.setCurrentWidget(self.list_side)
        self.list_side.focus_search()

    @property
    def shows_trash(self) -> bool:
        """Whether the removed models are on show."""
        return self.currentWidget() is self.trash

    def _leave(self) -> None:
        self.setCurrentWidget(self.list_side)
        self.list_side.list.setFocus()
        self.left.emit()

    def _restore(self, key: str) -> None:
        self.trash.banner.hide()
        self._keeper.restore(
            key,
            self._relay.wrap(self.restored.emit),
            self._relay.wrap(self.trash.banner.show_error),
        )

    def _delete(self, key: str) -> None:
        self.trash.banner.hide()
        self._keeper.delete(
            key, self._relay.wrap(self.refresh), self._relay.wrap(self.trash.banner.show_error)
        )

    def _on_told(self, removed: Sequence[RemovedModel]) -> None:
        self.trash.set_items([_item(each) for each in removed])
        self.list_side.trash.tell(len(removed))
        self.counted.emit(len(removed))
        if not removed and self.shows_trash:
            self._leave()


def _item(removed: RemovedModel) -> TrashItem:
    there = QDateTime.fromSecsSinceEpoch(int(removed.removed_at.timestamp()))
    when = QLocale().toString(there, QLocale.FormatType.ShortFormat)
    if not removed.size_bytes:
        return TrashItem(
            removed.key,
            removed.name,
            tr("off the list"),
            "\n".join((tr("Its file stays where it is."), when)),
        )
    if removed.is_link:
        return TrashItem(
            removed.key,
            removed.name,
            tr("link"),
            tr("A link, in the trash since {when}", when=when),
            tr("The link goes; the file that it leads to stays."),
        )
    size = file_size(removed.size_bytes)
    return TrashItem(
        removed.key,
        removed.name,
        size,
        tr("In the trash since {when}", when=when),
        tr("Its file goes, and {size} become free.", size=size),
    )
