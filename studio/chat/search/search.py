"""Finds words in the titles and messages of conversations, while they are being typed.

The tables ``chat_search*`` hold each text as :mod:`studio.chat.search.folding` folds it, under a
trigram index. SQL cannot fold, so triggers only note which rows have changed
(``chat_search_dirty``), and the next search folds those first (:mod:`studio.chat.search.indexing`).
A row and its note change in one transaction: whenever the program ends, nothing is lost. A reply is
noted once it is no longer being written. What is deleted leaves the index in the same transaction.
"""

from __future__ import annotations

import json
import math
import re
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from studio.chat.conversation import Role
from studio.chat.search import indexing
from studio.chat.search.folding import Span, end_index, find_spans, fold, merged, source_index
from studio.chat.search.indexing import moment, text_of
from studio.storage.database import Database

if TYPE_CHECKING:
    import sqlite_utils

# Whoever waits for SQLite's lock asks for it after 1, 2, 5, 10, 15, 20, 25 and at last 100 ms:
# in a pause as long as the wait was, it gets its turn.
_LEAST_PAUSE_S, _MOST_PAUSE_S = 0.01, 0.1
_EXCERPT, _LEAD = 200, 60  # characters, and how many of them before the first match
_PHRASES, _PHRASE = 16, 64  # how many terms the index is asked for, and characters of each
_SHORT = 3  # the index knows no terms below
_READ = 8  # how many such terms are read for by themselves
_FREQUENT = 1000  # texts; a term found in more says little, and weighing them all takes long
_WANING_S = 90 * 86_400.0  # after this time a message has half the lead of a new one

_MARKS = '"“”„«»'
_TERM = re.compile(f"[{_MARKS}]([^{_MARKS}]*)|([^\\s{_MARKS}]+)")
_UNPRINTABLE = re.compile(r"[\s\x00-\x1f\x7f-\x9f]")

_KEPT = "conversation_id IN (SELECT id FROM chat_conversations WHERE trashed_at IS NULL)"
_HAS_REST = "NOT EXISTS (SELECT 1 FROM json_each(:rest) WHERE instr(texts.folded, value) = 0)"
_MATCHES = "SELECT rowid FROM chat_search WHERE chat_search MATCH :phrases"
# The plus keeps the order of time, in which reading ends as soon as there are enough.
_HAS_PHRASES = f"+texts.number IN ({_MATCHES})"
_NEWEST = """
SELECT kind, key, conversation_id FROM chat_search_rows AS texts
WHERE {conditions} ORDER BY kind DESC, created DESC
"""
# bm25() is negative, the better the lower; a new message counts up to twice an old one.
_BEST = f"""
SELECT kind, key, conversation_id FROM chat_search
JOIN chat_search_rows AS texts ON texts.number = chat_search.rowid
WHERE chat_search MATCH :phrases AND {{conditions}}
ORDER BY kind DESC,
    bm25(chat_search) * (1 + 1 / (1 + max(0, :now - texts.created) / {_WANING_S}))
"""


@dataclass(frozen=True, slots=True)
class Hit:
    """A title or message in which all words were found.

    Attributes:
        message_id: ``None`` when it is the title.
        title: the conversation's.
        excerpt: about 200 characters of one line around the first match of the longest term.
        spans: begin and end of each match in ``excerpt``, in order, without overlaps.
        role: who wrote the message; ``None`` for a title.
        created_at: when the message was written or, for a title, the conversation begun.
    """

    conversation_id: str
    message_id: str | None
    title: str
    excerpt: str
    spans: tuple[Span, ...]
    role: Role | None
    created_at: datetime


