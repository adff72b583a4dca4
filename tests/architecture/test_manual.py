"""The manual says what the program has: every setting, every command and every option."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

import make_docs
import pytest

from studio.cli.arguments import parser
from studio.settings import SETTINGS

TEXT = make_docs.MANUAL.read_text(encoding="utf-8")


def commands(of: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    yield of
    for action in of._actions:
        if isinstance(action, argparse._SubParsersAction):
            for inner in action.choices.values():
                yield from commands(inner)


def test_the_generated_sections_are_current() -> None:
    assert make_docs.render(TEXT) == TEXT, "run: .venv/bin/python packaging/make_docs.py"


def test_every_setting_is_in_the_manual() -> None:
    missing = [setting.name for setting in SETTINGS if f"`{setting.name}`" not in TEXT]
    assert not missing
    assert len(SETTINGS) >= 12


def test_every_command_and_option_is_in_the_manual() -> None:
    seen = list(commands(parser()))
    for command in seen:
        assert f"### {command.prog.split(' [', maxsplit=1)[0]}" in TEXT, command.prog
    options = {
        option
        for command in seen
        for action in command._actions
        for option in action.option_strings
        if option.startswith("--") and option != "--help"
    }
    missing = [option for option in options if f"`{option}" not in TEXT]
    assert not missing
    assert len(seen) >= 8
    assert len(options) >= 10


def test_every_command_and_option_has_help() -> None:
    for command in commands(parser()):
        for action in command._actions:
            assert action.help or isinstance(action, argparse._SubParsersAction), command.prog


def test_a_manual_without_markers_is_refused() -> None:
    with pytest.raises(ValueError, match="the markers of “settings”"):
        make_docs.render(TEXT.replace("<!-- begin settings -->", ""))
