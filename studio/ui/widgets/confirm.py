"""Asks before the few things that cannot be taken back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from studio.translation import tr
from studio.ui.theme import SPACE, Theme
from studio.ui.widgets.buttons import Button
from studio.ui.widgets.labels import label

_WIDTH = 400


def confirm_dialog(
    theme: Theme,
    parent: QWidget,
    question: str,
    consequence: str,
    words: str,
    act: Callable[[], object],
) -> QDialog:
    """Return a window that asks; only its button ``words`` acts, and Return and Esc do not."""
    dialog = QDialog(parent)
    dialog.setObjectName("confirm_dialog")
    dialog.setWindowTitle(words)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    column = QVBoxLayout(dialog)
    column.setContentsMargins(SPACE[4], SPACE[4], SPACE[4], SPACE[3])
    column.setSpacing(SPACE[1])
    for text, look in ((question, "section"), (consequence, "muted")):
        told = label(text, look, wrap=True)
        told.setFixedWidth(_WIDTH)
        column.addWidget(told)
    column.addLayout(_buttons(theme, dialog, words, act))
    return dialog


def _buttons(theme: Theme, dialog: QDialog, words: str, act: Callable[[], object]) -> QHBoxLayout:
    go = Button(theme, words, "danger", name="confirm_act")
    go.on_click(dialog.accept)
    dialog.accepted.connect(lambda: act())
    cancel = Button(theme, tr("Cancel"), name="confirm_cancel").on_click(dialog.reject)
    cancel.setDefault(True)
    row = QHBoxLayout()
    row.setContentsMargins(0, SPACE[2], 0, 0)
    row.setSpacing(SPACE[1])
    row.addStretch()
    row.addWidget(go)
    row.addWidget(cancel)
    cancel.setFocus()
    return row
