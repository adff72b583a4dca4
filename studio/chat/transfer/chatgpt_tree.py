"""Makes a tree of messages of the nodes in ChatGPT's export, however they hang together.

Nothing here calls itself: a conversation may be a hundred thousand nodes long.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from studio.chat.transfer.archive import ArchivedMessage, whole_characters
from studio.chat.transfer.chatgpt_turn import Turn, joined
from studio.chat.transfer.report import LOOSE, Report

_GOOD_ID = re.compile(r"[\x21-\x7e]{1,100}")


@dataclass(frozen=True, slots=True)
class Node:
    """A node: ``turn`` is ``None`` when its message is not kept; its children are.

    Its key may be any text, also an empty one.
    """

    parent: str | None
    children: tuple[str, ...]
    turn: Turn | None


@dataclass(frozen=True, slots=True)
class Tree:
    """Messages, the last one of the branch on show, and the person's standing instructions."""

    messages: tuple[ArchivedMessage, ...]
    leaf_id: str | None
    system: str | None


def tree_of(
    nodes: Mapping[str, Node], current: str | None, begun: datetime, report: Report
) -> Tree:
    """Return the messages of a conversation, those of one reply made one.

    Args:
        nodes: by their ids, in the order of the file.
        current: the node on show, if there is such a node; else the newest branch is.
        begun: when the conversation began, for messages that do not know their time.
        report: gets a count of messages whose place is damaged.
    """
    parents = _parents(nodes, report)
    order = _walk(nodes, parents, report)
    anchors = _anchors(order, nodes, parents)
    turns, owner, above = _joined(order, nodes, anchors)
    names = _names(turns)
    messages: dict[str, ArchivedMessage] = {}
    for key, turn in turns.items():
        parent = above[key]
        before = begun if parent is None else messages[parent].created_at
        above_it = None if parent is None else names[parent]
        messages[key] = _message(names[key], above_it, turn, before)
    leaf = _leaf(current, order, nodes, parents, owner)
    system = dict.fromkeys(
        said.system for key in order if (said := nodes[key].turn) and said.system.strip()
    )
    return Tree(
        tuple(messages.values()),
        None if leaf is None else names[leaf],
        whole_characters("\n\n".join(system)) if system else None,
    )


def _parents(nodes: Mapping[str, Node], report: Report) -> dict[str, str | None]:
    """Return each node's parent: the one it names, else the one that names it.

    One that names a parent which cannot be found begins a branch of its own and is counted.
    """
    claimed: dict[str, str] = {}
    for key, node in nodes.items():
        for child in node.children:
            claimed.setdefault(child, key)
    parents: dict[str, str | None] = {}
    for key, node in nodes.items():
        parent = node.parent if node.parent in nodes else claimed.get(key)
        parents[key] = parent if parent != key else None
        if node.parent is not None and parents[key] is None:
            report.leave_out(LOOSE)
    return parents


def _walk(nodes: Mapping[str, Node], parents: dict[str, str | None], report: Report) -> list[str]:
    """Return all nodes, each after its parent; a circle is opened at its first node."""
    children: dict[str | None, list[str]] = {}
    for key, parent in parents.items():
        children.setdefault(parent, []).append(key)
    for parent, found in children.items():
        if parent is not None and len(found) > 1:
            place = {child: number for number, child in enumerate(nodes[parent].children)}
            found.sort(key=lambda child: place.get(child, len(place)))
    order: list[str] = []
    seen: set[str] = set()
    _descend(children.get(None, ()), children, order, seen)
    for key in nodes:
        if key not in seen:
            report.leave_out(LOOSE)
            parents[key] = None
            _descend([key], children, order, seen)
    return order


def _descend(
    roots: Iterable[str],
    children: Mapping[str | None, list[str]],
    order: list[str],
    seen: set[str],
) -> None:
    waiting = list(reversed(list(roots)))
    while waiting:
        key = waiting.pop()
        if key not in seen:
            seen.add(key)
            order.append(key)
            waiting.extend(reversed(children.get(key, ())))


def _anchors(
    order: Iterable[str], nodes: Mapping[str, Node], parents: Mapping[str, str | None]
) -> dict[str, str | None]:
    """Return for each node the nearest one above it that is kept."""
    anchors: dict[str, str | None] = {}
    for key in order:
        parent = parents[key]
        if parent is None:
            anchors[key] = None
        else:
            anchors[key] = parent if _is_kept(nodes[parent]) else anchors[parent]
    return anchors


def _joined(
    order: Iterable[str], nodes: Mapping[str, Node], anchors: Mapping[str, str | None]
) -> tuple[dict[str, Turn], dict[str, str], dict[str, str | None]]:
    """Return the turns that become messages, which of them each node went into, and their parents.

    What an assistant says after an assistant belongs to the same reply, unless the branches part
    between them.
    """
    kept = [key for key in order if _is_kept(nodes[key])]
    count = Counter(anchors[key] for key in kept)
    parts: dict[str, list[Turn]] = {}
    owner: dict[str, str] = {}
    above: dict[str, str | None] = {}
    for key in kept:
        turn = nodes[key].turn
        assert turn is not None
        anchor = anchors[key]
        before = None if anchor is None else owner[anchor]
        goes_on = turn.role == "assistant" and count[anchor] == 1
        if before is not None and goes_on and parts[before][0].role == "assistant":
            parts[before].append(turn)
            owner[key] = before
        else:
            parts[key], owner[key], above[key] = [turn], key, before
    return {key: joined(said) for key, said in parts.items()}, owner, above


def _leaf(
    current: str | None,
    order: Iterable[str],
    nodes: Mapping[str, Node],
    parents: Mapping[str, str | None],
    owner: Mapping[str, str],
) -> str | None:
    """Return the turn on show: that of the current node or of the nearest one above it."""
    at = current if current in nodes else None
    while at is not None and at not in owner:
        at = parents[at]
    if at is not None:
        return owner[at]
    return next((owner[key] for key in reversed(list(order)) if key in owner), None)


def _names(turns: Iterable[str]) -> dict[str, str]:
    """Return ids that can be kept and typed, in place of those that cannot."""
    taken = {key for key in turns if _GOOD_ID.fullmatch(key)}
    names: dict[str, str] = {}
    for number, key in enumerate(turns):
        name = key if key in taken else f"message-{number}"
        while name in taken and name != key:
            name += "x"
        names[key] = name
        taken.add(name)
    return names


def _message(identity: str, parent: str | None, turn: Turn, before: datetime) -> ArchivedMessage:
    return ArchivedMessage(
        id=identity,
        parent_id=parent,
        role=turn.role,
        content=whole_characters(turn.content),
        created_at=turn.created_at or before,
        reasoning=whole_characters(turn.reasoning),
        thought_s=turn.thought_s,
        status=turn.status,
        stop=turn.stop,
        model=whole_characters(turn.model),
    )


def _is_kept(node: Node) -> bool:
    return node.turn is not None and not node.turn.is_empty
