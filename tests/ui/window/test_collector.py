"""Garbage is collected on the window's thread, and Python's own trigger comes back at the end."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from studio.ui.collector import Collector


class Circle:
    """Refers to itself, so that only the collector can take it away."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture(autouse=True)
def _python_collects() -> Iterator[None]:
    """As the program finds it; the other tests go without Python's own trigger."""
    gc.enable()
    yield
    gc.disable()


def test_it_collects_when_due_and_gives_the_trigger_back(qapp: QApplication) -> None:
    collector = Collector()
    try:
        assert not gc.isenabled()
        gone = weakref.ref(Circle())
        assert gone() is not None
        keep = [Circle() for _ in range(gc.get_threshold()[0] + 100)]
        assert keep
        collector.collect_if_due()
        assert gone() is None
    finally:
        collector.close()
    assert gc.isenabled()


def test_what_lives_to_the_end_is_not_looked_at_again(qapp: QApplication) -> None:
    collector = Collector()
    try:
        assert gc.get_freeze_count() == 0
        collector.set_aside()
        assert gc.get_freeze_count() > 10_000
        gone = weakref.ref(Circle())
        gc.collect()
        assert gone() is None
    finally:
        collector.close()
    assert gc.get_freeze_count() == 0
