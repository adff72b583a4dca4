"""Folded text, and the way back from it to what a person wrote."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.chat.search import folding
from studio.chat.search.folding import find_spans, fold, mapped, source_index

DIFFICULT = (
    "aAeéèE\u0301\u0308sßSSfiﬁﬃİi\u0131Σ\u03c3ς한하\u1112\u1161がか\u3099กิ่ क\u093f½"
    "\u2026\ufffc\u00ad\u200d\ufe0f\u00a0 \n\t\0❤👩Å\u212b"
)
texts = st.one_of(st.text(), st.text(alphabet=DIFFICULT, max_size=40))


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Résumé", "resume"),
        ("RE\u0301SUME\u0301", "resume"),
        ("Straße", "strasse"),
        ("ﬁnd", "find"),
        ("İstanbul", "istanbul"),
        ("ΣΊΣΥΦΟΣ", "σισυφοσ"),
        ("ﾊﾝｶｸ", "ハンカク"),
        ("\uff37\uff49\uff44\uff45", "wide"),
        ("أَهْلًا", "اهلا"),
        ("שָׁלוֹם", "שלום"),
        ("co\u00adope\u200brate", "cooperate"),
        ("a \n\t\u00a0 b\0c", "a b c"),
        ("❤\ufe0f", "❤"),
    ],
)
def test_what_looks_alike_folds_alike(written: str, folded: str) -> None:
    assert fold(written) == folded


@pytest.mark.parametrize(
    ("one", "other"), [("が", "か"), ("กิ", "กา"), ("कि", "कु"), ("น้ำ", "นำ"), ("ö", "u")]
)
def test_signs_that_make_another_word_are_kept(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@pytest.mark.parametrize(
    ("text", "term", "marked"),
    [
        ("My Résumé.", "resume", ["Résumé"]),
        ("My re\u0301sume\u0301.", "resume", ["re\u0301sume\u0301"]),
        ("Straße", "as", ["aß"]),
        ("Straße", "s", ["S", "ß"]),
        ("oﬃce", "f", ["ﬃ"]),
        ("한글", "하", ["한"]),
        ("one  \n two", "one two", ["one  \n two"]),
        ("東京都に行く", "京都", ["京都"]),
        ("aaaa", "aa", ["aa", "aa"]),
        ("nothing", "", []),
        ("", "x", []),
    ],
)
def test_marks_whole_characters(text: str, term: str, marked: list[str]) -> None:
    assert [text[begin:end] for begin, end in find_spans(text, [fold(term)])] == marked


def test_marks_that_overlap_are_one() -> None:
    assert find_spans("abcd abcd", ["abc", "bcd", "d"]) == ((0, 4), (5, 9))


@given(texts)
def test_the_map_gives_the_folded_text(text: str) -> None:
    folded, sources = mapped(text)
    assert folded == fold(text)
    assert len(sources) == len(folded)
    assert list(sources) == sorted(sources)


@given(texts, texts, st.integers(1, 5))
def test_a_position_leads_to_the_same_character_in_pieces(one: str, two: str, stride: int) -> None:
    text = one + two
    _, sources = mapped(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(folding, "_STRIDE", stride)
        assert [source_index(text, at) for at in range(len(sources))] == list(sources)
        with pytest.raises(IndexError):
            source_index(text, len(sources))


@given(texts, st.data())
def test_every_span_folds_to_a_term(text: str, data: st.DataObject) -> None:
    ends = st.integers(0, len(text))
    chosen = [sorted(data.draw(st.tuples(ends, ends))) for _ in range(2)]
    terms = [fold(text[begin:end]).strip() for begin, end in chosen]
    spans = find_spans(text, terms)
    for begin, end in spans:
        assert 0 <= begin < end <= len(text)
        assert any(term and term in fold(text[begin:end]) for term in terms)
    assert all(left[1] <= right[0] for left, right in pairwise(spans))
    assert bool(spans) == any(term and term in fold(text) for term in terms)
