"""Reads a file as the worker does, within the test's own process."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from studio.documents.extract.document import Document
from studio.documents.extract.source import Source
from studio.documents.values import Extracted


def read(path: Path, **given: Any) -> Extracted:
    """Return what a file says; ``given`` as for :class:`Source`."""
    document = Document(Source(path, path.stat().st_size, **given))
    return document.described(tuple(document.pages()))


def text_of(path: Path, **given: Any) -> str:
    """Return the text of the only page of a file."""
    (page,) = read(path, **given).pages
    return page.text
