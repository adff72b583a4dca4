"""What the tests of the Chat room share."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from studio.ui.chat.transcript import Transcript
from studio.ui.theme import Theme


@pytest.fixture
def transcript(theme: Theme, qtbot: QtBot) -> Transcript:
    made = Transcript(theme)
    qtbot.addWidget(made)
    made.resize(900, 600)
    with qtbot.waitExposed(made):
        made.show()
    return made
