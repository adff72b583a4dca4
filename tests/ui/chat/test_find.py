"""Find in conversation, by keyboard, in the real transcript."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from support.talk import message, on_screen, seen, talk

from studio.ui.chat.find.bar import FindBar
from studio.ui.chat.find.finder import text_of
from studio.ui.chat.find_commands import find_commands
from studio.ui.chat.transcript.transcript import Transcript
from studio.ui.chat.work_area import WorkArea
from studio.ui.theme import Theme
from studio.ui.widgets.code import CodeView

SHIFT = Qt.KeyboardModifier.ShiftModifier


def find(qtbot: QtBot, transcript: Transcript, words: str) -> FindBar:
    """Open the bar, type, and wait until everything was searched."""
    bar = transcript.find_bar()
    bar.open()
    bar.field.clear()
    QTest.keyClicks(bar.field, words)
    settle(qtbot, transcript)
    return bar


def focus() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def settle(qtbot: QtBot, transcript: Transcript) -> None:
    qtbot.waitUntil(lambda: not transcript._finder.is_busy)
    QApplication.processEvents()


def step(qtbot: QtBot, transcript: Transcript, back: bool = False) -> str:
    """Press Enter; return the figures then."""
    bar = transcript.find_bar()
    modifier = SHIFT if back else Qt.KeyboardModifier.NoModifier
    QTest.keyClick(bar.field, Qt.Key.Key_Return, modifier)
    settle(qtbot, transcript)
    return bar.figures.text()


def current(transcript: Transcript) -> tuple[str, QRect]:
    """Return the words of the current hit, and where in the window they are."""
    finder = transcript._finder
    assert finder._row is not None
    view = transcript._pool.view_of(finder._row)
    assert view is not None
    text = text_of(view)
    assert text is not None
    (begin, end) = text.found._spans[finder._number]
    rect = text.found.place(finder._number).toAlignedRect()
    place = rect.translated(text.mapTo(transcript.viewport(), QPoint(0, 0)))
    return text.text()[begin:end], place


def assert_in_view(transcript: Transcript) -> None:
    _, place = current(transcript)
    assert transcript.viewport().rect().contains(place)


def test_it_counts_and_goes_from_one_to_the_next(transcript: Transcript, qtbot: QtBot) -> None:
    transcript.show_branch(talk(20))
    bar = find(qtbot, transcript, "question 1")
    assert bar.figures.text().endswith(" of 5")  # 10, 12, 14, 16, 18
    told = [step(qtbot, transcript) for _ in range(5)]
    assert sorted(told) == [f"{n} of 5" for n in range(1, 6)]
    assert step(qtbot, transcript) == told[0]
    assert step(qtbot, transcript, back=True) == told[-1]
    assert current(transcript)[0].casefold() == "question 1"
    assert_in_view(transcript)


def test_two_thousand_messages_from_end_to_end(transcript: Transcript, qtbot: QtBot) -> None:
    messages = talk(2_000)
    messages[3] = message(3, "assistant", "Here is **one** needle in the hay.")
    messages[1501] = message(1501, "assistant", "And one need**le** more.")
    transcript.show_branch(messages)
    widgets = transcript.living_widgets
    bar = find(qtbot, transcript, "NEEDLE")
    assert bar.figures.text() == "1 of 2"
    assert "needle in the hay" in on_screen(transcript)
    assert_in_view(transcript)
    assert step(qtbot, transcript) == "2 of 2"
    assert "And one needle more." in on_screen(transcript)
    assert_in_view(transcript)
    assert transcript.living_widgets < widgets + 80


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        ("```python\nprint('needle')\n```", "needle"),
        ("| a | b |\n|---|---|\n| x | needle |", "needle"),
        ("- one\n  - Needlé", "needle"),
        ("> quoted **nee**dle", "needle"),
        ("\N{GRINNING FACE}\N{GRINNING FACE} Straße", "strasse"),
    ],
)
def test_it_marks_in_every_kind_of_text(
    transcript: Transcript, qtbot: QtBot, reply: str, words: str
) -> None:
    transcript.show_branch([message(0, "user", "Go"), message(1, "assistant", reply)])
    bar = find(qtbot, transcript, words)
    assert bar.figures.text() == "1 of 1"
    assert_in_view(transcript)
    row = transcript._finder._row
    assert row is not None
    view = transcript._pool.view_of(row)
    text = text_of(view) if view is not None else None
    assert text is not None
    (selection,) = text.found.selections(text.document, transcript._theme)
    assert len(selection.cursor.selectedText()) in (6, 7)
    assert selection.format.background().color() == transcript._theme.color("accent")


def test_a_hit_far_to_the_right_in_code_is_brought_into_view(
    transcript: Transcript, qtbot: QtBot
) -> None:
    code = "```\n" + "x" * 600 + "needle\n```"
    transcript.show_branch([message(0, "user", "Go"), message(1, "assistant", code)])
    find(qtbot, transcript, "needle")
    (view,) = seen(transcript, CodeView)
    _, place = current(transcript)
    assert view.rect().contains(place.translated(-view.pos()))


def test_folded_reasoning_unfolds_when_it_is_the_turn_of_a_hit_in_it(
    transcript: Transcript, qtbot: QtBot
) -> None:
    reply = message(1, "assistant", "A needle.", reasoning="First a needle.\n\nThen a needle.")
    transcript.show_branch([message(0, "user", "Go"), reply])
    bar = find(qtbot, transcript, "needle")
    assert bar.figures.text() == "1 of 3"
    assert "First a needle." in on_screen(transcript)
    assert step(qtbot, transcript) == "2 of 3"
    assert step(qtbot, transcript) == "3 of 3"
    transcript.entries[1].unfold()
    transcript.lay_out()
    assert step(qtbot, transcript) == "1 of 3"
    assert "First a needle." in on_screen(transcript)


def test_a_long_message_of_the_person_unfolds(transcript: Transcript, qtbot: QtBot) -> None:
    words = "\n".join(f"line {n}" for n in range(200)) + "\nneedle"
    transcript.show_branch([message(0, "user", words), message(1, "assistant", "Yes.")])
    assert "needle" not in on_screen(transcript)
    find(qtbot, transcript, "needle")
    assert "needle" in on_screen(transcript)
    assert_in_view(transcript)


def test_escape_closes_unmarks_and_gives_the_focus_back(
    transcript: Transcript, qtbot: QtBot
) -> None:
    field = QLineEdit(transcript)
    field.show()
    field.setFocus()
    transcript.show_branch(talk(4))
    height = transcript.viewport().height()
    bar = find(qtbot, transcript, "answer")
    assert QApplication.focusWidget() is bar.field
    assert transcript.viewport().height() == height - bar.height()
    QTest.keyClick(bar.field, Qt.Key.Key_Escape)
    assert not bar.isVisible()
    assert QApplication.focusWidget() is field
    assert transcript.viewport().height() == height
    for view in transcript._finder.views():
        if (text := text_of(view)) is not None:
            assert text.found.selections(text.document, transcript._theme) == []


def test_it_is_live_while_a_reply_is_written(transcript: Transcript, qtbot: QtBot) -> None:
    transcript.show_branch(talk(4))
    reply = message(9, "assistant", "", status="streaming")
    transcript.begin(message(8, "user", "More"), reply)
    bar = find(qtbot, transcript, "needle")
    assert bar.figures.text() == "Not found"
    transcript.grow("m9", "A needle", "")
    qtbot.waitUntil(lambda: bar.figures.text() == "1")
    transcript.grow("m9", " and a needle", "")
    qtbot.waitUntil(lambda: bar.figures.text() == "2")
    assert step(qtbot, transcript) == "1 of 2"
    done = replace(reply, content="A needle and a needle and a needle", status="finished")
    transcript.finish(done)
    qtbot.waitUntil(lambda: bar.figures.text() == "1 of 3")


def test_typing_more_letters_stays_where_it_is(transcript: Transcript, qtbot: QtBot) -> None:
    transcript.show_branch(talk(30))
    bar = find(qtbot, transcript, "ques")
    step(qtbot, transcript)
    here = on_screen(transcript)
    QTest.keyClicks(bar.field, "tion")
    settle(qtbot, transcript)
    assert on_screen(transcript) == here


def test_another_conversation_is_searched_anew(transcript: Transcript, qtbot: QtBot) -> None:
    transcript.show_branch(talk(10))
    bar = find(qtbot, transcript, "question")
    assert bar.figures.text().endswith("of 5")
    transcript.show_branch([message(100, "user", "One question?")])
    qtbot.waitUntil(lambda: bar.figures.text() == "1")
    assert step(qtbot, transcript) == "1 of 1"


@pytest.mark.parametrize("words", ["zebra", "a" * 1_000, "\0", "((", "question\u0301 99"])
def test_what_is_not_there_is_said(transcript: Transcript, qtbot: QtBot, words: str) -> None:
    transcript.show_branch(talk(6))
    bar = transcript.find_bar()
    bar.open()
    bar.field.setText(words)
    settle(qtbot, transcript)
    assert bar.figures.text() in ("Not found", "")
    assert not bar.next.isEnabled()
    step(qtbot, transcript)


def test_what_is_selected_is_looked_for(transcript: Transcript, qtbot: QtBot) -> None:
    transcript.show_branch([message(0, "user", "needle")])
    text = next(text_of(view) for view in transcript._finder.views() if text_of(view))
    assert text is not None
    text.select_all()
    bar = transcript.find_bar()
    bar.open()
    settle(qtbot, transcript)
    assert bar.field.text() == "needle"
    assert bar.figures.text() == "1 of 1"


def test_tab_leads_through_the_bar_and_then_to_the_rows(
    transcript: Transcript, qtbot: QtBot
) -> None:
    transcript.show_branch(talk(4))
    bar = find(qtbot, transcript, "answer")
    for stop in bar.stops[1:]:
        QTest.keyClick(focus(), Qt.Key.Key_Tab)
        assert focus() is stop
    QTest.keyClick(focus(), Qt.Key.Key_Tab)
    assert transcript.viewport().isAncestorOf(focus())


def test_every_part_has_a_name(transcript: Transcript) -> None:
    bar = transcript.find_bar()
    assert bar.accessibleName() == "Find in conversation"
    for stop in bar.stops:
        assert stop.accessibleName()
        assert stop.objectName()
        assert stop.toolTip()


def test_without_a_conversation_the_command_finds_in_the_list(theme: Theme, qtbot: QtBot) -> None:
    asked: list[str] = []
    work = WorkArea(theme, lambda: True)
    qtbot.addWidget(work)
    commands = find_commands(work, lambda: asked.append("list"))
    commands["find_text"]()
    commands["find_next"]()
    assert asked == ["list"]
    work.show()
    work.transcript.show_branch(talk(4))
    work.show_transcript()
    commands["find_text"]()
    bar = work.transcript.find_bar()
    assert bar.isVisible()
    bar.field.setText("question")
    settle(qtbot, work.transcript)
    before = bar.figures.text()
    commands["find_next"]()
    settle(qtbot, work.transcript)
    assert bar.figures.text() != before
    commands["find_previous"]()
    settle(qtbot, work.transcript)
    assert bar.figures.text() == before


def test_it_closes_after_what_had_the_focus_is_gone(transcript: Transcript, qtbot: QtBot) -> None:
    field = QLineEdit(transcript)
    field.show()
    field.setFocus()
    transcript.show_branch(talk(4))
    bar = find(qtbot, transcript, "answer")
    field.deleteLater()
    QApplication.sendPostedEvents(field, QEvent.Type.DeferredDelete)
    QTest.keyClick(bar.field, Qt.Key.Key_Escape)
    assert not bar.isVisible()
    assert QApplication.focusWidget() is transcript


@pytest.mark.parametrize(("by", "shown"), [(1, "1 of 3"), (-1, "3 of 3")])
def test_opened_by_a_step_it_begins_at_the_first_hit_or_the_last(
    transcript: Transcript, qtbot: QtBot, by: int, shown: str
) -> None:
    transcript.show_branch([message(1, "assistant", "one needle, two needle, three needle")])
    bar = find(qtbot, transcript, "needle")
    bar.leave()
    bar.step(by)
    settle(qtbot, transcript)
    assert bar.figures.text() == shown
