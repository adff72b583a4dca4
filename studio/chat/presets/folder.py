"""The folder of the person's own presets, and its trash: files replaced whole or put back."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from studio.chat.presets.preset_file import Preset, name_key, read, to_text
from studio.chat.presets.presets import TRASH
from studio.errors import StudioError
from studio.paths import make_private_folder, write_private
from studio.translation import mark, tr

_NOT_SAVED = mark("The preset “{title}” could not be saved: {problem}.")
_NOT_DELETED = mark("The preset “{title}” could not be deleted: {problem}.")
_NOT_BACK = mark("The preset “{title}” could not be brought back: {problem}.")


class PresetFolder:
    """Files of presets, one each.

    Args:
        keep: keeps the content of a file that is about to be replaced.
    """

    def __init__(self, folder: Path, keep: Callable[[Preset], object]) -> None:
        self._folder = folder
        self._trash = folder / TRASH
        self._keep = keep

    def has(self, name: str) -> bool:
        """Tell whether a preset of this name has a file of its own."""
        return self._path(name).exists()

    @contextlib.contextmanager
    def replacing(self, preset: Preset, *, by_none: bool) -> Iterator[None]:
        """Write a preset's file, and put back what was there if the block fails.

        Args:
            by_none: take the file away, since the program has this very preset.

        Raises:
            StudioError: ``preset.not_saved``.
        """
        path = self._path(preset.name)
        before = self._set_aside(path, preset)
        with _worded(_NOT_SAVED, preset.title):
            make_private_folder(self._folder)
            if by_none:
                path.unlink(missing_ok=True)
            else:
                write_private(path, to_text(preset).encode())
        try:
            yield
        except BaseException:
            with contextlib.suppress(OSError):  # the first failure is the one to tell
                if before is None:
                    path.unlink(missing_ok=True)
                else:
                    write_private(path, before)
            raise

    def trash(self, name: str, title: str) -> None:
        """Move a preset's file to the trash.

        Raises:
            StudioError: ``preset.not_saved``.
        """
        with _worded(_NOT_DELETED, title):
            make_private_folder(self._trash)
            path = self._path(name)
            path.replace(self._trash / path.name)

    def untrash(self, name: str) -> None:
        """Move a preset's file back.

        Raises:
            StudioError: ``preset.not_trashed`` or ``preset.not_saved``.
        """
        if not self.has_trashed(name):
            raise StudioError(
                "preset.not_trashed",
                tr("No preset “{name}” lies in the trash.", name=name),
                tr("See which presets there are: studio presets list."),
            )
        if self.has(name):
            raise StudioError(
                "preset.is_there",
                tr("There is a preset “{name}” again.", name=name),
                tr("Rename or delete that one first."),
            )
        with _worded(_NOT_BACK, name):
            lying = self._lying(name)
            lying.replace(self._folder / lying.name)

    def trashed(self) -> list[str]:
        """Return the names of the presets in the trash."""
        return sorted(path.stem for path in self._trash.glob("*.json"))

    def trashed_title(self, name: str) -> str:
        """Return what a preset in the trash is called; its name, if its file is damaged."""
        with contextlib.suppress(StudioError):
            return read(self._lying(name)).title
        return name

    def has_trashed(self, name: str) -> bool:
        """Tell whether a preset of this name lies in the trash."""
        return any(name_key(each) == name_key(name) for each in self.trashed())

    def purge(self, name: str) -> None:
        """Delete a file in the trash for good.

        Raises:
            StudioError: ``preset.not_saved``.
        """
        with _worded(_NOT_DELETED, name):
            self._lying(name).unlink(missing_ok=True)

    def _path(self, name: str) -> Path:
        return _file_of(name, self._folder)

    def _lying(self, name: str) -> Path:
        return _file_of(name, self._trash)

    def _set_aside(self, path: Path, preset: Preset) -> bytes | None:
        """Return what a file holds, and keep it as a version, or in the trash if it is damaged."""
        if not path.exists():
            return None
        with _worded(_NOT_SAVED, preset.title):
            before = path.read_bytes()
            try:
                there = replace(read(path), is_own=True)
            except StudioError:
                make_private_folder(self._trash)
                write_private(self._trash / f"{path.name}.damaged", before)
                return before
        self._keep(there)
        return before


def _file_of(name: str, folder: Path) -> Path:
    """Return a preset's file in a folder: as it is spelled there, or else as the name is."""
    alike = [path for path in folder.glob("*.json") if name_key(path.stem) == name_key(name)]
    spelled_so = (path for path in alike if path.stem == name)
    return next(spelled_so, min(alike, default=folder / f"{name}.json"))


@contextlib.contextmanager
def _worded(sentence: str, title: str) -> Iterator[None]:
    """Put what the file system refuses into the words of a marked sentence."""
    try:
        yield
    except OSError as error:
        raise StudioError(
            "preset.not_saved",
            tr(sentence, title=title, problem=error.strerror or error),
            tr("Check the disk and the data folder, and try again."),
            str(error),
        ) from error
