"""Bare addresses in running text: which are links, where they end, and which are none."""

from __future__ import annotations

import pytest

from studio.markdown import blocks, is_safe_address
from studio.markdown_addresses import MAX_ADDRESSES


def links(text: str) -> list[tuple[str, str]]:
    """Return the words and the target of each link of a text."""
    found: list[tuple[str, str]] = []
    for tokens in blocks(text):
        for token in tokens:
            for child in token.children or ():
                if child.type == "link_open":
                    found.append(("", str(child.attrs["href"])))
                elif found and child.type == "text" and child.level:
                    found[-1] = (child.content, found[-1][1])
    return found


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("See https://a.b/c_d_e?x=1&y=2#z.", ["https://a.b/c_d_e?x=1&y=2#z"]),
        ("(https://a.b/wiki/A_(b)), and *https://c.d*!", ["https://a.b/wiki/A_(b)", "https://c.d"]),
        ("**http://a.b**: www.c.org/d; WWW.e.org", ["http://a.b", "www.c.org/d", "WWW.e.org"]),
        ("http://localhost:8080/x http://1.2.3.4", ["http://localhost:8080/x", "http://1.2.3.4"]),
        ("[1]: https://a.b 'Title'", ["https://a.b"]),
        ("| a |\n|-|\n| https://a.b |", ["https://a.b"]),
        ("见https://a.cn/b查看。https://a.cn/中文。好", ["https://a.cn/b", "https://a.cn/中文"]),
        ('“https://a.b” <a href="https://c.d">', ["https://a.b", "https://c.d"]),
        ("https://a.b/@me https://a.b/_x_/", ["https://a.b/@me", "https://a.b/_x_/"]),
    ],
)
def test_bare_addresses_are_links_without_the_marks_around_them(
    text: str, shown: list[str]
) -> None:
    assert [words for words, _ in links(text)] == shown
    assert all(is_safe_address(target) for _, target in links(text))


@pytest.mark.parametrize(
    "text",
    [
        "`https://a.b`",
        "```\nhttps://a.b\n```",
        "javascript://a.b file:///etc/passwd ftp://a.b",
        "http:// https://. www. www.a wwww.a.b xhttps://a.b",
        "https://bank.com@a.b https://bank.com:x@a.b",
    ],
)
def test_nothing_else_is_a_link(text: str) -> None:
    assert links(text) == []


def test_the_words_of_a_link_hold_no_other_link() -> None:
    text = "[https://a.b](https://c.d) and <https://e.f>"
    assert links(text) == [("https://a.b", "https://c.d"), ("https://e.f", "https://e.f")]


def test_an_address_ends_before_signs_that_no_one_sees() -> None:
    assert links("https://a.b/\N{RIGHT-TO-LEFT OVERRIDE}gpj.exe") == [("https://a.b/",) * 2]


def test_a_paragraph_of_nothing_but_addresses_has_bounded_links() -> None:
    assert len(links("https://a.b " * 2 * MAX_ADDRESSES)) == MAX_ADDRESSES
