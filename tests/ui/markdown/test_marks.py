"""What is drawn beside the words of a reply keeps its distance from them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from studio.ui.theme import Theme
from studio.ui.widgets.markdown.document import MARKER_GAP
from studio.ui.widgets.markdown.pieces import Piece, Plain, Rich
from studio.ui.widgets.markdown.stream import MarkdownStream
from studio.ui.widgets.markdown.text_view import TextView

WIDTH = 400


def picture(theme: Theme, qtbot: QtBot, html: str) -> tuple[TextView, QImage]:
    """Return a view of a piece and what it looks like."""
    view = TextView(theme)
    qtbot.addWidget(view)
    view.show_piece(Rich(html))
    view.resize(WIDTH, view.heightForWidth(WIDTH))
    return view, view.grab().toImage()


def columns(image: QImage, ground: QColor, top: int, bottom: int) -> list[int]:
    """Return the columns in which anything is drawn on a ground."""
    rows = range(top, bottom)
    return [x for x in range(image.width()) if any(image.pixelColor(x, y) != ground for y in rows)]


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("html", ["<p>lll <code>mmm</code> lll</p>", "<p>l<code>m</code>l</p>"])
def test_the_ground_of_code_stands_clear_of_its_neighbours(
    theme: Theme, qtbot: QtBot, html: str, mode: str
) -> None:
    theme.set_mode(mode)
    _, image = picture(theme, qtbot, html)
    ground = image.pixelColor(WIDTH - 1, 0)
    code = theme.color("raised")
    rows = range(image.height())
    coded = [x for x in range(WIDTH) if any(image.pixelColor(x, y) == code for y in rows)]
    drawn = columns(image, ground, 0, image.height())
    left = max(x for x in drawn if x < coded[0] - 1)
    right = min(x for x in drawn if x > coded[-1] + 1)
    least = 4 if " " in html else 1
    assert coded[0] - left - 1 >= least
    assert right - coded[-1] - 1 >= least


def test_room_around_code_is_not_part_of_the_text(theme: Theme, qtbot: QtBot) -> None:
    view, _ = picture(theme, qtbot, "<p>Call <code>add</code>, then go.</p>")
    view.select_all()
    assert view.text() == "Call add, then go."
    assert view.selected_text() == "Call add, then go."


@pytest.mark.parametrize("size", [11, 15, 24])
@pytest.mark.parametrize(
    "html", ["<ul><li>lll</li></ul>", '<ol start="1"><li>lll</li></ol>'], ids=["bullet", "number"]
)
def test_a_marker_stands_clear_of_its_words(
    theme: Theme, qtbot: QtBot, html: str, size: int
) -> None:
    theme.set_text_size(size)
    _, image = picture(theme, qtbot, html)
    drawn = columns(image, image.pixelColor(WIDTH - 1, 0), 0, image.height())
    assert drawn[0] > 0
    words = 28
    before = max(x for x in drawn if x < words)
    after = min(x for x in drawn if x >= words)
    assert MARKER_GAP <= after - before <= MARKER_GAP + 5


def test_numbers_go_on_from_where_a_list_begins(theme: Theme, qtbot: QtBot) -> None:
    _, seven = picture(theme, qtbot, '<ol start="7"><li>l</li></ol>')
    _, one = picture(theme, qtbot, '<ol start="1"><li>l</li></ol>')
    _, both = picture(theme, qtbot, '<ol start="6"><li>l</li><li>l</li></ol>')
    height = seven.height()
    assert seven != one
    assert both.copy(0, both.height() - height, WIDTH, height) == seven


def test_a_list_of_tasks_has_boxes_and_no_bullets(theme: Theme, qtbot: QtBot) -> None:
    ((tasks,),) = MarkdownStream("- [ ] lll\n- [x] lll").finish().blocks
    assert isinstance(tasks, Rich)
    view, image = picture(theme, qtbot, tasks.html)
    assert view.text() == "\N{BALLOT BOX} lll\n\N{BALLOT BOX WITH CHECK} lll"
    _, words = picture(theme, qtbot, '<ul style="list-style-type:none"><li>lll</li></ul>')
    ground = image.pixelColor(WIDTH - 1, 0)
    middle = image.height() // 2
    still_open = columns(image, ground, 0, middle)
    done = columns(image, ground, middle, image.height())
    only_words = columns(words, ground, 0, words.height())
    for drawn in (still_open, done):
        assert drawn[0] >= 28, "a bullet stands left of the words"
        assert len(drawn) > len(only_words), "no box is drawn"
    height = min(middle, image.height() - middle)
    assert image.copy(0, 0, WIDTH, height) != image.copy(0, middle, WIDTH, height)


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_code_at_the_start_of_a_line_has_ground_at_both_sides(
    theme: Theme, qtbot: QtBot, mode: str
) -> None:
    theme.set_mode(mode)
    _, image = picture(theme, qtbot, "<p><code>lll</code> and words</p>")
    code = theme.color("raised")
    middle = image.height() // 2
    row = [image.pixelColor(x, middle) for x in range(80)]
    coded = [x for x, color in enumerate(row) if color == code]
    ink = [x for x in range(coded[0], coded[-1]) if row[x] != code]
    assert coded[0] == 0
    assert ink[0] >= 3
    assert coded[-1] - ink[-1] >= 3


@pytest.mark.parametrize("size", [11, 15, 24])
@pytest.mark.parametrize("start", [8, 98, 998])
def test_long_numbers_of_a_list_are_shown_whole(
    theme: Theme, qtbot: QtBot, start: int, size: int
) -> None:
    theme.set_text_size(size)
    items = "<li>lll</li>" * 4
    _, image = picture(theme, qtbot, f'<ol start="{start}">{items}</ol>')
    drawn = columns(image, image.pixelColor(WIDTH - 1, 0), 0, image.height())
    assert drawn[0] > 0


def test_a_list_inside_one_with_long_numbers_stands_deeper(theme: Theme, qtbot: QtBot) -> None:
    view, _ = picture(theme, qtbot, '<ol start="1000"><li>outer<ul><li>inner</li></ul></li></ol>')
    layout = view.document.documentLayout()
    outer = view.document.begin()
    places = [
        layout.blockBoundingRect(block).left() + block.layout().lineAt(0).naturalTextRect().left()
        for block in (outer, outer.next())
    ]
    assert places[1] > places[0] + 20


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_a_number_beside_a_formula_is_whole(theme: Theme, qtbot: QtBot, mode: str) -> None:
    theme.set_mode(mode)
    ((formula,),) = MarkdownStream("1. \\(x\\)").finish().blocks
    assert isinstance(formula, Rich)
    _, image = picture(theme, qtbot, formula.html)
    _, words = picture(theme, qtbot, '<ol start="1"><li>x</li></ol>')
    ground = image.pixelColor(WIDTH - 1, 0)

    def height_of_number(shown: QImage) -> int:
        return sum(
            any(shown.pixelColor(x, y) != ground for x in range(20)) for y in range(shown.height())
        )

    assert height_of_number(image) == height_of_number(words) > 0


def bars(theme: Theme, qtbot: QtBot, text: str) -> list[list[int]]:
    """Return the left edges of the bars beside each line of a text that is one piece."""
    ((piece,),) = MarkdownStream(text).finish().blocks
    assert isinstance(piece, Rich)
    view, image = picture(theme, qtbot, piece.html)
    color = theme.color("border")
    found = []
    block = view.document.begin()
    while block.isValid():
        rect = view.document.documentLayout().blockBoundingRect(block)
        y = round(rect.center().y())
        if rect.height() > 0 and block.text():
            row = [x for x in range(WIDTH) if image.pixelColor(x, y) == color]
            found.append([x for x in row if x - 1 not in row])
        block = block.next()
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("> a\n>\n> b", [[3], [3]]),
        ("> a\n> > b", [[3], [3, 21]]),
        ("1. > a\n2. b", [[31], []]),
        ("- a\n\n  > b\n  >\n  > c", [[], [31], [31]]),
        ("> - a\n>\n>   b\n>\n>   > c", [[3], [3], [3, 49]]),
        ("1. > - a", [[31]]),
    ],
)
def test_a_bar_stands_inside_the_lists_around_its_quote(
    theme: Theme, qtbot: QtBot, text: str, expected: list[list[int]]
) -> None:
    assert bars(theme, qtbot, text) == expected


@pytest.mark.parametrize(
    "made",
    [
        lambda words: Plain(f"one\ntwo\nthree\n{words}"),
        lambda words: Rich(f"<ul><li>one</li><li>two</li><li>three</li><li>{words}</li></ul>"),
    ],
)
def test_marks_on_one_letter_stay_out_of_the_lines_above(
    made: Callable[[str], Piece], theme: Theme, qtbot: QtBot
) -> None:
    seen: list[QImage] = []
    for words in ("e", "e" + "\N{COMBINING ACUTE ACCENT}" * 500):
        view = TextView(theme)
        qtbot.addWidget(view)
        view.show_piece(made(words))
        height = view.heightForWidth(300)
        view.resize(300, height)
        seen.append(view.grab(QRect(0, 0, 300, height - height // 4 - 8)).toImage())
    assert seen[0] == seen[1]


def test_other_lines_are_drawn_as_they_are_without_such_a_letter(
    theme: Theme, qtbot: QtBot
) -> None:
    seen: list[QImage] = []
    for last in ("e", "e" + "\N{COMBINING ACUTE ACCENT}" * 9):
        view = TextView(theme)
        qtbot.addWidget(view)
        view.show_piece(Plain(f"{'Some words jg ' * 20}\nmore ÄÖ\n\n{last}"))
        height = view.heightForWidth(300)
        view.resize(300, height)
        seen.append(view.grab(QRect(0, 0, 300, height - 27)).toImage())
    assert seen[0] == seen[1]


def test_no_heading_is_larger_than_one_above_it(theme: Theme, qtbot: QtBot) -> None:
    widths: list[int] = []
    for level in range(1, 7):
        view, _ = picture(theme, qtbot, f"<h{level}>Words of a heading</h{level}>")
        widths.append(view.ideal_width())
    assert widths == sorted(widths, reverse=True)
