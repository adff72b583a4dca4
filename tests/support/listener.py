"""A screen reader for tests: keeps what it is told to say, and whether at once."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

from studio.ui import accessibility

_Politeness = QAccessible.AnnouncementPoliteness


class Listener:
    """Hears what ``studio.ui.accessibility`` announces."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.heard: list[tuple[str, bool]] = []
        self.is_active = True
        qt = SimpleNamespace(
            isActive=lambda: self.is_active,
            updateAccessibility=self._hear,
            AnnouncementPoliteness=_Politeness,
        )
        monkeypatch.setattr(accessibility, "QAccessible", qt)

    def words(self) -> list[str]:
        """Return what was said since this was last asked."""
        told = [words for words, _ in self.heard]
        self.heard.clear()
        return told

    def _hear(self, event: QAccessibleAnnouncementEvent) -> None:
        self.heard.append((event.message(), event.politeness() == _Politeness.Assertive))
