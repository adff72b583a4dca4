"""The menu of the ring beside Send: how full the context is, and what happens when it is full."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from studio.chat.options import OVERFLOWS, Overflow
from studio.translation import tr
from studio.ui.chat.overflow import words


class OverflowMenu(QMenu):
    """``chosen`` carries an overflow policy, or ``None`` for that of the settings."""

    chosen = Signal(object)
    summary_wanted = Signal()
    whole_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("overflow_menu")
        self.setAccessibleName(tr("Context of the model"))
        self.setToolTipsVisible(True)
        self._group: QActionGroup | None = None

    def show_state(
        self,
        filled: str,
        own: Overflow | None,
        usual: Overflow,
        refusal: str,
        *,
        has_summary: bool,
    ) -> None:
        """Hold what can be chosen now.

        Args:
            filled: how full the context is, in words.
            own: the chat's own choice, ``usual`` that of the settings.
            refusal: why nothing can be summed up now; empty when it can.
        """
        self.clear()
        self._say(filled, "context_filled")
        self._say(tr("When the chat outgrows the context:"), "overflow_heading")
        self._group = QActionGroup(self)
        settings = tr("As in Settings: {way}", way=words.title(usual))
        self._offer(None, settings, own, words.about(usual))
        for way in OVERFLOWS:
            self._offer(way, words.title(way), own, words.about(way))
        self.addSeparator()
        now = self._add(tr("Summarise the oldest part now"), "summarise_now")
        now.triggered.connect(lambda: self.summary_wanted.emit())
        now.setEnabled(not refusal)
        now.setToolTip(refusal)
        whole = self._add(tr("Use the whole text again"), "use_whole_text")
        whole.triggered.connect(lambda: self.whole_wanted.emit())
        whole.setVisible(has_summary)

    def _say(self, sentence: str, name: str) -> None:
        self._add(sentence, name).setEnabled(False)

    def _offer(self, way: Overflow | None, title: str, own: Overflow | None, about: str) -> None:
        action = self._add(title, f"overflow_{way or 'usual'}")
        action.setCheckable(True)
        action.setChecked(way == own)
        action.setToolTip(about)
        action.triggered.connect(lambda: self.chosen.emit(way))
        if self._group is not None:
            self._group.addAction(action)

    def _add(self, words: str, name: str) -> QAction:
        action = self.addAction(words)
        action.setObjectName(name)
        return action
