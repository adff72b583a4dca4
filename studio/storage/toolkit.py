"""Imports sqlite-utils without what it only looks for.

WORKAROUND: sqlite-utils imports numpy and pandas when they are installed, to know the types of
their numbers (`sqlite_utils.db`). No such number ever goes into our tables, and the import costs
every start of the window a tenth of a second and 20 MB. To be dropped when sqlite-utils looks for
them only at need.
"""

from __future__ import annotations

import sys
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3

    import sqlite_utils

_UNWANTED = ("numpy", "pandas")
_lock = threading.Lock()


def wrap(connection: sqlite3.Connection) -> sqlite_utils.Database:
    """Return sqlite-utils' view of a connection; its plugins are not loaded."""
    with _lock:
        hidden = [name for name in _UNWANTED if name not in sys.modules]
        for name in hidden:
            sys.modules[name] = None  # type: ignore[assignment]  # makes an import fail at once
        try:
            import sqlite_utils  # costs a tenth of a second, which opening need not wait for
        finally:
            for name in hidden:
                del sys.modules[name]
    return sqlite_utils.Database(connection, execute_plugins=False)
