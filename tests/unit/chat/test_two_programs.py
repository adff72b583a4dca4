"""Two programs in one chat: whose words a reply answers, whose draft is sent, and who waits."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from support import pictures, tiny_chat
from support.answering_host import ANSWER, AnsweringHost
from support.exchanges import finished, once, turn

from studio.assembly import Parts, open_parts
from studio.chat import processes
from studio.chat.attachments.attachments import Attachments
from studio.chat.attachments.files import AttachedFile, from_bytes
from studio.chat.prompt import Overrides
from studio.chat.turn import TurnEvent, TurnFailed, TurnStarted
from studio.cli import best_of, chat
from studio.cli.arguments import parse
from studio.engine.host import Job
from studio.engine.language import Generate
from studio.engine.protocol import Request
from studio.errors import StudioError


class Reader(AnsweringHost):
    """Keeps what it was told of each reply that it wrote."""

    def __init__(self) -> None:
        super().__init__()
        self.read: list[list[str]] = []

    def submit(self, request: Request) -> Job:
        if isinstance(request, Generate):
            self.read.append([message.content for message in request.messages])
        return super().submit(request)


@pytest.fixture
def reader() -> Reader:
    return Reader()


@pytest.fixture
def window(profile: Path, reader: Reader) -> Iterator[Parts]:
    tiny_chat.put(profile / "models")
    opened = open_parts(profile, lambda _worker: reader)
    yield opened
    opened.close()


@pytest.fixture
def terminal(window: Parts) -> Iterator[Parts]:
    """Return another program over the same data."""
    opened = open_parts(window.paths.data, lambda _worker: AnsweringHost())
    yield opened
    opened.close()


@pytest.fixture
def key(window: Parts) -> str:
    """Return a chat with one exchange."""
    made = window.conversations.create(model="tiny").id
    window.conversations.set_system(made, "")
    finished(turn(window, made, "First"))
    return made


def say(parts: Parts, key: str, text: str, *files: AttachedFile) -> None:
    """Have a question asked and answered on a branch of its own, which is then on show."""
    first = parts.conversations.branch(key)[0]
    _, reply = parts.conversations.ask(key, text, "tiny", beside=first.id, files=files)
    parts.conversations.finish_reply(reply.id, "finished", content="Elsewhere", reasoning="")


def written_elsewhere(parts: Parts, reply_id: str, pid: int, began: float) -> None:
    """Have a reply be one that a process writes."""
    with parts.database.transaction() as db:
        changes = {"status": "streaming", "writer_pid": pid, "writer_started": began}
        db.table("chat_messages").update(reply_id, changes)


def by_a_living_one(parts: Parts, reply_id: str) -> None:
    pid = os.getppid()
    written_elsewhere(parts, reply_id, pid, processes.started(pid))


def refused(events: list[TurnEvent]) -> str:
    assert [type(event) for event in events] == [TurnFailed]
    assert isinstance(events[0], TurnFailed)
    assert events[0].reply is None
    return events[0].error.code


def test_a_reply_is_made_from_its_own_question(
    window: Parts, terminal: Parts, key: str, reader: Reader
) -> None:
    def elsewhere() -> None:
        say(terminal, key, "From the terminal", from_bytes("cat.png", pictures.png()))

    events = turn(window, key, "Mine", at=once(TurnStarted, elsewhere))
    ended = finished(events)
    assert reader.read[-1] == ["First", ANSWER, "Mine"]
    assert ended.notices == (), "no word of the picture on the other branch"
    assert "attached" not in ended.reply.recipe
    assert window.conversations.branch(key)[0].content == "From the terminal"


def test_what_is_attached_before_a_reply_is_in_its_recipe_whatever_is_on_show(
    window: Parts, terminal: Parts, key: str
) -> None:
    Attachments(window.database).add(key, from_bytes("note.txt", b"Milk"))
    events = turn(
        window, key, "Mine", at=once(TurnStarted, lambda: say(terminal, key, "Elsewhere"))
    )
    told = finished(events).reply.recipe["attached"]
    assert [each["name"] for each in told] == ["note.txt"]


def test_another_reply_answers_the_question_that_was_last_when_it_was_asked_for(
    window: Parts, terminal: Parts, key: str, reader: Reader
) -> None:
    events: list[TurnEvent] = []
    at = once(TurnStarted, lambda: say(terminal, key, "Elsewhere"))

    def listen(event: TurnEvent) -> None:
        events.append(event)
        at(event)

    window.session.regenerate(key, listen).result(20)
    assert reader.read == [["First"]] * 2
    assert finished(events).reply.content == ANSWER


def test_all_of_several_replies_answer_the_same_question(
    window: Parts, terminal: Parts, key: str, reader: Reader
) -> None:
    events: list[TurnEvent] = []
    at = once(TurnStarted, lambda: say(terminal, key, "Elsewhere"))

    def listen(event: TurnEvent) -> None:
        events.append(event)
        at(event)

    note = from_bytes("note.txt", b"Milk")
    wishes = best_of.wishes(key, "Mine", 3, Overrides(), force=False, files=(note,))
    window.session.in_turn(wishes, listen, past_failures=False).result(20)
    asked = {event.question.id for event in events if isinstance(event, TurnStarted)}
    assert len(asked) == 1
    assert [read[-1][-4:] for read in reader.read[1:]] == ["Mine"] * 3
    assert {len(read) for read in reader.read[1:]} == {3}
    assert [each.name for each in window.conversations.message(*asked).attachments] == ["note.txt"]


def test_nothing_is_asked_behind_a_reply_that_another_program_writes(
    window: Parts, key: str
) -> None:
    before = window.conversations.branch(key)
    by_a_living_one(window, before[-1].id)
    window.conversations.set_draft(key, "Mine")
    assert refused(turn(window, key, "Mine")) == "chat.busy_elsewhere"
    assert [each.id for each in window.conversations.branch(key)] == [each.id for each in before]
    assert window.conversations.get(key).draft == "Mine", "nothing is lost"


def test_nothing_is_written_into_a_reply_that_another_program_writes(
    window: Parts, key: str
) -> None:
    reply = window.conversations.branch(key)[-1]
    by_a_living_one(window, reply.id)
    events: list[TurnEvent] = []
    window.session.go_on(key, events.append).result(20)
    assert refused(events) == "chat.busy_elsewhere"
    assert window.conversations.message(reply.id).content == reply.content


def test_a_reply_whose_writer_has_died_is_gone_on_from(
    window: Parts, key: str, reader: Reader
) -> None:
    reply = window.conversations.branch(key)[-1]
    written_elsewhere(window, reply.id, os.getpid(), 1.0)
    finished(turn(window, key, "Mine"))
    assert window.conversations.message(reply.id).status == "interrupted"
    assert reader.read[-1] == ["First", ANSWER, "Mine"]


Run = Callable[..., dict[str, object]]


@pytest.fixture
def run(terminal: Parts, key: str) -> Run:
    """Ask in the chat from the terminal."""

    def ask(*more: str) -> dict[str, object]:
        asked = ["chat", "From the terminal", "--conversation", key, "--json", *more]
        return chat.run(terminal, parse(asked))

    return ask


@pytest.mark.parametrize("more", [(), ("--best-of", "2")], ids=["one", "several"])
def test_the_terminal_leaves_the_draft_of_the_window_alone(
    window: Parts, key: str, run: Run, tmp_path: Path, more: tuple[str, ...]
) -> None:
    attached = Attachments(window.database)
    window.conversations.set_draft(key, "half an hour of typing")
    attached.add(key, from_bytes("mine.txt", b"Milk"))
    brought = tmp_path / "theirs.txt"
    brought.write_text("Eggs", "utf-8")
    told = run("--attach", str(brought), *more)
    assert told["attached"] == ["theirs.txt"]
    assert window.conversations.get(key).draft == "half an hour of typing"
    assert [each.name for each in attached.waiting(key)] == ["mine.txt"]
    question = window.conversations.branch(key)[-2]
    assert question.content == "From the terminal"
    assert [each.name for each in question.attachments] == ["theirs.txt"]


def test_a_picture_that_the_model_cannot_see_changes_nothing(
    window: Parts, key: str, run: Run, tmp_path: Path
) -> None:
    picture = tmp_path / "cat.png"
    picture.write_bytes(pictures.png())
    with pytest.raises(StudioError) as caught:
        run("--attach", str(picture))
    assert caught.value.code == "picture.no_projector"
    assert len(window.conversations.branch(key)) == 2
    assert Attachments(window.database).waiting(key) == ()


def test_the_terminal_does_not_go_on_in_the_trash(window: Parts, key: str, run: Run) -> None:
    window.conversations.trash(key)
    with pytest.raises(StudioError) as caught:
        run("--system", "Be brief.")
    assert caught.value.code == "conversation.trashed"
    assert "First" in caught.value.what
    assert "studio chats restore" in caught.value.hint
    kept = window.conversations.get(key)
    assert (kept.system, len(window.conversations.branch(key))) == ("", 2)
