"""Every migration is frozen prose with a test that names it."""

from __future__ import annotations

import ast
import importlib

from support.source_tree import ROOT, place, python_files, tree

from studio.storage.migrate import MigrationSet

MAY_IMPORT = {
    "__future__",
    "collections",
    "json",
    "typing",
    "sqlite_utils",
    "studio.storage.migrate",
}


def migration_files() -> list[str]:
    return [
        ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for path in python_files("studio")
        if path.name.endswith("migrations.py")
    ]


def test_every_migration_is_named_in_a_test() -> None:
    tests = "\n".join(path.read_text("utf-8") for path in python_files("tests"))
    steps = [
        step.__name__
        for name in migration_files()
        for found in vars(importlib.import_module(name)).values()
        if isinstance(found, MigrationSet)
        for step in found.steps
    ]
    untested = [step for step in steps if step not in tests]
    assert not untested, f"no test names these migrations: {untested}"
    assert len(steps) >= 2


def test_migrations_lean_on_nothing_that_changes() -> None:
    files = [path for path in python_files("studio") if path.name.endswith("migrations.py")]
    leaning = []
    for path in files:
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            else:
                continue
            leaning += [
                f"{place(path, node)}: {name}"
                for name in names
                if name not in MAY_IMPORT and name.split(".")[0] not in MAY_IMPORT
            ]
    assert not leaning, "\n".join(leaning)
    assert files
