"""Where everything is kept, and how files there stay private, whole and shared between processes.

A folder is found by the first of: ``--home``, ``STUDIO_HOME``, a file named ``portable`` beside the
program, the system's own place for application data. Nothing here remembers anything: ask again and
the answer follows the environment of that moment.
"""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import platformdirs

APP_NAME = "local-ai-studio"
PORTABLE_MARKER = "portable"

_FOLDER_MODE = 0o700
_FILE_MODE = 0o600
_POLL_S = 0.01
_SHARERS = 64


@dataclass(frozen=True, slots=True)
class Paths:
    """The places the program uses.

    Attributes:
        data: the person's data folder.
        resources: icons, presets, translations and the like that come with the program.
        shipped_models: weights that come with the program; may not exist.
    """

    data: Path
    resources: Path
    shipped_models: Path

    @property
    def database(self) -> Path:
        """The one file with conversations and all else that is worth keeping."""
        return self.data / "studio.db"

    @property
    def settings(self) -> Path:
        """The file of :class:`studio.settings.Settings`."""
        return self.data / "settings.json"

    @property
    def models(self) -> Path:
        """Weights that the person added."""
        return self.data / "models"

    @property
    def logs(self) -> Path:
        """What the program noted down for finding faults."""
        return self.data / "logs"

    @property
    def states(self) -> Path:
        """KV states of conversations: a cache, may be deleted at any time."""
        return self.data / "states"

    @property
    def presets(self) -> Path:
        """Presets that the person wrote."""
        return self.data / "presets"

    @property
    def backups(self) -> Path:
        """Copies of the database."""
        return self.data / "backups"

    def ensure(self) -> None:
        """Make the folders, readable by their owner only, and prove that they can be written.

        A folder that exists keeps its mode: the person may have shared it on purpose, and every
        file in it that holds their words is owner-only anyway.

        Raises:
            OSError: a folder cannot be made or written; ``studio.storage.folder.prepare`` words it.
        """
        own = (self.models, self.logs, self.states, self.presets, self.backups)
        for folder in (self.data, *own):
            make_private_folder(folder)
        with tempfile.TemporaryFile(dir=self.data):
            pass


def find(home: Path | None = None) -> Paths:
    """Return the places to use; ``home`` is what ``--home`` named. Makes nothing."""
    bundle = _bundle_folder()
    return Paths(
        data=_data_folder(home), resources=bundle / "resources", shipped_models=bundle / "models"
    )


def _data_folder(home: Path | None) -> Path:
    named = str(home) if home is not None else os.environ.get("STUDIO_HOME", "")
    if named.strip():
        return expanded(named).resolve()
    beside = _program_folder()
    if (beside / PORTABLE_MARKER).is_file():
        return beside / "data"
    return platformdirs.user_data_path(APP_NAME, appauthor=False)


def _program_folder() -> Path:
    if not _is_frozen():
        return _checkout()
    folder = Path(sys.executable).resolve().parent
    contents = folder.parent
    if folder.name == "MacOS" and contents.name == "Contents":
        return contents.parent.parent  # a person sees Studio.app and puts the marker beside it
    return folder


def _bundle_folder() -> Path:
    if not _is_frozen():
        return _checkout()
    return Path(getattr(sys, "_MEIPASS", Path(sys.executable).resolve().parent))


def _is_frozen() -> bool:
    return bool(getattr(sys, "frozen", False))


def _checkout() -> Path:
    return Path(__file__).resolve().parent.parent


def expanded(path: Path | str) -> Path:
    """Return a path with a leading ``~`` spelled out, unless nobody here has that name."""
    try:
        return Path(path).expanduser()
    except RuntimeError:
        return Path(path)


def is_there(path: Path) -> bool:
    """Tell whether something has this name, if only a link that leads nowhere.

    What the system will not look at, such as a name that is too long, is not there.
    """
    try:
        return path.is_symlink() or path.exists()
    except OSError:
        return False


def is_folder(path: Path) -> bool:
    """Tell whether this is a folder; one that the system will not look at is none."""
    try:
        return path.is_dir()
    except OSError:
        return False


def make_private_folder(folder: Path) -> None:
    """Make a folder that only its owner may enter, whatever the umask; an existing one stays."""
    if folder.is_dir():
        return
    folder.parent.mkdir(parents=True, exist_ok=True)
    try:
        folder.mkdir(mode=_FOLDER_MODE)
    except FileExistsError:
        if not folder.is_dir():
            raise
        return  # another process was quicker
    _give_to_owner(folder, _FOLDER_MODE)


