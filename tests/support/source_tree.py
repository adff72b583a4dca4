"""The project's own files, for tests that hold rules over them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CODE = ("studio", "packaging", "benchmarks", "tests")
_TEXT = {
    ".py", ".md", ".toml", ".txt", ".json", ".qss", ".svg", ".spec", ".jinja", ".yml", ".yaml", ""
}  # fmt: skip
_NOT_OURS = {".venv", ".git", "build", "dist", "models", "__pycache__"}


def python_files(*folders: str) -> list[Path]:
    """Return the Python files below these folders of the project, sorted."""
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def text_files() -> Iterator[Path]:
    """Yield every file that people wrote: code, documents, settings, resources."""
    for path in sorted(ROOT.rglob("*")):
        parts = path.relative_to(ROOT).parts
        ours = not (_NOT_OURS & {*parts}) and not any(
            part.endswith((".egg-info", "_cache")) or part == ".hypothesis" for part in parts
        )
        if ours and path.is_file() and path.suffix in _TEXT:
            yield path


def tree(path: Path) -> ast.Module:
    """Return the syntax tree of a Python file."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def place(path: Path, node: ast.expr | ast.stmt | None = None) -> str:
    """Return where something is, as editors understand it: ``studio/cli.py:12``."""
    line = f":{node.lineno}" if node else ""
    return f"{path.relative_to(ROOT).as_posix()}{line}"
