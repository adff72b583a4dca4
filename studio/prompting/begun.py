"""Puts the beginning of a reply behind its prompt, so that the model goes on from there."""

from __future__ import annotations

from studio.engine.language import Begun
from studio.prompting.formats import Formats
from studio.prompting.templates import Rendered

_OPENING, _CLOSING = "<think>", "</think>"
_HARMONY = "<|channel|>"
_HARMONY_BEGIN = "<|channel|>final<|message|>"
_HARMONY_END = "<|end|>"
_HARMONY_ANSWER = f"{_HARMONY_END}<|start|>assistant{_HARMONY_BEGIN}"


def written_so_far(rendered: Rendered, formats: Formats, begun: Begun) -> tuple[str, bool]:
    """Return what follows a rendered prompt, and whether it ends inside reasoning.

    Reasoning stands between the markers of the model's own template, as it wrote them; in a prompt
    that opened some, what opened it counts.
    """
    formats = formats.after(rendered.text)
    if not begun.reasoning:
        if not (rendered.opens_reasoning and begun.text):
            return begun.text, rendered.opens_reasoning
        return f"\n{_marker(formats)[1]}\n\n{begun.text}", False
    opening, closing = _marker(formats)
    start = "" if rendered.opens_reasoning else f"{opening}\n"
    if not begun.text:
        return f"{start}{begun.reasoning}", True
    return f"{start}{begun.reasoning}\n{closing}\n\n{begun.text}", False


def closing_of(formats: Formats, closings: tuple[str, ...] = ()) -> str:
    """Return what ends a model's thoughts wherever they stand, so that its answer follows.

    Args:
        closings: the markers that end the thoughts which it is in, their own first, if they are
            known.
    """
    closing = closings[0] if closings else _marker(formats)[1]
    return _HARMONY_ANSWER if closing == _HARMONY_END else f"\n{closing}\n\n"


def without_thoughts(rendered: Rendered, formats: Formats) -> str:
    """Return what follows a rendered prompt so that the reply begins with its answer.

    It is an empty block of thoughts, or the end of those that it opened; empty for a model that is
    not known to think.
    """
    if rendered.opens_reasoning:
        return closing_of(formats.after(rendered.text))
    if not formats.has_reasoning:
        return ""
    opening, _ = _marker(formats)
    return _HARMONY_BEGIN if opening.startswith(_HARMONY) else f"{opening}\n{closing_of(formats)}"


def _marker(formats: Formats) -> tuple[str, str]:
    for block in (*filter(None, (formats.own,)), *formats.blocks):
        if block.kind == "reasoning" and block.opening and block.closings:
            return block.opening, block.closings[0]
    return _OPENING, _CLOSING
