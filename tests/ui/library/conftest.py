"""What the tests of the Models room share."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot
from support.model_room import ListKeeper, Stage

from studio.ui.library.entry import ModelEntry
from studio.ui.theme import Theme

Make = Callable[..., Stage]


@pytest.fixture
def make(theme: Theme, qtbot: QtBot) -> Make:
    def build(*entries: ModelEntry) -> Stage:
        stage = Stage(theme, qtbot, ListKeeper(*entries))
        qtbot.waitUntil(lambda: len(stage.names()) == len(entries))
        if not entries:
            qtbot.waitUntil(stage.tab.first_start.isVisible)
        return stage

    return build
