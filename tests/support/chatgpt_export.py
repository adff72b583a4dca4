"""Conversations as ChatGPT exports them, made up node by node."""

from __future__ import annotations

from typing import Any

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
