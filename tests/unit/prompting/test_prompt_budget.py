"""Old exchanges give way, whole and oldest first; system text and the last question never do."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.engine.language import ChatMessage
from studio.errors import StudioError
from studio.prompting.budget import Fitted, fit

SYSTEM = ChatMessage("system", "S" * 10)


class Counter:
    """Counts a token per letter, and how often it was asked."""

    def __init__(self) -> None:
        self.asked = 0

    def __call__(self, messages: Sequence[ChatMessage]) -> int:
        self.asked += 1
        return sum(len(message.content) for message in messages)


def exchange(number: int, size: int = 5) -> list[ChatMessage]:
    return [
        ChatMessage("user", f"q{number}".ljust(size)),
        ChatMessage("assistant", f"a{number}".ljust(size)),
    ]


def conversation(exchanges: int, size: int = 5) -> list[ChatMessage]:
    past = [message for number in range(exchanges) for message in exchange(number, size)]
    return [SYSTEM, *past, ChatMessage("user", "last?")]


def test_everything_fits_with_one_count() -> None:
    count = Counter()
    messages = conversation(3)
    assert fit(messages, count, 45) == Fitted(tuple(messages), 0, 45)
    assert count.asked == 1


def test_oldest_exchange_goes_first_and_whole() -> None:
    messages = conversation(3)
    got = fit(messages, Counter(), 44)
    assert got == Fitted((SYSTEM, *messages[3:]), 2, 35)


def test_all_but_system_text_and_last_question_may_go() -> None:
    messages = conversation(3)
    assert fit(messages, Counter(), 15) == Fitted((SYSTEM, messages[-1]), 6, 15)


def test_last_turn_alone_that_is_too_long_is_an_error() -> None:
    for messages in (conversation(3), conversation(0), [SYSTEM], [ChatMessage("user", "x" * 20)]):
        with pytest.raises(StudioError) as caught:
            fit(messages, Counter(), 9)
        assert caught.value.code == "prompt.too_long"
        assert "9 are free" in caught.value.what
    with pytest.raises(StudioError, match="takes 15 tokens"):
        fit(conversation(3), Counter(), 14)


def test_no_messages() -> None:
    assert fit([], Counter(), 0) == Fitted((), 0, 0)


def test_last_turn_keeps_what_follows_it() -> None:
    tail = [
        ChatMessage("user", "look up"),
        ChatMessage("assistant", "call"),
        ChatMessage("tool", "result"),
    ]
    got = fit([SYSTEM, *exchange(1), *tail], Counter(), 30)
    assert got.messages == (SYSTEM, *tail)


def test_exchange_with_tools_goes_as_a_whole() -> None:
    past = [
        ChatMessage("user", "look up"),
        ChatMessage("assistant", "call"),
        ChatMessage("tool", "result"),
        ChatMessage("assistant", "it is so"),
    ]
    got = fit([*past, ChatMessage("user", "last?")], Counter(), 20)
    assert got == Fitted((ChatMessage("user", "last?"),), 4, 5)


def test_assistant_turn_never_leads_a_shortened_conversation() -> None:
    messages = [SYSTEM, ChatMessage("assistant", "welcome"), *conversation(2)[1:]]
    assert fit(messages, Counter(), 41).messages == (SYSTEM, *messages[2:])
    assert fit(messages, Counter(), 42).messages == tuple(messages)


def test_counts_are_few() -> None:
    count = Counter()
    got = fit(conversation(1000), count, 500)
    assert count.asked <= 13
    assert 300 < got.tokens <= 500


def test_the_beginning_stays_while_a_long_conversation_grows() -> None:
    beginnings = [
        fit(conversation(exchanges), Counter(), 400).messages[1].content
        for exchanges in range(60, 100)
    ]
    assert len(set(beginnings)) <= 6


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(["user", "assistant"]), st.integers(0, 9)), max_size=24),
    st.integers(0, 120),
    st.booleans(),
)
def test_what_fits_is_a_valid_conversation(
    turns: list[tuple[str, int]], limit: int, with_system: bool
) -> None:
    head = [SYSTEM] if with_system else []
    messages = [
        *head,
        *(ChatMessage(role, "x" * size) for role, size in turns),
        ChatMessage("user", "last?"),
    ]
    count = Counter()
    try:
        got = fit(messages, count, limit)
    except StudioError:
        assert 5 + 10 * with_system > limit
        return
    assert got.tokens == Counter()(got.messages) <= limit
    assert got.messages[: len(head)] == tuple(head)
    assert got.messages[len(head) :] == tuple(messages[len(head) + got.dropped :])
    if got.dropped:
        assert got.messages[len(head)].role == "user"
    assert count.asked <= 2 + len(turns).bit_length() + 1
