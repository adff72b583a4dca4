"""What was added to a collection: folders and files of the disk, and texts that were pasted."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from studio.documents.tables import Row, path_bytes, path_of, shown
from studio.errors import StudioError
from studio.paths import expanded
from studio.translation import tr

if TYPE_CHECKING:
    import sqlite_utils

SourceKind = Literal["folder", "file", "text"]

_MOST_NAME_BYTES = 200  # of a pasted text, so that every program can show and save it


@dataclass(frozen=True, slots=True)
class Source:
    """Something that was added to a collection.

    Attributes:
        path: absolute, links resolved when it was added; of a pasted text its title, which is the
            relative path that the text has among the files.
        device: the disk it was on when it was added: so the place of a drive that is not
            connected is told from a folder that was emptied, or from a file that was deleted.
    """

    id: str
    collection: str
    kind: SourceKind
    path: Path
    added_at: datetime
    device: str = ""
    size_bytes: int = 0

    def holds(self, path: Path) -> bool:
        """Tell whether a file belongs to what was added."""
        return path == self.path or (self.kind == "folder" and path.is_relative_to(self.path))


def source_of(row: Row) -> Source:
    """Return the source that a row of ``doc_sources``, with ``size_bytes``, stands for."""
    return Source(
        id=row["id"],
        collection=row["collection"],
        kind=row["kind"],
        path=path_of(row["path"]),
        added_at=datetime.fromisoformat(row["added_at"]),
        device=row["device"],
        size_bytes=row["size_bytes"] or 0,
    )


def settled(path: Path, own: Path) -> tuple[Path, SourceKind]:
    """Return where a path leads and what is there.

    Args:
        own: the program's data folder.

    Raises:
        StudioError: ``documents.no_file``, ``documents.not_a_file``, ``documents.unreadable`` or
            ``documents.own_folder``.
    """
    name = shown(path)
    try:
        there = expanded(path).resolve(strict=True)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise StudioError(
            "documents.no_file",
            tr("There is no file or folder {name}.", name=name),
            tr("Check its name, or connect the drive that it is on."),
            str(error),
        ) from error
    except (OSError, RuntimeError, ValueError) as error:  # links in a circle; a name too long
        raise StudioError(
            "documents.unreadable",
            tr("{name} cannot be opened.", name=name),
            tr("Check that you may read it, then add it again."),
            str(error),
        ) from error
    if own.is_absolute() and there.is_relative_to(own.resolve()):
        raise StudioError(
            "documents.own_folder",
            tr("{name} belongs to this program itself.", name=name),
            tr("Choose a folder with documents of your own."),
        )
    if there.is_dir():
        return there, "folder"
    if there.is_file():
        return there, "file"
    raise StudioError(
        "documents.not_a_file",
        tr("{name} is neither a file nor a folder.", name=name),
        tr("Choose a file or a folder."),
    )


def device_of(path: Path) -> str:
    """Return which disk a path is on, as the system numbers them now; ``""`` if none is there."""
    try:
        return str(path.stat().st_dev)
    except OSError:
        return ""


def free_title(db: sqlite_utils.Database, collection: str, title: str) -> Path:
    """Return a title as a file name of one part that no text in the collection has yet."""
    plain = " ".join(title.split()).replace("/", "\u2215").replace("\\", "\u2216")
    plain = plain.replace("\0", "").strip(". ") or tr("Pasted text")
    stem = _cut_to_bytes(plain, _MOST_NAME_BYTES)
    name, number = Path(stem), 2
    known = "SELECT 1 FROM doc_sources WHERE collection = ? AND path = ?"
    while db.execute(known, [collection, path_bytes(name)]).fetchone():
        name, number = Path(f"{stem} ({number})"), number + 1
    return name


def _cut_to_bytes(text: str, most: int) -> str:
    return os.fsencode(text.encode("utf-8", "replace").decode())[:most].decode("utf-8", "ignore")
