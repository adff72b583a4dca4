"""Keeps the translations in step with the program: collects its texts, and compiles what is there.

The work is done by Qt's own ``lupdate`` and ``lrelease``; ``resources/translations/*.ts`` are
edited by hand or with Qt Linguist.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from environment import ROOT, python, remember, remembers, run_logged

FOLDER = ROOT / "resources" / "translations"
_SOURCES = ROOT / "studio"


def compile_changed() -> None:
    """Make the ``.qm`` files that the window reads, if a translation has changed."""
    if not remembers("translations", _facts()):
        _compile()


def collect() -> None:
    """Take new texts of the program into every translation, drop those that are gone, compile."""
    every = sorted(str(path) for path in _SOURCES.rglob("*.py"))
    options = ["-silent", "-no-obsolete", "-sort-messages", "-locations", "none"]
    options += ["-tr-function-alias", "tr+=mark"]
    for target in _texts():
        command = [_tool("lupdate"), *options, *every, "-ts", str(target)]
        run_logged(command, f"Collecting the texts for {target.name}")
    _compile()


def _compile() -> None:
    for source in _texts():
        compiled = str(source.with_suffix(".qm"))
        run_logged([_tool("lrelease"), str(source), "-qm", compiled], f"Compiling {source.name}")
    remember("translations", _facts())


def _texts() -> Sequence[Path]:
    return sorted(FOLDER.glob("*.ts"))


def _tool(name: str) -> str:
    return str(next(Path(python()).parent.glob(f"pyside6-{name}*")))


def _facts() -> list[list[object]]:
    files = sorted([*FOLDER.glob("*.ts"), *FOLDER.glob("*.qm")])
    return [[file.name, file.stat().st_size, file.stat().st_mtime_ns] for file in files]
