"""The one error that people read: what happened, to which thing, what to do next."""

from __future__ import annotations

import traceback

from studio.translation import tr


class StudioError(Exception):
    """A failure of the world (a file, a disk, a model), told in words.

    Bugs of our own are not StudioErrors: they stay ordinary exceptions and end in a report.

    Args:
        code: stable dotted name, for scripts and tests, such as ``"model.truncated"``.
        what: one sentence that says what happened, to which thing.
        hint: one sentence that says what to do next.
        details: technical text for the fold-out, never shown in the sentence.
    """

    def __init__(self, code: str, what: str, hint: str, details: str = "") -> None:
        super().__init__(what)
        self.code = code
        self.what = what
        self.hint = hint
        self.details = details

    def __str__(self) -> str:
        return f"{self.what} {self.hint}".strip()

    def to_dict(self) -> dict[str, str]:
        """Return the form that ``--json`` prints under ``"error"``."""
        return {"code": self.code, "message": self.what, "hint": self.hint}


def in_words(error: BaseException) -> StudioError:
    """Return what people are told of any exception: itself, or ``program.bug`` with its traceback.

    For the last doors only: the end of a turn, of work in the background, of a command.
    """
    if isinstance(error, StudioError):
        return error
    return StudioError(
        "program.bug",
        tr("Something went wrong inside the program."),
        tr("This is a fault of ours. Please report it with its details."),
        "".join(traceback.format_exception(error)),
    )
