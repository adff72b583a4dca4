"""What a search has found in the chats, and where the matches stand in what is shown of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from studio.chat.search.folding import Span, find_spans
from studio.translation import tr

if TYPE_CHECKING:
    from studio.chat.search.search import Hit

_LEAD = 14


@dataclass(frozen=True, slots=True)
class Marked:
    """One line of text, and begin and end of each match in it."""

    text: str
    spans: Sequence[Span]


@dataclass(frozen=True, slots=True)
class Found:
    """The answer to a search: ``hits`` in messages, by the ids of their conversations.

    ``tags`` are the folded beginnings of those that were asked for.
    """

    words: str = ""
    hits: Mapping[str, Hit] = field(default_factory=dict)
    tags: tuple[str, ...] = ()

    def badges(self, tags: Iterable[str], *, is_archived: bool) -> list[str]:
        """Return what is told of a chat: its tags, those that were asked for before the others."""
        archived = [tr("Archived")] if is_archived else []
        return archived + sorted(
            tags, key=lambda tag: not tag.casefold().startswith(self.tags or ("\0",))
        )

    def title(self, title: str) -> Marked:
        """Return a title with its matches."""
        return Marked(title, find_spans(title, _terms(self.words)) if self.words else ())

    def excerpt(self, conversation_id: str) -> Marked | None:
        """Return what was said around the first match; ``None`` when only the title matches."""
        hit = self.hits.get(conversation_id)
        return None if hit is None or hit.message_id is None else around(hit.excerpt, hit.spans)

    def message_id(self, conversation_id: str) -> str:
        """Return the message in which the words were found; empty for none."""
        hit = self.hits.get(conversation_id)
        return (hit.message_id or "") if hit else ""

    def terms(self) -> str:
        """Return what is looked for, as texts are compared: one term a line."""
        return "\n".join(_terms(self.words))


def around(excerpt: str, spans: Sequence[Span]) -> Marked:
    """Return an excerpt from shortly before its first match on, for a narrow line."""
    first = spans[0][0] if spans else 0
    if first <= _LEAD:
        return Marked(excerpt, spans)
    begin = first - _LEAD
    blank = excerpt.find(" ", begin, first)
    begin = blank + 1 if blank >= 0 else begin
    return Marked(
        "…" + excerpt[begin:], [(left - begin + 1, right - begin + 1) for left, right in spans]
    )


def in_sight(line: Marked, width: int, advance: Callable[[str], int]) -> Marked:
    """Return a line that is too long, cut at its beginning so far that its first match is seen.

    Args:
        width: of the place that it is drawn in.
        advance: measures a text, in the same unit.
    """
    if not line.spans or advance(line.text) <= width:
        return line
    begin, end = line.spans[0]
    after = "…" if end < len(line.text) else ""
    if advance(line.text[:end] + after) <= width:
        return line
    while begin and advance("…" + line.text[begin - 1 : end] + after) <= width:
        begin -= 1
    kept = ((max(left, begin), right) for left, right in line.spans)
    spans = [(left - begin + 1, right - begin + 1) for left, right in kept]
    return Marked("…" + line.text[begin:], spans)


@lru_cache(maxsize=4)
def _terms(words: str) -> tuple[str, ...]:
    from studio.chat.search.search import parse  # the first look need not wait for it

    return parse(words)
