"""How a reply was made, as lines in plain words: the model, what it read, how words were chosen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from studio.chat.preset_values import KNOBS
from studio.engine.language import LoadSettings, Sampling

if TYPE_CHECKING:
    from studio.chat.conversation import Message

_ALWAYS = ("temperature", "seed", "max_tokens", "top_p", "top_k", "min_p")
_LOADING = {
    "context": "Conversation length",
    "gpu_layers": "Layers on the graphics card",
    "threads": "Processor threads",
    "flash_attention": "Faster attention",
    "cache_type": "Precision of the conversation",
    "batch": "Reading step",
    "memory_map": "Read weights as they are needed",
    "memory_lock": "Keep weights in memory",
    "rope_scaling": "Stretching of the context",
    "rope_frequency_base": "Position frequency",
    "rope_frequency_scale": "Position factor",
    "yarn_original_context": "Length before stretching",
    "yarn_extrapolation": "Share of extrapolation",
    "yarn_attention": "Weight of attention",
    "yarn_beta_fast": "Near positions begin at",
    "yarn_beta_slow": "Far positions begin at",
    "full_sliding_window": "Keep the whole sliding window",
    "seed": "Seed of replies",
}
_OPEN = {"max_tokens": "none", "seed": "drawn", "gpu_layers": "automatic", "threads": "automatic"}


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
        *_of_the_loading(recipe),
    )


def _of_the_model(recipe: Mapping[str, Any]) -> Iterator[Line]:
    group = "The model"
    yield Line(group, "Model", _plain(recipe["model"]))
    if file := _plain(recipe.get("file", "")):
        yield Line(group, "File", PurePath(file).name, file)
    digest = recipe.get("file_sha256")
    if digest is not None:
        yield Line(group, "Hash of the file", _plain(digest) or "not known yet", "SHA-256")
    if template := _plain(recipe.get("template_sha256", "")):
        yield Line(group, "Hash of the chat template", template, "SHA-256")
    if engine := _plain(recipe.get("engine", "")):
        yield Line(group, "Engine", engine, _plain(recipe.get("processor", "")))
    if device := _plain(recipe.get("device", "")):
        yield Line(group, "Ran on", device)


def _of_the_prompt(reply: Message) -> Iterator[Line]:
    group, recipe = "What it read", reply.recipe
    name = _plain(recipe.get("preset", ""))
    version = recipe.get("preset_version")
    if name:
        yield Line(group, "Preset", f"{name}, version {_plain(version)}" if version else name)
    system = _plain(recipe.get("system", "")).strip()
    yield Line(group, "Instructions", system or "none", "system prompt")
    examples = recipe.get("examples")
    if isinstance(examples, list) and examples:
        yield Line(group, "Examples", f"{len(examples):,} from the preset")
    tokens = recipe.get("prompt_tokens")
    if isinstance(tokens, int):
        yield Line(group, "Length of the prompt", f"{tokens:,} tokens", "prompt_tokens")
    left_out = recipe.get("left_out")
    if isinstance(left_out, int):
        oldest = "message" if left_out == 1 else "messages"
        told = f"the {left_out:,} oldest {oldest}" if left_out else "nothing"
        yield Line(group, "Left out, for want of room", told)
    if recipe.get("continued"):
        yield Line(group, "Written in parts", "the end was added with Continue")


def _of_the_choice(recipe: Mapping[str, Any]) -> Iterator[Line]:
    sampling, standard = recipe.get("sampling"), asdict(Sampling())
    if not isinstance(sampling, Mapping):
        return
    known = [field for field in (*_ALWAYS, *KNOBS) if field in sampling]
    for field in dict.fromkeys(known):
        value = sampling[field]
        is_usual = value == standard.get(field) or (not value and not standard.get(field))
        if field in _ALWAYS or not is_usual:
            knob = KNOBS[field]
            yield Line("How words were chosen", knob.name, _value(field, value), field)


def _of_the_loading(recipe: Mapping[str, Any]) -> Iterator[Line]:
    load, standard = recipe.get("load"), asdict(LoadSettings())
    if not isinstance(load, Mapping):
        return
    for field, name in _LOADING.items():
        value = load.get(field)
        if value is not None and (field == "context" or value != standard[field]):
            told = f"{_value(field, value)} tokens" if field == "context" else _value(field, value)
            yield Line("How it was loaded", name, told, field)


def _value(field: str, value: Any) -> str:
    if value is None:
        return _OPEN.get(field, "as in the file")
    if isinstance(value, bool):
        return "on" if value else "off"
    if isinstance(value, int) and field != "seed":
        return f"{value:,}"
    if isinstance(value, list | tuple):
        return " · ".join(_plain(each) for each in value)
    return _plain(value)


def _plain(value: Any) -> str:
    """Return a value of a recipe, which may come from an import and be anything."""
    return value if isinstance(value, str) else "" if value is None else str(value)
