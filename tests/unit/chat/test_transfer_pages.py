"""Markdown and HTML of a conversation: whole, readable, and inert whatever a message holds."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from studio.chat.conversation import Failure
from studio.chat.transfer import html_page, markdown
from studio.chat.transfer.archive import ArchivedConversation, ArchivedMessage
from studio.chat.transfer.fences import fenced, self_contained
from studio.chat.transfer.html_body import body

NOW = datetime(2026, 1, 31, 12, 0, tzinfo=UTC)
HOSTILE = [
    "<script>alert(1)</script>",
    '<img src="https://example.org/spy.png" onerror="alert(1)">',
    "<a href='javascript:alert(1)' onclick=alert(1)>x</a>",
    "[x](javascript:alert(1)) [y](data:text/html,hi) [z](vbscript:x) [f](file:///etc/passwd)",
    "<javascript:alert(1)> <https://example.org/?a=\"b\"&c='d'>",
    '[x](https://example.org/"onmouseover="alert(1)) ![p](https://example.org/p.png)',
    '![" onerror="alert(1)](javascript:alert(1))',
    "[![p](https://example.org/p.png)](https://example.org)",
    "</pre></div></body></html><script>x</script>",
    "```html\n</pre><script>x</script>\n```",
    '```"><script>x</script>\ncode\n```',
    "`</code><script>x</script>`",
    "| <b>a</b> | `|<script>` |\n|:--|--:|\n| <script> | x |",
    "<!-- open",
    "<![CDATA[ <?php <!DOCTYPE html>",
    "</details><details open>",
    "</style><style>@import 'https://example.org/x.css'</style>",
    "\\`<script>alert(1)</script>\\`",
    "# `a\n<script>alert(1)</script>`",
    "- `a\n- <script>alert(1)</script>`",
    "&lt;script&gt; &#60;script&#62;",
    "[a]: javascript:alert(1)\n\n[a]",
    "> " * 60 + "deep <script>",
    "- " * 60 + "deep <script>",
    "~~~\nopen ``` <script>",
    "text\n````\n```\nopen",
    "\x00\x08\x1b[31m\ufffe\u202eright to left\ud800",
    "\U0001f600 \U00020000 \u0645\u0631\u062d\u0628\u0627 e\u0301\u0302 \u05e9\u05dc\u05d5\u05dd",
]


def conversation(*contents: str, **facts: Any) -> ArchivedConversation:
    messages = tuple(
        ArchivedMessage(
            id=f"m{number}",
            parent_id=f"m{number - 1}" if number else None,
            role="assistant" if number % 2 else "user",
            content=content,
            created_at=NOW,
        )
        for number, content in enumerate(contents)
    )
    known: dict[str, Any] = {
        "id": "c",
        "title": "Title",
        "created_at": NOW,
        "updated_at": NOW,
    } | facts
    return ArchivedConversation(messages=messages, leaf_id=messages[-1].id, **known)


def page(told: ArchivedConversation) -> str:
    return "".join(html_page.parts(told))


def marked(told: ArchivedConversation) -> str:
    return "".join(markdown.parts(told))


class Inspector(HTMLParser):
    """Collects what a browser would see in a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.texts: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "br", "hr"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")


ALLOWED = {
    *("html", "head", "meta", "title", "style", "body", "div", "p", "span", "br", "hr", "details"),
    *("summary", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "pre", "code"),
    *("b", "i", "s", "a", "table", "thead", "tbody", "tr", "th", "td"),
}


def check_is_inert(text: str) -> Inspector:
    seen = Inspector(text)
    assert not seen.open
    assert {tag for tag, _ in seen.tags} <= ALLOWED
    assert [tag for tag, _ in seen.tags].count("style") == 1
    for tag, attributes in seen.tags:
        assert not [name for name in attributes if name.startswith("on")], (tag, attributes)
        assert not {"src", "srcset", "style", "background", "poster"} & set(attributes)
        if "href" in attributes:
            assert tag == "a"
            assert re.match("(https?://|mailto:)", attributes["href"] or "")
            assert "noopener" in (attributes["rel"] or "")
    style = text.partition("<style>")[2].partition("</style>")[0]
    assert "url(" not in style
    assert "@import" not in style
    return seen


@pytest.mark.parametrize("content", HOSTILE)
def test_a_page_is_inert_whatever_a_message_holds(content: str) -> None:
    told = conversation(content, content, title=content, system=content, model=content)
    first = replace(told.messages[0], reasoning=content, model=content)
    told = replace(told, messages=(first, *told.messages[1:]))
    check_is_inert(page(told))
    check_is_inert("".join(html_page.parts(told, purpose="print")))


