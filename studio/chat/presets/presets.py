"""Presets: a name, a system prompt and sampling, from the program and from the person."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from studio.chat.presets.preset_file import Example, Preset, name_key, read
from studio.errors import StudioError
from studio.lists import any_of
from studio.translation import tr

if TYPE_CHECKING:
    from studio.chat.presets.versions import PresetVersions

__all__ = ("DEFAULT", "TRASH", "Example", "Preset", "Presets")

DEFAULT = "assistant"
TRASH = "trash"


class Presets:
    """Presets from several folders; a later folder replaces a preset of the same name.

    Names in capital or small letters are the same. Of two such files in one folder, which not every
    system can hold, the one in small letters counts. A file that is no preset is left out. Of both
    :attr:`warnings` tells. May be used from any thread.

    Args:
        folders: the program's first; what is in the others is the person's own.
        versions: numbers and keeps what was found; without it all have the version 0.
    """

    def __init__(self, folders: Iterable[Path], versions: PresetVersions | None = None) -> None:
        self._folders = tuple(folders)
        self._versions = versions
        self._presets: dict[str, Preset] = {}
        self._shipped: dict[str, Preset] = {}
        self._damaged: dict[str, StudioError] = {}
        self._unkept: StudioError | None = None
        self._read_at: tuple[tuple[str, int], ...] = ()
        self.reload()

    def reload(self) -> None:
        """Read the folders again; what another thread holds meanwhile is the old whole."""
        self._read_at = self._files()
        presets: dict[str, Preset] = {}
        shipped: dict[str, Preset] = {}
        damaged: dict[str, StudioError] = {}
        for place, folder in enumerate(self._folders):
            taken: dict[str, Path] = {}
            for path in sorted(folder.glob("*.json"), key=_small_letters_first):
                key = name_key(path.stem)
                try:
                    _refuse_second(path, taken.get(key, path))
                    found = replace(read(path), is_own=place > 0)
                except StudioError as error:
                    damaged[path.stem] = error
                    continue
                taken[key] = path
                presets[key] = found
                if place == 0:
                    shipped[key] = found
        self._shipped, self._damaged = shipped, damaged
        self._presets = self._numbered(presets)

    def reload_if_changed(self) -> bool:
        """Read the folders again, if a file in them is new, changed or gone; tell whether."""
        if self._files() == self._read_at:
            return False
        self.reload()
        return True

    @property
    def warnings(self) -> tuple[str, ...]:
        """Sentences about what could not be read or kept, and about names that are alike."""
        told = [str(error) for error in self._damaged.values()]
        told += _alike(self.list())
        if self._unkept is not None:
            told.append(
                tr("The history of presets could not be kept. {problem}", problem=self._unkept)
            )
        return tuple(told)

    def list(self) -> list[Preset]:
        """Return every preset, by title."""
        return sorted(self._presets.values(), key=lambda preset: preset.title)

    def shipped(self, name: str) -> Preset | None:
        """Return a preset as it came with the program, if it did."""
        return self._shipped.get(name_key(name))

    def has(self, name: str) -> bool:
        """Tell whether there is a preset of this name that can be used."""
        return name_key(name) in self._presets

    def damaged(self) -> dict[str, StudioError]:
        """Return what is wrong with files that are no presets, by their names."""
        return dict(self._damaged)

    def get(self, name: str) -> Preset:
        """Return a preset.

        Raises:
            StudioError: ``preset.unknown``, or ``preset.damaged`` when its file is no preset and
                no earlier folder has one of its name.
        """
        key = name_key(name)
        if key in self._presets:
            return self._presets[key]
        for damaged, error in self._damaged.items():
            if name_key(damaged) == key:
                raise error
        raise StudioError(
            "preset.unknown", tr("There is no preset “{name}”.", name=name), self._way_out(name)
        )

    def in_force(self, name: str, model_name: str) -> Preset:
        """Return the preset that was chosen by name or, without one, what suits the model.

        Raises:
            StudioError: as :meth:`get`.
        """
        return self.get(name) if name else self.for_model(model_name)

    def for_model(self, model_name: str) -> Preset:
        """Return the preset made for a model, or the default one."""
        plain = model_name.lower().replace("_", "-").replace(" ", "-")
        for preset in self._presets.values():
            if any(plain.startswith(start) for start in preset.suits):
                return preset
        return self.get(DEFAULT)

    def _files(self) -> tuple[tuple[str, int], ...]:
        """Return each file with the time of its last change; one that is just going has none."""
        found = []
        for folder in self._folders:
            for path in sorted(folder.glob("*.json")):
                with contextlib.suppress(OSError):
                    found.append((str(path), path.stat().st_mtime_ns))
        return tuple(found)

    def _numbered(self, presets: dict[str, Preset]) -> dict[str, Preset]:
        self._unkept = None
        if self._versions is None:
            return presets
        try:
            numbered = self._versions.numbered(presets.values())
        except StudioError as error:  # told in the warnings; replies can go on without numbers
            self._unkept = error
            return presets
        return {name_key(preset.name): preset for preset in numbered}

    def _way_out(self, name: str) -> str:
        if _is_in_trash(name, self._folders):
            return tr("It is in the trash: bring it back in “Edit presets”, or choose another.")
        import difflib  # needed here alone, and the window's start should not wait for it

        near = difflib.get_close_matches(name_key(name), self._presets, n=3, cutoff=0.5)
        if near:
            return tr(
                "Did you mean {names}?", names=any_of(self._presets[key].name for key in near)
            )
        names = (self._presets[key].name for key in sorted(self._presets))
        return tr("Choose one of: {names}.", names=", ".join(names))


def _is_in_trash(name: str, folders: Sequence[Path]) -> bool:
    """Tell whether the person deleted a preset; any text may be asked for, so none is a path."""
    key = name_key(name)
    trashed = (path.stem for folder in folders for path in (folder / TRASH).glob("*.json"))
    return any(name_key(each) == key for each in trashed)


def _small_letters_first(path: Path) -> tuple[str, bool, str]:
    key = name_key(path.stem)
    return key, path.stem != key, path.stem


def _refuse_second(path: Path, first: Path) -> None:
    if path != first:
        raise StudioError(
            "preset.name_taken",
            tr(
                "The preset {file} cannot be used. In capital or small letters, its "
                "name is that of {first}.",
                file=path.name,
                first=first.name,
            ),
            tr("Give the file another name, or remove it: {path}", path=path),
        )


def _alike(presets: Sequence[Preset]) -> Iterator[str]:
    """Yield a sentence for every two presets that people could not tell apart."""
    seen: dict[str, Preset] = {}
    for preset in presets:
        first = seen.setdefault(folded(preset.title), preset)
        if first is not preset:
            yield (
                tr(
                    "Two presets are named “{title}”: {first}.json and {second}.json. Give "
                    "one of them another name.",
                    title=preset.title,
                    first=first.name,
                    second=preset.name,
                )
            )


def folded(title: str) -> str:
    """Return a title such that those that look alike are the same."""
    return " ".join(title.casefold().split())
