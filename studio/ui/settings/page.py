"""The settings page: derived whole from what is declared, with nothing listed twice."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from studio.errors import StudioError
from studio.setting import Setting
from studio.settings import Settings
from studio.translation import tr
from studio.ui.relay import Relay
from studio.ui.settings.controls import Background, Choices, editor_for
from studio.ui.theme import READING_WIDTH, SPACE, Theme, set_look
from studio.ui.widgets.banner import Banner
from studio.ui.widgets.buttons import Button
from studio.ui.widgets.labels import label
from studio.ui.widgets.search_field import SearchField
from studio.ui.widgets.setting_row import Section, SettingRow

_LIST_WIDTH = 240


class SettingsPage(QWidget):
    """Categories at the left, their settings at the right, a search over all of them.

    ``choices`` offers values for settings whose values only other parts know, by setting name;
    each is asked again whenever the page comes into view, by ``background`` if that is given, so
    that the window need not wait. ``refusals`` tells, likewise, why a setting cannot be used here.
    """

    def __init__(
        self,
        theme: Theme,
        settings: Settings,
        choices: Mapping[str, Callable[[], Choices]] | None = None,
        background: Background | None = None,
        refusals: Mapping[str, Callable[[], str]] | None = None,
    ) -> None:
        super().__init__()
        self._theme = theme
        self._refusals = refusals or {}
        self._settings = settings
        self._choices = choices or {}
        self._background = background
        self._rows: dict[str, SettingRow] = {}
        self._sections: dict[str, Section] = {}
        self._buttons: dict[str, Button] = {}
        self._group = QButtonGroup(self)
        self._relay = Relay(self)
        self._category = ""
        self.setObjectName("settings_tab")
        self.search = SearchField(theme, tr("Search settings"), "Ctrl+F", "search_settings")
        self.search.searched.connect(self._on_searched)
        self._banner = Banner(theme)
        self._nothing = label(tr("No setting has these words. Try fewer."), "lead")
        self._categories = QVBoxLayout()
        self._column = QVBoxLayout()
        self._fill()
        self._lay_out()
        self._on_searched("")
        unsubscribe = settings.subscribe(self._relay.wrap(self._on_setting_changed))
        self.destroyed.connect(lambda: unsubscribe())

    def focus_search(self) -> None:
        """Begin a search."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def show_category(self, category: str) -> None:
        """Show the settings of one category."""
        self._category = category
        self._mark_category(category)
        for name, section in self._sections.items():
            section.filter("")
            section.setVisible(name == category)
        self._nothing.hide()

    def show_setting(self, name: str) -> None:
        """Show a setting, with the focus on its control."""
        self.search.clear()
        self.show_category(self._settings.declaration(name).category)
        row = self._rows[name]
        self._scroll.ensureWidgetVisible(row)
        row.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def row(self, name: str) -> SettingRow:
        """Return the row of a setting."""
        return self._rows[name]

    def _mark_category(self, category: str) -> None:
        """Highlight a category, or none while a search goes over all of them."""
        self._group.setExclusive(False)
        for name, button in self._buttons.items():
            button.setChecked(name == category)
        self._group.setExclusive(bool(category))

    def _fill(self) -> None:
        for setting in self._settings.declared:
            section = self._sections.get(setting.category)
            if section is None:
                section = self._add_category(setting.category)
            row = self._row_of(setting)
            section.add(row)
            self._rows[setting.name] = row
            self._on_setting_changed(setting.name, self._settings.get(setting.name))

    def _add_category(self, category: str) -> Section:
        name = f"category_{category.lower()}"
        button = Button(self._theme, tr(category), "category", name=name)
        button.setCheckable(True)
        button.setAutoExclusive(True)  # the group sees to that; this tells it to screen readers
        button.on_click(partial(self._on_category_clicked, category))
        self._group.addButton(button)
        self._buttons[category] = button
        self._categories.addWidget(button)
        section = Section(tr(category))
        self._sections[category] = section
        self._column.addWidget(section)
        return section

    def _row_of(self, setting: Setting) -> SettingRow:
        editor = editor_for(self._theme, setting, self._choices.get(setting.name), self._background)
        help_text = tr(setting.help)
        if setting.needs_restart:
            help_text = " ".join((help_text, tr("A change is felt at the next start.")))
        row = SettingRow(
            self._theme,
            tr(setting.title),
            help_text,
            editor,
            name=setting.name,
            technical=tr(setting.technical),
            below=setting.kind == "folders",
            also=f"{setting.title} {setting.help} {setting.technical}",
        )
        editor.edited.connect(partial(self._on_edited, setting.name))
        row.reset.connect(partial(self._on_reset, setting.name))
        if why_not := self._refusals.get(setting.name, str)():
            row.refuse(why_not)
        return row

    def _lay_out(self) -> None:
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self._left_side())
        outer.addWidget(self._right_side(), 1)

    def _left_side(self) -> QFrame:
        side = QFrame()
        set_look(side, "list")
        side.setFixedWidth(_LIST_WIDTH)
        column = QVBoxLayout(side)
        column.setContentsMargins(SPACE[2], SPACE[3], SPACE[2], SPACE[2])
        column.setSpacing(SPACE[2])
        column.addWidget(self.search)
        self._categories.setSpacing(2)
        column.addLayout(self._categories)
        column.addStretch()
        return side

    def _right_side(self) -> QScrollArea:
        self._column.setSpacing(SPACE[4])
        self._column.setContentsMargins(SPACE[4], SPACE[4], SPACE[4], SPACE[5])
        self._column.insertWidget(0, self._banner)
        self._column.addWidget(self._nothing)
        self._column.addStretch()
        middle = QWidget()
        set_look(middle, "ground")
        middle.setMaximumWidth(READING_WIDTH)
        middle.setLayout(self._column)
        ground = QWidget()
        set_look(ground, "ground")
        row = QHBoxLayout(ground)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        row.addWidget(middle, 100)
        row.addStretch(1)
        scroll = self._scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(ground)
        return scroll

    def _on_category_clicked(self, category: str) -> None:
        self.search.clear()
        self.show_category(category)

    def _on_searched(self, words: str) -> None:
        if not words:
            self.show_category(self._category or next(iter(self._buttons)))
            return
        self._mark_category("")
        shown = sum(section.filter(words) for section in self._sections.values())
        self._nothing.setVisible(shown == 0)

    def _on_edited(self, name: str, value: object) -> None:
        self._try(name, lambda: self._settings.set(name, value))

    def _on_reset(self, name: str) -> None:
        self._try(name, lambda: self._settings.reset(name))

    def _try(self, name: str, change: Callable[[], None]) -> None:
        try:
            change()
        except StudioError as error:
            self._banner.show_error(error)
            self._on_setting_changed(name, self._settings.get(name))
        else:
            self._banner.hide()

    def _on_setting_changed(self, name: str, value: object) -> None:
        row = self._rows[name]
        row.editor.show_value(value)
        row.set_changed(self._settings.is_changed(name))
