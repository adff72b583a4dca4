"""How much a model thinks before a conversation's next reply, and what is told of it.

A conversation's own choice comes before its preset's, and that before the model's own way.
"""

from __future__ import annotations

from dataclasses import replace

from studio.chat.options import Options
from studio.engine.language import ModelLoaded, ReplyGenerated, Sampling
from studio.translation import tr


def in_force(options: Options, sampling: Sampling) -> Sampling:
    """Return the sampling of a conversation's next reply, with its own choice in place."""
    think, tokens = sampling.think, sampling.think_tokens
    if options.reasoning is not None:
        think = options.reasoning
        tokens = None if think and tokens == 0 else tokens
    if options.reasoning_tokens is not None:
        tokens = options.reasoning_tokens
    return replace(
        sampling,
        think=think,
        think_tokens=tokens,
        think_effort=options.reasoning_effort or sampling.think_effort,
    )


def thinks(sampling: Sampling, loaded: ModelLoaded) -> bool:
    """Tell whether a loaded model thinks before a reply with this sampling."""
    if sampling.think is False or sampling.think_tokens == 0:
        return False
    return loaded.thinks if sampling.think is None else loaded.reasoning


def notices(sampling: Sampling, result: ReplyGenerated) -> tuple[str, ...]:
    """Return sentences about thinking that is not what one expects, worth showing with a reply."""
    is_off = sampling.think is False or sampling.think_tokens == 0
    if is_off and result.reasoning.strip():
        return (tr("This model thinks all the same: its thinking cannot be switched off."),)
    if result.thinking_ended and not is_off:
        return (
            tr(
                "It thought for %n token, as long as it may, and was then made to answer.",
                "It thought for %n tokens, as long as it may, and was then made to answer.",
                result.thought_tokens,
            ),
        )
    return ()
