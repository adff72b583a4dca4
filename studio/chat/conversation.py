"""What a conversation is made of: plain values that the store keeps and the window shows."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from studio.chat.options import Options

AttachmentKind = Literal["text", "picture"]
Role = Literal["user", "assistant"]
Status = Literal["streaming", "finished", "cancelled", "interrupted", "failed"]


@dataclass(frozen=True, slots=True)
class Figures:
    """What a reply cost: counts in tokens, times in seconds."""

    prompt_tokens: int
    reused_tokens: int
    tokens: int
    ttft_s: float
    tokens_per_s: float


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a reply could not be finished, as it was told then."""

    code: str
    what: str
    hint: str
    details: str = ""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that is attached to a message, without what is in it; empty ``message_id``: the next.

    ``media_type`` is such as ``image/png``, and of a text tells the encoding that it was read in;
    ``size_bytes`` is that of the file, ``sha256`` what its content is known by.
    """

    id: str
    message_id: str
    kind: AttachmentKind
    name: str
    media_type: str
    size_bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Message:
    """One message. Messages form a tree through ``parent_id``; a branch is a path in it.

    ``status`` of an assistant message is ``streaming`` while it is being written and
    ``interrupted`` when its writer died. ``recipe`` holds all that is needed to make a reply
    again; ``failure`` says why a failed one ended. ``thought_s`` is how long the model reasoned
    before and between its words, in seconds; ``None`` when it did not, or it is not known.
    """

    id: str
    conversation_id: str
    parent_id: str | None
    role: Role
    content: str
    created_at: datetime
    reasoning: str = ""
    thought_s: float | None = None
    status: Status = "finished"
    stop: str = ""
    failure: Failure | None = None
    model: str = ""
    figures: Figures | None = None
    recipe: dict[str, Any] = field(default_factory=dict)
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation's own facts; its messages are asked for separately.

    ``model`` is the shelf name of the model it uses, ``preset`` the name of its preset;
    ``leaf_id`` the last message of the branch on show. ``folder`` is empty for none; one that is
    ``archived`` is kept apart from the others. ``title_by`` tells who made the title: ``person``,
    ``model``, or nobody, when it is empty or how the first question begins.
    """

    id: str
    title: str
    created_at: datetime
    updated_at: datetime
    model: str = ""
    preset: str = ""
    system: str | None = None
    draft: str = ""
    leaf_id: str | None = None
    trashed_at: datetime | None = None
    folder: str = ""
    tags: tuple[str, ...] = ()
    pinned: bool = False
    archived: bool = False
    options: Options = field(default_factory=Options)
    title_by: str = ""
