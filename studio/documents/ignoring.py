"""Tells by patterns in the manner of ``.gitignore`` which files and folders are passed over.

The rules are those of https://git-scm.com/docs/gitignore: a pattern with a slash at its beginning
or in its middle holds from the top of what was added, any other one in every folder; one that ends
in a slash is for folders alone; ``!`` takes back what a pattern before it has said.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

USUAL = (
    ".git/",
    "node_modules/",
    "__pycache__/",
    "~$*",  # of a document that is open in an office program
    ".~lock.*#",
    "*.tmp",
    "*.part",
    "*.crdownload",
    "Thumbs.db",
    "desktop.ini",
    ".DS_Store",
    "$RECYCLE.BIN/",
    "System Volume Information/",
)

_TOKENS = re.compile(r"\*\*/|/\*\*$|\*+|\?|\[(?:!|\^)?\]?(?:\\.|[^\]\\])*\]|\\.|.", re.DOTALL)


class Ignored:
    """Patterns, ready to be asked. A line that is blank or begins with ``#`` says nothing."""

    def __init__(self, patterns: Iterable[str]) -> None:
        self._rules = [rule for rule in map(_rule, patterns) if rule is not None]

    def holds(self, path: str, *, is_folder: bool) -> bool:
        """Tell whether something is passed over.

        Args:
            path: from the top of what was added, its parts joined by ``/``. Whoever asks has not
                gone into a folder that is passed over.
        """
        for expression, is_for_folders, takes in reversed(self._rules):
            if (is_folder or not is_for_folders) and expression.fullmatch(path):
                return takes
        return False


def _rule(pattern: str) -> tuple[re.Pattern[str], bool, bool] | None:
    text = pattern.strip("\r\n").rstrip(" ")
    if not text or text.startswith("#"):
        return None
    takes = not text.startswith("!")
    text = text if takes else text[1:]
    is_for_folders = text.endswith("/")
    text = text.rstrip("/") if is_for_folders else text
    if not text:
        return None
    is_anchored = "/" in text
    body = "".join(_part(token) for token in _TOKENS.findall(text.removeprefix("/")))
    try:
        expression = re.compile(body if is_anchored else f"(?:.*/)?{body}", re.DOTALL)
    except re.error:  # such as a range from z to a, which holds for nothing
        return None
    return expression, is_for_folders, takes


def _part(token: str) -> str:
    """Return what a part of a pattern stands for, as a regular expression."""
    if token == "**/":
        return "(?:.*/)?"
    if token == "/**":
        return "/.+"
    if token.startswith("*"):
        return "[^/]*"
    if token == "?":
        return "[^/]"
    if len(token) > 2 and token.startswith("["):
        inner = token[1:-1]
        is_not = inner[0] in "!^"
        inner = (inner[1:] if is_not else inner).replace("[", r"\[")
        if inner.startswith("]"):
            inner = rf"\{inner}"
        return f"(?!/)[{'^' if is_not else ''}{inner}]"
    return re.escape(token[1:] if len(token) == 2 and token.startswith("\\") else token)
