"""Finds out whether a chat template lets one choose if, how hard and how long its model thinks.

Nothing is taken from a template's words alone: a name that looks like a switch is tried both ways
on a short conversation, and only one that changes the prompt is a switch. What models without one
can be held to all the same is in :mod:`studio.prompting.begun`.
"""

from __future__ import annotations

import re
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
_ANY_WORD = "qzx"
_PROBE = (ChatMessage("system", "Be kind."), ChatMessage("user", "Hello"))


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

    def variables(self, wish: Wish) -> dict[str, Any]:
        """Return the variables of the template that tell a wish."""
        found: dict[str, Any] = {}
        if self.effort and wish.effort in self.efforts:
            found[self.effort] = wish.effort
        if self.budget and wish.tokens is not None:
            found[self.budget] = wish.tokens
        if self.name and self.name != BLOCK and not self.is_words and wish.think is not None:
            found[self.name] = self.on if wish.think else self.off
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
    effort, efforts, none = _effort(probe, names, source)
    budget = next((n for n in names if _BUDGET.search(n) and _differ(probe, n, 0, 1024)), "")
    found = Switches(effort=effort, efforts=efforts, budget=budget)
    for name, on, off in _candidates(names, effort, none, efforts, budget):
        if _differ(probe, name, on, off):
            is_off = probe({}) == probe({name: off})
            return replace(found, name=name, on=on, off=off, by_default=not is_off)
    for off_words, on_words in _WORDS:
        if off_words in source and probe.has_effect(off_words):
            is_on = not probe.is_same(off_words, "")
            return replace(found, name=off_words, on=on_words, off=off_words, by_default=is_on)
    if formats.has_reasoning:
        return replace(found, name=BLOCK)
    return found


class _Probe:
    """Renders two short conversations in one way and another; a refusal is an empty text.

    One of them has no system text, since some templates have a switch in their own one alone.
    """

    def __init__(self, template: ChatTemplate) -> None:
        self._template = template

    def __call__(
        self, variables: Mapping[str, Any], messages: Sequence[ChatMessage] = _PROBE
    ) -> str:
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
    names: Sequence[str], effort: str, none: str, efforts: tuple[str, ...], budget: str
) -> Iterator[tuple[str, bool | str | int, bool | str | int]]:
    for name in sorted(names, key=len):
        if name not in (effort, budget) and not _BUDGET.search(name):
            yield name, True, False
    if none and efforts:
        yield effort, "medium" if "medium" in efforts else efforts[-1], none
    if budget:
        yield budget, -1, 0


def _effort(probe: _Probe, names: Sequence[str], source: str) -> tuple[str, tuple[str, ...], str]:
    """Return the variable for the effort, the values that it takes, and the one for none at all."""
    for name in names:
        if "effort" not in name:
            continue
        if _ANY_WORD in probe({name: _ANY_WORD}):  # it writes out what it is given
            return name, ("low", "medium", "high"), ""
        told = {word: probe({name: word}) for word in _EFFORTS if _quotes(source, word)}
        efforts = tuple(word for word, text in told.items() if text)
        none = "none" if _quotes(source, "none") and probe({name: "none"}) else ""
        if len({*told.values()}) > 1 or (efforts and none):
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
