"""Replies and states on a disk that is full, closed or nearly used up: nothing said is lost."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest
from support.exchanges import LONG, finished, new, once, said_in, turn

from studio.assembly import Parts
from studio.chat.conversation import Message
from studio.chat.resume import hashed
from studio.chat.turn import ReplyGrew, TurnEvent, TurnFailed
from studio.chat.unsaved import Unsaved
from studio.errors import StudioError

PATIENCE_S = 20.0


class Retries:
    """Holds back what would write an unsaved reply, for as long as a test wants it unsaved."""

    def __init__(self, try_again: Callable[[Unsaved], None]) -> None:
        self._try_again = try_again
        self._open = Event()
        self._open.set()
        self._done = Event()

    def take(self, unsaved: Unsaved) -> None:
        assert self._open.wait(PATIENCE_S)
        self._try_again(unsaved)
        self._done.set()

    def hold(self) -> None:
        self._done.clear()
        self._open.clear()

    def let_go(self) -> None:
        self._open.set()

    def wait_for_one(self) -> None:
        assert self._done.wait(PATIENCE_S), "nothing was tried again"


@pytest.fixture
def retries(parts: Parts, monkeypatch: pytest.MonkeyPatch) -> Iterator[Retries]:
    """Return the gate; it is open before the parts are closed."""
    made = Retries(Unsaved.try_again)
    monkeypatch.setattr(Unsaved, "try_again", lambda self: made.take(self))
    yield made
    made.let_go()


def fill_disk(parts: Parts) -> None:
    """Let the database grow no more, for the connection of this thread."""
    connection = parts.database.connection()
    pages = next(connection.query("PRAGMA page_count"))["page_count"]
    connection.execute(f"PRAGMA max_page_count = {pages}")


def on_disk(profile: Path, reply_id: str) -> tuple[str, str]:
    """Return status and text of a reply as another program finds them."""
    with closing(sqlite3.connect(profile / "studio.db")) as connection:
        query = "SELECT status, content FROM chat_messages WHERE id = ?"
        status, content = connection.execute(query, [reply_id]).fetchone()
    return status, content


def reply_on_a_full_disk(parts: Parts, then: Callable[[], None]) -> tuple[StudioError, Message]:
    """Let the disk be full from the first words on; return what was told, and the whole reply."""

    def act() -> None:
        fill_disk(parts)
        then()

    conversation = new(parts)
    turn(parts, conversation, "Hello there")
    wanted = replace(LONG, max_tokens=1500)
    events = turn(parts, conversation, "Tell me all", wanted, once(ReplyGrew, act))
    last = events[-1]
    assert isinstance(last, TurnFailed)
    assert last.reply is not None
    assert last.reply.content == said_in(events)
    return last.error, last.reply


def test_a_full_disk_loses_nothing_of_the_reply(
    parts: Parts, retries: Retries, profile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("studio.chat.unsaved.RETRY_AFTER_S", (0.01,))
    error, reply = reply_on_a_full_disk(parts, retries.hold)
    assert error.code == "disk.full"
    assert "could not be saved" in error.what
    assert on_disk(profile, reply.id)[0] == "streaming"
    retries.let_go()  # on a thread of its own, whose connection is not full
    retries.wait_for_one()
    assert on_disk(profile, reply.id) == ("finished", reply.content)
    kept = parts.conversations.message(reply.id)
    assert kept.figures is not None
    assert kept.recipe


def test_an_unsaved_reply_is_written_when_the_program_closes(
    parts: Parts, profile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("studio.chat.unsaved.RETRY_AFTER_S", (600.0,))
    _, reply = reply_on_a_full_disk(parts, lambda: None)
    assert on_disk(profile, reply.id)[0] == "streaming"
    parts.close()
    assert on_disk(profile, reply.id) == ("finished", reply.content)


def test_a_disk_that_takes_nothing_for_a_while_is_told_once(
    parts: Parts, profile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("studio.chat.recorder.SAVE_EVERY_S", 0.0)
    conversation = new(parts)
    turn(parts, conversation, "Hello there")
    grown: list[str] = []
    in_between: list[tuple[str, str]] = []

    def close_and_open(event: TurnEvent) -> None:
        if not isinstance(event, ReplyGrew):
            return
        grown.append(event.text)
        if len(grown) in (1, 4):
            on = "ON" if len(grown) == 1 else "OFF"
            parts.database.connection().execute(f"PRAGMA query_only = {on}")
        elif len(grown) == 6:
            in_between.append(on_disk(profile, event.reply_id))

    wanted = replace(LONG, max_tokens=1500)
    events = turn(parts, conversation, "Tell me all", wanted, close_and_open)
    assert in_between == [("streaming", "".join(grown[:6]))]
    assert on_disk(profile, finished(events).reply.id) == ("finished", said_in(events))
    assert len(finished(events).notices) == 1
    assert "could not be saved" in finished(events).notices[0]


def test_a_state_that_cannot_be_looked_after_costs_no_reply(
    parts: Parts,
    profile: Path,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    conversation = new(parts)

    def broken(*_: object) -> None:
        raise PermissionError("the folder is closed")

    def block() -> None:
        monkeypatch.setattr(Path, "glob", broken)

    events = turn(parts, conversation, "Hello there", at=once(ReplyGrew, block))
    reply = finished(events).reply
    assert on_disk(profile, reply.id) == ("finished", said_in(events))
    assert "could not be looked after" in caplog.text


def test_states_saved_on_leaving_stay_within_the_cap(parts: Parts, profile: Path) -> None:
    first, second = new(parts), new(parts)
    for conversation, text in ((first, "Hello there, "), (second, "What is new? ")):
        finished(turn(parts, conversation, text * 40))
    size = next((profile / "states").glob(f"{hashed(first)}-*.kv")).stat().st_size
    parts.settings.set("chat.resume_cache_gb", 1.5 * size / 1e9)
    parts.close()
    left = [path.name.partition("-")[0] for path in (profile / "states").iterdir()]
    assert left == [hashed(second)]


def test_deleting_for_good_takes_the_state_along(parts: Parts, profile: Path) -> None:
    first, second = new(parts), new(parts)
    refused: list[str] = []

    def too_soon() -> None:
        with pytest.raises(StudioError) as caught:
            parts.session.purge(first)
        refused.append(caught.value.code)

    finished(turn(parts, first, "Hello there, " * 40, at=once(ReplyGrew, too_soon)))
    finished(turn(parts, second, "What is new? " * 40))
    assert refused == ["chat.busy"]
    left = [path.name.partition("-")[0] for path in (profile / "states").iterdir()]
    assert left == [hashed(first)]
    parts.conversations.trash(first)
    parts.session.purge(first)
    assert list((profile / "states").iterdir()) == []
    assert parts.conversations.ids() == {second}