class Search:
    """The search over all conversations outside the trash. May be used from any thread."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def find(
        self,
        words: str,
        limit: int = 50,
        *,
        per_conversation: int | None = 3,
        patience_s: float | None = None,
    ) -> list[Hit]:
        """Return where all ``words`` occur: titles first, then the best and newest messages.

        Words are found inside of longer ones and whatever their case and accents; what stands in
        quotation marks is found in this order. Any text may be asked for.

        Args:
            words: what was typed; without a letter or sign nothing is found.
            limit: how many hits there are at most.
            per_conversation: how many of them in one conversation, its title included; ``None``
                for all.
            patience_s: as in :meth:`refresh`, which comes first; what then still waits is found
                by what it was before, or not at all.

        Raises:
            StudioError: the data cannot be read or, when texts have changed, written.
        """
        terms = parse(words)
        if not terms or limit < 1:
            return []
        self.refresh(patience_s)
        found: list[Hit] = []
        seen: Counter[str] = Counter()
        with self._database.reading() as db:
            for kind, key, conversation_id in _matches(db, terms):
                if per_conversation is not None and seen[conversation_id] >= per_conversation:
                    continue
                if hit := _hit(db, kind, key, terms):
                    found.append(hit)
                    seen[conversation_id] += 1
                    if len(found) >= limit:
                        break
        return found

    def refresh(self, patience_s: float | None = None) -> int:
        """Index what has changed, newest first; return how many texts still wait.

        Others can write after every slice, which takes about 20 ms, or longer where one text is
        long. Nothing is written when nothing has changed.

        Args:
            patience_s: begin no further slice after this time; ``None`` to go on until none waits,
                which takes two seconds for a thousand messages after an upgrade.

        Raises:
            StudioError: the data cannot be written.
        """
        ends = time.monotonic() + (math.inf if patience_s is None else patience_s)
        while (waiting := self.waiting()) and time.monotonic() < ends:
            texts = indexing.take_slice(self._database)
            began = time.monotonic()
            with self._database.transaction() as db:
                indexing.write_slice(db, texts)
            took_s = time.monotonic() - began
            if waiting > len(texts) and time.monotonic() < ends:
                time.sleep(min(max(took_s, _LEAST_PAUSE_S), _MOST_PAUSE_S))
        return waiting

    def waiting(self) -> int:
        """Return how many texts have changed since they were indexed."""
        with self._database.reading() as db:
            return indexing.waiting(db)


def parse(words: str) -> tuple[str, ...]:
    """Return the folded terms of what was typed: words, and phrases in quotation marks.

    A phrase whose end is not typed yet reaches to the end.
    """
    found = (fold(phrase or word).strip() for phrase, word in _TERM.findall(words))
    return tuple(dict.fromkeys(term for term in found if term))


def _matches(db: sqlite_utils.Database, terms: Sequence[str]) -> Iterator[Any]:
    """Yield kind, key and conversation of each text that has all terms, the best first."""
    indexed = sorted((term for term in terms if len(term) >= _SHORT), key=len)[-_PHRASES:]
    short = [term for term in terms if len(term) < _SHORT][:_READ]
    settled = {*short, *(term for term in indexed if len(term) <= _PHRASE)}
    rest = [term for term in terms if term not in settled]
    conditions = [_KEPT]
    conditions += [f"texts.folded GLOB :short{number}" for number in range(len(short))]
    conditions += [_HAS_REST] if rest else []
    values: dict[str, object] = {
        "now": time.time(),
        "rest": json.dumps(rest),
        "phrases": " AND ".join(_quoted(term[:_PHRASE]) for term in indexed),
        "many": _FREQUENT,
    }
    values |= {f"short{number}": _pattern(term) for number, term in enumerate(short)}
    query = _BEST
    if not indexed:
        query = _NEWEST
    elif db.execute(f"{_MATCHES} LIMIT 1 OFFSET :many", values).fetchone():
        query, conditions = _NEWEST, [_HAS_PHRASES, *conditions]
    return iter(db.execute(query.format(conditions=" AND ".join(conditions)), values))


def _quoted(term: str) -> str:
    return '"' + term.replace('"', '""') + '"'


def _pattern(term: str) -> str:
    """Return the GLOB pattern of what contains ``term``; it is read twice as fast as instr()."""
    return "*" + re.sub(r"[*?\[]", r"[\g<0>]", term) + "*"


def _hit(db: sqlite_utils.Database, kind: str, key: str, terms: Sequence[str]) -> Hit | None:
    """Return the hit in a text as it is now; ``None`` when it has changed and has them no more."""
    row = text_of(db, kind, key)
    marked = _excerpt(row["text"], terms) if row else None
    if row is None or marked is None:
        return None
    title = db.execute(
        "SELECT title FROM chat_conversations WHERE id = ?", [row["conversation_id"]]
    ).fetchone()[0]
    return Hit(
        conversation_id=row["conversation_id"],
        message_id=key if kind == "message" else None,
        title=title,
        excerpt=marked[0],
        spans=marked[1],
        role=row["role"],
        created_at=moment(row["created_at"]),
    )


def _excerpt(text: str, terms: Sequence[str]) -> tuple[str, tuple[Span, ...]] | None:
    """Return the part of ``text`` around the longest term, as one line, and the matches in it."""
    folded = fold(text)
    if not all(term in folded for term in terms):
        return None
    longest = max(terms, key=len)
    at = folded.index(longest)
    first = source_index(text, at)
    last = end_index(text, source_index(text, at + len(longest) - 1))
    begin = _begin(text, first)
    end = min(len(text), begin + _EXCERPT)
    part = _UNPRINTABLE.sub(" ", text[begin:end])
    spans = merged([(first - begin, min(last, end) - begin), *find_spans(part, terms)])
    before, after = "…" * (begin > 0), "…" * (end < len(text))
    shifted = tuple((left + len(before), right + len(before)) for left, right in spans)
    return before + part + after, shifted


def _begin(text: str, first: int) -> int:
    """Return where an excerpt begins: some characters before ``first``, with a word."""
    begin = max(0, first - _LEAD)
    if begin == 0:
        return 0
    blank = next((at for at in range(begin, first) if text[at].isspace()), None)
    return begin if blank is None else blank + 1
