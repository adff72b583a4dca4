"""Turns a conversation into the exact prompt that a model was trained on, by its own template.

The template is Jinja source out of the model file: it runs in
:class:`~studio.prompting.sandbox.TemplateEnvironment` and every way of failing ends as a
:class:`~studio.errors.StudioError`:

``template.forbidden``      it tries to leave its sandbox
``template.too_expensive``  it asks for more time or memory than any chat template needs
``template.broken``         it does not compile, fails, or refuses the conversation
"""

from __future__ import annotations

import datetime
import functools
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.exceptions import SecurityError

from studio.engine.language import ChatMessage
from studio.errors import StudioError
from studio.prompting.dates import strftime
from studio.prompting.formats import detect
from studio.prompting.messages import plain_text
from studio.prompting.meter import MAX_SOURCE, METER, Meter, TooExpensiveError
from studio.prompting.sandbox import ForbiddenError, RefusedByTemplateError, TemplateEnvironment
from studio.prompting.variants import as_dicts, is_complete, length, variants
from studio.translation import tr

CHATML = (
    "{% for message in messages %}"
    "{{ '<|im_start|>' + message.role + '\\n' + message.content + '<|im_end|>\\n' }}"
    "{% endfor %}"
    "{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}"
)
"""The most widespread format, for a model whose own template cannot be used."""

NOTES = frozenset(
    {"plain_text", "system_left_out", "system_in_first_turn", "turns_merged", "typed_content"}
)
"""How a conversation may be bent: continued as plain text, without its system prompt or with it
before the first message, neighbouring turns of one side joined, messages as lists of parts."""

_MAX_PROBLEM = 300

# Everything that a template can make Python raise, besides what is handled by name.
_FAILURES = (
    jinja2.TemplateError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    NotImplementedError,
    RuntimeError,
    StopIteration,
    SyntaxError,
    TypeError,
    ValueError,
)


@dataclass(frozen=True, slots=True)
class Rendered:
    """A prompt.

    Attributes:
        text: the prompt, special tokens written out.
        begins_with_bos: the template wrote the BOS token itself; it must not be added again.
        opens_reasoning: the prompt ends inside a reasoning block, so the reply begins in it.
        notes: some of :data:`NOTES`: how the conversation was bent to suit the template.
    """

    text: str
    begins_with_bos: bool = False
    opens_reasoning: bool = False
    notes: tuple[str, ...] = ()


class ChatTemplate:
    """A model's chat template.

    Args:
        source: Jinja source; empty for a base model, whose prompts are plain text.
        bos: text of the token that begins a prompt, such as ``<s>``; may be empty.
        eos: text of the token that ends a turn.

    Raises:
        StudioError: ``template.broken``, ``template.forbidden``, ``template.too_expensive``.
    """

    def __init__(self, source: str, bos: str, eos: str) -> None:
        self._bos = bos
        self._eos = eos
        self._source = source
        self._formats = detect(source)
        self._template = _compile(source) if source.strip() else None
        self.sha256 = hashlib.sha256(source.encode("utf-8", "replace")).hexdigest()

    @property
    def variables(self) -> tuple[str, ...]:
        """The names of all variables that the template reads."""
        return _names(self._source)

    def check(self) -> None:
        """Try the template on a short conversation.

        Raises:
            StudioError: as for :meth:`render`; ``template.broken`` also when the question is not
                in the prompt, such as one of nothing.
        """
        question = ChatMessage("user", "Hello")
        if question.content not in self.render((question,)).text:
            raise _leaves_out()

    def render(
        self,
        messages: Sequence[ChatMessage],
        tools: str = "",
        add_generation_prompt: bool = True,
        *,
        date: datetime.date | None = None,
        options: Mapping[str, Any] | None = None,
        may_go: str = "",
    ) -> Rendered:
        """Return the prompt of a conversation.

        A template that refuses the conversation, or leaves the system prompt or the last question
        out, is given it in another form; ``notes`` tells which.

        Args:
            tools: JSON array of tool descriptions in OpenAI's form, or empty.
            date: what ``strftime_now`` tells, without a time of day; ``None`` is today. A caller
                that keeps one date per conversation keeps its prompts append-only.
            options: further variables for the template, such as ``enable_thinking``.
            may_go: words in the messages that the template may take out, such as ``/no_think``.

        Raises:
            StudioError: ``template.broken``, ``template.forbidden``, ``template.too_expensive``;
                ``tools.invalid`` when ``tools`` is not a JSON array.
        """
        if self._template is None:
            return plain(messages)
        variables = self._variables(tools, date, options)
        variables["add_generation_prompt"] = add_generation_prompt
        meter = Meter(len(tools) + sum(map(length, messages)))
        fallback: Rendered | None = None
        refusal: Exception | None = None
        for variant in variants(messages):
            variables["messages"] = as_dicts(variant.messages, typed=variant.typed)
            try:
                text = _run(self._template, variables, meter)
            except (RefusedByTemplateError, *_FAILURES) as error:
                refusal = refusal or error
                continue
            rendered = self._rendered(text, variant.notes)
            if is_complete(text, messages, typed=variant.typed, may_go=may_go):
                return rendered
            fallback = fallback or rendered
        if fallback is None:
            raise _broken(refusal) from refusal
        return fallback

    def _variables(
        self, tools: str, date: datetime.date | None, options: Mapping[str, Any] | None
    ) -> dict[str, Any]:
        today = date or datetime.datetime.now().astimezone().date()
        return {
            **(options or {}),
            "tools": _read_tools(tools),
            "documents": None,
            "bos_token": self._bos,
            "eos_token": self._eos,
            "strftime_now": functools.partial(strftime, today),
        }

    def _rendered(self, text: str, notes: tuple[str, ...]) -> Rendered:
        return Rendered(
            text,
            begins_with_bos=bool(self._bos) and text.startswith(self._bos),
            opens_reasoning=self._formats.opened_by(text),
            notes=notes,
        )


