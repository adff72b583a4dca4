"""The light widgets of a reply: selection, links, colours, code that grows."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt, QUrl
from PySide6.QtGui import (
    QColor,
    QGuiApplication,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPicture,
    QRegion,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from studio.ui.theme import Theme
from studio.ui.widgets.code import MAX_LINE_CHARS, MAX_LINES, CodeView
from studio.ui.widgets.code_colors import CodeColors
from studio.ui.widgets.code_lexers import lexers
from studio.ui.widgets.markdown.pieces import Code, Plain, Rich, Table
from studio.ui.widgets.markdown.table_view import TableView
from studio.ui.widgets.markdown.text_view import TextView

LINKED = Rich('<p>See <a href="https://a.b">one</a> and <a href="https://c.d">two</a>.</p>')


@pytest.fixture
def text_view(theme: Theme, qtbot: QtBot) -> TextView:
    view = TextView(theme)
    qtbot.addWidget(view)
    view.show_piece(Rich("<p>Some <b>bold</b> words</p>"))
    view.resize(400, view.heightForWidth(400))
    view.show()
    return view


@pytest.fixture
def code_view(theme: Theme, qtbot: QtBot) -> CodeView:
    view = CodeView(theme)
    qtbot.addWidget(view)
    view.resize(500, 200)
    view.show()
    return view


def ink(widget: QWidget) -> set[str]:
    image = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    return {
        QColor(image.pixel(x, y)).name().upper()
        for x in range(image.width())
        for y in range(image.height())
    }


def test_text_is_selected_and_copied_by_keyboard(text_view: TextView, qtbot: QtBot) -> None:
    text_view.setFocus()
    QTest.keyClick(text_view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert text_view.selected_text() == "Some bold words"
    QTest.keyClick(text_view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "Some bold words"


def test_text_is_selected_with_the_mouse(text_view: TextView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(text_view.selection_begun):
        QTest.mousePress(text_view, Qt.MouseButton.LeftButton, pos=QPoint(0, 10))
    QTest.mouseMove(text_view, QPoint(399, 10))
    QTest.mouseRelease(text_view, Qt.MouseButton.LeftButton, pos=QPoint(399, 10))
    QTest.mouseDClick(text_view, Qt.MouseButton.LeftButton, pos=QPoint(5, 10))
    assert text_view.selected_text() == "Some"
    text_view.clear_selection()
    assert text_view.selected_text() == ""


def test_keys_that_mean_nothing_here_are_left_to_the_window(text_view: TextView) -> None:
    for key in (Qt.Key.Key_PageDown, Qt.Key.Key_Escape, Qt.Key.Key_Home):
        event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier)
        text_view.keyPressEvent(event)
        assert not event.isAccepted()


def test_links_are_reached_and_followed_by_keyboard(theme: Theme, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    before, view, after = QPushButton("before"), TextView(theme), QPushButton("after")
    view.show_piece(LINKED)
    for widget in (before, view, after):
        column.addWidget(widget)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    before.setFocus()
    followed: list[str] = []
    view.link_followed.connect(followed.append)
    for _ in range(2):
        QTest.keyClick(window.focusWidget() or window, Qt.Key.Key_Tab)
        assert view.hasFocus()
        QTest.keyClick(view, Qt.Key.Key_Return)
    QTest.keyClick(view, Qt.Key.Key_Tab)
    assert after.hasFocus()
    assert followed == ["https://a.b", "https://c.d"]


def test_text_without_links_is_no_stop_for_the_tab_key(text_view: TextView) -> None:
    assert text_view.focusPolicy() == Qt.FocusPolicy.ClickFocus


def test_a_click_follows_a_link_and_a_hover_shows_a_hand(theme: Theme, qtbot: QtBot) -> None:
    view = TextView(theme)
    qtbot.addWidget(view)
    view.show_piece(Rich('<p><a href="https://a.b">a long enough link</a></p>'))
    view.resize(300, view.heightForWidth(300))
    with qtbot.waitExposed(view):
        view.show()
    with qtbot.waitSignal(view.link_followed) as told:
        QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(20, 12))
    assert told.args == ["https://a.b"]
    for x, shape in ((20, Qt.CursorShape.PointingHandCursor), (290, Qt.CursorShape.IBeamCursor)):
        no_button, no_key = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
        place = QPointF(x, 12)
        moved = QMouseEvent(QEvent.Type.MouseMove, place, place, no_button, no_button, no_key)
        view.mouseMoveEvent(moved)
        assert view.cursor().shape() == shape


def test_an_image_in_html_would_not_be_fetched(theme: Theme, qtbot: QtBot) -> None:
    view = TextView(theme)
    qtbot.addWidget(view)
    view.show_piece(Rich('<p>a<img src="https://a.b/c.png"/></p>'))
    assert view.document.resource(2, QUrl("https://a.b/c.png")) is None


def test_only_what_comes_into_sight_is_drawn(theme: Theme, qtbot: QtBot) -> None:
    view = TextView(theme)
    qtbot.addWidget(view)
    for line in ("some words\n", "e" + "\u0301" * 9 + "\n"):
        view.show_piece(Code(line * 200))
        view.resize(300, view.heightForWidth(300))
        strip = QRect(0, view.height() // 2, 300, 40)
        assert strokes(view, strip) < strokes(view, view.rect()) / 20


def strokes(view: QWidget, part: QRect) -> int:
    picture = QPicture()
    painter = QPainter(picture)
    view.render(painter, QPoint(), QRegion(part))
    painter.end()
    return picture.size()


def test_text_follows_the_theme(theme: Theme, text_view: TextView) -> None:
    assert theme.palette.text.upper() in ink(text_view)
    theme.set_mode("dark")
    assert theme.palette.text.upper() in ink(text_view)


def test_text_grows_with_the_text_size(theme: Theme, text_view: TextView) -> None:
    before = text_view.heightForWidth(120)
    theme.set_text_size(22)
    assert text_view.heightForWidth(120) > 1.3 * before


def test_lines_stand_at_the_height_that_was_asked_for(theme: Theme, qtbot: QtBot) -> None:
    view = TextView(theme)
    qtbot.addWidget(view)
    view.show_piece(Plain("\n".join("line" for _ in range(100))))
    assert view.heightForWidth(400) / 100 == pytest.approx(15 * 1.55, rel=0.06)


def test_a_wide_table_scrolls_inside_itself(theme: Theme, qtbot: QtBot) -> None:
    view = TableView(theme)
    qtbot.addWidget(view)
    cells = "".join(f"<td>{'wide ' * 20}</td>" for _ in range(12))
    view.show_piece(Table(f"<table><tr>{cells}</tr></table>", 12))
    view.resize(500, view.heightForWidth(500))
    view.show()
    assert view.horizontalScrollBar().maximum() > 0
    view.show_piece(Table("<table><tr><td>a</td></tr></table>", 1))
    view.resize(500, view.heightForWidth(500))
    assert view.horizontalScrollBar().maximum() == 0
    assert view.text.width() < 100


def test_code_is_copied_as_it_was_written(code_view: CodeView, qtbot: QtBot) -> None:
    text = "x" * (2 * MAX_LINE_CHARS) + "\n\tend\n" + "line\n" * (MAX_LINES + 500)
    code_view.show_piece(Code(text, "nothing-known"))
    button = code_view.findChild(QPushButton, "copy_code")
    assert button is not None
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == text
    assert button.text() == "Copied"
    assert code_view.text.document.blockCount() == MAX_LINES + 1
    assert "more lines" in code_view.text.text()


def test_growing_code_is_appended_to(code_view: CodeView, qtbot: QtBot) -> None:
    lines = [f"value = {number}  # \N{GRINNING FACE}" for number in range(100)]
    for count in range(1, 101):
        code_view.show_piece(Code("\n".join(lines[:count]), "python", closed=False))
    code_view.show_piece(Code("\n".join(lines), "python"))
    assert code_view.renders == 1
    assert code_view.text.text() == "\n".join(lines)
    code_view.show_piece(Code("other", "python"))
    assert code_view.renders == 2
    assert code_view.text.text() == "other"


def test_code_gets_the_colours_of_the_palette(
    theme: Theme, code_view: CodeView, qtbot: QtBot
) -> None:
    code_view.show_piece(Code('"\N{GRINNING FACE}"; return "text"  # note', "python"))
    qtbot.waitUntil(lambda: lexers().has("python"))
    qtbot.waitUntil(lambda: bool(code_view.text.document.firstBlock().layout().formats()))
    accent = theme.color("accent").name()
    (keyword,) = (
        each
        for each in code_view.text.document.firstBlock().layout().formats()
        if each.format.foreground().color().name() == accent
    )
    assert (keyword.start, keyword.length) == (6, 6), "counted in the halves of UTF-16"
    theme.set_mode("dark")
    assert theme.palette.code.upper() in ink(code_view)


def test_colouring_long_code_gives_the_window_time(
    theme: Theme, code_view: CodeView, qtbot: QtBot
) -> None:
    lexers().load("python")
    qtbot.waitUntil(lambda: lexers().has("python"))
    code_view.show_piece(Code("value = call(1, 'two')  # three\n" * 900, "python"))
    (colors,) = code_view.text.document.findChildren(CodeColors)
    assert colors.is_working
    qtbot.waitUntil(lambda: not colors.is_working)
    last = code_view.text.document.findBlockByNumber(899)
    assert last.layout().formats()


def test_a_language_that_nobody_knows_stays_plain(code_view: CodeView, qtbot: QtBot) -> None:
    code_view.show_piece(Code("return 1", "klingon"))
    qtbot.waitUntil(lambda: lexers().has("klingon"))
    assert not code_view.text.document.firstBlock().layout().formats()


def test_a_huge_line_is_laid_out_in_bounds(theme: Theme, qtbot: QtBot) -> None:
    view = TextView(theme)
    qtbot.addWidget(view)
    view.show_piece(Plain("x" * 6_000))
    assert view.heightForWidth(400) > 1_000
    code = CodeView(theme)
    qtbot.addWidget(code)
    code.show_piece(Code("y" * 1_000_000))
    assert code.text.document.blockCount() == 500


def test_code_says_what_it_is_and_which_file(code_view: CodeView) -> None:
    code_view.show_piece(Code("x", "typescript", title="a.ts"))
    name = code_view.findChild(QLabel)
    assert name is not None
    assert name.text() == name.accessibleName() == "TypeScript \N{MIDDLE DOT} a.ts"
    assert name.toolTip() == ""
    code_view.show_piece(Code("x", title="a.txt"))
    assert name.text() == "a.txt"
    code_view.show_piece(Code("x"))
    assert name.text() == "Code"


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("rust", "Rust"),
        ("mermaid", "Mermaid"),
        ("DIFF", "Diff"),
        ("rs", "Rust"),
        ("klang", "klang"),
    ],
)
def test_a_language_is_told_in_its_usual_spelling(
    code_view: CodeView, language: str, told: str
) -> None:
    code_view.show_piece(Code("x", language))
    name = code_view.findChild(QLabel)
    assert name is not None
    assert name.text() == told


def test_a_long_name_of_a_file_is_cut_in_the_middle(code_view: CodeView) -> None:
    path = f"<b>src</b>/{'deep/' * 40}file.tsx"
    code_view.show_piece(Code("x", "tsx", title=path))
    name = code_view.findChild(QLabel)
    assert name is not None
    assert name.text().startswith("tsx")
    assert name.text().endswith("file.tsx")
    assert name.fontMetrics().horizontalAdvance(name.text()) <= name.width()
    assert name.accessibleName().endswith(path)
    assert "&lt;b&gt;src" in name.toolTip()
    code_view.resize(4_000, 200)
    assert name.text().endswith(path)
    assert name.toolTip() == ""


def test_code_whose_end_was_taken_back_shows_only_what_is_there(code_view: CodeView) -> None:
    code_view.show_piece(Code("x", "py", closed=False))
    code_view.show_piece(Code("x\n`", "py", closed=False))
    assert code_view.text.text() == "x\n`"
    code_view.show_piece(Code("x", "py"))
    assert code_view.text.text() == "x"