def make_private_file(path: Path) -> None:
    """Make an empty file if there is none, and give it to its owner alone.

    Raises:
        OSError: it cannot be made, or cannot be opened for writing.
    """
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, _FILE_MODE))
    _give_to_owner(path, _FILE_MODE)


def _give_to_owner(path: Path, mode: int) -> None:
    # Some media (a memory stick, a network share) know no modes; they still hold a portable copy.
    with contextlib.suppress(OSError):
        path.chmod(mode)


def write_private(path: Path, content: bytes) -> None:
    """Replace a file whole: a reader, and a power cut, see the old content or the new one.

    Raises:
        OSError: the content could not be written; the old file is untouched.
    """
    number, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")  # made with 0o600
    partial = Path(name)
    try:
        with os.fdopen(number, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        _replace(partial, path)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def _replace(source: Path, target: Path) -> None:
    """``os.replace`` with patience: Windows refuses while a virus scanner or reader holds it."""
    for pause_s in (0.02, 0.05, 0.1, 0.2, 0.4):
        try:
            source.replace(target)
        except PermissionError:
            if sys.platform != "win32":
                raise
            time.sleep(pause_s)
        else:
            return
    source.replace(target)


def sync_file(path: Path) -> None:
    """Wait until the disk has what was written to a file."""
    number = os.open(path, os.O_RDWR)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def sync_folder(folder: Path) -> None:
    """Make a rename in ``folder`` survive a power cut, where the system lets us ask for it."""
    if sys.platform == "win32":
        return
    number = os.open(folder, os.O_RDONLY)
    try:
        with contextlib.suppress(OSError):  # some network file systems refuse; the rename stands
            os.fsync(number)
    finally:
        os.close(number)


class FileLock:
    """A lock between processes that the system itself releases when its holder dies.

    The file is only the lock's name: it stays behind, empty, and is never deleted, because two
    processes could then hold "the" lock on two files of the same name.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._number: int | None = None
        self._slots: tuple[int, int] | None = None

    def acquire(self, *, shared: bool = False, timeout_s: float = 10.0) -> bool:
        """Take the lock, or change the hold one has; return whether that worked in time.

        Any number of processes may hold it ``shared``; otherwise there is one holder. After a
        failed change the earlier hold is gone too.

        Raises:
            OSError: the file cannot be made, or its file system knows no locks.
        """
        if self._number is None:
            self._number = os.open(self._path, os.O_RDWR | os.O_CREAT, _FILE_MODE)
        deadline = time.monotonic() + timeout_s
        while not self._try(self._number, shared):
            if time.monotonic() >= deadline:
                self.release()
                return False
            time.sleep(_POLL_S)
        return True

    def release(self) -> None:
        """Give the lock back; harmless when it is not held."""
        if self._number is not None:
            self._unlock(self._number)
            os.close(self._number)
            self._number = None

    @contextlib.contextmanager
    def held(self, timeout_s: float = 10.0) -> Iterator[None]:
        """Hold the lock alone for a block; raise ``TimeoutError`` (an OSError) when it is taken."""
        if not self.acquire(timeout_s=timeout_s):
            raise TimeoutError(f"{self._path} is locked by another process")
        try:
            yield
        finally:
            self.release()

    if sys.platform == "win32":
        # Windows locks ranges of bytes, always for one holder: a sharer takes any one of
        # _SHARERS bytes, a sole holder takes them all.

        def _try(self, number: int, shared: bool) -> bool:
            self._unlock(number)
            wanted = [(slot, 1) for slot in range(_SHARERS)] if shared else [(0, _SHARERS)]
            return any(self._lock_range(number, *slots) for slots in wanted)

        def _lock_range(self, number: int, start: int, length: int) -> bool:
            import msvcrt  # exists on this system only

            os.lseek(number, start, os.SEEK_SET)
            try:
                msvcrt.locking(number, msvcrt.LK_NBLCK, length)
            except PermissionError:
                return False
            self._slots = (start, length)
            return True

        def _unlock(self, number: int) -> None:
            import msvcrt  # exists on this system only

            if self._slots is not None:
                os.lseek(number, self._slots[0], os.SEEK_SET)
                msvcrt.locking(number, msvcrt.LK_UNLCK, self._slots[1])
                self._slots = None
    else:

        def _try(self, number: int, shared: bool) -> bool:
            import fcntl  # exists on this family of systems only

            try:
                fcntl.flock(number, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
            except BlockingIOError:
                return False
            return True

        def _unlock(self, number: int) -> None:
            import fcntl  # exists on this family of systems only

            fcntl.flock(number, fcntl.LOCK_UN)
