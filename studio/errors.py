"""The one error that people read: what happened, to which thing, what to do next."""

from __future__ import annotations


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
