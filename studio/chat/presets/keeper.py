"""Changes the person's presets: each change becomes a file and a version, and can be taken back."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from studio.chat.model_names import without_path
from studio.chat.presets import versions as origins
from studio.chat.presets.difference import Change, difference
from studio.chat.presets.folder import PresetFolder
from studio.chat.presets.preset_file import Preset, name_key, problems_of
from studio.chat.presets.presets import Presets, folded
from studio.chat.presets.versions import PresetVersions, Version
from studio.chat.transfer.names import NAMELESS, safe_name
from studio.engine.language import Sampling
from studio.errors import StudioError
from studio.translation import tr


@dataclass(slots=True)
class TakenIn:
    """What an import of presets did.

    Attributes:
        added: as they are now.
        known: how many were here already.
        without_model: those of ``added`` that named a model by the path of a file.
    """

    added: list[Preset] = field(default_factory=list)
    known: int = 0
    without_model: list[Preset] = field(default_factory=list)


class PresetKeeper:
    """The presets that can be changed. Every method may be called from any thread.

    Args:
        folder: of the person's own presets; one with the name of a preset that came with the
            program stands in its place. Deleted ones lie in its trash.
    """

    def __init__(self, presets: Presets, versions: PresetVersions, folder: Path) -> None:
        self.presets = presets
        self._versions = versions
        self._folder = PresetFolder(folder, lambda preset: versions.numbered([preset]))
        self.trashed_title = self._folder.trashed_title
        self._lock = threading.RLock()

    def create(self, title: str, like: Preset | None = None) -> Preset:
        """Begin a preset of one's own, empty or with the content of another.

        Raises:
            StudioError: as :meth:`save`.
        """
        empty = Preset("", title, "", "", Sampling())
        with self._lock:
            made = replace(like or empty, name=self._free_name(title), title=title, suits=())
            return self.save(made)

    def duplicate(self, name: str) -> Preset:
        """Begin a copy of a preset, named so that it can be told apart."""
        with self._lock:
            like = self.presets.get(name)
            return self.create(self.free_title(tr("{title} copy", title=like.title)), like)

    def rename(self, name: str, title: str) -> Preset:
        """Give a preset another title; conversations that use it go on with it."""
        with self._lock:
            return self.save(replace(self.presets.get(name), title=title))

    def save(self, preset: Preset) -> Preset:
        """Keep a preset as it is to be from now on; return it with the number of this version.

        Raises:
            StudioError: ``preset.invalid``, ``preset.title_taken``, ``preset.not_saved``, or the
                database cannot be written. Then all is as it was before.
        """
        return self._save(preset, origins.SAVED)

    def restore(self, name: str, number: int) -> Preset:
        """Make an older version the newest.

        Raises:
            StudioError: ``preset.no_version``, or as :meth:`save`.
        """
        return self._save(self._versions.get(name, number), origins.RESTORED, number)

    def reset(self, name: str) -> Preset:
        """Go back to a preset as it came with the program; its history keeps what it was.

        Raises:
            StudioError: ``preset.not_shipped``, or as :meth:`save`.
        """
        with self._lock:
            shipped = self.presets.shipped(name)
            if shipped is None:
                raise StudioError(
                    "preset.not_shipped",
                    tr("The preset “{name}” did not come with the program.", name=name),
                    tr("Restore an older version of it instead, or delete it."),
                )
            return self._save(shipped, origins.RESET)

    def delete(self, name: str) -> Preset:
        """Move a preset of one's own to the trash; return what it was.

        Raises:
            StudioError: ``preset.unknown``, ``preset.shipped`` or ``preset.not_saved``.
        """
        with self._lock:
            is_damaged = name in self.presets.damaged()
            gone = Preset(name, name, "", "", Sampling()) if is_damaged else self.presets.get(name)
            if not is_damaged and self.presets.shipped(name) is not None:
                raise StudioError(
                    "preset.shipped",
                    tr("“{title}” came with the program and stays.", title=gone.title),
                    tr("If you changed it, you can put it back to how it came."),
                )
            self._folder.trash(name, gone.title)
            self.presets.reload()
            return gone

    def undelete(self, name: str) -> Preset:
        """Bring a preset back from the trash, under a free title.

        Raises:
            StudioError: ``preset.not_trashed``, ``preset.is_there``, or as :meth:`save`.
        """
        with self._lock:
            self._folder.untrash(name)
            self.presets.reload()
            back = self.presets.get(name)
            title = self.free_title(back.title, besides=name)
            return back if title == back.title else self.rename(name, title)

    def trashed(self) -> list[str]:
        """Return the names of the presets in the trash."""
        return self._folder.trashed()

    def purge(self, name: str) -> None:
        """Delete a preset in the trash for good, with its history."""
        with self._lock:
            if self._folder.has_trashed(name):
                self._folder.purge(name)
                if not (self.presets.has(name) or self._folder.has_trashed(name)):
                    self._versions.forget(name)  # else it is that of a file spelled another way

    def take_in(self, presets: Iterable[Preset]) -> TakenIn:
        """Add imported presets under free names and titles; a path in place of a model is left out.

        Raises:
            StudioError: as :meth:`save`.
        """
        taken = TakenIn()
        with self._lock:
            for preset in presets:
                tame = _tame(preset)
                here = self.presets.list()
                if any(each.same_content(some) for each in here for some in (preset, tame)):
                    taken.known += 1
                    continue
                title = self.free_title(preset.title)
                named = replace(tame, name=self._free_name(title), title=title)
                taken.added.append(self._save(named, origins.IMPORTED))
                if tame.model != preset.model:
                    taken.without_model.append(taken.added[-1])
        return taken

    def history(self, name: str) -> list[Version]:
        """Return a preset's versions, the newest first.

        Raises:
            StudioError: ``preset.unknown`` when there never was one of this name.
        """
        found = self._versions.list(name)
        if not found:
            self.presets.get(name)
        return found

    def version(self, name: str, number: int) -> Preset:
        """Return a preset as it was.

        Raises:
            StudioError: ``preset.no_version``.
        """
        return self._versions.get(name, number)

    def difference(self, name: str, older: int, newer: int) -> list[Change]:
        """Return what changed from one version to another.

        Raises:
            StudioError: ``preset.no_version``.
        """
        return difference(self.version(name, older), self.version(name, newer))

    def problems(self, preset: Preset) -> list[str]:
        """Return a sentence for each thing that keeps a preset from being saved."""
        found = problems_of(preset)
        if self.free_title(preset.title, besides=preset.name) != preset.title:
            found.append(str(_title_taken(preset.title)))
        return found

    def free_title(self, title: str, besides: str = "") -> str:
        """Return a title that no preset has, made of ``title`` and, if need be, a number."""
        own = name_key(besides)
        taken = {folded(each.title) for each in self.presets.list() if name_key(each.name) != own}
        return _free(title, lambda each: folded(each) in taken, " ")

    def _free_name(self, title: str) -> str:
        safe = safe_name(title)
        name = "preset" if safe == NAMELESS else safe.casefold().replace(" ", "-")
        known = [*self.presets.damaged(), *self.trashed()]
        taken = {name_key(each) for each in [*known, *(p.name for p in self.presets.list())]}
        return _free(
            name, lambda each: name_key(each) in taken or bool(self._versions.list(each)), "-"
        )

    def _save(self, preset: Preset, origin: str, restored_from: int | None = None) -> Preset:
        preset = replace(preset, title=" ".join(preset.title.split()))
        with self._lock:
            if found := problems_of(preset):
                raise StudioError(
                    "preset.invalid", " ".join(found), tr("Correct it, and save again.")
                )
            if self.free_title(preset.title, besides=preset.name) != preset.title:
                raise _title_taken(preset.title)
            shipped = self.presets.shipped(preset.name)
            is_shipped = shipped is not None and shipped.same_content(preset)
            with self._folder.replacing(preset, by_none=is_shipped):
                self._versions.add(preset, origin, restored_from)
            self.presets.reload()
            return self.presets.get(preset.name)


def _tame(preset: Preset) -> Preset:
    """Return a stranger's preset such that it neither chooses itself nor names a file to open."""
    return replace(preset, model=without_path(preset.model), suits=())


def _title_taken(title: str) -> StudioError:
    return StudioError(
        "preset.title_taken",
        tr("There is a preset named “{title}” already.", title=" ".join(title.split())),
        tr("Choose another name."),
    )


def _free(wanted: str, is_taken: Callable[[str], bool], gap: str) -> str:
    found, number = wanted, 2
    while is_taken(found):
        found = f"{wanted}{gap}{number}"
        number += 1
    return found
