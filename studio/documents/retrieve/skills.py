"""Measures what an embedder can do in a language, and how much its vote weighs against keywords.

The test is small: some thirty questions and the passages that answer them, in each language of
``resources/embedder_test``. Most of a question's words are not in its passage, as with a person who
does not know how a document puts it; the others share names and years, which even an embedder of
another language can find.
"""

from __future__ import annotations

import json
import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from studio.documents.text.scripts import script_of

CHANCE = 0.1  # skill; what noise does not reach: its standard deviation is 0.03 for 32 pairs
FULL = 0.5  # skill from which vectors count as much as keywords
MOST = 0.5  # weight: more than half did not help on any English set measured
UNTESTED = 0.3  # weight, where neither the language nor its script has a test

Vectors = NDArray[np.float16] | NDArray[np.float32] | NDArray[np.float64]
Embed = Callable[[Sequence[str], Literal["query", "passage"]], Vectors]
"""Texts to vectors of length one, shape (texts, dimension)."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A question and the passage that answers it."""

    question: str
    passage: str


@dataclass(frozen=True, slots=True)
class Skill:
    """What an embedder can do in one language.

    Attributes:
        figure: 0 (chance) to 1 (every pair is found, in both directions).
        related: mean cosine of a question with the passage that answers it.
        unrelated: mean cosine of a question with the other passages.
    """

    figure: float
    related: float
    unrelated: float


def read_pairs(folder: Path, language: str) -> tuple[Pair, ...]:
    """Return the test of a language (ISO 639-1), empty where the folder has none.

    Raises:
        ValueError: the file is not a list of pairs of texts, all different.
    """
    path = folder / f"{language}.json"
    if not language.isalpha() or not path.is_file():
        return ()
    read = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(read, list) or not all(_is_pair(item) for item in read):
        raise ValueError(f"{path} is not a list of pairs of texts")
    pairs = tuple(Pair(*item) for item in read)
    texts = [text for pair in pairs for text in (pair.question, pair.passage)]
    if len(pairs) < 2 or len(set(texts)) != len(texts):
        raise ValueError(f"{path} says something twice, or too little")
    return pairs


def _is_pair(item: object) -> bool:
    if not isinstance(item, list) or len(item) != 2:
        return False
    return all(isinstance(text, str) and text.strip() for text in item)


def languages(folder: Path) -> list[str]:
    """Return the languages that have a test, in order."""
    return sorted(path.stem for path in folder.glob("*.json"))


def skill(embed: Embed, pairs: Sequence[Pair]) -> Skill:
    """Return how well an embedder tells which passage answers which question.

    The figure is the mean reciprocal rank of the right partner, of passages for questions and of
    questions for passages, set off against what guessing would reach.

    Raises:
        ValueError: fewer than two pairs, or vectors of a wrong shape or without finite numbers.
    """
    count = len(pairs)
    if count < 2:
        raise ValueError("a test needs at least two pairs")
    questions = _checked(embed([pair.question for pair in pairs], "query"), count)
    passages = _checked(embed([pair.passage for pair in pairs], "passage"), count)
    if questions.shape != passages.shape:
        raise ValueError("questions and passages have vectors of different dimensions")
    cosines = questions @ passages.T
    own = np.diag(cosines)
    mean_rank = (_reciprocal_ranks(cosines).mean() + _reciprocal_ranks(cosines.T).mean()) / 2
    chance = sum(1 / rank for rank in range(1, count + 1)) / count
    others = (cosines.sum() - own.sum()) / (count * count - count)
    figure = max(0.0, float(mean_rank - chance) / (1 - chance))
    return Skill(figure, float(own.mean()), float(others))


def _checked(vectors: Vectors, count: int) -> NDArray[np.float64]:
    wide = np.asarray(vectors, np.float64)
    if wide.ndim != 2 or len(wide) != count or not np.isfinite(wide).all():
        raise ValueError(f"{count} texts became vectors of shape {wide.shape}, or not finite ones")
    return wide


def _reciprocal_ranks(cosines: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return, for each row, 1 / rank of the diagonal; equals share the places that they take."""
    own = np.diag(cosines)[:, None]
    better = (cosines > own).sum(axis=1)
    equal = (cosines == own).sum(axis=1)
    reciprocal: NDArray[np.float64] = 1 / (1 + better + (equal - 1) / 2)
    return reciprocal


def dense_weight(figure: float) -> float:
    """Return the weight of vectors beside keywords, 0 to 0.5, for a skill's figure.

    It rises in a straight line, from nothing at what chance may reach to a half at ``FULL``.
    """
    share = (figure - CHANCE) / (FULL - CHANCE)
    return MOST * min(max(share, 0.0), 1.0)


def weight_in(skills: Mapping[str, Skill], language: str) -> float:
    """Return the weight of vectors for a question in a language (ISO 639-1, ``""`` if unknown).

    A language without a test has the weight of its script: that of its languages' median figure.
    """
    known = skill_in(skills, language)
    return UNTESTED if known is None else dense_weight(known.figure)


def skill_in(skills: Mapping[str, Skill], language: str) -> Skill | None:
    """Return the skill in a language, or the median one of its script, or ``None``."""
    if not language or language in skills:
        return skills.get(language)
    script = script_of(language)
    near = [found for name, found in skills.items() if script_of(name) == script]
    if not near:
        return None
    return Skill(
        statistics.median(found.figure for found in near),
        statistics.median(found.related for found in near),
        statistics.median(found.unrelated for found in near),
    )
