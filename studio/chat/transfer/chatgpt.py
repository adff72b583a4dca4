"""Reads the conversations that ChatGPT exports: ``conversations.json``, or the zip that holds it.

Nothing in the file can stop the import but damage to the JSON itself: what cannot be understood is
left out, and the report counts it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from studio.chat.transfer.archive import ArchivedConversation, whole_characters
from studio.chat.transfer.chatgpt_content import mapping, text
from studio.chat.transfer.chatgpt_tree import Node, tree_of
from studio.chat.transfer.chatgpt_turn import moment, turn_of
from studio.chat.transfer.json_stream import JsonStream
from studio.chat.transfer.report import EMPTY, NO_CONVERSATION, TWICE, Report
from studio.chat.transfer.sources import is_zip, reading, zipped_conversations
from studio.errors import StudioError
from studio.translation import tr

MAX_NODES = 500_000  # in one conversation
MAX_CONVERSATION = 512_000_000  # characters

_MAX_TITLE = 200
_FACTS = {
    "title",
    "create_time",
    "update_time",
    "current_node",
    "conversation_id",
    "id",
    "is_archived",
    "is_starred",
    "pinned_time",
}


def read(path: Path, report: Report) -> Iterator[ArchivedConversation]:
    """Read an export's conversations one at a time; the report is complete at the end.

    Raises:
        StudioError: ``import.foreign`` when nothing in it is a conversation of ChatGPT;
            ``import.unreadable``; ``import.zip_*``; and as
            :class:`~studio.chat.transfer.json_stream.JsonStream`.
    """
    if is_zip(path):
        yield from _zipped(path, report)
    else:
        with reading(path) as read_bytes:
            yield from _read(JsonStream(read_bytes, path.name), path.name, report)
    if report.left_out[NO_CONVERSATION] and not (report.conversations or report.left_out[EMPTY]):
        raise StudioError(
            "import.foreign",
            tr("There are no conversations of ChatGPT in {name}.", name=path.name),
            tr("Choose conversations.json from ChatGPT's export, or the zip file it came in."),
        )


def _zipped(path: Path, report: Report) -> Iterator[ArchivedConversation]:
    """Read all files of chats in a zip; one that another file held just so is not given again."""
    known: set[tuple[str, int]] = set()
    for name, read_bytes in zipped_conversations(path, report):
        for found in _read(JsonStream(read_bytes, name), name, report):
            said = (found.id, hash(tuple((each.id, each.content) for each in found.messages)))
            if said in known:
                report.conversations -= 1
                report.messages -= len(found.messages)
                report.leave_out(TWICE)
            else:
                known.add(said)
                yield found


def _read(stream: JsonStream, name: str, report: Report) -> Iterator[ArchivedConversation]:
    if stream.peek() == "[":
        for _ in stream.elements():
            yield from _one(stream, name, report)
    else:
        yield from _one(stream, name, report, holds_all=True)
    stream.finish()


def _one(
    stream: JsonStream, name: str, report: Report, *, holds_all: bool = False
) -> Iterator[ArchivedConversation]:
    """Read what may be a conversation, and give it if it is one with messages.

    Args:
        holds_all: the object may instead hold the list of all conversations.
    """
    if stream.peek() != "{":
        stream.skip()
        report.leave_out(NO_CONVERSATION)
        return
    facts: dict[str, Any] = {}
    nodes: dict[str, Node] | None = None
    is_list = False
    for member in stream.members():
        if member == "mapping" and stream.peek() == "{" and nodes is None:
            nodes = _nodes(stream, name, report)
        elif member == "conversations" and holds_all and stream.peek() == "[":
            for _ in stream.elements():
                yield from _one(stream, name, report)
            is_list = True
        elif member in _FACTS:
            facts[member] = stream.value()
        else:
            stream.skip()
    if nodes is not None:
        yield from _with_messages(_conversation(facts, nodes, report), report)
    elif not is_list:
        report.leave_out(NO_CONVERSATION)


def _with_messages(found: ArchivedConversation, report: Report) -> Iterator[ArchivedConversation]:
    """Give a conversation if it has messages, and count it."""
    if not found.messages:
        report.leave_out(EMPTY)
        return
    report.conversations += 1
    report.messages += len(found.messages)
    yield found


def _nodes(stream: JsonStream, name: str, report: Report) -> dict[str, Node]:
    before = stream.consumed
    nodes: dict[str, Node] = {}
    for key in stream.members():
        nodes[key] = _node(mapping(stream.value()), report)
        if len(nodes) > MAX_NODES or stream.consumed - before > MAX_CONVERSATION:
            raise StudioError(
                "import.too_large",
                tr("The file {name} holds a conversation that is too large to be read.", name=name),
                tr(
                    "Take that conversation out of the file, and import the others. At "
                    "most {messages:,} messages and {characters:,} characters can be read.",
                    messages=MAX_NODES,
                    characters=MAX_CONVERSATION,
                ),
            )
    return nodes


def _node(values: Any, report: Report) -> Node:
    children = values.get("children")
    parent = values.get("parent")
    return Node(
        parent=parent if isinstance(parent, str) else None,
        children=tuple(each for each in children if isinstance(each, str))
        if isinstance(children, list)
        else (),
        turn=turn_of(values.get("message"), report),
    )


def _conversation(
    facts: dict[str, Any], nodes: dict[str, Node], report: Report
) -> ArchivedConversation:
    times = [node.turn.created_at for node in nodes.values() if node.turn and node.turn.created_at]
    begun = moment(facts.get("create_time")) or min(times, default=datetime.now(UTC))
    ended = moment(facts.get("update_time")) or max(times, default=begun)
    current = facts.get("current_node")
    tree = tree_of(nodes, current if isinstance(current, str) else None, begun, report)
    identity = text(facts.get("conversation_id")) or text(facts.get("id"))
    return ArchivedConversation(
        id=whole_characters(identity)[:_MAX_TITLE] or f"chatgpt-{report.conversations + 1}",
        title=whole_characters(" ".join(text(facts.get("title")).split()))[:_MAX_TITLE],
        created_at=begun,
        updated_at=max(begun, ended),
        messages=tree.messages,
        leaf_id=tree.leaf_id,
        system=tree.system,
        pinned=facts.get("is_starred") is True or bool(moment(facts.get("pinned_time"))),
        archived=facts.get("is_archived") is True,
    )
