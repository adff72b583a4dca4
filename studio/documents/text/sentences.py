"""Finds where sentences end: by their marks, and by what stands before and after them.

A full stop does not end a sentence after an abbreviation, an initial or a numeral that counts, nor
before a small letter. Chinese and Japanese stops end one without a blank after them. In a text
without any capitals, small letters after a stop say nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

Span = tuple[int, int]

_CLOSING = "\"'\u201d\u2019\u00bb\u203a\u300d\u300f)\\]}\uff09\u3011*_"
_ENDS = re.compile(
    r"(?<![.!?\u2026])[.!?\u2026]++"
    rf"(?:[{_CLOSING}\u201c]|[ \u00a0\u202f]\u00bb(?!\w))*+(?:\[\d+\])*+(?=\s|\Z)"
    rf"|[\u3002\uff0e\uff01\uff1f\uff61]+[{_CLOSING}]*"
    rf"|[\u061f\u06d4\u0964\u0965\u1362\u104b\u17d4]+[{_CLOSING}]*"
)
_OPENING = re.compile(
    "[\\s\"'\u201c\u2018\u201e\u201a\u00ab\u2039\u300c\u300e(\\[{\u00bf\u00a1*_#-]*"
)
_BEFORE = 30  # characters: where the word before a stop is looked for
_LAST_WORD = re.compile(r"[^\s(\[{\"'\u201c\u201e\u00ab]+\Z")
_ORDINAL_LANGUAGES = {"cs", "da", "de", "et", "fi", "hr", "hu", "lv", "nb", "nn", "no", "sk", "sl"}

_ABBREVIATIONS = {  # by what follows where the stop does not end the sentence
    "anything": "adv anm approx aufl ausg bearb bspw bzw ca cf cfr dept dgl dipl dr dra ebd eds eg "
    "engl evtl excmo geb geogr ges ggf hr hrn hrsg ibid ie inkl insb lic lt mgr mio mlle mme mr "
    "mrd mrs ms mt mtl pp prof prov resp sr sra sres srta st ste ud uds vd verf vgl vs zus zzgl "
    "\u0438\u043c \u0441\u043c \u0442\u044b\u0441 \u043c\u043b\u043d",
    "digit": "abb abs app apr art aug bd cap ch chap dec dez eq feb fig figs jan jul jun kap lit "
    "mar max min no nos nov nr num oct okt op p pag pt ref rn s sec sen sep sept sig "
    "\u0441\u0442\u0440 tab tel vol vols zit",
    "small": "al bros co corp esq etc inc jr ltd ltda plc pty ph.d a.m p.m a.d b.c usw",
}
_FOLLOWED_BY = {word: after for after, words in _ABBREVIATIONS.items() for word in words.split()}


def sentences(text: str, start: int, end: int, language: str = "") -> Iterator[Span]:
    """Give the spans of the sentences of one paragraph, without the blanks around them.

    Args:
        text: the whole text.
        start, end: of the paragraph; its line breaks are blanks like others.
        language: ISO 639-1; it tells whether ``3.`` may be an ordinal.
    """
    part = text[start:end]
    lower_only = part == part.lower()
    begin = 0
    for match in _ENDS.finditer(part):
        if _is_end(part, begin, match, language, lower_only):
            yield from _trimmed(text, start + begin, start + match.end())
            begin = match.end()
    yield from _trimmed(text, start + begin, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end


def _is_end(part: str, begin: int, match: re.Match[str], language: str, lower_only: bool) -> bool:
    if match[0][0] not in ".!?\u2026":
        return True
    opening = _OPENING.match(part, match.end())
    place = opening.end() if opening else match.end()
    following = part[place : place + 1]
    if following.islower() and not lower_only:
        return False
    if match[0].startswith(".") and not match[0].startswith(".."):
        return _stop_ends(part, begin, match.start(), following, language, lower_only)
    return True


def _stop_ends(
    part: str, begin: int, stop: int, following: str, language: str, lower_only: bool
) -> bool:
    """Return whether a single full stop ends the sentence that begins at ``begin``."""
    found = _LAST_WORD.search(part, max(begin, stop - _BEFORE), stop)
    if found is None:
        return True
    word = found[0]
    folded = word.lower()
    if word.isdecimal():
        counts = found.start() == begin or not part[begin : found.start()].strip()
        return not counts and not (len(word) <= 2 and language in _ORDINAL_LANGUAGES)
    expected = _FOLLOWED_BY.get(folded)
    if expected == "small":
        return not lower_only
    if expected:
        return expected == "digit" and not following.isdecimal()
    is_initial = len(word) == 1 and word.isalpha()
    is_acronym = "." in word and all(len(piece) <= 1 for piece in word.split("."))
    return not (is_initial or is_acronym)
