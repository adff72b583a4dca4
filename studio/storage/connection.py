"""Opens connections to SQLite files, each with the same promises."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from studio.errors import StudioError
from studio.paths import make_private_file

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
    file, and a power cut costs at most the last moments. Statements outside a transaction commit
    at once. The connection may be closed from any thread but is used by one.

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
        conn.execute("PRAGMA foreign_keys=ON")
        conn.execute(f"PRAGMA journal_size_limit={_WAL_LIMIT_BYTES}")
    except BaseException:
        conn.close()
        raise
    return conn


def connect_still(path: Path) -> sqlite3.Connection:
    """Open a file that nobody writes, such as a backup, for reading; leaves no file beside it.

    Raises:
        sqlite3.Error: SQLite cannot open the file.
    """
    return sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True, isolation_level=None
    )


def require_full_text_search(conn: sqlite3.Connection) -> None:
    """Raise ``StudioError`` ``database.no_full_text`` when this SQLite was built without FTS5."""
    if conn.execute("SELECT 1 FROM pragma_module_list WHERE name = 'fts5'").fetchone():
        return
    raise StudioError(
        "database.no_full_text",
        f"The SQLite {sqlite3.sqlite_version} of this Python cannot search text (FTS5).",
        "Use a Python whose SQLite has FTS5, such as the one from python.org.",
    )
