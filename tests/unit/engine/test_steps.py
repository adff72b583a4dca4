"""Progress is told in steps that a person can see, and its end always."""

from __future__ import annotations

from support.clock import Clock

from studio.workers.steps import Steps


def test_the_first_step_is_told_at_once() -> None:
    assert Steps(Clock()).is_due(0.0)


def test_a_step_needs_a_hundredth_and_a_twentieth_of_a_second() -> None:
    clock = Clock()
    steps = Steps(clock)
    assert steps.is_due(0.0)
    assert not steps.is_due(0.5)
    clock.now += 0.06
    assert not steps.is_due(0.009)
    assert steps.is_due(0.5)
    assert not steps.is_due(0.6)


def test_the_end_is_told_once_however_soon() -> None:
    steps = Steps(Clock())
    assert [steps.is_due(share) for share in (0.0, 1.0, 1.0)] == [True, True, False]


def test_a_thousand_tensors_in_a_second_are_few_steps() -> None:
    clock = Clock()
    steps = Steps(clock)
    told = 0
    for number in range(1, 1001):
        clock.now += 0.001
        told += steps.is_due(number / 1000)
    assert 15 <= told <= 21
