"""What is told of a reply, in words: figures, ending, progress."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QLocale

from studio.chat.conversation import Figures, Message
from studio.chat.overflow.overflow import left_out, left_out_of
from studio.translation import mark, tr
from studio.ui.chat.messages.rows import Ending, Thought, Working
from studio.ui.widgets.quantities import count, duration

STOPPED_EMPTY = mark("Stopped.")
STOPPED = mark("Stopped. What had arrived is kept.")
CUT_OFF = mark("Cut off at the length limit.")
CONTEXT_FULL = mark(
    "Cut off: the context is full. Start a new chat, or raise Conversation length in Settings, "
    "Models."
)
NOTHING = mark("The model wrote nothing.")
INTERRUPTED = mark("The program ended while this was written; what had arrived is kept.")


def figures(known: Figures | None, *, is_short: bool = False) -> tuple[str, str]:
    """Return a reply's figures as one line, and what they mean in plain words.

    Args:
        is_short: leaves out of the line, for a narrow column, what was remembered.
    """
    if known is None:
        return "", ""
    locale = QLocale()
    is_timed = known.tokens_per_s > 0  # of a single token no speed can be measured
    speed = locale.toString(known.tokens_per_s, "f", 0 if known.tokens_per_s >= 10 else 1)
    first = locale.toString(known.ttft_s, "f", 2 if known.ttft_s < 1 else 1)
    reused = count(known.reused_tokens)
    parts = [tr("{speed} tok/s", speed=speed)] if is_timed else []
    parts.append(tr("{seconds} s to first word", seconds=first))
    if known.reused_tokens and not is_short:
        parts.append(_with_reused(known.tokens, reused))
    else:
        parts.append(tr("%n token", "%n tokens", known.tokens))
    explained = (
        _speed(speed) if is_timed else tr("Too little was written to tell a speed."),
        tr("The first word came after {seconds} s.", seconds=first),
        tr(
            "The reply has %n token, the text before it {prompt}, of which {reused} "
            "were remembered and did not have to be read again.",
            "The reply has %n tokens, the text before it {prompt}, of which {reused} "
            "were remembered and did not have to be read again.",
            known.tokens,
            prompt=count(known.prompt_tokens),
            reused=reused,
        ),
    )
    return " · ".join(parts), "\n".join(explained)


def _with_reused(tokens: int, reused: str) -> str:
    return tr("%n token, {reused} reused", "%n tokens, {reused} reused", tokens, reused=reused)


def _speed(speed: str) -> str:
    return tr(
        "Written at {speed} tokens a second; a token is about three quarters of a word.",
        speed=speed,
    )


def ending(message: Message) -> Ending | None:
    """Return what has to be said about how a reply ended, if anything."""
    if message.status == "streaming":  # it may be gone on with after an earlier ending
        return None
    if message.status == "cancelled":
        has_arrived = bool(message.content.strip() or message.reasoning.strip())
        return Ending(tr(STOPPED) if has_arrived else tr(STOPPED_EMPTY))
    if message.status == "interrupted":
        return Ending(tr(INTERRUPTED), "warning")
    if message.stop == "max_tokens":
        return Ending(tr(CUT_OFF), "warning")
    if message.stop == "context":
        return Ending(tr(CONTEXT_FULL), "warning")
    if message.status == "finished" and not message.content.strip():
        return Ending(tr(NOTHING))
    return None


def notices(message: Message, told: Sequence[str] = ()) -> list[str]:
    """Return the sentences worth showing with a reply: those that were told, and what it lost."""
    lost = left_out(*left_out_of(message.recipe)) if message.status != "streaming" else ""
    return list(dict.fromkeys(filter(None, (*told, lost))))


def note(sentence: str) -> Ending:
    """Return a sentence that is worth showing with a reply."""
    return Ending(sentence)


def thought(content: Thought) -> str:
    """Return the heading of a reply's reasoning."""
    if content.is_live:
        if content.seconds and content.seconds >= 1:
            return tr("Thinking … {time}", time=duration(content.seconds))
        return tr("Thinking …")
    if content.seconds is not None:
        return tr("Thought for {time}", time=duration(max(1, content.seconds)))
    return tr("Thoughts · %n word", "Thoughts · %n words", content.words)


def loading(model: str, share: float) -> Working:
    """Return how far the loading of a model has come, once any of it has."""
    percent = round(100 * min(1.0, max(0.0, share)))
    if percent == 0:
        return Working(tr("Loading {model}", model=model))
    return Working(tr("Loading {model}", model=model), f"{percent} %", percent / 100)


def summarising(messages: int, share: float) -> Working:
    """Return how far the summary of the oldest messages has come."""
    percent = round(100 * min(1.0, max(0.0, share)))
    told = tr("Summarising the oldest message", "Summarising the oldest messages", messages)
    return Working(told, f"{percent} %", percent / 100)


def reading(done: int, total: int, seconds_left: float | None) -> Working:
    """Return how far the reading of the prompt has come."""
    if total <= 0:
        return Working(tr("Reading"))
    parts = [tr("{used} of {limit} tokens", used=count(done), limit=count(total))]
    if seconds_left is not None and seconds_left >= 0.5:
        parts.append(tr("{time} left", time=duration(seconds_left)))
    return Working(tr("Reading"), " · ".join(parts), min(1.0, done / total))
