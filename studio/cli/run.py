"""Runs one command of the terminal: results on standard output, all else on standard error."""

from __future__ import annotations

import argparse
import logging
import sys
from collections.abc import Callable, Mapping
from typing import Any

from studio.assembly import Parts, open_parts
from studio.cli import chats, compare, doctor, given, models, preferences, presets, temporary
from studio.cli.endings import (
    NOT_READ,
    InterruptedByPersonError,
    RefusedError,
    heeding_signals,
    status_of,
    stop_writing,
)
from studio.cli.printing import Printable, tell, write_json
from studio.cli.steps import in_terminal
from studio.engine import offline
from studio.errors import StudioError, in_words

_COMMANDS: Mapping[str, Callable[[Parts, argparse.Namespace], Any]] = {
    "chat": temporary.run,
    "chats": chats.run,
    "compare": compare.run,
    "models": models.run,
    "presets": presets.run,
    "settings": preferences.run,
    "doctor": doctor.run,
}


def run(arguments: argparse.Namespace) -> int:
    """Run a command; return 0 on success, 1 when it could not be done."""
    log = logging.StreamHandler(sys.stderr)
    log.setFormatter(Printable("%(message)s"))
    logging.basicConfig(handlers=[log], level=logging.WARNING)
    offline.seal()
    try:
        with heeding_signals():
            given.check(arguments)
            result = _do(arguments)
            if arguments.json:
                write_json(result)
    except KeyboardInterrupt as interrupt:
        tell("Stopped.")
        return status_of(interrupt)
    except InterruptedByPersonError as interrupted:
        tell("Stopped. What had arrived is kept.")
        if arguments.json:
            write_json(interrupted.result)
        return interrupted.status
    except BrokenPipeError:
        stop_writing()
        return NOT_READ
    except Exception as error:  # noqa: BLE001 - the last door before the shell; a bug is printed whole
        return _refuse(in_words(error), arguments)
    return 0


def _do(arguments: argparse.Namespace) -> Any:
    try:
        parts = open_parts(arguments.home)
    except StudioError as error:
        if arguments.command != "doctor":
            raise
        return doctor.run_without_data(arguments, error)
    try:
        for notice in _notices(parts):
            tell(notice)
        return _COMMANDS[arguments.command](parts, arguments)
    finally:
        parts.close()


def _notices(parts: Parts) -> tuple[str, ...]:
    return (*parts.database.notices, *parts.settings.warnings, *parts.presets.warnings)


def _refuse(refusal: StudioError, arguments: argparse.Namespace) -> int:
    error = in_terminal(refusal)
    tell(str(error))
    if error.code == "program.bug":
        tell(error.details)
    if error.code == "output.not_written":
        stop_writing()
    elif arguments.json:
        beside = refusal.beside if isinstance(refusal, RefusedError) else {}
        write_json({"error": error.to_dict(), **beside})
    return 1
