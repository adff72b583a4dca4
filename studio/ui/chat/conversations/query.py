"""What is typed into the search field of the chats: words to find, and tags to filter by."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_TAG = re.compile(r'(?:^|(?<=\s))tag:(?:"([^"]*)"?|(\S*))', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Query:
    """``text`` is all that was typed, ``words`` what of it is looked for in titles and messages.

    ``tags`` are folded; each must be the beginning of one that a chat has, so that they filter
    while they are being typed.
    """

    text: str = ""
    words: str = ""
    tags: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.words or self.tags)

    def allows(self, tags: Iterable[str]) -> bool:
        """Tell whether a chat with these tags has all that are wanted."""
        folded = [tag.casefold() for tag in tags]
        return all(any(each.startswith(wanted) for each in folded) for wanted in self.tags)


def parse_query(text: str) -> Query:
    """Return what was typed, taken apart: ``tag:work`` and ``tag:"at home"`` filter by tags."""
    tags = (" ".join((quoted or bare).split()) for quoted, bare in _TAG.findall(text))
    words = " ".join(_TAG.sub(" ", text).split()) if _TAG.search(text) else text.strip()
    return Query(text.strip(), words, tuple(tag.casefold() for tag in tags if tag))


def tag_filter(tag: str) -> str:
    """Return what is typed to filter by a tag."""
    return f'tag:"{tag}"' if " " in tag else f"tag:{tag}"
