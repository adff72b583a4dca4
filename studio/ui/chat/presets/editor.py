"""The window in which presets are made, changed, compared with what they were, and deleted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QDialog, QMenu, QWidget

from studio.chat.presets import shipped_words
from studio.chat.presets.keeper import PresetKeeper
from studio.chat.presets.preset_file import Preset
from studio.errors import StudioError
from studio.translation import tr
from studio.ui.chat.composer.choice_rows import CHOICE, Choice
from studio.ui.chat.presets.editor_layout import EditorParts
from studio.ui.chat.presets.steps import PresetSteps, Wish
from studio.ui.chat.presets.work import Background
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
        self.setWindowTitle(tr("Presets"))
        self.setModal(True)
        self._keeper = keeper
        self._models = tuple(models)
        self._preset: Preset | None = None
        self.parts = EditorParts(theme, self)
        self.parts.form.shape.background = background
        self._steps = PresetSteps(self, self.parts.form.preset, self._on_failed, background)
        self._connect()
        self._fill(current)

    @property
    def preset(self) -> Preset | None:
        """The preset on show, as it was last saved."""
        return self._preset

    def reject(self) -> None:
        """Close, on Escape too, once all is saved; what cannot be saved stays in view."""
        self._leave(super().reject)  # which a dialog calls on every way to close it

    def save(self) -> None:
        """Save what is in the fields, if it differs and can be saved."""
        if self._is_edited() and not self._problems():
            self._save()

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
        parts.discard.on_click(lambda: self._show_current())
        parts.save.on_click(self.save)
        parts.close.on_click(self.close)
        parts.switch.on_click(parts.turn)
        parts.trash.on_click(self._open_trash)

    def _fill(self, name: str = "", keeps_fields: bool = False) -> None:
        """Show all presets, and the one of this name, or the first."""
        presets = self._keeper.presets.list()
        self.parts.show_rows([_row(self._keeper, preset) for preset in presets])
        self.parts.trash.setVisible(bool(self._keeper.trashed()))
        found = next((each for each in presets if each.name == name), None)
        self._preset = found or next(iter(presets), None)
        self.parts.select(self._shown())
        self._show_current(keeps_fields and found is not None)

    def _shown(self) -> str:
        return self._preset.name if self._preset else ""

    def _show_current(self, keeps_fields: bool = False) -> None:
        parts, preset = self.parts, self._preset
        parts.set_usable(preset is not None)
        if preset is None:
            return
        if not keeps_fields:
            parts.form.show_preset(preset, self._models)
        _show_origin(parts, self._keeper, preset)
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

    def _leave(self, wish: Wish) -> None:
        """Save what can be saved, and fulfil the wish once nothing is left behind."""
        if self._steps.is_busy:
            self._steps.wait(lambda: self._leave(wish))
        elif not self._is_edited():
            wish()
        elif self._problems():
            self.parts.select(self._shown())
            _go_to_title(self.parts)
        else:
            self._save(lambda: self._leave(wish) if self._steps.is_touched else wish())

    def _save(self, wish: Wish | None = None) -> None:
        if self._steps.is_busy:
            self._steps.wait(self.save)
            return
        wanted = self.parts.form.preset()
        self._steps.run(lambda: self._keeper.save(wanted), self._on_saved, wish)

    def _on_failed(self, error: StudioError) -> None:
        self.parts.select(self._shown())
        self.parts.banner.show_error(error)

    def _on_list_moved(self, index: QModelIndex, *_before: object) -> None:
        choice = index.data(CHOICE)
        if not isinstance(choice, Choice):
            return
        if choice.key == self._shown():
            self._steps.wait(None)  # back to it before it was left
        else:
            self._leave(lambda: self._fill(choice.key))

    def _on_saved(self, saved: Preset) -> None:
        before = saved.version - 1
        undo = self._undo_to(saved.name, before) if before else None
        self.parts.toasts.show_words(_told_as_saved(saved), undo)
        self._refresh()

    def _undo_to(self, name: str, number: int) -> Callable[[], None]:
        def restore() -> None:
            self._steps.run(lambda: self._keeper.restore(name, number), self._on_changed)

        return lambda: self._leave(restore)

    def _on_changed(self, preset: Preset) -> None:
        self._refresh()
        if preset.name != self._shown():
            self._leave(lambda: self._fill(preset.name))

    def _refresh(self) -> None:
        """Show what is there now; what was written meanwhile stays in the fields."""
        self.parts.banner.hide()
        self._fill(self._shown(), self._steps.is_touched)
        self.presets_changed.emit()

    def _on_restore_wished(self, number: int) -> None:
        work = partial(self._keeper.restore, self._shown(), number)
        self._leave(lambda: self._steps.run(work, self._on_saved))

    def _create(self) -> None:
        work = partial(_create, self._keeper)
        self._leave(lambda: self._steps.run(work, self._on_made))

    def _duplicate(self) -> None:
        work = partial(self._keeper.duplicate, self._shown())
        self._leave(lambda: self._steps.run(work, self._on_made))

    def _on_made(self, made: Preset) -> None:
        self._refresh()
        self._leave(lambda: self._begin(made.name))

    def _begin(self, name: str) -> None:
        self._fill(name)
        _go_to_title(self.parts)
        self.parts.form.title.selectAll()

    def _delete(self) -> None:
        if self._preset is not None:
            work = partial(self._keeper.delete, self._preset.name)
            self._leave(lambda: self._steps.run(work, self._on_deleted))

    def _on_deleted(self, gone: Preset) -> None:
        self._refresh()
        self.parts.toasts.show_words(
            tr("“{title}” is in the trash.", title=gone.title), lambda: self._undelete(gone.name)
        )

    def _undelete(self, name: str) -> None:
        work = partial(self._keeper.undelete, name)
        self._leave(lambda: self._steps.run(work, self._on_changed))

    def _reset(self) -> None:
        if self._preset is not None:
            work = partial(self._keeper.reset, self._preset.name)
            self._leave(lambda: self._steps.run(work, self._on_saved))

    def _open_trash(self) -> None:
        _open_menu(self.parts.trash, self._keeper, self._undelete)


def _show_origin(parts: EditorParts, keeper: PresetKeeper, preset: Preset) -> None:
    """Show where a preset comes from, what it was, and what can be done with it."""
    name = preset.name
    is_shipped = keeper.presets.shipped(name) is not None
    parts.show_heading(preset, is_shipped)
    parts.history.show_versions(
        keeper.history(name), lambda older, newer: keeper.difference(name, older, newer)
    )
    parts.delete.setVisible(not is_shipped)
    parts.reset.setVisible(is_shipped and preset.is_own)


def _create(keeper: PresetKeeper) -> Preset:
    return keeper.create(keeper.free_title(tr("New preset")))


def _told_as_saved(saved: Preset) -> str:
    return tr("Saved “{title}” as version {version}.", title=saved.title, version=saved.version)


def _go_to_title(parts: EditorParts) -> None:
    parts.show_fields()
    parts.form.title.setFocus(Qt.FocusReason.OtherFocusReason)


def _open_menu(button: QWidget, keeper: PresetKeeper, act: Callable[[str], object]) -> None:
    menu = QMenu(button)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for name in keeper.trashed():
        title = keeper.trashed_title(name).replace("&", "&&")
        menu.addAction(tr("Bring back “{name}”", name=title)).triggered.connect(
            partial(_call, act, name)
        )
    menu.popup(button.mapToGlobal(button.rect().topLeft()))


def _call(act: Callable[[str], object], name: str, _checked: bool = False) -> None:
    act(name)


def _row(keeper: PresetKeeper, preset: Preset) -> Choice:
    is_shipped = keeper.presets.shipped(preset.name) is not None
    kind = ""
    if preset.is_own:
        kind = tr("changed") if is_shipped else tr("yours")
    return Choice(preset.name, *shipped_words.of_preset(preset), kind)
