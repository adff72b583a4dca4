"""What each of several replies does differently."""

from __future__ import annotations

import pytest

from studio.chat.prompt import Overrides
from studio.chat.several.several import VARIED, varied
from studio.engine.language import Sampling
from studio.errors import StudioError


def test_each_has_a_seed_of_its_own() -> None:
    seeds = {each.apply(Sampling()).seed for each in varied(8)}
    assert len(seeds) == 8
    assert None not in seeds


def test_seeds_go_on_from_the_one_that_is_given() -> None:
    assert [each.apply(Sampling(seed=7)).seed for each in varied(3)] == [7, 8, 9]
    last = 2**32 - 2
    given = varied(2, Overrides(seed=last))
    assert [each.apply(Sampling(seed=7)).seed for each in given] == [last, 0]


def test_a_temperature_of_0_is_raised_and_that_is_told() -> None:
    (one, _) = varied(2, Overrides(max_tokens=5))
    steady, lively = Sampling(temperature=0.0), Sampling(temperature=0.3)
    assert one.apply(steady).temperature == VARIED
    assert one.apply(steady).max_tokens == 5
    assert one.notes(steady) == (
        "At the temperature 0 all replies would be the same, so they are written at 0.7.",
    )
    assert one.apply(lively).temperature == 0.3
    assert one.notes(lively) == ()


@pytest.mark.parametrize("count", [1, 0, -1, 9])
def test_too_few_and_too_many_are_refused(count: int) -> None:
    with pytest.raises(StudioError) as refused:
        varied(count)
    assert refused.value.code == "several.count"
    assert refused.value.hint == "Ask for 2 to 8."
