"""Reads a collection's settings from the terminal, and refuses what makes no sense."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from studio.documents.values import Collection, IndexSettings
from studio.errors import StudioError

_BOUNDS = {"chunk_tokens": (16, 8192), "passage_tokens": (16, 32_768)}
_USUAL = IndexSettings()
_LANGUAGE = re.compile("[a-z]{2}")  # of ISO 639-1


def changed(collection: Collection, key: str, value: str) -> Collection:
    """Return a collection with one of its settings changed; an empty value is the usual one.

    Raises:
        StudioError: ``documents.bad_setting``.
    """
    if key == "language":
        if value and not _LANGUAGE.fullmatch(value):
            raise _refused(
                f"“{value}” is no code of a language.", "Give two letters, such as en or de."
            )
        return replace(collection, search=replace(collection.search, language=value))
    if key == "embedder":
        return replace(collection, index=replace(collection.index, embedder=_embedder(value)))
    number = _number(key, value) if value else int(getattr(_USUAL, key))
    if key == "chunk_tokens":
        return replace(collection, index=replace(collection.index, chunk_tokens=number))
    return replace(collection, index=replace(collection.index, passage_tokens=number))


def _embedder(value: str) -> str:
    if not value:
        return ""
    path = Path(value).expanduser().absolute()
    if not path.exists():
        raise _refused(
            f"There is no embedding model at {path}.",
            "Give a sentence-transformers folder or an embedding GGUF file.",
        )
    return str(path)


def _number(key: str, value: str) -> int:
    least, most = _BOUNDS[key]
    if not value.isdecimal() or not least <= int(value) <= most:
        raise _refused(
            f"{key} cannot be “{value}”.", f"Give a whole number from {least:,} to {most:,}."
        )
    return int(value)


def _refused(what: str, hint: str) -> StudioError:
    return StudioError("documents.bad_setting", what, hint)
