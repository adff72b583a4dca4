"""Pieces of a reply: the first at once, then together, and none is lost or mixed up."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from studio.workers.outbox import SEND_EVERY_S, Outbox


class Post:
    """Collects what was sent, by a clock that the test moves."""

    def __init__(self) -> None:
        self.now = 100.0
        self.sent: list[tuple[str, str]] = []
        self.outbox = Outbox(lambda channel, text: self.sent.append((channel, text)), self.time)

    def time(self) -> float:
        return self.now


def test_the_first_piece_leaves_at_once_and_the_next_ones_together() -> None:
    post = Post()
    for piece in "abc":
        post.outbox.put("text", piece)
    assert post.sent == [("text", "a")]
    post.now += 2 * SEND_EVERY_S
    post.outbox.put("text", "d")
    assert post.sent == [("text", "a"), ("text", "bcd")]


def test_slow_pieces_leave_one_by_one() -> None:
    post = Post()
    for piece in "abc":
        post.outbox.put("text", piece)
        post.now += 1.0
    assert [text for _, text in post.sent] == ["a", "b", "c"]


def test_what_waits_leaves_at_the_end_once() -> None:
    post = Post()
    post.outbox.put("text", "a")
    post.outbox.put("text", "b")
    post.outbox.send()
    post.outbox.send()
    assert post.sent == [("text", "a"), ("text", "b")]


@given(
    st.lists(
        st.tuples(st.sampled_from(["text", "reasoning"]), st.text(min_size=1), st.floats(0, 0.1))
    )
)
def test_nothing_is_lost_mixed_or_put_in_another_order(
    pieces: list[tuple[str, str, float]],
) -> None:
    post = Post()
    for channel, text, pause in pieces:
        post.outbox.put(channel, text)
        post.now += pause
    post.outbox.send()
    assert [(c, letter) for c, text in post.sent for letter in text] == [
        (c, letter) for c, text, _ in pieces for letter in text
    ]
