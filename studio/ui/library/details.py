"""The right side of the Models page: one model in full, and how it is loaded."""

from __future__ import annotations

from PySide6.QtCore import QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from studio.engine.language import LoadSettings
from studio.library.purposes import ANSWERS
from studio.translation import tr
from studio.ui.library.entry import ModelEntry, Verdict
from studio.ui.library.facts import FactsCard
from studio.ui.library.load_form import LoadForm
from studio.ui.theme import PAGE, READING_WIDTH, SPACE, Theme, set_look
from studio.ui.widgets.badge import Badge
from studio.ui.widgets.banner import Banner
from studio.ui.widgets.buttons import Button
from studio.ui.widgets.labels import ElidedLabel, label

_JUDGE_AFTER_MS = 200


class Details(QWidget):
    """Shows a model. Signals carry what the person asks for; nothing is done here.

    ``judged`` asks for a new verdict on the settings as edited; answer with ``show_verdict``.
    """

    chat_requested = Signal(str)
    compare_requested = Signal(str)
    removal_requested = Signal(object)
    saved = Signal(str, object)
    judged = Signal(str, object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._entry: ModelEntry | None = None
        self._kept = LoadSettings()
        self.setObjectName("model_details")
        self._title = ElidedLabel(theme, "", PAGE, 600)
        self._about = label("", "lead", wrap=True)
        self._fit = Badge(theme)
        self.banner = Banner(theme, closable=False)
        self._facts = FactsCard(theme)
        self.form = LoadForm(theme)
        self._compare = Button(theme, tr("Compare…"), icon="boxes", name="compare_model")
        self._chat = Button(
            theme, tr("Start a chat"), "primary", "message-square", name="start_a_chat"
        )
        self._folder = Button(theme, tr("Show in folder"), "", "folder-open", name="show_in_folder")
        self._remove = Button(theme, tr("Remove"), "", "trash-2", name="remove_model")
        self._save = Button(theme, tr("Save"), "primary", name="save_load_settings")
        self._reset = Button(theme, tr("Reset"), name="reset_load_settings")
        self._bar = QFrame()
        self._pause = QTimer(self, singleShot=True, interval=_JUDGE_AFTER_MS)
        self._lay_out()
        self._connect()

    @property
    def entry(self) -> ModelEntry | None:
        """The model on show."""
        return self._entry

    @property
    def has_unsaved(self) -> bool:
        """Whether the load settings were edited and not saved."""
        return self.form.settings != self._kept

    def show_entry(self, entry: ModelEntry, settings: LoadSettings) -> None:
        """Show a model and how it is loaded."""
        self._pause.stop()
        self._entry = entry
        self._kept = settings
        self._title.set_text(entry.name)
        self._about.setText(entry.about)
        self._facts.show_entry(entry)
        self.form.show_usual(entry.usual)
        self.form.show_settings(settings)
        usable = entry.problem is None and entry.purpose in ANSWERS
        self.form.setVisible(usable)
        self._chat.setVisible(usable)
        self._compare.setVisible(usable)
        self._remove.setText(tr("Remove") if entry.own else tr("Take off the list"))
        self._fit.setVisible(entry.fit is not None)
        if entry.fit is not None:
            self.show_verdict(entry.name, entry.fit)
        if entry.problem is not None:
            self.banner.show_error(entry.problem)
        else:
            self.banner.hide()
        self._show_bar()

    def show_verdict(self, name: str, verdict: Verdict) -> None:
        """Show whether the model fits, unless another model is on show by now."""
        if self._entry is not None and self._entry.name == name:
            self._fit.set_verdict(verdict.words, verdict.level)
            self._fit.show()

    def mark_saved(self, settings: LoadSettings) -> None:
        """Take note that settings were kept."""
        self._kept = settings
        self._show_bar()

    def _lay_out(self) -> None:
        column = QVBoxLayout()
        column.setContentsMargins(SPACE[4], SPACE[4], SPACE[4], SPACE[4])
        column.setSpacing(SPACE[3])
        heading = QVBoxLayout()
        heading.setSpacing(SPACE[0])
        heading.addWidget(self._title)
        heading.addWidget(self._about)
        column.addLayout(heading)
        column.addWidget(self._fit)
        column.addLayout(self._actions())
        column.addWidget(self.banner)
        column.addWidget(self._facts)
        column.addSpacing(SPACE[1])
        column.addWidget(self.form)
        column.addStretch()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(_scrolling(column), 1)
        self._fill_bar()
        outer.addWidget(self._bar)

    def _actions(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(SPACE[1])
        for button in (self._chat, self._compare, self._folder, self._remove):
            row.addWidget(button)
        row.addStretch()
        return row

    def _fill_bar(self) -> None:
        set_look(self._bar, "status")
        row = QHBoxLayout(self._bar)
        row.setContentsMargins(SPACE[4], SPACE[1], SPACE[4], SPACE[1])
        row.setSpacing(SPACE[1])
        row.addWidget(label(tr("Not saved yet"), "muted"))
        row.addStretch()
        row.addWidget(self._reset)
        row.addWidget(self._save)
        self._reset.setToolTip(tr("Back to the settings as they were saved"))

    def _connect(self) -> None:
        self.form.edited.connect(self._on_edited)
        self._pause.timeout.connect(self._ask_verdict)
        self._chat.on_click(self._ask_chat)
        self._compare.on_click(self._ask_compare)
        self._remove.on_click(lambda: self.removal_requested.emit(self._entry))
        self._folder.on_click(self._open_folder)
        self._save.on_click(self.save)
        self._reset.on_click(self._take_back)

    def save(self) -> None:
        """Ask for the edited settings to be kept."""
        if self._entry is not None and self.has_unsaved:
            self.saved.emit(self._entry.name, self.form.settings)

    def _ask_chat(self) -> None:
        if self._entry is not None:
            self.chat_requested.emit(self._entry.name)

    def _ask_compare(self) -> None:
        if self._entry is not None:
            self.compare_requested.emit(self._entry.name)

    def _open_folder(self) -> None:
        if self._entry is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._entry.path.parent)))

    def _on_edited(self) -> None:
        self._show_bar()
        self._pause.start()

    def _ask_verdict(self) -> None:
        if self._entry is not None:
            self.judged.emit(self._entry.name, self.form.settings)

    def _take_back(self) -> None:
        self.form.show_settings(self._kept)
        self._on_edited()

    def _show_bar(self) -> None:
        self._bar.setVisible(self.has_unsaved)


def _scrolling(column: QVBoxLayout) -> QScrollArea:
    inner = QWidget()
    set_look(inner, "ground")
    inner.setMaximumWidth(READING_WIDTH)
    inner.setLayout(column)
    ground = QWidget()
    set_look(ground, "ground")
    row = QHBoxLayout(ground)
    row.setContentsMargins(0, 0, 0, 0)
    row.addStretch(1)
    row.addWidget(inner, 100)
    row.addStretch(1)
    scroll = QScrollArea()
    scroll.setObjectName("model_details_scroll")
    scroll.setAccessibleName(tr("About the model"))
    scroll.setWidgetResizable(True)
    scroll.setWidget(ground)
    return scroll
