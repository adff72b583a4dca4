"""What is being written shows in the ring, and that it will not fit is told before it is sent."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot
from support.chat_room import ChatRoom, room_with_model
from support.talk import seen

from studio.chat.context_use import ContextMeter
from studio.chat.turn import ReplyGrew
from studio.ui.chat import work_area
from studio.ui.chat.messages.views import FailureView
from studio.ui.theme import Theme
from studio.ui.widgets.badge import Badge


@pytest.fixture
def room(theme: Theme, qtbot: QtBot, profile: Path) -> Iterator[ChatRoom]:
    with room_with_model(theme, qtbot, profile) as made:
        yield made


def warning(room: ChatRoom) -> str:
    badge = room.tab.findChild(Badge, "draft_warning")
    return badge.words() if badge is not None and badge.isVisible() else ""


def test_a_huge_first_message_is_told_before_it_is_sent_and_before_a_model_is_loaded(
    room: ChatRoom,
) -> None:
    assert room.parts.session.loaded() is None
    room.tab.composer.set_text("word " * 200_000)
    room.wait(lambda: bool(warning(room)))
    assert "about 250,000 tokens" in warning(room)
    assert "Shorten the message" in warning(room)
    assert room.tab.composer.ring.share == 1.0
    assert room.tab.composer.ring.toolTip() == "About 250,000 of 2,048 tokens"
    room.tab.composer.set_text("word")
    room.wait(lambda: not warning(room))
    assert room.tab.composer.ring.share == 0.0


def test_what_is_written_in_a_new_chat_fills_the_ring(room: ChatRoom) -> None:
    room.ask("Hello")
    room.host.tokens_each = 200
    room.tab.begin_new()
    room.tab.composer.set_text("A first message")
    room.wait(lambda: room.tab.composer.ring.share > 0)
    assert room.tab.composer.ring.toolTip().endswith("of 2,048 tokens")
    assert not warning(room)
    room.host.tokens_each = 1_900
    room.tab.composer.set_text("A longer first message")
    room.wait(lambda: bool(warning(room)))
    assert "beside the room for the reply" in warning(room)
    room.tab.composer.clear()
    room.wait(lambda: not warning(room))
    assert room.tab.composer.ring.share == 0.0


def test_a_warning_stays_with_its_chat(room: ChatRoom) -> None:
    room.ask("Hello")
    room.tab.composer.set_text("word " * 200_000)
    room.wait(lambda: bool(warning(room)))
    room.tab.begin_new()
    room.wait(lambda: not warning(room))


def write_another(room: ChatRoom) -> None:
    """Have a reply begun that ends only when the room lets it."""
    room.host.may_reply.clear()
    room.button("write_another_reply").click()
    room.wait(lambda: room.parts.session.running_in is not None)


def test_a_warning_stays_with_its_chat_while_a_reply_is_written(room: ChatRoom) -> None:
    room.ask("Hello")
    other = room.tab.conversation_id
    room.tab.begin_new()
    room.ask("Second")
    room.tab.composer.set_text("word " * 200_000)
    room.wait(lambda: bool(warning(room)))
    write_another(room)
    room.tab.open(other)
    assert not warning(room)
    assert "About" not in room.tab.composer.ring.toolTip()
    assert room.tab.composer.ring.share == 0.0


def test_without_words_nothing_is_warned_of_while_a_reply_is_written(room: ChatRoom) -> None:
    room.ask("Hello")
    room.tab.composer.set_text("word " * 200_000)
    room.wait(lambda: bool(warning(room)))
    write_another(room)
    room.tab.composer.clear()
    assert not warning(room)
    assert room.tab.composer.ring.share == 0.0
    room.tab.composer.set_text("word " * 200_000)
    room.wait(lambda: bool(warning(room)))
    assert room.tab.composer.ring.share == 1.0
    room.tab.composer.set_text("few words")
    room.wait(lambda: not warning(room))


def test_what_was_counted_stands_while_the_reply_to_it_is_written(room: ChatRoom) -> None:
    room.ask("Hello")
    room.wait(lambda: room.tab.composer.ring.share > 0)
    told = room.tab.composer.ring.toolTip()
    write_another(room)
    room.tab.composer.set_text("And")
    room.qtbot.wait(400)
    assert room.tab.composer.ring.toolTip() == told


def test_the_ring_follows_a_reply_that_is_written(room: ChatRoom) -> None:
    room.ask("Hello")
    ring, turns = room.tab.composer.ring, room.tab.turns
    room.wait(lambda: ring.toolTip() == "10 of 2,048 tokens")
    room.host.tokens_each = 300
    write_another(room)
    room.wait(lambda: ring.toolTip() == "600 of 2,048 tokens")  # system text and question
    key = room.tab.conversation_id
    turns.use.take(ReplyGrew(key, "reply", "word" * 100))
    room.wait(lambda: ring.toolTip() == "About 700 of 2,048 tokens")
    room.tab.composer.set_text("And")
    room.qtbot.wait(350)
    assert ring.toolTip() == "About 700 of 2,048 tokens"
    room.tab.composer.clear()
    room.host.may_reply.set()
    room.wait_for_end()
    room.wait(lambda: ring.toolTip() == "900 of 2,048 tokens")


def test_a_count_that_fails_leaves_nothing_of_another_text(
    room: ChatRoom, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_args: object) -> None:
        raise ZeroDivisionError

    room.ask("Hello")
    room.tab.composer.set_text("word " * 200_000)
    room.wait(lambda: bool(warning(room)))
    monkeypatch.setattr(ContextMeter, "use", broken)
    room.tab.composer.set_text("few words")
    room.wait(lambda: "the context could not be counted" in caplog.text)
    room.wait(lambda: not warning(room))
    assert room.tab.composer.ring.share == 0.0


def test_the_warning_is_spoken_when_it_comes_and_the_estimate_as_one(
    room: ChatRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoken: list[str] = []
    monkeypatch.setattr(work_area, "announce", lambda _widget, words: spoken.append(words))
    room.tab.composer.set_text("word " * 200_000)
    room.wait(lambda: bool(warning(room)))
    assert spoken == [warning(room)]
    ring = room.tab.composer.ring
    assert ring.accessibleName() == ring.toolTip() == "About 250,000 of 2,048 tokens"
    room.tab.composer.set_text("word " * 200_004)
    room.wait(lambda: "250,005" in warning(room))
    assert len(spoken) == 1, "numbers that change at each key are not"
    room.tab.composer.clear()
    room.wait(lambda: not warning(room))
    assert ring.accessibleName() == "Context used: not known"
    room.tab.composer.set_text("word " * 200_000)
    room.wait(lambda: bool(warning(room)))
    assert len(spoken) == 2


def test_trying_again_is_not_the_next_step_of_a_message_that_is_too_long(room: ChatRoom) -> None:
    room.host.tokens_each = 9_000
    room.ask("Far too long")
    (failure,) = seen(room.tab.transcript, FailureView)
    assert "9,000" in failure.banner.text() or "18,000" in failure.banner.text()
    assert failure.findChild(QPushButton, "try_again") is None
    room.host.tokens_each = 0
    room.button("write_another_reply").click()
    room.wait_for_end()
    assert room.branch()[-1].content == "Two words"
