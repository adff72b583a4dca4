"""The window that imports a file of chats: how far it is, and what came of it in words."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from studio.chat.transfer.importing import Brought
from studio.errors import StudioError
from studio.translation import tr
from studio.ui.chat.transfer.transfer_work import Transfer, TransferWork
from studio.ui.theme import SPACE, Theme
from studio.ui.widgets.banner import Banner
from studio.ui.widgets.buttons import Button
from studio.ui.widgets.labels import label
from studio.ui.widgets.progress_strip import ProgressStrip
from studio.ui.widgets.quantities import count

if TYPE_CHECKING:
    from studio.chat.transfer.importing import Importing
    from studio.ui.relay import Relay

_WIDTH = 440


class ImportWork(TransferWork):
    """Brings a file in; ``ended`` carries :class:`~studio.chat.transfer.importing.Brought`."""

    def __init__(
        self,
        importing: Callable[[], Importing],
        transfer: Transfer,
        relay: Relay,
        parent: QObject,
    ) -> None:
        super().__init__(transfer, relay, parent)
        self._importing = importing

    def begin(self, source: Path) -> None:
        """Take in what is new in a file, all of it or nothing."""
        self.start(
            lambda is_stopped: self._importing().bring_in(source, self.tell_advance, is_stopped)
        )


class ImportDialog(QDialog):
    """Imports one file at once; closing it before the end takes back what came."""

    def __init__(self, theme: Theme, parent: QWidget, source: Path, work: ImportWork) -> None:
        super().__init__(parent)
        self._work = work
        self.setObjectName("import_dialog")
        self.setWindowTitle(tr("Import"))
        self.setAccessibleName(tr("Import {name}", name=source.name))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.strip = ProgressStrip(theme)
        self.banner = Banner(theme, closable=False)
        self.report = label("", "", wrap=True)
        self.report.hide()
        self.leave = Button(theme, tr("Close"), name="import_leave").on_click(self.reject)
        self.leave.setDefault(True)
        self._lay_out(source.name)
        work.advanced.connect(self._on_advanced)
        work.ended.connect(self._on_ended)
        self.leave.hide()
        self.strip.begin(tr("Looking through the file"), work.cancel)
        work.begin(source)

    def done(self, result: int) -> None:
        """Stop what runs, and close."""
        self._work.retire()
        super().done(result)

    def _lay_out(self, name: str) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE[4], SPACE[4], SPACE[4], SPACE[3])
        column.setSpacing(SPACE[2])
        shown = name if len(name) <= 60 else f"{name[:30]}…{name[-29:]}"
        title = label(tr("Import {name}", name=shown), "section", wrap=True)
        title.setFixedWidth(_WIDTH)
        column.addWidget(title)
        for widget in (self.strip, self.report, self.banner):
            column.addWidget(widget)
        foot = QHBoxLayout()
        foot.addStretch()
        foot.addWidget(self.leave)
        column.addLayout(foot)

    def _on_advanced(self, done: int, total: int) -> None:
        if total:
            told = tr("{done} of {total} chats", done=count(done), total=count(total))
            self.strip.advance(done, total, told=told)

    def _on_ended(self, result: Brought | StudioError) -> None:
        self.strip.finish()
        if isinstance(result, Brought):
            self.report.setText("\n".join(result.sentences()))
            self.report.show()
        elif result.code == "cancelled":
            self.banner.say(result.what, result.hint)
        else:
            self.banner.show_error(result)
        self.leave.show()
        self.leave.setFocus()