@given(st.text(st.sampled_from("<>`~*_[]()!|-#\n &\"'\\:/abhijs>\t=")))
@settings(deadline=None)
def test_a_page_is_inert_whatever_marks_a_message_holds(content: str) -> None:
    check_is_inert(page(conversation(content, title=content)))


def test_a_page_forbids_what_it_does_not_hold() -> None:
    seen = check_is_inert(page(conversation("Hi")))
    policies = [
        attributes["content"] or ""
        for tag, attributes in seen.tags
        if attributes.get("http-equiv") == "Content-Security-Policy"
    ]
    assert len(policies) == 1
    assert "default-src 'none'" in policies[0]
    assert "unsafe" not in policies[0]
    assert "prefers-color-scheme: dark" in page(conversation("Hi"))


def test_a_page_shows_what_was_written() -> None:
    content = (
        "# Head\n\nA **bold** *word* ~~gone~~ `x<y`\n\n3. three\n4. four\n\n- [x] done\n- [ ] open"
        "\n\n| a | b |\n|:-:|--:|\n| 1 | 2 |\n\n```python\nif a < b:\n    pass\n```\n\n"
        "[site](https://example.org/?a=1&b=2) ![cat](https://example.org/cat.png)"
    )
    text = page(conversation("Question", content))
    for part in (
        '<h3 dir="auto">Head</h3>',
        "<b>bold</b>",
        "<i>word</i>",
        "<s>gone</s>",
        "<code>x&lt;y</code>",
        '<ol start="3">',
        "\N{BALLOT BOX WITH CHECK} done",
        "\N{BALLOT BOX} open",
        '<th dir="auto" align="center">a</th>',
        '<p class="language">python</p>',
        "if a &lt; b:\n    pass",
        '<a href="https://example.org/?a=1&amp;b=2" rel="noopener noreferrer">site</a>',
        "[picture: cat]</a>",
    ):
        assert part in text, part


def test_what_is_nested_too_deep_is_shown_as_it_is() -> None:
    text = "".join(body("> " * 30 + "the end\n\nafter"))
    assert "the end" in text
    assert '<p dir="auto">after</p>' in text


def test_a_page_for_printing_keeps_to_what_qt_knows() -> None:
    told = conversation("Hi")
    told = replace(told, messages=(replace(told.messages[0], reasoning="Hm", thought_s=2.0),))
    text = "".join(html_page.parts(told, purpose="print"))
    assert "details" not in text
    assert "var(" not in text
    assert "auto" not in text
    assert "Reasoning (2.0 s)" in text
    assert "<details>" in page(told)


def test_a_page_tells_the_facts_and_how_a_reply_ended() -> None:
    told = conversation("Hi", "Par", folder="Work", tags=("a", "b"), system="Be brief.")
    failure = Failure("x", "The model stopped.", "Load it again.")
    reply = replace(told.messages[1], failure=failure, status="failed", model="tiny")
    told = replace(told, messages=(told.messages[0], reply))
    for text in (page(told), marked(told)):
        for part in ("2026-01-31", "Work", "Be brief.", "tiny", "The model stopped.", "You"):
            assert part in text


def rendered(text: str) -> list[tuple[str, str]]:
    """Return the blocks that a viewer with HTML switched on sees outside of every block."""
    tokens = MarkdownIt("commonmark", {"html": True}).enable("table").parse(text)
    found = []
    for index, token in enumerate(tokens):
        if token.type == "heading_open" and token.level == 0 and token.tag == "h2":
            found.append(("heading", tokens[index + 1].content))
        for each in (token, *(token.children or ())):
            if each.type in ("html_block", "html_inline"):
                found.append(("html", each.content.strip()))
    return found


@pytest.mark.parametrize("content", HOSTILE)
def test_markdown_keeps_messages_apart(content: str) -> None:
    told = conversation(content, content, "The end", system=content)
    first = replace(told.messages[0], reasoning=content)
    text = marked(replace(told, messages=(first, *told.messages[1:])))
    matter, text = text.split("\n---\n", 1)
    assert matter.startswith("---\n")
    assert [each for each in rendered(text) if each[0] == "heading"] == [
        ("heading", "Instructions"),
        ("heading", "You"),
        ("heading", "Assistant"),
        ("heading", "You"),
    ]
    assert [each[1] for each in rendered(text) if each[0] == "html"] == [
        "<details>\n<summary>Reasoning</summary>",
        "</details>",
    ]


@given(st.text(st.sampled_from("<>`~|-#\n \\abs/!>1.")))
@settings(deadline=None)
def test_markdown_lets_no_html_through(content: str) -> None:
    assert not [each for each in rendered(self_contained(content)) if each[0] == "html"]


