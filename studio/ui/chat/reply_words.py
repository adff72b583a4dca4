"""What is told of a reply, in words: figures, ending, progress."""

from __future__ import annotations

from PySide6.QtCore import QLocale

from studio.chat.conversation import Figures, Message
from studio.ui.chat.rows import Ending, Thought, Working
from studio.ui.widgets.quantities import count, duration

STOPPED = "Stopped. What had arrived is kept."
CUT_OFF = "Cut off at the length limit."
CONTEXT_FULL = (
    "Cut off: the context is full. Start a new chat, or raise Conversation length in Models."
)
NOTHING = "The model wrote nothing."
INTERRUPTED = "The program ended while this was written; what had arrived is kept."


def figures(known: Figures | None) -> tuple[str, str]:
    """Return a reply's figures as one line, and what they mean in plain words."""
    if known is None:
        return "", ""
    locale = QLocale()
    speed = locale.toString(known.tokens_per_s, "f", 0 if known.tokens_per_s >= 10 else 1)
    first = locale.toString(known.ttft_s, "f", 2 if known.ttft_s < 1 else 1)
    tokens = f"{count(known.tokens)} tokens"
    if known.reused_tokens:
        tokens += f", {count(known.reused_tokens)} reused"
    line = f"{speed} tok/s · {first} s to first word · {tokens}"
    explained = (
        f"Written at {speed} tokens a second; a token is about three quarters of a word.\n"
        f"The first word came after {first} s.\n"
        f"The reply has {count(known.tokens)} tokens, the text before it "
        f"{count(known.prompt_tokens)}, of which {count(known.reused_tokens)} "
        "were remembered and did not have to be read again."
    )
    return line, explained


def ending(message: Message) -> Ending | None:
    """Return what has to be said about how a reply ended, if anything."""
    if message.status == "streaming":  # it may be gone on with after an earlier ending
        return None
    if message.status == "cancelled":
        return Ending(STOPPED)
    if message.status == "interrupted":
        return Ending(INTERRUPTED, "warning")
    if message.stop == "max_tokens":
        return Ending(CUT_OFF, "warning")
    if message.stop == "context":
        return Ending(CONTEXT_FULL, "warning")
    if message.status == "finished" and not message.content.strip():
        return Ending(NOTHING)
    return None


def note(sentence: str) -> Ending:
    """Return a sentence that is worth showing with a reply."""
    return Ending(sentence)


def thought(content: Thought) -> str:
    """Return the heading of a reply's reasoning."""
    if content.is_live:
        told = f" {duration(content.seconds)}" if content.seconds and content.seconds >= 1 else ""
        return f"Thinking …{told}"
    if content.seconds is not None:
        return f"Thought for {duration(max(1, content.seconds))}"
    return f"Thoughts · {count(content.words)} words"


def loading(model: str, share: float) -> Working:
    """Return how far the loading of a model has come, once any of it has."""
    percent = round(100 * min(1.0, max(0.0, share)))
    if percent == 0:
        return Working(f"Loading {model}")
    return Working(f"Loading {model}", f"{percent} %", percent / 100)


def reading(done: int, total: int, seconds_left: float | None) -> Working:
    """Return how far the reading of the prompt has come."""
    if total <= 0:
        return Working("Reading")
    parts = [f"{count(done)} of {count(total)} tokens"]
    if seconds_left is not None and seconds_left >= 0.5:
        parts.append(f"{duration(seconds_left)} left")
    return Working("Reading", " · ".join(parts), min(1.0, done / total))
