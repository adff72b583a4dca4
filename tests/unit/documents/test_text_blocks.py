"""Pages fall into the blocks that a reader sees."""

from __future__ import annotations

import pytest

from studio.documents.text.blocks import LARGEST, blocks


def read(text: str, *, markdown: bool = True) -> list[tuple[str, str]]:
    return [
        (block.kind, text[block.start : block.end])
        for block in blocks(text, 0, len(text), markdown=markdown)
    ]


def headings(text: str, *, markdown: bool = True) -> list[tuple[int, str]]:
    found = blocks(text, 0, len(text), markdown=markdown)
    return [(block.level, block.title) for block in found if block.kind == "heading"]


def test_markdown_falls_into_its_blocks() -> None:
    text = (
        "# Title #\nA paragraph\ngoes on.\n\n- one\n  more\n- two\n1. three\n\n"
        "```py\n# no\n\nx\n```\nEnd"
    )
    assert read(text) == [
        ("heading", "# Title #"),
        ("paragraph", "A paragraph\ngoes on."),
        ("item", "- one\n  more"),
        ("item", "- two"),
        ("item", "1. three"),
        ("code", "```py\n# no\n\nx\n```"),
        ("paragraph", "End"),
    ]


def test_headings_know_their_level_and_title() -> None:
    text = "# One\n\n### Three ##\n\nBig\n===\n\nSmall\n-----\n\n#no heading\n"
    assert headings(text) == [(1, "One"), (3, "Three"), (1, "Big"), (2, "Small")]


def test_rows_know_their_header() -> None:
    text = "Before\n| A | B |\n|---|:-:|\n| 1 | 2 |\n| 3 | 4 |\n\nAfter"
    found = list(blocks(text, 0, len(text), markdown=True))
    assert [block.kind for block in found] == ["paragraph", "header", "row", "row", "paragraph"]
    assert {text[slice(*block.header)] for block in found if block.header} == {
        "| A | B |\n|---|:-:|"
    }


@pytest.mark.parametrize("sign", ["|", "\t"])
def test_plain_text_has_tables_too(sign: str) -> None:
    text = f"Part{sign}Stock\nscrew{sign}12\nnut{sign}7\n\nA sentence."
    assert [kind for kind, _ in read(text, markdown=False)] == ["header", "row", "row", "paragraph"]


@pytest.mark.parametrize(
    ("line", "level"),
    [
        ("2.1 Scope", 2),
        ("CHAPTER IV", 1),
        ("GENERAL TERMS", 1),
        ("Article 5 Duties", 1),
        ("§ 12", 1),
    ],
)
def test_plain_text_has_headings_where_they_are_sure(line: str, level: int) -> None:
    assert headings(f"Text before.\n\n{line}\n\nText after.", markdown=False) == [(level, line)]
    assert headings(f"Text before\n{line}\nText after.", markdown=False) == []


@pytest.mark.parametrize(
    "line", ["A short line", "It was so.", "NO, NEVER!", "1. Apples", "2.5 %", "OK"]
)
def test_other_lines_are_no_headings(line: str) -> None:
    assert headings(f"Text before.\n\n{line}\n\nText after.", markdown=False) == []


def test_headings_of_a_wiki_are_known_in_plain_text() -> None:
    assert headings(" = Valkyria = \n\nText\n\n == Plot ==\n", markdown=False) == [
        (1, "Valkyria"),
        (2, "Plot"),
    ]


def test_a_fence_that_is_never_closed_goes_to_the_end() -> None:
    assert read("~~~\n# a\n\n- b") == [("code", "~~~\n# a\n\n- b")]


@pytest.mark.parametrize("text", ["word " * 30_000, "line of words\n" * 8_000, "x" * 90_000])
@pytest.mark.parametrize("fence", ["", "```\n"])
def test_no_block_is_larger_than_the_largest(text: str, fence: str) -> None:
    found = list(blocks(fence + text, 0, len(fence + text), markdown=True))
    assert max(block.end - block.start for block in found) <= LARGEST + 1
    joined = "".join((fence + text)[block.start : block.end] for block in found)
    assert "".join(joined.split()) == "".join((fence + text).split())


def test_only_the_page_is_read() -> None:
    text = "# A\n\nbefore|# B\n\nin|after"
    found = [text[block.start : block.end] for block in blocks(text, 12, 19, markdown=True)]
    assert found == ["# B", "in"]
