"""Numbers in words: English by themselves, and as the window says wherever words hold one."""

from __future__ import annotations

import math
from collections.abc import Iterator

import pytest

from studio import numerals, translation
from studio.numerals import number
from studio.sizes import file_size, memory_free, memory_needed
from studio.translation import tr


@pytest.fixture
def marked() -> Iterator[None]:
    """Have every number written between signs that no language has."""
    numerals.use(lambda value, digits: f"<{value:.{digits}f}>")
    yield
    numerals.use(None)


@pytest.mark.parametrize(
    ("value", "digits", "words"),
    [
        (0, 0, "0"),
        (999, 0, "999"),
        (-1_234, 0, "-1,234"),
        (10**20, 0, "100,000,000,000,000,000,000"),
        (1_234.56, 1, "1,234.6"),
        (3, 2, "3.00"),
        (2.5, 0, "2"),
    ],
)
def test_english_numbers(value: float, digits: int, words: str) -> None:
    assert number(value, digits) == words


def test_sizes_are_written_the_same_way(marked: None) -> None:
    assert file_size(1_500_000_000) == "<1.5> GB"
    assert memory_needed(2**30) == memory_free(2**30) == "<1.0> GB"
    assert memory_needed(64 * 2**30) == memory_free(64 * 2**30) == "<64> GB"


def test_numbers_in_sentences_are_written_the_same_way(marked: None) -> None:
    assert tr("%n reply", "%n replies", 1_200) == "<1200> replies"
    assert tr("{a:,} of {b:.1f}", a=5_000, b=0.25) == "<5000> of <0.2>"
    assert tr("{a:,}", a=0.125) == "<0.125>"


@pytest.mark.parametrize(
    ("value", "words"), [(math.inf, "inf"), (math.nan, "nan"), (1e30, "1e+30"), (True, "1")]
)
def test_what_has_no_thousands_stays(marked: None, value: float, words: str) -> None:
    assert translation.tr("{a:,}", a=value) == words


def test_facts_that_are_no_numbers_stay_as_they_are(marked: None) -> None:
    assert tr("{name} {name!r} {number} {text:>4}", name="a", number=7, text="b") == "a 'a' 7    b"
