"""What ``--json`` tells of how long a reply is, and how fast it came."""

from __future__ import annotations

from dataclasses import asdict, fields
from typing import Any

from studio.chat.conversation import Figures, Message


def figures_of(reply: Message) -> dict[str, Any]:
    """Return a reply's figures by their names; each is ``None`` where there are none."""
    if reply.figures is None:
        return dict.fromkeys(each.name for each in fields(Figures))
    return asdict(reply.figures)
