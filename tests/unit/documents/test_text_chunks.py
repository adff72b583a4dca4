"""Whatever a content says: nothing of it is lost, and every chunk is whole, small and placed."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.documents.text.chunks import cut, cut_by_passage, searched_text
from studio.documents.values import PAGE_BREAK, Chunk, IndexSettings, Page, Passage

WORDS = st.sampled_from(
    [
        "Alpha",
        "beta",
        "z.B.",
        "3.14",
        "Dr.",
        "end.",
        "Why?",
        "中文字。",
        "سؤال؟",
        "x" * 40,
        "\x01",
        "é",
    ]
)
SENTENCE = st.lists(WORDS, min_size=1, max_size=12).map(" ".join)
TABLE = st.lists(SENTENCE, min_size=1, max_size=6).map(
    lambda rows: "\n".join(["| Name | Size |", "|---|---|", *(f"| {row} | 1 |" for row in rows)])
)
BLOCK = st.one_of(
    SENTENCE,
    SENTENCE.map(lambda words: "# " + words),
    SENTENCE.map(lambda words: "## " + words),
    SENTENCE.map(lambda words: "- " + words),
    SENTENCE.map(lambda words: f"```\n{words}\n\n{words}\n```"),
    TABLE,
    st.text(max_size=30).map(lambda text: text.replace("\r", "")),
)
PAGE_TEXT = st.lists(BLOCK, max_size=6).map("\n\n".join)


def words(texts: list[str]) -> list[int]:
    return [len(text.split()) for text in texts]


def characters(texts: list[str]) -> list[int]:
    return list(map(len, texts))


def joined_dearly(texts: list[str]) -> list[int]:
    """Count more for a text than for its parts together, as some tokenizers do."""
    return [len(text.split()) + len(text.split()) // 4 for text in texts]


COUNTS = st.sampled_from([words, characters, joined_dearly])


def pages_of(texts: list[str]) -> tuple[str, tuple[Page, ...]]:
    return PAGE_BREAK.join(texts), tuple(Page(n, text) for n, text in enumerate(texts, 1))


def cut_text(
    text: str, chunk: int = 20, passage: int = 40, markup: str = "markdown", overlap: int = 0
) -> tuple[list[Passage], list[Chunk]]:
    sizes = IndexSettings(chunk_tokens=chunk, passage_tokens=passage)
    return cut(text, (Page(1, text),), markup, sizes, words, overlap=overlap)


@settings(max_examples=60, deadline=None)
@given(
    texts=st.lists(PAGE_TEXT, min_size=1, max_size=4),
    count=COUNTS,
    markup=st.sampled_from(["markdown", "plain"]),
    limit=st.integers(16, 60),
    overlap=st.sampled_from([0, 8]),
)
def test_nothing_is_lost_and_every_chunk_keeps_its_promises(
    texts: list[str], count: object, markup: str, limit: int, overlap: int
) -> None:
    assert callable(count)
    text, pages = pages_of(texts)
    sizes = IndexSettings(chunk_tokens=limit, passage_tokens=2 * limit)
    passages, chunks = cut(text, pages, markup, sizes, count, overlap=overlap)

    covered = {place for chunk in chunks for place in range(chunk.start, chunk.end)}
    assert not [
        place for place, sign in enumerate(text) if not sign.isspace() and place not in covered
    ]
    starts = [sum(len(page) + len(PAGE_BREAK) for page in texts[:n]) for n in range(len(texts))]
    for chunk in chunks:
        passage = passages[chunk.passage]
        assert passage.start <= chunk.start < chunk.end <= passage.end
        span = text[chunk.start : chunk.end]
        assert span == span.strip()
        assert chunk.text == span or chunk.text.endswith("\n" + span)
        assert chunk.tokens == count([searched_text(chunk)])[0] <= limit
        assert chunk.page_first == sum(start <= chunk.start for start in starts)
        assert chunk.page_last == sum(start < chunk.end for start in starts)
    for before, after in pairwise(chunks):
        assert before.start < after.start
        assert before.end <= after.start or overlap
        assert after.passage - before.passage in (0, 1)
    for first, second in pairwise(passages):
        assert first.end <= second.start
    assert len(passages) == len({chunk.passage for chunk in chunks})


def test_a_chunk_ends_where_a_sentence_does() -> None:
    text = " ".join(f"This is sentence number {n} of the text." for n in range(30))
    _, chunks = cut_text(text)
    assert len(chunks) > 5
    assert all(chunk.text.startswith("This") and chunk.text.endswith("text.") for chunk in chunks)


def test_sentences_over_the_limit_are_cut_at_clauses_then_words_then_characters() -> None:
    clauses = "one two three four five six seven eight nine, " * 4
    _, chunks = cut_text(clauses)
    assert all(chunk.text.endswith(",") for chunk in chunks)
    _, chunks = cut_text("word " * 50)
    assert [chunk.text.split() for chunk in chunks] == [["word"] * chunk.tokens for chunk in chunks]
    text = "x" * 1_000
    sizes = IndexSettings(chunk_tokens=100, passage_tokens=100)
    _, chunks = cut(text, (Page(1, text),), "plain", sizes, characters)
    assert "".join(chunk.text for chunk in chunks) == text
    assert max(chunk.tokens for chunk in chunks) <= 100


def test_rows_that_are_parted_from_their_header_have_it_repeated() -> None:
    rows = [f"| part {n} | {n} pieces in the store |" for n in range(12)]
    text = "\n".join(["| Part | Stock |", "|---|---|", *rows])
    _, chunks = cut_text(text)
    assert len(chunks) > 2
    assert chunks[0].text.startswith("| Part | Stock |\n|---|---|\n| part 0 |")
    for chunk in chunks[1:]:
        assert chunk.text.startswith("| Part | Stock |\n| part ")
        assert text[chunk.start : chunk.end].startswith("| part ")
    assert [row for chunk in chunks for row in chunk.text.split("\n") if row in rows] == rows


def test_a_chunk_knows_the_headings_above_it() -> None:
    body = "Some words stand here to fill the section up. " * 3
    text = f"# Manual\n\n{body}\n\n## Cleaning\n\n{body}\n\n# Warranty\n\n{body}"
    _, chunks = cut_text(text, 30, 30)
    assert list(dict.fromkeys(chunk.heading for chunk in chunks)) == [
        "Manual",
        "Manual > Cleaning",
        "Warranty",
    ]


def test_a_heading_is_never_the_last_thing_of_a_chunk() -> None:
    text = "\n\n".join(f"# Title {n}\n\nOne sentence of five words. " * 2 for n in range(20))
    _, chunks = cut_text(text)
    assert not [chunk for chunk in chunks if chunk.text.split("\n")[-1].startswith("#")]


def test_small_sections_stand_together() -> None:
    text = "\n\n".join(f"## Q{n}\n\nShort answer." for n in range(12))
    _, chunks = cut_text(text, 20, 40)
    assert len(chunks) < 8


def test_pages_begin_new_chunks_unless_a_sentence_runs_across() -> None:
    text, pages = pages_of(
        ["First page. It ends in a", "sentence here. Second page.", "Third page."]
    )
    sizes = IndexSettings(chunk_tokens=100, passage_tokens=200)
    passages, chunks = cut(text, pages, "plain", sizes, words)
    assert [(chunk.page_first, chunk.page_last) for chunk in chunks] == [(1, 2), (2, 2), (3, 3)]
    assert chunks[0].text.endswith("It ends in a\n\f\nsentence here.")
    assert [(passage.page_first, passage.page_last) for passage in passages] == [(1, 3)]


def test_the_window_of_an_embedder_bounds_the_chunk() -> None:
    text = "Some short words stand here. " * 40
    sizes = IndexSettings(chunk_tokens=500, passage_tokens=1_000)
    _, chunks = cut(text, (Page(1, text),), "plain", sizes, words, window=32)
    assert max(chunk.tokens for chunk in chunks) <= 32


def test_overlap_repeats_whole_sentences() -> None:
    text = " ".join(f"Sentence {n} has just six words." for n in range(20))
    _, chunks = cut_text(text, 24, 200, overlap=6)
    for before, after in pairwise(chunks):
        assert text[after.start : before.end].startswith("Sentence ")
        assert text[after.start : before.end].endswith("words.")


def test_text_of_other_pages_is_refused() -> None:
    with pytest.raises(ValueError, match="not that of the pages"):
        cut("one", (Page(1, "another"),), "plain", IndexSettings(), words)


def test_no_page_and_a_blank_page_give_nothing() -> None:
    assert cut("", (), "plain", IndexSettings(), words) == ([], [])
    assert cut(" \n", (Page(1, " \n"),), "plain", IndexSettings(), words) == ([], [])


def test_passages_come_while_the_rest_is_unread() -> None:
    """A content of any size is not held in memory as objects."""
    text = "Some short words stand here.\n\n" * 20_000
    asked = 0

    def count(texts: list[str]) -> list[int]:
        nonlocal asked
        asked += len(texts)
        return words(texts)

    parts = cut_by_passage(text, (Page(1, text),), "plain", IndexSettings(), count)
    passage, chunks = next(parts)
    assert passage.start == chunks[0].start == 0
    assert asked < 10_000


@pytest.mark.parametrize("sign", [".", " ", "#", "|", "-", "(", "a. ", "\n", "`", "x"])
def test_a_text_of_one_sign_takes_no_longer_than_another(sign: str) -> None:
    text = sign * (60_000 // len(sign)) + "x"
    _, chunks = cut(text, (Page(1, text),), "markdown", IndexSettings(), characters)
    assert chunks[-1].end == len(text)
