"""Attaches files to a message that is asked in the terminal, all of them or none."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from studio.chat.attached_files import MOST_PER_MESSAGE, AttachedFile, read, too_many
from studio.chat.attached_turns import cannot_see
from studio.chat.attachments import Attachments
from studio.chat.preset_model import take

if TYPE_CHECKING:
    from studio.assembly import Parts


def read_all(paths: Sequence[Path]) -> tuple[AttachedFile, ...]:
    """Return the files that were named, before anything is changed for them.

    Raises:
        StudioError: ``attachment.too_many``, or as :func:`studio.chat.attached_files.read`.
    """
    if len(paths) > MOST_PER_MESSAGE:
        raise too_many(len(paths))
    return tuple(read(path) for path in paths)


def attach(parts: Parts, conversation_id: str, files: Sequence[AttachedFile]) -> list[str]:
    """Attach files to the next message of a conversation; return all the names it has then.

    Raises:
        StudioError: ``picture.no_projector``, ``attachment.too_many``, or why there is no model.
    """
    attachments = Attachments(parts.database)
    if any(file.kind == "picture" for file in files):
        conversation = parts.conversations.get(conversation_id)
        chosen = parts.chooser.choose
        taken = take(parts.presets, conversation.model, conversation.preset, chosen, True)
        if taken.choice.projector is None:
            raise cannot_see()
    before = len(attachments.waiting(conversation_id))
    if before + len(files) > MOST_PER_MESSAGE:
        raise too_many(before + len(files))
    for file in files:
        attachments.add(conversation_id, file)
    return [each.name for each in attachments.waiting(conversation_id)]
