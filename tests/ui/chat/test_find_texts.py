"""What a search looks at is what can be read: the same hits, in the same order, as on show."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as rules
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from studio.chat.search.folding import fold
from studio.ui.chat.find.texts import Readable, count_in, may_be_in, readable, spans_in
from studio.ui.chat.messages.rows import Person
from studio.ui.theme import Theme
from studio.ui.widgets.code import shown_code
from studio.ui.widgets.markdown.pieces import Code, Piece, Rule
from studio.ui.widgets.markdown.stream import MarkdownStream
from studio.ui.widgets.markdown.text_view import TextView

REPLIES = (
    "A **wei**ght and *words* in `code`, [a link](https://words.example/words).",
    "# Words\n\n- one word\n  - two words\n    1. words\n- [ ] words to do\n- [x] done",
    "> quoted words\n> and more words\n\nhard  \nbreak words",
    "| words | b |\n|---|---|\n| *words* | a&amp;b words |\n| 😀 words | x |",
    "```python\nwords = 'words'\n\n    words   words\n```\n\nafter words",
    "1. words\n\n   ```\n   words in a list\n   ```\n\n   words below\n",
    "a & b &lt;words&gt; <b>words</b> <script>words</script> \N{GRINNING FACE} wörds WÖRDS",
    "![words](https://x.example/words.png) [bad words](javascript:words)",
    "Words $x^2$ words \\(words\\)words\n\n$$\nwords = \\frac{a}{b}\n$$\n\n$\\nosuch{words}$ words",
    "words~~struck~~words w o r d s\n\n---\n\nwo\\*rds `a  b` x",
)


def pieces(text: str) -> list[Piece]:
    return [piece for block in MarkdownStream(text).finish().blocks for piece in block]


def hits_on_show(piece: Piece, theme: Theme, term: str) -> int:
    """Count what the widget of a piece would mark."""
    if isinstance(piece, Code):
        piece = replace(piece, text=shown_code(piece.text))
    text = TextView(theme)
    text.show_piece(piece)
    return len(spans_in(text.document.toPlainText(), term))


@pytest.mark.parametrize("reply", REPLIES)
@pytest.mark.parametrize("typed", ["words", "word", "e", "a b", "&", "-", "wörds", "x"])
def test_the_same_hits_as_on_show(theme: Theme, qtbot: QtBot, reply: str, typed: str) -> None:
    term = fold(typed)
    for piece in pieces(reply):
        if not isinstance(piece, Rule):
            assert count_in(piece, term) == hits_on_show(piece, theme, term), piece


@rules(
    deadline=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.text("ab \n*_`#>-|[]()&;<1.\\~", max_size=60), st.sampled_from(["a", "ab", "b a"]))
def test_the_same_hits_in_any_markdown(theme: Theme, reply: str, typed: str) -> None:
    for piece in pieces(reply):
        if not isinstance(piece, Rule):
            assert count_in(piece, typed) == hits_on_show(piece, theme, typed), piece


@rules(deadline=None, max_examples=200)
@given(st.text("ab \n*_`#>-|&;1.\\~é", max_size=60), st.text("abé ", min_size=1, max_size=4))
def test_nothing_that_can_be_read_is_passed_over(reply: str, typed: str) -> None:
    term = fold(typed).strip()
    if any(count_in(piece, term) for piece in pieces(reply)):
        assert may_be_in(reply, term)


def test_neither_signs_nor_addresses_are_found() -> None:
    text = "\n".join(readable(piece) for piece in pieces(REPLIES[0]))
    assert "**" not in text
    assert "example" not in text
    assert "weight" in text


def test_a_hit_is_never_across_two_lines() -> None:
    assert spans_in("one\ntwo one two", "one two") == [(8, 15)]


def counted(text: Readable, source: str, term: str) -> int:
    found = [each for each in text.count(source, term) if each is not None]
    assert len(found) == 1
    return found[0]


def test_a_growing_text_is_counted_as_if_it_were_read_whole() -> None:
    source = "\n\n".join(REPLIES)
    growing = Readable()
    for end in range(0, len(source), 7):
        counted(growing, source[:end], "words")
    assert counted(growing, source, "words") == counted(Readable(), source, "words")
    assert counted(growing, "other words", "words") == 1


def test_only_what_is_shown_of_a_long_message_counts() -> None:
    assert count_in(Person("word " * 10, folded=False), "word") == 10
    shown = count_in(Person("word " * 100_000, folded=False), "word")
    assert 0 < shown < 100_000
