"""Reads the files that a message in the terminal brings along, all of them or none."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from studio.chat.attachments.files import MOST_PER_MESSAGE, AttachedFile, read, too_many
from studio.chat.attachments.turns import cannot_see
from studio.chat.presets.model import take

if TYPE_CHECKING:
    from studio.assembly import Parts


def read_all(paths: Sequence[Path]) -> tuple[AttachedFile, ...]:
    """Return the files that were named, before anything is changed for them.

    Raises:
        StudioError: ``attachment.too_many``, or as :func:`studio.chat.attachments.files.read`.
    """
    if len(paths) > MOST_PER_MESSAGE:
        raise too_many(len(paths))
    return tuple(read(path) for path in paths)


def check_seen(parts: Parts, conversation_id: str, files: Sequence[AttachedFile]) -> None:
    """Refuse a picture for a model that cannot see, before the question is stored.

    Raises:
        StudioError: ``picture.no_projector``, or why there is no model.
    """
    if any(file.kind == "picture" for file in files):
        conversation = parts.conversations.get(conversation_id)
        chosen = parts.chooser.choose
        taken = take(parts.presets, conversation.model, conversation.preset, chosen, True)
        if taken.choice.projector is None:
            raise cannot_see()
