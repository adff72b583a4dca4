"""Text comes out of bytes of any encoding, and nothing in it that cannot be kept."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.documents.extract.characters import clean, decode, tidy

RUSSIAN = "Лошадка медленно поднимается и везёт хворост; мужичок ведёт её под уздцы домой."
GERMAN = "Die Bundesländer prüfen größere Änderungen; schließlich müssen Bürger hören, was gilt."
JAPANESE = (
    "東京は日本の首都であり、世界で最も人口の多い都市の一つです。多くの人々がここで働きます。"
)
CHINESE = "人人生而自由。在尊严和权利上一律平等。他们赋有理性和良心。并应以兄弟关系的精神相对待。"
POLISH = "Zażółć gęślą jaźń. Rada gminy podjęła uchwałę w sprawie budżetu, która została ogłoszona."
ARABIC = "يولد جميع الناس أحرارا متساوين في الكرامة والحقوق وقد وهبوا عقلا وضميرا"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (RUSSIAN, "cp866"),
        (RUSSIAN, "koi8-r"),
        (RUSSIAN, "cp1251"),
        (GERMAN, "cp1252"),
        (JAPANESE, "shift_jis"),
        (JAPANESE, "euc_jp"),
        (JAPANESE, "iso2022_jp"),
        (CHINESE, "gb18030"),
        (POLISH, "cp1250"),
        (ARABIC, "cp1256"),
        (GERMAN, "utf-8"),
        (GERMAN, "utf-8-sig"),
        (GERMAN, "utf-16"),
        (GERMAN, "utf-16-le"),
        (GERMAN, "utf-16-be"),
        (RUSSIAN, "utf-32"),
    ],
)
def test_a_text_is_read_in_its_encoding(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


def test_a_text_that_is_broken_off_within_a_character_is_still_utf8() -> None:
    assert decode("größer ä".encode()[:-1]) == "größer \ufffd"


def test_one_stray_byte_does_not_make_another_encoding_of_a_long_utf8_text() -> None:
    data = GERMAN.encode() * 20 + b"\xff" + RUSSIAN.encode()
    assert decode(data) == GERMAN * 20 + "\ufffd" + RUSSIAN


def test_what_the_bytes_declare_goes_before_what_they_look_like() -> None:
    assert decode(b"\xc6\xff", "windows-1251") == "Жя"
    assert decode("ж".encode(), "windows-1251") == "ж", "unless they are UTF-8 all the same"
    assert decode(b"plain", "no-such-encoding") == "plain"


def test_control_characters_and_halves_of_characters_are_left_out() -> None:
    assert clean("a\0b\x07c\ud800d\ufeffe\x9bf\ufffe") == "abcdef"
    assert clean("a\tb") == "a\tb"


def test_every_line_end_becomes_one() -> None:
    assert clean("a\r\nb\rc\u2028d\fe\vf\x85g\n") == "a\nb\nc\nd\ne\nf\ng\n"


def test_long_gaps_become_short_ones() -> None:
    assert tidy("\n\na  \n\n\n\n\n\nb\n") == "a\n\n\nb"


@given(st.text(st.characters(codec=None)))
def test_what_is_clean_can_be_kept_and_stays_as_it_is(text: str) -> None:
    once = clean(text)
    assert once.encode("utf-8").decode("utf-8") == once
    assert clean(once) == once
    assert "\r" not in once
    assert "\0" not in once


@given(st.binary(max_size=200))
def test_any_bytes_become_some_text(data: bytes) -> None:
    assert isinstance(clean(decode(data)), str)
