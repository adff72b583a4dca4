"""Sizes, times and counts in words."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QLocale

from studio.ui.widgets.quantities import count, duration, file_size, memory, parameters

ENGLISH = QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom)
GERMAN = QLocale(QLocale.Language.German, QLocale.Country.Germany)


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (0, "0 B"),
        (999, "999 B"),
        (1_000, "1.0 kB"),
        (9_960, "10 kB"),
        (97_900_000, "98 MB"),
        (999_600_000, "1.0 GB"),
        (4_683_000_000, "4.7 GB"),
        (42_400_000_000, "42 GB"),
        (5_000_000_000_000_000, "5,000 TB"),
    ],
)
def test_file_sizes(size: int, words: str) -> None:
    assert file_size(size, ENGLISH) == words


def test_sizes_follow_the_locale() -> None:
    assert file_size(4_683_000_000, GERMAN) == "4,7 GB"
    assert count(1_234_567, GERMAN) == "1.234.567"


def test_memory_is_counted_as_systems_do() -> None:
    assert memory(int(2.1 * 2**30), 24 * 2**30, ENGLISH) == "2.1/24 GB"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (-3, "0 s"),
        (0.4, "0 s"),
        (59.4, "59 s"),
        (60, "1 min"),
        (80, "1 min 20 s"),
        (1500, "25 min"),
        (3600, "1 h"),
        (5400, "1 h 30 min"),
    ],
)
def test_durations(seconds: float, words: str) -> None:
    assert duration(seconds) == words


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (900, "900"),
        (134_515_008, "135 million"),
        (999_600_000, "1.0 billion"),
        (7_240_000_000, "7.2 billion"),
    ],
)
def test_parameters(number: int, words: str) -> None:
    assert parameters(number, ENGLISH) == words
