"""A name that is printed to be typed again is one word of the shell."""

from __future__ import annotations

import os
import shlex

import pytest

from studio.cli.models import _typed


@pytest.mark.parametrize("name", ["tiny", "My Model", "qwen(1)", "a'b", "$HOME", "x;y", "Größe"])
def test_a_name_is_one_word(name: str) -> None:
    typed = _typed(name)
    if os.name == "nt":
        assert typed.strip('"') == name
    else:
        assert shlex.split(typed) == [name]


def test_a_plain_name_needs_no_quotes() -> None:
    assert _typed("SmolLM2-135M.Q4_1") == "SmolLM2-135M.Q4_1"
