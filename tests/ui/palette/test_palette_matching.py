"""What fits what was typed, and which of two fits better."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.chat.search.folding import fold
from studio.ui.palette.matching import initials_of, marked, score, sieve


def points(typed: str, title: str, also: str = "") -> float | None:
    folded = fold(title)
    return score(fold(typed).split(), folded, initials_of(folded), fold(also))


@pytest.mark.parametrize(
    ("typed", "better", "worse"),
    [
        ("chat", "Chat", "Chat rooms"),
        ("new", "New chat", "A new chat"),
        ("list", "Find in list", "Stylistic"),
        ("text", "Larger text", "Context"),
        ("nc", "New chat", "Bounce"),
        ("shw", "Show it", "Short how-to"),
    ],
)
def test_the_closer_fit_comes_first(typed: str, better: str, worse: str) -> None:
    first, second = points(typed, better), points(typed, worse)
    assert first is not None
    assert second is None or first > second


def test_case_accents_and_the_order_of_words_do_not_matter() -> None:
    assert points("resume", "Mon RÉSUMÉ") is not None
    assert points("resume mon", "Mon RÉSUMÉ") is not None


@pytest.mark.parametrize("typed", ["x", "newx", "tachwen", "nt" * 60, "new zebra"])
def test_what_is_not_there_does_not_fit(typed: str) -> None:
    assert points(typed, "New chat") is None


def test_letters_far_apart_are_no_fit() -> None:
    assert points("ab", "a long way to another b") is not None  # initials
    assert points("aq", "a thing that is liquid") is None


def test_words_that_are_not_shown_count_less() -> None:
    shown, hidden = points("zoom", "Zoom in"), points("zoom", "Larger text", "zoom in bigger")
    assert shown is not None
    assert hidden is not None
    assert shown > hidden


def test_what_fitted_is_marked_in_the_words_as_written() -> None:
    title = "Über die RÉSUMÉS"
    assert [title[a:b] for a, b in marked(["resume"], title)] == ["RÉSUMÉ"]
    assert [title[a:b] for a, b in marked(["udr"], title)] == ["Ü", "d", "R"]
    assert marked(["zebra"], title) == ()


@given(st.text(min_size=1, max_size=6), st.text(max_size=40))
def test_the_sieve_lets_everything_through_that_fits(typed: str, title: str) -> None:
    folded, terms = fold(title), fold(typed).split()
    if score(terms, folded, initials_of(folded)) is not None:
        assert all(sieve(term).match(folded) for term in terms)


@given(st.text("abc ", min_size=1, max_size=6), st.text("abc ", max_size=30))
def test_fewer_letters_fit_wherever_more_do(typed: str, title: str) -> None:
    term = fold(typed).replace(" ", "")
    folded = fold(title)
    if term and score([term], folded, initials_of(folded)) is not None:
        shorter = [term[:-1]] if len(term) > 1 else []
        assert score(shorter, folded, initials_of(folded)) is not None
