"""The order of the list of chats: what is pinned, then folders, then the rest by day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from studio.chat.conversation import Conversation
from studio.translation import mark, tr
from studio.ui.chat.conversations.days import day_group

PINNED = mark("Pinned")


@dataclass(frozen=True, slots=True)
class Folder:
    """The heading of a folder, which folds what is in it away and shows it again."""

    name: str
    count: int
    is_folded: bool


Row = str | Folder | Conversation


def by_section(
    conversations: Sequence[Conversation], now: datetime, folded: Collection[str] = ()
) -> list[Row]:
    """Return all rows; ``folded`` are names of folders of which only the heading is shown.

    Where nothing is pinned and no folder is used, only days are seen.
    """
    pinned = [each for each in conversations if each.pinned]
    folders: defaultdict[str, list[Conversation]] = defaultdict(list)
    for each in conversations:
        if each.folder and not each.pinned:
            folders[each.folder].append(each)
    rows: list[Row] = [tr(PINNED), *pinned] if pinned else []
    for name in sorted(folders, key=str.casefold):
        is_folded = name in folded
        rows.append(Folder(name, len(folders[name]), is_folded))
        rows += [] if is_folded else folders[name]
    rest = [each for each in conversations if not each.pinned and not each.folder]
    return [*rows, *by_day(rest, now)]


def by_day(conversations: Sequence[Conversation], now: datetime) -> list[Row]:
    """Return conversations, newest first, under the headings of their days."""
    rows: list[Row] = []
    today, heading, known = now.date(), "", None
    for conversation in conversations:
        day = conversation.updated_at.astimezone(now.tzinfo).date()
        if day != known:
            known = day
            if (group := day_group(day, today)) != heading:
                rows.append(group)
                heading = group
        rows.append(conversation)
    return rows


def identity(row: Row) -> tuple[str, str]:
    """Return what tells a row from the others, whatever is known of it."""
    if isinstance(row, Folder):
        return "folder", f"{row.is_folded:d}{row.name}"
    return ("heading", row) if isinstance(row, str) else ("chat", row.id)
