"""Says how surely a passage has to do with a question, so that strict mode can refuse.

Scores of a search rank the passages of one question; they don't tell whether any of them is right,
for the best of a bad list has the score 1. Here the cosine is seen against what unrelated texts
have in this embedder and language, and the question's words by how many of them the passage has,
each as informative as it is rare in the collection.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence

from studio.documents.retrieve.skills import MOST, Skill, dense_weight

FLOOR = 0.5
"""Relevance below which strict mode refuses.

Of questions that the documents answer, about two in a hundred stay below it (benchmarks/README.md).
"""

# What answerable questions hardly stay below: two in a hundred of public sets in five languages.
_WORDS = 0.23  # coverage by words
_PAIRS = 0.12  # coverage by pairs of characters: one that differs breaks two pairs
_NEAR = 0.37  # nearness, of an embedder that knows the language; one that does not tells nothing


def coverage(
    question: Sequence[str], frequencies: Sequence[int], count: int, passage: Collection[str]
) -> float | None:
    """Return the share, 0 to 1, of a question's terms that a passage has; rare ones count more.

    Args:
        question: terms; one that stands twice counts once.
        frequencies: for each of them, in how many chunks of the collection it stands.
        count: of the collection's chunks.
        passage: its terms, with its headings'.

    Returns:
        ``None`` when the question has no terms, as of a question of stop words.

    Raises:
        ValueError: not as many frequencies as terms, or a frequency that is not possible.
    """
    if len(question) != len(frequencies):
        raise ValueError("not as many frequencies as terms")
    if any(not 0 <= frequency <= count for frequency in frequencies):
        raise ValueError("a term stands in more chunks than there are")
    if not question:
        return None
    known = dict(zip(question, frequencies, strict=True))
    rarity = {
        term: math.log1p((count - frequency + 0.5) / (frequency + 0.5))
        for term, frequency in known.items()
    }
    held = frozenset(passage)
    return math.fsum(rarity[term] for term in rarity if term in held) / math.fsum(rarity.values())


def relevance(
    cosine: float | None, covered: float | None, skill: Skill | None, *, pairs: bool = False
) -> float:
    """Return how surely a passage has to do with a question, 0 to 1; :data:`FLOOR` parts them.

    A question's relevance is the highest of its best hits (five are enough).

    Args:
        cosine: of question and passage (its best chunk), ``None`` where it is not known.
        covered: what :func:`coverage` says; ``None`` leaves the cosine alone to decide.
        skill: of the embedder in the question's language; ``None`` leaves the words alone.
        pairs: the terms are pairs of characters, as in languages without blanks.
    """
    weight = dense_weight(skill.figure) if skill is not None else 0.0
    words = _PAIRS if pairs else _WORDS
    share = weight if covered is not None else float(weight > 0)
    expected = share * _NEAR * weight / MOST + (1 - share) * words
    raw = share * _nearness(cosine, skill) + (1 - share) * (covered or 0.0)
    if raw < expected:
        return FLOOR * raw / expected
    return FLOOR + (1 - FLOOR) * (raw - expected) / (1 - expected)


def _nearness(cosine: float | None, skill: Skill | None) -> float:
    """Return the cosine on a scale from unrelated texts (0) to equal ones (1)."""
    if cosine is None or skill is None or skill.unrelated >= 1:
        return 0.0
    return min(max((cosine - skill.unrelated) / (1 - skill.unrelated), 0.0), 1.0)
