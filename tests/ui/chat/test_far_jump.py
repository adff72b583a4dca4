"""A jump within one enormous reply measures only what is shown."""

from __future__ import annotations

from pytestqt.qtbot import QtBot
from support.talk import message

from studio.ui.chat.transcript.transcript import Transcript

PARAGRAPHS = 2_000


def measured(transcript: Transcript) -> int:
    return sum(row.measured_at > 0 for row in transcript.entries[-1].rows)


def test_a_jump_into_the_middle_measures_a_screenful(transcript: Transcript, qtbot: QtBot) -> None:
    text = "\n\n".join(f"Paragraph {number}." for number in range(PARAGRAPHS))
    transcript.show_branch([message(0, "user", "Go"), message(1, "assistant", text)])
    qtbot.waitUntil(lambda: transcript.entries[-1].is_ready, timeout=60_000)
    transcript.lay_out()
    at_the_end = measured(transcript)
    bar = transcript.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    assert len(transcript.entries[-1].rows) > PARAGRAPHS
    assert measured(transcript) < 3 * at_the_end < PARAGRAPHS // 4


def test_what_is_shown_after_the_jump_is_the_middle(transcript: Transcript, qtbot: QtBot) -> None:
    text = "\n\n".join(f"Paragraph {number}." for number in range(PARAGRAPHS))
    transcript.show_branch([message(0, "user", "Go"), message(1, "assistant", text)])
    qtbot.waitUntil(lambda: transcript.entries[-1].is_ready, timeout=60_000)
    transcript.lay_out()
    bar = transcript.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    shown = [each.number for each in transcript._placing.rows if each.entry == 1]
    assert PARAGRAPHS * 0.4 < shown[0] < PARAGRAPHS * 0.6
    assert bar.value() < bar.maximum()
