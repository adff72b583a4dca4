"""Makes conversations and messages from the objects in the program's own file, each one checked."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import replace
from typing import cast, get_args

from studio.chat.attachments.files import from_bytes, from_kept_text
from studio.chat.conversation import AttachmentKind, Failure, Figures, Role, Status
from studio.chat.options import OVERFLOWS, Options, Overflow
from studio.chat.overflow.summaries import MOST_CHARACTERS
from studio.chat.transfer.archive import (
    ArchivedAttachment,
    ArchivedConversation,
    ArchivedMessage,
    ArchivedQueued,
    ArchivedSummary,
    ids_of,
    parents_first,
)
from studio.chat.transfer.fields import Fields, WrongFieldError
from studio.chat.transfer.spool import Keep
from studio.errors import StudioError

_ROLES = get_args(Role)
_STATUSES = get_args(Status)
_KINDS = get_args(AttachmentKind)
_MAX_MEDIA_TYPE = 100
MAX_SUMMARIES = 100_000  # in one conversation


def conversation_from(facts: object, messages: Sequence[ArchivedMessage]) -> ArchivedConversation:
    """Return a conversation; where no leaf is named, the branch of the last message is on show.

    Raises:
        WrongFieldError: a fact is missing or wrong, or the leaf is no message.
        BrokenTreeError: the messages do not form a tree.
    """
    fields = Fields(facts)
    leaf_id = fields.optional_identity("leaf_id")
    ordered = parents_first(messages)
    if leaf_id is None and ordered:
        leaf_id = ordered[-1].id  # without one the chat would open empty, its messages out of reach
    elif leaf_id is not None and leaf_id not in {message.id for message in ordered}:
        raise WrongFieldError("'leaf_id' is not the id of a message")
    return ArchivedConversation(
        id=fields.identity("id"),
        title=fields.text("title"),
        created_at=fields.time("created_at"),
        updated_at=fields.time("updated_at"),
        messages=ordered,
        leaf_id=leaf_id,
        model=fields.text("model", ""),
        preset=fields.text("preset", ""),
        system=fields.optional_text("system"),
        draft=fields.text("draft", ""),
        folder=fields.text("folder", ""),
        tags=fields.texts("tags"),
        pinned=fields.flag("pinned"),
        archived=fields.flag("archived"),
        options=_options(fields.inner("options")),
    )


def _options(fields: Fields | None) -> Options:
    if fields is None:
        return Options()
    return Options(
        overflow=cast("Overflow | None", fields.optional_one_of("overflow", OVERFLOWS)),
        json_schema=fields.text("json_schema", ""),
        grammar=fields.text("grammar", ""),
        free_text=fields.flag("free_text"),
        reasoning=fields.optional_flag("reasoning"),
        reasoning_tokens=fields.optional_whole("reasoning_tokens"),
        reasoning_effort=fields.text("reasoning_effort", ""),
    )


def message_from(values: object) -> ArchivedMessage:
    """Return a message.

    Raises:
        WrongFieldError: a value is missing or wrong.
    """
    fields = Fields(values)
    status = cast("Status", fields.one_of("status", _STATUSES, "finished"))
    return ArchivedMessage(
        id=fields.identity("id"),
        parent_id=fields.optional_identity("parent_id"),
        role=cast("Role", fields.one_of("role", _ROLES)),
        content=fields.text("content"),
        created_at=fields.time("created_at"),
        reasoning=fields.text("reasoning", ""),
        thought_s=fields.optional_number("thought_s"),
        status="interrupted" if status == "streaming" else status,
        stop=fields.text("stop", ""),
        failure=_failure(fields.inner("failure")),
        model=fields.text("model", ""),
        figures=_figures(fields.inner("figures")),
        recipe=fields.plain("recipe"),
    )


def queued_from(values: object) -> ArchivedQueued:
    """Return a message that waits.

    Raises:
        WrongFieldError: a value is missing or wrong, or there are no words in it.
    """
    fields = Fields(values)
    text = fields.text("text")
    if not text.strip():
        raise WrongFieldError("'text' is empty")
    return ArchivedQueued(fields.identity("id"), text, fields.time("created_at"))


def attachment_from(values: object, keep: Keep) -> ArchivedAttachment:
    """Return an attached file: a picture is looked at as if it were attached anew.

    Args:
        keep: takes its content, and gives what reads it.

    Raises:
        WrongFieldError: a value is missing or wrong, or the file could not be attached.
    """
    fields = Fields(values)
    kind = fields.one_of("kind", _KINDS)
    made = from_kept_text if kind == "text" else from_bytes
    try:
        content = base64.b64decode(fields.text("content"), validate=True)
        file = made(fields.text("name"), content)
    except ValueError as error:
        raise WrongFieldError("'content' is not in base 64") from error
    except StudioError as error:
        raise WrongFieldError(error.what) from error
    if file.kind != kind:
        raise WrongFieldError(f"'kind' is not {file.kind}")
    return ArchivedAttachment(
        message_id=fields.text("message_id", ""),
        kind=file.kind,
        name=file.name,
        media_type=_encoding(fields.text("media_type", ""), file.media_type),
        size_bytes=fields.whole("size_bytes"),
        sha256=file.sha256,
        content=keep(file.content),
    )


def with_queue(
    conversation: ArchivedConversation, queue: Sequence[ArchivedQueued]
) -> ArchivedConversation:
    """Return a conversation with what waits in it.

    Raises:
        WrongFieldError: two of its messages, waiting or not, have one id.
    """
    known = {message.id for message in conversation.messages}
    for each in queue:
        if each.id in known:
            raise WrongFieldError(f"another message has the id {each.id!r} of one that waits")
        known.add(each.id)
    return replace(conversation, queue=tuple(queue))


def with_attachments(
    conversation: ArchivedConversation, attachments: Sequence[ArchivedAttachment]
) -> ArchivedConversation:
    """Return a conversation, complete with what waits in it, with its attached files.

    Raises:
        WrongFieldError: one of them belongs to no message.
    """
    known = {"", *ids_of(conversation)}
    if strange := next((a for a in attachments if a.message_id not in known), None):
        raise WrongFieldError(f"the attached file {strange.name!r} belongs to no message")
    return replace(conversation, attachments=tuple(attachments))


def with_summaries(conversation: ArchivedConversation, values: object) -> ArchivedConversation:
    """Return a conversation with its summaries, from a list of objects or without any.

    Raises:
        WrongFieldError: a value is missing or wrong, or a summary stands for no message.
    """
    if values is None:
        return conversation
    if not isinstance(values, list) or len(values) > MAX_SUMMARIES:
        raise WrongFieldError(f"'summaries' is not a list of up to {MAX_SUMMARIES:,}")
    known = {message.id for message in conversation.messages}
    summaries: list[ArchivedSummary] = []
    for number, value in enumerate(values):
        try:
            summaries.append(_summary(Fields(value), known))
        except WrongFieldError as error:
            raise WrongFieldError(f"summary {number + 1}: {error}") from error
    return replace(conversation, summaries=tuple(summaries))


def _summary(fields: Fields, known: set[str]) -> ArchivedSummary:
    upto = fields.identity("upto_message_id")
    if upto not in known:
        raise WrongFieldError("'upto_message_id' is not the id of a message")
    text = fields.text("text")
    if len(text) > MOST_CHARACTERS:
        raise WrongFieldError(f"'text' is longer than {MOST_CHARACTERS:,} characters")
    return ArchivedSummary(
        upto_message_id=upto,
        text=text,
        created_at=fields.time("created_at"),
        model=fields.text("model", ""),
        recipe=fields.plain("recipe"),
    )


def _encoding(told: str, found: str) -> str:
    """Return a media type as it was told where that is of the kind that was found."""
    same = told.partition(";")[0] == found.partition(";")[0]
    return told[:_MAX_MEDIA_TYPE] if same else found


def _failure(fields: Fields | None) -> Failure | None:
    if fields is None:
        return None
    return Failure(
        code=fields.text("code"),
        what=fields.text("what"),
        hint=fields.text("hint"),
        details=fields.text("details", ""),
    )


def _figures(fields: Fields | None) -> Figures | None:
    if fields is None:
        return None
    return Figures(
        prompt_tokens=fields.whole("prompt_tokens"),
        reused_tokens=fields.whole("reused_tokens"),
        tokens=fields.whole("tokens"),
        ttft_s=fields.number("ttft_s"),
        tokens_per_s=fields.number("tokens_per_s"),
    )
