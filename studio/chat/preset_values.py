"""The values of a preset: their names in plain words, their bounds, and what is wrong with them."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from typing import Any

from studio.engine.language import Sampling

MOST_TITLE = 120
MOST_DESCRIPTION = 2_000
MOST_SYSTEM = 200_000
MOST_EXAMPLES = 50
MOST_EXAMPLE = 50_000
_MOST_TEXT = 200_000
_MOST_STOPS = 32

FIELDS = {
    "title": "Name",
    "description": "What it is for",
    "system": "Instructions",
    "model": "Model",
    "examples": "Examples",
    "suits": "Made for models",
}


@dataclass(frozen=True, slots=True)
class Knob:
    """A setting of sampling: its name for people, and the least and greatest number it takes."""

    field: str
    name: str
    least: float = 0
    most: float = 0
    may_be_open: bool = False

    @property
    def kind(self) -> type:
        """``int``, ``float`` or ``str``; ``tuple`` for a list of texts."""
        default = getattr(Sampling(), self.field)
        if default is not None:
            return type(default)
        return int if self.most else str

    def allowed(self) -> str:
        """Return in words what it takes."""
        if self.kind is tuple:
            return f"a list of at most {_MOST_STOPS} texts"
        if self.kind is str:
            return "a text, or nothing"
        number = "a whole number" if self.kind is int else "a number"
        nothing = ", or nothing" if self.may_be_open else ""
        return f"{number} from {self.least:,} to {self.most:,}{nothing}"

    def problem(self, value: Any) -> str:
        """Return what is wrong with a value, as a sentence, or ``""``."""
        if self._takes(value):
            return self._form_problem(value)
        return f"{self.name} ({self.field}) takes {self.allowed()}, not {_shown(value)}."

    def _takes(self, value: Any) -> bool:
        if value is None:
            return self.may_be_open
        if self.kind is tuple:
            return isinstance(value, list | tuple) and all(isinstance(each, str) for each in value)
        if self.kind is str:
            return isinstance(value, str)
        kinds = (int,) if self.kind is int else (int, float)
        return type(value) in kinds and self.least <= value <= self.most

    def _form_problem(self, value: Any) -> str:
        if self.kind is tuple:
            too_many = len(value) > _MOST_STOPS or sum(map(len, value)) > _MOST_TEXT
            return f"{self.name} ({self.field}) takes {self.allowed()}." if too_many else ""
        if not isinstance(value, str):
            return ""
        if len(value) > _MOST_TEXT:
            return too_long(f"{self.name} ({self.field})", len(value), _MOST_TEXT)
        return _schema_problem(value) if self.field == "json_schema" else ""


_WINDOW = 1_000_000
KNOBS = {
    knob.field: knob
    for knob in (
        Knob("temperature", "Creativity", 0, 5),
        Knob("max_tokens", "Length limit", 1, 1_000_000, may_be_open=True),
        Knob("top_p", "Variety limit", 0, 1),
        Knob("top_k", "Choices", 0, _WINDOW),
        Knob("min_p", "Least likelihood", 0, 1),
        Knob("typical_p", "Typical words only", 0, 1),
        Knob("repeat_penalty", "Repetition brake", 0.1, 5),
        Knob("frequency_penalty", "Frequency brake", -2, 2),
        Knob("presence_penalty", "Newness brake", -2, 2),
        Knob("penalty_window", "Brakes look back", -1, _WINDOW),
        Knob("mirostat", "Steady surprise", 0, 2),
        Knob("mirostat_tau", "Surprise aimed at", 0, 20),
        Knob("mirostat_eta", "Surprise correction", 0, 1),
        Knob("dry_multiplier", "Phrase brake", 0, 10),
        Knob("dry_base", "Phrase brake growth", 0, 10),
        Knob("dry_allowed_length", "Phrases let through", 0, _WINDOW),
        Knob("dry_window", "Phrase brake looks back", -1, _WINDOW),
        Knob("xtc_probability", "Leave out the obvious", 0, 1),
        Knob("xtc_threshold", "Obvious from", 0, 1),
        # To llama.cpp the number above the greatest means: draw one.
        Knob("seed", "Seed", 0, 2**32 - 2, may_be_open=True),
        Knob("stop", "Stops at"),
        Knob("json_schema", "Fixed form", may_be_open=True),
        Knob("grammar", "Fixed grammar", may_be_open=True),
        Knob("top_logprobs", "Alternatives kept", 0, 100),
    )
}


def sampling_problems(values: dict[str, Any]) -> list[str]:
    """Return a sentence for each setting of sampling that is unknown or cannot be used."""
    unknown = sorted(values.keys() - {field.name for field in fields(Sampling)})
    problems = [f"There is no setting of sampling named “{_cut(name)}”." for name in unknown]
    known = (KNOBS[name].problem(values[name]) for name in KNOBS if name in values)
    return problems + [problem for problem in known if problem]


def too_long(what: str, length: int, most: int) -> str:
    """Return the sentence about a text of too many characters."""
    return f"{what}: {length:,} characters are too many; at most {most:,} can be used."


def _schema_problem(text: str) -> str:
    if not text.strip():
        return ""
    try:
        is_object = isinstance(json.loads(text), dict)
    except (ValueError, RecursionError):
        is_object = False
    return "" if is_object else "Fixed form (json_schema) must be a JSON object."


def _shown(value: Any) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, str):
        return f"“{_cut(value)}”"
    return _cut(str(value))


def _cut(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"
