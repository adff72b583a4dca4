"""Keeps what a field cannot show of a preset's text, where a person has not changed the text."""

from __future__ import annotations


def kept(shown: str, before: str) -> str:
    """Return a text from a field, or the one before where only what it cannot show differs."""
    plain = before.replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " ")
    return before if shown == plain else shown
