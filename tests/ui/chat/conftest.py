"""What the tests of the Chat room share."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from support.machine import Machine

from studio.library import hardware
from studio.ui.chat.transcript.transcript import Transcript
from studio.ui.theme import Theme


@pytest.fixture
def transcript(theme: Theme, qtbot: QtBot) -> Transcript:
    made = Transcript(theme)
    qtbot.addWidget(made)
    made.resize(900, 600)
    with qtbot.waitExposed(made):
        made.show()
    return made


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    """An empty window, for dialogs to open over."""
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(1024, 700)
    made.show()
    return made


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Machine:
    """The machine that the program finds itself on."""
    made = Machine()
    monkeypatch.setattr(hardware, "probe", lambda: made.now)
    return made
