"""How often what is looked for stands in each message, known for as long as neither changes."""

from __future__ import annotations

from collections.abc import Iterator

from studio.chat.conversation import Message
from studio.ui.chat.entry import Entry
from studio.ui.chat.find_texts import Readable, count_person


class Counts:
    """Counts a folded term, message by message; keeps the texts while there is a term."""

    def __init__(self) -> None:
        self._term = ""
        self._texts: dict[str, tuple[Readable, Readable]] = {}
        self._known: dict[str, tuple[Message, int, int]] = {}

    def look(self, term: str) -> None:
        """Count another term. Where some letters are not, more of them are not either."""
        grows = bool(self._term) and term.startswith(self._term)
        known = self._known.items()
        self._known = {key: each for key, each in known if grows and not each[1] + each[2]}
        self._term = term
        if not term:
            self._texts = {}

    def count(self, entry: Entry) -> Iterator[None]:
        """Search a message, with a pause after each slice of work."""
        message = entry.message
        if entry.is_person:
            self._known[message.id] = (message, 0, count_person(message, self._term))
            yield
            return
        texts = self._texts.setdefault(message.id, (Readable(), Readable()))
        found: list[int] = []
        for readable, source in zip(texts, (message.reasoning, message.content), strict=True):
            for count in readable.count(source, self._term):
                if count is not None:
                    found.append(count)
                yield
        self._known[message.id] = (message, found[0], found[1])

    def is_known(self, entry: Entry) -> bool:
        """Tell whether a message was searched as it is now."""
        known = self._known.get(entry.message.id)
        return known is not None and known[0] is entry.message

    def of(self, entry: Entry) -> int:
        """Return how often the term is in a message, as far as it is known."""
        known = self._known.get(entry.message.id)
        return known[1] + known[2] if known is not None else 0

    def in_thoughts(self, entry: Entry) -> int:
        """Return how often it is in the reasoning, which comes first."""
        known = self._known.get(entry.message.id)
        return known[1] if known is not None else 0
