"""Runs one command of the terminal: results on standard output, all else on standard error."""

from __future__ import annotations

import argparse
import json
import logging
import sys
from collections.abc import Callable, Mapping
from typing import Any

from studio.assembly import Parts, open_parts
from studio.cli import chat, chats, doctor, models, preferences, presets
from studio.engine import offline
from studio.errors import StudioError, in_words

_COMMANDS: Mapping[str, Callable[[Parts, argparse.Namespace], Any]] = {
    "chat": chat.run,
    "chats": chats.run,
    "models": models.run,
    "presets": presets.run,
    "settings": preferences.run,
    "doctor": doctor.run,
}


# How the next step of an error is taken here, where there are no pages and buttons.
_STEPS = {
    "memory.would_not_fit": "To load it anyway, add --force.",
    "model.none_here": "Here: studio models get starter, or studio models add FILE.",
    "model.unknown": "Here: studio models list, or studio models add FILE.",
    "conversation.unknown": "Without --conversation a new one begins.",
    "worker.never_started": "studio doctor names what is missing.",
}


def run(arguments: argparse.Namespace) -> int:
    """Run a command; return 0 on success, 1 when it could not be done."""
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="%(message)s")
    offline.seal()
    try:
        parts = open_parts(arguments.home)
        try:
            for notice in _notices(parts):
                tell(notice)
            result = _COMMANDS[arguments.command](parts, arguments)
        finally:
            parts.close()
    except KeyboardInterrupt:
        return 130
    except Exception as error:  # noqa: BLE001 - the last door before the shell; a bug is printed whole
        return _refuse(in_words(error), arguments)
    if arguments.json:
        sys.stdout.write(json.dumps(result, ensure_ascii=False) + "\n")
    return 0


def _notices(parts: Parts) -> tuple[str, ...]:
    return (*parts.database.notices, *parts.settings.warnings, *parts.presets.warnings)


def tell(sentence: str) -> None:
    """Say something to the person that is not the result."""
    sys.stderr.write(sentence + "\n")
    sys.stderr.flush()


def _refuse(error: StudioError, arguments: argparse.Namespace) -> int:
    tell(" ".join(filter(None, (str(error), _STEPS.get(error.code)))))
    if error.code == "program.bug":
        tell(error.details)
    if arguments.json:
        sys.stdout.write(json.dumps({"error": error.to_dict()}, ensure_ascii=False) + "\n")
    return 1
