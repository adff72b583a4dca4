"""Runs one command of the terminal: results on standard output, all else on standard error."""

from __future__ import annotations

import argparse
import json
import logging
import sys
import traceback
from collections.abc import Callable, Mapping
from typing import Any

from studio.assembly import Parts, open_parts
from studio.cli import chat, doctor, models, preferences
from studio.engine import offline
from studio.errors import StudioError

_COMMANDS: Mapping[str, Callable[[Parts, argparse.Namespace], Any]] = {
    "chat": chat.run,
    "models": models.run,
    "settings": preferences.run,
    "doctor": doctor.run,
}


def run(arguments: argparse.Namespace) -> int:
    """Run a command; return 0 on success, 1 when it could not be done."""
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="%(message)s")
    offline.seal()
    try:
        parts = open_parts(arguments.home)
        try:
            for notice in (*parts.database.notices, *parts.settings.warnings):
                tell(notice)
            result = _COMMANDS[arguments.command](parts, arguments)
        finally:
            parts.close()
    except StudioError as error:
        return _refuse(error, arguments)
    except KeyboardInterrupt:
        return 130
    except Exception:  # noqa: BLE001 - the last door before the shell; the report is printed whole
        return _refuse(_bug(), arguments)
    if arguments.json:
        sys.stdout.write(json.dumps(result, ensure_ascii=False) + "\n")
    return 0


def tell(sentence: str) -> None:
    """Say something to the person that is not the result."""
    sys.stderr.write(sentence + "\n")
    sys.stderr.flush()


def _refuse(error: StudioError, arguments: argparse.Namespace) -> int:
    tell(str(error))
    if error.code == "program.bug":
        tell(error.details)
    if arguments.json:
        sys.stdout.write(json.dumps({"error": error.to_dict()}, ensure_ascii=False) + "\n")
    return 1


def _bug() -> StudioError:
    return StudioError(
        "program.bug",
        "Something went wrong inside the program.",
        "This is a fault of ours. Please report what follows.",
        traceback.format_exc(),
    )
