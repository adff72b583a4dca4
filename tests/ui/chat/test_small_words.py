"""Small things that a person meets: figures of one token, cut titles, names that are one."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtGui import QFontMetrics, QGuiApplication
from pytestqt.qtbot import QtBot
from support.loaded_model import loaded
from support.talk import FIGURES, message

from studio import translation
from studio.chat.conversation import Failure
from studio.chat.recipe_words import lines
from studio.prompting.shapes.gbnf import check_grammar
from studio.ui.chat.conversations.drawing import cut_to
from studio.ui.chat.conversations.found import Found, Marked
from studio.ui.chat.inspector.inspector import Inspector
from studio.ui.chat.messages import reply_words
from studio.ui.chat.messages.entry import Entry
from studio.ui.chat.messages.person_view import PersonView
from studio.ui.chat.messages.rows import Failure as FailureRow
from studio.ui.chat.messages.rows import Person
from studio.ui.theme import Theme
from studio.ui.widgets.labels import ElidedLabel
from studio.ui.widgets.status_line import StatusLine

LONG = "The unseen process of photosynthesis explained to a child of ten (copy)"


def metrics(_theme: Theme) -> QFontMetrics:
    return QFontMetrics(QGuiApplication.font())


def test_of_a_single_token_no_speed_is_told(theme: Theme, qtbot: QtBot) -> None:
    short = replace(FIGURES, tokens=1, tokens_per_s=0.0, reused_tokens=0)
    line, explained = reply_words.figures(short)
    assert line == "0.21 s to first word · 1 token"
    assert "Too little was written to tell a speed." in explained
    assert "The reply has 1 token," in explained
    status = StatusLine(theme)
    qtbot.addWidget(status)
    status.tell(working="Writing", tokens_per_s=0.0)
    assert status.text("work") == "Writing"


def test_a_title_is_cut_in_its_middle(theme: Theme) -> None:
    shown, spans = cut_to(metrics(theme), 160, Marked(LONG, ()), is_name=True)
    assert shown.startswith("The unseen")
    assert shown.endswith("(copy)")
    assert "…" in shown
    assert spans == []
    whole, _ = cut_to(metrics(theme), 9_000, Marked(LONG, ()), is_name=True)
    assert whole == LONG


@pytest.mark.parametrize("words", ["unseen", "(copy)", "photosynthesis"])
def test_what_matches_in_a_cut_title_is_marked_where_it_stands(theme: Theme, words: str) -> None:
    begin = LONG.index(words)
    marked = Marked(LONG, [(begin, begin + len(words))])
    shown, spans = cut_to(metrics(theme), 200, marked, is_name=True)
    assert [shown[left:right] for left, right in spans] == [words]


def test_what_was_said_is_cut_at_its_end(theme: Theme) -> None:
    shown, _ = cut_to(metrics(theme), 160, Marked(LONG, ()), is_name=False)
    assert shown.endswith("…")


def test_the_tags_that_are_looked_for_stand_first() -> None:
    tags = ("math", "School", "x")
    assert Found(tags=("scho",)).badges(tags, is_archived=False) == ["School", "math", "x"]
    assert Found().badges(tags, is_archived=True) == ["Archived", *tags]


def test_the_recipe_names_the_preset_as_the_window_does() -> None:
    def told(**recipe: object) -> list[str]:
        reply = message(1, "assistant", "Yes", recipe={"model": "tiny", **recipe})
        return [line.value for line in lines(reply) if line.name == "Preset"]

    assert told(preset="brief", preset_version=1) == ["Brief, version 1"]
    assert told(preset="mine", preset_title="My own") == ["My own"]
    assert told(preset="brief", preset_title="Terse") == ["Terse"]
    assert told(preset="gone") == ["gone"]


def test_the_inspector_names_the_model_by_its_file(theme: Theme, qtbot: QtBot) -> None:
    inspector = Inspector(theme)
    qtbot.addWidget(inspector)
    inspector.show_model(loaded(path="/models/SmolLM2-135M-Instruct.Q4_1.gguf", name="Smollm2 8k"))
    title = inspector.findChild(ElidedLabel, "model_name")
    assert title is not None
    assert title.text() == "SmolLM2-135M-Instruct.Q4_1"


def test_a_single_letter_stands_in_the_middle_of_its_ground(theme: Theme, qtbot: QtBot) -> None:
    view = PersonView(theme)
    qtbot.addWidget(view)
    view.show_piece(Person("x", folded=False))
    assert view._text_width(700) <= view.text.ideal_width() + 1


@pytest.mark.parametrize("grammar", ['root ::= root "a" | ""', 'root ::= a\na ::= a "b" | ""'])
def test_a_rule_that_begins_with_itself_is_called_that(grammar: str) -> None:
    problem = check_grammar(grammar).problem
    assert problem is not None
    assert "begins with itself" in problem.what


def test_what_is_repeated_and_may_be_empty_is_called_that() -> None:
    problem = check_grammar('root ::= ("a"?)*').problem
    assert problem is not None
    assert "repeated that may be empty" in problem.what


def test_an_old_failure_is_told_in_the_language_in_force() -> None:
    german = {"There is nothing to answer.": "Es gibt nichts zu beantworten."}
    failure = Failure("prompt.empty", "There is nothing to answer.", "It was so on {1} day.")
    entry = Entry(message(1, "assistant", "", status="failed", failure=failure))
    translation.use(lambda one, many, number: german.get(one, one if number in (-1, 1) else many))
    try:
        entry.prepare()
        (row,) = [row for row in entry.rows if row.kind == "failure"]
    finally:
        translation.use(None)
    shown = row.content
    assert isinstance(shown, FailureRow)
    assert shown.error.what == "Es gibt nichts zu beantworten."
    assert shown.error.hint == "It was so on {1} day."
