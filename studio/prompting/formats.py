"""Finds out from a chat template how its model marks reasoning and calls of tools."""

from __future__ import annotations

from dataclasses import dataclass, replace

from studio.prompting.blocks import Block
from studio.prompting.reasoning import FRAMES, REASONING
from studio.prompting.tool_calls import TOOLS

_LOOKED_AT = 200  # characters at the end of a prompt


@dataclass(frozen=True, slots=True)
class Formats:
    """The blocks to look for in a model's replies; none for a model without a template.

    ``has_reasoning`` tells whether the template itself knows of reasoning; ``own`` is the block
    that it mentions, or of several the first of the table.
    """

    blocks: tuple[Block, ...] = ()
    has_reasoning: bool = False
    own: Block | None = None

    def opened_by(self, prompt: str) -> bool:
        """Tell whether a prompt ends inside reasoning that its template opened."""
        return self._open_after(prompt) is not None

    def closed_by(self, prompt: str) -> bool:
        """Tell whether a prompt ends behind reasoning that its template closed."""
        end = prompt[-_LOOKED_AT:].rstrip()
        return any(
            end.endswith(closing)
            for block in self.blocks
            if block.kind == "reasoning"
            for closing in block.closings
        )

    def after(self, prompt: str) -> Formats:
        """Return the formats of a reply to a prompt: reasoning that this opened is the own one."""
        opened = self._open_after(prompt)
        return self if opened is None else replace(self, own=opened)

    def _open_after(self, prompt: str) -> Block | None:
        end = prompt[-_LOOKED_AT:].rstrip()
        reasoning = (block for block in self.blocks if block.kind == "reasoning")
        return next((block for block in reasoning if end.endswith(block.opening)), None)


def detect(source: str) -> Formats:
    """Return the formats that a chat template mentions."""
    if not source.strip():
        return Formats()
    chosen: dict[str, Block] = {}
    for block in (*TOOLS, *REASONING, *FRAMES):
        if block.always or block.is_mentioned(source):
            chosen.setdefault(block.opening, block)
    own = next((block for block in REASONING if block.is_mentioned(source)), None)
    return Formats(tuple(chosen.values()), own is not None, own)
