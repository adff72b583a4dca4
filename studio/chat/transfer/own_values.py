"""Makes conversations and messages from the objects in the program's own file, each one checked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast, get_args

from studio.chat.conversation import Failure, Figures, Role, Status
from studio.chat.transfer.archive import ArchivedConversation, ArchivedMessage, parents_first
from studio.chat.transfer.fields import Fields, WrongFieldError

_ROLES = get_args(Role)
_STATUSES = get_args(Status)


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
