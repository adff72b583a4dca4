"""How a worker or a request can end, and the words for it."""

from __future__ import annotations

import signal
from dataclasses import dataclass
from enum import Enum

from studio.engine.protocol import Failed
from studio.engine.vector_failures import VECTOR_FAILURES
from studio.errors import StudioError
from studio.translation import mark, tr


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

    ``fault`` is why what it sent could not be read, when it was ended for that; ``is_silent`` tells
    that it was ended since it never sent anything.
    """

    ending: Ending
    worker: str
    exit_code: int | None = None
    last_words: str = ""
    fault: str = ""
    is_silent: bool = False

    @property
    def code(self) -> str:
        """Stable name, such as ``worker.out_of_memory``."""
        return f"worker.{self.ending.value}"

    def error(self) -> StudioError:
        """Return the outcome in words."""
        what, hint = _OUTCOMES[self.ending]
        title = _TITLES.get(self.worker)
        names = {"worker": tr(title) if title else self.worker, "how": self._how()}
        details = self.last_words
        if self.fault:
            details = "\n\n".join(
                (tr("What it sent could not be read: {fault}", fault=self.fault), details)
            ).strip()
        return StudioError(self.code, tr(what, **names), tr(hint), details)

    def _how(self) -> str:
        if self.fault:
            return tr("what it sent could not be read")
        if self.is_silent:
            return tr("it did not answer")
        if self.exit_code is None:
            return tr("it could not be run")
        if self.exit_code >= 0:
            return tr("exit code {exit_code}", exit_code=self.exit_code)
        return tr("signal {name}", name=_signal_name(-self.exit_code))


_TITLES = {
    "llm": mark("The language engine"),
    "embedding": mark("The document engine"),
    "extraction": mark("The reader of documents"),
    "search": mark("The search engine"),
    "diffusion": mark("The picture engine"),
}

_NEEDS_LESS = mark(
    "Send again to start it anew. If it happens again, choose a shorter conversation length or a "
    "smaller version of the model."
)
_OUTCOMES = {
    Ending.FINISHED: (mark("{worker} has ended."), mark("It starts again with the next question.")),
    Ending.CANCELLED: (mark("Stopped."), mark("Send again to go on.")),
    Ending.CRASHED: (
        mark("{worker} ended unexpectedly ({how})."),
        mark(
            "Send again to start it anew. If it happens again with this model, try a smaller "
            "conversation length or another file."
        ),
    ),
    Ending.OUT_OF_MEMORY: (
        mark("{worker} ran out of memory and has ended."),
        _NEEDS_LESS,
    ),
    Ending.ENDED_BY_SYSTEM: (
        mark("{worker} was ended by the system, most often because memory ran out."),
        _NEEDS_LESS,
    ),
    Ending.NEVER_STARTED: (
        mark("{worker} could not start ({how})."),
        mark(
            "Install the program again, or run “python3 packaging/bootstrap.py "
            "run” if you have its source; the details say what is missing on "
            "this computer."
        ),
    ),
    Ending.STOPPED_BY_US: (
        mark("{worker} was stopped."),
        mark("It starts again with the next question."),
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
    silent: bool = False,
) -> Outcome:
    """Return the outcome that an exit code stands for.

    Args:
        exit_code: as ``subprocess`` reports it; negative for a signal on POSIX.
        by_us: whether the host ended it on purpose.
        ready: whether it had ever answered.
        last_words: the tail of its log.
        fault: why what it sent could not be read, for which the host has ended it; its exit code
            then tells nothing.
        silent: whether the host has ended it since it never said a word.
    """
    if by_us:
        return Outcome(Ending.STOPPED_BY_US, worker, exit_code, last_words)
    if silent:
        return Outcome(Ending.NEVER_STARTED, worker, exit_code, last_words, is_silent=True)
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
            str(facts.get("what", tr("The engine could not do this."))),
            str(facts.get("hint", tr("Open Details for what it said."))),
            details,
        )
    what, hint = _FAILURES[failed.code]
    return StudioError(failed.code, tr(what, **facts), tr(hint, **facts), details)


_FAILURES = {
    "model.missing": (
        mark("The file of this model is not there: {path}"),
        mark("Bring the file back, or choose another model."),
    ),
    "model.unknown_architecture": (
        mark("{name} is of a kind that the engine does not know: {architecture}."),
        mark("Choose another model, or wait for an update of the engine."),
    ),
    "model.load_failed": (
        mark("{name} could not be loaded."),
        mark("The file may be damaged. Fetch it again, or choose another model."),
    ),
    "model.out_of_memory": (
        mark(
            "There is not enough memory for {name} with a conversation length of {context:,} "
            "tokens."
        ),
        mark("Choose a shorter conversation length, or a smaller version of the model."),
    ),
    "model.too_big": (
        mark("There is not enough memory for the weights of {name}."),
        mark(
            "Close other programs, put fewer layers on the graphics card, or "
            "choose a smaller version of the model."
        ),
    ),
    "model.not_prepared": (
        mark("The engine cannot work with {name} under its settings ({reason})."),
        mark("Put the model's settings back to their defaults on the Models page, and try again."),
    ),
    "model.not_generative": (
        mark("{name} does not write text ({architecture}); it is made for embedding."),
        mark("Choose a chat model for a conversation."),
    ),
    "model.none": (
        mark("No model is loaded in the language engine."),
        mark("Choose a model and send again."),
    ),
    "settings.invalid": (
        mark("The engine cannot use this setting: {reason}"),
        mark("Correct it in the model's settings."),
    ),
    "sampling.grammar": (
        mark("The grammar or JSON schema could not be used: {reason}"),
        mark("Correct it under Shape of replies, or choose free text there."),
    ),
    "prompt.too_long": (
        mark("This needs {tokens} tokens, but the model sees only {limit} at once."),
        mark("Shorten the message, or choose a longer conversation length for the model."),
    ),
    "prompt.empty": (
        mark("There is nothing to answer."),
        mark("Write a message first."),
    ),
    "picture.no_projector": (
        mark("This model cannot see pictures."),
        mark("Choose one with a projector, or remove the picture."),
    ),
    "picture.unreadable": (
        mark("One of the pictures could not be read; its file is damaged."),
        mark("Remove it, or save it again as PNG or JPEG and attach that."),
    ),
    "picture.not_encoded": (
        mark("The engine could not look at one of the pictures (code {status})."),
        mark("Remove it, or attach a smaller one."),
    ),
    "picture.batch_too_small": (
        mark(
            "This model must read a picture of {needed} tokens at once, but its "
            "batch holds {batch}."
        ),
        mark("In the model's settings, choose a batch of at least {needed} tokens."),
    ),
    "projector.missing": (
        mark("The projector of this model, through which it sees pictures, is gone: {path}"),
        mark("Bring the file back, or remove the picture."),
    ),
    "projector.damaged": (
        mark("The projector {name}, through which this model sees pictures, could not be read."),
        mark("Fetch it again, or remove the picture; the model itself still answers."),
    ),
    "projector.wrong_width": (
        mark(
            "The projector {name} belongs to another model: it speaks in "
            "{projector} numbers, and this model listens to {model}."
        ),
        mark("Put the projector that came with this model beside it, or remove the picture."),
    ),
    "projector.other_words": (
        mark(
            "The projector beside this model belongs to another one: it sets pictures between "
            "tokens that this model does not know."
        ),
        mark("Put the projector that came with this model beside it, or remove the picture."),
    ),
    "projector.too_big": (
        mark("There is not enough memory for the projector {name}."),
        mark("Close other programs, choose a smaller version of the model, or remove the picture."),
    ),
    "projector.blind": (
        mark("The projector of this model is not made for pictures: {path}"),
        mark("Choose another model, or remove the picture."),
    ),
    "engine.decode_failed": (
        mark("The engine stopped in the middle of its work (code {status})."),
        mark("Send again; if it happens again, choose a shorter conversation length."),
    ),
    "engine.bug": (
        mark("Something went wrong inside the engine."),
        mark("This is a fault of the program. Copy the details and report them."),
    ),
    **VECTOR_FAILURES,
}


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return str(number)
