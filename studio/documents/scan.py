"""Walks what was added to a collection and tells which files are there, and what is left out.

Nothing is opened: names, sizes and times are all that is looked at. Links are followed, each
folder once, so that links in a circle come to an end.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from studio.documents.ignoring import USUAL, Ignored
from studio.documents.sources import Source, device_of

Reason = Literal["ignored", "hidden", "too_large", "seen_before", "not_a_file", "dead_link", "own"]

EXAMPLES = 20  # of what was left out, per reason

_HIDDEN = getattr(stat, "UF_HIDDEN", 0x8000)  # what a person has hidden in the Finder


@dataclass(frozen=True, slots=True)
class Rules:
    """Which files of a folder are taken.

    Attributes:
        ignore: patterns in the manner of ``.gitignore``.
        hidden: whether hidden files and folders are taken too.
        most_bytes: the size of the largest file that is.
        own: the program's data folder, into which no scan goes.
    """

    ignore: tuple[str, ...] = USUAL
    hidden: bool = False
    most_bytes: int = 200 << 20
    own: Path | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A file that is there; ``source`` is the id of what it was found in."""

    path: Path
    size_bytes: int
    modified_ns: int
    source: str


@dataclass(slots=True)
class LeftOut:
    """What was left out for one reason: how many files and folders, and some of them."""

    count: int = 0
    examples: list[Path] = field(default_factory=list)


@dataclass(slots=True)
class Scan:
    """What a scan has seen.

    Attributes:
        found: each path once, under the source that was added first.
        left_out: by reason.
        unreadable: folders and files that could not be looked at, and what the system said; what
            is known of them is to be kept.
        absent: sources that are gone as a whole, or whose drive is not connected; likewise.
        is_whole: ``False`` when it was stopped.
    """

    found: list[Found] = field(default_factory=list)
    left_out: dict[Reason, LeftOut] = field(default_factory=dict)
    unreadable: dict[Path, str] = field(default_factory=dict)
    absent: list[Source] = field(default_factory=list)
    is_whole: bool = True

    def leave_out(self, path: str, reason: Reason) -> None:
        """Count something that is not taken."""
        left = self.left_out.setdefault(reason, LeftOut())
        left.count += 1
        if len(left.examples) < EXAMPLES:
            left.examples.append(Path(path))


def scan(
    sources: Iterable[Source], rules: Rules, must_stop: Callable[[], bool] = lambda: False
) -> Scan:
    """Walk sources, in their order; ``must_stop`` is asked at each folder."""
    done = Scan()
    seen: set[str] = set()
    for source in sources:
        for path, size_bytes, modified_ns in walk(source, rules, done, must_stop):
            if path not in seen:
                seen.add(path)
                done.found.append(Found(Path(path), size_bytes, modified_ns, source.id))
    return done


def walk(
    source: Source, rules: Rules, told: Scan, must_stop: Callable[[], bool] = lambda: False
) -> Iterator[tuple[str, int, int]]:
    """Yield path, size and time of each file of a source; the rest goes to ``told``."""
    if source.kind == "text":
        yield str(source.path), source.size_bytes, int(source.added_at.timestamp() * 1e6) * 1_000
        return
    try:
        there = source.path.stat()
    except OSError as error:
        _tell_no_source(source, error, told)
        return
    if source.kind == "folder" and stat.S_ISDIR(there.st_mode):
        yield from _Walk(source, rules, told, must_stop).run(there)
    elif source.kind == "file" and stat.S_ISREG(there.st_mode):
        if there.st_size > rules.most_bytes:  # it was added by name, so no pattern keeps it out
            told.leave_out(str(source.path), "too_large")
        else:
            yield str(source.path), there.st_size, there.st_mtime_ns
    else:
        told.absent.append(source)


