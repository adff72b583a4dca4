"""The line at the foot of the window that tells the truth about network, model, work and memory."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from studio import numerals
from studio.translation import tr
from studio.ui import mirror
from studio.ui.theme import CAPTION, SPACE, Theme, set_look
from studio.ui.widgets.buttons import Button
from studio.ui.widgets.quantities import file_size, memory

PARTS = {"network": "settings", "model": "models", "work": "chat", "memory": "models"}


@dataclass(frozen=True, slots=True)
class StatusFacts:
    """What the line tells.

    Attributes:
        connections: open connections that leave this machine.
        model: name of the loaded model, or empty.
        model_bytes: size of its weights.
        device: where it runs, such as ``"CPU"``.
        tokens_per_s: speed of the reply that has ended last, while nothing runs.
        working: what runs now, in a few words, such as ``"Reading 240 of 709"``.
        memory_used: bytes in use on this machine; ``memory_total`` bytes that it has.
    """

    connections: int = 0
    model: str = ""
    model_bytes: int = 0
    device: str = ""
    tokens_per_s: float | None = None
    working: str = ""
    memory_used: int = 0
    memory_total: int = 0


class StatusLine(QFrame):
    """Quiet buttons, one a fact; ``opened`` tells the room where a fact is dealt with."""

    opened = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._facts = StatusFacts()
        self._parts = {part: Button(theme, "", "status", name=f"status_{part}") for part in PARTS}
        set_look(self, "status")
        self.setObjectName("status_line")
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE[1], 0, SPACE[1], 0)
        row.setSpacing(SPACE[0])
        for part, button in self._parts.items():
            button.clicked.connect(lambda _=False, room=PARTS[part]: self.opened.emit(room))
            row.addWidget(button)
            if part == "network":
                row.addStretch()
        self._show_type()
        self._show_facts()
        theme.changed.connect(self._show_type)
        theme.changed.connect(self._show_facts)

    @property
    def facts(self) -> StatusFacts:
        """What the line tells now."""
        return self._facts

    def tell(self, **changes: Any) -> None:
        """Change some of the facts, named as in :class:`StatusFacts`."""
        facts = replace(self._facts, **changes)
        if facts != self._facts:
            self._facts = facts
            self._show_facts()

    def text(self, part: str) -> str:
        """Return the words of one part."""
        return self._parts[part].text()

    def _show_facts(self) -> None:
        facts = self._facts
        self._parts["network"].setIcon(
            self._theme.icon("dot", "warning" if facts.connections else "success", 12)
        )
        self._say(
            "network", _network(facts.connections), tr("Network"), tr("Opens the privacy settings")
        )
        self._say("model", _model(facts), tr("Model"), tr("Opens Models"))
        self._say("work", _work(facts), tr("Running work"), tr("Opens Chat"))
        told = memory(facts.memory_used, facts.memory_total) if facts.memory_total else ""
        self._say("memory", told, tr("Memory in use"), tr("Opens Models"))

    def _say(self, part: str, text: str, subject: str, tip: str) -> None:
        button = self._parts[part]
        button.setText(text)
        button.setVisible(bool(text))
        button.setAccessibleName(f"{subject}: {text}")
        button.setToolTip(f"{subject}. {tip}.")

    def _show_type(self) -> None:
        for button in self._parts.values():
            button.setFont(self._theme.font(CAPTION, tabular=True))


def _network(connections: int) -> str:
    if connections == 0:
        return tr("Offline · 0 connections")
    return tr("Online · %n connection", "Online · %n connections", connections)


def _model(facts: StatusFacts) -> str:
    if not facts.model:
        return tr("No model loaded")
    size = file_size(facts.model_bytes) if facts.model_bytes else ""
    return " · ".join(part for part in (facts.model, size, facts.device) if part)


def _work(facts: StatusFacts) -> str:
    speed = ""
    if facts.tokens_per_s:  # of a single token none can be measured
        digits = 0 if facts.tokens_per_s >= 10 else 1
        number = numerals.number(facts.tokens_per_s, digits)
        speed = mirror.quantity(tr("{number} tok/s", number=number))
    return " · ".join(part for part in (facts.working, speed) if part)
