"""Takes apart what has signs and digits in it: part numbers, versions, addresses, identifiers.

Whole, because somebody asks for exactly it; in parts, because somebody else writes it otherwise.
A whole has one form however it was written: ``ISO 9001``, ``ISO-9001`` and ``iso9001`` are
``iso-9001``; thousands stand together (``1,279`` is ``1279``); a decimal comma is a point.
"""

from __future__ import annotations

import re
from itertools import pairwise

LONGEST = 64  # characters of a whole; longer addresses and data stand in parts alone

_THOUSANDS = re.compile(r"\d{1,3}(?:([.,'\u2019])\d{3})(?:\1\d{3})*")
_DECIMAL = re.compile(r"\d+[.,]\d+")
_ACRONYM = re.compile(r"\w(?:\.\w)+")
_SIGNS = re.compile(r"[\W_]+")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z]{2})")
_LETTER_DIGIT = re.compile(r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])")
_LOOSE = re.compile(r"[-/:+&,'\u2019]+")  # signs that one person writes and another leaves out
_LEAST = 2  # letters of a part of an identifier: "iPhone" stays whole


def is_plain(token: str) -> bool:
    """Return whether a token is one word as any other: no signs, no digits, no inner capitals."""
    return token.isalpha() and (token.islower() or token[1:].islower() or token.isupper())


def whole(token: str) -> str:
    """Return the one form of a code, number, address or identifier as a whole; ``""`` for none.

    Words that a hyphen or stroke joins (``boundary-layer``) are no whole: their parts say it all.
    """
    folded = token.casefold()
    if len(folded) > LONGEST:
        return ""
    if folded.isdecimal():
        return folded
    if _THOUSANDS.fullmatch(folded):
        return "".join(filter(str.isdecimal, folded))
    if _DECIMAL.fullmatch(folded):
        return folded.replace(",", ".")
    if _ACRONYM.fullmatch(folded) and not any(map(str.isdecimal, folded)):
        return folded.replace(".", "")
    if any(map(str.isdecimal, folded)):
        return _LOOSE.sub("-", _LETTER_DIGIT.sub("-", folded)).strip("-")
    if folded.isalpha() or any(sign in folded for sign in "_@."):
        return folded
    return ""


def parts(token: str) -> list[str]:
    """Return the words and numbers of which a token is made, as they are written; none if whole.

    Numbers (``1,279``, ``5.25``) and acronyms (``U.S``) have none.
    """
    if _THOUSANDS.fullmatch(token) or _DECIMAL.fullmatch(token) or _ACRONYM.fullmatch(token):
        return []
    found: list[str] = []
    for piece in _SIGNS.split(token):
        inner = _CAMEL.split(piece) if piece.isascii() else [piece]
        fits = len(inner) > 1 and min(map(len, inner)) >= _LEAST
        found += inner if fits else [piece]
    return [] if len(found) == 1 and found[0] == token else [part for part in found if part]


def pairs(tokens: list[str]) -> list[str]:
    """Return what capitals and the number after them name together (``ISO 9001``)."""
    return [
        f"{name}-{number}".casefold()
        for name, number in pairwise(tokens)
        if number.isdecimal() and name.isupper() and name.isalpha() and 2 <= len(name) <= 6
    ]
