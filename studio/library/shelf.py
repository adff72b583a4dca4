"""The models on disk: what there is, what is wrong with it, and how it comes and goes.

Files of three owners are on the shelf. Those in the person's own models folder can be added and
removed; those that came with the program, and those in further folders (which may belong to other
programs), are only ever hidden, so removing a model never takes a file from somebody else.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from studio.engine.language import LoadSettings
from studio.errors import StudioError
from studio.library import intake
from studio.library.gguf import GgufHeader, parts_of, read_header, title_of
from studio.library.headers import read_all
from studio.library.identity import fingerprint
from studio.library.projectors import Candidate, memory_of, pair
from studio.library.scan import Found, Origin, scan
from studio.library.store import LibraryStore, Removal
from studio.library.trash import Trash
from studio.lists import all_of, any_of
from studio.paths import expanded, is_there
from studio.storage.failures import worded_files
from studio.translation import tr


@dataclass(frozen=True, slots=True)
class ShelfModel:
    """A model on the shelf.

    ``header`` is there unless there is a ``problem``. ``origin`` tells whose folder it is in.
    ``projector`` is the file through which it sees pictures, if it can, ``projector_bytes`` the
    memory that this takes.
    """

    name: str
    path: Path
    origin: Origin
    size_bytes: int
    header: GgufHeader | None
    problem: StudioError | None = None
    projector: Path | None = None
    projector_bytes: int = 0

    def facts(self) -> GgufHeader:
        """Return the header.

        Raises:
            StudioError: the problem, when there is one.
        """
        if self.header is None:
            raise self.problem or StudioError(
                "model.damaged",
                tr("{name} could not be read.", name=self.name),
                tr("Download or copy it again."),
            )
        return self.header


class Shelf:
    """Lists, finds, adds and removes models. Thread-safe as far as its store is.

    Args:
        own: the person's models folder, where added ones go; made when it is needed.
        shipped: models that came with the program; may not exist.
        store: remembers names, settings and headers.
        extra: asked at each listing for the further folders of the settings.
    """

    def __init__(
        self,
        own: Path,
        shipped: Path,
        store: LibraryStore,
        extra: Callable[[], Sequence[Path]] = tuple,
    ) -> None:
        self.own = own
        self.shipped = shipped
        self._store = store
        self._extra = extra
        self._trash = Trash(own, store)
        self._notices: tuple[str, ...] = ()

    @property
    def notices(self) -> tuple[str, ...]:
        """Sentences of the last listing about folders that could not be looked into."""
        return self._notices

    def list(self, *, with_hidden: bool = False) -> list[ShelfModel]:
        """Return the models, damaged ones with their problem, in the order of their names.

        A file that has not changed since the last listing is not opened.
        """
        found = self._scan()
        facts = read_all([each.path for each in found], self._store)
        names = self._names(found)
        hidden = set() if with_hidden else self._store.hidden()
        models = [
            _model(names[each.path], each, facts[each.path])
            for each in found
            if each.path not in hidden
        ]
        return sorted(_with_projectors(models), key=lambda model: model.name.casefold())

    def find(self, name_or_path: str) -> ShelfModel:
        """Return the model with this name, file name or path.

        A path to a file that is not on the shelf is read where it is.

        Raises:
            StudioError: ``model.unknown`` with similar names, or why the file cannot be read.
        """
        hidden = self._store.hidden()
        models = self.list(with_hidden=True)
        wished = name_or_path.strip()
        for matches in (
            lambda model: model.name == wished,
            lambda model: model.name.casefold() == wished.casefold(),
            lambda model: model.path.name.casefold() == wished.casefold(),
            lambda model: _same_file(model.path, wished),
        ):
            for model in models:
                if matches(model):
                    return model
        return self._elsewhere(wished, [each for each in models if each.path not in hidden])

    def add(
        self,
        path: Path,
        *,
        copy: bool = True,
        progress: intake.Progress | None = None,
        is_cancelled: Callable[[], bool] | None = None,
    ) -> ShelfModel:
        """Put a model on the shelf, as a copy or as a link to where it is, and return it.

        One that is there already is returned as it is (and shown again if it was hidden). The
        file is checked first; nothing is ever overwritten.

        Raises:
            StudioError: what is wrong with the file, or as :func:`studio.library.intake.bring`.
        """
        path = expanded(path).absolute()
        header = read_header(path)
        present = self._present(path, header)
        if present:
            self._store.set_hidden(present.path, False)
            return present
        with worded_files(self.own):
            self.own.mkdir(mode=0o700, parents=True, exist_ok=True)
        target = intake.bring(
            path, self.own, copy=copy, progress=progress, is_cancelled=is_cancelled
        )
        return self._at(target)

    def remove(self, name_or_path: str) -> Removal:
        """Take a model off the shelf and return what :meth:`restore` needs.

        A file in the person's own models folder moves to its trash; any other is only hidden.

        Raises:
            StudioError: ``model.unknown``, or the file cannot be moved.
        """
        model = self.find(name_or_path)
        if model.path not in {each.path for each in self.list()}:
            raise StudioError(
                "model.unknown",
                tr("{name} is not on the list of models.", name=model.name),
                tr("There is nothing to remove; its file is untouched."),
            )
        return self._trash.take(model.path, model.name, hide_only=model.origin != "own")

    def show(self, file: str) -> None:
        """Put a file of the person's or the program's folder back on the list, if it is off it."""
        for folder in (self.own, self.shipped):
            self._store.set_hidden(folder / file, False)

    def trashed(self) -> Sequence[Removal]:
        """Return what was removed and can be restored, newest first.

        Told by what lies in the trash: what was deleted there by hand is forgotten, and what a
        killed program had moved there without noting it is found.
        """
        return self._trash.removals()

    def removed(self, name: str) -> Removal:
        """Return what was removed last under a name; raises ``model.not_in_trash``."""
        return self._trash.find(name)

    def restore(self, removed: Removal | str) -> ShelfModel:
        """Bring a removed model back to where it was.

        Args:
            removed: what :meth:`remove` returned, or a name: then the one removed last.

        Raises:
            StudioError: ``model.not_in_trash``; ``model.place_taken`` when another file is there
                now, ``model.missing`` when the trash was emptied by hand, or the file cannot be
                moved.
        """
        return self._at(self._trash.put_back(removed).path)

    def delete(self, removed: Removal | str) -> Removal:
        """Delete a removed model for good; one that was only hidden stays hidden.

        Raises:
            StudioError: ``model.not_in_trash``, or the file cannot be deleted.
        """
        return self._trash.delete(removed)

    def load_settings(self, model: ShelfModel) -> LoadSettings:
        """Return how a model is to be loaded."""
        return self._store.load_settings(model.path)

    def set_load_settings(self, model: ShelfModel, settings: LoadSettings) -> None:
        """Keep how a model is to be loaded."""
        self._store.set_load_settings(model.path, settings)

    def _scan(self) -> tuple[Found, ...]:
        folders: tuple[tuple[Path, Origin], ...] = (
            (self.own, "own"),
            (self.shipped, "shipped"),
            *((expanded(folder), "extra") for folder in self._extra()),
        )
        result = scan(folders)
        self._notices = tuple(result.notices)
        return tuple(result.found)

    def _names(self, found: Sequence[Found]) -> dict[Path, str]:
        wished = {each.path: title_of(each.path) for each in found}
        return self._store.names(wished, _gives_way)

    def _elsewhere(self, wished: str, models: Sequence[ShelfModel]) -> ShelfModel:
        path = expanded(wished)
        if path.suffix.lower() == ".gguf" and is_there(path):
            header = read_header(path)
            return ShelfModel(title_of(path), path.absolute(), "extra", header.size_bytes, header)
        raise _unknown(wished, [model.name for model in models])

    def _present(self, path: Path, header: GgufHeader) -> ShelfModel | None:
        """Return the model on the shelf that is this file, or has its name and content."""
        for model in self.list(with_hidden=True):
            if _same_file(model.path, str(path)):
                return model
            alike = model.size_bytes == header.size_bytes and model.path.name == path.name
            if alike and model.header and fingerprint(model.path) == fingerprint(path):
                return model
        return None

    def _at(self, path: Path) -> ShelfModel:
        for model in self.list(with_hidden=True):
            if model.path == path:
                return model
        raise StudioError(
            "model.missing",
            tr("{name} was there a moment ago and is gone.", name=path.name),
            tr("Look whether another program has moved it."),
            str(path),
        )


def is_listed(shelf: Shelf, path: Path) -> bool:
    """Tell whether a file is a model of the shelf, hidden or not."""
    return path in {model.path for model in shelf.list(with_hidden=True)}


def lasting_name(shelf: Shelf, name_or_path: str) -> str:
    """Return what finds a model again from any folder: its name, or its path if it has none.

    Raises:
        StudioError: as :meth:`Shelf.find`.
    """
    found = shelf.find(name_or_path)
    return found.name if is_listed(shelf, found.path) else str(found.path)


def _model(name: str, found: Found, facts: GgufHeader | StudioError) -> ShelfModel:
    if isinstance(facts, StudioError):
        size = sum(map(_bytes, parts_of(found.path)))
        return ShelfModel(name, found.path, found.origin, size, None, facts)
    return ShelfModel(name, found.path, found.origin, facts.size_bytes, facts)


def _with_projectors(models: Sequence[ShelfModel]) -> list[ShelfModel]:
    headers = {each.path: each.header for each in models if each.header}
    pairs = pair([Candidate(path, header) for path, header in headers.items()])
    return [
        replace(each, projector=eyes, projector_bytes=memory_of(headers[eyes]))
        if (eyes := pairs.get(each.path))
        else each
        for each in models
    ]


def _bytes(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:  # gone, or the system will not look at it
        return 0


def _gives_way(holder: Path, newcomer: Path) -> bool:
    """Tell whether a model that is on no shelf any more leaves its name to another.

    So does one that is gone, and one that lies where nobody looks any more, such as in an older
    copy of the program, with the same content.
    """
    if not is_there(holder):
        return True
    try:
        return fingerprint(holder) == fingerprint(newcomer)
    except StudioError:
        return False


def _same_file(path: Path, other: str) -> bool:
    try:
        return path.samefile(expanded(other))
    except (OSError, ValueError):
        return False


def _unknown(wished: str, names: Sequence[str]) -> StudioError:
    if not names:
        return StudioError(
            "model.unknown",
            tr("There is no model named “{wished}”: no model is here yet.", wished=wished),
            tr("Get the starter model, or add a GGUF file."),
        )
    folded = {name.casefold(): name for name in names}
    near = difflib.get_close_matches(wished.casefold(), folded, n=3, cutoff=0.5)
    near += [key for key in folded if wished.casefold() in key and key not in near]
    listed = [folded[key] for key in near[:3]] or list(names[:3])
    hint = tr("On the list: {names}.", names=all_of(listed))
    if near:
        hint = tr("Did you mean {names}?", names=any_of(listed))
    return StudioError(
        "model.unknown", tr("There is no model named “{wished}”.", wished=wished), hint
    )
