"""Tells how likely each token of a finished reply was, and what else the model had in mind."""

from __future__ import annotations

import codecs
from collections.abc import Callable

from studio.engine.language import Sampling, Score
from studio.engine.protocol import Progress, Token
from studio.prompting.formats import Formats
from studio.workers.eyes import Eyes
from studio.workers.llama.context import Context
from studio.workers.llama.model import Model
from studio.workers.llama.prompt_reading import read
from studio.workers.llama.sampler import Sampler
from studio.workers.llama.span import StoppedError
from studio.workers.prompts import before_reply
from studio.workers.serve import Channel, RefusedError


def score(
    request: Score,
    model: Model,
    context: Context,
    formats: Formats,
    eyes: Eyes,
    channel: Channel,
) -> bool:
    """Read prompt and reply as if it were written again; return false when stopped.

    Each token is told with its natural-log probability before temperature and the like. A token
    that is a part of a character is joined to the next, with the probability of both; so is the
    very first token of all, about which a model has no opinion.

    Raises:
        RefusedError: ``prompt.too_long`` when both together exceed the context.
    """
    before, reply, spans = before_reply(request, model, formats, eyes)
    if len(before) + len(reply) > context.size:
        raise RefusedError("prompt.too_long", tokens=len(before) + len(reply), limit=context.size)
    first: list[int] = []
    if not before:  # prompt and reply are one word, and nothing stands before it
        first, reply = reply[:1], reply[1:]
    sampler = Sampler(model, Sampling(temperature=0.0, top_logprobs=request.alternatives))
    try:
        context.prepare(before or first, "", reuse=True, spans=spans)
        read(context, before or first, lambda *_: None)
        _tell_each(request, first, reply, model, context, sampler, channel)
    except StoppedError:
        return False
    finally:
        sampler.close()
    return not channel.cancelled(request.id)


def _tell_each(
    request: Score,
    first: list[int],
    reply: list[int],
    model: Model,
    context: Context,
    sampler: Sampler,
    channel: Channel,
) -> None:
    decode: Callable[[bytes], str] = codecs.getincrementaldecoder("utf-8")("replace").decode
    waiting, begun = 0.0, "".join(decode(model.piece(token)) for token in first)
    for number, token in enumerate(reply):
        if channel.cancelled(request.id):
            return
        logprob, alternatives = sampler.alternatives(context.handle, token)
        text = begun + decode(model.piece(token))
        waiting += logprob
        if text:
            channel.send(Token(request.id, text, "text", waiting, alternatives))
            waiting, begun = 0.0, ""
        channel.send(Progress(request.id, "score", number + 1, len(reply)))
        if number + 1 < len(reply):
            context.decode([token])
    if begun:
        channel.send(Token(request.id, begun, "text", waiting))
