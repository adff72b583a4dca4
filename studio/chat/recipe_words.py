"""How a reply was made, as lines in plain words: the model, what it read, how words were chosen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from studio.chat.presets import shipped_words
from studio.chat.presets.values import KNOBS
from studio.chat.shape import verdict_of
from studio.engine.language import LoadSettings, Sampling
from studio.numerals import number
from studio.translation import mark, tr

if TYPE_CHECKING:
    from studio.chat.conversation import Message

_ALWAYS = ("temperature", "seed", "max_tokens", "top_p", "top_k", "min_p")
_LOADING = {
    "context": mark("Conversation length"),
    "gpu_layers": mark("Layers on the graphics card"),
    "threads": mark("Processor threads"),
    "flash_attention": mark("Faster attention"),
    "cache_type": mark("Precision of the conversation"),
    "batch": mark("Reading step"),
    "memory_map": mark("Read weights as they are needed"),
    "memory_lock": mark("Keep weights in memory"),
    "rope_scaling": mark("Stretching of the context"),
    "rope_frequency_base": mark("Position frequency"),
    "rope_frequency_scale": mark("Position factor"),
    "yarn_original_context": mark("Length before stretching"),
    "yarn_extrapolation": mark("Share of extrapolation"),
    "yarn_attention": mark("Weight of attention"),
    "yarn_beta_fast": mark("Near positions begin at"),
    "yarn_beta_slow": mark("Far positions begin at"),
    "full_sliding_window": mark("Keep the whole sliding window"),
    "seed": mark("Seed of replies"),
}
_OPEN = {
    "max_tokens": mark("none"),
    "seed": mark("drawn"),
    "gpu_layers": mark("automatic"),
    "threads": mark("automatic"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One fact: its group and name in plain words, what it was, and its technical name."""

    group: str
    name: str
    value: str
    technical: str = ""


def lines(reply: Message) -> tuple[Line, ...]:
    """Return all that is known of how a reply was made; nothing when nothing is."""
    recipe = reply.recipe
    if not recipe.get("model"):
        return ()
    return (
        *_of_the_model(recipe),
        *_of_the_prompt(reply),
        *_of_the_choice(recipe),
        *_of_the_shape(recipe),
        *_of_the_loading(recipe),
    )


def _of_the_model(recipe: Mapping[str, Any]) -> Iterator[Line]:
    group = tr("The model")
    yield Line(group, tr("Model"), _plain(recipe["model"]))
    if file := _plain(recipe.get("file", "")):
        yield Line(group, tr("File"), PurePath(file).name, file)
    digest = recipe.get("file_sha256")
    if digest is not None:
        told = _plain(digest) or tr("not known yet")
        yield Line(group, tr("Hash of the file"), told, "SHA-256")
    if template := _plain(recipe.get("template_sha256", "")):
        yield Line(group, tr("Hash of the chat template"), template, "SHA-256")
    if engine := _plain(recipe.get("engine", "")):
        yield Line(group, tr("Engine"), engine, _plain(recipe.get("processor", "")))
    if device := _plain(recipe.get("device", "")):
        yield Line(group, tr("Ran on"), device)


def _of_the_prompt(reply: Message) -> Iterator[Line]:
    group, recipe = tr("What it read"), reply.recipe
    name = shipped_words.preset_title(
        _plain(recipe.get("preset", "")), _plain(recipe.get("preset_title", ""))
    )
    version = recipe.get("preset_version")
    if name:
        if version:
            name = tr("{name}, version {version}", name=name, version=_plain(version))
        yield Line(group, tr("Preset"), name)
    system = _plain(recipe.get("system", "")).strip()
    yield Line(group, tr("Instructions"), system or tr("none"), "system prompt")
    examples = recipe.get("examples")
    if isinstance(examples, list) and examples:
        told = tr("{count:,} from the preset", count=len(examples))
        yield Line(group, tr("Examples"), told)
    tokens = recipe.get("prompt_tokens")
    if isinstance(tokens, int):
        told = tr("{tokens:,} tokens", tokens=tokens)
        yield Line(group, tr("Length of the prompt"), told, "prompt_tokens")
    left_out, summarised = recipe.get("left_out"), recipe.get("summarised")
    if isinstance(left_out, int):
        yield Line(group, tr("Left out, for want of room"), _lost(left_out, summarised))
    if isinstance(summarised, int) and summarised:
        yield Line(group, tr("Read as a summary"), _oldest(summarised))
    yield from _of_the_attached(recipe)
    if recipe.get("continued"):
        yield Line(group, tr("Written in parts"), tr("the end was added with Continue"))


def _lost(messages: int, summarised: Any) -> str:
    if not messages:
        return tr("nothing")
    if summarised:
        return tr("the message after the summary", "the %n messages after the summary", messages)
    return _oldest(messages)


def _oldest(messages: int) -> str:
    return tr("the %n oldest message", "the %n oldest messages", messages)


def _of_the_attached(recipe: Mapping[str, Any]) -> Iterator[Line]:
    attached = recipe.get("attached")
    for each in attached if isinstance(attached, list) else ():
        if isinstance(each, Mapping):
            digest = _plain(each.get("sha256", ""))
            name = _plain(each.get("name", ""))
            yield Line(tr("What it read"), tr("Attached"), name, f"SHA-256 {digest}")
    if projector := _plain(recipe.get("projector", "")):
        yield Line(tr("What it read"), tr("Seen through"), projector, "projector")


def _of_the_choice(recipe: Mapping[str, Any]) -> Iterator[Line]:
    sampling, standard = recipe.get("sampling"), asdict(Sampling())
    if not isinstance(sampling, Mapping):
        return
    known = [field for field in (*_ALWAYS, *KNOBS) if field in sampling]
    for field in dict.fromkeys(known):
        value = sampling[field]
        is_open = value in (None, "", [], ())  # but not 0 or false, which may be a choice
        is_usual = value == standard.get(field) or (is_open and not standard.get(field))
        if field in _ALWAYS or not is_usual:
            name = tr(KNOBS[field].name)
            yield Line(tr("How words were chosen"), name, _value(field, value), field)


def _of_the_shape(recipe: Mapping[str, Any]) -> Iterator[Line]:
    if (verdict := verdict_of(recipe)) is not None:
        told = tr("yes") if verdict.valid else tr("no: {problem}", problem=verdict.problem)
        name = tr("Has the shape asked for")
        yield Line(tr("How words were chosen"), name, told, "structured")


def _of_the_loading(recipe: Mapping[str, Any]) -> Iterator[Line]:
    load, standard = recipe.get("load"), asdict(LoadSettings())
    if not isinstance(load, Mapping):
        return
    for field, name in _LOADING.items():
        value = load.get(field)
        if value is not None and (field == "context" or value != standard[field]):
            told = _value(field, value)
            if field == "context":
                told = tr("{number} tokens", number=told)
            yield Line(tr("How it was loaded"), tr(name), told, field)


def _value(field: str, value: Any) -> str:
    if value is None:
        return tr(_OPEN[field]) if field in _OPEN else tr("as in the file")
    if isinstance(value, bool):
        return tr("on") if value else tr("off")
    if isinstance(value, int) and field != "seed":
        return number(value)
    if isinstance(value, list | tuple):
        return " · ".join(_plain(each) for each in value)
    return _plain(value)


def _plain(value: Any) -> str:
    """Return a value of a recipe, which may come from an import and be anything."""
    return value if isinstance(value, str) else "" if value is None else str(value)
