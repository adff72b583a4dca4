"""`studio chats title`: another title for a chat, by the person or by the model."""

from __future__ import annotations

import argparse
from typing import Any

from studio.assembly import Parts
from studio.cli.printing import one_line


def title(parts: Parts, arguments: argparse.Namespace) -> tuple[dict[str, Any], list[str]]:
    """Give a chat the title that was written, or without one have its model make it.

    Raises:
        StudioError: ``conversation.unknown``, or as :meth:`studio.chat.titles.TitleMaker.make`.
    """
    before = parts.conversations.get(arguments.conversation)
    if arguments.title is not None:
        named = parts.conversations.rename(before.id, arguments.title)
    else:
        named = parts.session.name_anew(before.id).result()
    told = {"conversation": named.id, "title": named.title, "by": named.title_by}
    return told, [one_line(named.title)]
