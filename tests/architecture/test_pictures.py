"""Each feature has its picture in light and in dark, and the manual shows all of them."""

from __future__ import annotations

import re

from support.source_tree import ROOT

MANUAL = (ROOT / "docs" / "manual.md").read_text("utf-8")
README = (ROOT / "README.md").read_text("utf-8")
TAKEN = {file.name for file in (ROOT / "docs" / "pictures").glob("*.png")}
MODES = ("light", "dark")
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
