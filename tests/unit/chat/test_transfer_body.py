"""HTML of one message: formulas, pictures and code labels to the letter, made slice by slice."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it.token import Token

from studio.chat.transfer import html_body
from studio.chat.transfer.html_body import body
from studio.formulas import add_formulas
from studio.markdown import blocks


def whole(text: str) -> str:
    return "".join(body(text))


class _Math(HTMLParser):
    """Collects the words of whatever is marked as a formula."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.is_inside = False
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if ("class", "math") in attrs:
            self.is_inside = True
            self.found.append("")

    def handle_endtag(self, tag: str) -> None:
        self.is_inside = False

    def handle_data(self, data: str) -> None:
        if self.is_inside:
            self.found[-1] += data


@pytest.mark.parametrize(
    "formula",
    [
        r"\[ f=\begin{cases}1 & x>0\\0\end{cases} \]",
        r"\(x_1\)",
        r"$\{x\}$",
        "$a_1 * b * c$",
        "$0<x<1$",
        "$$\nx\n=\ny\n$$",
        "$$\na_{1} \\\\\n- c\n$$",
        "\\begin{align}\na &= b\\\\\n+ c\n\\end{align}",
    ],
)
@pytest.mark.parametrize("around", ["{}", "before\n\n{}\n\nafter", "- {}", "> {}"])
def test_a_formula_stays_latex_to_the_letter(formula: str, around: str) -> None:
    indent = {"- {}": "\n  ", "> {}": "\n> "}.get(around, "\n")
    assert _Math(whole(around.format(formula.replace("\n", indent)))).found == [formula]


def test_a_formula_without_end_is_shown_as_it_was_written() -> None:
    text = whole("$$ x_1 <b>\n= 2\n\nafter")
    assert '<p dir="auto">$$ x_1 &lt;b&gt;<br>\n= 2</p>' in text
    assert '<p dir="auto">after</p>' in text


def test_prices_are_no_formulas() -> None:
    assert _Math(whole("It costs $5 and $10, not \\[1\\].")).found == []


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("![foo](train.jpg)", "[picture: foo] (train.jpg)"),
        ("![](/a/b.png)", "[picture: without a name] (/a/b.png)"),
        ("![x](data:image/png;base64,AA)", "[picture: x] (data:image/png;base64,AA)"),
        ("![foo]()", "[picture: foo]"),
        ("[![m](m.jpg)](/uri)", "[picture: m] (m.jpg) (/uri)"),
        ("[a]()", "a"),
    ],
)
def test_a_picture_that_is_not_on_the_web_tells_where_it_was(written: str, shown: str) -> None:
    assert whole(written) == f'<p dir="auto">{shown}</p>\n'


def test_a_picture_within_a_link_keeps_its_address() -> None:
    link = '<a href="https://a.b" rel="noopener noreferrer">[picture: m] (m.jpg)</a>'
    assert whole("[![m](m.jpg)](https://a.b)") == f'<p dir="auto">{link}</p>\n'


@pytest.mark.parametrize(
    ("info", "shown"),
    [
        ('python title="app.py"  {1,3}', "python title=&quot;app.py&quot; {1,3}"),
        ("typescript:src/" + "long/" * 20 + "file.tsx",) * 2,
        ("x" * 300, "x" * 300),
        ("x" * 5_000, "x" * 299 + "\N{HORIZONTAL ELLIPSIS}"),
    ],
)
def test_all_that_is_said_of_code_stands_above_it(info: str, shown: str) -> None:
    assert f'<p class="language">{shown}</p>\n<pre' in whole(f"```{info}\nx\n```")


LINES = st.sampled_from(
    [
        *("", "", "word", "- item", "  more", "1. one", "    code", "> quote", "# Head", "==="),
        *("---", "```", "~~~", "$$", "x_1 = 2", "\\[", "\\]", "a | b", "--|--", "\\begin{align}"),
        *("\\end{align}", "- - deep", "  ```", "   1. two", "\t- tab"),
    ]
)


@given(st.lists(LINES, max_size=40))
@settings(deadline=None)
def test_slices_make_the_same_page_as_the_whole(lines: list[str]) -> None:
    text = "\n".join(lines)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(html_body, "_SLICE", 1_000_000)
        at_once = whole(text)
        for size in (1, 7, 30):
            patch.setattr(html_body, "_SLICE", size)
            assert whole(text) == at_once


def test_a_long_message_is_not_parsed_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[int] = []

    def spied(text: str, extend: object) -> Iterator[tuple[Token, ...]]:
        taken.append(len(text))
        return blocks(text, add_formulas)

    monkeypatch.setattr("studio.chat.transfer.html_body.blocks", spied)
    text = "A paragraph of words.\n\n" * 5_000
    pages = body(text)
    next(pages)
    assert len(taken) == 1
    assert sum(1 for _ in pages) == 4_999
    assert max(taken) <= html_body._SLICE
    assert sum(taken) < 1.1 * len(text)


def test_one_long_block_is_parsed_a_few_times_only(monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[int] = []

    def spied(text: str, extend: object) -> Iterator[tuple[Token, ...]]:
        taken.append(len(text))
        return blocks(text, add_formulas)

    monkeypatch.setattr("studio.chat.transfer.html_body.blocks", spied)
    text = "- an item of a list\n" * 3_000
    assert whole(text).count("<li") == 3_000
    assert sum(taken) < 3 * len(text)
