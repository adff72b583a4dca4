"""What the terminal's grammar is made of: its parser, numbers within bounds, answers in JSON."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import NoReturn

from studio.cli.usage_words import in_words, refuse

Commands = argparse._SubParsersAction


class Parser(argparse.ArgumentParser):
    """Says what is wrong in a sentence, and what to do, instead of in argparse's own words."""

    def error(self, message: str) -> NoReturn:
        """End the program with status 2."""
        refuse(in_words(message, self.prog))


def add_json(command: argparse.ArgumentParser) -> None:
    """Let a command answer in JSON."""
    command.add_argument("--json", action="store_true", help="print one JSON object")


def add_force(command: argparse.ArgumentParser) -> None:
    """Let a command load a model whatever the machine has for it."""
    command.add_argument("--force", action="store_true", help="load a model that may not fit")


def add_best_of(command: argparse.ArgumentParser) -> None:
    """Let a command have several replies written."""
    command.add_argument(
        "--best-of",
        type=number(int, 2, 8),
        metavar="N",
        help="write N replies, 2 to 8, and keep the one that the others agree with most on show",
    )


def add_purge(verbs: Commands[Parser], thing: str) -> Parser:
    """Add the verb that deletes what is in a trash for good."""
    purge = verbs.add_parser("purge", help=f"delete a {thing} in the trash for good")
    name = "ID" if thing == "chat" else "NAME"
    purge.add_argument("name", nargs="?", metavar=name, help=f"a {thing} in the trash")
    purge.add_argument("--all", action="store_true", help="empty the trash")
    purge.add_argument("--yes", action="store_true", help="say that nothing need come back")
    return purge


def number(kind: type[int] | type[float], least: int, most: int) -> Callable[[str], float]:
    """Return a reader of numbers between two bounds, both included."""

    def read(text: str) -> float:
        try:
            value = kind(text)
        except ValueError as error:
            wanted = "whole number" if kind is int else "number"
            raise argparse.ArgumentTypeError(f"“{text}” is not a {wanted}") from error
        if not least <= value <= most:
            raise argparse.ArgumentTypeError(f"{text} is not between {least:,} and {most:,}")
        return value

    return read
