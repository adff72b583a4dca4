"""That a model takes no system text is told once, at the first question of a conversation."""

from __future__ import annotations

from dataclasses import replace

from support.loaded_model import loaded

from studio.chat import facts
from studio.chat.presets.examples import with_examples
from studio.chat.presets.preset_file import Example, Preset
from studio.chat.prompt import Prompt
from studio.engine.language import ChatMessage, ReplyGenerated, Sampling
from studio.prompting.budget import Fitted

PLAIN = Preset("plain", "Plain", "", "Be short.", Sampling())
TAUGHT = replace(PLAIN, examples=(Example("Hot?", "Warm."), Example("Cold?", "Cool.")))
RESULT = ReplyGenerated(
    "end", "x", "", (), 1, 0, 1, 0.1, 1.0, 7, False, 1, notes=("system_in_first_turn",)
)


def told(preset: Preset, questions: int, dropped: int = 0) -> tuple[str, ...]:
    messages = [ChatMessage("system", "Be short.")]
    for number in range(questions):
        messages += [ChatMessage("assistant", "Yes.")] * bool(number)
        messages.append(ChatMessage("user", "Well?"))
    fitted = Fitted(with_examples(preset.examples, messages), dropped, 20)
    prompt = Prompt(fitted, preset, "Be short.", Sampling(), "2026-01-01", reads_from=dropped)
    return facts.notices(loaded(), prompt, RESULT)


def test_it_is_told_at_the_first_question() -> None:
    words = "This model takes no system prompt, so it was put before your first message."
    assert told(PLAIN, 1) == (words,)
    assert told(PLAIN, 2) == ()


def test_examples_are_no_questions() -> None:
    words = "This model takes no system prompt, so it was put before the preset's first example."
    assert told(TAUGHT, 1) == (words,)
    assert told(TAUGHT, 2) == ()


def test_what_was_left_out_had_been_told_before() -> None:
    (words,) = told(PLAIN, 1, dropped=4)
    assert "4 oldest messages" in words
