"""All steps that make the tables of conversations, in the order in which they are applied."""

from __future__ import annotations

from dataclasses import replace

from studio.chat.compare.migrations import MIGRATIONS as COMPARISONS
from studio.chat.draft_migrations import MIGRATIONS as DRAFTS
from studio.chat.mending import show_newest
from studio.chat.migrations import MIGRATIONS as CONVERSATIONS
from studio.chat.presets.migrations import MIGRATIONS as PRESETS
from studio.chat.unseen_migrations import MIGRATIONS as UNSEEN

MIGRATIONS = (
    replace(CONVERSATIONS, mends=(show_newest,)),
    PRESETS,
    COMPARISONS,
    UNSEEN,
    DRAFTS,
)
