"""What a reply was made with, read back from what was kept, so that it can be made again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any, TypeVar

from studio.chat.conversation import Message
from studio.engine.language import LoadSettings, ReplyGenerated, Sampling
from studio.errors import StudioError
from studio.lists import all_of
from studio.translation import mark, tr

_T = TypeVar("_T", LoadSettings, Sampling)
Batches = tuple[tuple[int, int, int], ...]
"""Runs of batches of one size, as in :mod:`studio.workers.llama.readings`."""

_SHOWN_WORDS = 8
_THIS_CUT = {
    "cancelled": mark("This one was stopped after {place}; up to there both are the same."),
    "max_tokens": mark(
        "This one reached its length limit after {place}; up to there both are the same."
    ),
    "context": mark("This one filled the context after {place}; up to there both are the same."),
}
_THIS_SILENT = {
    "cancelled": mark(
        "This one was stopped before its first word, so there is nothing to compare."
    ),
    "max_tokens": mark(
        "This one reached its length limit before its first word, so there is nothing to compare."
    ),
    "context": mark(
        "This one filled the context before its first word, so there is nothing to compare."
    ),
}
_FIRST_CUT = {
    "cancelled": mark("The first one was stopped after {place}; up to there both are the same."),
    "max_tokens": mark(
        "The first one reached its length limit after {place}; up to there both are the same."
    ),
    "context": mark(
        "The first one filled the context after {place}; up to there both are the same."
    ),
}
_FIRST_SILENT = {
    "cancelled": mark(
        "The first one was stopped before its first word, so there is nothing to compare."
    ),
    "max_tokens": mark(
        "The first one reached its length limit before its first word, "
        "so there is nothing to compare."
    ),
    "context": mark(
        "The first one filled the context before its first word, so there is nothing to compare."
    ),
}
_MAKERS = {
    "file_stamp": mark("the model's file was replaced"),
    "engine": mark("the engine is another version"),
    "processor": mark("the processor is another one"),
    "device": mark("it runs elsewhere"),
}


def model_of(reply: Message) -> str:
    """Return the name of the model that wrote a reply.

    Raises:
        StudioError: ``reply.no_recipe``.
    """
    name = reply.recipe.get("model")
    if not isinstance(name, str) or not name:
        raise no_recipe()
    return name


def check_repeatable(reply: Message) -> None:
    """Refuse what was not written in one go from one prompt, or not at all.

    Raises:
        StudioError: ``reply.continued``, ``reply.not_begun`` or ``reply.no_recipe``.
    """
    model_of(reply)
    if reply.status == "cancelled" and not (reply.content or reply.reasoning):
        raise StudioError(
            "reply.not_begun",
            tr("This reply was stopped before its first word."),
            tr("There is nothing to make again; ask for another reply instead."),
        )
    if reply.recipe.get("continued"):
        raise StudioError(
            "reply.continued",
            tr("This reply was written in two parts."),
            tr(
                "Only one that was written in one go can be made again; ask for "
                "another reply instead."
            ),
        )


def load_settings(reply: Message) -> LoadSettings:
    """Return how the model was loaded when it wrote a reply.

    Raises:
        StudioError: ``reply.no_recipe``.
    """
    return _read(LoadSettings, reply.recipe.get("load"))


def sampling(reply: Message) -> Sampling:
    """Return how a reply's tokens were chosen, its seed included.

    Raises:
        StudioError: ``reply.no_recipe``.
    """
    return _read(Sampling, reply.recipe.get("sampling"))


def sampling_again(reply: Message) -> Sampling:
    """Return how a reply is made again: as it was, and no longer than it where it was cut off.

    Raises:
        StudioError: ``reply.no_recipe``.
    """
    chosen = sampling(reply)
    if reply.stop not in _FIRST_CUT or reply.figures is None or reply.figures.tokens < 1:
        return chosen
    return replace(chosen, max_tokens=reply.figures.tokens)


def ended_as(first: Message, result: ReplyGenerated) -> ReplyGenerated:
    """Return a reply that was held to the length of the first with the reason why that ended."""
    if result.stop == "max_tokens" and first.stop == "context":
        return replace(result, stop=first.stop)
    return result


def read_in(reply: Message) -> Batches:
    """Return the batches in which a reply's prompt was read; none when they are not known."""
    told = reply.recipe.get("read_in")
    if not isinstance(told, list | tuple) or not all(map(_is_run, told)):
        return ()
    return tuple((start, size, count) for start, size, count in told)


