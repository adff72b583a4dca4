"""Python runs this at its start when the folder is on PYTHONPATH: it guards children of tests."""

from __future__ import annotations

import os
import sys
from pathlib import Path

_log = os.environ.get("STUDIO_NETWORK_GUARD")
if _log:
    sys.path.append(str(Path(__file__).resolve().parents[2]))
    try:
        from support import network_guard
    finally:
        sys.path.pop()
    network_guard.guard_this_process(Path(_log))
