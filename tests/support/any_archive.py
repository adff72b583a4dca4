"""Conversations of every shape that an archive can have, for tests by properties."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from studio.chat.attachments.files import from_kept_text
from studio.chat.conversation import Failure, Figures
from studio.chat.transfer.archive import (
    ArchivedAttachment,
    ArchivedConversation,
    ArchivedMessage,
    ArchivedQueued,
    ArchivedSummary,
)

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
moments = st.integers(0, 10**17).map(
    lambda number: datetime(1971, 1, 1, tzinfo=UTC) + timedelta(microseconds=number)
)
seconds = st.floats(0, 1e6)
counts = st.integers(0, 10**9)
plain_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=8,
)
recipes = st.dictionaries(texts, plain_values, max_size=3)
words = texts.map(lambda text: f"said {text}")


@st.composite
def attachments(draw: st.DrawFn, owners: list[str]) -> ArchivedAttachment:
    file = from_kept_text(
        draw(st.from_regex(r"[a-z]{1,9}\.txt", fullmatch=True)), draw(words).encode()
    )
    return ArchivedAttachment(
        message_id=draw(st.sampled_from(owners)),
        kind=file.kind,
        name=file.name,
        media_type=file.media_type,
        size_bytes=draw(counts),
        sha256=file.sha256,
        content=lambda: file.content,
    )


@st.composite
def conversations(draw: st.DrawFn) -> ArchivedConversation:
    size = draw(st.integers(0, 6))
    messages = tuple(
        ArchivedMessage(
            id=f"m{number}",
            parent_id=draw(st.sampled_from([None, *(f"m{above}" for above in range(number))])),
            role=draw(st.sampled_from(["user", "assistant"])),
            content=draw(texts),
            created_at=draw(moments),
            reasoning=draw(texts),
            thought_s=draw(st.none() | seconds),
            status=draw(st.sampled_from(["finished", "cancelled", "interrupted", "failed"])),
            stop=draw(texts),
            failure=draw(st.none() | st.builds(Failure, texts, texts, texts, texts)),
            model=draw(texts),
            figures=draw(st.none() | st.builds(Figures, counts, counts, counts, seconds, seconds)),
            recipe=draw(recipes),
        )
        for number in range(size)
    )
    said = [each.id for each in messages]
    queue = [
        ArchivedQueued(f"q{n}", draw(words), draw(moments)) for n in range(draw(st.integers(0, 3)))
    ]
    owners = ["", *said, *(each.id for each in queue)]
    some = st.builds(ArchivedSummary, st.sampled_from(said or [""]), texts, moments, texts, recipes)
    return ArchivedConversation(
        id=draw(st.text("abc0123", min_size=1, max_size=8)),
        title=draw(texts),
        created_at=draw(moments),
        updated_at=draw(moments),
        messages=messages,
        leaf_id=draw(st.sampled_from([message.id for message in messages])) if size else None,
        model=draw(texts),
        preset=draw(texts),
        system=draw(st.none() | texts),
        draft=draw(texts),
        folder=draw(texts),
        tags=tuple(draw(st.lists(texts, max_size=3))),
        pinned=draw(st.booleans()),
        archived=draw(st.booleans()),
        attachments=tuple(draw(st.lists(attachments(owners), max_size=3))),
        summaries=tuple(draw(st.lists(some, max_size=2))) if said else (),
        queue=tuple(queue),
    )
