"""Replies that are enormous, hostile or written in any script: drawn in parts, nothing lost."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from studio.ui.theme import Theme
from studio.ui.widgets.code import MAX_LINE_CHARS, CodeView
from studio.ui.widgets.markdown.formula_view import FormulaView
from studio.ui.widgets.markdown.parser import PLAIN_CHARS
from studio.ui.widgets.markdown.pieces import Code, Formula, Piece, Plain, Rich, Table
from studio.ui.widgets.markdown.stream import (
    BLOCK_CHARS,
    BLOCK_LINES,
    MARKDOWN_CHARS,
    MarkdownStream,
)
from studio.ui.widgets.markdown.table_view import TableView
from studio.ui.widgets.markdown.text_view import TextView
from studio.ui.widgets.markdown.writer import MAX_CELLS, MAX_ITEMS

WIDTH = 600
BOMBS = {
    "brackets": "[" * 8_000 + "]" * 8_000,
    "links": "[a](b" * 3_000,
    "images": "![" * 8_000,
    "emphasis": "*a_ " * 3_900,
    "runs of emphasis": "**a" * 5_000 + "**" * 400,
    "backticks": " ".join("`" * number for number in range(1, 170)),
    "open backticks": "`a" * 7_000,
    "nested lists": "".join("  " * number + "- a\n" for number in range(60)),
    "nested quotes": ">" * 10_000 + "a",
    "references": "".join(f"[a{number}]: /b{number}\n" for number in range(900)) + "[a1][a2]" * 900,
    "autolinks": "<" * 15_000,
    "entities": "&" * 8_000 + "&amp;" * 1_000,
    "backslashes": "\\" * 15_000,
    "dollars": "$a " * 5_000,
    "closed dollars": "$a$" * 5_000,
    "open formulas": "\\(" * 7_000 + "\\\\)" * 400,
    "open displays": "a \\[ b=" * 2_000,
    "formulas that are blocks": "$$\na\n" * 500,
    "environments": "\\begin{align}\n" * 1_000,
    "headings": "# " * 7_000,
    "pipes": "|" * 7_000 + "\n" + "|-" * 3_500 + "|\n" + "|" * 1_000,
    "rules": "- " * 7_000,
    "strikes": "~~a" * 5_000,
    "html": "<a" * 3_000 + "<!--" * 1_000,
}
SCRIPTS = [
    "العربية: $x$ ثم 123",
    "עברית (RTL) עם `code` עם [קישור](https://a.b)",
    "e\N{COMBINING ACUTE ACCENT}" + "\N{COMBINING DIAERESIS}" * 300,
    "\N{FAMILY}\N{ZERO WIDTH JOINER}\N{WOMAN}\N{VARIATION SELECTOR-16}",
    "\N{RIGHT-TO-LEFT OVERRIDE}gpj.exe\N{POP DIRECTIONAL FORMATTING}",
    "हिन्दी தமிழ் ไทย 한국어 日本語 中文 ქართული",
    "a\N{ZERO WIDTH SPACE}b\N{SOFT HYPHEN}c\N{LINE SEPARATOR}d",
]


def pieces(text: str) -> list[Piece]:
    return [piece for block in MarkdownStream(text).finish().blocks for piece in block]


def view_of(piece: Piece, theme: Theme) -> TextView | CodeView | TableView | FormulaView:
    if isinstance(piece, Code):
        code = CodeView(theme)
        code.show_piece(piece)
        return code
    if isinstance(piece, Table):
        table = TableView(theme)
        table.show_piece(piece)
        return table
    if isinstance(piece, Formula):
        formula = FormulaView(theme)
        formula.show_piece(piece)
        return formula
    text = TextView(theme)
    text.show_piece(piece)
    return text


def drawn(
    text: str, theme: Theme, qtbot: QtBot
) -> Iterator[TextView | CodeView | TableView | FormulaView]:
    """Draw a reply piece by piece, as the transcript does, and give each widget."""
    for piece in pieces(text):
        view = view_of(piece, theme)
        qtbot.addWidget(view)
        view.resize(WIDTH, view.heightForWidth(WIDTH))
        assert not view.grab().isNull()
        yield view


def words(view: QWidget) -> str:
    assert isinstance(view, TextView | CodeView | TableView | FormulaView)
    return view.text() if isinstance(view, TextView) else view.text.text()


@pytest.mark.parametrize("name", BOMBS)
def test_bombs_are_drawn_with_all_their_words(name: str, theme: Theme, qtbot: QtBot) -> None:
    shown = "".join(words(view) for view in drawn(BOMBS[name], theme, qtbot))
    wanted = BOMBS[name].count("a") - ("entities" in name) * BOMBS[name].count("amp;")
    assert shown.count("a") >= wanted
    assert len(shown) <= 2 * len(BOMBS[name])


def test_quotes_fifty_deep_are_shown_as_they_were_written(theme: Theme, qtbot: QtBot) -> None:
    text = "\n".join(">" * depth + f" level {depth}" for depth in range(1, 51))
    shown = "\n".join(words(view) for view in drawn(text, theme, qtbot))
    assert shown == text


def test_quotes_that_are_not_too_deep_are_quotes(theme: Theme, qtbot: QtBot) -> None:
    (view,) = drawn("> a\n> > b\n> > > c", theme, qtbot)
    assert words(view) == "a\nb\nc"


@pytest.mark.parametrize("fence", ["```", "~~~", "````", "- ```", "> ```"])
def test_an_unclosed_fence_keeps_everything_after_it(
    fence: str, theme: Theme, qtbot: QtBot
) -> None:
    lead = fence[:2] if fence[0] in "->" else ""
    lead = "  " if lead == "- " else lead
    *_, view = drawn(f"{fence}py\n{lead}a = 1\n{lead}# not a heading", theme, qtbot)
    assert isinstance(view, CodeView)
    assert words(view) == "a = 1\n# not a heading"


def test_a_table_of_five_thousand_rows_keeps_each_of_them(theme: Theme, qtbot: QtBot) -> None:
    rows = [f"| {number} | value {number} |" for number in range(5_000)]
    text = "| n | v |\n|---|---|\n" + "\n".join(rows)
    found = pieces(text)
    tables = [piece for piece in found if isinstance(piece, Table)]
    assert len(tables) == len(found)
    assert all(piece.html.count("<td") <= MAX_CELLS for piece in tables)
    shown = "\n".join(words(view) for view in drawn(text, theme, qtbot)).split()
    expected = [
        "n",
        "v",
        *(word for number in range(5_000) for word in (f"{number}", "value", f"{number}")),
    ]
    assert shown == expected


def test_a_long_table_is_drawn_in_parts(theme: Theme, qtbot: QtBot) -> None:
    text = "|a|b|\n|-|-|\n" + "|$x$|1|\n" * (BLOCK_LINES - 2)
    found = pieces(text)
    assert all(isinstance(piece, Table) for piece in found)
    rows = [piece.html.count("<td>") // 2 for piece in found if isinstance(piece, Table)]
    assert max(rows) == MAX_CELLS // 2
    shown = [words(view) for view in drawn(text, theme, qtbot)]
    assert sum(view.count("$x$") for view in shown) == text.count("$x$")
    assert [view.startswith("\na\nb") for view in shown] == [True] + [False] * (len(shown) - 1)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("| a |\n|---|\n| b | c | d |\ne | f\n", "a b c d e f"),
        ("> | a |\n> |---|\n> | b | `c` |", "a b c"),
        ("- | a |\n  |:-:|\n  | b | *c* | |", "a b c"),
        ("a | b\n-|-\n||c|d||e", "a b c d e"),
        ("| a |\n|---|\n| b \\| c | d \\| e |", "a b | c d | e"),
    ],
)
def test_cells_beyond_those_of_the_heading_are_kept(
    text: str, expected: str, theme: Theme, qtbot: QtBot
) -> None:
    shown = " ".join(words(view) for view in drawn(text, theme, qtbot))
    assert " ".join(shown.split()) == expected


def numbered(view: QWidget) -> list[int]:
    """Return the numbers that stand before the items of a list, from the top."""
    assert isinstance(view, TextView)
    found = []
    block = view.document.begin()
    while block.isValid():
        if (items := block.textList()) is not None:
            found.append(items.format().start() + items.itemNumber(block))
        block = block.next()
    return found


def test_a_long_list_is_drawn_in_parts_that_go_on_counting(theme: Theme, qtbot: QtBot) -> None:
    text = "".join(f"7. item {number}\n" for number in range(150))
    views = list(drawn(text, theme, qtbot))
    assert [view.piece.level for view in views if isinstance(view, TextView)] == [0, 0, 0]
    assert [number for view in views for number in numbered(view)] == list(range(7, 157))
    shown = "\n".join(words(view) for view in views).split("\n")
    assert shown == [f"item {number}" for number in range(150)]
    assert max(len(numbered(view)) for view in views) == MAX_ITEMS


def test_a_long_list_in_a_list_is_drawn_in_parts_too(theme: Theme, qtbot: QtBot) -> None:
    inner = "".join(f"   - inner {number}\n" for number in range(130))
    text = f"1. first\n{inner}2. second\n3. third\n"
    views = list(drawn(text, theme, qtbot))
    shown = [line for view in views for line in words(view).split("\n")]
    assert shown == ["first", *(f"inner {number}" for number in range(130)), "second", "third"]
    assert numbered(views[-1]) == [2, 3]
    assert [view.piece.level for view in views if isinstance(view, TextView)] == [0, 1, 1, 0]


def test_a_paragraph_of_nothing_but_signs_is_shown_as_it_was_written(
    theme: Theme, qtbot: QtBot
) -> None:
    text = " ".join(["`code` and *words*"] * 400)
    (view,) = drawn(text, theme, qtbot)
    assert words(view) == text


@pytest.mark.parametrize("letter", ["a", "a ", "漢", "\U0001f600", "e\N{COMBINING ACUTE ACCENT}"])
def test_a_line_of_a_hundred_thousand_letters_is_cut_for_drawing_only(
    letter: str, theme: Theme, qtbot: QtBot
) -> None:
    line = letter * (100_000 // len(letter))
    told, *shown = [words(view) for view in drawn(line, theme, qtbot)]
    assert told.startswith("Too long to format")
    assert "".join(shown) == line
    assert max(map(len, shown)) <= PLAIN_CHARS


def test_a_line_of_code_that_long_is_copied_whole(theme: Theme, qtbot: QtBot) -> None:
    line = "x" * 100_000
    (view,) = drawn(f"```\n{line}\n```", theme, qtbot)
    assert isinstance(view, CodeView)
    assert view.piece.text == line
    assert max(map(len, words(view).split("\n"))) <= MAX_LINE_CHARS


@pytest.mark.parametrize(
    "line",
    [
        "Some *words* with $x^2$ and `code`.\n\n",
        "a\n",
        "word ",
        "| a | b |\n",
    ],
)
def test_a_megabyte_is_kept_in_small_pieces(line: str) -> None:
    text = line * (1_000_000 // len(line))
    found = pieces(text)
    plain = [piece for piece in found if isinstance(piece, Plain)]
    assert all(len(piece.text) <= PLAIN_CHARS for piece in plain)
    assert sum(len(piece.text) for piece in plain) >= len(text) * 0.5 - MARKDOWN_CHARS
    marked = [piece for piece in found if isinstance(piece, Rich)]
    assert all(len(piece.html) <= 8 * BLOCK_CHARS for piece in marked)


def test_the_last_words_of_a_megabyte_are_drawn(theme: Theme, qtbot: QtBot) -> None:
    text = "Some *words* with $x^2$ and more of them.\n\n" * 24_000 + "The end."
    last = pieces(text)[-1]
    view = view_of(last, theme)
    qtbot.addWidget(view)
    assert words(view).endswith("The end.")


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert('x')</script>",
        '<img src="https://a.b/c.png" onerror="x">',
        "<iframe src=https://a.b></iframe>",
        "<style>* { display: none }</style>",
        '<svg onload="x"><text>a</text></svg>',
        "a <b>bold</b> &lt;i&gt; <!-- c --> <?php d ?>",
        '<object data="file:///etc/passwd">',
        "<details><summary>a</summary></details>",
    ],
)
def test_html_is_read_as_the_text_that_it_is(text: str, theme: Theme, qtbot: QtBot) -> None:
    (view,) = drawn(text, theme, qtbot)
    assert words(view) == text.replace("&lt;", "<").replace("&gt;", ">")


def test_pictures_are_named_and_never_fetched(theme: Theme, qtbot: QtBot) -> None:
    (view,) = drawn("![chart](https://a.b/c.png) ![](file:///d.png)", theme, qtbot)
    assert words(view) == "Image: chart ![](file:///d.png)"
    assert "\N{OBJECT REPLACEMENT CHARACTER}" not in words(view)


@pytest.mark.parametrize(("language", "label"), [("mermaid", "mermaid"), ("svg", "svg")])
def test_diagrams_are_code_with_their_label(
    language: str, label: str, theme: Theme, qtbot: QtBot
) -> None:
    text = '<svg onload="x"/>\ngraph TD; A-->B'
    (view,) = drawn(f"```{language}\n{text}\n```", theme, qtbot)
    assert isinstance(view, CodeView)
    assert words(view) == text
    assert view.piece.language == label


def test_tasks_show_what_is_done(theme: Theme, qtbot: QtBot) -> None:
    (view,) = drawn("- [x] done $a$\n- [ ] open\n  - [X] inner\n- no task", theme, qtbot)
    done, still = "\N{BALLOT BOX WITH CHECK}", "\N{BALLOT BOX}"
    assert words(view).split("\n") == [
        f"{done} done $a$",
        f"{still} open",
        f"{done} inner",
        "no task",
    ]


@pytest.mark.parametrize("plane", range(17))
def test_every_plane_of_unicode_passes_through(plane: int, theme: Theme, qtbot: QtBot) -> None:
    letters = [chr(plane * 0x10000 + offset) for offset in range(0x0E00, 0xFD00, 0x0301)]
    letters = [letter for letter in letters if letter.isprintable() or plane]
    text = "x".join(letters)
    (view,) = drawn(f"{text} $y$ {text}", theme, qtbot)
    assert words(view) == f"{text} $y$ {text}"


@pytest.mark.parametrize("text", SCRIPTS)
def test_scripts_and_marks_pass_through(text: str, theme: Theme, qtbot: QtBot) -> None:
    (view,) = drawn(text, theme, qtbot)
    plain = text.replace("`code`", "code").replace("[קישור](https://a.b)", "קישור")
    assert words(view) == plain.replace("\N{LINE SEPARATOR}", " ")


def test_right_to_left_text_stands_at_the_right(theme: Theme, qtbot: QtBot) -> None:
    (view,) = drawn("שלום $x$ עולם", theme, qtbot)
    assert isinstance(view, TextView)
    block = view.document.begin()
    assert block.textDirection() == Qt.LayoutDirection.RightToLeft
    assert block.layout().lineAt(0).naturalTextRect().right() > WIDTH - 40
