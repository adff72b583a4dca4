"""Pages, messages, tables, records, notebooks and subtitles are read as a person sees them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from support.reading import read, text_of

from studio.documents.extract.words import UnreadableError


def written(tmp_path: Path, name: str, text: str, encoding: str = "utf-8") -> Path:
    path = tmp_path / name
    path.write_bytes(text.encode(encoding))
    return path


def test_a_page_keeps_what_is_seen_of_it(tmp_path: Path) -> None:
    page = (
        "<!doctype html><html lang=de-CH><head><title>A &amp; B</title><style>p{}</style></head>"
        "<body><script>no()</script><h2>Head\nline</h2><p>One<br>two<p>three <b>bold</b>!"
        '<div hidden>secret</div><span style="display: none">x</span>'
        "<ul><li>a<ol><li>b</ol><li>c</ul><table><tr><th>k<th>v<tr><td colspan=2>w</table>"
        "<pre>x\n  y</pre>"
    )
    found = read(written(tmp_path, "a.html", page))
    assert (found.title, found.language, found.markup) == ("A & B", "de", "markdown")
    assert found.pages[0].text == (
        "## Head line\n\nOne\ntwo\n\nthree bold!\n\n- a\n  1. b\n- c\n\n"
        "| k | v |\n| --- | --- |\n| w |  |\n\n```\nx\n  y\n```"
    )


def test_a_page_is_read_in_the_encoding_that_it_declares(tmp_path: Path) -> None:
    page = '<html><head><meta charset="windows-1251"></head><body>Привет</body></html>'
    assert text_of(written(tmp_path, "a.htm", page, "cp1251")) == "Привет"


def test_a_table_that_only_arranges_the_page_is_no_table(tmp_path: Path) -> None:
    inner = "<table><tr><td>a</td><td>b</td></tr></table>"
    page = f"<html><table><tr><td>menu</td><td>{inner}</td></table>"
    assert text_of(written(tmp_path, "a.html", page)) == "menu\n\n| a | b |\n| --- | --- |"


def test_a_page_that_is_nested_without_end_is_read(tmp_path: Path) -> None:
    assert text_of(written(tmp_path, "a.html", "<html>" + "<div>" * 5_000 + "deep")) == "deep"


MESSAGE = """\
From: =?utf-8?b?SsO8cmdlbg==?= <j@example.org>
To: eva@example.org
Subject: =?iso-8859-1?q?Gr=FC=DFe?=
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=B

--B
Content-Type: multipart/alternative; boundary=C

--C
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: quoted-printable

Hello from the lake, where it is sunny =E2=98=BC

--C
Content-Type: text/html

<p>Hello in HTML</p>
--C--
--B
Content-Type: application/pdf; name="plan.pdf"
Content-Disposition: attachment; filename="plan.pdf"