def _is_run(run: object) -> bool:
    if not isinstance(run, list | tuple) or len(run) != 3:
        return False
    return all(type(number) is int and 0 <= number < 1 << 31 for number in run)


def no_recipe() -> StudioError:
    """Return the error of a reply of which it is not known how it was made."""
    return StudioError(
        "reply.no_recipe",
        tr("It is not known how this reply was made."),
        tr(
            "Ask for another reply instead; that of a reply which was imported or "
            "edited is not kept."
        ),
    )


def comparison(
    first: Message,
    text: str,
    reasoning: str,
    *,
    stop: str = "",
    maker: Mapping[str, Any] | None = None,
    batches: Batches = (),
) -> str:
    """Return in words whether a reply that was made again is the same, and if not, why.

    Args:
        stop: why the new one ended, as in :class:`studio.engine.language.ReplyGenerated`.
        maker: what made it, in the words of a recipe.
        batches: those in which its prompt was read; a prompt with pictures, or of very many
            batches, cannot be read as it was.
    """
    before, after = _words(first.reasoning, first.content), _words(reasoning, text)
    if (first.content, first.reasoning) == (text, reasoning):
        return tr("The same text as before, to the letter.")
    if stop in _THIS_CUT and _begins((first.reasoning, first.content), (reasoning, text)):
        return _cut_off(_THIS_CUT[stop], tr(_THIS_SILENT[stop]), len(after))
    if first.stop in _FIRST_CUT and _begins((reasoning, text), (first.reasoning, first.content)):
        return _cut_off(_FIRST_CUT[first.stop], tr(_FIRST_SILENT[first.stop]), len(before))
    if before == after:
        return tr("The same words as before; only blanks differ.")
    same = 0
    while same < min(len(before), len(after)) and before[same] == after[same]:
        same += 1
    there = " ".join(before[same : same + _SHOWN_WORDS]) or tr("the end")
    here = " ".join(after[same : same + _SHOWN_WORDS]) or tr("the end")
    told = tr(
        "The same up to word {same}, then “{here}” where the first one has “{there}”.",
        same=same,
        here=here,
        there=there,
    )
    return f"{told} {_reason(first, maker or {}, batches)}"


def _cut_off(told: str, silent: str, words: int) -> str:
    """Return the sentence about two replies of which one is the beginning of the other."""
    if not words:
        return silent
    return tr(told, place=tr("%n word", "%n words", words))


def _begins(whole: tuple[str, str], start: tuple[str, str]) -> bool:
    """Tell whether a reply, its reasoning and its text, begins as another that was cut off."""
    (reasoning, text), (first_reasoning, first_text) = whole, start
    if not first_text.strip():
        return reasoning.startswith(first_reasoning.rstrip())
    return reasoning == first_reasoning and text.startswith(first_text.rstrip())


def _reason(first: Message, maker: Mapping[str, Any], batches: Batches) -> str:
    """Return why the words may differ, as far as recipe, maker and batches tell."""
    recipe = first.recipe
    known = [field for field in _MAKERS if recipe.get(field) and maker.get(field)]
    changed = [tr(_MAKERS[field]) for field in known if recipe[field] != maker[field]]
    if changed:
        told = all_of(filter(None, (", ".join(changed[:-1]), changed[-1])))
        return tr("Since then, {changes}.", changes=told)
    if not {"engine", "processor"} <= set(known):
        return tr("Another version of the engine or another processor rounds differently.")
    is_read_alike = bool(batches) and tuple(map(tuple, batches)) == read_in(first)
    if first.figures and first.figures.reused_tokens and not is_read_alike:
        return tr(
            "The first one went on from what was read before it, which can round differently."
        )
    return tr("Model, engine and processor are as they were; why it differs is not known.")


def _words(reasoning: str, text: str) -> list[str]:
    return f"{reasoning} {text}".split()


def _read(kind: type[_T], data: object) -> _T:
    """Return settings from a recipe; those that this version does not know are left out."""
    if not isinstance(data, Mapping):
        raise no_recipe()
    known: dict[str, Any] = {
        field.name: tuple(value) if isinstance(value := data[field.name], list) else value
        for field in fields(kind)
        if field.name in data
    }
    try:
        return kind(**known)
    except TypeError as error:
        raise no_recipe() from error
