"""`studio compare`: one prompt to two models or presets, and the tally of votes."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, cast

from studio.assembly import Parts
from studio.chat.compare.comparing import Contest, begin
from studio.chat.compare.comparison import SIDES, Chosen, Comparison, Pair, Side, Vote, Which
from studio.chat.compare.comparisons import Comparisons
from studio.chat.compare.export import as_facts
from studio.chat.turn import ModelLoading, TurnEvent, TurnStarted
from studio.cli.endings import InterruptedByPersonError, RefusedError, status_of
from studio.cli.given import said
from studio.cli.printing import tell, write_reply
from studio.errors import StudioError
from studio.library.shelf import lasting_name
from studio.temporary import TemporaryParts


def run(parts: Parts, arguments: argparse.Namespace) -> dict[str, Any]:
    """Compare, or tell what the votes were so far."""
    comparisons = Comparisons(parts.database)
    if arguments.text == "tally" and not (arguments.left or arguments.right):
        return _tally(comparisons, arguments)
    if arguments.vote:
        raise StudioError(
            "comparison.vote_first",
            "A vote can only be given once both replies are there.",
            "Compare first, then vote with studio compare tally --vote ID=left.",
        )
    if not (arguments.left or arguments.right):
        raise StudioError(
            "comparison.no_sides",
            "It is not said what is to be compared.",
            "Add --left MODEL[:PRESET], --right MODEL[:PRESET], or both.",
        )
    return _compare(parts, comparisons, arguments)


def chosen(parts: Parts, text: str | None) -> Chosen:
    """Return what ``MODEL[:PRESET]`` names; a colon may be a part of a model's name."""
    if not text:
        return Chosen()
    try:
        return Chosen(lasting_name(parts.shelf, text))
    except StudioError:
        model, colon, preset = text.rpartition(":")
        if not colon:
            raise
    name = parts.presets.get(preset).name if preset else ""
    return Chosen(lasting_name(parts.shelf, model) if model else "", name)


def _compare(
    parts: Parts, comparisons: Comparisons, arguments: argparse.Namespace
) -> dict[str, Any]:
    text = said(arguments.text)
    left, right = (chosen(parts, each) for each in (arguments.left, arguments.right))

    def told(which: Which, event: TurnEvent, _comparison: Comparison) -> None:
        if isinstance(event, TurnStarted):
            tell(f"Writing the {which} reply")
        elif isinstance(event, ModelLoading) and event.share == 0:
            tell(f"Loading {event.model}")

    contest = begin(
        lambda: TemporaryParts(parts),
        comparisons,
        text,
        left,
        right,
        told,
        force=arguments.force,
    )
    try:
        interrupt = _wait(contest)
    finally:
        contest.close()
    made = contest.comparison
    result = _facts(made)
    if interrupt is not None:
        raise InterruptedByPersonError(result, status_of(interrupt))
    if contest.trouble is not None:
        raise RefusedError(contest.trouble, result)
    if all(made.side(which).status == "failed" for which in SIDES):
        what = "Neither side has a reply."
        error = StudioError("comparison.failed", what, made.left.failure or made.right.failure)
        raise RefusedError(error, result)
    if not arguments.json:
        for which in SIDES:
            write_reply(_in_words(which, made.side(which)))
        tell(f"Vote: studio compare tally --vote {made.id}=left (or right, both_good, both_bad)")
    return result


def _wait(contest: Contest) -> KeyboardInterrupt | None:
    try:
        contest.written.result()
    except KeyboardInterrupt as interrupt:
        contest.stop()
        contest.written.result()
        return interrupt
    return None


def _facts(made: Comparison) -> dict[str, Any]:
    facts = made.facts()
    return {key: facts[key] for key in ("id", "prompt", "vote", "left", "right")}


def _in_words(which: Which, side: Side) -> str:
    known = side.figures
    figures = (
        f" ({known.tokens} tokens, {known.tokens_per_s:.1f} a second, "
        f"first word after {known.ttft_s:.2f} s)"
        if known
        else ""
    )
    words = side.reply or side.failure
    return f"{which.capitalize()}: {side.name}{figures}\n{words}\n\n"


def _tally(comparisons: Comparisons, arguments: argparse.Namespace) -> dict[str, Any]:
    if arguments.vote:
        key, _, vote = arguments.vote.partition("=")
        comparisons.vote(key, cast("Vote", vote))
    pairs = comparisons.tally()
    if not arguments.json:
        write_reply("\n".join(_lines(pairs)) + "\n")
    found = comparisons.list()
    return {"pairs": [asdict(pair) for pair in pairs], "history": as_facts(found)["comparisons"]}


def _lines(pairs: Sequence[Pair]) -> list[str]:
    if not pairs:
        return ["No votes yet. Compare first: studio compare TEXT --left MODEL --right MODEL"]
    return [
        f"{pair.one}: {pair.one_wins} | {pair.other}: {pair.other_wins} | "
        f"both good: {pair.both_good} | both bad: {pair.both_bad}"
        for pair in pairs
    ]
