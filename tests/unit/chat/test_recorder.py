"""A reply outlives a disk that does not take it for a while, or for good."""

from __future__ import annotations

import time

import pytest

from studio.chat import unsaved
from studio.chat.conversation import Failure, Message
from studio.chat.recorder import Recorder
from studio.chat.store import ConversationStore
from studio.chat.turn import ReplySaved
from studio.chat.unsaved import Unsaved
from studio.errors import StudioError
from studio.storage.database import Database

FULL = Failure("disk.full", "The disk is full.", "Free some space.", "details")


class Disk:
    """A database whose disk can be filled, for the connection of this thread."""

    def __init__(self, database: Database) -> None:
        self._connection = database.connection()

    def fill(self) -> None:
        pages = next(self._connection.query("PRAGMA page_count"))["page_count"]
        self._connection.execute(f"PRAGMA max_page_count = {pages}")

    def free(self) -> None:
        self._connection.execute("PRAGMA max_page_count = 1000000")


@pytest.fixture(autouse=True)
def _saves_at_each_word(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("studio.chat.recorder.SAVE_EVERY_S", 0.0)


@pytest.fixture
def disk(database: Database, reply: Message) -> Disk:
    return Disk(database)


@pytest.fixture
def reply(store: ConversationStore) -> Message:
    return store.ask(store.create().id, "Hi", "")[1]


def say(recorder: Recorder, text: str) -> None:
    for start in range(0, len(text), 1000):
        recorder.add(text[start : start + 1000], "")
        recorder.save_if_due()


LONG = "much text " * 2000


def test_a_disk_that_takes_it_again_gets_all_before_the_end(
    store: ConversationStore, reply: Message, disk: Disk
) -> None:
    recorder = Recorder(store, reply)
    disk.fill()
    say(recorder, LONG)
    assert len(store.message(reply.id).content) < len(LONG)
    disk.free()
    say(recorder, "and more")
    assert store.message(reply.id).content == LONG + "and more"
    assert recorder.finish("finished").content == LONG + "and more"
    assert len(recorder.notices) == 1
    assert "full" in recorder.notices[0]


def test_what_was_always_saved_needs_no_notice(store: ConversationStore, reply: Message) -> None:
    recorder = Recorder(store, reply)
    say(recorder, "all well")
    assert recorder.finish("finished").content == "all well"
    assert recorder.notices == ()


def test_an_ending_is_kept_as_it_was_until_it_can_be_written(
    store: ConversationStore, reply: Message, disk: Disk
) -> None:
    recorder = Recorder(store, reply)
    disk.fill()
    say(recorder, LONG)
    with pytest.raises(StudioError) as first:
        recorder.finish("finished", stop="end")
    with pytest.raises(StudioError) as second:
        recorder.retry()
    assert first.value.code == second.value.code == "disk.full"
    assert recorder.in_memory(FULL).content == LONG
    disk.free()
    saved = recorder.retry()
    assert (saved.status, saved.stop, saved.content) == ("finished", "end", LONG)
    assert store.message(reply.id) == saved


def test_a_reply_that_goes_on_cannot_be_ended_again(
    store: ConversationStore, reply: Message
) -> None:
    with pytest.raises(RuntimeError):
        Recorder(store, reply).retry()


def ended(store: ConversationStore, reply: Message, disk: Disk) -> Recorder:
    """Return a recorder whose ending the disk has refused."""
    recorder = Recorder(store, reply)
    disk.fill()
    say(recorder, LONG)
    with pytest.raises(StudioError):
        recorder.finish("finished")
    return recorder


def test_an_unsaved_reply_is_written_soon_after(
    store: ConversationStore, reply: Message, disk: Disk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unsaved, "RETRY_AFTER_S", (0.01,))
    waiting = Unsaved()
    waiting.add(ended(store, reply, disk))  # the limit holds for this thread's connection alone
    deadline = time.monotonic() + 10
    while store.message(reply.id).status != "finished" and time.monotonic() < deadline:
        time.sleep(0.01)
    assert store.message(reply.id).content == LONG
    waiting.close()


def test_an_unsaved_reply_is_tried_a_last_time_when_the_program_closes(
    store: ConversationStore, reply: Message, disk: Disk
) -> None:
    waiting = Unsaved()
    waiting.add(ended(store, reply, disk))
    waiting.try_again()
    assert store.message(reply.id).status == "streaming"
    disk.free()
    waiting.close()
    assert store.message(reply.id).content == LONG


def test_a_reply_that_is_lost_after_all_is_logged(
    store: ConversationStore, reply: Message, disk: Disk, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", unsaved.__name__)
    waiting = Unsaved()
    waiting.add(ended(store, reply, disk))
    waiting.close()
    assert f"The reply {reply.id} could not be saved." in caplog.text


def test_a_reply_of_a_deleted_conversation_is_let_go(
    store: ConversationStore, reply: Message, disk: Disk
) -> None:
    waiting = Unsaved()
    waiting.add(ended(store, reply, disk))
    disk.free()
    store.trash(reply.conversation_id)
    store.purge(reply.conversation_id)
    waiting.close()  # a warning here would fail the test


def test_it_is_told_that_saving_fails_and_once_that_it_works_again(
    store: ConversationStore, reply: Message, disk: Disk
) -> None:
    told: list[str] = []
    recorder = Recorder(
        store, reply, told=lambda trouble: told.append(trouble.code if trouble else "")
    )
    say(recorder, "all well")
    disk.fill()
    say(recorder, LONG)
    assert set(told) == {"disk.full"}
    assert recorder.trouble is not None
    disk.free()
    say(recorder, "and more")
    say(recorder, "and more")
    assert told.count("") == 1
    assert told[-1] == ""
    assert recorder.trouble is None
    recorder.finish("finished")
    assert recorder.notices == (
        "The disk was full while this reply was written. All of the reply is saved now.",
    )


def test_whoever_listens_to_a_turn_is_told_when_its_reply_is_saved_after_all(
    store: ConversationStore, reply: Message, disk: Disk
) -> None:
    told: list[ReplySaved] = []
    waiting = Unsaved()
    recorder = Recorder(store, reply)
    with waiting.watching(recorder, told.append):
        disk.fill()
        say(recorder, LONG)
        running = waiting.trouble()
        with pytest.raises(StudioError):
            recorder.finish("finished")
        waiting.add(recorder)
    ended_so = waiting.trouble()
    assert [each and each.code for each in (running, ended_so)] == ["disk.full", "disk.full"]
    assert told == []
    disk.free()
    assert waiting.trouble() is None
    waiting.close()
    assert told == [ReplySaved(reply.conversation_id, store.message(reply.id))]
    assert told[0].reply.content == LONG


def test_the_reason_and_the_next_step_do_not_contradict_each_other() -> None:
    full = StudioError("disk.full", "The disk is full.", "Free some space, then try again.", "d")
    told = unsaved.not_saved(full)
    assert (told.code, told.details) == ("disk.full", "d")
    assert told.what == "The reply could not be saved. The disk is full."
    assert told.hint == "Free some space."


def test_a_fault_of_ours_does_not_end_the_trying_for_good(
    store: ConversationStore, reply: Message, disk: Disk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unsaved, "RETRY_AFTER_S", (0.0,))
    faults: list[object] = []
    monkeypatch.setattr("threading.excepthook", faults.append)

    def hear(_event: ReplySaved) -> None:
        raise RuntimeError("a fault of ours")

    waiting = Unsaved()
    first = ended(store, reply, disk)
    with waiting.watching(first, hear):
        waiting.add(first)
    deadline = time.monotonic() + 10
    while not faults and time.monotonic() < deadline:
        time.sleep(0.01)
    disk.free()
    other = store.ask(store.create().id, "Hi", "")[1]
    waiting.add(ended(store, other, disk))
    while store.message(other.id).status != "finished" and time.monotonic() < deadline:
        time.sleep(0.01)
    assert len(faults) == 1
    assert store.message(other.id).content == LONG
    waiting.close()
