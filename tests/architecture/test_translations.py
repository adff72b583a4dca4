"""Every text of the program is written so that it can be translated, and is translated."""

from __future__ import annotations

import ast
import string
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

import pytest
from support.source_tree import ROOT, place, python_files, tree

TRANSLATIONS = sorted((ROOT / "resources" / "translations").glob("*.ts"))


class Text(NamedTuple):
    """A text as the translators see it; ``many`` is empty where there is no number."""

    one: str
    many: str


class Call(NamedTuple):
    """A call of ``tr`` or ``mark`` and where it stands."""

    place: str
    node: ast.Call
    name: str


TREES = {path: tree(path) for path in python_files("studio")}


def _calls() -> Iterator[Call]:
    for path, whole in TREES.items():
        if path == ROOT / "studio" / "translation.py":
            continue
        for node in ast.walk(whole):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            if node.func.id in ("tr", "mark"):
                yield Call(place(path, node), node, node.func.id)


CALLS = tuple(_calls())


def literal(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def text_of(call: Call) -> Text | None:
    """Return the text that is written out in a call; ``None`` where it is a marked one's name."""
    given = [literal(argument) for argument in call.node.args[:2]]
    if not given or given[0] is None:
        return None
    return Text(given[0], (given[1] or "") if len(given) > 1 else "")


def places_in(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_texts_are_written_out_and_their_facts_have_places() -> None:
    for call in CALLS:
        check(call)


def check(call: Call) -> None:
    text, first = text_of(call), call.node.args[0]
    if text is None:
        assert call.name == "tr", f"{call.place}: what is marked is written out"
        assert isinstance(first, ast.Name | ast.Attribute | ast.Subscript | ast.Call), (
            f"{call.place}: no f-string, sum or choice, since they cannot be collected"
        )
        return
    facts = {keyword.arg for keyword in call.node.keywords}
    if call.name == "tr" and (facts or text.many):
        assert all(places_in(each) == facts for each in (text.one, text.many) if each), call.place
    if len(call.node.args) > 2:
        assert text.many, call.place


def test_no_text_stands_within_an_f_string() -> None:
    """Which ``lupdate`` does not look into."""
    written = {id(call.node): call for call in CALLS if text_of(call) is not None}
    for whole in TREES.values():
        outer = [node for node in ast.walk(whole) if isinstance(node, ast.JoinedStr)]
        within = {id(node) for each in outer for node in ast.walk(each)}
        found = [written[key].place for key in within & written.keys()]
        assert found == []


def collected() -> set[Text]:
    return {text for call in CALLS if (text := text_of(call)) is not None}


@pytest.mark.parametrize("path", TRANSLATIONS, ids=lambda path: path.stem)
def test_a_translation_has_every_text_and_no_other(path: Path) -> None:
    messages = ElementTree.parse(path).iter("message")
    there = {
        Text(message.findtext("source", ""), message.findtext("comment", ""))
        for message in messages
    }
    assert there == collected(), "run `bootstrap.py translate`, and translate what is new"


@pytest.mark.parametrize("path", TRANSLATIONS, ids=lambda path: path.stem)
def test_a_translation_is_finished_and_keeps_the_places(path: Path) -> None:
    for message in ElementTree.parse(path).iter("message"):
        source = message.findtext("source", "")
        translation = message.find("translation")
        assert translation is not None
        forms = [form.text or "" for form in translation.iter("numerusform")]
        if message.get("numerus") != "yes":
            forms = [translation.text or ""]
        assert translation.get("type") is None, f"unfinished: {source}"
        assert all(form.strip() for form in forms), f"empty: {source}"
        for form in forms:
            assert places_in(form) == places_in(source), source
            assert form.endswith(" ") == source.endswith(" "), source
