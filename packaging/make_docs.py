"""Writes the generated sections of docs/manual.md: ``python packaging/make_docs.py``.

The settings come from ``studio.settings`` and the commands from ``studio.cli.arguments``, so that
the manual cannot drift from the program. A section stands between two markers; what is outside
them is written by people and left alone.
"""

from __future__ import annotations

import argparse
import itertools
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from studio.cli.arguments import parser
from studio.setting import Setting
from studio.settings import SETTINGS

MANUAL = Path(__file__).resolve().parent.parent / "docs" / "manual.md"


def render(manual: str) -> str:
    """Return the manual with its generated sections as they should be.

    Raises:
        ValueError: a section's markers are not there exactly once.
    """
    for name, section in (("settings", _settings()), ("commands", _commands())):
        begin, end = f"<!-- begin {name} -->", f"<!-- end {name} -->"
        if manual.count(begin) != 1 or manual.count(end) != 1:
            raise ValueError(f"the markers of “{name}” must be in the manual once")
        before, rest = manual.split(begin)
        manual = f"{before}{begin}\n\n{section}\n{end}{rest.split(end)[1]}"
    return manual


def main() -> int:
    """Bring the manual up to date."""
    MANUAL.write_text(render(MANUAL.read_text(encoding="utf-8")), encoding="utf-8")
    return 0


def _settings() -> str:
    return "\n".join(
        f"### {category}\n\n" + "".join(map(_setting, settings))
        for category, settings in itertools.groupby(SETTINGS, lambda setting: setting.category)
    )


def _setting(setting: Setting) -> str:
    default = setting.show(setting.default)
    facts = [f"takes {setting.allowed()}", f"by default {f'`{default}`' if default else 'empty'}"]
    facts += ["felt at the next start"] if setting.needs_restart else []
    technical = f" ({setting.technical})" if setting.technical else ""
    return (
        f"- **{setting.title}**{technical} — `{setting.name}`\n"
        f"  {setting.help}\n"
        f"  It {'; '.join(facts)}.\n"
    )


def _commands() -> str:
    return "\n".join(_command(command) for command in _all(parser()))


def _all(command: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    yield command
    for action in command._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, inner in action.choices.items():
                inner.description = inner.description or _help(action, name)
                yield from _all(inner)


def _help(action: argparse._SubParsersAction[argparse.ArgumentParser], name: str) -> str:
    told = (choice.help or "" for choice in action._choices_actions if choice.dest == name)
    return next(told, "")


def _command(command: argparse.ArgumentParser) -> str:
    words = re.sub(r"\[[^]]*\] ?", "", command.prog).strip()
    lines = []
    for action in command._actions:
        if isinstance(action, argparse._HelpAction | argparse._SubParsersAction):
            continue
        shown = action.metavar if isinstance(action.metavar, str) else ""
        name = " ".join(filter(None, [", ".join(action.option_strings), shown]))
        lines.append(f"- `{name}` — {action.help}\n")
    text = f"### {words}\n\n{_sentence(command.description or '')}\n"
    return f"{text}\n{''.join(lines)}" if lines else text


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:].rstrip(".") + "."


if __name__ == "__main__":
    sys.exit(main())
