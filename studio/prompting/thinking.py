"""Finds out whether a chat template lets one choose if, how hard and how long its model thinks.

Nothing is taken from a template's words alone: a name that looks like a switch is tried both ways
on a short conversation, and only one that changes the prompt is a switch. What models without one
can be held to all the same is in :mod:`studio.prompting.begun`.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from studio.engine.language import ChatMessage, Sampling
from studio.errors import StudioError
from studio.prompting.formats import Formats
from studio.prompting.templates import ChatTemplate

BLOCK = "block"
"""The switch of a model without one of its own: an empty block of thoughts before its reply."""

_ABOUT = re.compile(r"think|reason|thought")
_BUDGET = re.compile(r"budget|max_|_tokens")
_WORDS = (("/no_think", "/think"), ("/nothink", "/think"))
_EFFORTS = ("minimal", "low", "medium", "high", "max")
_NO_EFFORT = ("none", "no_think", "off")
_MODES = (("enabled", "disabled"), ("on", "off"))
_ANY_WORD = "qzx"
_PROBE = (ChatMessage("system", "Be kind."), ChatMessage("user", "Hello"))
_MOST_S = 5.0  # of processor time; a template that takes longer for all of this has no switches


@dataclass(frozen=True, slots=True)
class Wish:
    """What is wished of a model's thinking; everything may be left to the model.

    Attributes:
        think: whether it thinks at all.
        effort: one of :attr:`Switches.efforts`.
        tokens: how long it may think, in tokens.
    """

    think: bool | None = None
    effort: str = ""
    tokens: int | None = None


@dataclass(frozen=True, slots=True)
class Switches:
    """What a template lets one choose.

    Attributes:
        name: of the variable that has it think or not; the words for "do not think" that it looks
            for in the system text, such as ``/no_think``; :data:`BLOCK`; or empty.
        on: the value of the variable for "think", or the words.
        off: likewise for "do not think".
        by_default: whether the model thinks when nothing is said.
        effort: the variable for how hard it thinks, and ``efforts`` the values that it takes.
        budget: the variable for how long it thinks, in tokens.
    """

    name: str = ""
    on: bool | str | int = True
    off: bool | str | int = False
    by_default: bool = True
    effort: str = ""
    efforts: tuple[str, ...] = ()
    budget: str = ""

    @property
    def is_words(self) -> bool:
        """Whether it is words in the system text."""
        return self.name.startswith("/")

    @property
    def is_variable(self) -> bool:
        """Whether it is a variable of the template."""
        return bool(self.name) and self.name != BLOCK and not self.is_words

    def variables(self, wish: Wish) -> dict[str, Any]:
        """Return the variables of the template that tell a wish."""
        found: dict[str, Any] = {}
        if self.is_variable and wish.think is not None:
            found[self.name] = self.on if wish.think else self.off
        # An effort or a budget that is the switch as well says more than that it is on.
        is_off = wish.think is False and self.effort == self.name
        if self.effort and wish.effort in self.efforts and not is_off:
            found[self.effort] = wish.effort
        if self.budget and wish.tokens is not None:
            found[self.budget] = wish.tokens
        return found

    def messages(self, messages: Sequence[ChatMessage], wish: Wish) -> tuple[ChatMessage, ...]:
        """Return a conversation with the words for a wish in its system text, if that is it."""
        if not self.is_words or wish.think is None:
            return tuple(messages)
        return _marked(messages, str(self.on if wish.think else self.off))

    def words(self, wish: Wish) -> str:
        """Return the words that :meth:`messages` adds, which a template may take out again."""
        if not self.is_words or wish.think is None:
            return ""
        return str(self.on if wish.think else self.off)


def wish_of(sampling: Sampling) -> Wish:
    """Return what a reply's settings wish for; no time to think is not to think."""
    think = False if sampling.think_tokens == 0 else sampling.think
    tokens = 0 if think is False else sampling.think_tokens
    return Wish(think, sampling.think_effort, tokens)


def switches_of(template: ChatTemplate, source: str, formats: Formats) -> Switches:
    """Return what a template lets one choose; it is tried out on a short conversation."""
    names = [name for name in template.variables if _ABOUT.search(name)]
    probe = _Probe(template)
    found = _switch(probe, names, source, formats)
    if found.is_variable and not found.effort:  # perhaps only where it thinks
        effort, efforts, _ = _effort(probe, names, source, {found.name: found.on})
        found = replace(found, effort=effort, efforts=efforts)
    return found