class _Walk:
    def __init__(
        self, source: Source, rules: Rules, told: Scan, must_stop: Callable[[], bool]
    ) -> None:
        self._source = source
        self._top = os.fspath(source.path)
        self._rules = rules
        self._ignored = Ignored(rules.ignore)
        self._own = os.path.realpath(rules.own) if rules.own else ""
        self._told = told
        self._must_stop = must_stop
        self._been: set[tuple[int, int] | str] = set()
        self._linked: list[str] = []  # come last, so that a folder goes by its own name

    def run(self, there: os.stat_result) -> Iterator[tuple[str, int, int]]:
        """Yield the files, folder by folder."""
        folders = [self._top]
        self._been.add(_key(self._top, there))
        while folders or self._linked:
            if self._must_stop():
                self._told.is_whole = False
                return
            folder = folders.pop() if folders else self._unseen(self._linked.pop())
            entries = self._entries(folder) if folder else ()
            if folder == self._top and not entries and self._is_elsewhere(there):
                self._told.absent.append(self._source)
            for entry in entries:
                file = self._file(entry, folders)
                if file is not None:
                    yield file
        self._look_back(there)

    def _look_back(self, there: os.stat_result) -> None:
        """Note a source that went meanwhile: a drive that was pulled out looks like empty."""
        try:
            is_there = _key(self._top, self._source.path.stat()) == _key(self._top, there)
        except OSError:
            is_there = False
        if not is_there and self._source not in self._told.absent:
            self._told.absent.append(self._source)

    def _is_elsewhere(self, there: os.stat_result) -> bool:
        """Tell whether an empty folder is but the place of a drive that is not connected."""
        return bool(self._source.device) and str(there.st_dev) != self._source.device

    def _entries(self, folder: str) -> Sequence[os.DirEntry[str]]:
        try:
            with os.scandir(folder) as listing:
                return sorted(listing, key=lambda entry: entry.name)
        except FileNotFoundError:  # it went meanwhile
            return ()
        except OSError as error:
            self._told.unreadable[Path(folder)] = str(error.strerror or error)
        return ()

    def _file(self, entry: os.DirEntry[str], folders: list[str]) -> tuple[str, int, int] | None:
        """Return a file that is taken; a folder is put with those to go into."""
        try:
            is_folder = entry.is_dir()
            there = Path(entry.path).stat() if is_folder else entry.stat()
            reason = self._reason(entry, is_folder, there)
        except OSError as error:  # links in a circle, too
            self._tell_unreadable(entry, error)
            return None
        if reason is not None:
            self._told.leave_out(entry.path, reason)
        elif not is_folder:
            return entry.path, there.st_size, there.st_mtime_ns
        elif entry.is_symlink():
            self._linked.append(entry.path)
        elif (unseen := self._unseen(entry.path, there)) is not None:
            folders.append(unseen)
        return None

    def _reason(
        self, entry: os.DirEntry[str], is_folder: bool, there: os.stat_result
    ) -> Reason | None:
        """Return why something is left out."""
        rules = self._rules
        if not rules.hidden and (entry.name.startswith(".") or _is_marked_hidden(there)):
            return "hidden"
        below = entry.path[len(self._top) :].lstrip(os.sep).replace(os.sep, "/")
        if self._ignored.holds(below, is_folder=is_folder):
            return "ignored"
        if self._is_own(entry, is_folder):
            return "own"
        if is_folder:
            return None
        if not stat.S_ISREG(there.st_mode):
            return "not_a_file"
        return "too_large" if there.st_size > rules.most_bytes else None

    def _is_own(self, entry: os.DirEntry[str], is_folder: bool) -> bool:
        """Tell whether something belongs to the program; links may lead into the midst of that."""
        if not self._own or not (is_folder or entry.is_symlink()):
            return False
        there = os.path.realpath(entry.path) if entry.is_symlink() else entry.path
        return f"{there}{os.sep}".startswith(f"{self._own}{os.sep}")

    def _tell_unreadable(self, entry: os.DirEntry[str], error: OSError) -> None:
        if not isinstance(error, FileNotFoundError):
            self._told.unreadable[Path(entry.path)] = str(error.strerror or error)
        elif entry.is_symlink():
            self._told.leave_out(entry.path, "dead_link")

    def _unseen(self, folder: str, there: os.stat_result | None = None) -> str | None:
        """Return a folder that is to be gone into, the first time it is met."""
        try:
            key = _key(folder, there or Path(folder).stat())
        except OSError:  # it went meanwhile
            return None
        if key in self._been:
            self._told.leave_out(folder, "seen_before")
            return None
        self._been.add(key)
        return folder


def _is_marked_hidden(there: os.stat_result) -> bool:
    if sys.platform == "win32":
        return bool(there.st_file_attributes & stat.FILE_ATTRIBUTE_HIDDEN)
    return bool(getattr(there, "st_flags", 0) & _HIDDEN)


def _key(path: str, there: os.stat_result) -> tuple[int, int] | str:
    """Return what tells a folder from others; not every file system numbers them."""
    return (there.st_dev, there.st_ino) if there.st_ino else os.path.realpath(path)


def _tell_no_source(source: Source, error: OSError, told: Scan) -> None:
    """Note a source that is not there, but for a file that was deleted by itself."""
    if isinstance(error, FileNotFoundError) and source.kind == "file":
        if source.device and device_of(source.path.parent) == source.device:
            return
    elif not isinstance(error, FileNotFoundError | NotADirectoryError):
        told.unreadable[source.path] = str(error.strerror or error)
    told.absent.append(source)
