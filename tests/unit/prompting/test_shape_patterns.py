"""Patterns of schemas: matched in one pass, as Python matches them, whatever they are."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.prompting.shapes.pattern_match import check_pattern, fits
from studio.prompting.shapes.problem import ShapeError

PATTERNS = (
    r"^[A-Z]{2}\d{3}$",
    "a|b",
    "^a|b$",
    "^(a|bc)*x?$",
    '[^"a]',
    r"^\w+@\w+\.com$",
    "^(a{2,3}b?)+$",
    "^.$",
    r"\u0041\x42",
    "[a\\-c]+?",
    "^(?:ab){1,}$",
)


@pytest.mark.parametrize("pattern", PATTERNS)
@given(text=st.text(alphabet='ABab12cx@."-\u0142', max_size=12))
def test_it_fits_what_python_fits(pattern: str, text: str) -> None:
    assert fits(pattern, text) == bool(re.search(pattern, text, re.ASCII))


def test_a_pattern_that_python_never_ends_on_is_quick() -> None:
    assert not fits("^(a+)+$", "a" * 20_000 + "!")


@pytest.mark.parametrize(
    "pattern",
    [
        *("(?=a)", r"\1", "a{2000}", "((", "[b-a]", r"\p{L}", "((a{900}){900})", "a$b", "[]"),
        *("a)", "*", "a{3,1}", "x{", "[a", "b^", "(" * 40 + ")" * 40, "a" * 2_000),
    ],
)
def test_what_cannot_be_matched_in_one_pass_is_refused_in_words(pattern: str) -> None:
    with pytest.raises(ShapeError, match=r"[Pp]attern"):
        check_pattern(pattern)
