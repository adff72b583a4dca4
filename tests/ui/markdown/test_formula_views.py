"""Formulas as they are seen: on the base line, in the text's colour, copied as LaTeX, bounded."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from studio.ui.theme import Theme
from studio.ui.widgets.markdown import formulas
from studio.ui.widgets.markdown.formula_places import MAX_DRAWN
from studio.ui.widgets.markdown.formula_view import FormulaView
from studio.ui.widgets.markdown.formulas import MAX_CHARS, MAX_SIGNS, drawing
from studio.ui.widgets.markdown.pieces import Formula, Piece, Rich
from studio.ui.widgets.markdown.stream import MarkdownStream
from studio.ui.widgets.markdown.text_view import TextView

OBJECT = "\N{OBJECT REPLACEMENT CHARACTER}"
USUAL = [
    r"E = mc^2",
    r"x = \frac{-b \pm \sqrt{b^2 - 4ac}}{2a}",
    r"\int_0^\infty e^{-x^2}\,dx = \frac{\sqrt{\pi}}{2}",
    r"\begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix}^{-1}",
    r"\begin{aligned} a &= b \\ &= c \end{aligned}",
    r"f(x) = \begin{cases} 1 & x > 0 \\ 0 & \text{otherwise} \end{cases}",
    r"\mathbb{R}^n \to \mathcal{L}(V), \quad \nabla \times \mathbf{E}",
    r"\underbrace{a + b}_{n} \xrightarrow{f} \overline{AB} \hat{x} \vec{v}",
    r"\binom{n}{k} \equiv 1 \pmod{4}, \quad a' < b'' \le \lVert c \rVert_2",
    r"\boxed{x = 5} \quad \cancel{y} \quad \ce{H2O} \quad \operatorname*{argmax}_\theta",
]
HOSTILE = [
    "x+" * 50_000,
    "{" * 10_000 + "x" + "}" * 10_000,
    r"\frac{1}{" * 10_000 + "x" + "}" * 10_000,
    r"\sqrt{" * 300 + "x" + "}" * 300,
    r"\left(" * 300,
    r"\begin{matrix}" + r"\\".join(["x&" * 100] * 100) + r"\end{matrix}",
    r"\def\a{\a\a}\a",
    r"\newcommand{\a}{\a}\a",
    r"\let\a\b",
    r"\hspace{99999999em}x",
    r"\rule{100000em}{1em}",
    r"\chemfig{",
    "a\x00b\ud800",
    "\u202e\U0001f600",
]
BROKEN = [r"\frac{1}{2", r"\foo{x}", "x^2_", r"\begin{matrix}", r"\right)", " ", "}"]


def only(text: str) -> Piece:
    ((piece,),) = MarkdownStream(text).finish().blocks
    return piece


def shown(theme: Theme, qtbot: QtBot, text: str, width: int = 500) -> TextView:
    view = TextView(theme)
    qtbot.addWidget(view)
    view.show_piece(only(text))
    view.resize(width, view.heightForWidth(width))
    view.show()
    return view


def painted(view: QWidget, ratio: float = 1.0) -> QImage:
    size = view.size() * ratio
    image = QImage(size, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(QColor("magenta"))
    view.render(image, QPoint())
    return image


def ink(image: QImage, color: str, left: int, right: int) -> QRect:
    """Return where a colour is, between two columns of a picture."""
    wanted = QColor(color).rgb()
    places = [
        QRect(x, y, 1, 1)
        for x in range(left, right)
        for y in range(image.height())
        if image.pixel(x, y) == wanted
    ]
    whole = QRect()
    for place in places:
        whole = whole.united(place)
    return whole


@pytest.mark.parametrize("tex", USUAL)
def test_what_models_write_is_drawn(tex: str) -> None:
    for written in (f"${tex}$", f"$${tex}$$"):
        drawn = drawing(written)
        assert drawn is not None
        assert drawn.width > 1
        assert drawn.ascent > 0.4


@pytest.mark.parametrize("tex", [*BROKEN, *HOSTILE])
def test_what_is_broken_or_hostile_is_not_drawn(tex: str) -> None:
    assert drawing(f"$${tex}$$") is None


def test_a_fault_inside_the_library_costs_the_drawing_only(monkeypatch: pytest.MonkeyPatch) -> None:
    class PanicException(BaseException):
        pass

    def panic(*_args: object, **_options: object) -> str:
        raise PanicException

    monkeypatch.setattr("mathra.tex_to_svg", panic)
    assert drawing(r"$\gamma_{panic}$") is None

    def stop(*_args: object, **_options: object) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr("mathra.tex_to_svg", stop)
    with pytest.raises(KeyboardInterrupt):
        drawing(r"$\gamma_{stop}$")


def test_length_and_number_of_signs_are_bounded() -> None:
    assert drawing(f"$${'x' * MAX_SIGNS}$$") is not None
    assert drawing(f"$${'x' * (MAX_SIGNS + 1)}$$") is None
    assert drawing(f"$${'x' + ' ' * MAX_CHARS + 'x'}$$") is None


def test_drawings_are_kept_for_the_next_time_but_not_without_end() -> None:
    assert drawing("$k$") is drawing("$k$")
    assert formulas.drawing.cache_info().maxsize == 512


@pytest.mark.parametrize("size", [11, 15, 24])
@pytest.mark.parametrize("start", ["", "# ", "> ", "- "])
def test_a_formula_stands_on_the_base_line(
    theme: Theme, qtbot: QtBot, size: int, start: str
) -> None:
    theme.set_text_size(size)
    for tex in (r"\rule{1em}{1em}", r"\rule{1em}{2em}\frac{a}{\frac{b}{c}}"):
        view = shown(theme, qtbot, f"{start}HHHH ${tex}$")
        view.document.setTextWidth(500)
        line = view.document.begin().layout().lineAt(0)
        origin = view.document.documentLayout().blockBoundingRect(view.document.begin()).top()
        base = origin + line.y() + line.ascent()
        left = round(_x(line, 5)) + size // 3
        color = theme.palette.muted if start == "> " else theme.palette.text
        rule = ink(painted(view), color, left, left + size // 2)
        assert abs(rule.bottom() + 1 - base) <= 1


def _x(line: object, position: int) -> float:
    place = line.cursorToX(position)  # type: ignore[attr-defined]
    return float(place[0] if isinstance(place, tuple) else place)


def test_a_low_formula_leaves_the_distance_of_lines_alone(theme: Theme, qtbot: QtBot) -> None:
    plain = shown(theme, qtbot, "words, words and\nwords").height()
    assert abs(shown(theme, qtbot, "words, $a + b$ and\n$y$").height() - plain) <= 1
    assert shown(theme, qtbot, r"words, $\dfrac{a}{b}$ and").height() > plain


def test_formulas_follow_the_colours_while_they_are_open(theme: Theme, qtbot: QtBot) -> None:
    view = shown(theme, qtbot, r"$\rule{2em}{1em}$")
    for mode in ("light", "dark", "light"):
        theme.set_mode(mode)
        assert not ink(painted(view), theme.palette.text, 0, 60).isNull()


def test_colours_that_could_not_be_seen_become_the_texts(theme: Theme, qtbot: QtBot) -> None:
    view = shown(theme, qtbot, r"$\color{white}\rule{2em}{1em}$")
    assert not ink(painted(view), theme.palette.text, 0, 60).isNull()
    view = shown(theme, qtbot, r"$\color{red}\rule{2em}{1em}$")
    assert not ink(painted(view), "red", 0, 60).isNull()
    theme.set_mode("dark")
    view = shown(theme, qtbot, r"$\color{black}\rule{2em}{1em}$")
    assert not ink(painted(view), theme.palette.text, 0, 60).isNull()


def test_formulas_grow_with_the_text_size(theme: Theme, qtbot: QtBot) -> None:
    view = shown(theme, qtbot, r"$\rule{2em}{1em}$")
    small = ink(painted(view), theme.palette.text, 0, 200).width()
    theme.set_text_size(24)
    view.resize(500, view.heightForWidth(500))
    assert ink(painted(view), theme.palette.text, 0, 200).width() > 1.4 * small


def test_formulas_are_sharp_on_a_dense_screen(theme: Theme, qtbot: QtBot) -> None:
    view = shown(theme, qtbot, r"$\rule{3em}{1em}$")
    once = ink(painted(view), theme.palette.text, 0, 100)
    thrice = ink(painted(view, 3.0), theme.palette.text, 0, 300)
    assert abs(thrice.width() - 3 * once.width()) <= 6
    edge = [painted(view, 3.0).pixel(x, thrice.center().y()) for x in range(300)]
    blurred = set(edge) - {QColor(theme.palette.text).rgb(), edge[-1]}
    assert len(blurred) <= 2, "more than one pixel at each side is neither ink nor ground"


def test_a_formula_is_copied_found_and_read_out_as_latex(theme: Theme, qtbot: QtBot) -> None:
    text = "Since \U0001f600 $x^2 < 1$ and \\(y\\), $x^2 < 1$"
    view = shown(theme, qtbot, text)
    assert view.document.toPlainText().count(OBJECT) == 3
    assert view.text() == text
    assert view.accessibleName() == text
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == text


def test_a_part_is_copied_with_its_own_formulas(theme: Theme, qtbot: QtBot) -> None:
    view = shown(theme, qtbot, "$a$ b $c$ d\n\n".strip())
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=QPoint(24, 10))
    QTest.mouseMove(view, QPoint(499, 10))
    assert view.selected_text().endswith("$c$ d")
    assert "$a$" not in view.selected_text()


def test_a_wide_formula_of_running_text_shrinks_to_the_line(theme: Theme, qtbot: QtBot) -> None:
    view = shown(theme, qtbot, r"a $\rule{60em}{1em}$ b", width=200)
    image = painted(view)
    rule = ink(image, theme.palette.text, 0, 200)
    assert 150 < rule.width() <= 200
    assert view.text() == r"a $\rule{60em}{1em}$ b"


@pytest.mark.parametrize(
    "tex", [tex for tex in (*BROKEN, r"\def\a{\a}\a", r"\chemfig{") if tex.strip()]
)
def test_broken_latex_stays_as_it_was_written(theme: Theme, qtbot: QtBot, tex: str) -> None:
    assert shown(theme, qtbot, f"so ${tex}$ it").text() == f"so ${tex}$ it"


def test_a_paragraph_of_nothing_but_formulas_is_bounded(theme: Theme, qtbot: QtBot) -> None:
    text = " ".join(f"$x_{{{number}}}$" for number in range(3 * MAX_DRAWN))
    view = shown(theme, qtbot, text)
    assert view.document.toPlainText().count(OBJECT) == MAX_DRAWN
    assert view.text() == text


@pytest.fixture
def formula_view(theme: Theme, qtbot: QtBot) -> FormulaView:
    view = FormulaView(theme)
    qtbot.addWidget(view)
    view.show_piece(Formula("$$\n\\rule{4em}{1em}\n$$"))
    view.resize(400, view.heightForWidth(400))
    view.show()
    return view


def test_a_displayed_formula_stands_in_the_middle(theme: Theme, formula_view: FormulaView) -> None:
    place = ink(painted(formula_view.text), theme.palette.text, 0, 400)
    assert abs(place.center().x() - 200) <= 2
    assert formula_view.text.text() == "$$\n\\rule{4em}{1em}\n$$"
    assert formula_view.text.accessibleName() == "$$\n\\rule{4em}{1em}\n$$"


def test_a_wide_formula_scrolls_sideways(formula_view: FormulaView) -> None:
    formula_view.show_piece(Formula("$$" + "x + " * 100 + "y$$"))
    formula_view.resize(400, formula_view.heightForWidth(400))
    assert formula_view.horizontalScrollBar().maximum() > 400
    assert formula_view.verticalScrollBar().maximum() == 0


def test_a_displayed_formula_follows_size_and_colour(
    theme: Theme, formula_view: FormulaView
) -> None:
    before = formula_view.text.width(), formula_view.heightForWidth(400)
    theme.set_mode("dark")
    assert not ink(painted(formula_view.text), theme.palette.text, 0, 400).isNull()
    theme.set_text_size(24)
    assert formula_view.heightForWidth(400) > before[1]


@pytest.mark.parametrize("tex", [r"\frac{1}{", "x+" * 4_000])
def test_a_displayed_formula_that_cannot_be_drawn_is_wrapped_source(
    formula_view: FormulaView, tex: str
) -> None:
    formula_view.show_piece(Formula(f"$$\n{tex}\n$$"))
    formula_view.resize(400, formula_view.heightForWidth(400))
    assert formula_view.text.text() == f"$$\n{tex}\n$$"
    assert formula_view.text.width() == 400


def test_a_formula_that_streams_in_is_text_until_it_is_closed() -> None:
    stream = MarkdownStream()
    kinds = []
    for letter in "$$\nx^2 * y * z\n$$\n":
        stream.feed(letter)
        stream.finish()
        kinds += [type(piece) for block in stream.blocks for piece in block]
    assert set(kinds[:-3]) == {Rich}
    assert kinds[-1] is Formula
    order = "".join("f" if kind is Formula else "t" for kind in kinds)
    assert order == "t" * order.count("t") + "f" * order.count("f"), "no way back to text"


def test_no_painter_state_leaks_from_a_formula(theme: Theme) -> None:
    drawn = drawing("$x$")
    assert drawn is not None
    image = QImage(40, 40, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    before = painter.transform()
    drawn.draw(painter, QPointF(5, 30), 16, QColor("black"))
    assert painter.transform() == before
    painter.end()
