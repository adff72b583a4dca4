"""The window that exports chats: which kind of file, where, how far, and where it is now."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QMessageBox,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from studio.chat.transfer.names import safe_name
from studio.errors import StudioError
from studio.translation import tr
from studio.ui.chat.conversations.rows import title_of
from studio.ui.chat.transfer.export_work import FORMS, ON_SHOW, Exported, ExportWork, Form
from studio.ui.theme import SPACE, Theme
from studio.ui.widgets.banner import Banner
from studio.ui.widgets.buttons import Button
from studio.ui.widgets.labels import label
from studio.ui.widgets.progress_strip import ProgressStrip

if TYPE_CHECKING:
    from studio.chat.conversation import Conversation

_WIDTH = 440
Choose = Callable[[QWidget, Form, str, bool], Path | None]


def ask_place(parent: QWidget, form: Form, name: str, is_folder: bool) -> Path | None:
    """Ask where to write: the folder for many files, else the file; ``None`` for nowhere."""
    if is_folder:
        words = tr("Folder for the {form} files", form=form.name)
        chosen = QFileDialog.getExistingDirectory(parent, words)
    else:
        title, kind = tr("Export"), f"{form.name} (*.{form.ending})"
        chosen, _kind = QFileDialog.getSaveFileName(parent, title, f"{name}.{form.ending}", kind)
    if not chosen:
        return None
    path = Path(chosen)
    if is_folder or path.suffix.lower() == f".{form.ending}":
        return path
    completed = path.with_name(f"{path.name}.{form.ending}")
    # The file dialog asked about the name without its ending.
    return completed if not completed.exists() or _may_replace(parent, completed) else None


def _may_replace(parent: QWidget, path: Path) -> bool:
    words = tr("There is a file “{name}” already. Replace it?", name=path.name)
    return QMessageBox.question(parent, tr("Export"), words) == QMessageBox.StandardButton.Yes


class ExportDialog(QDialog):
    """Exports ``chats`` once; closing it stops what is not yet written.

    ``choose`` asks the person for the place.
    """

    def __init__(
        self,
        theme: Theme,
        parent: QWidget,
        chats: Sequence[Conversation],
        work: ExportWork,
        choose: Choose = ask_place,
    ) -> None:
        super().__init__(parent)
        self._chats = chats
        self._work = work
        self._choose = choose
        self._written: Path | None = None
        work.advanced.connect(self._on_advanced)
        work.ended.connect(self._on_ended)
        self.setObjectName("export_dialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._title = _title(chats)
        self.setWindowTitle(tr("Export"))
        self.setAccessibleName(self._title)
        self.forms = QButtonGroup(self)
        self._about = label("", "muted", wrap=True)
        self.banner = Banner(theme, closable=False)
        self.strip = ProgressStrip(theme)
        self.folder = Button(theme, tr("Show in folder"), icon="folder-open", name="export_show")
        self.folder.on_click(self._show_in_folder)
        self.folder.hide()
        self.go = Button(theme, tr("Choose where…"), "primary", name="export_go")
        self.go.on_click(self._begin)
        self.go.setDefault(True)
        self.leave = Button(theme, tr("Cancel"), name="export_leave").on_click(self.reject)
        self._lay_out()
        self.forms.idToggled.connect(self._on_form_chosen)
        self.forms.button(0).setChecked(True)
        self.forms.button(0).setFocus()

    def form(self) -> Form:
        """Return the kind of file that is chosen."""
        return FORMS[self.forms.checkedId()]

    def done(self, result: int) -> None:
        """Stop what runs, and close."""
        self._work.retire()
        super().done(result)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE[4], SPACE[4], SPACE[4], SPACE[3])
        column.setSpacing(SPACE[1])
        title = label(self._title, "section", wrap=True)
        title.setFixedWidth(_WIDTH)
        column.addWidget(title)
        choices = QHBoxLayout()
        choices.setContentsMargins(0, SPACE[1], 0, 0)
        choices.setSpacing(SPACE[3])
        for number, form in enumerate(FORMS):
            button = QRadioButton(form.name)
            button.setObjectName(f"export_{form.ending}")
            button.setAccessibleName(form.name)
            button.setAccessibleDescription(_about(form))
            self.forms.addButton(button, number)
            choices.addWidget(button)
        choices.addStretch()
        column.addLayout(choices)
        for widget in (self._about, self.strip, self.banner):
            column.addWidget(widget)
        foot = QHBoxLayout()
        foot.setContentsMargins(0, SPACE[2], 0, 0)
        foot.setSpacing(SPACE[1])
        foot.addWidget(self.folder)
        foot.addStretch()
        foot.addWidget(self.leave)
        foot.addWidget(self.go)
        column.addLayout(foot)

    def _on_form_chosen(self, number: int, is_chosen: bool) -> None:
        if is_chosen:
            form = FORMS[number]
            told = _about(form)
            if self._is_folder(form):
                told += " " + tr("A file for each chat.")
            self._about.setText(told)

    def _is_folder(self, form: Form) -> bool:
        return len(self._chats) > 1 and not form.holds_many

    def _begin(self) -> None:
        form = self.form()
        is_folder = self._is_folder(form)
        name = safe_name(title_of(self._chats[0])) if len(self._chats) == 1 else tr("chats")
        place = self._choose(self, form, name, is_folder)
        if place is None:
            return
        self.banner.hide()
        self._set_busy(True)
        self.strip.begin(tr("Exporting"), self._work.cancel)
        self._work.begin(self._chats, form, place, is_folder=is_folder)

    def _on_advanced(self, done: int, total: int) -> None:
        self.strip.advance(done, total)

    def _on_ended(self, result: Exported | StudioError) -> None:
        self.strip.finish()
        self._set_busy(False)
        if isinstance(result, StudioError):
            if result.code == "cancelled":
                self.banner.say(result.what, tr("Nothing was written."))
            else:
                self.banner.show_error(result)
            return
        self._written = result.path
        self.banner.say(_told(result), str(result.path))
        self.folder.show()
        self.go.hide()
        self.leave.setText(tr("Close"))
        self.leave.setFocus()

    def _set_busy(self, is_busy: bool) -> None:
        self.go.setEnabled(not is_busy)
        for button in self.forms.buttons():
            button.setEnabled(not is_busy)

    def _show_in_folder(self) -> None:
        if self._written is not None:
            place = self._written if self._written.is_dir() else self._written.parent
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(place)))


def _title(chats: Sequence[Conversation]) -> str:
    if len(chats) == 1:
        title = title_of(chats[0])
        shown = title if len(title) <= 60 else f"{title[:59]}…"
        return tr("Export “{title}”", title=shown)
    return tr("Export all {count:,} chats", count=len(chats))


def _about(form: Form) -> str:
    return tr(form.about) if form.holds_many else f"{tr(form.about)} {tr(ON_SHOW)}"


def _told(result: Exported) -> str:
    if result.count < result.total:
        return tr(
            "Stopped: {done:,} of {total:,} chats are written.",
            done=result.count,
            total=result.total,
        )
    return tr("The chat is written.", "%n chats are written.", result.total)
