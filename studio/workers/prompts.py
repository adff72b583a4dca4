"""Makes a request into the exact text and tokens that the model reads."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field, replace

from studio.engine.language import Begun, Count, Generate, Score
from studio.errors import StudioError
from studio.prompting.begun import without_thoughts, written_so_far
from studio.prompting.formats import Formats, detect
from studio.prompting.templates import CHATML, ChatTemplate, Rendered
from studio.prompting.thinking import BLOCK, Switches, switches_of, wish_of
from studio.workers.eyes import Eyes
from studio.workers.llama.model import Model
from studio.workers.llama.span import Spans


@dataclass(frozen=True, slots=True)
class Prompt:
    """A prompt as text and tokens; the reply may begin inside of reasoning.

    ``formats`` are those of a reply to it.
    """

    text: str
    tokens: list[int]
    opens_reasoning: bool
    notes: tuple[str, ...]
    formats: Formats
    spans: Spans = field(default_factory=Spans)


@dataclass(frozen=True, slots=True)
class Manner:
    """How a model is talked to, and how it answers.

    ``trouble`` is the sentence of what is wrong with its own template, if another took its place.
    """

    template: ChatTemplate
    formats: Formats = field(default_factory=Formats)
    switches: Switches = field(default_factory=Switches)
    trouble: str = ""


def manner_of(model: Model) -> Manner:
    """Return the manner of a model by its own template, or by a common one if that is broken."""
    source, trouble = model.chat_template, ""
    bos, eos = model.bos_text(), model.eos_text()
    try:
        template = ChatTemplate(source, bos, eos)
        template.check()
    except StudioError as error:
        source, trouble = CHATML if model.knows("<|im_start|>") else "", str(error)
        template = ChatTemplate(source, bos, eos)
    formats = detect(source)
    return Manner(template, formats, switches_of(template, source, formats), trouble)


def prompt_of(request: Count | Generate, model: Model, manner: Manner, eyes: Eyes) -> Prompt:
    """Return the prompt of a request: an earlier one to the letter, or one for its messages."""
    formats = manner.formats
    if isinstance(request, Generate) and request.prompt:
        rendered = _as_before(request.prompt, model, formats)
    else:
        rendered = _rendered(request, manner)
    return _with_begun(rendered, request.begun, model, formats, eyes)


def _rendered(request: Count | Generate, manner: Manner) -> Rendered:
    """Return the prompt for messages, with what is wished of the model's thinking."""
    wish, switches = wish_of(request.sampling), manner.switches
    rendered = manner.template.render(
        switches.messages(request.messages, wish),
        request.tools,
        date=datetime.date.fromisoformat(request.date) if request.date else None,
        options=switches.variables(wish),
        may_go=switches.words(wish),
    )
    if wish.think is not False or (request.begun is not None and request.begun.reasoning):
        return rendered
    if switches.name != BLOCK and not rendered.opens_reasoning:
        return rendered
    text = rendered.text + without_thoughts(rendered, manner.formats)
    return replace(rendered, text=text, opens_reasoning=False)


def before_reply(
    request: Score, model: Model, formats: Formats, eyes: Eyes
) -> tuple[list[int], list[int], Spans]:
    """Return the tokens that stand before a reply, those of the reply, and the pictures."""
    rendered = _as_before(request.prompt, model, formats)
    whole = _with_begun(rendered, Begun(request.reply, request.reasoning), model, formats, eyes)
    start = whole.text[: len(whole.text) - len(request.reply)]
    before = eyes.read(start, model, add_bos=not rendered.begins_with_bos).tokens
    shared = next(
        (
            place
            for place, (one, other) in enumerate(zip(before, whole.tokens, strict=False))
            if one != other
        ),
        min(len(before), len(whole.tokens)),
    )
    return whole.tokens[:shared], whole.tokens[shared:], whole.spans


def _as_before(text: str, model: Model, formats: Formats) -> Rendered:
    bos = model.bos_text()
    starts = bool(bos) and text.startswith(bos)
    return Rendered(text, starts, formats.opened_by(text))


def _with_begun(
    rendered: Rendered, begun: Begun | None, model: Model, formats: Formats, eyes: Eyes
) -> Prompt:
    text, opens_reasoning = rendered.text, rendered.opens_reasoning
    if begun is not None:
        written, opens_reasoning = written_so_far(rendered, formats, begun)
        text += written
    read = eyes.read(text, model, add_bos=not rendered.begins_with_bos)
    after = formats.after(rendered.text)
    return Prompt(text, read.tokens, opens_reasoning, rendered.notes, after, Spans(read.spans))
