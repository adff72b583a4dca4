"""Folds text for search, so that "resume" finds "Résumé", and marks what was found in the original.

Each character folds by itself: compatibility decomposition, case folding, accents dropped, every
white space a blank, and runs of blanks one. What a character folds to may be nothing (an accent of
its own, a soft hyphen) or several characters (ß, a ligature, a Hangul syllable), so positions in
folded text are led back through a map. Signs that make another letter (a kana's voicing, a Thai
tone, an Indic vowel) are kept: without them other words would be found.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

Span = tuple[int, int]

_BLANK = frozenset({"Cc", "Cs", "Zs", "Zl", "Zp"})
_RUN = re.compile(" {2,}")
# How a mark is placed (https://unicode.org/reports/tr44/#Canonical_Combining_Class_Values): accents
# have 1 or 202 and more, the optional vowel signs of Hebrew, Arabic and Syriac 10 to 36.
_ACCENTS = frozenset({1, *range(10, 37), *range(202, 241)})
# Joiners and selectors of a glyph's variant; marks, but of no class.
_INVISIBLE = frozenset({0x034F, *range(0x180B, 0x1810), *range(0xFE00, 0xFE10)}) | frozenset(
    range(0xE0100, 0xE01F0)
)
_STRIDE = 128  # characters folded at once on the way to a position


class _Table(dict[int, str]):
    """What each character folds to, for :meth:`str.translate`; filled as characters are met."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = _fold_character(chr(code))
        return folded


def _fold_character(character: str) -> str:
    category = unicodedata.category(character)
    if category in _BLANK:
        return " "
    if category == "Cf":
        return ""
    decomposed = unicodedata.normalize("NFKD", character).casefold()
    return "".join(each for each in unicodedata.normalize("NFKD", decomposed) if _is_kept(each))


def _is_kept(character: str) -> bool:
    if ord(character) in _INVISIBLE:
        return False
    return unicodedata.combining(character) not in _ACCENTS


_TABLE = _Table()


def fold(text: str) -> str:
    """Return ``text`` in the form in which it is compared."""
    return _RUN.sub(" ", text.translate(_TABLE))


def mapped(text: str) -> tuple[str, Sequence[int]]:
    """Return :func:`fold` of ``text`` and, for each of its characters, where it came from."""
    if text.isascii() and len(as_is := fold(text)) == len(text):
        return as_is, range(len(text))
    folded: list[str] = []
    sources: list[int] = []
    for index, character in enumerate(text):
        for each in _TABLE[ord(character)]:
            if each == " " and folded and folded[-1] == " ":
                continue
            folded.append(each)
            sources.append(index)
    return "".join(folded), sources


def source_index(text: str, position: int) -> int:
    """Return the index in ``text`` of what gave character ``position`` of ``fold(text)``.

    Raises:
        IndexError: folded, the text is not that long.
    """
    passed, after_blank = 0, False
    for begin in range(0, len(text), _STRIDE):
        piece = text[begin : begin + _STRIDE]
        folded = fold(piece)
        joined = int(
            after_blank and folded.startswith(" ")
        )  # one run of blanks with the last piece
        if passed + len(folded) - joined > position:
            return begin + mapped(piece)[1][position - passed + joined]
        passed += len(folded) - joined
        after_blank = folded.endswith(" ") if folded else after_blank
    raise IndexError(position)


def end_index(text: str, last: int) -> int:
    """Return the end of the character at ``last`` with its accents, which fold to nothing."""
    end = last + 1
    while end < len(text) and not _TABLE[ord(text[end])]:
        end += 1
    return end


def find_spans(text: str, terms: Iterable[str]) -> tuple[Span, ...]:
    """Return where folded ``terms`` are in ``text``, in order; those that overlap are one span.

    A character of which only a part is meant, such as half a ligature, is in the span as a whole.
    """
    folded, sources = mapped(text)
    return merged(
        (sources[at], end_index(text, sources[at + len(term) - 1]))
        for term in terms
        for at in _occurrences(folded, term)
    )


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return spans in order, those that overlap made one."""
    found: list[Span] = []
    for begin, end in sorted(spans):
        if found and begin < found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((begin, end))
    return tuple(found)


def _occurrences(folded: str, term: str) -> Iterator[int]:
    at = folded.find(term) if term else -1
    while at >= 0:
        yield at
        at = folded.find(term, at + len(term))
