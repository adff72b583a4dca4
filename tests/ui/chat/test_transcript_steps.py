"""Replies without end in the transcript: shown in steps, each a bounded piece of work."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot
from support.talk import message, on_screen, talk

from studio.ui.chat.messages.entry import Entry
from studio.ui.chat.messages.flow import AT_ONCE_CHARS
from studio.ui.chat.transcript.placing import MARGIN_ROWS, Placing
from studio.ui.chat.transcript.transcript import Transcript
from studio.ui.widgets.markdown.stream import SLICE_CHARS, SLICE_LINES, MarkdownStream

PROSE = "Some *words* of many, and then some more.\n\n"
REPLIES = {
    "prose": PROSE * 7_000,
    "table": "|n|v|\n|-|-|\n" + "|1|2|\n" * 3_000,
    "code": "```py\n" + "print(1)\n" * 3_000 + "```\n",
    "list": "1. item\n" * 2_000,
    "a line": "x" * 100_000,
    "short paragraphs": "a\n\n" * 4_000,
}


@pytest.fixture
def slices(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """How many slices were parsed, in all."""
    worked = [0]
    work = MarkdownStream.work

    def counted(stream: MarkdownStream) -> bool:
        worked[0] += 1
        return work(stream)

    monkeypatch.setattr(MarkdownStream, "work", counted)
    return iter([worked])


@pytest.mark.parametrize("name", REPLIES)
def test_opening_parses_one_slice_and_each_turn_one_more(
    name: str, transcript: Transcript, slices: Iterator[list[int]], qtbot: QtBot
) -> None:
    worked = next(slices)
    reply = message(1, "assistant", REPLIES[name] + "\n\nThe end.")
    transcript.show_branch([message(0, "user", "Go on."), reply])
    assert worked == [1]
    entry = transcript.entries[-1]
    assert not entry.is_ready
    assert entry.rows, "its beginning is on show"
    turns = [0]
    transcript._soon.timeout.connect(lambda: turns.__setitem__(0, turns[0] + 1))
    qtbot.waitUntil(lambda: entry.is_ready, timeout=20_000)
    assert worked[0] <= turns[0] + 1
    qtbot.waitUntil(lambda: "The end." in on_screen(transcript))


@pytest.mark.parametrize("name", ["prose", "list", "short paragraphs"])
def test_long_reasoning_unfolds_one_slice_at_a_time(
    name: str, transcript: Transcript, slices: Iterator[list[int]], qtbot: QtBot
) -> None:
    worked = next(slices)
    reply = message(1, "assistant", "Short.", reasoning=f"{REPLIES[name]}\n\nThe end.")
    transcript.show_branch([message(0, "user", "Go on."), reply])
    entry, worked[0] = transcript.entries[-1], 0
    transcript._on_unfolded(entry.rows[0])
    assert worked == [1]
    assert len(entry.rows) > 2, "its beginning is on show, above the reply"
    assert "Short." in str(entry.rows[-2].content)
    turns = [0]
    transcript._soon.timeout.connect(lambda: turns.__setitem__(0, turns[0] + 1))
    qtbot.waitUntil(lambda: entry.is_ready, timeout=20_000)
    assert worked[0] <= turns[0] + 1
    assert any("The end." in str(row.content) for row in entry.rows)


def test_short_reasoning_unfolds_at_once(transcript: Transcript) -> None:
    reply = message(1, "assistant", "Short.", reasoning=PROSE * 100)
    transcript.show_branch([message(0, "user", "Go on."), reply])
    entry = transcript.entries[-1]
    entry.unfold()
    assert entry.is_ready
    assert len(entry.rows) > 100


def test_other_reasoning_takes_the_place_of_what_was_shown() -> None:
    entry = Entry(message(1, "assistant", "Short.", reasoning="First thought"))
    entry.prepare()
    entry.unfold()
    entry.update(message(1, "assistant", "Short.", reasoning="Second"))
    told = " ".join(str(row.content) for row in entry.rows)
    assert "Second" in told
    assert "First" not in told


def test_an_ordinary_reply_is_there_at_once(
    transcript: Transcript, slices: Iterator[list[int]]
) -> None:
    reply = message(1, "assistant", PROSE * 100)
    assert SLICE_CHARS < len(reply.content) <= AT_ONCE_CHARS
    transcript.show_branch([message(0, "user", "Go on."), reply])
    assert transcript.entries[-1].is_ready
    assert next(slices) > [1]


def test_many_short_lines_are_not_parsed_at_once() -> None:
    entry = Entry(message(1, "assistant", "a\n\n" * 1_000))
    assert entry.prepare()
    assert entry.rows
    assert len(entry.rows) <= SLICE_LINES


def test_a_reply_that_grows_by_a_megabyte_is_shown_bit_by_bit(
    transcript: Transcript, qtbot: QtBot
) -> None:
    transcript.show_branch(talk(4))
    reply = message(5, "assistant", "", status="streaming")
    transcript.begin(message(4, "user", "And now?"), reply)
    transcript.grow(reply.id, PROSE * 7_000 + "The end.", "")
    entry = transcript.entries[-1]
    qtbot.waitUntil(lambda: bool(entry.message.content))
    assert not entry.is_ready
    qtbot.waitUntil(lambda: entry.is_ready, timeout=20_000)
    qtbot.waitUntil(lambda: "The end." in on_screen(transcript))


def test_the_rows_of_closed_blocks_are_kept_while_more_is_parsed() -> None:
    entry = Entry(message(1, "assistant", PROSE * 1_000))
    entry.prepare()
    first = entry.rows[:10]
    while entry.prepare():
        pass
    assert entry.rows[:10] == first
    assert len(entry.rows) > 1_000


def placing(messages: int) -> tuple[Placing, list[int]]:
    """Return the placing of short messages whose rows are 30 px high, and what it measured."""
    entries = [Entry(message(n, "user", f"Word {n}")) for n in range(messages)]
    measured: list[int] = []

    def measure(row: object) -> bool:
        if row.measured_at:  # type: ignore[attr-defined]
            return False
        row.measured_at, row.height = 1, 30.0  # type: ignore[attr-defined]
        measured.append(1)
        return True

    return Placing(entries, measure), measured


def test_rows_outside_the_window_wait_for_their_turn() -> None:
    made, measured = placing(200)
    made.place(600, 600, at_end=True)
    in_window = len(measured)
    assert 600 // 54 <= in_window <= 600 // 54 + 2
    assert not made.is_settled
    steps = 0
    while not made.is_settled:
        before = len(measured)
        made.place(600, 600, at_end=True)
        assert len(measured) - before <= MARGIN_ROWS
        steps += 1
    assert steps > 1
    assert made.rows[0].top < -500


def test_nothing_outside_the_window_is_measured_if_there_is_a_next_time_soon() -> None:
    made, measured = placing(200)
    made.place(600, 600, at_end=True)
    before = len(measured)
    made.place(600, 600, at_end=True, later=True)
    assert len(measured) == before
    assert not made.is_settled
