"""A machine whose free memory a test can change."""

from __future__ import annotations

from dataclasses import replace

from studio.library.hardware import Hardware

_GB = 1024**3


class Machine:
    """Stands in for the hardware: roomy at first, without a graphics card."""

    def __init__(self) -> None:
        self.now = Hardware("a processor", 4, 8, frozenset(), 16 * _GB, 8 * _GB)

    def fill(self) -> None:
        """Leave no memory free."""
        self.now = replace(self.now, ram_available=0)
