"""How a worker or a request can end, and the words for it."""

from __future__ import annotations

import signal
from dataclasses import dataclass
from enum import Enum

from studio.engine.protocol import Failed
from studio.errors import StudioError


class Ending(Enum):
    """The ways in which a worker process or a request ends."""

    FINISHED = "finished"
    CANCELLED = "cancelled"
    CRASHED = "crashed"
    OUT_OF_MEMORY = "out_of_memory"
    ENDED_BY_SYSTEM = "ended_by_system"
    NEVER_STARTED = "never_started"
    STOPPED_BY_US = "stopped_by_us"


@dataclass(frozen=True, slots=True)
class Outcome:
    """The end of a worker process: how, with which exit code, and its last words.

    ``fault`` is why what it sent could not be read, when it was ended for that.
    """

    ending: Ending
    worker: str
    exit_code: int | None = None
    last_words: str = ""
    fault: str = ""

    @property
    def code(self) -> str:
        """Stable name, such as ``worker.out_of_memory``."""
        return f"worker.{self.ending.value}"

    def error(self) -> StudioError:
        """Return the outcome in words."""
        what, hint = _OUTCOMES[self.ending]
        names = {"worker": _TITLES.get(self.worker, self.worker), "how": self._how()}
        details = self.last_words
        if self.fault:
            details = f"What it sent could not be read: {self.fault}\n\n{details}".strip()
        return StudioError(self.code, what.format(**names), hint, details)

    def _how(self) -> str:
        if self.fault:
            return "what it sent could not be read"
        if self.exit_code is None:
            return "it could not be run"
        if self.exit_code >= 0:
            return f"exit code {self.exit_code}"
        return f"signal {_signal_name(-self.exit_code)}"


_TITLES = {
    "llm": "The language engine",
    "embedding": "The document engine",
    "diffusion": "The picture engine",
}

_NEEDS_LESS = (
    "What had arrived is kept. Choose a smaller context or a smaller version of the model."
)
_OUTCOMES = {
    Ending.FINISHED: ("{worker} has ended.", "It starts again with the next question."),
    Ending.CANCELLED: ("Stopped.", "What had arrived is kept."),
    Ending.CRASHED: (
        "{worker} ended unexpectedly ({how}).",
        "What had arrived is kept; send again to start it anew. "
        "If it happens again with this model, try a smaller context or another file.",
    ),
    Ending.OUT_OF_MEMORY: (
        "{worker} ran out of memory and has ended.",
        _NEEDS_LESS,
    ),
    Ending.ENDED_BY_SYSTEM: (
        "{worker} was ended by the system, most often because memory ran out.",
        _NEEDS_LESS,
    ),
    Ending.NEVER_STARTED: (
        "{worker} could not start ({how}).",
        "Install the program again, or run “python3 packaging/bootstrap.py run” if you have its "
        "source; the details say what is missing on this computer.",
    ),
    Ending.STOPPED_BY_US: (
        "{worker} was stopped.",
        "What had arrived is kept; it starts again with the next question.",
    ),
}

_OUT_OF_MEMORY_MARKS = ("bad_alloc", "out of memory", "MemoryError", "failed to allocate")


def of_exit(
    worker: str,
    exit_code: int,
    *,
    by_us: bool,
    ready: bool,
    last_words: str,
    fault: str = "",
) -> Outcome:
    """Return the outcome that an exit code stands for.

    Args:
        exit_code: as ``subprocess`` reports it; negative for a signal on POSIX.
        by_us: whether the host ended it on purpose.
        ready: whether it had ever answered.
        last_words: the tail of its log.
        fault: why what it sent could not be read, for which the host has ended it; its exit code
            then tells nothing.
    """
    if by_us:
        return Outcome(Ending.STOPPED_BY_US, worker, exit_code, last_words)
    if fault:
        return Outcome(Ending.CRASHED, worker, exit_code, last_words, fault)
    if exit_code == -getattr(signal, "SIGKILL", 9):
        # The kernel does so when memory has run out, but a person can, too.
        ending = Ending.ENDED_BY_SYSTEM
    elif exit_code != 0 and any(mark in last_words for mark in _OUT_OF_MEMORY_MARKS):
        ending = Ending.OUT_OF_MEMORY
    elif not ready:
        ending = Ending.NEVER_STARTED
    elif exit_code == 0:
        ending = Ending.FINISHED
    else:
        ending = Ending.CRASHED
    return Outcome(ending, worker, exit_code, last_words)


def error_of(failed: Failed) -> StudioError:
    """Return the words for a failed request."""
    facts = dict(failed.facts)
    details = str(facts.pop("details", ""))
    if failed.code not in _FAILURES:
        return StudioError(
            failed.code,
            str(facts.get("what", "The engine could not do this.")),
            str(facts.get("hint", "Open Details for what it said.")),
            details,
        )
    what, hint = _FAILURES[failed.code]
    return StudioError(failed.code, what.format(**facts), hint.format(**facts), details)


_FAILURES = {
    "model.missing": (
        "The file of this model is not there: {path}",
        "Bring the file back, or choose another model.",
    ),
    "model.unknown_architecture": (
        "This model is of a kind that the engine does not know: {architecture}.",
        "Choose another model, or wait for an update of the engine.",
    ),
    "model.load_failed": (
        "The model could not be loaded: {path}",
        "The file may be damaged. Fetch it again, or choose another model.",
    ),
    "model.out_of_memory": (
        "There is not enough memory for this model with a context of {context} tokens.",
        "Choose a smaller context in the model's settings, or a smaller version of the model.",
    ),
    "model.too_big": (
        "There is not enough memory for the weights of this model: {path}",
        "Close other programs, put fewer layers on the graphics card, or choose a smaller "
        "version of the model.",
    ),
    "model.not_prepared": (
        "The engine cannot work with this model under its settings ({reason}).",
        "Put the model's settings back to their defaults on the Models page, and try again.",
    ),
    "model.not_generative": (
        "This model does not write text ({architecture}); it is made for embedding.",
        "Choose a chat model for a conversation.",
    ),
    "model.none": (
        "No model is loaded in the language engine.",
        "Choose a model and send again.",
    ),
    "settings.invalid": (
        "The engine cannot use this setting: {reason}",
        "Correct it in the model's settings.",
    ),
    "sampling.grammar": (
        "The grammar or JSON schema could not be used: {reason}",
        "Correct it, or remove it from this conversation.",
    ),
    "prompt.too_long": (
        "This needs {tokens} tokens, but the model sees only {limit} at once.",
        "Shorten the message, or choose a larger context in the model's settings.",
    ),
    "prompt.empty": (
        "There is nothing to answer.",
        "Write a message first.",
    ),
    "engine.decode_failed": (
        "The engine stopped in the middle of its work (code {status}).",
        "What had arrived is kept. Send again; if it happens again, choose a smaller context.",
    ),
    "engine.bug": (
        "Something went wrong inside the engine.",
        "This is a fault of the program. Copy the details and report them.",
    ),
}


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return str(number)