def plain(messages: Sequence[ChatMessage]) -> Rendered:
    """Return the prompt for a base model: the conversation as one text that goes on."""
    has_system = any(message.role == "system" for message in messages)
    notes = ("plain_text", "system_left_out") if has_system else ("plain_text",)
    return Rendered(plain_text(messages), notes=notes)


@functools.lru_cache(maxsize=1)
def _environment() -> TemplateEnvironment:
    return TemplateEnvironment()


def _compile(source: str) -> jinja2.Template:
    if len(source) > MAX_SOURCE:
        raise _too_expensive(f"{len(source)} characters of source")
    try:
        return _environment().from_string(source)
    except (SecurityError, ForbiddenError) as error:
        raise _forbidden(error) from error
    except (TooExpensiveError, RecursionError, MemoryError, OverflowError) as error:
        raise _too_expensive(_words(error)) from error
    except _FAILURES as error:
        raise _broken(error) from error


def _names(source: str) -> tuple[str, ...]:
    """Return every name that a template reads, in alphabetical order."""
    if not source.strip():
        return ()
    found = _environment().parse(source).find_all(nodes.Name)
    return tuple(sorted({name.name for name in found if name.ctx == "load"}))


def _run(template: jinja2.Template, variables: dict[str, Any], meter: Meter) -> str:
    token = METER.set(meter)
    try:
        return template.render(variables)
    except (SecurityError, ForbiddenError) as error:
        raise _forbidden(error) from error
    except (TooExpensiveError, RecursionError, MemoryError, OverflowError) as error:
        raise _too_expensive(_words(error)) from error
    finally:
        METER.reset(token)


def _read_tools(tools: str) -> list[Any] | None:
    if not tools.strip():
        return None
    try:
        described = json.loads(tools)
    except (ValueError, RecursionError) as error:
        raise _bad_tools(str(error)) from error
    if not isinstance(described, list):
        raise _bad_tools(f"a JSON array was expected, not {type(described).__name__}")
    return described or None


def _bad_tools(details: str) -> StudioError:
    return StudioError(
        "tools.invalid",
        tr("The descriptions of the tools could not be read."),
        tr("Give them as a JSON array, or leave them out."),
        details,
    )


def _broken(error: Exception | None) -> StudioError:
    """Tell that a template fails; its own words are for the details, since anybody wrote them."""
    what = tr("The chat template of this model does not work.")
    if isinstance(error, RefusedByTemplateError):
        what = tr("The chat template of this model refuses this conversation.")
    return StudioError(
        "template.broken", what, tr("Try another file of the same model."), _words(error)
    )


def _leaves_out() -> StudioError:
    return StudioError(
        "template.broken",
        tr("The chat template of this model leaves out what you write."),
        tr("Try another file of the same model."),
    )


def _forbidden(error: Exception) -> StudioError:
    return StudioError(
        "template.forbidden",
        tr("The chat template of this model tries to do things that a chat template may not do."),
        tr("It was kept from that. Better get the model from a source that you trust."),
        _words(error),
    )


def _too_expensive(details: str) -> StudioError:
    return StudioError(
        "template.too_expensive",
        tr("The chat template of this model asks for far more work than a prompt can need."),
        tr("It was kept from that. Better get the model from a source that you trust."),
        details,
    )


def _words(error: Exception | None) -> str:
    text = " ".join(str(error).split()) or type(error).__name__
    text = text[:_MAX_PROBLEM].rstrip()
    return text if text.endswith((".", "?")) else f"{text.rstrip('!')}."
