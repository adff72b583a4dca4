"""Conversations as ChatGPT exports them, made up node by node, and what becomes of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from studio.chat.transfer import chatgpt
from studio.chat.transfer.archive import ArchivedConversation, ArchivedMessage, branch
from studio.chat.transfer.report import Report

BEGUN = 1_700_000_000.5

Node = dict[str, Any]


def node(parent: str | None, role: str = "user", text: Any = "", **facts: Any) -> Node:
    """Return a node as ChatGPT writes it; ``content`` replaces the plain text."""
    message = {
        "author": {"role": role, "name": facts.pop("name", None), "metadata": {}},
        "create_time": facts.pop("create_time", BEGUN),
        "update_time": None,
        "content": facts.pop("content", {"content_type": "text", "parts": [text]}),
        "status": "finished_successfully",
        "end_turn": True,
        "weight": 1.0,
        "metadata": facts.pop("metadata", {}),
        "recipient": facts.pop("recipient", "all"),
        "channel": None,
    }
    return {"message": message | facts, "parent": parent, "children": []}


def chat(nodes: dict[str, Node], current: str | None = None, **facts: Any) -> dict[str, Any]:
    """Return a conversation as ChatGPT writes it, the children filled in."""
    for key, each in nodes.items():
        each.setdefault("id", key)
        if isinstance(each.get("parent"), str) and each["parent"] in nodes:
            nodes[each["parent"]]["children"].append(key)
    return {
        "title": "A chat",
        "create_time": BEGUN,
        "update_time": BEGUN + 60,
        "mapping": nodes,
        "moderation_results": [],
        "current_node": current,
        "conversation_id": "5f5e1000-0000-4000-8000-000000000001",
        "is_archived": False,
    } | facts


def imported(path: Path, *chats: object) -> tuple[list[ArchivedConversation], Report]:
    """Write an export into a file; return what is read of it and what is told of that."""
    path.write_text(json.dumps(list(chats)), "utf-8")
    report = Report()
    return list(chatgpt.read(path, report)), report


def shown(path: Path, nodes: dict[str, Node]) -> tuple[ArchivedMessage, ...]:
    """Return the branch on show of a chat whose last node is the current one."""
    (found,), _ = imported(path, chat(nodes, list(nodes)[-1]))
    return branch(found)
