"""Asks a model for a summary of a conversation, and puts one into later prompts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from studio.engine.language import ChatMessage
from studio.prompting.messages import block

_LABEL = "Summary of the conversation so far, before the messages below:"
_PICTURE = re.compile(r"<picture:[0-9a-f]{64}>")
_NAMES = {"user": "User", "assistant": "Assistant"}
_WORDS_PER_TOKEN = 0.6
_SENTENCE_END = re.compile(r"[.!?…](?=\s|$)|[\u3002\uff01\uff1f]|\n")  # the latter in Chinese
_WORTH_KEEPING = 0.4
_CUT = " […] "


def with_summary(system: str, summary: str) -> str:
    """Return a system text followed by a summary, marked as such and fenced."""
    told = f"{_LABEL}\n{block(summary)}"
    return f"{system}\n\n{told}" if system.strip() else told


def request(
    earlier: str, turns: Sequence[ChatMessage], tokens: int, longest: int | None = None
) -> tuple[ChatMessage, ...]:
    """Return the prompt that asks for a summary of some turns.

    Args:
        earlier: a summary of what was said before them, which the new one is to hold too.
        tokens: about how long the summary may be.
        longest: characters that are told of one turn; the middle of a longer one is left out.
    """
    words = max(15, round(tokens * _WORDS_PER_TOKEN))
    told = [f"Before that: {earlier.strip()}"] if earlier.strip() else []
    told += [f"{_NAMES.get(turn.role, turn.role)}: {_told(turn, longest)}" for turn in turns]
    wish = (
        f"Summarise the conversation above in at most {words} words, in its own language. Keep "
        "names, numbers, facts, decisions and open questions. Write only the summary."
    )
    joined = "\n\n".join(told)
    return (
        ChatMessage("system", "You write short, faithful summaries."),
        # Small models heed best what stands last.
        ChatMessage("user", f"{block(joined)}\n\n{wish}"),
    )


def tidied(text: str, *, is_cut: bool) -> str:
    """Return a summary as it is kept: without blank ends, and up to its last whole sentence.

    Args:
        is_cut: it reached its greatest length.
    """
    text = text.strip()
    if not is_cut:
        return text
    ends = [found.end() for found in _SENTENCE_END.finditer(text)]
    if ends and ends[-1] >= _WORTH_KEEPING * len(text):
        return text[: ends[-1]].strip()
    return f"{text}…" if text else ""


def _told(turn: ChatMessage, longest: int | None) -> str:
    text = _PICTURE.sub("(a picture)", turn.content).strip()
    if longest is None or len(text) <= longest:
        return text
    half = max(1, (longest - len(_CUT)) // 2)
    return f"{text[:half]}{_CUT}{text[-half:]}"
