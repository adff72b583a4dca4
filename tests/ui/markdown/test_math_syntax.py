"""What is a formula and what is not: prices, code and escaped brackets stay as they are."""

from __future__ import annotations

from urllib.parse import unquote

import pytest

from studio.formulas import MAX_GAPPED_LINES, MAX_INLINE_CHARS
from studio.markdown import blocks
from studio.ui.widgets.markdown.formula_places import formula_html
from studio.ui.widgets.markdown.formulas import drawing
from studio.ui.widgets.markdown.math_syntax import drawable, taken_apart
from studio.ui.widgets.markdown.pieces import Code, Formula, Piece, Rich, Table
from studio.ui.widgets.markdown.stream import MarkdownStream


def pieces(text: str) -> list[Piece]:
    return [piece for block in MarkdownStream(text).finish().blocks for piece in block]


def found(text: str) -> list[str]:
    """Return the formulas of running text, as they were written."""
    html = "".join(piece.html for piece in pieces(text) if isinstance(piece, Rich | Table))
    return [unquote(part.partition('"/>')[0]) for part in html.split('<img src="')[1:]]


@pytest.mark.parametrize(
    ("text", "formulas"),
    [
        ("so $x$ is", ["$x$"]),
        ("($a<b$), $c$.", ["$a<b$", "$c$"]),
        ("$5$ and $10$", ["$5$", "$10$"]),
        ("$2x + 3y$", ["$2x + 3y$"]),
        ("the $n$th and $x_i$s", ["$n$", "$x_i$"]),
        (r"\(a\) or \( b \)", [r"\(a\)", r"\( b \)"]),
        (r"so \[ x = 1 \] holds", [r"\[ x = 1 \]"]),
        ("so $$x$$ holds", ["$$x$$"]),
        (r"$a \$ b$", [r"$a \$ b$"]),
        ("$a * b * c$ and *d*", ["$a * b * c$"]),
        ("$a_1 _b_ c$", ["$a_1 _b_ c$"]),
        ("**$x$**", ["$x$"]),
        ("$`a`$", ["$`a`$"]),
        ("two\nlines $a\nb$", ["$a\nb$"]),
        ("# The $x$", ["$x$"]),
        ("- [x] $y$", ["$y$"]),
        ("|a|\n|-|\n|$x$|", ["$x$"]),
        ("[$x$](https://a.b)", ["$x$"]),
    ],
)
def test_formulas_of_running_text(text: str, formulas: list[str]) -> None:
    assert found(text) == formulas


@pytest.mark.parametrize(
    "text",
    [
        "$5 and $10",
        "it costs $5, they said, or $10.",
        "$5-$10, $5/$10, US$5 or 10$",
        "between $1,000 and 2,000$ or so",
        "$HOME and $PATH, or $HOME/$USER",
        "$ x $",
        "$x",
        "x$y$z1$",
        "$$",
        "$$$",
        "$$ means expensive",
        r"\$x\$",
        r"escaped \[1\], \[a link\](b) and - \[ \] a task",
        r"\(",
        r"\( \)",
        r"\\(a\\)",
        "$`a",
        "$5 for `a$`",
    ],
)
def test_text_that_is_no_formula(text: str) -> None:
    assert found(text) == []
    assert not any(isinstance(piece, Formula) for piece in pieces(text))


@pytest.mark.parametrize(
    "text", ["`$x$`", r"``\(x\)``", "```\n$$\nx\n$$\n```", "    $$\n    x\n    $$"]
)
def test_code_is_never_looked_into(text: str) -> None:
    assert found(text) == []
    assert not any(isinstance(piece, Formula) for piece in pieces(text))


@pytest.mark.parametrize("language", ["mermaid", "svg", "latex", "math"])
def test_drawings_and_latex_in_fences_stay_code_with_their_label(language: str) -> None:
    assert pieces(f"```{language}\n$x$ <svg>\n```") == [Code("$x$ <svg>", language)]


@pytest.mark.parametrize(
    "written",
    [
        "$$x$$",
        "$$\nx\n$$",
        "$$ x = 1\n- 2\n+ 3 $$",
        "\\[\nx\n\\]",
        "\\[ x \\\\[2pt] y \\]",
        "\\begin{align*}\na &= b \\\\\n&= c\n\\end{align*}",
        "$$\nx\n$$.",
    ],
)
def test_a_formula_on_lines_of_its_own_gets_a_widget(written: str) -> None:
    assert pieces(f"Before:\n{written}\nAfter.") == [
        Rich("<p>Before:</p>"),
        Formula(written),
        Rich("<p>After.</p>"),
    ]


def test_a_formula_in_a_list_or_a_quote_stands_there() -> None:
    assert pieces("1. a\n   $$\n   x\n   $$\n2. b") == [
        Rich('<ol start="1"><li>a</li></ol>', "list"),
        Formula("$$\nx\n$$", 1),
        Rich('<ol start="2"><li>b</li></ol>', "list"),
    ]
    assert pieces("> $$\n> x\n> $$")[0] == Formula("$$\nx\n$$", 1)


