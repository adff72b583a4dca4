"""The window in which presets are made, changed, compared with what they were, and deleted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QMenu, QWidget

from studio.chat.preset_file import Preset
from studio.chat.preset_keeper import PresetKeeper
from studio.ui.chat.composer_choices import CHOICE, Choice
from studio.ui.chat.preset_editor_layout import EditorParts
from studio.ui.chat.preset_work import Background, PresetWork
from studio.ui.theme import Theme


class PresetEditor(QDialog):
    """Shows one preset at a time. ``presets_changed`` tells that others should ask for them again.

    What was written is saved when one goes to another preset or closes the window; each saving is
    a version, so that it can be taken back. What cannot be saved keeps the window where it is.

    Args:
        models: names that can be preferred.
        background: runs changes off the window's thread; without it they run on it.
    """

    presets_changed = Signal()

    def __init__(
        self,
        theme: Theme,
        parent: QWidget,
        keeper: PresetKeeper,
        models: Sequence[str] = (),
        current: str = "",
        background: Background | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("preset_editor")
        self.setWindowTitle("Presets")
        self.setModal(True)
        self._keeper = keeper
        self._models = tuple(models)
        self._preset: Preset | None = None
        self.parts = EditorParts(theme, self)
        self._work = PresetWork(self, self.parts.banner.show_error, background)
        self._connect()
        self._fill(current)

    @property
    def preset(self) -> Preset | None:
        """The preset on show, as it was last saved."""
        return self._preset

    def closeEvent(self, event: QCloseEvent) -> None:
        """Save first; what cannot be saved stays in view."""
        if self._may_leave():
            super().closeEvent(event)
        else:
            event.ignore()

    def reject(self) -> None:
        """Close on Escape, too, only when all is saved."""
        if self._may_leave():
            super().reject()

    def save(self) -> None:
        """Save what is in the fields, if it differs and can be saved."""
        if self._is_edited() and not self._problems():
            wanted = self.parts.form.preset()
            self._work.run(lambda: self._keeper.save(wanted), self._on_saved)

    def _connect(self) -> None:
        parts = self.parts
        parts.list.clicked.connect(self._on_list_moved)
        parts.list.selectionModel().currentChanged.connect(self._on_list_moved)
        parts.form.edited.connect(self._on_edited)
        parts.form.refused.connect(parts.toasts.show_words)
        parts.history.restored.connect(self._on_restore_wished)
        parts.new.on_click(self._create)
        parts.duplicate.on_click(self._duplicate)
        parts.delete.on_click(self._delete)
        parts.reset.on_click(self._reset)
        parts.discard.on_click(self._show_current)
        parts.save.on_click(self.save)
        parts.close.on_click(self.close)
        parts.switch.on_click(parts.turn)
        parts.trash.on_click(self._open_trash)

    def _fill(self, name: str = "") -> None:
        """Show all presets, and the one of this name, or the first."""
        presets = self._keeper.presets.list()
        self.parts.show_rows([_row(self._keeper, preset) for preset in presets])
        self.parts.trash.setVisible(bool(self._keeper.trashed()))
        wanted = next((each for each in presets if each.name == name), None)
        self._show(wanted or next(iter(presets), None))

    def _show(self, preset: Preset | None) -> None:
        self._preset = preset
        self.parts.select(preset.name if preset else "")
        self._show_current()

    def _show_current(self) -> None:
        parts, preset = self.parts, self._preset
        parts.set_usable(preset is not None)
        if preset is None:
            return
        keeper, name = self._keeper, preset.name
        is_shipped = keeper.presets.shipped(name) is not None
        parts.form.show_preset(preset, self._models)
        parts.show_heading(preset, is_shipped)
        parts.history.show_versions(
            keeper.history(name), lambda older, newer: keeper.difference(name, older, newer)
        )
        parts.delete.setVisible(not is_shipped)
        parts.reset.setVisible(is_shipped and preset.is_own)
        self._on_edited()

    def _on_edited(self) -> None:
        is_edited = self._is_edited()
        problems = self._problems() if is_edited else []
        self.parts.show_problems(problems)
        self.parts.save.setEnabled(is_edited and not problems)
        self.parts.discard.setVisible(is_edited)

    def _is_edited(self) -> bool:
        return self._preset is not None and not self._preset.same_content(self.parts.form.preset())

    def _problems(self) -> list[str]:
        return self._keeper.problems(self.parts.form.preset())

    def _may_leave(self) -> bool:
        """Save what can be saved; tell whether nothing is left behind."""
        if not self._is_edited():
            return True
        if self._problems():
            self.parts.show_fields()
            self.parts.form.title.setFocus(Qt.FocusReason.OtherFocusReason)
            return False
        self.save()
        return True

    def _on_list_moved(self, index: QModelIndex, *_before: object) -> None:
        choice = index.data(CHOICE)
        shown = self._preset.name if self._preset else ""
        if not isinstance(choice, Choice) or choice.key == shown:
            return
        if self._may_leave():
            self._show(self._keeper.presets.get(choice.key))
        else:
            self.parts.select(shown)

    def _on_saved(self, saved: Preset) -> None:
        before = saved.version - 1
        undo = self._undo_to(saved.name, before) if before else None
        self.parts.toasts.show_words(f"Saved “{saved.title}” as version {saved.version}.", undo)
        on_show = self._preset.name if self._preset else saved.name
        self._refresh(on_show)

    def _undo_to(self, name: str, number: int) -> Callable[[], None]:
        def undo() -> None:
            self._work.run(lambda: self._keeper.restore(name, number), self._on_changed)

        return undo

    def _on_changed(self, preset: Preset) -> None:
        self._refresh(preset.name)

    def _refresh(self, name: str) -> None:
        self.parts.banner.hide()
        self._fill(name)
        self.presets_changed.emit()

    def _on_restore_wished(self, number: int) -> None:
        if self._preset is not None and self._may_leave():
            name = self._preset.name
            self._work.run(lambda: self._keeper.restore(name, number), self._on_saved)

    def _create(self) -> None:
        if self._may_leave():
            title = self._keeper.free_title("New preset")
            self._work.run(lambda: self._keeper.create(title), self._on_made)

    def _duplicate(self) -> None:
        if self._preset is not None and self._may_leave():
            name = self._preset.name
            self._work.run(lambda: self._keeper.duplicate(name), self._on_made)

    def _on_made(self, made: Preset) -> None:
        self._refresh(made.name)
        self.parts.show_fields()
        self.parts.form.title.setFocus(Qt.FocusReason.OtherFocusReason)
        self.parts.form.title.selectAll()

    def _delete(self) -> None:
        if self._preset is not None:
            name = self._preset.name
            self._work.run(lambda: self._keeper.delete(name), self._on_deleted)

    def _on_deleted(self, gone: Preset) -> None:
        self._refresh("")
        self.parts.toasts.show_words(
            f"“{gone.title}” is in the trash.", lambda: self._undelete(gone.name)
        )

    def _undelete(self, name: str) -> None:
        self._work.run(lambda: self._keeper.undelete(name), self._on_changed)

    def _reset(self) -> None:
        if self._preset is not None:
            name = self._preset.name
            self._work.run(lambda: self._keeper.reset(name), self._on_saved)

    def _open_trash(self) -> None:
        _open_menu(self.parts.trash, self._keeper.trashed(), self._undelete)


def _open_menu(button: QWidget, names: Sequence[str], act: Callable[[str], object]) -> None:
    menu = QMenu(button)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for name in names:
        menu.addAction(f"Bring back “{name}”").triggered.connect(partial(_call, act, name))
    menu.popup(button.mapToGlobal(button.rect().topLeft()))


def _call(act: Callable[[str], object], name: str, _checked: bool = False) -> None:
    act(name)


def _row(keeper: PresetKeeper, preset: Preset) -> Choice:
    is_shipped = keeper.presets.shipped(preset.name) is not None
    kind = ("changed" if is_shipped else "yours") if preset.is_own else ""
    return Choice(preset.name, preset.title, preset.description, kind)
