"""The terminal's commands, run in the process of the tests."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def _keeps_the_process_open(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the program's own seal away, which nothing could break for the tests that follow."""
    monkeypatch.setattr("studio.cli.run.offline.seal", lambda: None)
