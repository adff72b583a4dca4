"""How far the reading of a prompt has come, in the terminal's words."""

from __future__ import annotations

import pytest

from studio.chat.turn import PromptReading
from studio.cli.reading import reading


@pytest.mark.parametrize(
    ("done", "total", "left", "words"),
    [
        (0, 910, None, "Reading: 0 of 910 tokens, 0%"),
        (256, 910, 5.1, "Reading: 256 of 910 tokens, 28%, 5 s left"),
        (1024, 12_000, 83.7, "Reading: 1,024 of 12,000 tokens, 9%, 1 min 24 s left"),
        (910, 910, 0.0, "Reading: 910 of 910 tokens, 100%"),
        (0, 0, None, "Reading: 0 of 0 tokens"),
    ],
)
def test_tokens_share_and_time_left(done: int, total: int, left: float | None, words: str) -> None:
    assert reading(PromptReading("c", done, total, left)) == words
