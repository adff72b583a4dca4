"""The window never waits: no event pump, no sleep and no bare thread in ``studio.ui``."""

from __future__ import annotations

import ast

from support.source_tree import place, python_files, tree

CALLS = {"processEvents", "sleep", "msleep", "usleep", "waitForFinished", "waitForReadyRead"}
MODULES = {"threading", "subprocess", "concurrent", "multiprocessing", "asyncio", "socket"}
CLASSES = {"QThread", "QEventLoop"}


def complaints(node: ast.AST) -> str:
    if isinstance(node, ast.Attribute | ast.Name):
        name = node.attr if isinstance(node, ast.Attribute) else node.id
        return name if name in CALLS | CLASSES else ""
    if isinstance(node, ast.Import):
        names = {alias.name.split(".")[0] for alias in node.names}
    elif isinstance(node, ast.ImportFrom):
        names = {(node.module or "").split(".")[0], *(alias.name for alias in node.names)}
    else:
        return ""
    return ", ".join(sorted(names & (MODULES | CALLS | CLASSES)))


def test_the_window_waits_for_nothing() -> None:
    files = python_files("studio/ui")
    found = [
        f"{place(path, node)}: {complaint}"
        for path in files
        for node in ast.walk(tree(path))
        if isinstance(node, ast.expr | ast.stmt) and (complaint := complaints(node))
    ]
    assert not found, "\n".join(found)
    assert len(files) > 20