def _switch(probe: _Probe, names: Sequence[str], source: str, formats: Formats) -> Switches:
    effort, efforts, none = _effort(probe, names, source)
    budget = next((n for n in names if _BUDGET.search(n) and _differ(probe, n, 0, 1024)), "")
    found = Switches(effort=effort, efforts=efforts, budget=budget)
    for name, on, off in _candidates(names, found, none, source):
        if _differ(probe, name, on, off):
            is_off = probe({}) == probe({name: off})
            return replace(found, name=name, on=on, off=off, by_default=not is_off)
    for off_words, on_words in _WORDS:
        if off_words in source and probe.has_effect(off_words):
            is_on = not probe.is_same(off_words, "")
            return replace(found, name=off_words, on=on_words, off=off_words, by_default=is_on)
    if formats.closed_by(probe({})):  # there are no thoughts that could be let come
        return replace(found, by_default=False)
    if formats.has_reasoning:
        return replace(found, name=BLOCK)
    return found


class _Probe:
    """Renders two short conversations in one way and another; a refusal is an empty text.

    One of them has no system text, since some templates have a switch in their own one alone.
    Once it has taken too long, everything is refused.
    """

    def __init__(self, template: ChatTemplate) -> None:
        self._template = template
        self._ends = time.thread_time() + _MOST_S

    def __call__(
        self, variables: Mapping[str, Any], messages: Sequence[ChatMessage] = _PROBE
    ) -> str:
        if time.thread_time() > self._ends:
            return ""
        try:
            texts = [
                self._template.render(each, options=variables).text
                for each in (messages, messages[1:])
            ]
        except StudioError:
            return ""
        return "\n".join(texts)

    def has_effect(self, words: str) -> bool:
        """Tell whether words in the system text do more than to stand there."""
        return _without(self({}, _marked(_PROBE, words)), words) != _without(self({}), words)

    def is_same(self, words: str, others: str) -> bool:
        """Tell whether two endings of the system text come to the same."""
        one, two = self({}, _marked(_PROBE, words)), self({}, _marked(_PROBE, others))
        return _without(one, words) == _without(two, words)


def _candidates(
    names: Sequence[str], known: Switches, none: str, source: str
) -> Iterator[tuple[str, bool | str | int, bool | str | int]]:
    modes = [mode for mode in _MODES if all(_quotes(source, word) for word in mode)]
    for name in sorted(names, key=len):
        if name not in (known.effort, known.budget) and not _BUDGET.search(name):
            yield name, True, False
            for on, off in modes:
                yield name, on, off
    efforts = known.efforts
    if none and efforts:
        yield known.effort, "medium" if "medium" in efforts else efforts[-1], none
    if known.budget:
        yield known.budget, -1, 0


def _effort(
    probe: _Probe, names: Sequence[str], source: str, beside: Mapping[str, Any] | None = None
) -> tuple[str, tuple[str, ...], str]:
    """Return the variable for the effort, the values that it takes, and the one for none at all.

    Args:
        beside: what else the template is told.
    """
    given = dict(beside or {})
    for name in names:
        if "effort" not in name:
            continue
        if _ANY_WORD in probe({**given, name: _ANY_WORD}):  # it writes out what it is given
            return name, ("low", "medium", "high"), ""
        told = {w: probe({**given, name: w}) for w in _EFFORTS if _quotes(source, w)}
        efforts = tuple(word for word, text in told.items() if text)
        none = next((w for w in _NO_EFFORT if _quotes(source, w) and probe({name: w})), "")
        if len({probe(given), *filter(None, told.values())}) > 1 or (efforts and none):
            return name, efforts, none
    return "", (), ""


def _differ(probe: _Probe, name: str, one: object, other: object) -> bool:
    first, second = probe({name: one}), probe({name: other})
    return bool(first and second) and first != second


def _quotes(source: str, word: str) -> bool:
    return f"'{word}'" in source or f'"{word}"' in source


def _marked(messages: Sequence[ChatMessage], words: str) -> tuple[ChatMessage, ...]:
    for place, message in enumerate(messages):
        if message.role == "system":
            told = replace(message, content=f"{message.content}\n\n{words}".rstrip())
            return (*messages[:place], told, *messages[place + 1 :])
    return (ChatMessage("system", words), *messages) if words else tuple(messages)


def _without(text: str, words: str) -> str:
    return "".join(text.replace(words, "").split())
