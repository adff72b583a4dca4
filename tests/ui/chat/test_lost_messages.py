"""What a reply was made without is told below it, also when it is read again after a restart."""

from __future__ import annotations

from typing import Any

import pytest
from pytestqt.qtbot import QtBot
from support.talk import message, seen

from studio.chat.overflow.overflow import left_out, left_out_of
from studio.ui.chat.messages.views import EndingView
from studio.ui.chat.transcript.transcript import Transcript
from studio.ui.theme import Theme

ALL_LOST = "The 4 oldest messages no longer fit into the model's context"
SOME_LOST = "The 2 messages after the summary no longer fit into the model's context"


@pytest.fixture
def transcript(theme: Theme, qtbot: QtBot) -> Transcript:
    made = Transcript(theme)
    qtbot.addWidget(made)
    made.resize(900, 640)
    made.show()
    return made


def told(transcript: Transcript) -> list[str]:
    return [view.words() for view in seen(transcript, EndingView)]


@pytest.mark.parametrize(
    ("recipe", "words"),
    [
        ({"reads_from": 4, "summarised": 0}, ALL_LOST),
        ({"reads_from": 6, "summarised": 4}, SOME_LOST),
        ({"reads_from": 6, "summarised": 6}, ""),
        ({"reads_from": 0, "summarised": 0}, ""),
        ({}, ""),
    ],
)
def test_the_line_comes_from_what_is_stored(
    transcript: Transcript, recipe: dict[str, Any], words: str
) -> None:
    reply = message(1, "assistant", "Yes.", recipe=recipe)
    transcript.show_branch([message(0, "user", "So?"), reply])
    assert [line.partition(",")[0] for line in told(transcript)] == ([words] if words else [])


def test_it_is_told_once_while_the_reply_has_just_ended(transcript: Transcript) -> None:
    reply = message(1, "assistant", "Yes.", recipe={"reads_from": 4, "summarised": 0})
    begun = message(1, "assistant", "", status="streaming", recipe=reply.recipe)
    transcript.show_branch([])
    transcript.begin(message(0, "user", "So?"), begun)
    assert told(transcript) == []
    transcript.finish(reply, ["It is late.", left_out(4)])
    assert told(transcript) == ["It is late.", left_out(4)]


@pytest.mark.parametrize("odd", [-1, "2", None, True, 2.0, [3]])
def test_an_odd_number_from_a_file_tells_nothing(odd: object) -> None:
    assert left_out_of({"reads_from": odd}) == (0, 0)
    assert left_out_of({"reads_from": 4, "summarised": odd}) == (0, 0)
    assert left_out(0) == ""
