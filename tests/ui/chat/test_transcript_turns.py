"""One exchange in the transcript: progress, growth, endings, failures, reasoning."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot
from support.talk import FIGURES, message, on_screen, place_of, seen, talk

from studio.chat.conversation import Failure
from studio.chat.unsaved import UNSAVED
from studio.errors import StudioError
from studio.ui.chat.messages import reply_words
from studio.ui.chat.messages.footer_view import FooterView
from studio.ui.chat.messages.person_view import PersonView
from studio.ui.chat.messages.rows import Working
from studio.ui.chat.messages.views import (
    EndingView,
    FailureView,
    ThoughtView,
    WorkingView,
)
from studio.ui.chat.transcript.rehearsal import Rehearsal
from studio.ui.chat.transcript.transcript import Transcript
from studio.ui.widgets.code import CodeView
from studio.ui.widgets.markdown.text_view import TextView

CRASH = StudioError("worker.crashed", "The engine ended.", "Try again.", "signal 11")


def test_a_reply_streams_in_and_the_end_stays_in_view(transcript: Transcript, qtbot: QtBot) -> None:
    transcript.show_branch(talk(10))
    reply = message(11, "assistant", "", status="streaming")
    transcript.begin(message(10, "user", "And now?"), reply)
    (working,) = seen(transcript, WorkingView)
    assert working.text() == "Starting"
    words = [f"word{n} " for n in range(300)]
    for word in words:
        transcript.grow("m11", word, "")
    qtbot.waitUntil(lambda: "word299" in on_screen(transcript))
    assert not seen(transcript, WorkingView)
    text = "".join(words)
    transcript.finish(replace(reply, content=text, status="finished", figures=FIGURES))
    assert transcript.entries[-1].message.content == text
    assert seen(transcript, FooterView)[-1].text().startswith("48 tok/s · 0.21 s to first word")


def test_text_that_comes_together_is_drawn_together(transcript: Transcript, qtbot: QtBot) -> None:
    transcript.begin(message(0, "user", "Go"), message(1, "assistant", "", status="streaming"))
    entry = transcript.entries[-1]
    for _ in range(50):
        transcript.grow("m1", "a ", "")
    assert entry.message.content == ""
    qtbot.waitUntil(lambda: entry.message.content == "a " * 50)


def test_the_focus_goes_on_to_the_reply_that_comes_in_place_of_another(
    transcript: Transcript,
) -> None:
    transcript.activateWindow()
    transcript.show_branch(talk(2))
    (foot,) = seen(transcript, FooterView)
    foot.regenerate.setFocus(Qt.FocusReason.TabFocusReason)
    reply = message(2, "assistant", "", status="streaming")
    transcript.keep_up_to("m0")
    transcript.begin(None, reply)
    transcript.finish(replace(reply, content="Another", status="finished", figures=FIGURES))
    (foot,) = seen(transcript, FooterView)
    assert foot.hasFocus()
    transcript.resume(replace(reply, content="Another", status="streaming"))
    transcript.finish(replace(reply, content="Another one", status="finished", figures=FIGURES))
    (foot,) = seen(transcript, FooterView)
    assert foot.hasFocus()


def test_growth_of_another_reply_is_not_mixed_in(transcript: Transcript, qtbot: QtBot) -> None:
    transcript.begin(message(0, "user", "Go"), message(1, "assistant", "", status="streaming"))
    transcript.grow("m9", "wrong", "")
    transcript.grow("m1", "right", "")
    qtbot.waitUntil(lambda: transcript.entries[-1].message.content == "right")


def test_only_the_open_block_is_shown_again(transcript: Transcript, qtbot: QtBot) -> None:
    transcript.begin(message(0, "user", "Go"), message(1, "assistant", "", status="streaming"))
    transcript.grow("m1", "First.\n\n```python\nx = 1\n```\n\nThird", "")
    qtbot.waitUntil(lambda: "Third" in on_screen(transcript))
    entry = transcript.entries[-1]
    before = [row.content for row in entry.rows]
    (code,) = seen(transcript, CodeView)
    for _ in range(5):
        transcript.grow("m1", " and more", "")
    qtbot.waitUntil(lambda: "more and more" in on_screen(transcript))
    after = [row.content for row in entry.rows]
    assert all(new is old for new, old in zip(after[:2], before[:2], strict=True))
    assert after[2] is not before[2]
    assert code.renders == 1


def test_a_person_who_reads_further_up_is_left_there(transcript: Transcript, qtbot: QtBot) -> None:
    transcript.show_branch(talk(20))
    transcript.begin(message(20, "user", "Go"), message(21, "assistant", "", status="streaming"))
    bar = transcript.verticalScrollBar()
    bar.setValue(bar.value() - 400)
    anchor = seen(transcript, PersonView)[0]
    words, place = anchor.text.text(), anchor.y()
    transcript.grow("m21", "line\n\n" * 80, "")
    qtbot.waitUntil(lambda: len(transcript.entries[-1].rows) > 60)
    assert place_of(transcript, words) - 11 == place
    jump = transcript.findChild(QPushButton, "jump_to_the_end")
    assert jump is not None
    assert jump.isVisible()
    assert jump.x() >= max(view.geometry().right() for view in seen(transcript, PersonView))
    QTest.mouseClick(jump, Qt.MouseButton.LeftButton)
    assert bar.value() == bar.maximum()
    assert not jump.isVisible()


def test_a_small_step_up_is_not_undone_by_growth(transcript: Transcript, qtbot: QtBot) -> None:
    transcript.show_branch(talk(20))
    bar = transcript.verticalScrollBar()
    bar.setValue(bar.value() - 3)
    assert bar.value() == bar.maximum() - 3


def test_regenerating_replaces_the_last_reply(transcript: Transcript) -> None:
    transcript.show_branch(talk(4))
    transcript.begin(None, message(9, "assistant", "", status="streaming"))
    assert [entry.message.id for entry in transcript.entries] == ["m0", "m1", "m2", "m9"]


def test_loading_and_reading_are_told_with_numbers(transcript: Transcript, qtbot: QtBot) -> None:
    def told() -> list[str]:
        return [view.text() for view in seen(transcript, WorkingView)]

    transcript.begin(message(0, "user", "Go"), message(1, "assistant", "", status="streaming"))
    transcript.loading("SmolLM2 135M", 0.42)
    qtbot.waitUntil(lambda: told() == ["Loading SmolLM2 135M 42 %"])
    transcript.reading(412, 1204, 3.2)
    qtbot.waitUntil(lambda: told() == ["Reading 412 of 1,204 tokens · 3 s left"])
    transcript.reading(0, 0, None)
    qtbot.waitUntil(lambda: told() == ["Reading"])


def test_of_a_burst_of_progress_only_the_last_is_drawn(
    transcript: Transcript, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[str] = []
    show = WorkingView.show_piece

    def note(view: WorkingView, content: Working) -> None:
        drawn.append(f"{content.words} {content.numbers}")
        show(view, content)

    monkeypatch.setattr(WorkingView, "show_piece", note)
    transcript.begin(message(0, "user", "Go"), message(1, "assistant", "", status="streaming"))
    for percent in range(1, 100):
        transcript.loading("SmolLM2 135M", percent / 100)
    qtbot.waitUntil(lambda: len(drawn) == 2)
    assert drawn == ["Starting ", "Loading SmolLM2 135M 99 %"]


def test_progress_after_the_first_word_is_not_shown(transcript: Transcript, qtbot: QtBot) -> None:
    transcript.begin(message(0, "user", "Go"), message(1, "assistant", "", status="streaming"))
    transcript.reading(5, 10, None)
    transcript.grow("m1", "First", "")
    qtbot.waitUntil(lambda: on_screen(transcript).endswith("First"))
    assert not seen(transcript, WorkingView)
    transcript.reading(6, 10, None)
    qtbot.waitUntil(lambda: not transcript._coalesce.isActive())
    assert not seen(transcript, WorkingView)
    transcript.reading(7, 10, None)
    transcript.grow("m1", " second", "")
    qtbot.waitUntil(lambda: on_screen(transcript).endswith("First second"))
    assert not seen(transcript, WorkingView)


def test_a_rehearsal_leaves_widgets_ready_and_nothing_to_see(
    transcript: Transcript, qtbot: QtBot
) -> None:
    transcript.rehearse()
    qtbot.waitUntil(lambda: not transcript.findChildren(Rehearsal), timeout=10_000)
    made = transcript.living_widgets
    assert made > 8
    assert not [view for view in transcript.viewport().findChildren(TextView) if view.isVisible()]
    transcript.show_branch(talk(2))
    assert transcript.living_widgets == made


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"status": "cancelled"}, reply_words.STOPPED),
        ({"status": "cancelled", "content": ""}, "Stopped."),
        ({"status": "cancelled", "content": "", "reasoning": "Hm"}, reply_words.STOPPED),
        ({"status": "interrupted"}, reply_words.INTERRUPTED),
        ({"stop": "max_tokens"}, reply_words.CUT_OFF),
        ({"stop": "context"}, reply_words.CONTEXT_FULL),
    ],
)
def test_an_ending_is_told_in_words(
    transcript: Transcript, facts: dict[str, Any], words: str
) -> None:
    reply = replace(message(1, "assistant", "So"), **facts)
    transcript.show_branch([message(0, "user", "Go"), reply])
    (ending,) = seen(transcript, EndingView)
    assert ending.words() == words


@pytest.mark.parametrize(("code", "offered"), [(UNSAVED, False), ("worker.died", True)])
def test_a_reply_in_memory_alone_is_not_continued(
    transcript: Transcript, code: str, offered: bool
) -> None:
    reply = message(1, "assistant", "So", status="failed", failure=Failure(code, "It is so.", ""))
    transcript.show_branch([message(0, "user", "Go"), reply])
    (footer,) = seen(transcript, FooterView)
    assert footer.go_on.isVisible() == offered


def test_a_usual_ending_needs_no_words(transcript: Transcript) -> None:
    transcript.show_branch(talk(2))
    assert not seen(transcript, EndingView)


def test_notices_stand_with_the_reply(transcript: Transcript) -> None:
    reply = message(1, "assistant", "", status="streaming")
    transcript.begin(message(0, "user", "Go"), reply)
    transcript.finish(replace(reply, content="So", status="finished"), ("Two were left out.",))
    assert [view.words() for view in seen(transcript, EndingView)] == ["Two were left out."]


def test_a_failure_keeps_what_had_arrived_and_offers_the_next_step(
    transcript: Transcript, qtbot: QtBot
) -> None:
    transcript.begin(message(0, "user", "Go"), message(1, "assistant", "", status="streaming"))
    transcript.grow("m1", "What had arrived", "")
    transcript.fail(CRASH, None)
    assert "What had arrived" in on_screen(transcript)
    (failure,) = seen(transcript, FailureView)
    assert failure.banner.text() == "The engine ended. Try again."
    height = failure.height()
    details = failure.findChild(QPushButton, "banner_details")
    assert details is not None
    QTest.mouseClick(details, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: failure.height() > height)
    retry = failure.findChild(QPushButton, "try_again")
    assert retry is not None
    with qtbot.waitSignal(transcript.regenerated):
        QTest.mouseClick(retry, Qt.MouseButton.LeftButton)


def test_a_model_that_may_not_fit_can_be_loaded_anyway(
    transcript: Transcript, qtbot: QtBot
) -> None:
    reply = message(1, "assistant", "", status="streaming")
    transcript.begin(message(0, "user", "Go"), reply)
    refusal = StudioError("memory.would_not_fit", "It needs 9 GB.", "Close others.")
    transcript.fail(refusal, replace(reply, status="failed"))
    anyway = transcript.findChild(QPushButton, "load_anyway")
    assert anyway is not None
    with qtbot.waitSignal(transcript.load_anyway_requested):
        QTest.mouseClick(anyway, Qt.MouseButton.LeftButton)


def test_a_stored_failure_shows_its_sentence(transcript: Transcript) -> None:
    failed = message(
        1,
        "assistant",
        "",
        status="failed",
        failure=Failure("disk.full", "The disk is full.", "Free some space."),
    )
    transcript.show_branch([message(0, "user", "Go"), failed])
    (failure,) = seen(transcript, FailureView)
    assert failure.banner.text().startswith("The disk is full.")


def test_reasoning_is_folded_and_unfolds_by_keyboard(transcript: Transcript, qtbot: QtBot) -> None:
    reply = message(1, "assistant", "", status="streaming")
    transcript.begin(message(0, "user", "Go"), reply)
    transcript.grow("m1", "", "Let me think about it.")
    qtbot.waitUntil(lambda: bool(seen(transcript, ThoughtView)))
    (thought,) = seen(transcript, ThoughtView)
    assert thought.text().startswith("Thinking …")
    transcript.grow("m1", "Answer", "")
    qtbot.waitUntil(lambda: thought.text() == "Thought for 1 s")
    assert "think about" not in on_screen(transcript)
    thought.setFocus()
    QTest.keyClick(thought, Qt.Key.Key_Space)
    assert "Let me think about it." in on_screen(transcript)
    QTest.keyClick(thought, Qt.Key.Key_Space)
    assert "think about" not in on_screen(transcript)


def test_stored_reasoning_tells_how_long_it_took(transcript: Transcript) -> None:
    reply = message(1, "assistant", "Yes", reasoning="one two three", thought_s=12.4)
    transcript.show_branch([message(0, "user", "Go"), reply])
    assert seen(transcript, ThoughtView)[0].text() == "Thought for 12 s"


def test_the_time_that_was_stored_replaces_the_one_on_the_window(transcript: Transcript) -> None:
    reply = message(1, "assistant", "", status="streaming")
    transcript.begin(message(0, "user", "Go"), reply)
    transcript.grow("m1", "", "Let me think.")
    done = replace(reply, content="Yes", reasoning="Let me think.", thought_s=65.0)
    transcript.finish(replace(done, status="finished"))
    assert seen(transcript, ThoughtView)[0].text() == "Thought for 1 min 5 s"


def test_time_goes_on_for_reasoning_that_is_looked_at_again(
    transcript: Transcript, qtbot: QtBot
) -> None:
    reply = message(1, "assistant", "", reasoning="Hm.", status="streaming", thought_s=40.0)
    transcript.show_branch([message(0, "user", "Go"), reply])
    (thought,) = seen(transcript, ThoughtView)
    assert thought.text() == "Thinking … 40 s"
    qtbot.waitUntil(lambda: thought.text() != "Thinking … 40 s")
    assert thought.text().startswith("Thinking … 4")


def test_stored_reasoning_tells_its_length(transcript: Transcript) -> None:
    reply = message(1, "assistant", "Yes", reasoning="one two three")
    transcript.show_branch([message(0, "user", "Go"), reply])
    assert seen(transcript, ThoughtView)[0].text() == "Thoughts · 3 words"


def test_a_running_reply_goes_on_after_looking_elsewhere(
    transcript: Transcript, qtbot: QtBot
) -> None:
    transcript.show_branch(talk(6))
    transcript.show_branch(
        [message(0, "user", "Go"), message(1, "assistant", "Half", status="streaming")]
    )
    transcript.grow("m1", " done", "")
    qtbot.waitUntil(lambda: "Half done" in on_screen(transcript))


def test_the_figures_are_explained_in_plain_words(transcript: Transcript) -> None:
    transcript.show_branch(talk(2))
    (footer,) = seen(transcript, FooterView)
    assert footer.text() == "48 tok/s · 0.21 s to first word · 312 tokens, 280 reused"
    assert "did not have to be read again" in footer.toolTip()


def test_no_word_is_lost_at_the_end_of_a_turn(transcript: Transcript, qtbot: QtBot) -> None:
    reply = message(1, "assistant", "", status="streaming")
    transcript.begin(message(0, "user", "Go"), reply)
    transcript.grow("m1", "Not drawn yet", "")
    transcript.finish(replace(reply, content="Not drawn yet, and the end", status="finished"))
    assert "Not drawn yet, and the end" in on_screen(transcript)


@pytest.mark.parametrize("content", ["", "  \n"])
def test_an_empty_failed_reply_offers_only_its_banner(transcript: Transcript, content: str) -> None:
    failure = Failure("disk.full", "The disk is full.", "Free some space.")
    failed = message(1, "assistant", content, status="failed", failure=failure)
    transcript.show_branch([message(0, "user", "Go"), failed])
    assert seen(transcript, FailureView)
    assert seen(transcript, FooterView) == []
    transcript.show_branch([message(0, "user", "Go"), replace(failed, content="Half of it")])
    assert len(seen(transcript, FooterView)) == 1


def test_a_finished_reply_without_words_says_so(transcript: Transcript) -> None:
    transcript.show_branch([message(0, "user", "Go"), message(1, "assistant", " ")])
    assert [view.words() for view in seen(transcript, EndingView)] == [reply_words.NOTHING]
    assert len(seen(transcript, FooterView)) == 1, "another reply can be asked for"
