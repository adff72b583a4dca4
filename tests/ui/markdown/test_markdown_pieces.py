"""What Markdown becomes: HTML that only the writer made, and values for code and tables."""

from __future__ import annotations

import pytest

from studio.markdown import is_safe_address
from studio.ui.widgets.markdown.links import shown_address
from studio.ui.widgets.markdown.pieces import Code, Piece, Plain, Rich, Rule, Table
from studio.ui.widgets.markdown.stream import MarkdownStream
from studio.ui.widgets.markdown.writer import MAX_INFO


def pieces(text: str) -> list[Piece]:
    return [piece for block in MarkdownStream(text).finish().blocks for piece in block]


def html(text: str) -> str:
    return "".join(piece.html for piece in pieces(text) if isinstance(piece, Rich | Table))


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("# Title", Rich("<h1>Title</h1>", "heading")),
        ("a *b* **c** ~~d~~", Rich("<p>a <i>b</i> <b>c</b> <s>d</s></p>")),
        ("one <br> two", Rich("<p>one<br/>two</p>")),
        ("one\ntwo  \nthree", Rich("<p>one two<br/>three</p>")),
        ("`a < b`", Rich("<p><code>a &lt; b</code></p>")),
        ("> quoted", Rich("<blockquote><p>quoted</p></blockquote>", "quote")),
        ("- a\n- b", Rich("<ul><li>a</li><li>b</li></ul>", "list")),
        ("7. a\n8. b", Rich('<ol start="7"><li>a</li><li>b</li></ol>', "list")),
        ("***", Rule()),
        ("```py\nx = 1\n```", Code("x = 1", "py")),
        ('```python title="app.py"\n```', Code("", "python", title="app.py")),
        ("```js {1,3} b\n```", Code("", "js", title="{1,3} b")),
        ("```c++:src/a/b.cpp\n```", Code("", "c++", title="src/a/b.cpp")),
        ("```12:15:app/a.py\n```", Code("", title="12:15:app/a.py")),
        ("    indented", Code("indented")),
        (
            "[a](https://b.org/?c=1&d=2)",
            Rich('<p><a href="https://b.org/?c=1&amp;d=2">a</a></p>'),
        ),
        (
            "- [x] done\n- [ ] open",
            Rich(
                '<ul style="list-style-type:none">'
                "<li>\N{BALLOT BOX WITH CHECK} done</li><li>\N{BALLOT BOX} open</li></ul>",
                "list",
            ),
        ),
        (
            "|a|b|\n|:-|-:|\n|1|*2*|",
            Table(
                '<table><tr><th align="left">a</th><th align="right">b</th></tr>'
                '<tr><td align="left">1</td><td align="right"><i>2</i></td></tr></table>',
                2,
            ),
        ),
    ],
)
def test_each_construct_has_one_form(markdown: str, expected: Piece) -> None:
    assert pieces(markdown) == [expected]


def test_code_in_a_list_gets_a_widget_of_its_own_and_the_numbers_go_on() -> None:
    text = "1. Install:\n   ```sh\n   pip\n   ```\n   Then:\n2. Run\n   - now\n3. Done"
    assert pieces(text) == [
        Rich('<ol start="1"><li>Install:</li></ol>', "list"),
        Code("pip", "sh", level=1),
        Rich("Then:", "text", 1),
        Rich('<ol start="2"><li>Run<ul><li>now</li></ul></li><li>Done</li></ol>', "list"),
    ]


def test_what_a_fence_says_has_a_greatest_length() -> None:
    (piece,) = pieces(f"```{'a' * 41} {'b' * 9_000}\n```")
    assert isinstance(piece, Code)
    assert piece.language == ""
    assert len(piece.title) == MAX_INFO
    assert piece.title.startswith("a" * 41)


def test_an_unclosed_fence_is_code_that_is_still_open() -> None:
    assert pieces("```js\nlet a;\n") == [Code("let a;", "js", closed=False)]


