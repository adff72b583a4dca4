"""What a comparison is made of: one prompt, two sides, a vote; and the tally of many."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Any, Literal, get_args

from studio.chat.conversation import Figures

Which = Literal["left", "right"]
Vote = Literal["", "left", "right", "both_good", "both_bad"]
SideStatus = Literal["waiting", "writing", "finished", "cancelled", "failed", "interrupted"]
SIDES: tuple[Which, ...] = get_args(Which)
VOTES: tuple[Vote, ...] = tuple(vote for vote in get_args(Vote) if vote)
UNENDED: tuple[SideStatus, ...] = ("waiting", "writing")


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is wished for on one side; empty names leave the choice to the program."""

    model: str = ""
    preset: str = ""


@dataclass(frozen=True, slots=True)
class Side:
    """One side, as it was then.

    Attributes:
        model: the name of the model that wrote the reply.
        preset: the name of the preset in force, ``preset_title`` what it was called.
        failure: why there is no whole reply, as it was told then.
        memory_bytes: what the engine held in main memory with this model.
        recipe: all that is needed to make the reply again.
    """

    model: str
    preset: str
    preset_title: str = ""
    status: SideStatus = "waiting"
    reply: str = ""
    reasoning: str = ""
    stop: str = ""
    failure: str = ""
    figures: Figures | None = None
    memory_bytes: int | None = None
    recipe: dict[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The side in words."""
        preset = self.preset_title or self.preset
        return f"{self.model} · {preset}" if preset else self.model

    def to_json(self) -> str:
        """Return it as a JSON object."""
        return json.dumps(asdict(self), ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two replies to one prompt; ``left`` and ``right`` as they were on show."""

    id: str
    created_at: datetime
    prompt: str
    left: Side
    right: Side
    is_blind: bool = False
    vote: Vote = ""

    def side(self, which: Which) -> Side:
        """Return one side."""
        return self.left if which == "left" else self.right

    def with_side(self, which: Which, side: Side) -> Comparison:
        """Return it with another side in place."""
        return replace(self, left=side) if which == "left" else replace(self, right=side)

    @property
    def has_ended(self) -> bool:
        """Whether nothing of it is still to be written."""
        return not {self.left.status, self.right.status} & {*UNENDED}

    @property
    def can_be_voted_on(self) -> bool:
        """Whether there are two replies to choose from."""
        return self.has_ended and bool(self.left.reply.strip() and self.right.reply.strip())

    @property
    def names_are_hidden(self) -> bool:
        """Whether the person is not to know yet which is which, and could still vote."""
        may_vote = self.can_be_voted_on or not self.has_ended
        return self.is_blind and not self.vote and may_vote

    def facts(self) -> dict[str, Any]:
        """Return all of it as plain values."""
        return {
            "id": self.id,
            "created_at": self.created_at.isoformat(),
            "prompt": self.prompt,
            "blind": self.is_blind,
            "vote": self.vote,
            "left": asdict(self.left),
            "right": asdict(self.right),
        }


@dataclass(frozen=True, slots=True)
class Pair:
    """How often each of two was better; ``one`` and ``other`` are names in words."""

    one: str
    other: str
    one_wins: int
    other_wins: int
    both_good: int
    both_bad: int

    @property
    def votes(self) -> int:
        """How many votes there are."""
        return self.one_wins + self.other_wins + self.both_good + self.both_bad


def side_from(text: str) -> Side:
    """Return what :meth:`Side.to_json` wrote."""
    facts = json.loads(text)
    known = facts.get("figures")
    return Side(**facts | {"figures": Figures(**known) if known else None})


def tally(comparisons: Sequence[Comparison]) -> list[Pair]:
    """Return the votes of each pair, whichever side each stood on, the most frequent pair first."""
    counts: dict[tuple[tuple[str, str], tuple[str, str]], list[int]] = {}
    names: dict[tuple[str, str], str] = {}
    for each in sorted(comparisons, key=lambda found: found.created_at):
        if not each.vote:
            continue
        left, right = ((side.model, side.preset) for side in (each.left, each.right))
        names |= {left: each.left.name, right: each.right.name}
        one, other = sorted((left, right))
        places = {"left": int(left != one), "right": int(right != one)}
        place = {**places, "both_good": 2, "both_bad": 3}[each.vote]
        counts.setdefault((one, other), [0, 0, 0, 0])[place] += 1
    pairs = [Pair(names[one], names[other], *found) for (one, other), found in counts.items()]
    return sorted(pairs, key=lambda pair: (-pair.votes, pair.one, pair.other))
