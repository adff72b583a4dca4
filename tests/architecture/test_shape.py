"""Sizes, names and openings of every module: a part that has grown too big is told here."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from support.source_tree import CODE, ROOT, place, python_files, tree

MAX_FUNCTION, MAX_CLASS, MAX_FILE = 60, 200, 400
VAGUE = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "base"}


def lines(node: ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def functions() -> Iterator[tuple[Path, ast.FunctionDef | ast.AsyncFunctionDef]]:
    for path in python_files(*CODE):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield path, node


def test_functions_are_short() -> None:
    seen = list(functions())
    long = [
        f"{place(path, node)} {node.name}: {lines(node)} lines"
        for path, node in seen
        if lines(node) > MAX_FUNCTION
    ]
    assert not long, f"functions over {MAX_FUNCTION} lines:\n" + "\n".join(long)
    assert len(seen) > 400


def test_most_functions_are_very_short() -> None:
    sizes = sorted(lines(node) for path, node in functions() if "tests" not in path.parts)
    assert len(sizes) > 300
    assert sizes[len(sizes) // 2] <= 10, "the median function has more than 10 lines"
    assert sizes[len(sizes) * 9 // 10] <= 30, "one function in ten has more than 30 lines"


def test_classes_are_small() -> None:
    seen = [
        (path, node)
        for path in python_files(*CODE)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ClassDef)
    ]
    big = [
        f"{place(path, node)} {node.name}: {lines(node)} lines"
        for path, node in seen
        if lines(node) > MAX_CLASS
    ]
    assert not big, f"classes over {MAX_CLASS} lines:\n" + "\n".join(big)
    assert len(seen) > 100


def test_files_are_small() -> None:
    sizes = {path: len(path.read_text("utf-8").splitlines()) for path in python_files(*CODE)}
    big = [f"{place(path)}: {size} lines" for path, size in sizes.items() if size > MAX_FILE]
    assert not big, f"files over {MAX_FILE} lines:\n" + "\n".join(big)
    assert len(sizes) > 100


def test_every_module_says_what_it_is_for() -> None:
    seen = [path for path in python_files(*CODE) if path.name != "__init__.py"]
    silent = []
    for path in seen:
        opening = (ast.get_docstring(tree(path)) or "").split("\n\n", maxsplit=1)[0]
        if not opening.rstrip().endswith((".", ":", "?")):
            silent.append(place(path))
    assert not silent, "no opening sentence:\n" + "\n".join(silent)
    assert len(seen) > 100


def test_importing_one_module_loads_no_other() -> None:
    seen = python_files("studio")
    packages = [path for path in seen if path.name == "__init__.py"]
    filled = [place(path) for path in packages if path.read_text("utf-8").strip()]
    assert not filled, "__init__.py files are empty:\n" + "\n".join(filled)
    without = {path.parent for path in seen} - {path.parent for path in packages}
    assert not without, f"packages without __init__.py: {without}"
    assert len(packages) > 10


def test_folders_that_are_no_packages_stay_so() -> None:
    for folder in ("packaging", "models", "resources", "tests"):
        assert not list((ROOT / folder).rglob("__init__.py")), folder


def test_no_module_has_a_vague_name() -> None:
    seen = python_files(*CODE)
    vague = [place(path) for path in seen if VAGUE & {path.stem, path.parent.name}]
    assert not vague, "a part without a noun:\n" + "\n".join(vague)
    assert len(seen) > 100


def test_test_files_have_names_of_their_own() -> None:
    names = [path.name for path in python_files("tests") if path.name.startswith("test_")]
    twice = sorted({name for name in names if names.count(name) > 1})
    assert not twice, twice
    assert len(names) > 30
