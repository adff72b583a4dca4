"""Tells what of a model may not work here, before anybody waits for it: its kind, its template."""

from __future__ import annotations

from studio.errors import StudioError
from studio.library.architectures import engine_knows
from studio.library.purposes import ANSWERS
from studio.library.shelf import ShelfModel


def doubts(model: ShelfModel) -> list[str]:
    """Return a sentence for each doubt; none for a model that can be expected to work."""
    return [words for words in (kind_doubt(model), template_doubt(model)) if words]


def kind_doubt(model: ShelfModel) -> str:
    """Return why the engine will most likely not load the model, if so."""
    header = model.header
    if header is None or header.purpose not in ANSWERS or engine_knows(header.architecture):
        return ""
    return f"The engine does not know this kind of model ({header.architecture})."


def template_doubt(model: ShelfModel) -> str:
    """Return why the model's own chat template cannot be used, if so."""
    source = model.header.chat_template if model.header else None
    if not source:
        return ""
    from studio.prompting.templates import ChatTemplate  # with Jinja, which few verbs need

    try:
        ChatTemplate(source, "", "").check()
    except StudioError as error:
        return f"Its own chat template cannot be used. {error}"
    return ""
