"""Puts the beginning of a reply behind its prompt, so that the model goes on from there."""

from __future__ import annotations

from studio.engine.language import Begun
from studio.prompting.formats import Formats
from studio.prompting.templates import Rendered

_OPENING, _CLOSING = "<think>", "</think>"


def written_so_far(rendered: Rendered, formats: Formats, begun: Begun) -> tuple[str, bool]:
    """Return what follows a rendered prompt, and whether it ends inside reasoning.

    Reasoning stands between the markers of the model's own template, as it wrote them.
    """
    if not begun.reasoning:
        if not (rendered.opens_reasoning and begun.text):
            return begun.text, rendered.opens_reasoning
        return f"\n{_marker(formats)[1]}\n\n{begun.text}", False
    opening, closing = _marker(formats)
    start = "" if rendered.opens_reasoning else f"{opening}\n"
    if not begun.text:
        return f"{start}{begun.reasoning}", True
    return f"{start}{begun.reasoning}\n{closing}\n\n{begun.text}", False


def _marker(formats: Formats) -> tuple[str, str]:
    for block in formats.blocks:
        if block.kind == "reasoning" and block.opening and block.closings:
            return block.opening, block.closings[0]
    return _OPENING, _CLOSING