def test_an_open_formula_is_shown_as_it_was_written_until_an_empty_line() -> None:
    (piece,) = pieces("$$\na * b * c \\\\ <d>\n- e")
    assert piece == Rich("<p>$$<br/>a * b * c \\\\ &lt;d&gt;<br/>- e</p>")
    assert pieces("$$\na\n\n*b*")[-1] == Rich("<p><i>b</i></p>")


@pytest.mark.parametrize("formula", ["$$\ny\n$$", "$$\nx\n=\ny\n- z\n$$", "\\[\nx_1\n\\]"])
def test_words_after_the_end_of_a_formula_stand_beside_it(formula: str) -> None:
    assert pieces(f"a\n{formula} (2)\nb")[1] == Rich(f"<p>{formula_html(formula)} (2)</p>")
    assert found(f"- {formula} (2)".replace("\n", "\n  ")) == [formula]


def test_an_environment_that_goes_on_after_its_end_is_shown_as_it_was_written() -> None:
    text = "\\begin{align}\na\\\\b\n\\end{align} b"
    assert pieces(f"{text}\n\nc")[0] == Rich(f"<p>{text.replace(chr(10), '<br/>')}</p>")


@pytest.mark.parametrize(
    "written", ["\\[\na = b\n\n+ c\n\\]", "\\begin{align}\na\\\\\n\n\n- b\n\\end{align}"]
)
def test_empty_lines_do_not_end_a_formula_that_is_plainly_one(written: str) -> None:
    expected = [Formula(written), Rich("<p>after</p>")]
    assert pieces(f"{written}\nafter") == expected
    assert drawing(written) is not None
    for cut in range(len(written)):
        stream = MarkdownStream(written[:cut]).finish()
        stream.feed(f"{written[cut:]}\nafter")
        assert [piece for block in stream.finish().blocks for piece in block] == expected


def test_what_is_not_closed_is_shown_as_it_was_written() -> None:
    assert pieces("\\[\na = b\n\n+ c \\\\") == [Rich("<p>\\[<br/>a = b<br/><br/>+ c \\\\</p>")]


@pytest.mark.parametrize(
    "rest", ["# b\n\\]", "```\n\\]\n```", "x\n\n" * MAX_GAPPED_LINES, "\n" * 40 + "x"]
)
def test_what_cannot_be_latex_ends_a_formula_at_its_empty_line(rest: str) -> None:
    text = f"\\[\na\n\n{rest}"
    first, *others = pieces(text)
    assert first == Rich("<p>\\[<br/>a</p>")
    assert others == pieces(rest)
    for cut in range(len(text)):
        stream = MarkdownStream(text[:cut]).finish()
        stream.feed(text[cut:])
        assert [piece for block in stream.finish().blocks for piece in block] == pieces(text)


@pytest.mark.parametrize(
    ("tex", "expected"),
    [
        (r"x \in \R", r"x \in \mathbb{R}"),
        (r"\N\Re\\R", r"\mathbb{N}\Re\\R"),
        (r"\bold{x}\boldsymbol y", r"\mathbf{x}\boldsymbol y"),
        (r"\href{https://a.b/c\_d}{x}", "{x}"),
        (r"\colorbox{red}{$x$}", r"\text{$x$}"),
        (r"\fcolorbox {red}{#fff} {x}", r"\text {x}"),
        (r"a\\href{b}{c}", r"a\\href{b}{c}"),
    ],
)
def test_commands_of_other_programs_are_drawn(tex: str, expected: str) -> None:
    assert drawable(tex) == expected
    assert drawing(f"$${tex}$$") is not None


@pytest.mark.parametrize(
    ("written", "tex"),
    [
        ("$x$", ("x", False)),
        ("$`x`$", ("x", False)),
        (r"\( x \)", ("x", False)),
        ("$$\nx\n$$", ("x", True)),
        ("$$x$$.", ("x.", True)),
        (r"\[ x \]", ("x", True)),
        (r"\begin{align}a\end{align}", (r"\begin{align}a\end{align}", True)),
    ],
)
def test_marks_are_taken_off(written: str, tex: tuple[str, bool]) -> None:
    assert taken_apart(written) == tex


def test_the_html_of_a_formula_cannot_be_broken_out_of() -> None:
    assert formula_html('$"/><b>$').count('"') == 2


def test_text_cannot_pretend_to_be_a_formula() -> None:
    (piece,) = pieces('<img src="%24x%24"/> \N{OBJECT REPLACEMENT CHARACTER}')
    assert isinstance(piece, Rich)
    assert "<img" not in piece.html
    assert "\N{OBJECT REPLACEMENT CHARACTER}" not in piece.html


def test_a_formula_of_running_text_has_a_greatest_length() -> None:
    assert found(f"${'x' * MAX_INLINE_CHARS}$")
    assert not found(f"${'x' * (MAX_INLINE_CHARS + 1)}$")


def test_exports_read_formulas_as_the_text_that_they_are() -> None:
    (tokens,) = blocks("so $x$ is")
    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]
    assert [child.type for child in tokens[1].children or ()] == ["text"]
