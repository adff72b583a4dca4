"""Makes the data folder ready for use, and says in words why when that is not possible."""

from __future__ import annotations

from studio.paths import Paths
from studio.storage.failures import worded_files


def prepare(paths: Paths) -> None:
    """Make the folders of ``paths`` and prove that they can be written.

    Raises:
        StudioError: ``data.read_only``, ``disk.full`` or ``disk.failed``.
    """
    with worded_files(paths.data):
        paths.ensure()
