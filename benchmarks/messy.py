"""How many known sentences are found in real, untidy files, each on its right page.

The files are not part of the project. The variable ``STUDIO_EVAL`` names the folder that has them
in ``messy``: ``files``, and ``facts.jsonl`` with a ``{"file", "must_contain", "page"?, "needs"?}``
on each line. White space, case, quotes, dashes and the signs of Markdown do not count.
"""

from __future__ import annotations

import json
import os
import re
import sys
import time
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from benchmarks.report import Figure
from studio.documents.extracting import Extractor
from studio.documents.values import Extracted
from studio.engine.extraction import WORKER
from studio.engine.host import Host
from studio.errors import StudioError

FOLDER = "STUDIO_EVAL"
_SHARE = 66 / 68
_QUOTES, _DASHES = r"\"'`\u00b4\u2018-\u201f\u00ab\u00bb\u2039\u203a", r"\-\u2010-\u2015\u2212"
_NOT_COUNTED = re.compile(rf"[\s{_QUOTES}{_DASHES}*_#|>~\\]+")


@dataclass(frozen=True, slots=True)
class Fact:
    """A sentence that stands in a file; ``page`` is 0 where the file has no pages."""

    file: str
    text: str
    page: int
    needs: str


def measure(home: Path) -> list[Figure]:
    """Return the figures, and tell each fact that is not found; nothing where there are no files.

    Args:
        home: receives the worker's log.
    """
    told = os.environ.get(FOLDER, "")
    folder = Path(told) / "messy"
    if not told or not folder.is_dir():
        sys.stderr.write(f"Skipped: {FOLDER} names no folder with the files of this benchmark.\n")
        return []
    facts = read_facts(folder / "facts.jsonl")
    began = time.perf_counter()
    missed = [fact for fact, is_found in looked_for(folder / "files", facts, home) if not is_found]
    seconds = time.perf_counter() - began
    for fact in missed:
        sys.stderr.write(f"not found: {fact.file} (page {fact.page or '-'}): {fact.text}\n")
    found = len(facts) - len(missed)
    return [
        Figure(
            "facts found in untidy files",
            f"{found} of {len(facts)}",
            f"≥ {_SHARE:.2f}",
            found >= _SHARE * len(facts),
            f"{len({fact.file for fact in facts})} files in {seconds:.0f} s",
        )
    ]


def read_facts(file: Path) -> list[Fact]:
    """Return the facts of a file of them."""
    lines = map(json.loads, file.read_text("utf-8").splitlines())
    return [
        Fact(line["file"], line["must_contain"], line.get("page", 0), line.get("needs", ""))
        for line in lines
    ]


def looked_for(folder: Path, facts: list[Fact], home: Path) -> list[tuple[Fact, bool]]:
    """Return for each fact whether its file, read by the worker, has it on its page."""
    extractor = Extractor(lambda: _started(home))
    try:
        read = {
            (fact.file, fact.needs): _read(extractor, folder / fact.file, fact.needs)
            for fact in facts
        }
    finally:
        extractor.close()
    return [(fact, has(read[fact.file, fact.needs], fact)) for fact in facts]


def has(document: Extracted | None, fact: Fact) -> bool:
    """Tell whether a document has a fact, on its page where one is named."""
    if document is None:
        return False
    pages = [page for page in document.pages if fact.page in (0, page.number)]
    return any(counted(fact.text) in counted(page.text) for page in pages)


def counted(text: str) -> str:
    """Return of a text what counts."""
    return _NOT_COUNTED.sub("", unicodedata.normalize("NFKC", text).casefold())


def _started(home: Path) -> Host:
    host = Host(WORKER, home / "extraction.log")
    host.start()
    return host


def _read(extractor: Extractor, file: Path, needs: str) -> Extracted | None:
    kind, _, value = needs.partition("=")
    try:
        return extractor.extract(file, password=value if kind == "password" else "")
    except StudioError as error:
        sys.stderr.write(f"{file.name}: {error.code}: {error}\n")
        return None
