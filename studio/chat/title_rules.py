"""Tells a title that is worth having from what a model says when it was asked for one."""

from __future__ import annotations

import re
import unicodedata

MOST_WORDS = 6
_MOST_CHARACTERS = 60
_MOST_WITHOUT_SPACES = 30

_QUOTES = "\"'“”„‟\u2018\u2019\u201a«»\u2039\u203a`「」『』*_#"
_LABEL = re.compile(r"^\W*(?:title|titel|titre|título|titolo)\s*[:\uff1a-]\s*", re.IGNORECASE)
_INNER_QUOTES = re.compile(r"[\"“”„«»「」『』`]")
_LIST = re.compile(r"^(?:[-*•]|\d+[.)])\s")
_REFUSALS = (
    "i ",
    "i'",
    "sorry",
    "as an ai",
    "as a language model",
    "sure",
    "certainly",
    "of course",
    "here is",
    "here's",
    "please",
    "es tut mir leid",
    "entschuldigung",
    "ich ",
    "hier ist",
    "natürlich",
    "désolé",
    "voici",
    "je ",
    "lo siento",
    "aquí",
    "mi dispiace",
    "ecco",
)
_ABOUT_THE_TASK = ("six words", "the conversation", "this conversation", "our conversation")


def title_in(said: str, question: str = "") -> str:
    """Return the title in what a model has said, or nothing if that is no good title.

    Args:
        question: what the person has asked; a title in another script is none in its language.
    """
    lines = said.strip().splitlines()
    title = _LABEL.sub("", lines[0] if lines else "").strip()
    title = " ".join(title.strip(_QUOTES).split()).rstrip(" .,;。").strip(_QUOTES)
    return title if _is_good(title, question) else ""


def _is_good(title: str, question: str) -> bool:
    folded = title.casefold().replace("\u2019", "'")
    return (
        bool(re.search(r"\w", title))
        and title.isprintable()
        and _is_short(title)
        and not _INNER_QUOTES.search(title)
        and not _LABEL.match(title)
        and not _LIST.match(title)
        and not title.endswith((":", "\uff1a", "…", "-"))
        and not re.search(r"<[|/\w]", title)
        and not folded.startswith(_REFUSALS)
        and not any(words in folded for words in _ABOUT_THE_TASK)
        and folded not in ("title", "titel", "conversation")
        and _script(question) in ("", _script(title))
    )


def _is_short(title: str) -> bool:
    most = _MOST_CHARACTERS if " " in title or title.isascii() else _MOST_WITHOUT_SPACES
    return len(title) <= most and len(title.split()) <= MOST_WORDS


def _script(text: str) -> str:
    """Return the first word of what Unicode calls most letters, such as LATIN; "" without any.

    The scripts of Japanese, which are mixed, count as one with Chinese.
    """
    counts: dict[str, int] = {}
    for letter in filter(str.isalpha, text[:400]):
        name = unicodedata.name(letter, "").split(" ")[0]
        name = "CJK" if name in ("HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA") else name
        counts[name] = counts.get(name, 0) + 1
    return max(counts, key=lambda name: counts[name], default="")
