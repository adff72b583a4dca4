"""How often what is looked for stands in each message, known for as long as neither changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from studio.chat.conversation import Message
from studio.ui.chat.find.texts import Readable, count_person
from studio.ui.chat.messages.entry import Entry
from studio.ui.chat.messages.structured import readable_source


class Counts:
    """Counts a folded term, message by message; keeps the texts while there is a term."""

    def __init__(self) -> None:
        self._term = ""
        self._texts: dict[str, tuple[Readable, Readable]] = {}
        self._known: dict[str, tuple[Message, int, int]] = {}

    def look(self, term: str) -> None:
        """Count another term. Where some letters are not, more of them are not either."""
        grows = bool(self._term) and term.startswith(self._term)
        grows = grows and "\n" not in term[len(self._term) :]  # which is one more term
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
        for readable, source in zip(
            texts, (message.reasoning, readable_source(message)), strict=True
        ):
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

    def figures(self, entries: Sequence[Entry], current: tuple[str, int] | None) -> tuple[int, int]:
        """Return which occurrence of all the current one is, 0 without one, and how many."""
        position = total = 0
        for entry in entries:
            count = self.of(entry)
            if current is not None and entry.message.id == current[0]:
                position = total + min(current[1] + 1, count)
            total += count
        return position, total

    def in_thoughts(self, entry: Entry) -> int:
        """Return how often it is in the reasoning, which comes first."""
        known = self._known.get(entry.message.id)
        return known[1] if known is not None else 0


def place_after(
    entries: Sequence[Entry],
    counts: Counts,
    first: Callable[[], int],
    current: tuple[str, int],
    by: int,
) -> tuple[Entry, int] | None:
    """Return the occurrence after the current one, or before it with -1; on past the ends.

    Where the current message is no more, it is the nearest to the ``first`` one in the window.
    """
    message_id, number = current
    ids = [entry.message.id for entry in entries]
    at = ids.index(message_id) if message_id in ids else first()
    if at < len(ids) and 0 <= number + by < counts.of(entries[at]):
        return entries[at], number + by
    for distance in range(1, len(ids) + 1):
        entry = entries[(at + by * distance) % len(ids)]
        if count := counts.of(entry):
            return entry, 0 if by > 0 else count - 1
    return None
