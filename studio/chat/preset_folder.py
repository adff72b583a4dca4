"""The folder of the person's own presets, and its trash: files replaced whole or put back."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from studio.chat.preset_file import Preset, read, to_text
from studio.chat.presets import TRASH
from studio.errors import StudioError
from studio.paths import make_private_folder, write_private


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
        with _worded(preset.title, "saved"):
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
        with _worded(title, "deleted"):
            make_private_folder(self._trash)
            self._path(name).replace(self._lying(name))

    def untrash(self, name: str) -> None:
        """Move a preset's file back.

        Raises:
            StudioError: ``preset.not_trashed`` or ``preset.not_saved``.
        """
        if name not in self.trashed():
            raise StudioError(
                "preset.not_trashed",
                f"No preset “{name}” lies in the trash.",
                "See which presets there are: studio presets list.",
            )
        if self.has(name):
            raise StudioError(
                "preset.is_there",
                f"There is a preset “{name}” again.",
                "Rename or delete that one first.",
            )
        with _worded(name, "brought back"):
            self._lying(name).replace(self._path(name))

    def trashed(self) -> list[str]:
        """Return the names of the presets in the trash."""
        return sorted(path.stem for path in self._trash.glob("*.json"))

    def purge(self, name: str) -> None:
        """Delete a file in the trash for good.

        Raises:
            StudioError: ``preset.not_saved``.
        """
        with _worded(name, "deleted"):
            self._lying(name).unlink(missing_ok=True)

    def _path(self, name: str) -> Path:
        return self._folder / f"{name}.json"

    def _lying(self, name: str) -> Path:
        return self._trash / f"{name}.json"

    def _set_aside(self, path: Path, preset: Preset) -> bytes | None:
        """Return what a file holds, and keep it as a version, or in the trash if it is damaged."""
        if not path.exists():
            return None
        with _worded(preset.title, "saved"):
            before = path.read_bytes()
            try:
                there = replace(read(path), is_own=True)
            except StudioError:
                make_private_folder(self._trash)
                write_private(self._trash / f"{path.name}.damaged", before)
                return before
        self._keep(there)
        return before


@contextlib.contextmanager
def _worded(title: str, done: str) -> Iterator[None]:
    """Put what the file system refuses into words."""
    try:
        yield
    except OSError as error:
        raise StudioError(
            "preset.not_saved",
            f"The preset “{title}” could not be {done}: {error.strerror or error}.",
            "Check the disk and the data folder, and try again.",
            str(error),
        ) from error
