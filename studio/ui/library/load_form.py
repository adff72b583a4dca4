"""How one model is loaded: a row for every load setting, each with its sentence."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from studio.engine.language import LoadSettings
from studio.library.load_fields import RARE, USUAL, Field, Number, OneOf, meant
from studio.translation import tr
from studio.ui.theme import SPACE, Theme
from studio.ui.widgets.buttons import Unfolder
from studio.ui.widgets.editors import ChoiceEditor, Editor, NumberEditor, SwitchEditor
from studio.ui.widgets.quantities import count
from studio.ui.widgets.setting_row import Section, SettingRow

DEFAULTS = LoadSettings()


class LoadForm(QWidget):
    """Edits a copy of a model's load settings; ``edited`` tells that the copy changed."""

    edited = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._settings = DEFAULTS
        self._usual = DEFAULTS
        self._rows: dict[str, SettingRow] = {}
        self._fields = {field.name: field for field in (*USUAL, *RARE)}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE[2])
        column.addWidget(self._section(tr("How it is loaded"), USUAL))
        self._more = Unfolder(theme, "more_settings")
        self._more.show_state(tr("More settings"), False)
        self._more.on_click(self._turn)
        column.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        self._rare = self._section("", RARE)
        self._rare.hide()
        column.addWidget(self._rare)

    @property
    def settings(self) -> LoadSettings:
        """The settings as edited."""
        return self._settings

    def show_usual(self, usual: LoadSettings) -> None:
        """Tell what the Settings page says where a model's own settings leave something open."""
        self._usual = usual
        for name, row in self._rows.items():
            kind = self._fields[name].kind
            if isinstance(kind, Number) and isinstance(row.editor, NumberEditor) and kind.word:
                is_said = getattr(usual, name) != getattr(DEFAULTS, name)
                row.editor.word_minimum(tr("As in Settings") if is_said else tr(kind.word))

    def show_settings(self, settings: LoadSettings) -> None:
        """Show a model's settings; the rare ones come forward when one of them is changed."""
        self._settings = settings
        for name, row in self._rows.items():
            row.editor.show_value(_shown(self._fields[name], getattr(settings, name)))
            row.set_changed(getattr(settings, name) != getattr(DEFAULTS, name))
            row.set_note(self._note(name))
        if any(self._rows[field.name].is_marked for field in RARE) and self._rare.isHidden():
            self._turn()

    def row(self, name: str) -> SettingRow:
        """Return the row of a load setting."""
        return self._rows[name]

    def _note(self, name: str) -> str:
        """Say which number is in force where the one of the Settings page is."""
        usual, is_open = getattr(self._usual, name), getattr(self._settings, name) is None
        if not is_open or usual == getattr(DEFAULTS, name):
            return ""
        return tr("The Settings page says {number} for all models.", number=count(usual))

    def _section(self, title: str, rows: tuple[Field, ...]) -> Section:
        section = Section(title)
        for field in rows:
            row = SettingRow(
                self._theme,
                tr(field.title),
                tr(field.help),
                _editor(self._theme, field),
                name=f"load_{field.name}",
                technical=tr(field.technical),
                also=f"{field.title} {field.help} {field.technical}",
            )
            row.editor.edited.connect(partial(self._on_edited, field))
            row.reset.connect(partial(self._change, field.name, getattr(DEFAULTS, field.name)))
            section.add(row)
            self._rows[field.name] = row
        return section

    def _on_edited(self, field: Field, shown: object) -> None:
        self._change(field.name, meant(field, shown))

    def _change(self, name: str, value: object) -> None:
        changes: dict[str, Any] = {name: value}
        self.show_settings(replace(self._settings, **changes))
        self.edited.emit()

    def _turn(self) -> None:
        opened = self._rare.isHidden()
        self._rare.setVisible(opened)
        self._more.show_state(tr("Fewer settings") if opened else tr("More settings"), opened)


def _editor(theme: Theme, field: Field) -> Editor:
    kind, title = field.kind, tr(field.title)
    if isinstance(kind, Number):
        bounds = (kind.low, kind.high)
        unit, word = (tr(each) if each else "" for each in (kind.unit, kind.word))
        return NumberEditor(theme, title, bounds, kind.digits, unit, word, kind.step)
    if isinstance(kind, OneOf):
        return ChoiceEditor(theme, title, [(value, tr(word)) for value, word in kind.choices])
    return SwitchEditor(theme, title)


def _shown(field: Field, value: Any) -> Any:
    if value is None and isinstance(field.kind, Number):
        return field.kind.nothing
    return value
