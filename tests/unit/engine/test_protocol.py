"""Messages survive the way between two processes, and nothing else gets through."""

from __future__ import annotations

import io
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.engine import protocol
from studio.engine.language import ChatMessage, Generate, Sampling, ToolCall
from studio.engine.protocol import Alternative, Batch, Done, Failed, Preview, Progress, Token


def travel(message: object) -> object:
    stream = io.BytesIO(protocol.encode(message))
    received = protocol.read(stream)
    assert stream.read() == b""
    return received


@pytest.mark.parametrize(
    "message",
    [
        Progress(1, "prompt", 3, 10, 0.5),
        Token(2, "é\n", "reasoning", -0.25, (Alternative("a", -1.0), Alternative("b", -2.5))),
        Preview(3, 1, 20, b"\x89PNG\x00\xff"),
        Batch(4, 2, 3, bytes(range(24))),
        Done(5, Preview(5, 1, 1, b"in a result"), cancelled=True),
        Failed(6, "model.missing", {"path": "/a/b", "bytes": 7, "share": 0.5, "none": None}),
        Generate(
            7,
            (ChatMessage("assistant", "", "thought", (ToolCall("f", '{"a": 1}', "x"),)),),
            Sampling(stop=("\n\n", "###"), seed=None),
        ),
    ],
)
def test_a_message_arrives_as_it_was_sent(message: object) -> None:
    assert travel(message) == message


@given(st.text(), st.text(), st.floats(allow_nan=False, allow_infinity=False))
def test_any_text_arrives(text: str, channel: str, logprob: float) -> None:
    token = Token(1, text, channel, logprob)
    assert travel(token) == token


def test_messages_follow_each_other_in_one_stream() -> None:
    sent = [Token(1, "a"), Preview(1, 1, 2, b"xyz"), Done(1)]
    stream = io.BytesIO(b"".join(map(protocol.encode, sent)))
    assert [protocol.read(stream) for _ in sent] == sent
    assert protocol.read(stream) is None


@pytest.mark.parametrize("cut", [1, 7, 8, 12, -1])
def test_a_broken_off_frame_is_an_end_not_a_message(cut: int) -> None:
    frame = protocol.encode(Preview(1, 1, 2, b"picture"))
    assert protocol.read(io.BytesIO(frame[:cut])) is None


@pytest.mark.parametrize(
    "text",
    [
        b"not json",
        b'{"$": "Nobody"}',
        b'{"$": "Token", "id": 1}',
        b'{"$": "Token", "id": 1, "text": "", "extra": 1}',
        b'{"no": "name"}',
        b"\xff\xfe",
        b'{"$": "dict", "of": [1]}',
        b'{"$": "bytes", "start": "a", "size": []}',
        b"[" * 100_000,
    ],
)
def test_what_is_not_a_message_is_refused(text: bytes) -> None:
    frame = struct.pack(">II", len(text), 0) + text
    with pytest.raises(protocol.ProtocolError):
        protocol.read(io.BytesIO(frame))


def test_a_frame_that_claims_gigabytes_is_refused_before_it_is_read() -> None:
    with pytest.raises(protocol.ProtocolError, match="frame of"):
        protocol.read(io.BytesIO(struct.pack(">II", 0xFFFFFFFF, 0)))


def test_an_unregistered_dataclass_does_not_travel() -> None:
    class Stranger(Token):
        pass

    with pytest.raises(protocol.ProtocolError, match="Stranger"):
        protocol.encode(Stranger(1, "x"))


def test_two_messages_cannot_share_a_name() -> None:
    with pytest.raises(ValueError, match="Token"):
        protocol.message(type("Token", (), {}))
