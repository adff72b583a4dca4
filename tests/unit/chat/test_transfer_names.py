"""File names that every system takes."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.chat.transfer.names import NAMELESS, safe_name, unique_names


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("A plain title", "A plain title"),
        ('Why? a/b\\c: <d> | "e" *', "Why_ a_b_c_ _d_ _ _e"),
        ("", NAMELESS),
        (" . .. ", NAMELESS),
        ("???", NAMELESS),
        ("../../etc/passwd", "etc_passwd"),
        (".hidden", "hidden"),
        ("-rf", "rf"),
        ("ends in dots...", "ends in dots"),
        ("CON", "CON_"),
        ("nul.txt", "nul.txt_"),
        ("com1 .x", "com1 .x_"),
        ("LPT¹", "LPT¹_"),
        ("CONSOLE", "CONSOLE"),
        ("a\tb\nc\u2028d", "a b c d"),
        ("bell\x07 \u202egnp.exe \ud800", "bell gnp.exe"),
        ("e\u0301", "\u00e9"),
        ("\u0645\u06cc\u200c\u062e\u0648\u0627", "\u0645\u06cc\u200c\u062e\u0648\u0627"),
    ],
)
def test_titles_become_names(title: str, name: str) -> None:
    assert safe_name(title) == name


@given(st.text())
def test_a_name_can_be_used_everywhere(title: str) -> None:
    name = safe_name(title)
    assert 0 < len(name) <= 81
    assert len(name.encode()) <= 161
    assert not set(name) & set('<>:"/\\|?*\0')
    assert not any(unicodedata.category(each) in ("Cc", "Cs", "Co", "Cn") for each in name)
    assert name == name.strip(" .")
    assert Path(name).name == name
    assert safe_name(name) == name


def test_a_long_name_is_cut_between_letters() -> None:
    family = "👨\u200d👩\u200d👧"
    assert safe_name("a" * 79 + "e\u0323\u0324\u0325" + "b" * 80) == "a" * 79
    assert not safe_name("x" * 77 + family + "y" * 9).endswith("\u200d")
    assert len(safe_name("漢" * 300).encode()) <= 160


def test_names_are_never_the_same() -> None:
    titles = ["Chat", "chat", "CHAT", "Chat (2)", "", "", "ﬁ", "fi"]
    names = list(unique_names(titles))
    assert names[:3] == ["Chat", "chat (2)", "CHAT (3)"]
    assert len({name.casefold() for name in names}) == len(titles)


def test_ten_thousand_equal_titles_are_numbered() -> None:
    assert list(unique_names(["x"] * 10_000))[-1] == "x (10000)"


def test_names_that_are_there_already_are_left_alone() -> None:
    there = ["plan", "Plan (2)"]
    assert list(unique_names(["Plan", "Other", "Plan"], there)) == ["Plan (3)", "Other", "Plan (4)"]
