"""Opens connections to SQLite files, each with the same promises."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from studio.errors import StudioError
from studio.paths import make_private_file
from studio.translation import tr

BUSY_MS = 10_000
_WAL_LIMIT_BYTES = 64 << 20


def own(path: Path) -> None:
    """Make the file if there is none, and give it and its companions to its owner alone.

    SQLite makes ``-wal`` and ``-shm`` with the mode of the file itself, whatever the umask.

    Raises:
        OSError: the file cannot be made or written.
    """
    make_private_file(path)
    for companion in companions(path):
        if companion.exists():
            make_private_file(companion)


def companions(path: Path) -> tuple[Path, Path]:
    """Return the write-ahead log and the shared index that SQLite keeps beside ``path``."""
    return path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")


def connect(path: Path) -> sqlite3.Connection:
    """Open an existing file for reading and writing.

    WAL lets readers and a writer work at once; with it, ``synchronous=NORMAL`` cannot damage the
    file, but a power cut takes back what the system had not yet put on the disk by itself, unless
    it was written while :func:`syncing`. Statements outside a transaction commit at once. The
    connection may be closed from any thread but is used by one.

    Raises:
        sqlite3.Error: SQLite cannot open or read the file.
    """
    conn = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=rw",  # mode=rw: never make a file with a wider mode
        uri=True,
        timeout=BUSY_MS / 1000,
        isolation_level=None,
        check_same_thread=False,
    )
    try:
        conn.execute("PRAGMA journal_mode=WAL")
        conn.execute("PRAGMA synchronous=NORMAL")
        conn.execute("PRAGMA fullfsync=ON")  # on macOS a sync alone leaves it in the disk's cache
        conn.execute("PRAGMA foreign_keys=ON")
        conn.execute(f"PRAGMA journal_size_limit={_WAL_LIMIT_BYTES}")
    except BaseException:
        conn.close()
        raise
    return conn


@contextlib.contextmanager
def syncing(conn: sqlite3.Connection) -> Iterator[None]:
    """Have each commit within the block wait until the disk has it; not inside a transaction."""
    conn.execute("PRAGMA synchronous=FULL")
    try:
        yield
    finally:
        conn.execute("PRAGMA synchronous=NORMAL")


def connect_still(path: Path) -> sqlite3.Connection:
    """Open a file that nobody writes, such as a backup, for reading; leaves no file beside it.

    Raises:
        sqlite3.Error: SQLite cannot open the file.
    """
    return sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True, isolation_level=None
    )


_TRIGRAMS_SINCE = (3, 34)


def require_full_text_search(conn: sqlite3.Connection) -> None:
    """Raise ``StudioError`` ``database.no_full_text`` without FTS5 and its trigrams (3.34)."""
    has_module = conn.execute("SELECT 1 FROM pragma_module_list WHERE name = 'fts5'").fetchone()
    if has_module and sqlite3.sqlite_version_info >= _TRIGRAMS_SINCE:
        return
    if has_module:
        raise StudioError(
            "database.no_full_text",
            tr(
                "The SQLite {version} of this Python is too old to search text.",
                version=sqlite3.sqlite_version,
            ),
            tr("Use a Python with SQLite 3.34 or newer, such as the one from python.org."),
        )
    raise StudioError(
        "database.no_full_text",
        tr(
            "The SQLite {version} of this Python cannot search text (FTS5).",
            version=sqlite3.sqlite_version,
        ),
        tr("Use a Python whose SQLite has FTS5, such as the one from python.org."),
    )
