"""What the inspector tells, as names and values: how replies are drawn, and what is loaded."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QLocale

from studio.sizes import memory_needed
from studio.ui.widgets.quantities import count, duration

if TYPE_CHECKING:
    from studio.engine.language import ModelLoaded, Sampling


@dataclass(frozen=True, slots=True)
class Fact:
    """A name that people know, its technical name or a sentence about it, and its value."""

    name: str
    tip: str
    value: str
    warns: bool = False


@dataclass(frozen=True, slots=True)
class SamplingFacts:
    """Settings of sampling: what a person looks for first, what else matters, what is idle."""

    first: tuple[Fact, ...]
    telling: tuple[Fact, ...]
    idle: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class _Knob:
    """One setting of sampling. ``matters`` tells whether it has a say in these settings."""

    field: str
    name: str
    tip: str
    matters: Callable[[Sampling], bool]
    words: Callable[[Any], str]


def _number(value: float) -> str:
    return QLocale().toString(value, "g", 4)


def _unless(off: float) -> Callable[[float], str]:
    return lambda value: "Off" if value == off else _number(value)


def _tokens(number: int) -> str:
    return f"{count(number)} token{'' if number == 1 else 's'}"


def _looked_back(number: int) -> str:
    return "At everything" if number < 0 else f"At {_tokens(number)}"


def _creativity(value: float) -> str:
    if value <= 0:
        return "None: always the likeliest words"
    level = next(word for limit, word in _LEVELS if value < limit)
    return f"{level}, {_number(value)}"


_LEVELS = ((0.4, "Low"), (0.9, "Medium"), (float("inf"), "High"))


def _given(text: str | None) -> str:
    return "Given" if text else "Off"


def _always(_sampling: Sampling) -> bool:
    return True


def _draws(sampling: Sampling) -> bool:
    """Whether the next token is drawn from several, by the usual filters."""
    return sampling.temperature > 0 and not sampling.mirostat


def _mirostat(sampling: Sampling) -> bool:
    return sampling.temperature > 0 and bool(sampling.mirostat)


def _brakes(sampling: Sampling) -> bool:
    return (
        sampling.repeat_penalty != 1.0
        or sampling.frequency_penalty != 0
        or sampling.presence_penalty != 0
    )


def _dry(sampling: Sampling) -> bool:
    return sampling.dry_multiplier > 0


def _xtc(sampling: Sampling) -> bool:
    return _draws(sampling) and sampling.xtc_probability > 0


_KNOBS = (
    _Knob("temperature", "Creativity", "Higher is more varied", _always, _creativity),
    _Knob(
        "top_p",
        "Variety limit",
        "Only the likeliest words that make up this share together",
        lambda s: _draws(s) and s.top_p < 1,
        _unless(1.0),
    ),
    _Knob(
        "top_k",
        "Choices",
        "Only this many of the likeliest words",
        lambda s: _draws(s) and s.top_k > 0,
        lambda value: count(value) if value > 0 else "Off",
    ),
    _Knob(
        "min_p",
        "Least likelihood",
        "Only words at least this likely, measured against the likeliest",
        lambda s: _draws(s) and s.min_p > 0,
        _unless(0.0),
    ),
    _Knob(
        "typical_p",
        "Typical words only",
        "Only words about as surprising as expected",
        lambda s: _draws(s) and s.typical_p < 1,
        _unless(1.0),
    ),
    _Knob(
        "repeat_penalty",
        "Repetition brake",
        "Above 1, words just used become less likely",
        lambda s: s.repeat_penalty != 1.0,
        _unless(1.0),
    ),
    _Knob(
        "frequency_penalty",
        "Frequency brake",
        "Words become less likely with every use",
        lambda s: s.frequency_penalty != 0,
        _unless(0.0),
    ),
    _Knob(
        "presence_penalty",
        "Newness brake",
        "Words become less likely once they are used",
        lambda s: s.presence_penalty != 0,
        _unless(0.0),
    ),
    _Knob("penalty_window", "Brakes look back", "How far they look", _brakes, _looked_back),
    _Knob(
        "mirostat",
        "Steady surprise",
        "Keeps replies evenly surprising, in place of the limits above",
        _mirostat,
        lambda value: f"Version {value}" if value else "Off",
    ),
    _Knob("mirostat_tau", "Surprise aimed at", "Higher is more varied", _mirostat, _number),
    _Knob("mirostat_eta", "Surprise correction", "How quickly it adapts", _mirostat, _number),
    _Knob(
        "dry_multiplier",
        "Phrase brake",
        "Keeps whole phrases from coming back",
        _dry,
        _unless(0.0),
    ),
    _Knob("dry_base", "Phrase brake growth", "Growth with a phrase's length", _dry, _number),
    _Knob(
        "dry_allowed_length",
        "Phrases let through",
        "Phrases up to this length may come back",
        _dry,
        _tokens,
    ),
    _Knob("dry_window", "Phrase brake looks back", "How far it looks", _dry, _looked_back),
    _Knob(
        "xtc_probability",
        "Leave out the obvious",
        "How often the likeliest words are left out",
        _xtc,
        _unless(0.0),
    ),
    _Knob(
        "xtc_threshold",
        "Obvious from",
        "How likely a word must be to be left out",
        _xtc,
        _number,
    ),
    _Knob(
        "max_tokens",
        "Length limit",
        "The longest reply",
        _always,
        lambda value: "As long as there is room" if value is None else _tokens(value),
    ),
    _Knob(
        "seed",
        "Seed",
        "The same seed and settings give the same reply",
        lambda s: s.temperature > 0,
        lambda value: "New for each reply" if value is None else str(value),
    ),
    _Knob(
        "stop",
        "Stops at",
        "A reply ends before these words",
        lambda s: bool(s.stop),
        lambda value: ", ".join(f"“{word}”" for word in value) if value else "Nothing",
    ),
    _Knob(
        "json_schema",
        "Fixed form",
        "The reply follows a JSON schema",
        lambda s: bool(s.json_schema),
        _given,
    ),
    _Knob(
        "grammar",
        "Fixed grammar",
        "The reply follows a GBNF grammar",
        lambda s: bool(s.grammar),
        _given,
    ),
    _Knob(
        "top_logprobs",
        "Alternatives kept",
        "Words that might have stood there, with their likelihood",
        lambda s: s.top_logprobs > 0,
        lambda value: count(value) if value else "None",
    ),
)


_FIRST = ("temperature", "max_tokens", "seed")


def sampling_facts(sampling: Sampling) -> SamplingFacts:
    """Return every setting once; those of ``first`` are there whether they matter or not."""
    first: dict[str, Fact] = {}
    telling: list[Fact] = []
    idle: list[Fact] = []
    for knob in _KNOBS:
        words = knob.words(getattr(sampling, knob.field))
        matters = knob.matters(sampling)
        if knob.field in _FIRST and not matters:
            words = "Has no effect without creativity"
        fact = Fact(knob.name, f"{knob.tip}  ({knob.field})", words)
        if knob.field in _FIRST:
            first[knob.field] = fact
        else:
            (telling if matters else idle).append(fact)
    return SamplingFacts(tuple(first[name] for name in _FIRST), tuple(telling), tuple(idle))


def model_facts(loaded: ModelLoaded) -> tuple[tuple[Fact, ...], tuple[Fact, ...]]:
    """Return what matters of the loaded model, and what else llama.cpp reports of it.

    What is wrong with it matters.
    """
    template = _template(loaded)
    first = [*_first_facts(loaded), *([template] if template.warns else [])]
    more = [*_more_facts(loaded), *([] if template.warns else [template])]
    return tuple(first), tuple(more)


def _first_facts(loaded: ModelLoaded) -> Iterator[Fact]:
    yield Fact("Keeps in view", "Context length", _context(loaded))
    device = _DEVICES.get(loaded.device, loaded.device)
    yield Fact("Runs on", f"Device: {loaded.offload}", device)
    yield Fact(
        "Memory held",
        f"Of it {memory_needed(loaded.weights_bytes)} for the model's weights",
        memory_needed(loaded.memory_bytes),
    )
    if loaded.reasoning:
        yield Fact("Thinking", "Reasoning", "It can think before it answers.")


def _more_facts(loaded: ModelLoaded) -> Iterator[Fact]:
    yield Fact("Built as", loaded.description or "Architecture", loaded.architecture)
    yield Fact("Layers", "Layers of the model", _layers(loaded))
    yield Fact("Took to load", "From its file into memory", duration(loaded.seconds))
    yield _reuse(loaded)


_DEVICES = {
    "CPU": "Processor (CPU)",
    "GPU": "Graphics card (GPU)",
    "GPU + CPU": "Graphics card and processor (GPU + CPU)",
}


def _context(loaded: ModelLoaded) -> str:
    if 0 < loaded.context < loaded.context_trained:
        return f"{count(loaded.context)} of {count(loaded.context_trained)} tokens"
    return _tokens(loaded.context)


def _layers(loaded: ModelLoaded) -> str:
    whole = loaded.layers + 1  # llama.cpp counts the output matrix as one more
    if loaded.layers_offloaded <= 0:
        return f"{count(whole)}, none on the graphics card"
    if loaded.layers_offloaded >= whole:
        return f"{count(whole)}, all on the graphics card"
    return f"{count(loaded.layers_offloaded)} of {count(whole)} on the graphics card"


def _template(loaded: ModelLoaded) -> Fact:
    if loaded.template_error:
        return Fact(
            "Chat template",
            loaded.template_error,
            "Its own cannot be used; a common one takes its place.",
            warns=True,
        )
    if not loaded.has_template:
        return Fact(
            "Chat template",
            "A base model",
            "It has none: it continues your text rather than answering it.",
            warns=True,
        )
    return Fact("Chat template", "From the model's file", "It brings its own.")


def _reuse(loaded: ModelLoaded) -> Fact:
    if loaded.cache_can_be_cut:
        words = "What it has read is kept; only what changed is read again."
    else:
        words = (
            "What it has read is kept while you go on; "
            "after a change it may have to read all again."
        )
    return Fact("Its memory", "KV cache", words)
