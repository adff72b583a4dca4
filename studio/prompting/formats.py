"""Finds out from a chat template how its model marks reasoning and calls of tools."""

from __future__ import annotations

from dataclasses import dataclass

from studio.prompting.blocks import Block
from studio.prompting.reasoning import FRAMES, REASONING
from studio.prompting.tool_calls import TOOLS


@dataclass(frozen=True, slots=True)
class Formats:
    """The blocks to look for in a model's replies; none for a model without a template.

    ``has_reasoning`` tells whether the template itself knows of reasoning; ``own`` is the block
    that it mentions, of which other models' are none.
    """

    blocks: tuple[Block, ...] = ()
    has_reasoning: bool = False
    own: Block | None = None

    def opened_by(self, prompt: str) -> bool:
        """Tell whether a prompt ends inside reasoning that its template opened."""
        end = prompt[-200:].rstrip()
        return any(
            block.kind == "reasoning" and end.endswith(block.opening) for block in self.blocks
        )


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
