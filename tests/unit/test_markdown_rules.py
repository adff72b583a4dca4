"""What the parser understands besides CommonMark: emphasis beside CJK letters, line breaks."""

from __future__ import annotations

import pytest

from studio.chat.transfer.html_body import body
from studio.markdown import blocks

ODD = "\N{CJK UNIFIED IDEOGRAPH-845B}\U000e0100"  # a letter and the sign for one of its variants


def inline(text: str) -> str:
    """Return the inline tokens of a text in a short form."""
    short = {"strong": "b", "em": "i", "s": "s"}
    written = ""
    for tokens in blocks(text):
        for token in tokens:
            for child in token.children or ():
                kind, _, end = child.type.rpartition("_")
                if kind in short:
                    written += f"<{'/' if end == 'close' else ''}{short[kind]}>"
                else:
                    written += "<br>" if child.type == "hardbreak" else child.content
    return written


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("这是**重点。**后面", "这是<b>重点。</b>后面"),
        ("和**“引号”**文字", "和<b>“引号”</b>文字"),
        ("日本語**「太字」**です", "日本語<b>「太字」</b>です"),
        ("한국어 **강조(bold)**는", "한국어 <b>강조(bold)</b>는"),
        ("*注意。*这", "<i>注意。</i>这"),
        ("字~~(x)~~字", "字<s>(x)</s>字"),
        ("[**重点。**](https://a.b)后", "<b>重点。</b>后"),
        (f"{ODD}**(x)** a", f"{ODD}<b>(x)</b> a"),
        (
            "\u1102\u1173\u11ab**(x)**\u1102\u1173\u11ab",
            "\u1102\u1173\u11ab<b>(x)</b>\u1102\u1173\u11ab",
        ),
    ],
)
def test_emphasis_needs_no_spaces_beside_cjk_letters(text: str, expected: str) -> None:
    assert inline(text).replace("link", "") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('a**"foo"**b', 'a**"foo"**b'),
        ("**foo.**bar", "**foo.**bar"),
        ("*(*foo*)*", "<i>(<i>foo</i>)</i>"),
        ("пристаням_стремятся_", "пристаням_стремятся_"),
        ("** 重点 **", "** 重点 **"),
        ("字 ** (x)**", "字 ** (x)**"),
        ("这_重点。_后面", "这_重点。_后面"),
        ("\N{GRINNING FACE}**(x)**a", "\N{GRINNING FACE}**(x)**a"),
    ],
)
def test_elsewhere_emphasis_is_that_of_commonmark(text: str, expected: str) -> None:
    assert inline(text) == expected


@pytest.mark.parametrize("written", ["<br>", "<br/>", "<br />", "<BR>", " <br> ", "<br>\n"])
@pytest.mark.parametrize("text", ["one{}two", "# one{}two", "- one{}two"])
def test_a_break_of_html_ends_a_line(text: str, written: str) -> None:
    if "#" in text and "\n" in written:
        return
    assert inline(text.format(written)) == "one<br>two"


def test_a_break_of_html_ends_a_line_in_a_cell() -> None:
    assert inline("|a|\n|-|\n|x<br>y|") == "ax<br>y"
    assert '<td dir="auto">x<br>\ny</td>' in "".join(body("|a|\n|-|\n|x<br>y|"))


def test_two_breaks_leave_a_line_empty_and_those_at_the_end_count_for_nothing() -> None:
    assert inline("a<br><br>b<br><br>") == "a<br><br>b"
    assert inline("<br>") == ""


@pytest.mark.parametrize("text", ["`<br>`", r"\<br>", "<br class=x>", "</br>", "<brr>", "<b>"])
def test_nothing_else_is_a_break(text: str) -> None:
    assert inline(text) == text.strip("`\\")
