"""Full-text search at 10,000 messages: the time to index them, and to answer each key."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.report import Figure, at_most, percentile
from studio.chat.migrations import MIGRATIONS
from studio.chat.search.search import Search
from studio.storage.database import Database

CONVERSATIONS, MESSAGES_EACH = 500, 20
TYPED = (
    "the harbour at night",
    "résumé",
    '"because of the rain"',
    "qu wo",
    "世界のこと",
    "nothing has this zyxwv",
)
_SYLLABLES = [a + b for a in "bcdfghjklmnprstvwxyz" for b in "aeiou"]
_FREQUENT = ("the", "of", "and", "to", "in", "that", "is", "was", "for", "it", "with", "as", "this")
_SPOKEN = ("because of the rain", "the harbour at night", "a résumé", "こんにちは世界のことです")


def measure(home: Path) -> list[Figure]:
    """Return the figures, from a database of its own in ``home``."""
    home.mkdir(parents=True, exist_ok=True)
    database = Database.open(home / "search.db", home / "backups", [MIGRATIONS])
    try:
        _fill(database, random.Random(1))
        search = Search(database)
        began = time.perf_counter()
        search.refresh()
        index_s = time.perf_counter() - began
        keys = [_answer_ms(search, text) for typed in TYPED for text in _keys(typed)]
    finally:
        database.close()
    count = CONVERSATIONS * MESSAGES_EACH
    note = f"{len(keys)} keys, {len(TYPED)} searches; slowest {max(keys):.3g} ms"
    return [
        at_most(f"indexing {count:,} messages", [index_s], 30, " s", "once, after an upgrade"),
        at_most(
            f"search per key at {count:,} messages (p95)", [percentile(keys, 0.95)], 50, " ms", note
        ),
    ]


def _answer_ms(search: Search, text: str) -> float:
    began = time.perf_counter()
    search.find(text)
    return (time.perf_counter() - began) * 1000


def _keys(typed: str) -> Iterator[str]:
    return (typed[:end] for end in range(1, len(typed) + 1))


def _fill(database: Database, chance: random.Random) -> None:
    begun = datetime(2026, 1, 1, tzinfo=UTC)
    words = ["".join(chance.choices(_SYLLABLES, k=chance.randint(1, 4))) for _ in range(8000)]
    with database.transaction() as db:
        for number in range(CONVERSATIONS):
            at = begun + timedelta(hours=number)
            talk = f"c{number:06}"
            db.table("chat_conversations").insert(
                {
                    "id": talk,
                    "title": " ".join(chance.choices(words, k=5)),
                    "created_at": at.isoformat(),
                    "updated_at": at.isoformat(),
                }
            )
            db.table("chat_messages").insert_all(
                {
                    "id": f"m{number:06}{place:02}",
                    "conversation_id": talk,
                    "role": ("user", "assistant")[place % 2],
                    "content": _message(chance, words),
                    "created_at": (at + timedelta(minutes=place)).isoformat(),
                    "status": "finished",
                }
                for place in range(MESSAGES_EACH)
            )


def _message(chance: random.Random, words: list[str]) -> str:
    """Return about 900 characters: half of the words are frequent ones, as in any language."""
    said = [
        chance.choice(_FREQUENT) if chance.random() < 0.5 else chance.choice(words)
        for _ in range(chance.randint(20, 300))
    ]
    if chance.random() < 0.05:
        said.insert(chance.randrange(len(said)), chance.choice(_SPOKEN))
    return " ".join(said)
