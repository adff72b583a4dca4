"""Keeps removed model files beside the others until they are restored or deleted for good."""

from __future__ import annotations

import contextlib
import uuid
from pathlib import Path

from studio.errors import StudioError
from studio.library.gguf import parts_of
from studio.library.store import Removal
from studio.storage.failures import worded_files

_FOLDER = ".trash"


class Trash:
    """The trash of one models folder, on the same disk so that moving is instant."""

    def __init__(self, models: Path) -> None:
        self._models = models

    def take(self, path: Path) -> tuple[tuple[Path, Path], ...]:
        """Move a model, all its parts, into the trash; return where each file was and is.

        Raises:
            StudioError: ``data.read_only`` and the like; everything is where it was.
        """
        folder = self._models / _FOLDER / uuid.uuid4().hex
        moved: list[tuple[Path, Path]] = []
        with worded_files(self._models):
            folder.mkdir(mode=0o700, parents=True)
            try:
                for part in parts_of(path):
                    if part.is_symlink() or part.exists():
                        part.rename(folder / part.name)
                        moved.append((part, folder / part.name))
            except OSError:
                for before, now in moved:
                    now.rename(before)
                folder.rmdir()
                raise
        return tuple(moved)

    def put_back(self, removal: Removal) -> None:
        """Move a removed model's files back.

        Raises:
            StudioError: ``model.place_taken``, ``model.missing`` or ``data.read_only``.
        """
        for before, now in removal.files:
            if before.is_symlink() or before.exists():
                raise StudioError(
                    "model.place_taken",
                    f"{removal.name} cannot go back: another {before.name} is in its place.",
                    "Rename or remove that file first.",
                )
            if not now.is_symlink() and not now.exists():
                raise StudioError(
                    "model.missing",
                    f"{removal.name} is not in the trash any more.",
                    "Add the model again from where you have it.",
                )
        with worded_files(self._models):
            for before, now in removal.files:
                now.rename(before)
        self._tidy(removal)

    def delete(self, removal: Removal) -> None:
        """Delete a removed model's files for good.

        Raises:
            StudioError: ``data.read_only`` and the like.
        """
        with worded_files(self._models):
            for _, now in removal.files:
                now.unlink(missing_ok=True)
        self._tidy(removal)

    @staticmethod
    def _tidy(removal: Removal) -> None:
        for folder in {now.parent for _, now in removal.files}:
            with contextlib.suppress(OSError):  # not empty: somebody put something there
                folder.rmdir()
