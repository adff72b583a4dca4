"""What a conversation does differently from its preset and the settings."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from typing import Any, Literal, get_args

Overflow = Literal["stop", "roll", "compact"]
OVERFLOWS: tuple[Overflow, ...] = get_args(Overflow)


@dataclass(frozen=True, slots=True)
class Options:
    """A conversation's own choices; each default leaves the choice to its preset or the settings.

    Attributes:
        overflow: what happens when the conversation outgrows the model's context.
        json_schema: a JSON schema that replies must follow, as text.
        grammar: a GBNF grammar that replies must follow.
        free_text: replies are free text also where the preset holds them to a shape.
        reasoning: whether the model thinks before it answers, where its template has a switch.
        reasoning_tokens: how long it may think, in tokens.
        reasoning_effort: how hard it thinks, in a word that its template knows.
    """

    overflow: Overflow | None = None
    json_schema: str = ""
    grammar: str = ""
    free_text: bool = False
    reasoning: bool | None = None
    reasoning_tokens: int | None = None
    reasoning_effort: str = ""

    def facts(self) -> dict[str, Any]:
        """Return what differs from the defaults."""
        default = asdict(Options())
        return {key: value for key, value in asdict(self).items() if value != default[key]}

    def to_json(self) -> str:
        """Return the same as a JSON object."""
        return json.dumps(self.facts(), ensure_ascii=False)


def options_from(text: str) -> Options:
    """Return what :meth:`Options.to_json` wrote; what this version does not know is left out."""
    found = json.loads(text)
    known = {field.name for field in fields(Options)}
    return Options(**{key: value for key, value in found.items() if key in known})
