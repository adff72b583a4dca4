"""`studio chat --best-of`: several replies to one question, and how far they agree."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from studio.assembly import Parts
from studio.chat.attachments.files import AttachedFile
from studio.chat.conversation import Message
from studio.chat.exchange import Wish
from studio.chat.prompt import Overrides
from studio.chat.several import several
from studio.chat.several.agreement_words import in_words
from studio.cli import shapes
from studio.cli.figures import figures_of
from studio.cli.printing import tell
from studio.engine.outcome import error_of
from studio.engine.protocol import Failed


def wishes(
    conversation_id: str,
    text: str,
    count: int,
    overrides: Overrides,
    force: bool,
    files: Sequence[AttachedFile] = (),
) -> list[Wish]:
    """Return what has a question asked and answered several times.

    Raises:
        StudioError: ``prompt.empty`` or ``several.count``.
    """
    if not text.strip():
        raise error_of(Failed(0, "prompt.empty"))
    first, *others = several.varied(count, overrides)
    asked = Wish(conversation_id, text, first, force, files=files)
    return [asked, *(Wish(conversation_id, None, each, force, again=True) for each in others)]


def told(parts: Parts, replies: Sequence[Message]) -> dict[str, Any]:
    """Tell how far replies agree, bring the most central one on show, and return all of it."""
    found = several.agreement_of(replies)
    sentence = in_words(found)
    tell(sentence)
    facts_of_it = {**found.facts(), "sentence": sentence}
    result: dict[str, Any] = {"replies": facts(replies), "agreement": facts_of_it}
    if found.central is None:
        return result
    kept = replies[found.central]
    parts.tree.show(kept.id)
    return {
        "text": kept.content,
        "message": None if parts.is_temporary else kept.id,
        "stop": kept.stop,
        **figures_of(kept),
        **shapes.told_of(kept),
        **result,
    }


def facts(replies: Sequence[Message]) -> list[dict[str, Any]]:
    """Return what is known of each reply."""
    return [
        {
            "id": each.id,
            "text": each.content,
            "seed": each.recipe.get("sampling", {}).get("seed"),
            "temperature": each.recipe.get("sampling", {}).get("temperature"),
            **figures_of(each),
            "stop": each.stop,
        }
        for each in replies
    ]
