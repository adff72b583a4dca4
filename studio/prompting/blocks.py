"""How a family of models sets apart what is not the reply itself: one row of a table per marker."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from studio.engine.language import ToolCall

Read = Callable[[str], tuple[ToolCall, ...]]
"""Reads calls from the text between two markers; ValueError when there is none to be read."""


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of a reply between an opening and a closing marker.

    Attributes:
        kind: ``reasoning`` is shown apart, ``tool`` holds calls, ``frame`` is only packaging: its
            markers, and what stands between them, are dropped.
        closings: any of them ends the block; a frame without any is its opening marker alone, a
            tool block without any ends with the reply.
        mentions: the block is looked for when the template contains one of these; by default its
            markers.
        always: it is looked for whatever the template says.
        anywhere: otherwise only at the beginning of a reply, or right after another block.
        needs_tools: it is looked for only when tools were offered.
        begins: what the content, spaces left out, must begin with; empty for anything.
        inner: further markers that may stand inside.
    """

    kind: Literal["reasoning", "tool", "frame"]
    opening: str
    closings: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    always: bool = False
    anywhere: bool = True
    needs_tools: bool = False
    begins: tuple[str, ...] = ()
    inner: tuple[str, ...] = ()
    read: Read | None = None

    def is_mentioned(self, source: str) -> bool:
        """Tell whether a template knows this block."""
        return any(word in source for word in self.mentions or (self.opening, *self.closings))

    def may_begin(self, content: str) -> bool:
        """Tell whether ``content``, perhaps incomplete, can be the beginning of this block's."""
        dense = "".join(content[:200].split())
        return not self.begins or any(
            dense.startswith(start) or start.startswith(dense) for start in self.begins
        )
