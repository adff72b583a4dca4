"""Runs one command of the terminal: results on standard output, all else on standard error."""

from __future__ import annotations

import argparse
import logging
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from studio.assembly import Parts, open_parts
from studio.cli import (
    chats,
    compare,
    doctor,
    documents,
    given,
    models,
    preferences,
    presets,
    temporary,
)
from studio.cli.endings import (
    NOT_READ,
    InterruptedByPersonError,
    RefusedError,
    heeding_signals,
    status_of,
    stop_writing,
)
from studio.cli.printing import Printable, set_up, tell, write_json
from studio.cli.steps import in_terminal
from studio.engine import offline
from studio.errors import StudioError, in_words

_COMMANDS: Mapping[str, Callable[[Parts, argparse.Namespace], Any]] = {
    "chat": temporary.run,
    "chats": chats.run,
    "compare": compare.run,
    "documents": documents.run,
    "models": models.run,
    "presets": presets.run,
    "settings": preferences.run,
    "doctor": doctor.run,
}
_OF_CHATS = {"chat", "chats", "compare"}


def run(arguments: argparse.Namespace) -> int:
    """Run a command; return 0 on success, 1 when it could not be done."""
    set_up()
    log = logging.StreamHandler(sys.stderr)
    log.setFormatter(Printable("%(message)s"))
    logging.basicConfig(handlers=[log], level=logging.WARNING)
    offline.seal()
    try:
        return _run_to_its_end(arguments)
    except BrokenPipeError:
        stop_writing()
        return NOT_READ
    except StudioError as error:  # not even how it ended could be written
        tell(str(error))
        stop_writing()
        return 1


def _run_to_its_end(arguments: argparse.Namespace) -> int:
    told: list[str] = []
    try:
        with heeding_signals():
            given.check(arguments)
            result = _do(arguments, told)
            if arguments.json:
                write_json(_with_notices(result, arguments, told))
    except KeyboardInterrupt as interrupt:
        tell("Stopped.")
        return status_of(interrupt)
    except InterruptedByPersonError as interrupted:
        tell("Stopped. What had arrived is kept.")
        if arguments.json:
            write_json(_with_notices(interrupted.result, arguments, told))
        return interrupted.status
    except BrokenPipeError:
        raise
    except Exception as error:  # noqa: BLE001 - the last door before the shell; a bug is printed whole
        return _refuse(in_words(error), arguments, told)
    return 0


def _do(arguments: argparse.Namespace, told: list[str]) -> Any:
    """Run a command; ``told`` gets what is worth telling of the start."""
    try:
        parts = open_parts(arguments.home)
    except StudioError as error:
        if arguments.command != "doctor":
            raise
        return doctor.run_without_data(arguments, error)
    try:
        told += _notices(parts)
        for notice in told:
            tell(notice)
        return _COMMANDS[arguments.command](parts, arguments)
    finally:
        parts.close()


def _notices(parts: Parts) -> tuple[str, ...]:
    return (*parts.database.notices, *parts.settings.warnings, *parts.presets.warnings)


def _with_notices(result: Any, arguments: argparse.Namespace, told: Sequence[str]) -> Any:
    """Return a result of chatting with what was told at the start before its own notices.

    Such things, as that the database was put back from a backup, are told at one start only.
    """
    if arguments.command not in _OF_CHATS or not isinstance(result, dict):
        return result
    return {**result, "notices": [*told, *result.get("notices", ())]}


def _refuse(refusal: StudioError, arguments: argparse.Namespace, told: Sequence[str]) -> int:
    error = in_terminal(refusal)
    tell(str(error))
    if error.code == "program.bug":
        tell(error.details)
    if error.code == "output.not_written":
        stop_writing()
    elif arguments.json:
        beside = refusal.beside if isinstance(refusal, RefusedError) else {}
        result = {"error": error.to_dict(), **beside}
        write_json(_with_notices(result, arguments, told) if told else result)
    return 1
