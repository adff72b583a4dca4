"""What the command palette offers: a title, what kind of thing it is, and what it does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from studio.chat.search.folding import fold
from studio.translation import mark
from studio.ui.palette.matching import initials_of


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to choose.

    Attributes:
        title: the words on show, which are searched.
        kind: one of :data:`KINDS`, shown beside the title in the person's language.
        act: does it, once the palette has closed.
        icon: a name in ``resources/icons``.
        keys: the shortcut as this system writes it; may be empty.
        also: more words that find it, which are not shown.
    """

    title: str
    kind: str
    act: Callable[[], object]
    icon: str = ""
    keys: str = ""
    also: str = ""


Items = Sequence[Item]
Background = Callable[[Callable[[], None]], object]

# What counts more at the same fit: what is done in the window itself, then its places, then data.
KINDS = {
    mark("Command"): 6.0,
    mark("Room"): 6.0,
    mark("This chat"): 5.0,
    mark("Last message"): 5.0,
    mark("Settings"): 4.0,
    mark("Model"): 3.0,
    mark("Preset"): 3.0,
    mark("Chat"): 0.0,
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """An item in the form in which it is compared; ``prior`` is its head start."""

    item: Item
    title: str
    initials: str
    also: str
    prior: float


def candidates(items: Items) -> list[Candidate]:
    """Return items ready to be searched. The newest chats count a little more.

    Takes about 10 µs for each; may be called on any thread.
    """
    step = 4.0 / max(1, len(items))
    return [
        Candidate(item, title, initials_of(title), fold(item.also), KINDS[item.kind] - place)
        for title, place, item in (
            (fold(item.title), number * step * (item.kind == "Chat"), item)
            for number, item in enumerate(items)
        )
    ]
