"""Long code, lists and tables come in pieces for paper, with all that was in them."""

from __future__ import annotations

import re

import pytest
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QApplication

from studio.chat.transfer.html_body import body
from studio.ui.chat.transfer.export_pdf_pieces import LETTERS, LINES, pieces

MANY = 3 * LINES + 5


def page(markdown: str) -> str:
    (part,) = body(markdown, directed=False)
    return part


def words(html: str) -> str:
    return "".join(re.sub(r"<[^>]*>", "", html).split())


LONG = {
    "code": "```\n" + "x = 1\n" * MANY + "```",
    "tight": "\n".join(f"- item {number} **b**" for number in range(MANY)),
    "loose": "\n\n".join(f"{number}. item {number}\n\n     more" for number in range(7, MANY + 7)),
    "nested": "\n".join(f"- one {n}\n  - in {n}\n    1. deep {n}" for n in range(MANY)),
    "table": "| a | b |\n|---|--:|\n" + "| one | two <x> |\n" * MANY,
}


@pytest.mark.parametrize("name", LONG)
def test_a_long_block_comes_in_bounded_pieces_with_all_its_words(name: str) -> None:
    part = page(LONG[name])
    given = list(pieces(part))
    assert len(given) > 3
    assert max(len(each) for each in given) < len(part) / 2
    assert words("".join(given)) == words(part)


@pytest.mark.parametrize(
    "markdown",
    ["- one\n- two", "1. one\n2. two", "```\nx\n```", "Words.", "# Head", "> - a"],
)
def test_what_is_short_stays_as_it_is(markdown: str) -> None:
    part = page(markdown)
    assert list(pieces(part)) == [part]


def test_numbers_go_on_in_the_next_piece(qapp: QApplication) -> None:
    numbers = []
    for piece in pieces(page(LONG["loose"])):
        document = QTextDocument()
        document.setHtml(piece)
        block = document.begin()
        listed = block.textList()
        assert listed is not None
        numbers.append(listed.itemText(block))
        assert block.blockFormat().topMargin() == (0 if len(numbers) > 1 else 12)
    assert numbers == [f"{7 + LINES * number}." for number in range(len(numbers))]


def test_a_very_long_item_is_a_piece_of_its_own() -> None:
    part = page(f"3. one\n4. {'word ' * LETTERS}\n5. three\n6. four")
    given = list(pieces(part))
    assert [re.findall(r'start="(\d+)"', piece) for piece in given] == [["3"], ["4"], ["5"]]
    assert words(given[0]) == "one"
    assert words("".join(given)) == words(part)


def test_items_stay_whole_with_the_lists_in_them() -> None:
    for piece in pieces(page(LONG["nested"])):
        assert piece.count("<ul") == piece.count("</ul>")
        assert piece.count("<ol") == piece.count("</ol>")
        first, last = (re.findall(pattern, words(piece)) for pattern in (r"one(\d+)", r"deep(\d+)"))
        assert first == last


def test_columns_of_a_table_are_as_wide_in_all_pieces() -> None:
    long = "wide " * 40
    rows = "".join(f"| {number} | {long} |\n" for number in range(MANY))
    given = list(pieces(page("| n | words |\n|---|---|\n" + rows)))
    widths = [re.findall(r'width="(\d+)%"', piece) for piece in given]
    assert len({tuple(each) for each in widths}) == 1
    whole, narrow, wide = map(int, widths[0])
    assert whole == 100
    assert narrow < wide
    assert sum((narrow, wide)) <= 100
