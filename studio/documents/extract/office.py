"""What the documents of Office have in common: their main part and their title."""

from __future__ import annotations

from studio.documents.extract.archives import Archive, every
from studio.documents.extract.blocks import one_line
from studio.documents.extract.characters import clean
from studio.documents.extract.words import UnreadableError


def main_part(archive: Archive) -> str:
    """Return the member that holds the document, the workbook or the presentation.

    Raises:
        UnreadableError: ``document.damaged``, when there is none.
    """
    part = archive.target("", "officeDocument")
    if not part or part not in archive:
        raise UnreadableError("document.damaged", details="the main part is missing")
    return part


def title_of(archive: Archive) -> str:
    """Return the title that the author has given; empty for none."""
    name = archive.target("", "core-properties")
    if not name or name not in archive:
        return ""
    titles = (one_line(clean(each.text or "")) for each in every(archive.tree(name), "title"))
    return next(filter(None, titles), "")
