"""How far several replies to one question agree, worked out from their words alone.

Where most of them end in an answer that can be told apart (a number, yes or no, what is boxed, what
follows “the answer is”), equal answers are counted as votes: self-consistency, Wang et al. 2022,
arXiv:2203.11171. Prose is compared by the words that two replies have in common: ROUGE-1 F1, Lin
2004. The most central reply is the one that has most in common with the others on average: minimum
Bayes risk with that measure as its gain (Kumar and Byrne 2004).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from itertools import combinations
from typing import Any, Literal

Kind = Literal["none", "answers", "words"]

_SHORT = 40
_MOST_ANSWER_WORDS = 6
_BOXED = r"\boxed{"
_SAID = re.compile(
    r"(?:\b(?:final\s+)?answer\s*(?:is|:|=)|\bantwort\s*(?:ist|lautet|:|=))\s*[:=]?\s*([^\n]+)",
    re.IGNORECASE,
)
_WORD = re.compile(r"[぀-ヿ㐀-䶿一-鿿]|\w+")
_NUMBER = re.compile(r"[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
_YES_NO = {
    **dict.fromkeys(("yes", "true", "correct", "ja", "richtig", "wahr"), "yes"),
    **dict.fromkeys(("no", "false", "incorrect", "nein", "falsch"), "no"),
}
_MARKS = "*_`$\\()[]{}\"'“”„\u2018\u2019"
_LEADING = re.compile(r"^(?:the|a|an|der|die|das|option|choice)\s+")


@dataclass(frozen=True, slots=True)
class Vote:
    """An answer as it was first written, and the places of the replies that give it, from 0."""

    answer: str
    replies: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Agreement:
    """What several replies have in common.

    Attributes:
        kind: ``answers`` when votes were counted, ``words`` for prose, ``none`` when fewer than
            two replies are whole.
        counted: how many replies were compared; those that are cut off or empty are not.
        votes: the answers, the most frequent first.
        overlap: the share of words that two replies have in common on average, 0 to 1.
        central: the place of the reply that stands for the others best, from 0.
    """

    kind: Kind
    counted: int
    votes: tuple[Vote, ...] = ()
    overlap: float | None = None
    central: int | None = None

    @property
    def winner(self) -> Vote | None:
        """The answer that more replies give than any other."""
        if not self.votes or len(self.votes[0].replies) < 2:
            return None
        is_tie = len(self.votes) > 1 and len(self.votes[1].replies) == len(self.votes[0].replies)
        return None if is_tie else self.votes[0]

    def facts(self) -> dict[str, Any]:
        """Return all of it as plain values."""
        return {
            "kind": self.kind,
            "counted": self.counted,
            "answer": self.winner.answer if self.winner else None,
            "votes": [{"answer": v.answer, "replies": [*v.replies]} for v in self.votes],
            "overlap": None if self.overlap is None else round(self.overlap, 4),
            "central": self.central,
        }


def agreement(texts: Sequence[str | None]) -> Agreement:
    """Return how far replies agree; ``None`` and empty ones keep their place and do not count."""
    places = [place for place, text in enumerate(texts) if text and text.strip()]
    whole = {place: texts[place] or "" for place in places}
    if len(places) < 2:
        return Agreement("none", len(places), central=places[0] if places else None)
    shares = _shares(whole)
    overlap = sum(shares.values()) / len(shares)
    votes = _votes(whole)
    if 2 * sum(len(vote.replies) for vote in votes) <= len(places):
        return Agreement("words", len(places), (), overlap, _central(places, shares))
    found = Agreement("answers", len(places), votes, overlap)
    among = found.winner.replies if found.winner else places
    return Agreement("answers", len(places), votes, overlap, _central(among, shares))


def final_answer(text: str) -> str:
    """Return the answer in which a reply ends, as it is written; empty when it gives none."""
    text = text.strip()
    if boxed := _boxed(text):
        return boxed
    if said := _SAID.findall(text):
        found = _first_sentence(said[-1])
        if found and len(_WORD.findall(found)) <= _MOST_ANSWER_WORDS:
            return found
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not lines:
        return ""
    first = re.match(r"[*_]*(\w+)[*_]*(?:[.,;:!]|$)", lines[0])
    if first and first[1].casefold() in _YES_NO:
        return first[1]
    last = lines[-1].rpartition("=")[2].strip()
    is_short = len(last) <= _SHORT and len(_WORD.findall(last)) <= _MOST_ANSWER_WORDS
    if is_short and (len(lines) == 1 or _NUMBER.fullmatch(_bare(last)) or "=" in lines[-1]):
        return last.rstrip(".")
    return ""


def same(answer: str) -> str:
    """Return what equal answers have in common, however they are written."""
    bare = _LEADING.sub("", _bare(answer).casefold())
    if bare in _YES_NO:
        return _YES_NO[bare]
    if (number := _number(bare)) is not None:
        return number
    return " ".join(_WORD.findall(bare)) or bare


def overlap(one: str, other: str) -> float:
    """Return the share of words that two texts have in common, 0 to 1: ROUGE-1 F1."""
    return _shared(_words(one), _words(other))


def _shared(mine: Counter[str], theirs: Counter[str]) -> float:
    total = mine.total() + theirs.total()
    return 2 * (mine & theirs).total() / total if total else 1.0


def _words(text: str) -> Counter[str]:
    return Counter(_WORD.findall(text.casefold()))


def _shares(whole: dict[int, str]) -> dict[tuple[int, int], float]:
    words = {place: _words(text) for place, text in whole.items()}
    return {(a, b): _shared(words[a], words[b]) for a, b in combinations(whole, 2)}


def _central(among: Sequence[int], shares: dict[tuple[int, int], float]) -> int:
    def gain(place: int) -> float:
        return sum(share for pair, share in shares.items() if place in pair)

    return max(among, key=lambda place: (round(gain(place), 9), -place))


def _votes(whole: dict[int, str]) -> tuple[Vote, ...]:
    classes: dict[str, tuple[str, list[int]]] = {}
    for place, text in whole.items():
        if answer := final_answer(text):
            classes.setdefault(same(answer), (answer, []))[1].append(place)
    votes = [Vote(answer, tuple(places)) for answer, places in classes.values()]
    return tuple(sorted(votes, key=lambda vote: (-len(vote.replies), vote.replies)))


def _boxed(text: str) -> str:
    """Return what stands in the last box, with the braces in it paired."""
    begin = text.rfind(_BOXED)
    if begin < 0:
        return ""
    depth, start = 1, begin + len(_BOXED)
    for place, letter in enumerate(text[start:], start):
        depth += {"{": 1, "}": -1}.get(letter, 0)
        if depth == 0:
            return text[start:place].strip()
    return ""


def _first_sentence(text: str) -> str:
    return re.split(r"(?<=[^\d])[.;!?](?:\s|$)|[.;!?]\s|\.$|, (?:because|since|weil)\b", text)[0]


def _bare(text: str) -> str:
    return text.strip().strip(_MARKS).strip().rstrip(".!?,;:").strip(_MARKS).strip()


def _number(text: str) -> str | None:
    """Return a number in one spelling; what it counts may stand around it: ``$1,200.0 only``."""
    found = _NUMBER.findall(text)
    words = [word for word in _WORD.findall(_NUMBER.sub(" ", text)) if word]
    if len(found) != 1 or len(words) > 1:
        return None
    try:
        value = Decimal(found[0].replace(",", ""))
    except InvalidOperation:  # digits of another script that look like a number and are none
        return None
    whole, _, rest = format(value, "f").partition(".")  # normalize() would round to 28 digits
    rest = rest.rstrip("0")
    return f"{whole}.{rest}" if rest else whole if value else "0"
