"""Items that do not begin with words have their numbers and bullets all the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QPdfWriter, QTextBlock, QTextListFormat
from pytestqt.qtbot import QtBot

from studio.chat.transfer.html_body import body
from studio.ui.chat.find.texts import readable
from studio.ui.chat.transfer.export_pdf_text import laid_out
from studio.ui.theme import Theme
from studio.ui.widgets.markdown.document import INDENT, MARKER
from studio.ui.widgets.markdown.pieces import Code, Formula, Piece, Rich, Rule, Table
from studio.ui.widgets.markdown.stream import MarkdownStream
from studio.ui.widgets.markdown.text_view import TextView

WIDTH = 400
DECIMAL = QTextListFormat.Style.ListDecimal.value


def pieces(text: str) -> list[Piece]:
    return [piece for block in MarkdownStream(text).finish().blocks for piece in block]


def shown(theme: Theme, qtbot: QtBot, piece: Piece) -> TextView:
    view = TextView(theme)
    qtbot.addWidget(view)
    view.show_piece(piece)
    view.resize(WIDTH, view.heightForWidth(WIDTH))
    return view


def lines(view: TextView) -> list[QTextBlock]:
    document = view.document
    return [document.findBlockByNumber(number) for number in range(document.blockCount())]


def marked(view: TextView) -> list[tuple[str, str]]:
    """Return the marker and the words of each line."""
    found = []
    for block in lines(view):
        items = block.textList()
        marker = ""
        if items is not None:
            form = items.format()
            number = f"{form.start() + items.itemNumber(block)}."
            marker = number if form.property(MARKER) == DECIMAL else "*"
        found.append((marker, block.text()))
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1. foo\n2.\n3. bar", [("1.", "foo"), ("2.", ""), ("3.", "bar")]),
        ("- a\n-\n- b", [("*", "a"), ("*", ""), ("*", "b")]),
        ("1.\n2.", [("1.", ""), ("2.", "")]),
        ("1. - a\n2. - c", [("1.", ""), ("*", "a"), ("2.", ""), ("*", "c")]),
        ("1. - 2. foo", [("1.", ""), ("*", ""), ("2.", "foo")]),
        ("1. > a\n2. b", [("1.", ""), ("", "a"), ("2.", "b")]),
        ("1. #\n2. b", [("1.", ""), ("2.", "b")]),
        ("1. [](https://a.b)\n2. b", [("1.", ""), ("2.", "b")]),
        ("1. a\n\n2.\n\n3. b", [("1.", "a"), ("2.", ""), ("3.", "b")]),
        ("1. `a`\n2. **b**", [("1.", "a"), ("2.", "b")]),
    ],
)
def test_every_item_has_its_marker(
    theme: Theme, qtbot: QtBot, text: str, expected: list[tuple[str, str]]
) -> None:
    (piece,) = pieces(text)
    view = shown(theme, qtbot, piece)
    assert marked(view) == expected
    assert view.text() == "\n".join(words for _, words in expected)
    assert readable(piece).split() == view.text().split()


@pytest.mark.parametrize(
    ("part", "kind"),
    [
        ("```bash\n   ls\n   ```", Code),
        ("$$x^2$$", Formula),
        ("\\[ y \\]", Formula),
        ("| a |\n   |---|\n   | 1 |", Table),
        ("***", Rule),
        ("> ```\n   > ls\n   > ```", Code),
    ],
)
def test_an_item_that_begins_with_a_widget_has_its_number_above_it(
    theme: Theme, qtbot: QtBot, part: str, kind: type[Piece]
) -> None:
    first, widget, last = pieces(f"1. {part}\n2. text")
    assert isinstance(widget, kind)
    view = shown(theme, qtbot, first)
    assert marked(view) == [("1.", "")]
    assert marked(shown(theme, qtbot, last)) == [("2.", "text")]
    assert view.height() == shown(theme, qtbot, Rich("<ol><li>a</li></ol>")).height()


def test_the_number_of_a_list_in_a_list_stands_in_its_first_line(
    theme: Theme, qtbot: QtBot
) -> None:
    (piece,) = pieces("1. - lll")
    view = shown(theme, qtbot, piece)
    (plain,) = pieces("- lll")
    assert view.height() == shown(theme, qtbot, plain).height()
    image = view.grab().toImage()
    ground = image.pixelColor(WIDTH - 1, 0)
    drawn = [
        x
        for x in range(3 * INDENT)
        if any(image.pixelColor(x, y) != ground for y in range(image.height()))
    ]
    assert any(x < INDENT for x in drawn), "the number"
    assert any(INDENT < x < 2 * INDENT for x in drawn), "the bullet"
    assert any(x > 2 * INDENT for x in drawn), "the words"


def test_markers_beside_words_from_right_to_left_stand_at_the_right(
    theme: Theme, qtbot: QtBot
) -> None:
    (piece,) = pieces("1. - \u0628\u0646\u062f")
    image = shown(theme, qtbot, piece).grab().toImage()
    ground = image.pixelColor(0, 0)
    drawn = [
        x
        for x in range(WIDTH)
        if any(image.pixelColor(x, y) != ground for y in range(image.height()))
    ]
    assert min(drawn) > WIDTH / 2
    assert max(drawn) > WIDTH - INDENT


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1. foo\n2.\n3. bar", [("1.", "foo"), ("2.", ""), ("3.", "bar")]),
        ("1. - a\n2. b", [("1.", ""), ("1.", "a"), ("2.", "b")]),
        ("- foo\n-\n\n- bar", [("1.", "foo"), ("2.", ""), ("3.", "bar")]),
    ],
)
def test_items_without_words_keep_their_numbers_on_paper(
    qapp: object, tmp_path: Path, text: str, expected: list[tuple[str, str]]
) -> None:
    paper = QPdfWriter(str(tmp_path / "paper.pdf"))
    (laid,) = laid_out("".join(body(text)), paper, WIDTH)
    assert laid is not None
    found = []
    block = laid.document.begin()
    while block.isValid():
        items = block.textList()
        number = f"{items.itemNumber(block) + items.format().start()}." if items else ""
        found.append((number, block.text().strip()))
        block = block.next()
    assert found == expected
