"""What is wrong with a command line, in a sentence with the next step."""

from __future__ import annotations

import argparse
import re
import sys
from typing import NoReturn

COMMAND, VERB = "COMMAND", "VERB"


def refuse(sentence: str) -> NoReturn:
    """End the program with status 2."""
    sys.stderr.write(f"{sentence}\n")
    sys.exit(2)


def in_words(message: str, program: str) -> str:
    """Return argparse's refusal in words, with the next step."""
    see = f"See {program} --help."
    if found := re.search(
        r"^argument (.*?): invalid choice: '(.*?)' \(choose from (.*)\)", message
    ):
        import difflib  # for a mistake alone

        argument, given, choices = found.groups()
        known = re.findall(r"\w+", choices)
        near = difflib.get_close_matches(given, known, n=1)
        meant = f"Did you mean {near[0]}?" if near else f"Choose one of: {', '.join(known)}."
        if argument in (COMMAND, VERB):
            return f"There is no command “{given}”. {meant}"
        return f"{argument} cannot be “{given}”. {meant}"
    if message.startswith("the following arguments are required: "):
        return f"Something is missing: {message.partition(': ')[2]}. {see}"
    return f"{message.removeprefix('argument ')}. {see}"


def too_much(rest: list[str], parsed: argparse.Namespace) -> str:
    """Return what is wrong with arguments that no command takes, with the next step."""
    verb = getattr(parsed, "verb", None)
    program = " ".join(filter(None, ["studio", parsed.command, verb]))
    if rest[0].startswith("-"):
        return f"There is no option {rest[0]}. See {program} --help."
    too_much = f"“{' '.join(rest)}” is too much."
    if parsed.command == "chat":
        return f'{too_much} Put a message in quotes: studio chat "hello world"'
    return f"{too_much} Put what has spaces in it in quotes. See {program} --help."
