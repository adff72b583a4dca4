"""In which batches a cache was read: noted, cut, lost, and followed again."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.workers.llama.readings import MOST_RUNS, Readings, batches, fits

STEP = st.tuples(st.sampled_from(["read", "cut"]), st.integers(1, 9))


@settings(max_examples=60)
@given(st.lists(STEP, max_size=30))
def test_every_place_keeps_the_batch_that_it_was_read_in(steps: list[tuple[str, int]]) -> None:
    readings, places = Readings(), list[tuple[int, int]]()
    for act, size in steps:
        if act == "read":
            readings.add(len(places), size)
            places += [(len(places), size)] * size
        else:
            del places[-size:]
            readings.cut(len(places))
    told = dict(batches(readings.runs()))
    assert {start: told.get(start) for start, _ in places} == dict(places)
    assert len(told) == len(set(places))


@settings(max_examples=60)
@given(st.lists(STEP, max_size=30), st.integers(1, 9))
def test_what_was_noted_can_be_followed(steps: list[tuple[str, int]], last: int) -> None:
    readings, length = Readings(), 0
    for act, size in [*steps, ("read", last)]:
        if act == "read":
            readings.add(length, size)
            length += size
        else:
            length = max(0, length - size)
            readings.cut(length)
    assert fits(readings.runs(), length, 400)
    assert not fits(readings.runs(), length + 1, 400)
    assert not fits(readings.runs(), length, 5) or length <= 5


def test_single_tokens_are_noted_together() -> None:
    readings = Readings()
    readings.add(0, 40)
    for start in range(40, 60):
        readings.add(start, 1)
    assert readings.runs() == ((0, 40, 1), (40, 1, 20))
    readings.cut(50)
    assert readings.runs() == ((0, 40, 1), (40, 1, 10))
    readings.cut(30)
    readings.add(30, 7)
    assert readings.runs() == ((0, 40, 1), (30, 7, 1))


def test_what_is_not_known_is_not_told_until_it_is_gone() -> None:
    readings = Readings()
    readings.add(0, 40)
    readings.lose(40)
    readings.add(60, 5)
    assert readings.runs() == ()
    readings.cut(50)
    assert readings.runs() == ()
    readings.cut(40)
    assert readings.runs() == ((0, 40, 1),)
    readings.put((), 30)
    assert readings.runs() == ()
    readings.clear()
    readings.add(0, 3)
    assert readings.runs() == ((0, 3, 1),)


def test_too_many_are_not_kept() -> None:
    readings, there = Readings(), 0
    for number in range(MOST_RUNS + 1):
        readings.add(there, 2 + number % 2)
        there += 2 + number % 2
    assert readings.runs() == ()


@pytest.mark.parametrize(
    "runs",
    [
        ((1, 4, 1), (5, 5, 1)),  # does not begin at the beginning
        ((0, 4, 1), (6, 4, 1)),  # leaves a gap
        ((0, 0, 10), (0, 10, 1)),  # reads nothing
        ((0, 10, 1), (10, 1, 1)),  # goes on behind the prompt
        ((0, 12, 1),),  # ends behind it
        ((0, 4, 1),),  # ends before it
        ((0, 1, 1 << 30),),  # does not end
        ((0, 99, 1), (5, 5, 1)),  # more than the context holds
    ],
)
def test_what_cannot_be_followed_is_refused(runs: tuple[tuple[int, int, int], ...]) -> None:
    assert not fits(runs, 10, 50)
