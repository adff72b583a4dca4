"""The versions of a preset, what each changed, and the way back to one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

from PySide6.QtCore import QDateTime, QLocale, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QTextEdit, QVBoxLayout, QWidget

from studio.chat.presets.difference import Change, Piece
from studio.chat.presets.versions import Version
from studio.translation import tr
from studio.ui.theme import SPACE, Theme
from studio.ui.widgets.buttons import Button
from studio.ui.widgets.labels import label
from studio.ui.widgets.wrapping import show_text, wrap_for

_LIST_WIDTH = 236
_LONG = 400

Difference = Callable[[int, int], Sequence[Change]]


class PresetHistory(QWidget):
    """Lists versions, the newest first. ``restored`` carries the number of one to go back to."""

    restored = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._versions: tuple[Version, ...] = ()
        self._difference: Difference = lambda _older, _newer: ()
        self.list = QListWidget()
        self.list.setObjectName("preset_versions")
        self.list.setAccessibleName(tr("Versions"))
        self.list.setFixedWidth(_LIST_WIDTH)
        self.told = QTextEdit()
        self.told.setObjectName("preset_difference")
        self.told.setAccessibleName(tr("What this version changed"))
        self.told.setReadOnly(True)
        self.told.setTabChangesFocus(True)
        self._title = label("", "strong", wrap=True)
        self.restore = Button(theme, tr("Restore this version"), icon="rotate-ccw", name="restore")
        self.restore.on_click(self._on_restore_clicked)
        self._lay_out()
        self.list.currentRowChanged.connect(self._show)
        theme.changed.connect(self._show)

    def show_versions(self, versions: Sequence[Version], difference: Difference) -> None:
        """Show a preset's versions; ``difference`` is asked when one is looked at."""
        self._versions = tuple(versions)
        self._difference = difference
        self.list.clear()
        for place, version in enumerate(self._versions):
            name = tr("Version {number}", number=version.number)
            if place == 0:
                name = tr("Version {number}  (now)", number=version.number)
            when = QDateTime.fromSecsSinceEpoch(int(version.saved_at.timestamp()))
            words = QLocale().toString(when, QLocale.FormatType.ShortFormat)
            self.list.addItem(f"{name}\n{version.words}\n{words}")
        self.list.setCurrentRow(0)
        self._show()

    def _lay_out(self) -> None:
        right = QVBoxLayout()
        right.setSpacing(SPACE[1])
        right.addWidget(self._title)
        right.addWidget(self.told, 1)
        right.addWidget(self.restore, 0, Qt.AlignmentFlag.AlignLeft)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE[3])
        row.addWidget(self.list)
        row.addLayout(right, 1)

    def _show(self) -> None:
        place = self.list.currentRow()
        self.restore.setEnabled(place > 0)
        if not 0 <= place < len(self._versions):
            self._title.setText("")
            self.told.clear()
            return
        version = self._versions[place]
        if version.number == self._versions[-1].number:
            self._title.setText(tr("Version {number} is the first.", number=version.number))
            self.told.setPlainText("")
            return
        older = self._versions[place + 1].number
        self._title.setText(tr("What version {number} changed", number=version.number))
        changes = self._difference(older, version.number)
        show_text(self.told, "")
        wrap_for(self.told, "\n".join(map(_text, changes)))
        self.told.setHtml("".join(self._html(change) for change in changes))

    def _html(self, change: Change) -> str:
        palette = self._theme.palette
        name = f'<b>{escape(change.name)}</b> <span style="color:{palette.faint}">'
        name += f"{escape(change.field)}</span>" if change.name != change.field else "</span>"
        parts = [self._piece(piece) for piece in _pieces(change) if piece.text]
        gap = "" if change.pieces else " → "
        return f"<p style='margin:0 0 12px 0'>{name}<br>{gap.join(parts)}</p>"

    def _piece(self, piece: Piece) -> str:
        """Return a piece that can be told from the others without its colour."""
        palette = self._theme.palette
        text = piece.text
        if piece.mark == "same":
            if len(text) > _LONG:
                text = f"{text[: _LONG // 2]} … {text[-_LONG // 2 :]}"
            return _lines(text)
        if piece.mark == "gone":
            return f'<s style="color:{palette.danger}">{_lines(text)}</s>'
        return f'<u style="color:{palette.success}">{_lines(text)}</u>'

    def _on_restore_clicked(self) -> None:
        place = self.list.currentRow()
        if place > 0:
            self.restored.emit(self._versions[place].number)


def _text(change: Change) -> str:
    return "".join(piece.text for piece in _pieces(change))


def _pieces(change: Change) -> Sequence[Piece]:
    return change.pieces or (Piece("gone", change.before), Piece("new", change.after))


def _lines(text: str) -> str:
    return escape(text).replace("\n", "<br>")
