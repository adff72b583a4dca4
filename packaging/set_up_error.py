"""The way in which a set-up fails: in words, with a next step."""

from __future__ import annotations


class SetUpError(Exception):
    """The set-up cannot go on: what is wrong, what to do next, and technical details."""

    def __init__(self, what: str, hint: str, details: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.hint = hint
        self.details = details
