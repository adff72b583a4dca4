"""Bytes in words: files in steps of 1000, memory in steps of 1024, never promising too much."""

from __future__ import annotations

import pytest

from studio.sizes import FILE_GB, MEMORY_GB, file_size, memory_free, memory_needed


@pytest.mark.parametrize(
    ("size_bytes", "words"),
    [
        (0, "0 B"),
        (999, "999 B"),
        (1000, "1.0 kB"),
        (999_499, "999 kB"),
        (999_500, "1.0 MB"),
        (9_949_999, "9.9 MB"),
        (9_950_000, "10 MB"),
        (98_362_432, "98 MB"),
        (4_700_000_000, "4.7 GB"),
        (4 * 10**15, "4,000 TB"),
    ],
)
def test_files_count_as_shops_do(size_bytes: int, words: str) -> None:
    assert file_size(size_bytes) == words


@pytest.mark.parametrize(
    ("size_bytes", "needed", "free"),
    [
        (0, "0.1 GB", "0.0 GB"),
        (1, "0.1 GB", "0.0 GB"),
        (MEMORY_GB, "1.0 GB", "1.0 GB"),
        (MEMORY_GB + 1, "1.1 GB", "1.0 GB"),
        (5 * FILE_GB, "4.7 GB", "4.6 GB"),
        (24 * MEMORY_GB - 1, "24 GB", "23 GB"),
    ],
)
def test_memory_counts_as_systems_do(size_bytes: int, needed: str, free: str) -> None:
    assert memory_needed(size_bytes) == needed
    assert memory_free(size_bytes) == free
