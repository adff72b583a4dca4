"""Which shape a conversation's replies are held to, and whether a finished one has it.

A conversation's own choice comes before its preset's. A JSON schema and a grammar exclude one
another: choosing one takes the other away.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from studio.chat.options import Options
from studio.engine.language import Sampling
from studio.prompting.shapes.in_force import NAMES, Kind, check, checked, kind_of, text_of
from studio.translation import mark, tr

VERDICT = "structured"  # the member of a recipe

_CUT = {
    "max_tokens": mark("It was cut off at the length limit."),
    "context": mark("It was cut off: the context is full."),
    "cancelled": mark("It was stopped before its end."),
    "stop_string": mark("It ended at a word that the preset stops at."),
}


@dataclass(frozen=True, slots=True)
class Shape:
    """A JSON schema or a grammar; free text when ``kind`` is empty."""

    kind: Kind = ""
    text: str = ""

    def refuse_unusable(self) -> None:
        """Refuse a schema or grammar that no reply can be held to.

        Raises:
            StudioError: ``shape.invalid``.
        """
        if self.kind:
            check(self.kind, self.text).refuse(tr(NAMES[self.kind]))


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a finished reply has its shape; if not, ``problem`` says where and why."""

    kind: Kind
    valid: bool
    problem: str | None = None


def own_shape(options: Options) -> Shape | None:
    """Return a conversation's own choice; ``None`` leaves it to the preset."""
    kind = kind_of(options)
    if kind:
        return Shape(kind, text_of(options))
    return Shape() if options.free_text else None


def with_shape(options: Options, shape: Shape | None) -> Options:
    """Return the options with this choice in place of the one before."""
    kind = shape.kind if shape else ""
    return replace(
        options,
        json_schema=shape.text if shape and kind == "json_schema" else "",
        grammar=shape.text if shape and kind == "grammar" else "",
        free_text=shape is not None and not kind,
    )


def shape_of(sampling: Sampling) -> Shape:
    """Return what a preset holds replies to."""
    return Shape(kind_of(sampling), text_of(sampling))


def shaped(sampling: Sampling, shape: Shape | None) -> Sampling:
    """Return the sampling with a shape in place of its own; ``None`` leaves it its own."""
    shape = shape_of(sampling) if shape is None else shape
    return replace(
        sampling,
        json_schema=shape.text if shape.kind == "json_schema" else None,
        grammar=shape.text if shape.kind == "grammar" else None,
    )


def in_force(options: Options, sampling: Sampling) -> Sampling:
    """Return the sampling of a conversation's next reply.

    Raises:
        StudioError: ``shape.invalid``.
    """
    found = shaped(sampling, own_shape(options))
    if (told := checked(found)) is not None:
        told.refuse(tr(NAMES[kind_of(found)]))
    return found


def with_verdict(recipe: Mapping[str, Any], text: str, stop: str) -> dict[str, Any]:
    """Return the recipe of a finished reply with whether it has the shape that it asks for.

    Args:
        stop: why it ended, as in :class:`studio.engine.language.ReplyGenerated`.
    """
    kept = without_verdict(recipe)
    sampling = recipe.get("sampling", {})
    for kind in ("json_schema", "grammar"):
        if wanted := sampling.get(kind):
            problem = _problem(kind, wanted, text, stop)
            return kept | {VERDICT: {"kind": kind, "valid": not problem, "problem": problem}}
    return kept


def without_verdict(recipe: Mapping[str, Any]) -> dict[str, Any]:
    """Return the recipe of a reply that was not looked at yet."""
    return {key: value for key, value in recipe.items() if key != VERDICT}


def verdict_of(recipe: Mapping[str, Any]) -> Verdict | None:
    """Return what :func:`with_verdict` kept; ``None`` for a reply in free text."""
    kept = recipe.get(VERDICT)
    if not isinstance(kept, Mapping) or kept.get("kind") not in ("json_schema", "grammar"):
        return None
    problem = kept.get("problem")
    return Verdict(kept["kind"], kept.get("valid") is True, str(problem) if problem else None)


def _problem(kind: str, wanted: str, text: str, stop: str) -> str | None:
    cut = tr(_CUT[stop]) if stop in _CUT else ""
    if kind == "grammar":  # the model can end a reply only where the grammar does
        return cut or None
    from studio.prompting.shapes.schema_reply import problem_of  # with jsonschema, at need only

    found = problem_of(text, wanted)
    return " ".join(filter(None, (cut, found))) if found else None
