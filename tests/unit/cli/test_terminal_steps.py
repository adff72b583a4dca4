"""A next step in the terminal names what is there, and no part of the window."""

from __future__ import annotations

from pathlib import Path

import pytest

import studio
from studio.cli.steps import WORDS, in_terminal, worded
from studio.errors import StudioError
from studio.prompting.shapes.in_force import check


def test_what_is_reworded_is_what_the_program_says() -> None:
    folder = Path(studio.__file__).parent
    said = "".join(
        path.read_text("utf-8").replace('"\n', "").replace("  ", "").replace('"', "")
        for room in ("chat", "engine", "library", "prompting")
        for path in (folder / room).rglob("*.py")
    )
    assert len(WORDS) > 5
    assert [each for each in WORDS if each not in said] == []


def test_a_shape_is_corrected_with_options() -> None:
    with pytest.raises(StudioError) as caught:
        check("json_schema", "{").refuse("JSON schema")
    assert in_terminal(caught.value).hint == (
        "Correct it and give it again with --schema or --grammar, or add --free-text."
    )


def test_all_else_stays() -> None:
    assert worded("Send again.") == "Send again."
