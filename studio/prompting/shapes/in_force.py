"""Which shape a reply is held to: a schema or a grammar, never both."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal, Protocol

from studio.prompting.shapes.problem import Checked
from studio.translation import mark

Kind = Literal["", "json_schema", "grammar"]
NAMES: dict[Kind, str] = {
    "": mark("free text"),
    "json_schema": mark("JSON schema"),
    "grammar": mark("grammar"),
}


class Shaped(Protocol):
    """What says how replies are held, such as a preset's sampling or a conversation's options."""

    @property
    def json_schema(self) -> str | None:
        """A JSON schema, or nothing."""

    @property
    def grammar(self) -> str | None:
        """A GBNF grammar, or nothing."""


def kind_of(shaped: Shaped) -> Kind:
    """Return what is in force; of two, the schema."""
    if shaped.json_schema and shaped.json_schema.strip():
        return "json_schema"
    return "grammar" if shaped.grammar and shaped.grammar.strip() else ""


def text_of(shaped: Shaped) -> str:
    """Return the text of what is in force."""
    kind = kind_of(shaped)
    return (getattr(shaped, kind) or "") if kind else ""


def checked(shaped: Shaped) -> Checked | None:
    """Return what is to be said of the shape in force; ``None`` for free text."""
    kind = kind_of(shaped)
    return check(kind, text_of(shaped)) if kind else None


@lru_cache(maxsize=8)
def check(kind: Kind, text: str) -> Checked:
    """Return whether a schema or grammar can be used; of the last ones it is remembered."""
    if kind == "json_schema":
        from studio.prompting.shapes.schema import check_schema  # with jsonschema only at need

        return check_schema(text)
    from studio.prompting.shapes.gbnf import check_grammar

    return check_grammar(text)
