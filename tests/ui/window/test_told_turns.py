"""The foot of the window tells the speed of the reply that has just ended, and of no other."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from pytestqt.qtbot import QtBot

from studio.chat.conversation import Message
from studio.chat.turn import (
    ContextFilled,
    ModelLoading,
    PromptReading,
    ReplyGrew,
    ReplySaved,
    Summarising,
    TurnEvent,
    TurnFailed,
    TurnStarted,
)
from studio.errors import StudioError
from studio.ui.chat.turn_words import tell_turn
from studio.ui.theme import Theme
from studio.ui.widgets.status_line import StatusLine

REPLY = Message("r", "c", None, "assistant", "Hello", datetime.now(UTC))


@pytest.mark.parametrize(
    "event",
    [
        TurnStarted("c", REPLY, REPLY),
        ModelLoading("c", "another", 0.5),
        Summarising("c", 4, 0.5),
        PromptReading("c", 1, 2, None),
        ReplyGrew("c", "r", "word"),
        TurnFailed("c", StudioError("model.truncated", "It is cut short.", "Get it again.")),
    ],
)
def test_the_speed_of_an_earlier_reply_is_told_no_more(
    event: TurnEvent, theme: Theme, qtbot: QtBot
) -> None:
    line = StatusLine(theme)
    qtbot.addWidget(line)
    line.tell(model="tiny", tokens_per_s=85.0)
    assert "85 tok/s" in line.text("work")
    tell_turn(line, event)
    assert "tok/s" not in line.text("work")


def test_a_reply_that_is_saved_later_is_no_work(theme: Theme, qtbot: QtBot) -> None:
    line = StatusLine(theme)
    qtbot.addWidget(line)
    tell_turn(line, ContextFilled("c", 10, 2048))
    tell_turn(line, ReplySaved("c", REPLY))
    assert "Writing" not in line.text("work")


def test_a_summary_is_told_as_what_it_is(theme: Theme, qtbot: QtBot) -> None:
    line = StatusLine(theme)
    qtbot.addWidget(line)
    tell_turn(line, Summarising("c", 4, 0.5))
    assert "Summarising" in line.text("work")
