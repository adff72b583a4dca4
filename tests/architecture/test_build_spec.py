"""The recipe of the one-folder program names every worker that the program can start."""

from __future__ import annotations

import re

from support.source_tree import ROOT

SPEC = (ROOT / "build.spec").read_text(encoding="utf-8")


def worker_modules() -> set[str]:
    """Return the workers: modules of ``studio.workers`` that can be started by name."""
    return {
        f"studio.workers.{path.stem}"
        for path in (ROOT / "studio" / "workers").glob("*.py")
        if "\ndef main(" in path.read_text(encoding="utf-8")
    }


def test_the_recipe_lists_every_worker() -> None:
    workers = worker_modules()
    listed = set(re.findall(r'"(studio\.workers\.\w+)"', SPEC))
    assert listed == workers
    assert workers


def test_every_listed_worker_can_be_started_by_its_name() -> None:
    program = (ROOT / "studio" / "__main__.py").read_text(encoding="utf-8")
    for worker in worker_modules():
        assert f'"{worker.rpartition(".")[2]}"' in program, worker


def test_the_recipe_leaves_the_large_libraries_out() -> None:
    for library in ("torch", "transformers", "diffusers", "faiss", "PySide6.QtQml"):
        assert f'"{library}"' in SPEC
    assert "upx=True" not in SPEC