@pytest.mark.parametrize(
    "content",
    [
        "```\nopen",
        "```\nopen\n",
        "````\n```\nopen",
        "~~~py\n",
        "```",
        "```\n    ```",
        "``` \n\n\n",
        "text\n\n```\na\n```\n\n```\nb",
    ],
)
def test_a_block_left_open_is_closed(content: str) -> None:
    text = self_contained(content) + "\nafter\n"
    tokens = MarkdownIt("commonmark").parse(text)
    assert (tokens[-3].type, tokens[-2].content) == ("paragraph_open", "after")


@pytest.mark.parametrize(
    "content",
    [
        "Plain `code <b>` and a < b\n",
        "```\n<script>\n```\n",
        "    <indented>\n",
        "<https://example.org>\n",
        "| `a<b>` | x |\n|--|--|\n| y | `<c>` |\n",
        "- a\n\n  ```\n  <x>\n  ```\n",
    ],
)
def test_markdown_without_danger_stays_to_the_letter(content: str) -> None:
    assert self_contained(content) == content


def test_a_fence_is_longer_than_any_inside() -> None:
    assert fenced("a ```` b", "py`x") == "`````py\na ```` b\n`````"
    assert fenced("") == "```\n\n```"


def test_front_matter_is_quoted() -> None:
    told = conversation(
        "Hi", title='A "title": \\ #\n---\nx\x85\u2028\x07\U000e0001', tags=("a,b",)
    )
    lines = marked(told).splitlines()
    assert lines[0] == "---"
    assert lines.index("---", 1) == lines.index('tags: ["a,b"]') + 1
    assert lines[1].startswith('title: "A \\"title\\": \\\\ #\\u000a---\\u000ax\\u0085\\u2028')
    assert lines[1].endswith('\\u0007\\U000e0001"')


BOMBS = {
    "emphasis": "*a **b " * 40_000,
    "brackets": "[" * 300_000,
    "pictures": "![" * 100_000,
    "backticks": " ".join("`" * n for n in range(1, 900)),
    "quotes": "\n".join(">" * (n % 50) + " x" for n in range(10_000)),
    "tags": "<a " * 100_000,
    "entities": "&amp" * 100_000,
    "table": "| a | b |\n|---|---|\n" + "| <b>1</b> | `2` |\n" * 5_000,
    "lines": "word " * 60_000,
    "tildes": "~~a " * 60_000,
}


WRITE_PAGES = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from studio.chat.transfer import html_page, markdown
from studio.chat.transfer.archive import ArchivedConversation, ArchivedMessage

folder = Path(sys.argv[1])
now = datetime(2026, 1, 31, tzinfo=UTC)
said = ArchivedMessage("m", None, "user", (folder / "bomb").read_text("utf-8"), now)
told = ArchivedConversation("c", "Title", now, now, (said,), "m")
html_page.write(folder / "a.html", told)
markdown.write(folder / "a.md", told)
"""


@pytest.mark.parametrize("bomb", BOMBS)
def test_what_is_made_to_take_forever_does_not(bomb: str, tmp_path: Path) -> None:
    (tmp_path / "bomb").write_text(BOMBS[bomb], "utf-8")
    # In a process of its own, since nothing else ends a search that never comes to its end.
    subprocess.run(
        [sys.executable, "-c", WRITE_PAGES, str(tmp_path)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        timeout=120,
        check=True,
    )
    check_is_inert((tmp_path / "a.html").read_text("utf-8"))
    assert (tmp_path / "a.md").stat().st_size >= len(BOMBS[bomb])


def test_files_hold_the_pages(tmp_path: Path) -> None:
    told = conversation("Hi \ud800 there")
    html_page.write(tmp_path / "a.html", told)
    markdown.write(tmp_path / "a.md", told)
    assert "Hi \ufffd there" in (tmp_path / "a.html").read_text("utf-8")
    assert "Hi \ufffd there" in (tmp_path / "a.md").read_text("utf-8")


def test_another_branch_can_be_written() -> None:
    told = conversation("Hi", "There", "More")
    assert "More" not in "".join(html_page.parts(told, "m1"))
    assert "More" not in "".join(markdown.parts(told, "m1"))


def every_plane() -> list[str]:
    """Return characters of all planes but the surrogates: letters, private and unassigned ones."""
    return [
        chr(plane * 0x10000 + offset)
        for plane in range(17)
        for offset in (0x41, 0x4E00, 0xE000, 0xF600, 0xFFFD)
    ]


def test_characters_of_every_plane_stay() -> None:
    characters = every_plane()
    assert len({ord(each) >> 16 for each in characters}) == 17
    told = conversation("\n\n".join(f"x{each}y" for each in characters))
    for text in (page(told), marked(told)):
        assert [each for each in characters if f"x{each}y" not in text] == []
