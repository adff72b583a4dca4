"""Remembers what each embedder can do in each language, tested when a question first needs it."""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from studio.documents.embedder import Embedder
from studio.documents.retrieve import skills
from studio.documents.retrieve.skills import Skill
from studio.documents.text.scripts import script_of
from studio.paths import make_private_folder, write_private

if TYPE_CHECKING:
    from studio.documents.retrieve.skills import Vectors

_log = logging.getLogger(__name__)


class Skills:
    """The figures of embedders, kept in a file for each. May be used from any thread.

    Args:
        tests: the folder of the pairs that embedders are tested with.
        folder: of the files.
    """

    def __init__(self, embedder: Embedder, tests: Path, folder: Path) -> None:
        self._embedder = embedder
        self._tests = tests
        self._folder = folder
        self._lock = threading.Lock()
        self._known: dict[str, dict[str, Skill]] = {}

    def weight(self, identity: str, path: Path, language: str) -> float:
        """Return how much an embedder's vote counts in a language, 0 to 0.5.

        Args:
            identity: of the embedder; ``path`` is where it is.
            language: ISO 639-1; ``""`` if unknown.

        Raises:
            StudioError: the embedder cannot be loaded.
        """
        with self._lock:
            known = self._known.setdefault(identity, self._read(identity))
            wanted = [each for each in self._needed(language) if each not in known]
            for each in wanted:
                known[each] = self._test(path, each)
            if wanted:
                self._write(identity, known)
            return skills.weight_in(known, language)

    def _needed(self, language: str) -> list[str]:
        """Return the languages whose figures decide: itself, or those of its script."""
        tested = skills.languages(self._tests)
        if not language or language in tested:
            return [language] if language else []
        return [each for each in tested if script_of(each) == script_of(language)]

    def _test(self, path: Path, language: str) -> Skill:
        def embed(texts: Sequence[str], kind: Literal["query", "passage"]) -> Vectors:
            vectors = self._embedder.embed(path, texts, kind=kind)
            if vectors is None:
                raise RuntimeError("a test that nobody stopped was stopped")
            return vectors

        return skills.skill(embed, skills.read_pairs(self._tests, language))

    def _read(self, identity: str) -> dict[str, Skill]:
        """Return what was found before; a file that says nothing is as good as none."""
        try:
            stored = json.loads(self._file(identity).read_text("utf-8"))
            return {language: Skill(**figures) for language, figures in stored.items()}
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, TypeError, AttributeError) as error:
            _log.warning("an embedder is tested again: %s", error)
            return {}

    def _write(self, identity: str, known: dict[str, Skill]) -> None:
        stored = {language: asdict(figures) for language, figures in known.items()}
        try:
            make_private_folder(self._folder)
            write_private(self._file(identity), json.dumps(stored).encode())
        except OSError as error:  # the next start tests again, which takes a second
            _log.warning("the test of an embedder was not kept: %s", error)

    def _file(self, identity: str) -> Path:
        return self._folder / f"skills-{identity[:32]}.json"
