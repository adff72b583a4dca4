"""Makes a request into the exact text and tokens that the model reads."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from studio.engine.language import Begun, Count, Generate, Score
from studio.prompting.begun import written_so_far
from studio.prompting.formats import Formats
from studio.prompting.templates import ChatTemplate, Rendered
from studio.workers.llama.model import Model


@dataclass(frozen=True, slots=True)
class Prompt:
    """A prompt as text and tokens; the reply may begin inside of reasoning."""

    text: str
    tokens: list[int]
    opens_reasoning: bool
    notes: tuple[str, ...]


def prompt_of(
    request: Count | Generate, model: Model, template: ChatTemplate, formats: Formats
) -> Prompt:
    """Return the prompt of a request: an earlier one to the letter, or one for its messages."""
    if isinstance(request, Generate) and request.prompt:
        rendered = _as_before(request.prompt, model, formats)
    else:
        date = datetime.date.fromisoformat(request.date) if request.date else None
        rendered = template.render(request.messages, request.tools, date=date)
    return _with_begun(rendered, request.begun, model, formats)


def before_reply(request: Score, model: Model, formats: Formats) -> tuple[list[int], list[int]]:
    """Return the tokens that stand before a reply, and those of the reply."""
    rendered = _as_before(request.prompt, model, formats)
    whole = _with_begun(rendered, Begun(request.reply, request.reasoning), model, formats)
    start = whole.text[: len(whole.text) - len(request.reply)]
    before = model.tokenize(start, add_bos=not rendered.begins_with_bos)
    shared = next(
        (
            place
            for place, (one, other) in enumerate(zip(before, whole.tokens, strict=False))
            if one != other
        ),
        min(len(before), len(whole.tokens)),
    )
    return whole.tokens[:shared], whole.tokens[shared:]


def _as_before(text: str, model: Model, formats: Formats) -> Rendered:
    bos = model.bos_text()
    starts = bool(bos) and text.startswith(bos)
    return Rendered(text, starts, formats.opened_by(text))


def _with_begun(rendered: Rendered, begun: Begun | None, model: Model, formats: Formats) -> Prompt:
    text, opens_reasoning = rendered.text, rendered.opens_reasoning
    if begun is not None:
        written, opens_reasoning = written_so_far(rendered, formats, begun)
        text += written
    tokens = model.tokenize(text, add_bos=not rendered.begins_with_bos)
    return Prompt(text, tokens, opens_reasoning, rendered.notes)
