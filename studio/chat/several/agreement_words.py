"""How far several replies agree, in a sentence."""

from __future__ import annotations

from studio.chat.several.agreement import Agreement
from studio.translation import tr

_LONGEST = 60


def in_words(found: Agreement) -> str:
    """Return the agreement of several replies in plain words."""
    if found.kind == "none":
        return tr("Fewer than two replies came to their end, so they cannot be compared.")
    if found.kind == "words":
        share = round(100 * (found.overlap or 0.0))
        return tr("They share about {share} % of their words.", share=share)
    if (winner := found.winner) is None:
        answers = ", ".join(_short(vote.answer) for vote in found.votes)
        return tr("They do not agree on an answer: {answers}.", answers=answers)
    votes, answer = len(winner.replies), _short(winner.answer)
    if votes == found.counted:
        return tr("All {count} give the same answer: {answer}", count=votes, answer=answer)
    return tr(
        "{votes} of {count} give the same answer: {answer}",
        votes=votes,
        count=found.counted,
        answer=answer,
    )


def how(found: Agreement) -> str:
    """Return how the agreement was worked out; empty when there is none."""
    if found.kind == "answers":
        return tr(
            "Counted by their last answers: equal numbers and words are one answer. What most "
            "replies agree on is right more often than a single reply, but not always."
        )
    if found.kind == "words":
        return tr(
            "The share of words that two replies have in common, on average over all pairs. It "
            "tells how alike they are, not how right."
        )
    return ""


def _short(answer: str) -> str:
    line = " ".join(answer.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"
