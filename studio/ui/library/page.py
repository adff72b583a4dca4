"""The Models room: what is on the shelf, what each model is, and how it is loaded."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFileDialog, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from studio.engine.language import LoadSettings
from studio.errors import StudioError
from studio.translation import tr
from studio.ui.library.arrivals import Arrivals
from studio.ui.library.details import Details
from studio.ui.library.entry import ModelEntry, ModelKeeper, Verdict
from studio.ui.library.first_start import FirstStart
from studio.ui.library.list_side import ListSide
from studio.ui.library.removed import ModelsSide
from studio.ui.library.rows import ModelRows
from studio.ui.relay import Relay
from studio.ui.theme import Theme
from studio.ui.widgets.banner import Banner
from studio.ui.widgets.notes import Notes
from studio.ui.widgets.progress_strip import ProgressStrip
from studio.ui.widgets.quantities import file_size
from studio.ui.widgets.split_pane import put_in_reading_order
from studio.ui.widgets.toast import Toasts


class ModelsTab(QWidget):
    """Shows what ``keeper`` has, and passes on what a person wants done with it.

    ``chat_requested`` carries the name of a model to talk to, ``compare_requested`` of one to
    compare; ``shelf_changed`` tells that models came or went. ``choose_files`` asks for files to
    add.
    """

    chat_requested = Signal(str)
    compare_requested = Signal(str)
    shelf_changed = Signal()

    def __init__(
        self,
        theme: Theme,
        keeper: ModelKeeper,
        toasts: Toasts,
        choose_files: Callable[[], Sequence[Path]] | None = None,
    ) -> None:
        super().__init__()
        self._keeper = keeper
        self._toasts = toasts
        self._relay = Relay(self)
        self._choose_files = choose_files or self._ask_for_files
        self._wanted = ""
        self.setObjectName("models_tab")
        self._rows = ModelRows()
        self.banner = Banner(theme)
        self.progress = ProgressStrip(theme)
        self.arrivals = Arrivals(keeper, self.progress)
        self.first_start = FirstStart(theme, keeper.starter())
        self.side = ListSide(theme, self._rows)
        self.left = ModelsSide(theme, self.side, keeper)
        self.details = Details(theme)
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._stack = QStackedWidget()
        self._lay_out()
        self._connect()
        self.refresh()

    def refresh(self) -> None:
        """Ask again what is on the shelf."""
        self._keeper.list(self._relay.wrap(self._on_listed), self._relay.wrap(self._on_failed))
        self.left.refresh()

    def choose_and_add(self) -> None:
        """Ask the person for files and add them."""
        self.add(self._choose_files())

    def add(self, paths: Sequence[Path]) -> None:
        """Put files on the shelf, with their progress on show; one lot after another."""
        self.arrivals.add(paths)

    def get_starter(self) -> None:
        """Fetch the starter model, with its progress on show."""
        self.arrivals.get_starter()

    def remove(self, entry: ModelEntry) -> None:
        """Put a model into the trash, or off the list; the toast brings it back."""
        self._keeper.remove(
            entry.name,
            self._relay.wrap(lambda: self._on_removed(entry.name, entry.own)),
            self._relay.wrap(self._on_failed),
        )

    def focus_search(self) -> None:
        """Begin a search."""
        self.left.focus_search()

    def select(self, name: str) -> None:
        """Show a model, now or as soon as it is listed."""
        self._wanted = name
        self.side.select(name)

    def showEvent(self, event: QShowEvent) -> None:
        """Look at the shelf again whenever the page comes into view."""
        super().showEvent(event)
        self.refresh()

    def _lay_out(self) -> None:
        self._split.setChildrenCollapsible(False)
        self._split.setHandleWidth(1)
        self._split.addWidget(self.left)
        self._split.addWidget(self.details)
        put_in_reading_order(self._split)
        self._split.setStretchFactor(0, 3)
        self._split.setStretchFactor(1, 5)
        self._split.setSizes([360, 640])
        self._stack.addWidget(self.first_start)
        self._stack.addWidget(self._split)
        self._stack.setCurrentWidget(self._split)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Notes(self.banner, self.progress))
        column.addWidget(self._stack, 1)
        self.details.hide()

    def _connect(self) -> None:
        self.side.add_requested.connect(self.choose_and_add)
        self.side.removal_requested.connect(self.remove)
        self.side.current_changed.connect(self._on_current_changed)
        self.arrivals.begun.connect(self.banner.hide)
        self.arrivals.arrived.connect(self._on_added)
        self.arrivals.failed.connect(self._on_failed)
        self.left.left.connect(self.refresh)
        self.left.counted.connect(self.first_start.trash.tell)
        self.first_start.trash.on_click(self._show_removed)
        self.left.restored.connect(lambda name: self._on_added([name]))
        self.first_start.add_requested.connect(self.choose_and_add)
        self.first_start.starter_requested.connect(self.get_starter)
        self.details.chat_requested.connect(self.chat_requested)
        self.details.compare_requested.connect(self.compare_requested)
        self.details.removal_requested.connect(self.remove)
        self.details.saved.connect(self._save)
        self.details.judged.connect(self._judge)

    def _on_listed(self, entries: Sequence[ModelEntry]) -> None:
        self._rows.set_rows(entries)
        usable = [entry for entry in entries if entry.problem is None]
        size = file_size(sum(entry.size_bytes for entry in usable))
        self.side.tell_total(len(usable), size, len(entries) - len(usable))
        is_any = bool(entries) or self.left.shows_trash
        self._stack.setCurrentWidget(self._split if is_any else self.first_start)
        self.details.setVisible(bool(entries))
        shown = self.details.entry
        names = [name for name in (self._wanted, shown.name if shown else "") if name]
        self.side.select(next((n for n in names if self._rows.row_of(n) >= 0), ""))

    def _on_current_changed(self, entry: ModelEntry | None) -> None:
        if entry is None:
            return
        shown = self.details.entry
        if shown is not None and shown.name == entry.name and self.details.has_unsaved:
            return
        self.details.save()
        self._wanted = entry.name
        self.details.show_entry(entry, self._keeper.settings_of(entry.name))

    def _show_removed(self) -> None:
        self._stack.setCurrentWidget(self._split)
        self.left.show_trash()

    def _on_added(self, names: Sequence[str]) -> None:
        self._wanted = names[0]
        self.refresh()
        self.shelf_changed.emit()

    def _on_removed(self, name: str, own: bool) -> None:
        words = tr("{name} is off the list; its file stays", name=name)
        if own:
            words = tr("{name} was removed", name=name)
        self._toasts.show_words(words, lambda: self._undo(name))
        self.refresh()
        self.shelf_changed.emit()

    def _undo(self, name: str) -> None:
        done = self._relay.wrap(lambda: self._on_added([name]))
        self._keeper.undo_remove(name, done, self._relay.wrap(self._on_failed))

    def _save(self, name: str, settings: LoadSettings) -> None:
        before = self._keeper.settings_of(name)
        try:
            self._keeper.save_settings(name, settings)
        except StudioError as error:
            self._on_failed(error)
            return
        self.details.mark_saved(settings)
        self._toasts.show_words(
            tr("Settings of {name} saved", name=name), lambda: self._restore(name, before)
        )

    def _restore(self, name: str, settings: LoadSettings) -> None:
        try:
            self._keeper.save_settings(name, settings)
        except StudioError as error:
            self._on_failed(error)
            return
        shown = self.details.entry
        if shown is not None and shown.name == name:
            self.details.show_entry(shown, settings)

    def _judge(self, name: str, settings: LoadSettings) -> None:
        def tell(verdict: Verdict) -> None:
            self.details.show_verdict(name, verdict)

        self._keeper.judge(name, settings, self._relay.wrap(tell))

    def _on_failed(self, error: StudioError) -> None:
        if error.code != "cancelled":
            self.banner.show_error(error)

    def _ask_for_files(self) -> Sequence[Path]:
        names, _ = QFileDialog.getOpenFileNames(
            self, tr("Add models"), "", tr("Models (*.gguf);;All files (*)")
        )
        return [Path(name) for name in names]
