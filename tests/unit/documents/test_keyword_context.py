"""A chunk is found by its own words most, and by its neighbours' too."""

from __future__ import annotations

from collections import Counter

import pytest

from studio.documents.retrieve.context import HEADING, OWN, with_neighbours


def test_a_chunk_borrows_the_words_of_its_neighbours_but_not_their_headings() -> None:
    found = with_neighbours([["a"], ["b"], ["c"]], [["h"], [], ["i", "b"]])

    assert [Counter(terms) for terms in found] == [
        {"a": OWN, "h": HEADING, "b": 1},
        {"b": OWN, "a": 1, "c": 1},
        {"c": OWN, "i": HEADING, "b": HEADING + 1},
    ]


def test_a_chunk_alone_has_its_own_words() -> None:
    assert with_neighbours([["x", "x"]], [[]]) == [["x"] * 2 * OWN]
    assert with_neighbours([], []) == []


def test_headings_that_do_not_fit_the_chunks_are_refused() -> None:
    with pytest.raises(ValueError, match="headings"):
        with_neighbours([["a"]], [])