@pytest.mark.parametrize(
    "markup",
    [
        "<script>alert(1)</script>",
        '<img src="https://a.b/c.png">',
        "<b onclick=x>a</b>",
        "a <br onload=x> b",
    ],
)
def test_html_is_shown_and_never_used(markup: str) -> None:
    written = html(markup)
    assert "&lt;" in written
    for tag in ("<script", "<img", "<b ", "<br>"):
        assert tag not in written


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "file:///etc/passwd",
        "data:text/html,x",
        "vbscript:x",
        "ftp://a.b/c",
        "//a.b/c",
        "/local/file",
        "settings:about",
        "http:nowhere",
    ],
)
@pytest.mark.parametrize("form", ["[label]({})", "<{}>", "![label]({})"])
def test_only_web_and_mail_become_links(address: str, form: str) -> None:
    assert "<a " not in html(form.format(address))


@pytest.mark.parametrize("address", ["https://a.b", "http://a.b/c?d", "mailto:a@b.c"])
def test_web_and_mail_addresses_may_be_opened(address: str) -> None:
    assert is_safe_address(address)
    assert f'<a href="{address}">' in html(f"[label]({address})")


def test_an_address_that_is_no_link_is_told_beside_its_label() -> None:
    assert html("[label](ftp://a.b)") == '<p>label <span class="address">(ftp://a.b)</span></p>'


def test_an_image_is_a_label_that_leads_to_its_address() -> None:
    written = html("![A chart](https://a.b/c.png)")
    assert written == '<p><a href="https://a.b/c.png">Image: A chart</a></p>'


def test_quotes_in_an_address_cannot_end_its_attribute() -> None:
    assert '"onclick' not in html('[a](<https://b.org/"onclick="x>)')


def test_look_alike_letters_show_in_an_address() -> None:
    assert shown_address("https://p\N{CYRILLIC SMALL LETTER A}ypal.com/") == (
        "https://xn--pypal-4ve.com/"
    )
    assert "\u202e" not in shown_address("https://a.b/\u202egpj.exe")
    assert len(shown_address("https://a.b/" + "c" * 5000)) < 400


def test_a_broken_address_is_not_safe() -> None:
    assert not is_safe_address("http://[")


@pytest.mark.parametrize("text", [">" * 5_000 + " a", "- " * 3_000 + "a", "> - " * 2_000 + "a"])
def test_nesting_without_end_stays_plain_text(text: str) -> None:
    found = pieces(text)
    assert all(isinstance(piece, Plain) for piece in found)
    assert "".join(piece.text for piece in found if isinstance(piece, Plain)) == text


@pytest.mark.parametrize("text", ["[" * 12_000, "![" * 6_000, "[a](" * 3_000])
def test_brackets_without_end_stay_text(text: str) -> None:
    (piece,) = pieces(text)
    assert isinstance(piece, Rich)
    assert piece.html == f"<p>{text}</p>"


def test_a_table_without_end_is_a_table_with_every_row() -> None:
    text = "|a|b|\n|-|-|\n" + "".join(f"|{n}|x|\n" for n in range(10_000))
    found = pieces(text)
    tables = [piece for piece in found if isinstance(piece, Table)]
    assert len(tables) == len(found)
    assert sum(piece.html.count("<tr>") for piece in tables) == 10_001
    assert tables[-1].html.endswith("<tr><td>9999</td><td>x</td></tr></table>")


def test_characters_that_qt_keeps_for_itself_are_replaced() -> None:
    assert html("a\x00b\ufdd0c\ufffcd\x1b[0m") == "<p>a\ufffdb\ufffdc\ufffdd\ufffd[0m</p>"


def test_zero_width_and_right_to_left_text_pass_through() -> None:
    text = "a\u200bb \u05e9\u05dc\u05d5\u05dd \u202eabc\u202c"
    assert html(text) == f"<p>{text}</p>"
