"""Measures the budgets of the design and prints each figure with its budget beside it.

python packaging/bootstrap.py bench [window] [transcript] [streaming] [bad] [search] [resume] [chat]
    [indexing] [retrieval] [million] [messy]
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from benchmarks import (
    bad_messages,
    chat,
    indexing,
    messy,
    resume,
    retrieval,
    search,
    streaming,
    transcript,
    window,
)
from benchmarks.report import Figure, show
from studio import paths
from studio.errors import StudioError
from studio.library.starter import CHAT


def _starter() -> Path:
    return paths.find().shipped_models / CHAT.files[0].target


def main() -> int:
    """Run the named benchmarks, or all."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        known: dict[str, Callable[[], list[Figure]]] = {
            "window": lambda: window.measure(home / "window"),
            "transcript": transcript.measure,
            "streaming": streaming.measure,
            "bad": bad_messages.measure,
            "search": lambda: search.measure(home / "search"),
            "resume": lambda: resume.measure(_starter()),
            "chat": lambda: chat.measure(home / "chat"),
            "indexing": lambda: indexing.measure(home / "indexing"),
            "retrieval": lambda: retrieval.measure(home / "retrieval", (10_000, 100_000)),
            "million": lambda: retrieval.measure(home / "million", (1_000_000,)),
            "messy": lambda: messy.measure(home / "messy"),
        }
        names = sys.argv[1:] or list(known)
        if unknown := [name for name in names if name not in known]:
            sys.stderr.write(f"No benchmark is named {unknown[0]}; there are {', '.join(known)}.\n")
            return 2
        figures: list[Figure] = []
        try:
            for name in names:
                sys.stderr.write(f"Measuring {name} ...\n")
                figures += known[name]()
        except StudioError as error:
            sys.stderr.write(f"{error}\n")
            return 1
    if figures:  # none when all that was asked for has been skipped
        show(figures)
    return 0


if __name__ == "__main__":
    sys.exit(main())
