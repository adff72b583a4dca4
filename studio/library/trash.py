"""Keeps removed models until they are restored or deleted for good: their files and a note of each.

What lies in the trash counts: a note whose files were deleted by hand is dropped, and files that a
killed program had moved there before it could note them are found.
"""

from __future__ import annotations

import contextlib
import stat
import uuid
from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from pathlib import Path

from studio.errors import StudioError
from studio.library.gguf import parts_of, title_of
from studio.library.scan import is_model
from studio.library.store import LibraryStore, Removal
from studio.lists import all_of
from studio.paths import is_there, make_private_folder
from studio.storage.failures import worded_files
from studio.translation import tr

_FOLDER = ".trash"

_Pairs = tuple[tuple[Path, Path], ...]


class Trash:
    """The trash of one models folder, on the same disk so that moving is instant."""

    def __init__(self, models: Path, store: LibraryStore) -> None:
        self._models = models
        self._store = store

    def take(self, path: Path, name: str, *, hide_only: bool) -> Removal:
        """Move a model, all its parts, into the trash, or only hide it.

        Its size there is that of what was moved: of a link, not of the file that it leads to.

        Raises:
            StudioError: ``data.read_only`` and the like; everything is where it was.
        """
        files = () if hide_only else self._move(path)
        removal = Removal(
            id=uuid.uuid4().hex,
            path=path,
            name=name,
            files=files,
            size_bytes=sum(now.lstat().st_size for _, now in files),
            removed_at=datetime.now(UTC),
        )
        try:
            self._store.note_removal(removal)
        except StudioError:
            with worded_files(self._models):
                self._move_back(files)
            raise
        return removal

    def removals(self) -> list[Removal]:
        """Return what can be restored, newest first."""
        noted = self._store.removals()
        hidden = self._store.hidden()
        there = [
            each
            for each in noted
            if (each.path in hidden if each.is_hidden_only else _is_whole(each))
        ]
        for gone in {each.id for each in noted} - {each.id for each in there}:
            self._store.forget_removal(gone)
        known = {now for each in there for _, now in each.files}
        with worded_files(self._models):
            found = [*there, *self._strays(known)]
        return sorted(found, key=lambda each: each.removed_at, reverse=True)

    def put_back(self, removed: Removal | str) -> Removal:
        """Move a removed model's files back, or put it back on the list.

        Raises:
            StudioError: ``model.not_in_trash``, ``model.place_taken``, ``model.missing`` or
                ``data.read_only``.
        """
        removal = self.find(removed)
        for before, now in removal.files:
            if is_there(before):
                raise StudioError(
                    "model.place_taken",
                    tr(
                        "{name} cannot go back: another {other} is in its place.",
                        name=removal.name,
                        other=before.name,
                    ),
                    tr("Rename or remove that file first."),
                )
            if not is_there(now):
                raise StudioError(
                    "model.missing",
                    tr("{name} is not in the trash any more.", name=removal.name),
                    tr("Add the model again from where you have it."),
                )
        with worded_files(self._models):
            for before, _ in removal.files:
                before.parent.mkdir(parents=True, exist_ok=True)
            _rename([(now, before) for before, now in removal.files])
        self._forget(removal, shown=removal.path)
        return removal

    def delete(self, removed: Removal | str) -> Removal:
        """Delete a removed model's files for good.

        Raises:
            StudioError: ``model.not_in_trash``, or ``data.read_only`` and the like.
        """
        removal = self.find(removed)
        with worded_files(self._models):
            for _, now in removal.files:
                now.unlink(missing_ok=True)
        self._forget(removal)
        return removal

    def find(self, removed: Removal | str) -> Removal:
        """Return the removal itself, or the newest of that name or file name.

        Raises:
            StudioError: ``model.not_in_trash``.
        """
        if isinstance(removed, Removal):
            return removed
        wished = removed.strip().casefold()
        removals = self.removals()
        for removal in removals:
            if wished in (removal.name.casefold(), removal.path.name.casefold()):
                return removal
        names = all_of(dict.fromkeys(removal.name for removal in removals))
        raise StudioError(
            "model.not_in_trash",
            tr("There is no model named “{removed}” among the removed ones.", removed=removed),
            tr("There is {names}.", names=names)
            if names
            else tr("No model was removed that could come back."),
        )

    def _move(self, path: Path) -> _Pairs:
        folder = self._models / _FOLDER / uuid.uuid4().hex
        files = tuple((part, folder / part.name) for part in parts_of(path) if is_there(part))
        with worded_files(self._models):
            make_private_folder(folder.parent)
            make_private_folder(folder)
            try:
                _rename(files)
            except OSError:
                folder.rmdir()
                raise
        return files

    def _move_back(self, files: _Pairs) -> None:
        _rename([(now, before) for before, now in files])
        for folder in {now.parent for _, now in files}:
            folder.rmdir()

    def _strays(self, known: Collection[Path]) -> list[Removal]:
        """Return the models in the trash without a note.

        Which folder within the models folder they were in, nobody knows: they go to its top.
        """
        strays = []
        for folder in sorted((self._models / _FOLDER).glob("*/")):
            files = sorted(
                path for path in folder.iterdir() if is_model(path) and path not in known
            )
            if files:
                strays.append(
                    Removal(
                        id=folder.name,
                        path=self._models / files[0].name,
                        name=title_of(files[0]),
                        files=tuple((self._models / path.name, path) for path in files),
                        size_bytes=sum(path.lstat().st_size for path in files),
                        removed_at=datetime.fromtimestamp(folder.stat().st_mtime, UTC),
                    )
                )
        return strays

    def _forget(self, removal: Removal, shown: Path | None = None) -> None:
        self._store.forget_removal(removal.id, shown)
        for folder in {now.parent for _, now in removal.files}:
            with contextlib.suppress(OSError):  # not empty: somebody put something there
                folder.rmdir()


def _rename(files: Sequence[tuple[Path, Path]]) -> None:
    """Give files their new names: all of them, or none where the system refuses one."""
    done: list[tuple[Path, Path]] = []
    try:
        for before, now in files:
            before.rename(now)
            done.append((before, now))
    except OSError:
        for before, now in done:
            now.rename(before)
        raise


def is_link(removal: Removal) -> bool:
    """Tell whether only a name lies in the trash, and its file stays when that goes."""
    try:
        facts = [now.lstat() for _, now in removal.files]
    except OSError:  # gone since it was listed
        return False
    return any(stat.S_ISLNK(each.st_mode) or each.st_nlink > 1 for each in facts)


def _is_whole(removal: Removal) -> bool:
    return all(is_there(now) for _, now in removal.files)
