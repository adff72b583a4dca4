"""Writes many conversations into one folder, a file each, beside the files that are there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from studio.chat.transfer.names import unique_names
from studio.errors import StudioError
from studio.translation import tr

if TYPE_CHECKING:
    from studio.chat.conversation import Conversation


def file_names(folder: Path, chats: Sequence[Conversation], ending: str) -> list[Path]:
    """Make the folder and return a new file in it for each conversation, named by its title.

    Args:
        ending: of the files, without a dot.

    Raises:
        StudioError: ``export.not_saved`` when the folder cannot be made or read.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        there = [each.stem for each in folder.iterdir() if each.suffix.lower() == f".{ending}"]
    except OSError as error:
        raise StudioError(
            "export.not_saved",
            tr(
                "The folder {folder} cannot be used: {problem}.",
                folder=folder,
                problem=error.strerror or error,
            ),
            tr("Name another folder."),
            str(error),
        ) from error
    titles = (chat.title for chat in chats)
    return [folder / f"{name}.{ending}" for name in unique_names(titles, there)]


def write_each(
    folder: Path,
    chats: Sequence[Conversation],
    ending: str,
    write: Callable[[Path, str], object],
) -> Iterator[Path]:
    """Write one conversation after the other; give each file when it is there.

    Args:
        write: gets the file and the conversation's id.

    Raises:
        StudioError: as :func:`file_names` and ``write``; what was written before stays.
    """
    for chat, path in zip(chats, file_names(folder, chats, ending), strict=True):
        write(path, chat.id)
        yield path
