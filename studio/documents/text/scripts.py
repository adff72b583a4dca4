"""Which script a text is written in, and which language each script stands for.

Codes are those of ISO 15924 (``"Latn"``); Chinese characters, with or without kana, are ``"Hani"``.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from functools import cache, lru_cache

_RANGES = {  # of letters alone; those of rare historic blocks are left out
    "Latn": "A-Za-z\u00aa\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff",
    "Grek": "\u0370-\u03ff\u1f00-\u1fff",
    "Cyrl": "\u0400-\u052f",
    "Armn": "\u0531-\u0556\u0561-\u0587",
    "Hebr": "\u05d0-\u05f2",
    "Arab": "\u0620-\u064a\u066e-\u06d3\u06d5\u06fa-\u06ff\u0750-\u077f\ufb50-\ufdfb\ufe70-\ufefc",
    "Deva": "\u0900-\u0963\u0971-\u097f",
    "Beng": "\u0980-\u09e3",
    "Guru": "\u0a01-\u0a5e\u0a70-\u0a75",
    "Gujr": "\u0a81-\u0ae3",
    "Orya": "\u0b01-\u0b63",
    "Taml": "\u0b82-\u0bd7",
    "Telu": "\u0c00-\u0c63",
    "Knda": "\u0c80-\u0ce3",
    "Mlym": "\u0d00-\u0d63",
    "Sinh": "\u0d81-\u0df3",
    "Thai": "\u0e01-\u0e3a\u0e40-\u0e4e",
    "Laoo": "\u0e81-\u0ecd\u0edc-\u0edf",
    "Tibt": "\u0f40-\u0fbc",
    "Mymr": "\u1000-\u103f\u1050-\u108f",
    "Geor": "\u10a0-\u10ff\u1c90-\u1cbf",
    "Hang": "\u1100-\u11ff\u3131-\u318e\uac00-\ud7a3",
    "Ethi": "\u1200-\u135a",
    "Khmr": "\u1780-\u17d3",
    "Hani": "\u3005-\u3007\u3041-\u3096\u30a1-\u30fa\u30fc-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\U00020000-\U0003ffff",
}
UNSPACED = ("Hani", "Hang", "Thai", "Laoo", "Tibt", "Mymr", "Khmr")
"""Scripts whose words have no blanks between them, or (Hangul) grow by endings without end."""

SIGNED = ("Deva", "Beng", "Guru", "Gujr", "Orya", "Taml", "Telu", "Knda", "Mlym", "Sinh")
"""Scripts whose vowels are signs on letters, which Python does not count among letters."""

_WORTH = {"Hani": 3, "Hang": 2}  # letters of an alphabet that one of them stands for

LANGUAGE_OF = {  # what a text in this script is taken for where nothing says more
    "Latn": "en",
    "Grek": "el",
    "Cyrl": "ru",
    "Armn": "hy",
    "Hebr": "he",
    "Arab": "ar",
    "Deva": "hi",
    "Beng": "bn",
    "Guru": "pa",
    "Gujr": "gu",
    "Orya": "or",
    "Taml": "ta",
    "Telu": "te",
    "Knda": "kn",
    "Mlym": "ml",
    "Sinh": "si",
    "Thai": "th",
    "Laoo": "lo",
    "Tibt": "bo",
    "Mymr": "my",
    "Geor": "ka",
    "Hang": "ko",
    "Ethi": "am",
    "Khmr": "km",
    "Hani": "zh",
}
_SCRIPT_OF = {language: script for script, language in LANGUAGE_OF.items()} | {
    **dict.fromkeys(("bg", "uk", "sr", "mk", "be", "kk", "mn"), "Cyrl"),
    **dict.fromkeys(("fa", "ur", "ps", "ug", "sd"), "Arab"),
    **dict.fromkeys(("mr", "ne", "sa"), "Deva"),
    "yi": "Hebr",
    "ja": "Hani",
}


def letters(script: str) -> str:
    """Return the script's letters as the inside of a character class of a regular expression."""
    return _RANGES[script]


def script_of(language: str) -> str:
    """Return the script in which a language (ISO 639-1) is written; Latin where none is known."""
    return _SCRIPT_OF.get(language, "Latn")


@cache
def _starts() -> tuple[list[int], list[int], list[str]]:
    """Return where each range of letters begins and ends, in order, and whose they are."""
    found = []
    for name, ranges in _RANGES.items():
        for first, last in re.findall("(.)(?:-(.))?", ranges):
            found.append((ord(first), ord(last or first), name))
    begins, ends, names = zip(*sorted(found), strict=True)
    return list(begins), list(ends), list(names)


@lru_cache(20_000)
def script_of_letter(letter: str) -> str:
    """Return the script of one character, ``""`` where it is no letter of one."""
    begins, ends, names = _starts()
    place = bisect_right(begins, ord(letter)) - 1
    return names[place] if place >= 0 and ord(letter) <= ends[place] else ""


def script(text: str) -> str:
    """Return the script of most of the text's words, ``""`` where it has no letters."""
    sizes = dict.fromkeys(_RANGES, 0)
    for letter, count in Counter(text).items():
        if name := script_of_letter(letter):
            sizes[name] += count * _WORTH.get(name, 1)
    most = max(sizes, key=sizes.__getitem__)
    return most if sizes[most] else ""
