"""Runs the program where read-only folders bind even a tester who is root."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

_MAY_ALL = "-dac_override,-dac_read_search"
_PREFIX = ("setpriv", f"--inh-caps={_MAY_ALL}", f"--bounding-set={_MAY_ALL}")

needs_modes = pytest.mark.skipif(
    sys.platform == "win32" or (os.geteuid() == 0 and shutil.which(_PREFIX[0]) is None),
    reason="here nothing can be made read-only for this program",
)


def studio(*arguments: str, home: Path) -> subprocess.CompletedProcess[str]:
    """Run the program without root's leave to write everywhere, and return what it said."""
    is_root = sys.platform != "win32" and os.geteuid() == 0
    return subprocess.run(
        [
            *(_PREFIX if is_root else ()),
            *(sys.executable, "-P", "-m", "studio", "--home", str(home), *arguments),
        ],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
