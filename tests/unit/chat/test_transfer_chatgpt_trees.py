"""However the nodes of ChatGPT's export hang together, they become a tree."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.chatgpt_export import chat, imported, node, shown

from studio.chat.transfer.archive import branch
from studio.chat.transfer.report import LOOSE, UNREADABLE


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "conversations.json"


def test_damaged_trees_are_mended(path: Path) -> None:
    nodes = {
        "loop1": node("loop2", "user", "round"),
        "loop2": node("loop1", "assistant", "and round"),
        "self": node("self", "user", "me"),
        "orphan": node("nobody", "user", "lost"),
        "late": node("early", "assistant", "after"),
        "early": node(None, "user", "before"),
        "bad\nid": node("early", "assistant", "odd"),
        "claimed": node(None, "assistant", "child") | {"parent": 7},
        "nothing": {},
        "list": [],
        "odd": {"message": "text", "parent": {}, "children": "x"},
    }
    made = chat({key: value for key, value in nodes.items() if isinstance(value, dict)}, "gone")
    made["mapping"]["early"]["children"] += ["claimed", "early", "nobody", 5]
    made["mapping"]["list"] = []
    (found,), report = imported(path, made)
    by_text = {each.content: each for each in found.messages}
    assert by_text["after"].parent_id == by_text["child"].parent_id == "early"
    assert by_text["lost"].parent_id is None
    assert by_text["me"].parent_id is None
    assert {by_text["round"].parent_id, by_text["and round"].parent_id} & {None}
    assert len({each.id for each in found.messages}) == len(found.messages) == 8
    assert found.leaf_id in {each.id for each in found.messages}
    assert dict(report.left_out) == {LOOSE: 3, UNREADABLE: 1}  # a circle, itself, nobody


def test_a_node_without_a_name_is_one_like_others(path: Path) -> None:
    nodes = {
        "": node(None, "user", "Why?"),
        "a": node("", "assistant", "Because."),
        "b": node("a", "assistant", "And so on."),
    }
    (found,), report = imported(path, chat(nodes, "b"))
    assert [each.content for each in branch(found)] == ["Why?", "Because.\n\nAnd so on."]
    assert not report.left_out
    (found,), _ = imported(path, chat({"": node(None, "user", "Why?")}))
    assert [each.content for each in branch(found)] == ["Why?"]


def test_a_reply_of_many_messages_is_one(path: Path) -> None:
    size = 4_000
    nodes = {"q": node(None, "user", "Go on.")}
    for number in range(size):
        above = f"n{number - 1}" if number else "q"
        nodes[f"n{number}"] = node(above, "assistant", f"part {number}")
    reply = shown(path, nodes)[-1]
    assert reply.content == "\n\n".join(f"part {number}" for number in range(size))


@pytest.mark.parametrize("count", [1, 2])
def test_places_whose_parent_is_missing_are_counted(path: Path, count: int) -> None:
    nodes = {"q": node(None, "user", "Hi")}
    nodes |= {f"lost{n}": node("nobody", "user", f"lost {n}") for n in range(count)}
    (found,), report = imported(path, chat(nodes, "q"))
    assert [each.parent_id for each in found.messages] == [None] * (count + 1)
    assert dict(report.left_out) == {LOOSE: count}
