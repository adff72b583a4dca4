"""The one rule for sizes: what lies on a disk counts in steps of 1000, memory in steps of 1024.

Shops and download pages sell and count files in powers of ten; systems count memory, and so does
llama.cpp, in powers of two. So ``98 MB`` of a file are 98 · 10⁶ bytes, and ``1 GB`` of main memory,
graphics memory, of a model's need or of the reserve are 1024³. Everything that turns bytes into
words or a setting in GB into bytes takes its unit from here.
"""

from __future__ import annotations

import math

from studio.numerals import number

FILE_KB = 1000
FILE_MB = 1000**2
FILE_GB = 1000**3
MEMORY_MB = 1024**2
MEMORY_GB = 1024**3

_FILE_UNITS = ("kB", "MB", "GB", "TB")


def file_size(size_bytes: int) -> str:
    """Return the size of a file, a download or free disk space, such as ``98 MB``."""
    value, digits, unit = in_file_unit(size_bytes)
    return f"{number(value, digits)} {unit}"


def in_file_unit(size_bytes: int) -> tuple[float, int, str]:
    """Return such a size in the unit that suits it, the digits worth showing, and the unit."""
    if size_bytes < FILE_KB:
        return size_bytes, 0, "B"
    value, unit = size_bytes / FILE_KB, 0
    while round(value) >= 1000 and unit < len(_FILE_UNITS) - 1:
        value, unit = value / 1000, unit + 1
    return value, 1 if value < 9.95 else 0, _FILE_UNITS[unit]


def memory_needed(size_bytes: int) -> str:
    """Return memory that is needed, such as ``5.3 GB``: rounded up, and never nothing."""
    tenths = max(1, math.ceil(size_bytes / MEMORY_GB * 10))
    if tenths < 100:
        return f"{number(tenths / 10, 1)} GB"
    return f"{number(math.ceil(size_bytes / MEMORY_GB))} GB"


def memory_free(size_bytes: int) -> str:
    """Return memory that is free or can be given, such as ``8.0 GB``: rounded down."""
    tenths = max(0, math.floor(size_bytes / MEMORY_GB * 10))
    if tenths < 100:
        return f"{number(tenths / 10, 1)} GB"
    return f"{number(math.floor(size_bytes / MEMORY_GB))} GB"
