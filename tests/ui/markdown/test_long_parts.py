"""Lists and tables that go on and on: parsed and laid out in parts that look like one."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QTextDocument
from pytestqt.qtbot import QtBot

from studio.ui.chat.messages.rows import piece_row
from studio.ui.theme import Theme
from studio.ui.widgets.markdown import parser
from studio.ui.widgets.markdown.parts import MAX_HEADING
from studio.ui.widgets.markdown.pieces import Piece, Plain, Rich, Table
from studio.ui.widgets.markdown.stream import (
    MARKDOWN_CHARS,
    SLICE_CHARS,
    SLICE_LINES,
    MarkdownStream,
)
from studio.ui.widgets.markdown.table_view import TableView
from studio.ui.widgets.markdown.text_lines import Lines
from studio.ui.widgets.markdown.text_view import TextView
from studio.ui.widgets.markdown.writer import MAX_CELLS, MAX_ITEMS

HEAD = "| Name | What it is |\n|---|--:|\n"
ROWS = "".join(f"| name {n} | {'*some* words ' * (n % 5)} |\n" for n in range(210))
TIGHT = "".join(f"3. item {n}\n   - inner {n}\n" for n in range(150))
LOOSE = "".join(f"- item {n}\n{chr(10) * (n == 100)}" for n in range(190))
LONG = {
    "table": f"{HEAD}{ROWS}\nAfter it.\n",
    "table without an end": HEAD + ROWS,
    "table with longer rows": HEAD + "| a | b | c |\n| a |\n" * 90,
    "table ended by a list": f"{HEAD}{ROWS}- item\n",
    "numbers": f"Before it.\n\n{TIGHT}\nAfter it.\n",
    "bullets with one gap": LOOSE,
    "code in items": "".join(f"1. item\n   ```\n   code {n}\n   ```\n" for n in range(130)),
    "tasks": "".join(f"- [{'x '[n % 2]}] task {n}\n" for n in range(130)),
    "lazy lines": "".join(f"* item {n}\nlazy\n" for n in range(130)),
    "other marks": "- a\n" * 70 + "* b\n" * 70 + "1) c\n" * 70,
    "ended by a heading": "- a\n" * 125 + "# Title\n",
    "ended by a rule": "- a\n" * 120 + "---\n",
}


def streamed(text: str, size: int) -> list[Piece]:
    stream = MarkdownStream()
    for start in range(0, len(text), size):
        stream.feed(text[start : start + size])
        stream.finish()
    return [piece for block in stream.blocks for piece in block]


@pytest.mark.parametrize("name", LONG)
@pytest.mark.parametrize("size", [43, 211, 1_999])
def test_the_parts_do_not_depend_on_the_cuts(name: str, size: int) -> None:
    text = LONG[name]
    assert streamed(text, size) == streamed(text, len(text))


@pytest.mark.parametrize(
    "text",
    [
        HEAD + "| a | b |\n" * 5_000,
        "1. item\n" * 2_000,
        "- item\n" * 2_000,
        "a\n\n" * 5_000,
        "# a\n" * 5_000,
        "Some *words* of many, and then some more.\n\n" * 5_000,
    ],
)
def test_no_step_parses_more_than_a_few_lines(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    parsed: list[int] = []
    spans = parser.spans

    def counted(part: str) -> list[parser.Span]:
        parsed.append(part.count("\n"))
        return spans(part)

    monkeypatch.setattr(parser, "spans", counted)
    MarkdownStream(text).finish()
    assert len(parsed) > 10
    assert max(parsed) <= 2 * SLICE_LINES + MAX_ITEMS


def test_a_step_takes_in_few_letters_and_few_lines() -> None:
    stream = MarkdownStream("word " * SLICE_CHARS + "\n" * 500)
    before = stream.waiting
    stream.work()
    assert before - stream.waiting == SLICE_CHARS
    lines = MarkdownStream("a\n" * 500)
    lines.work()
    assert 1_000 - lines.waiting == 2 * SLICE_LINES


def test_parts_of_a_list_stand_apart_only_where_they_were_written_so() -> None:
    parts = [piece.html for piece in streamed(LOOSE, 500) if isinstance(piece, Rich)]
    assert [part.count("<li>") for part in parts] == [MAX_ITEMS] * 3 + [10]
    assert ["<p>" in part for part in parts] == [False, True, False, False]


def test_plain_text_is_in_parts_of_few_lines() -> None:
    text = "word\n" * 60_000
    assert len(text) > MARKDOWN_CHARS
    found = [piece for piece in streamed(text, len(text)) if isinstance(piece, Plain)]
    assert "\n".join(piece.text for piece in found) == text.removesuffix("\n")
    assert max(piece.text.count("\n") for piece in found) < parser.PLAIN_LINES


def test_a_table_whose_heading_is_enormous_is_not_parsed_again_and_again() -> None:
    heading = "|" + "h|" * MAX_HEADING + "\n|" + "-|" * MAX_HEADING + "\n"
    stream = MarkdownStream(heading + "| a |\n" * 100).finish()
    found = [piece for block in stream.blocks for piece in block]
    tables = sum(each.html.count("<td>a</td>") for each in found if isinstance(each, Table))
    words = sum(each.html.count("| a |") for each in found if isinstance(each, Rich))
    assert tables + words == 100


def test_later_rows_keep_to_the_columns_of_the_first(theme: Theme, qtbot: QtBot) -> None:
    rows = "".join(f"| {n} | {'a longer text ' * (n // 25)} | x |\n" for n in range(150))
    places = set()
    for piece in streamed("| Name | Words | End |\n|---|---|---|\n" + rows, 5_000):
        assert isinstance(piece, Table)
        view = TableView(theme)
        qtbot.addWidget(view)
        view.show_piece(piece)
        view.resize(700, view.heightForWidth(700))
        view.grab()
        places.add(tuple(column_places(view.text)))
        assert piece_row(piece, False, False).gap == (0 if piece.goes_on else 14)
    assert len(places) == 1


def column_places(text: TextView) -> list[float]:
    """Return where the words of the first row begin."""
    layout = text.document.documentLayout()
    table = text.document.rootFrame().childFrames()[0]
    cells = [table.cellAt(0, column) for column in range(3)]  # type: ignore[attr-defined]
    blocks = [cell.firstCursorPosition().block() for cell in cells]
    return [round(layout.blockBoundingRect(block).left()) for block in blocks]


def test_a_long_table_has_the_room_that_there_is_for_longer_words(
    theme: Theme, qtbot: QtBot
) -> None:
    found = streamed(
        "|n|v|\n|-|-|\n" + "".join(f"|{10 ** (n // 50)}|x|\n" for n in range(300)), 999
    )
    heights = set()
    for piece in found[1:-1]:
        assert isinstance(piece, Table)
        view = TableView(theme)
        qtbot.addWidget(view)
        view.show_piece(piece)
        view.resize(700, view.heightForWidth(700))
        view.grab()
        assert view.text.width() == 700
        heights.add(view.height())
    assert len(heights) == 1, "no number is broken into lines"


def test_the_columns_follow_the_size_of_the_text(theme: Theme, qtbot: QtBot) -> None:
    first, second, *_ = streamed(HEAD + ROWS, 5_000)
    assert isinstance(second, Table)
    assert second.first == first.html  # type: ignore[union-attr]
    view = TableView(theme)
    qtbot.addWidget(view)
    view.resize(200, 200)
    view.show_piece(second)
    before = view.heightForWidth(200)
    theme.set_text_size(20)
    assert view.heightForWidth(200) > before


def test_what_columns_are_measured_with_does_not_stay(theme: Theme, qtbot: QtBot) -> None:
    _, second, *_ = streamed(HEAD + ROWS, 5_000)
    assert isinstance(second, Table)
    view = TableView(theme)
    qtbot.addWidget(view)

    def documents() -> int:
        qtbot.wait(1)
        return len(view.findChildren(QTextDocument))

    view.show_piece(second)
    before = documents()
    for width in range(300, 700, 50):
        view.heightForWidth(width)
        view.show_piece(second)
    assert documents() == before


def test_a_long_table_of_many_columns_is_wrapped_and_not_scrolled(
    theme: Theme, qtbot: QtBot
) -> None:
    row = "|" + " some words |" * 9 + "\n"
    found = streamed(row + "|" + "--|" * 9 + "\n" + row * 40, 9_000)
    assert len(found) == 40 // (MAX_CELLS // 9)
    for piece in found:
        assert isinstance(piece, Table)
        view = TableView(theme)
        qtbot.addWidget(view)
        view.show_piece(piece)
        view.resize(760, view.heightForWidth(760))
        view.show()
        assert view.horizontalScrollBar().maximum() == 0


def test_the_words_of_all_parts_of_a_list_begin_in_one_place(theme: Theme, qtbot: QtBot) -> None:
    indents = set()
    for piece in streamed("1. item\n" * 1_100, 5_000):
        view = TextView(theme)
        qtbot.addWidget(view)
        view.show_piece(piece)
        indents.add(view.document.indentWidth())
    assert len(indents) == 1


class Counted(QTextDocument):
    """Counts how often it is told of a width, and how often it is read."""

    widths = readings = 0

    def setTextWidth(self, width: float) -> None:
        """Count, and do as told."""
        self.widths += 1
        super().setTextWidth(width)

    def toPlainText(self) -> str:
        """Count, and do as told."""
        self.readings += 1
        return super().toPlainText()


def test_lines_are_broken_anew_only_for_another_width(qtbot: QtBot) -> None:
    document = Counted("some words " * 50)
    lines = Lines(document)
    heights = {lines.height(300), lines.height(300)}
    lines.set_width(300)
    assert (len(heights), document.widths) == (1, 1)
    wide = lines.ideal_width()
    assert (wide, lines.ideal_width(), document.widths) == (wide, wide, 2)
    document.setPlainText("more words " * 100)
    assert lines.ideal_width() > wide


def test_marks_are_looked_for_only_in_another_text(qtbot: QtBot) -> None:
    document = Counted("some words")
    lines = Lines(document)
    assert (lines.tower(), lines.tower(), document.readings) == (False, False, 1)
    document.setPlainText("e" + "\u0301" * 9)
    assert (lines.tower(), lines.tower(), document.readings) == (True, True, 2)


@pytest.mark.parametrize("cut", range(456, 490, 3))
def test_a_long_table_below_words_is_one_wherever_its_text_was_cut(cut: int) -> None:
    text = "Words:\n\n| a | b |\n|---|---|\n" + "".join(f"| {n} | x |\n" for n in range(120))
    whole = list(MarkdownStream(text).finish().blocks)
    stream = MarkdownStream(text[:cut]).finish()
    stream.feed(text[cut : cut + 20])
    stream.finish().feed(text[cut + 20 :])
    assert list(stream.finish().blocks) == whole
