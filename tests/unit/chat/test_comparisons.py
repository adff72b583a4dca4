"""Comparisons in the database, their tally, and the files that they are exported to."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

import pytest

from studio.chat.compare.comparing import Contest
from studio.chat.compare.comparison import SIDES, Side, Vote
from studio.chat.compare.comparisons import Comparisons
from studio.chat.compare.export import COLUMNS, to_csv, to_json
from studio.chat.compare.migrations import MIGRATIONS, create_comparisons
from studio.chat.conversation import Figures, Message
from studio.chat.exchange import Listener, Wish
from studio.chat.turn import TurnFinished
from studio.errors import StudioError
from studio.storage.database import Database

A, B = Side("a", "plain", "Plain"), Side("b", "plain", "Plain")
FIGURES = Figures(3, 0, 5, 0.1, 20.0)


@pytest.fixture
def comparisons(tmp_path: Path) -> Iterator[Comparisons]:
    """In the table that create_comparisons makes."""
    assert create_comparisons in MIGRATIONS.steps
    database = Database.open(tmp_path / "studio.db", tmp_path / "backups", [MIGRATIONS])
    yield Comparisons(database)
    database.close()


def voted(comparisons: Comparisons, left: Side, right: Side, vote: Vote) -> str:
    made = comparisons.begin("Why?", left, right, is_blind=False)
    return comparisons.vote(made.id, vote).id


def test_it_is_kept_as_it_grows(comparisons: Comparisons) -> None:
    made = comparisons.begin("Why?", A, B, is_blind=True)
    assert comparisons.get(made.id).left.status == "waiting"
    comparisons.save_side(made.id, "left", replace(A, status="writing", reply="Be"))
    found = comparisons.get(made.id)
    assert (found.left.reply, found.left.status, found.right) == ("Be", "writing", B)
    ended = replace(A, status="finished", reply="Because", figures=FIGURES, memory_bytes=7)
    comparisons.save_side(made.id, "left", ended)
    assert comparisons.list() == [replace(made, left=ended)]


def test_when_its_writer_has_died_that_is_told(comparisons: Comparisons) -> None:
    made = comparisons.begin("Why?", A, B, is_blind=False)
    comparisons.save_side(made.id, "left", replace(A, status="writing", reply="Half a"))
    with comparisons._database.transaction() as connection:
        connection.execute("UPDATE chat_comparisons SET writer_started = 1.0")
    found = comparisons.get(made.id)
    assert (found.left.reply, found.left.status) == ("Half a", "interrupted")
    assert found.right.status == "interrupted"


def test_wins_count_for_whoever_stood_there(comparisons: Comparisons) -> None:
    voted(comparisons, A, B, "left")
    voted(comparisons, B, A, "right")
    voted(comparisons, B, A, "left")
    voted(comparisons, A, B, "both_good")
    voted(comparisons, A, B, "both_bad")
    comparisons.begin("Not voted", A, B, is_blind=False)
    (pair,) = comparisons.tally()
    assert (pair.one, pair.other) == ("a · Plain", "b · Plain")
    assert (pair.one_wins, pair.other_wins, pair.both_good, pair.both_bad) == (2, 1, 1, 1)


def test_a_vote_may_be_changed(comparisons: Comparisons) -> None:
    key = voted(comparisons, A, B, "left")
    comparisons.vote(key, "right")
    (pair,) = comparisons.tally()
    assert (pair.one_wins, pair.other_wins) == (0, 1)


def test_names_are_hidden_until_the_vote(comparisons: Comparisons) -> None:
    made = comparisons.begin("Why?", A, B, is_blind=True)
    assert made.names_are_hidden
    assert not comparisons.vote(made.id, "left").names_are_hidden


def test_names_are_told_once_there_is_nothing_to_vote_on(comparisons: Comparisons) -> None:
    made = comparisons.begin("Why?", A, B, is_blind=True)
    made = made.with_side("left", replace(A, status="failed", failure="It broke."))
    assert made.names_are_hidden, "the other side is not written yet"
    assert not made.with_side("right", replace(B, status="finished", reply="So.")).names_are_hidden


def test_what_is_no_vote_and_what_is_not_there_is_refused(comparisons: Comparisons) -> None:
    key = voted(comparisons, A, B, "left")
    for wrong in ("", "middle"):
        with pytest.raises(StudioError) as refused:
            comparisons.vote(key, cast("Vote", wrong))
        assert refused.value.code == "comparison.vote"
    for act in (comparisons.get, comparisons.remove, lambda k: comparisons.vote(k, "left")):
        with pytest.raises(StudioError) as unknown:
            act("nothing")
        assert unknown.value.code == "comparison.unknown"


def test_a_removal_can_be_undone(comparisons: Comparisons) -> None:
    key = voted(comparisons, A, B, "left")
    before = comparisons.get(key)
    removed = comparisons.remove(key)
    assert comparisons.list() == []
    comparisons.put_back(removed)
    assert comparisons.get(key).vote == before.vote
    comparisons.save_side("gone", "left", A)  # of one that was deleted while it was written
    assert len(comparisons.list()) == 1


def test_exports_tell_all(comparisons: Comparisons) -> None:
    ended = replace(A, status="finished", reply="=1+1", figures=FIGURES, memory_bytes=7)
    made = comparisons.begin('A "prompt",\nin two lines', ended, B, is_blind=False)
    comparisons.vote(made.id, "left")
    found = comparisons.list()
    told = json.loads(to_json(found))
    assert told["comparisons"][0]["left"]["reply"] == "=1+1"
    assert told["tally"][0]["one_wins"] == 1
    (head, line) = csv.reader(io.StringIO(to_csv(found)))
    assert tuple(head) == COLUMNS
    facts = dict(zip(head, line, strict=True))
    assert facts["prompt"] == 'A "prompt",\nin two lines'
    assert facts["left_reply"] == "'=1+1"
    assert (facts["left_tokens"], facts["left_memory"], facts["right_tokens"]) == ("5", "7", "")


def made_with(stamp: str, file: str = "/m/a.gguf", digest: str = "") -> Side:
    recipe = {"file": file, "file_stamp": stamp, "file_sha256": digest, "seed": 7}
    return replace(A, status="finished", reply="Because", recipe=recipe)


def test_the_sum_of_a_file_is_filled_in_later(comparisons: Comparisons) -> None:
    made = comparisons.begin("Why?", made_with("1"), made_with("2"), is_blind=False)
    other = comparisons.begin("Why?", made_with("1", "/m/b.gguf"), made_with("1"), is_blind=False)
    known = comparisons.begin("Why?", made_with("1", digest="before"), B, is_blind=False)
    comparisons.fill_in("/m/a.gguf", "1", "abc")
    sums = {
        key: [comparisons.get(key).side(which).recipe.get("file_sha256") for which in SIDES]
        for key in (made.id, other.id, known.id)
    }
    assert sums == {made.id: ["abc", ""], other.id: ["", "abc"], known.id: ["before", None]}
    left = made_with("1", digest="abc")
    assert comparisons.get(made.id) == replace(made, left=left), "all else stays as it was"


class LosingRoom:
    """Answers at once on both sides, and then cannot read what was answered."""

    presets = chooser = None

    @property
    def conversations(self) -> LosingRoom:
        return self

    session = conversations

    def in_turn(
        self, wishes: Sequence[Wish], listener: Listener, *, past_failures: bool
    ) -> Future[None]:
        for wish in wishes:
            key = wish.conversation_id
            reply = Message(key, key, None, "assistant", "Because.", datetime.now(UTC))
            listener(TurnFinished(key, reply))
        done: Future[None] = Future()
        done.set_result(None)
        return done

    def loaded(self) -> None:
        return None

    def message(self, message_id: str) -> Message:
        raise StudioError("disk.failed", "The disk failed.", "Check it.", message_id)


def test_who_waits_for_the_end_is_told_also_where_it_cannot_be_completed(
    comparisons: Comparisons,
) -> None:
    made = comparisons.begin("Why?", A, B, is_blind=False)
    room: Any = LosingRoom()
    contest = Contest(room, comparisons, made, {"l": "left", "r": "right"}, lambda *_: None)
    contest.run("Why?", force=False)
    contest.written.result(5)
    assert contest.trouble is not None
    assert contest.trouble.code == "disk.failed"
    assert comparisons.get(made.id).right.reply == "Because."
