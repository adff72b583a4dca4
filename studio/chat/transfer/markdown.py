"""Writes one branch of a conversation as Markdown that any program shows as it was meant.

Reasoning and summaries stand folded in ``<details>``; what a message holds can neither end that
fold nor reach into the next message.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from studio.chat.transfer import words
from studio.chat.transfer.archive import (
    ArchivedConversation,
    ArchivedMessage,
    attached_to,
    branch,
    whole_characters,
)
from studio.chat.transfer.fences import self_contained
from studio.chat.transfer.saving import save

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~&])")


def write(path: Path, conversation: ArchivedConversation, leaf_id: str | None = None) -> None:
    """Write a branch, that on show or the one that ends in ``leaf_id``, into a file.

    Raises:
        StudioError: ``export.disk_full`` or ``export.not_saved``.
        KeyError: there is no such message.
    """
    save(path, parts(conversation, leaf_id))


def parts(conversation: ArchivedConversation, leaf_id: str | None = None) -> Iterator[str]:
    """Give the Markdown of a branch message by message.

    Raises:
        KeyError: there is no such message.
    """
    yield _front_matter(conversation)
    yield f"\n# {_inline(conversation.title or words.UNTITLED)}\n"
    if conversation.system:
        yield f"\n## Instructions\n\n{_body(conversation.system)}"
    summaries = words.summaries_on(conversation, leaf_id)
    for message in branch(conversation, leaf_id):
        yield _message(message, words.attached(attached_to(conversation, message.id)))
        for title, summary in summaries.get(message.id, ()):
            yield f"\n{_folded(title, summary.text)}"


def _front_matter(conversation: ArchivedConversation) -> str:
    told = [("title", conversation.title or words.UNTITLED), *words.facts(conversation)]
    lines = (f"{name}: {_quoted(value)}" for name, value in told if name != "tags")
    tags = ", ".join(_quoted(tag) for tag in conversation.tags)
    return "\n".join(["---", *lines, *([f"tags: [{tags}]"] if tags else []), "---", ""])


def _message(message: ArchivedMessage, attached: str) -> str:
    model = f" ({_inline(message.model)})" if message.model else ""
    told = [f"\n## {words.speaker(message)}{model}\n"]
    if message.reasoning.strip():
        told.append(_folded(words.reasoning_title(message), message.reasoning))
    if attached:
        told.append(f"*{_inline(attached)}*\n")
    if message.content.strip():
        told.append(_body(message.content))
    if ending := words.ending(message):
        told.append(f"*{_inline(ending)}*\n")
    return "\n".join(told)


def _folded(title: str, text: str) -> str:
    return f"<details>\n<summary>{title}</summary>\n\n{_body(text)}\n</details>\n"


def _body(text: str) -> str:
    return self_contained(whole_characters(text))


def _inline(text: str) -> str:
    """Return text on one line that says nothing but itself."""
    return _SPECIAL.sub(r"\\\1", " ".join(whole_characters(text).split()))


def _quoted(text: str) -> str:
    """Return text between the double quotes of YAML, which know a name for every character."""
    return '"' + "".join(_escaped(character) for character in text) + '"'


def _escaped(character: str) -> str:
    if character in '"\\':
        return "\\" + character
    if character.isprintable():
        return character
    number = ord(character)
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"
