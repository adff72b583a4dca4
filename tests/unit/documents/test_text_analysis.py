"""What people write differently meets in keyword search, in every script."""
# ruff: noqa: RUF001  (letters of other scripts are meant as they stand)

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.documents.text.analysis import terms


def meet(language: str, *texts: str) -> bool:
    """Return whether all texts have the same terms, and some."""
    found = [terms(text, language) for text in texts]
    return bool(found[0]) and all(one == found[0] for one in found)


@pytest.mark.parametrize(
    ("language", "texts"),
    [
        ("en", ["connections", "connected", "CONNECTING"]),
        ("en", ["the résumés", "a resume"]),
        ("en", ["\ufb01les", "files", "fi\u00adles"]),
        ("en", ["１２３", "123"]),
        ("de", ["Häuser", "HÄUSERN"]),
        ("de", ["Straße", "strasse"]),
        ("es", ["canciones", "canción"]),
        ("fr", ["l'économie", "économie"]),
        ("sv", ["bilarna", "bilar"]),
        ("ru", ["ёлки", "елки"]),
        ("ar", ["الْمُدَرِّسُ", "المدرس"]),
        ("ar", ["أحمد", "احمد"]),
        ("zh", ["ＡＢＣ公司", "ABC公司"]),
        ("fa", ["كتاب", "کتاب"]),
        ("he", ["שָׁלוֹם", "שלום"]),
        ("hi", ["किताबें", "किताब"]),
        ("ta", ["தமிழ்", "தமிழ்"]),
        ("", ["Café", "cafe"]),
    ],
)
def test_forms_of_a_word_meet(language: str, texts: list[str]) -> None:
    assert meet(language, *texts), [terms(text, language) for text in texts]


def test_letters_of_their_own_stay_apart() -> None:
    assert terms("får", "sv") != terms("far", "sv")
    assert terms("かき", "ja") != terms("がき", "ja")


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "What is the"), ("de", "Wer hat das"), ("es", "¿Cuáles son los?"), ("ar", "ما هو")],
)
def test_small_words_are_left_out(language: str, text: str) -> None:
    assert terms(text, language) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("机器学习", ["机器", "器学", "学习"]),
        ("人", ["人"]),
        ("ลาว", ["ลา", "าว"]),
        ("한국어", ["한국", "국어"]),
    ],
)
def test_scripts_without_blanks_become_pairs(text: str, expected: list[str]) -> None:
    assert terms(text, "zh") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("AB-1234/5", {"ab-1234-5", "ab", "1234", "5"}),
        ("v2.3.1", {"v-2.3.1"}),
        ("ISO 9001", {"iso", "9001", "iso-9001"}),
        ("iso9001", {"iso-9001"}),
        ("ISO-9001", {"iso-9001", "iso", "9001"}),
        ("Jane.Doe@Example.com", {"jane.doe@example.com", "jane", "doe"}),
        ("getUserName", {"getusername", "get", "user", "name"}),
        ("HTTPServer", {"httpserver", "http", "server"}),
        ("max_seq_length", {"max_seq_length", "max", "seq", "length"}),
        ("U.S. Army", {"us", "armi"}),
        ("1,279 and 1279", {"1279"}),
        ("3,5 or 3.5", {"3.5"}),
        ("2017-12-31", {"2017-12-31", "2017", "12", "31"}),
        ("boundary-layer", {"boundari", "layer"}),
        ("experi-\nmental", {"experiment", "mental"}),
        ("٣٤", {"34"}),
    ],
)
def test_codes_are_kept_whole_and_in_parts(text: str, expected: set[str]) -> None:
    assert expected <= set(terms(text, "en")), terms(text, "en")


def test_words_of_another_script_are_read_in_its_language() -> None:
    assert set(terms("servers", "en")) <= set(terms("我们的 servers", "zh"))
    assert set(terms("книги", "ru")) <= set(terms("the книги", "en"))


@pytest.mark.parametrize("text", ["", " \n", "\x00\x01", "...", "---", "___", "\ud800", "\u200f"])
def test_texts_without_a_word_have_no_term(text: str) -> None:
    assert terms(text, "en") == []


@given(st.text(max_size=200), st.sampled_from(["", "en", "de", "ar", "zh", "tr", "xx"]))
def test_terms_are_small_words_without_blanks(text: str, language: str) -> None:
    found = terms(text, language)
    assert found == terms(text, language)
    assert all(term and not any(map(str.isspace, term)) for term in found)