AAAA
--B--
"""


def test_a_message_is_read_with_its_names_and_tells_what_is_attached(tmp_path: Path) -> None:
    found = read(written(tmp_path, "a.eml", MESSAGE))
    assert found.title == "Grüße"
    assert found.pages[0].text == (
        "# Grüße\n\nFrom: Jürgen <j@example.org>\nTo: eva@example.org\n\n"
        "Hello from the lake, where it is sunny ☼"
    )


def test_a_box_of_messages_is_read_one_after_the_other(tmp_path: Path) -> None:
    one = "From a@b Mon Jan  1 00:00:00 2024\nSubject: {}\nFrom: a@b\n\n{}\n\n"
    box = one.format("First", ">From here on") + one.format("Second", "Two")
    assert text_of(written(tmp_path, "inbox", box)) == (
        "# First\n\nFrom: a@b\n\nFrom here on\n\n# Second\n\nFrom: a@b\n\nTwo"
    )


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_a_table_of_values_keeps_rows_below_their_header(tmp_path: Path, delimiter: str) -> None:
    rows = (("Name", "Town"), ('"Smith & Co"', "Ulm"), ("Eve", "Bonn"))
    text = "\r\n".join(delimiter.join(row) for row in rows)
    assert text_of(written(tmp_path, "a.csv", text)) == (
        "| Name | Town |\n| --- | --- |\n| Smith & Co | Ulm |\n| Eve | Bonn |"
    )


def test_a_quote_that_never_ends_does_not_swallow_a_table(tmp_path: Path) -> None:
    assert "Bonn" in text_of(written(tmp_path, "a.csv", 'a,b\n"x,y\nEve,Bonn\n'))


def test_json_becomes_an_outline(tmp_path: Path) -> None:
    value = {"name": "caf\u00e9", "tags": ["a", "b"], "in": {"x": None, "y": [{"z": 1.5}]}}
    assert text_of(written(tmp_path, "a.json", json.dumps(value))) == (
        "name: café\ntags: a, b\nin:\n  x: null\n  y:\n    z: 1.5"
    )


@pytest.mark.parametrize("text", ['{"broken": ', "[" * 100_000])
def test_what_only_calls_itself_json_stays_as_it_is(tmp_path: Path, text: str) -> None:
    assert text_of(written(tmp_path, "a.json", text)) == text.strip()


def test_records_stand_apart(tmp_path: Path) -> None:
    text = '{"a": 1}\n\n{"a": "two\\nlines"}\nnot json\n'
    assert text_of(written(tmp_path, "a.jsonl", text)) == "a: 1\n\na: two\nlines\n\nnot json"


def test_a_notebook_keeps_code_and_what_it_printed(tmp_path: Path) -> None:
    cells = [
        {"cell_type": "markdown", "source": ["# Head\n", "text"]},
        {
            "cell_type": "code",
            "source": "1 + 1",
            "outputs": [
                {"data": {"text/plain": ["2"], "text/html": ["<b>2</b>"]}},
                {"text": "said\n"},
                {"ename": "KeyError", "evalue": "'k'", "traceback": ["\x1b[31mlong"]},
            ],
        },
    ]
    notebook = {"cells": cells, "metadata": {"kernelspec": {"language": "python"}}}
    assert text_of(written(tmp_path, "a.ipynb", json.dumps(notebook))) == (
        "# Head\ntext\n\n```python\n1 + 1\n```\n\n```\n2\n```\n\n```\nsaid\n```\n\n"
        "```\nKeyError: 'k'\n```"
    )


def test_a_broken_notebook_is_damaged(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError) as caught:
        read(written(tmp_path, "a.ipynb", '{"cells": ['))
    assert caught.value.code == "document.damaged"


def test_subtitles_are_what_is_said(tmp_path: Path) -> None:
    vtt = (
        "WEBVTT\n\nNOTE a note\n\n1\n00:01.000 --> 00:02.000 align:start\n<v Ann>Hello\n<i>you</i>"
        "\n\n00:02.000 --> 00:03.000\n&lt;wind&gt;\n"
    )
    assert text_of(written(tmp_path, "a.vtt", vtt)) == "Ann: Hello you\n<wind>"
    srt = "1\n00:00:01,000 --> 00:00:02,000\nHello\n\n2\n00:00:02,000 --> 00:00:03,000\nHello\n"
    assert text_of(written(tmp_path, "a.srt", srt)) == "Hello"


def test_an_article_in_xml_keeps_sections_and_paragraphs(tmp_path: Path) -> None:
    article = (
        "<?xml version='1.0'?><article><article-title>On tea</article-title><year>2005</year>"
        "<sec><title>Methods</title><p>We <italic>boiled</italic> it.</p><table><tr><th>a</th>"
        "<td>b</td></tr><tr><td>1</td><td>2</td></tr></table></sec></article>"
    )
    found = read(written(tmp_path, "a.xml", article))
    assert found.title == "On tea"
    assert found.pages[0].text == (
        "# On tea\n\nyear: 2005\n\n## Methods\n\nWe boiled it.\n\n"
        "| a | b |\n| --- | --- |\n| 1 | 2 |"
    )


def test_references_of_xml_to_other_files_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    uri = (tmp_path / "secret.txt").as_uri()
    text = f'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY e SYSTEM "{uri}">]><a><p>x &e; y</p></a>'
    assert "secret" not in text_of(written(tmp_path, "a.xml", text)).replace(uri, "")


def test_markdown_stays_as_it_is_and_tells_its_title(tmp_path: Path) -> None:
    found = read(written(tmp_path, "a.md", "---\ntitle: Plan\n---\n\n# Head\n\n* one\n"))
    assert (found.title, found.markup) == ("Plan", "markdown")
    assert found.pages[0].text == "title: Plan\n\n# Head\n\n* one\n"
    assert read(written(tmp_path, "b.md", "Text\n\n## The *head*\n")).title == "The *head*"


def test_source_code_is_plain_text(tmp_path: Path) -> None:
    code = "def f():\n    return '<html>'\n"
    found = read(written(tmp_path, "a.py", code))
    assert (found.kind, found.markup, found.title) == ("text", "plain", "a")
    assert found.pages[0].text == code
