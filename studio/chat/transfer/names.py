"""Names for exported files that Linux, macOS and Windows all take."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

MAX_CHARACTERS = 80
MAX_BYTES = 160  # of 255, so that a number and an ending still fit
NAMELESS = "conversation"

_FORBIDDEN = set('<>:"/\\|?*')
_JOINERS = {"\N{ZERO WIDTH JOINER}", "\N{ZERO WIDTH NON-JOINER}"}  # Persian and emoji need them
_DEVICES = {
    *("CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", "CLOCK$"),
    *(f"{port}{digit}" for port in ("COM", "LPT") for digit in "0123456789¹²³"),
}


def safe_name(title: str) -> str:
    """Return a file name, without an ending, that tells what the title does.

    It holds no separators, no characters that do not show or turn the reading direction, no dots
    or spaces at its ends; it is no device of Windows and fits into every file system.
    """
    shown = "".join(_allowed(each) for each in unicodedata.normalize("NFC", title))
    name = _cut(" ".join(shown.split()).strip(" .-~_"))
    if not name:
        return NAMELESS
    return f"{name}_" if name.partition(".")[0].strip().upper() in _DEVICES else name


def unique_names(titles: Iterable[str], taken_before: Iterable[str] = ()) -> Iterator[str]:
    """Give a safe name for each title, none twice, also where upper and lower case are one.

    Args:
        titles: one a file.
        taken_before: names, without their endings, of files that are there already.
    """
    taken = {_folded(name) for name in taken_before}
    next_number: dict[str, int] = {}
    for title in titles:
        name = safe_name(title)
        key = _folded(name)
        unique = name
        while _folded(unique) in taken:
            next_number[key] = next_number.get(key, 1) + 1
            unique = f"{name} ({next_number[key]})"
        taken.add(_folded(unique))
        yield unique


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name.casefold())


def _allowed(character: str) -> str:
    if character in _FORBIDDEN:
        return "_"
    if character in _JOINERS:
        return character
    category = unicodedata.category(character)
    if category[0] == "Z" or character in "\t\n\r":
        return " "
    # Controls, marks of direction, halves of characters, private ones and those not yet assigned,
    # which macOS refuses.
    return "" if category[0] == "C" else character


def _cut(name: str) -> str:
    """Shorten a name, but not between a letter and the marks that belong to it."""
    if len(name) <= MAX_CHARACTERS and len(name.encode()) <= MAX_BYTES:
        return name
    end = MAX_CHARACTERS
    while len(name[:end].encode()) > MAX_BYTES:
        end -= 1
    while end > 1 and (_belongs(name[end]) or name[end - 1] in _JOINERS):
        end -= 1
    return name[:end].rstrip(" .-~_")


def _belongs(character: str) -> bool:
    return character in _JOINERS or unicodedata.category(character)[0] == "M"
