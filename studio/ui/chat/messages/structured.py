"""What a reply under a JSON schema is shown as: a tree or its text, and whether it fits."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from studio.chat.conversation import Message
from studio.chat.shape import Verdict, verdict_of
from studio.translation import mark, tr
from studio.ui.chat.messages import reply_words as words
from studio.ui.chat.messages.rows import Ending, Structured
from studio.ui.widgets.markdown.pieces import Code

_FITS = mark("Fits the schema")
_DOES_NOT_FIT = mark("Does not fit the schema")


def structured_of(message: Message) -> Structured | Code | None:
    """Return what stands in place of a reply's words; ``None`` for one that is no JSON.

    What was cut off cannot be a tree and is shown as code.
    """
    verdict = verdict_of(message.recipe) if message.recipe else None
    if verdict is None or verdict.kind != "json_schema" or message.status == "streaming":
        return None
    try:
        read_reply(message.content)
    except (ValueError, RecursionError):
        return Code(message.content, "json") if message.content.strip() else None
    told = tr(_FITS) if verdict.valid else tr(_DOES_NOT_FIT)
    return Structured(message.content, told, verdict.valid)


def ending_of(message: Message) -> Ending | None:
    """Return what has to be said about how a reply ended, its shape included."""
    told = words.ending(message)
    verdict = verdict_of(message.recipe) if message.recipe else None
    if verdict is None or not verdict.problem or message.status == "streaming":
        return told
    return Ending(_problem(verdict), "warning")


def readable_source(message: Message) -> str:
    """Return the Markdown of what can be read of a reply."""
    shown = structured_of(message)
    if shown is None:
        return message.content
    text = shown.text if isinstance(shown, Code) else pretty(shown.text)
    fence = "`" * 3
    while fence in text:
        fence += "`"
    return f"{fence}json\n{text}\n{fence}\n"


@lru_cache(maxsize=4)
def pretty(text: str) -> str:
    """Return JSON with a line for each value; one that is nested too deep for that as it is."""
    try:
        return json.dumps(read_reply(text), ensure_ascii=False, indent=2)
    except RecursionError:  # Python reads deeper than it writes
        return text


@lru_cache(maxsize=4)
def read_reply(text: str) -> Any:
    """Return the value that a reply says."""
    return json.loads(text)


def _problem(verdict: Verdict) -> str:
    if verdict.kind == "grammar":
        return verdict.problem or ""
    return tr("Does not fit the schema. {problem}", problem=verdict.problem)
