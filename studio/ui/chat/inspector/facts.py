"""What the inspector tells, as names and values: how replies are drawn, and what is loaded."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QLocale

from studio.sizes import memory_needed
from studio.translation import mark, tr
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
    return lambda value: tr("Off") if value == off else _number(value)


def _tokens(number: int) -> str:
    return tr("%n token", "%n tokens", number)


def _looked_back(number: int) -> str:
    return tr("At everything") if number < 0 else tr("At %n token", "At %n tokens", number)


def _creativity(value: float) -> str:
    if value <= 0:
        return tr("None: always the likeliest words")
    level = next(word for limit, word in _LEVELS if value < limit)
    return f"{tr(level)}, {_number(value)}"


_LEVELS = ((0.4, mark("Low")), (0.9, mark("Medium")), (float("inf"), mark("High")))


def _given(text: str | None) -> str:
    return tr("Given") if text else tr("Off")


def _on_or_off(value: bool | None) -> str:
    if value is None:
        return tr("As the model likes")
    return tr("On") if value else tr("Off")


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
    _Knob("temperature", mark("Creativity"), mark("Higher is more varied"), _always, _creativity),
    _Knob(
        "top_p",
        mark("Variety limit"),
        mark("Only the likeliest words that make up this share together"),
        lambda s: _draws(s) and s.top_p < 1,
        _unless(1.0),
    ),
    _Knob(
        "top_k",
        mark("Choices"),
        mark("Only this many of the likeliest words"),
        lambda s: _draws(s) and s.top_k > 0,
        lambda value: count(value) if value > 0 else tr("Off"),
    ),
    _Knob(
        "min_p",
        mark("Least likelihood"),
        mark("Only words at least this likely, measured against the likeliest"),
        lambda s: _draws(s) and s.min_p > 0,
        _unless(0.0),
    ),
    _Knob(
        "typical_p",
        mark("Typical words only"),
        mark("Only words about as surprising as expected"),
        lambda s: _draws(s) and s.typical_p < 1,
        _unless(1.0),
    ),
    _Knob(
        "repeat_penalty",
        mark("Repetition brake"),
        mark("Above 1, words just used become less likely"),
        lambda s: s.repeat_penalty != 1.0,
        _unless(1.0),
    ),
    _Knob(
        "frequency_penalty",
        mark("Frequency brake"),
        mark("Words become less likely with every use"),
        lambda s: s.frequency_penalty != 0,
        _unless(0.0),
    ),
    _Knob(
        "presence_penalty",
        mark("Newness brake"),
        mark("Words become less likely once they are used"),
        lambda s: s.presence_penalty != 0,
        _unless(0.0),
    ),
    _Knob(
        "penalty_window", mark("Brakes look back"), mark("How far they look"), _brakes, _looked_back
    ),
    _Knob(
        "mirostat",
        mark("Steady surprise"),
        mark("Keeps replies evenly surprising, in place of the limits above"),
        _mirostat,
        lambda value: tr("Version {number}", number=value) if value else tr("Off"),
    ),
    _Knob(
        "mirostat_tau", mark("Surprise aimed at"), mark("Higher is more varied"), _mirostat, _number
    ),
    _Knob(
        "mirostat_eta",
        mark("Surprise correction"),
        mark("How quickly it adapts"),
        _mirostat,
        _number,
    ),
    _Knob(
        "dry_multiplier",
        mark("Phrase brake"),
        mark("Keeps whole phrases from coming back"),
        _dry,
        _unless(0.0),
    ),
    _Knob(
        "dry_base",
        mark("Phrase brake growth"),
        mark("Growth with a phrase's length"),
        _dry,
        _number,
    ),
    _Knob(
        "dry_allowed_length",
        mark("Phrases let through"),
        mark("Phrases up to this length may come back"),
        _dry,
        _tokens,
    ),
    _Knob(
        "dry_window", mark("Phrase brake looks back"), mark("How far it looks"), _dry, _looked_back
    ),
    _Knob(
        "xtc_probability",
        mark("Leave out the obvious"),
        mark("How often the likeliest words are left out"),
        _xtc,
        _unless(0.0),
    ),
    _Knob(
        "xtc_threshold",
        mark("Obvious from"),
        mark("How likely a word must be to be left out"),
        _xtc,
        _number,
    ),
    _Knob(
        "max_tokens",
        mark("Length limit"),
        mark("The longest reply"),
        _always,
        lambda value: tr("As long as there is room") if value is None else _tokens(value),
    ),
    _Knob(
        "seed",
        mark("Seed"),
        mark("The same seed and settings give the same reply"),
        lambda s: s.temperature > 0,
        lambda value: tr("New for each reply") if value is None else str(value),
    ),
    _Knob(
        "stop",
        mark("Stops at"),
        mark("A reply ends before these words"),
        lambda s: bool(s.stop),
        lambda value: ", ".join(f"“{word}”" for word in value) if value else tr("Nothing"),
    ),
    _Knob(
        "json_schema",
        mark("JSON schema"),
        mark("The reply follows a JSON schema"),
        lambda s: bool(s.json_schema),
        _given,
    ),
    _Knob(
        "grammar",
        mark("Grammar"),
        mark("The reply follows a GBNF grammar"),
        lambda s: bool(s.grammar),
        _given,
    ),
    _Knob(
        "top_logprobs",
        mark("Alternatives kept"),
        mark("Words that might have stood there, with their likelihood"),
        lambda s: s.top_logprobs > 0,
        lambda value: count(value) if value else tr("None"),
    ),
    _Knob(
        "think",
        mark("Thinks first"),
        mark("Whether the model thinks before it answers, where it can"),
        lambda s: s.think is not None,
        _on_or_off,
    ),
    _Knob(
        "think_tokens",
        mark("Longest thinking"),
        mark("Then it is made to answer"),
        lambda s: s.think_tokens is not None,
        lambda value: tr("As long as it likes") if value is None else _tokens(value),
    ),
    _Knob(
        "think_effort",
        mark("Effort of thinking"),
        mark("How hard it thinks, for models that can be told"),
        lambda s: bool(s.think_effort),
        lambda value: value or tr("As the model likes"),
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
            words = tr("Has no effect without creativity")
        fact = Fact(tr(knob.name), f"{tr(knob.tip)}  ({knob.field})", words)
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
    yield Fact(tr("Keeps in view"), tr("Context length"), _context(loaded))
    device = tr(_DEVICES[loaded.device]) if loaded.device in _DEVICES else loaded.device
    yield Fact(tr("Runs on"), tr("Device: {device}", device=loaded.offload), device)
    yield Fact(
        tr("Memory held"),
        tr("Of it {size} for the model's weights", size=memory_needed(loaded.weights_bytes)),
        memory_needed(loaded.memory_bytes),
    )
    if loaded.reasoning:
        yield Fact(tr("Thinking"), tr("Reasoning"), tr("It can think before it answers."))


def _more_facts(loaded: ModelLoaded) -> Iterator[Fact]:
    yield Fact(tr("Built as"), loaded.description or tr("Architecture"), loaded.architecture)
    yield Fact(tr("Layers"), tr("Layers of the model"), _layers(loaded))
    yield Fact(tr("Took to load"), tr("From its file into memory"), duration(loaded.seconds))
    yield _reuse(loaded)


_DEVICES = {
    "CPU": mark("Processor (CPU)"),
    "GPU": mark("Graphics card (GPU)"),
    "GPU + CPU": mark("Graphics card and processor (GPU + CPU)"),
}


def _context(loaded: ModelLoaded) -> str:
    if 0 < loaded.context < loaded.context_trained:
        return tr(
            "{used} of {trained} tokens",
            used=count(loaded.context),
            trained=count(loaded.context_trained),
        )
    return _tokens(loaded.context)


def _layers(loaded: ModelLoaded) -> str:
    whole = loaded.layers + 1  # llama.cpp counts the output matrix as one more
    if loaded.layers_offloaded <= 0:
        return tr("{count}, none on the graphics card", count=count(whole))
    if loaded.layers_offloaded >= whole:
        return tr("{count}, all on the graphics card", count=count(whole))
    return tr(
        "{count} of {total} on the graphics card",
        count=count(loaded.layers_offloaded),
        total=count(whole),
    )


def _template(loaded: ModelLoaded) -> Fact:
    if loaded.template_error:
        return Fact(
            tr("Chat template"),
            loaded.template_error,
            tr("Its own cannot be used; a common one takes its place."),
            warns=True,
        )
    if not loaded.has_template:
        return Fact(
            tr("Chat template"),
            tr("A base model"),
            tr("It has none: it continues your text rather than answering it."),
            warns=True,
        )
    return Fact(tr("Chat template"), tr("From the model's file"), tr("It brings its own."))


def _reuse(loaded: ModelLoaded) -> Fact:
    if loaded.cache_can_be_cut:
        words = tr("What it has read is kept; only what changed is read again.")
    else:
        words = tr(
            "What it has read is kept while you go on; after a change it may have "
            "to read all again."
        )
    return Fact(tr("Its memory"), tr("KV cache"), words)
