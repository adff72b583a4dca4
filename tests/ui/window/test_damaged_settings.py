"""Settings that were damaged are told of in the window, though its language is read first."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from studio import app
from studio.assembly import Parts, open_data
from studio.errors import StudioError
from studio.settings import Settings
from studio.temporary import TemporaryParts


def test_what_was_wrong_at_the_first_reading_is_told(
    profile: Path, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    profile.mkdir()
    (profile / "settings.json").write_text("{half a file", encoding="utf-8")
    opened: list[Parts] = []

    def open_and_stop(home: Path | None, *, settings: Settings) -> Parts:
        opened.append(open_data(home, settings=settings))
        raise StudioError("test.enough", "That is enough.", "Look at it.")

    monkeypatch.setattr(app, "QApplication", lambda _arguments: qapp)
    monkeypatch.setattr(app, "Collector", lambda: None)
    monkeypatch.setattr(app, "speak", lambda *_given: None)
    monkeypatch.setattr(app, "open_data", open_and_stop)
    monkeypatch.setattr(app, "_refuse", lambda _error: 1)
    monkeypatch.setattr("studio.app.offline.seal", lambda: None)
    assert app.run_window(profile) == 1
    [parts] = opened
    with_temporary = TemporaryParts(parts)
    try:
        [told] = parts.settings.warnings
        assert "The settings file was damaged" in told
        assert with_temporary.settings is parts.settings
    finally:
        with_temporary.close()
        parts.close()
