"""Whatever is written, each of its words can be read on show, however it came in."""

from __future__ import annotations

import re

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studio.ui.chat.find.texts import readable
from studio.ui.theme import Theme
from studio.ui.widgets.code import CodeView
from studio.ui.widgets.markdown.formula_view import FormulaView
from studio.ui.widgets.markdown.pieces import Code, Formula, Piece, Rule, Table
from studio.ui.widgets.markdown.stream import MarkdownStream
from studio.ui.widgets.markdown.table_view import TableView
from studio.ui.widgets.markdown.text_view import TextView

_FORMS = [
    "@", "@ @", "# @", "## @ #", "@\n===", "@\n---", "- @", "* @", "  - @", "    - @", "1. @",
    "7) @", "> @", "> > @", ">@", "- > @", "> - @", "    @", "\t@", "`@`", "``@`` @", "**@**",
    "*@* _@_", "***@***", "~~@~~", "~@~", "[@](https://a.b)", "[@](file:///a)", "[@][]", "[@]",
    "![@](https://a.b/c.png)", "![@](c.png)", "<b>@</b>", "<!-- @ -->", "<@>", "<p\n@\n>",
    "<https://a.b/@>", "&lt;@&gt;", "\\*@\\*", "\\@", "- [ ] @", "- [x] @", "@  \n@", "@\\\n@",
    "| @ |", "| @ | @ |", "|@|@|@|", "|-|", "|---|:-:|", "| @", "@ | @", "> | @ | @ |", "> |-|-|",
    "  | @ | @ | @ |", "```\n@", "~~~\n@", "```", "~~~", "   ```", "- ```\n  @", "$@$", "$$\n@",
    "$$", "\\[ @", "\\(@\\)", "@ $5 and $6 @", "[^1] @", "@ :smile:", "***", "---", "",
    "@\u202e@", "@\u0301 @", "\u200d@", "@\U0001f600@", "\u00a0@", "[@", "@](", "**@", "`@", "![@",
]  # fmt: skip
_WORD = re.compile(r"x\d+y")
Views = TextView | CodeView | TableView | FormulaView


def written(forms: list[str]) -> str:
    """Return Markdown in which each word is another one."""
    parts = "\n".join(forms).split("@")
    return parts[0] + "".join(f"x{number}y{part}" for number, part in enumerate(parts[1:]))


def pieces(text: str) -> list[Piece]:
    return [piece for block in MarkdownStream(text).finish().blocks for piece in block]


def words_on_show(piece: Piece, theme: Theme) -> str:
    """Return what the widget of a piece shows."""
    kinds: dict[type, type[CodeView | TableView | FormulaView]] = {
        Code: CodeView,
        Table: TableView,
        Formula: FormulaView,
    }
    view: Views = kinds.get(type(piece), TextView)(theme)
    view.show_piece(piece)  # type: ignore[arg-type]
    text = view if isinstance(view, TextView) else view.text
    shown = text.text()
    view.deleteLater()
    return shown


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(_FORMS), min_size=1, max_size=14))
def test_no_word_of_any_markdown_is_lost(theme: Theme, forms: list[str]) -> None:
    text = written(forms)
    shown = " ".join(
        words_on_show(piece, theme) for piece in pieces(text) if not isinstance(piece, Rule)
    )
    missing = set(_WORD.findall(text)) - set(_WORD.findall(shown))
    assert not missing, text


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(_FORMS), min_size=1, max_size=14))
def test_what_is_searched_is_what_is_on_show(theme: Theme, forms: list[str]) -> None:
    for piece in pieces(written(forms)):
        if isinstance(piece, Rule | Formula) or "<img" in getattr(piece, "html", ""):
            continue  # what is drawn is not searched
        assert _WORD.findall(readable(piece)) == _WORD.findall(words_on_show(piece, theme))


@given(st.lists(st.sampled_from(_FORMS), min_size=1, max_size=14), st.data())
def test_it_looks_the_same_however_it_was_cut(forms: list[str], data: st.DataObject) -> None:
    text = written(forms)
    stream, at = MarkdownStream(), 0
    while at < len(text):
        size = data.draw(st.sampled_from([1, 2, 3, 7, 40]))
        stream.feed(text[at : at + size])
        stream.finish()
        at += size
    assert [piece for block in stream.blocks for piece in block] == pieces(text)
