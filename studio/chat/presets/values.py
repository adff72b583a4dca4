"""The values of a preset: their names in plain words, their bounds, and what is wrong with them."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from studio.engine.language import Sampling
from studio.prompting.shapes.in_force import check
from studio.translation import mark, tr

MOST_TITLE = 120
MOST_DESCRIPTION = 2_000
MOST_SYSTEM = 200_000
MOST_EXAMPLES = 50
MOST_EXAMPLE = 50_000
_MOST_TEXT = 200_000
_MOST_STOPS = 32

FIELDS = {
    "title": mark("Name"),
    "description": mark("What it is for"),
    "system": mark("Instructions"),
    "model": mark("Model"),
    "examples": mark("Examples"),
    "suits": mark("Made for models"),
}


@dataclass(frozen=True, slots=True)
class Knob:
    """A setting of sampling: its name for people, and the least and greatest number it takes.

    The name is in English, to be translated where it is shown.
    """

    field: str
    name: str
    least: float = 0
    most: float = 0
    may_be_open: bool = False

    @property
    def kind(self) -> type:
        """``int``, ``float``, ``str`` or ``bool``; ``tuple`` for a list of texts."""
        if self.field == "think":
            return bool
        default = getattr(Sampling(), self.field)
        if default is not None:
            return type(default)
        return int if self.most else str

    def allowed(self) -> str:
        """Return in words what it takes."""
        if self.kind is tuple:
            return tr("a list of at most {most} texts", most=_MOST_STOPS)
        if self.kind is str:
            return tr("a text, or nothing")
        if self.kind is bool:
            return tr("true or false, or nothing")
        kind = tr("a whole number") if self.kind is int else tr("a number")
        if self.may_be_open:
            return tr(
                "{kind} from {least:,} to {most:,}, or nothing",
                kind=kind,
                least=self.least,
                most=self.most,
            )
        return tr("{kind} from {least:,} to {most:,}", kind=kind, least=self.least, most=self.most)

    def problem(self, value: Any) -> str:
        """Return what is wrong with a value, as a sentence, or ``""``."""
        if self._takes(value):
            return self._form_problem(value)
        return tr(
            "{name} ({field}) takes {allowed}, not {value}.",
            name=tr(self.name),
            field=self.field,
            allowed=self.allowed(),
            value=_shown(value),
        )

    def _takes(self, value: Any) -> bool:
        if value is None:
            return self.may_be_open
        if self.kind is tuple:
            return isinstance(value, list | tuple) and all(isinstance(each, str) for each in value)
        if self.kind in (str, bool):
            return isinstance(value, self.kind)
        kinds = (int,) if self.kind is int else (int, float)
        return type(value) in kinds and self.least <= value <= self.most

    def _form_problem(self, value: Any) -> str:
        if self.kind is tuple:
            too_many = len(value) > _MOST_STOPS or sum(map(len, value)) > _MOST_TEXT
            return self._too_many() if too_many else ""
        if not isinstance(value, str):
            return ""
        if len(value) > _MOST_TEXT:
            return too_long(f"{tr(self.name)} ({self.field})", len(value), _MOST_TEXT)
        return _shape_problem(tr(self.name), self.field, value)

    def _too_many(self) -> str:
        return tr(
            "{name} ({field}) takes {allowed}.",
            name=tr(self.name),
            field=self.field,
            allowed=self.allowed(),
        )


_WINDOW = 1_000_000
KNOBS = {
    knob.field: knob
    for knob in (
        Knob("temperature", mark("Creativity"), 0, 5),
        Knob("max_tokens", mark("Length limit"), 1, 1_000_000, may_be_open=True),
        Knob("top_p", mark("Variety limit"), 0, 1),
        Knob("top_k", mark("Choices"), 0, _WINDOW),
        Knob("min_p", mark("Least likelihood"), 0, 1),
        Knob("typical_p", mark("Typical words only"), 0, 1),
        Knob("repeat_penalty", mark("Repetition brake"), 0.1, 5),
        Knob("frequency_penalty", mark("Frequency brake"), -2, 2),
        Knob("presence_penalty", mark("Newness brake"), -2, 2),
        Knob("penalty_window", mark("Brakes look back"), -1, _WINDOW),
        Knob("mirostat", mark("Steady surprise"), 0, 2),
        Knob("mirostat_tau", mark("Surprise aimed at"), 0, 20),
        Knob("mirostat_eta", mark("Surprise correction"), 0, 1),
        Knob("dry_multiplier", mark("Phrase brake"), 0, 10),
        Knob("dry_base", mark("Phrase brake growth"), 0, 10),
        Knob("dry_allowed_length", mark("Phrases let through"), 0, _WINDOW),
        Knob("dry_window", mark("Phrase brake looks back"), -1, _WINDOW),
        Knob("xtc_probability", mark("Leave out the obvious"), 0, 1),
        Knob("xtc_threshold", mark("Obvious from"), 0, 1),
        # To llama.cpp the number above the greatest means: draw one.
        Knob("seed", mark("Seed"), 0, 2**32 - 2, may_be_open=True),
        Knob("stop", mark("Stops at")),
        Knob("json_schema", mark("JSON schema"), may_be_open=True),
        Knob("grammar", mark("Grammar"), may_be_open=True),
        Knob("top_logprobs", mark("Alternatives kept"), 0, 100),
        Knob("think", mark("Thinks first"), may_be_open=True),
        Knob("think_tokens", mark("Longest thinking"), 0, 1_000_000, may_be_open=True),
        Knob("think_effort", mark("Effort of thinking")),
    )
}


def sampling_problems(values: dict[str, Any]) -> list[str]:
    """Return a sentence for each setting of sampling that is unknown or cannot be used."""
    unknown = sorted(values.keys() - {field.name for field in fields(Sampling)})
    problems = [
        tr("There is no setting of sampling named “{name}”.", name=_cut(name)) for name in unknown
    ]
    known = (KNOBS[name].problem(values[name]) for name in KNOBS if name in values)
    return problems + [problem for problem in known if problem]


def too_long(what: str, length: int, most: int) -> str:
    """Return the sentence about a text of too many characters."""
    return tr(
        "{what}: {length:,} characters are too many; at most {most:,} can be used.",
        what=what,
        length=length,
        most=most,
    )


def _shape_problem(name: str, field: str, text: str) -> str:
    if field not in ("json_schema", "grammar") or not text.strip():
        return ""
    found = check("json_schema" if field == "json_schema" else "grammar", text).problem
    if not found:
        return ""
    return tr("{name} ({field}) cannot be used. {problem}", name=name, field=field, problem=found)


def _shown(value: Any) -> str:
    if value is None:
        return tr("nothing")
    if isinstance(value, str):
        return f"“{_cut(value)}”"
    return _cut(str(value))


def _cut(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"
