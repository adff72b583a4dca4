"""Each feature has its picture in light and in dark, and the manual shows all of them."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator

from support.source_tree import ROOT, tree

MANUAL = (ROOT / "docs" / "manual.md").read_text("utf-8")
README = (ROOT / "README.md").read_text("utf-8")
TAKEN = {file.name for file in (ROOT / "docs" / "pictures").glob("*.png")}
MODES = ("light", "dark")
SIGNAL = re.compile(r"^    (\w+) = Signal\((.*)\)$", re.MULTILINE)
SHOWN = re.compile(r"pictures/([a-z-]+)-(light|dark)\.png")


def test_what_the_manual_shows_is_there_in_both_looks() -> None:
    shown = {name for name, _mode in SHOWN.findall(MANUAL + README)}
    missing = {f"{name}-{mode}.png" for name in shown for mode in MODES} - TAKEN
    assert not missing
    assert len(shown) > 30


def test_the_manual_shows_each_picture_in_the_look_of_its_reader() -> None:
    found = SHOWN.findall(MANUAL)
    assert {name for name, mode in found if mode == "light"} == {
        name for name, mode in found if mode == "dark"
    }


def test_every_picture_is_shown_somewhere() -> None:
    shown = {f"{name}-{mode}.png" for name, mode in SHOWN.findall(MANUAL)}
    shown |= {f"{name}-{mode}.png" for name, _ in SHOWN.findall(README) for mode in MODES}
    assert not TAKEN - shown


def test_the_scenes_send_what_the_programs_signals_carry() -> None:
    """A type checker does not look into ``emit``, and no test takes the pictures."""
    carried = defaultdict(set)
    for file in (ROOT / "studio" / "ui").rglob("*.py"):
        for name, kinds in SIGNAL.findall(file.read_text("utf-8")):
            carried[name].add(len(kinds.split(",")) if kinds else 0)
    scenes = [*(ROOT / "packaging").glob("picture_*.py"), ROOT / "packaging" / "photographer.py"]
    sent = [found for file in scenes for found in emitted(tree(file))]
    assert [(name, number) for name, number in sent if number not in carried[name]] == []
    assert len(sent) >= 3


def emitted(module: ast.AST) -> Iterator[tuple[str, int]]:
    """Yield the name of each signal that is emitted, with the number of what it is given."""
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            signal = node.func.value
            if node.func.attr == "emit" and isinstance(signal, ast.Attribute):
                yield signal.attr, len(node.args)
