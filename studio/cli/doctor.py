"""`studio doctor`: what works on this computer and what does not, in words."""

from __future__ import annotations

import argparse
import platform
import shutil
from collections.abc import Callable
from dataclasses import asdict, dataclass
from importlib import metadata, util
from pathlib import Path
from typing import Any, Literal

from studio import paths
from studio.assembly import Parts
from studio.cli.printing import write_lines
from studio.engine.host import Host
from studio.engine.starting import start_worker
from studio.errors import StudioError
from studio.library.hardware import Hardware, probe
from studio.library.offload import engine_folder, usable
from studio.paths import is_there
from studio.sizes import FILE_GB, MEMORY_GB, file_size, memory_free

_LEAST_DISK_BYTES = 2 * FILE_GB
_LIBRARIES = ("llama-cpp-python", "PySide6-Essentials", "sqlite-utils", "numpy")
_MARKS = {"good": "ok ", "limited": "-- ", "bad": "!! "}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: ``state`` is good, limited or bad."""

    name: str
    state: Literal["good", "limited", "bad"]
    words: str


def run(parts: Parts, arguments: argparse.Namespace) -> Any:
    """Examine this computer; return what ``--json`` prints."""
    engine = _engine(lambda: parts.broker.host("llm"))  # first: it knows which cards it can use
    machine = parts.hardware()
    return _told(
        arguments,
        _system(),
        _memory(machine),
        _graphics(machine),
        _disk(parts.paths.data),
        _data(parts),
        engine,
        *_libraries(),
        _models(parts),
        _documents(),
        _pictures(),
    )


def run_without_data(arguments: argparse.Namespace, problem: StudioError) -> Any:
    """Examine all else when the person's data cannot be opened: that is when it is asked for."""
    places = paths.find(arguments.home)
    host: Host | None = None

    def started() -> Host:
        nonlocal host
        host = start_worker("llm", places.logs)
        return host

    engine = _engine(started)
    machine = usable(probe(), host.versions if host else {}, engine_folder())
    if host is not None:
        host.stop()
    return _told(
        arguments,
        _system(),
        _memory(machine),
        _graphics(machine),
        _disk(places.data),
        Finding("Data", "bad", str(problem)),
        engine,
        *_libraries(),
        _documents(),
        _pictures(),
    )


def _told(arguments: argparse.Namespace, *findings: Finding) -> Any:
    if not arguments.json:
        write_lines(f"{_MARKS[each.state]} {each.name:<18} {each.words}" for each in findings)
    return {
        "healthy": all(finding.state != "bad" for finding in findings),
        "findings": [asdict(finding) for finding in findings],
    }


def _system() -> Finding:
    words = f"{platform.system()} {platform.release()}, Python {platform.python_version()}"
    return Finding("System", "good", words)


def _memory(machine: Hardware) -> Finding:
    words = (
        f"{machine.cpu_name}, {machine.cores_physical} cores; "
        f"{memory_free(machine.ram_available)} of {memory_free(machine.ram_total)} free"
    )
    return Finding(
        "Processor, memory", "good" if machine.ram_available > MEMORY_GB else "bad", words
    )


def _graphics(machine: Hardware) -> Finding:
    cards = machine.gpus
    if machine.unused_gpus:
        names = ", ".join(card.name for card in machine.unused_gpus)
        words = f"{names}: not used, since the engine installed here works on the processor."
        return Finding("Graphics card", "limited", words)
    if not cards:
        return Finding("Graphics card", "limited", "None found: models run on the processor.")
    words = "; ".join(
        f"{card.name}, {memory_free(card.memory_free)} of {memory_free(card.memory_total)} free"
        for card in cards
    )
    return Finding("Graphics card", "good", words)


def _disk(folder: Path) -> Finding:
    there = next((each for each in (folder, *folder.parents) if is_there(each)), folder)
    try:
        free = shutil.disk_usage(there).free
    except OSError as error:  # such as a disk that failed: that is when this is asked for
        words = f"{there} cannot be looked at: {error.strerror or error}. Check that its disk works"
        return Finding("Disk", "bad", f"{words} and that you may read it.")
    state: Literal["good", "bad"] = "good" if free > _LEAST_DISK_BYTES else "bad"
    return Finding("Disk", state, f"{file_size(free)} free for {folder}")


def _data(parts: Parts) -> Finding:
    try:
        problem = parts.database.damage()
        count = len(parts.conversations.list())
    except StudioError as error:
        return Finding("Data", "bad", str(error))
    if problem:
        step = "Close the program everywhere and start it again: it then mends what it can."
        return Finding("Data", "bad", f"The database is damaged: {problem}. {step}")
    backups = _counted(len(parts.database.backups()), "backup")
    words = f"Sound; {_counted(count, 'conversation')}, {backups}"
    aside = parts.database.set_aside()
    if not aside:
        return Finding("Data", "good", words)
    names = ", ".join(map(str, aside))
    kept = f"It was damaged before, and the damaged file is kept: {names}."
    step = "Delete it once you are sure that you miss nothing."
    return Finding("Data", "limited", f"{words}. {kept} {step}")


def _counted(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def _engine(start: Callable[[], Host]) -> Finding:
    try:
        host = start()
    except StudioError as error:
        return Finding("Language engine", "bad", str(error))
    versions = host.versions
    where = "graphics card and processor" if versions.get("gpu") == "yes" else "processor only"
    words = f"llama-cpp-python {versions.get('llama-cpp-python', '?')}, {where}"
    return Finding("Language engine", "good", words)


def _libraries() -> list[Finding]:
    findings = []
    for name in _LIBRARIES:
        try:
            findings.append(Finding(name, "good", metadata.version(name)))
        except metadata.PackageNotFoundError:
            findings.append(Finding(name, "bad", "Not installed. Run the set-up again."))
    return findings


def _models(parts: Parts) -> Finding:
    models = parts.shelf.list()
    damaged = [model.name for model in models if model.problem]
    if not models:
        return Finding("Models", "bad", "None yet. Get one: studio models get starter")
    if damaged:
        return Finding("Models", "limited", f"{len(models)}; damaged: {', '.join(damaged)}")
    return Finding("Models", "good", f"{len(models)}, all sound")


def _documents() -> Finding:
    return _later("Documents", "sentence_transformers")


def _pictures() -> Finding:
    return _later("Images", "diffusers")


def _later(name: str, library: str) -> Finding:
    there = "its library is here" if util.find_spec(library) else "its library is not installed"
    return Finding(name, "limited", f"Not part of this version yet; {there}.")
