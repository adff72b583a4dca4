"""Turns texts and questions into the terms of keyword search, both in the same way.

Words are folded (compatibility forms, case, accents where a language can do without them), small
words are left out, and the others are stemmed (Snowball) by the language of their script: that of
the text if it is written so, else the one that the script stands for, so that English words in a
Chinese text meet an English question. Scripts without blanks between words become pairs of
characters. Codes, numbers, addresses and identifiers: see :mod:`studio.documents.text.codes`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache, lru_cache

import Stemmer  # type: ignore[import-not-found]

from studio.documents.text import codes
from studio.documents.text.scripts import (
    LANGUAGE_OF,
    SIGNED,
    UNSPACED,
    letters,
    script_of,
    script_of_letter,
)
from studio.documents.text.stop_words import STOP_WORDS

_STEMMERS = {  # of Snowball, by language
    "ar": "arabic",
    "ca": "catalan",
    "cs": "czech",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "eo": "esperanto",
    "es": "spanish",
    "et": "estonian",
    "eu": "basque",
    "fa": "persian",
    "fi": "finnish",
    "fr": "french",
    "ga": "irish",
    "hi": "hindi",
    "hu": "hungarian",
    "hy": "armenian",
    "id": "indonesian",
    "it": "italian",
    "lt": "lithuanian",
    "ne": "nepali",
    "nl": "dutch",
    "no": "norwegian",
    "nb": "norwegian",
    "nn": "norwegian",
    "pl": "polish",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sr": "serbian",
    "sv": "swedish",
    "ta": "tamil",
    "tr": "turkish",
    "yi": "yiddish",
}
_OWN_LETTERS = {"da", "et", "fi", "hu", "nb", "nn", "no", "sv", "tr"}
"""Languages in which a letter with a sign above is a letter of its own, told apart by everybody."""

_REMEMBERED = 100_000  # tokens by language; a text's words repeat
_UNSPACED = "".join(map(letters, UNSPACED))
_SIGNED = "".join(map(letters, SIGNED))


def _tokens(letter: str) -> re.Pattern[str]:
    """Return what finds runs of unspaced letters, and words with the signs that join them."""
    return re.compile(rf"[{_UNSPACED}]+|{letter}+(?:(?:[-./:@+&,'\u2019]|-\n){letter}+)*")


_TOKENS = _tokens(rf"[^\W{_UNSPACED}]")
_SIGNED_TOKENS = _tokens(rf"(?:[^\W{_UNSPACED}]|[{_SIGNED}])")  # slower, and seldom needed
_UNSPACED_RUN = re.compile(f"[{_UNSPACED}]")
_SIGNED_WORD = re.compile(f"[{_SIGNED}]")
_LEFT_OUT = re.compile(  # what is not seen, and Hebrew's and Arabic's signs for vowels
    "[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\u0591-\u05bd\u05bf-\u05c7"
    "\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed]"
)
_DIGITS = {
    sign: str(unicodedata.decimal(chr(sign)))
    for sign in range(0x80, 0x1E960)
    if unicodedata.category(chr(sign)) == "Nd"
}
_MARKS = re.compile("[\u0300-\u036f]")
_ARABIC_LETTERS = str.maketrans(
    {  # letters that people and keyboards write in several ways
        **dict.fromkeys("\u0622\u0623\u0625\u0671", "\u0627"),
        "\u0649": "\u064a",
        "\u06cc": "\u064a",
        "\u06a9": "\u0643",
        "\u0629": "\u0647",
        "\u0624": "\u0648",
        "\u0626": "\u064a",
    }
)


def terms(text: str, language: str) -> list[str]:
    """Return the terms of a text or question, in its order; a code is followed by its parts.

    Args:
        text: of any length.
        language: of the text as ISO 639-1; empty where it is not known.
    """
    if not text.isascii():
        text = _LEFT_OUT.sub("", unicodedata.normalize("NFKC", text)).translate(_DIGITS)
    pattern = _SIGNED_TOKENS if not text.isascii() and _SIGNED_WORD.search(text) else _TOKENS
    tokens = pattern.findall(text)
    found: list[str] = []
    known = _remembered(language)
    for token in tokens:
        found += known(token)
    return found + codes.pairs(tokens)


@cache
def _remembered(language: str) -> Callable[[str], tuple[str, ...]]:
    """Return what takes one token of a text in this language apart."""

    @lru_cache(_REMEMBERED)
    def apart(token: str) -> tuple[str, ...]:
        return tuple(_token(token, language))

    return apart


def _token(token: str, language: str) -> list[str]:
    """Return the terms of one token."""
    if _UNSPACED_RUN.match(token):
        return _pairs(token)
    if codes.is_plain(token) or _SIGNED_WORD.match(token):
        return _word(token, language)
    if "-\n" in token:  # a word that the line's end divides, or one that has a hyphen anyway
        joined, parted = token.replace("-\n", ""), token.replace("-\n", "/")
        return [*_token(joined, language), *_token(parted, language)]
    if not any(map(str.isalnum, token)):
        return []  # a line of underscores
    parts = codes.parts(token)
    whole = codes.whole(token)
    if not parts and whole in ("", token.casefold()) and token.isalpha():
        return _word(token, language)
    found = [_folded(whole, "")] if whole else []
    return found + [term for part in parts for term in _part(part, language)]


def _part(part: str, language: str) -> list[str]:
    return _word(part, language) if part.isalpha() else [codes.whole(part) or part.casefold()]


def _pairs(run: str) -> list[str]:
    """Return the pairs of neighbouring characters, or the one character."""
    return [run[place : place + 2] for place in range(len(run) - 1)] or [run]


def _word(word: str, language: str) -> list[str]:
    """Return the stem of a word, or nothing for a small one."""
    written = script_of_letter(word[0])
    if language == "" or script_of(language) != written:
        language = LANGUAGE_OF.get(written, "")
    folded = word.lower()
    if language == "en" or written == "Cyrl":
        folded = _folded(folded, language)
    if folded in STOP_WORDS.get(language, ()):
        return []
    stemmer = _stemmer(language)
    stem = (stemmer.stemWord(folded) if stemmer else folded) or folded
    return [_folded(stem, language)]


@cache
def _stemmer(language: str) -> Stemmer.Stemmer | None:
    name = _STEMMERS.get(language)
    return Stemmer.Stemmer(name, 0) if name else None  # its own memory is slower than ours


def _folded(stem: str, language: str) -> str:
    """Return a word without what its language can do without."""
    if stem.isascii() or language in _OWN_LETTERS:
        return stem
    written = script_of_letter(stem[0])
    if written == "Arab":
        return stem.translate(_ARABIC_LETTERS)
    if written == "Cyrl":
        return stem.replace("\u0451", "\u0435")
    if written in ("Latn", "Grek"):
        plain = _MARKS.sub("", unicodedata.normalize("NFD", stem))
        return unicodedata.normalize("NFC", plain).replace("ß", "ss")
    return stem
