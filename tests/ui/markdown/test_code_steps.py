"""Long code comes into its view step by step; what is copied, found and read is all of it."""

from __future__ import annotations

from itertools import pairwise

import pytest
from pytestqt.qtbot import QtBot

from studio.ui.theme import Theme
from studio.ui.widgets.code import (
    MAX_LINE_CHARS,
    MAX_LINES,
    STEP_CHARS,
    STEP_LINES,
    CodeView,
    shown_code,
    steps,
)
from studio.ui.widgets.code_colors import CodeColors
from studio.ui.widgets.code_lexers import lexers
from studio.ui.widgets.markdown.pieces import Code
from studio.ui.widgets.markdown.sideways import SidewaysArea

CODE = "\n".join(f"value_{number} = {number}" for number in range(900))


@pytest.fixture
def view(theme: Theme, qtbot: QtBot) -> CodeView:
    made = CodeView(theme)
    qtbot.addWidget(made)
    made.resize(600, 400)
    return made


def lines_there(view: CodeView) -> int:
    """Return how many lines are in the document now, without asking for the others."""
    area = view.findChild(SidewaysArea)
    assert area is not None
    return area.text.document.blockCount()


@pytest.mark.parametrize(
    "text",
    ["", "\n", "one", "\n" * 1_000, CODE, CODE + "\n", ("x" * 1_999 + "\n") * 40, "\n\nx" * 300],
)
def test_steps_are_small_and_lose_nothing(text: str) -> None:
    found = list(steps(text))
    assert "".join(found) == text
    assert max(step.count("\n") for step in found) <= STEP_LINES
    assert max(map(len, found)) <= STEP_CHARS + MAX_LINE_CHARS
    assert all(step.startswith("\n") for step in found[1:])


def test_the_first_lines_are_there_at_once_and_the_others_soon(
    view: CodeView, qtbot: QtBot
) -> None:
    view.show_piece(Code(CODE, "python"))
    seen = [lines_there(view)]
    assert seen[0] <= STEP_LINES + 1
    height = view.heightForWidth(600)
    area = view.findChild(SidewaysArea)
    assert area is not None
    area.text.document.blockCountChanged.connect(seen.append)
    with qtbot.assertNotEmitted(view.resized):
        qtbot.waitUntil(lambda: seen[-1] == 900)
    assert max(later - before for before, later in pairwise(seen)) <= STEP_LINES
    assert view.heightForWidth(600) == height
    assert view.text.text() == CODE


def test_who_asks_for_the_lines_gets_all_of_them(view: CodeView) -> None:
    view.show_piece(Code(CODE, "python"))
    assert view.text.text() == CODE
    assert lines_there(view) == 900


def test_code_that_grows_while_lines_wait_keeps_its_order(view: CodeView, qtbot: QtBot) -> None:
    view.show_piece(Code(CODE, "python", closed=False))
    view.show_piece(Code(CODE + "\nend", "python", closed=False))
    view.show_piece(Code(CODE + "\nend = 1", "python"))
    assert view.renders == 1
    qtbot.waitUntil(lambda: lines_there(view) == 901)
    assert view.text.text() == CODE + "\nend = 1"


def test_other_code_takes_the_place_of_lines_that_wait(view: CodeView, qtbot: QtBot) -> None:
    view.show_piece(Code(CODE, "python"))
    view.show_piece(Code("short", "python"))
    qtbot.wait(20)
    assert view.text.text() == "short"


def test_code_that_begins_alike_takes_the_place_of_lines_that_wait(
    view: CodeView, qtbot: QtBot
) -> None:
    other = "\n".join([*CODE.split("\n")[:150], "its own end"])
    view.show_piece(Code(CODE, "python"))
    view.show_piece(Code(other, "python"))
    qtbot.wait(50)
    assert view.text.text() == other


def test_lines_of_another_height_make_it_tell(view: CodeView, qtbot: QtBot) -> None:
    tall = "\N{GRINNING FACE} \u0e1b\u0e39\u0e48 \u6f22"
    with qtbot.waitSignal(view.resized, raising=False, timeout=1_000) as told:
        view.show_piece(Code("a\n" * 150 + f"{tall}\n" * 150, "text"))
        reckoned = view.heightForWidth(600)
    qtbot.waitUntil(lambda: lines_there(view) == 301)
    assert told.signal_triggered == (view.heightForWidth(600) != reckoned)


def test_all_lines_have_their_colours_in_the_end(view: CodeView, qtbot: QtBot) -> None:
    lexers().load("python")
    qtbot.waitUntil(lambda: lexers().has("python"))
    view.show_piece(Code(CODE, "python"))
    qtbot.waitUntil(lambda: lines_there(view) == 900)
    (colors,) = view.text.document.findChildren(CodeColors)
    qtbot.waitUntil(lambda: not colors.is_working)
    assert view.text.document.findBlockByNumber(899).layout().formats()


def test_what_is_left_out_is_counted_with_broken_lines(view: CodeView) -> None:
    rest = "y" * (2 * MAX_LINE_CHARS) + "\n" + "z\n" * 500
    *lines, last = shown_code("x\n" * MAX_LINES + rest).split("\n")
    assert len(lines) == MAX_LINES
    assert last.startswith("… 503 more lines")
