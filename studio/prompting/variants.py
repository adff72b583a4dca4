"""The forms in which a conversation is offered to a template that may not like the first one."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from studio.engine.language import ChatMessage, ToolCall

_PARAGRAPH = "\n\n"
_REASONING = ("reasoning_content", "reasoning", "thinking")


@dataclass(frozen=True, slots=True)
class Variant:
    """A form of a conversation; ``notes`` tells what was changed."""

    messages: tuple[ChatMessage, ...]
    notes: tuple[str, ...] = ()
    typed: bool = False


def variants(messages: Sequence[ChatMessage]) -> Iterator[Variant]:
    """Yield the conversation as it is, then with less and less that a template could refuse."""
    given = tuple(messages)
    yield Variant(given)
    without_system = system_in_first_turn(given)
    if without_system != given:
        yield Variant(without_system, ("system_in_first_turn",))
    merged = merge_turns(given)
    if merged != given:
        yield Variant(merged, ("turns_merged",))
    both = merge_turns(without_system)
    if both not in (without_system, merged):
        yield Variant(both, ("system_in_first_turn", "turns_merged"))
    yield Variant(given, ("typed_content",), typed=True)


def system_in_first_turn(messages: tuple[ChatMessage, ...]) -> tuple[ChatMessage, ...]:
    """Return the conversation with its system text at the head of the first user turn."""
    system = [message.content for message in messages if message.role == "system"]
    rest = [message for message in messages if message.role != "system"]
    if not system:
        return messages
    text = _PARAGRAPH.join(system)
    for place, message in enumerate(rest):
        if message.role == "user":
            rest[place] = replace(message, content=f"{text}{_PARAGRAPH}{message.content}")
            return tuple(rest)
    return (ChatMessage("user", text), *rest)


def merge_turns(messages: Sequence[ChatMessage]) -> tuple[ChatMessage, ...]:
    """Return the conversation with neighbouring turns of one role joined as paragraphs."""
    merged: list[ChatMessage] = []
    for message in messages:
        last = merged[-1] if merged else None
        if last is None or not _can_join(last, message):
            merged.append(message)
            continue
        merged[-1] = replace(
            last,
            content=_join(last.content, message.content),
            reasoning=_join(last.reasoning, message.reasoning),
        )
    return tuple(merged)


def as_dicts(messages: Sequence[ChatMessage], *, typed: bool = False) -> list[dict[str, Any]]:
    """Return messages in the form of OpenAI's and HF's chat templates.

    Reasoning is given under each of the names in use. Calls without an id get one of nine letters
    and digits, since Mistral's templates insist on it.

    Args:
        typed: give the content as a list of parts, as templates of models that see want it.
    """
    dicts: list[dict[str, Any]] = []
    unanswered: list[tuple[str, str]] = []
    calls = 0
    for message in messages:
        content: Any = message.content
        if typed:
            content = [{"type": "text", "text": message.content}]
        described: dict[str, Any] = {"role": message.role, "content": content}
        if message.reasoning:
            described |= dict.fromkeys(_REASONING, message.reasoning)
        if message.tool_calls:
            ids = [call.id or f"call{calls + n:05d}" for n, call in enumerate(message.tool_calls)]
            calls += len(ids)
            described["tool_calls"] = [
                _call(call, name) for call, name in zip(message.tool_calls, ids, strict=True)
            ]
            unanswered = [(c.name, i) for c, i in zip(message.tool_calls, ids, strict=True)]
        if message.role == "tool" and unanswered:
            described["name"], described["tool_call_id"] = unanswered.pop(0)
        dicts.append(described)
    return dicts


def is_complete(
    text: str, messages: Sequence[ChatMessage], *, typed: bool, may_go: str = ""
) -> bool:
    """Tell whether a prompt holds the system text and the last question.

    Some templates drop what they do not know without a word; and one that expects text writes a
    list of parts as Python would.

    Args:
        may_go: words that need not be in the prompt.
    """
    if typed and any(f"{quote}text{quote}: " in text for quote in "'\""):
        return False
    wanted = [message.content for message in messages if message.role == "system"]
    wanted += [message.content for message in messages if message.role == "user"][-1:]
    return all((part.replace(may_go, "") if may_go else part).strip() in text for part in wanted)


def length(message: ChatMessage) -> int:
    """Return the characters of a message with all its parts."""
    calls = sum(len(call.name) + len(call.arguments) for call in message.tool_calls)
    return len(message.content) + len(message.reasoning) + calls


def _call(call: ToolCall, name: str) -> dict[str, Any]:
    arguments: Any = call.arguments
    try:
        read = json.loads(call.arguments)
    except (ValueError, RecursionError):
        read = None
    if isinstance(read, dict):
        arguments = read
    return {
        "id": name,
        "type": "function",
        "function": {"name": call.name, "arguments": arguments},
    }


def _can_join(first: ChatMessage, second: ChatMessage) -> bool:
    plain = not first.tool_calls and not second.tool_calls
    return first.role == second.role and first.role != "tool" and plain


def _join(first: str, second: str) -> str:
    return _PARAGRAPH.join(part for part in (first, second) if part)
