"""What every test gets: a profile of its own, no network, and a check that it ends in silence."""

from __future__ import annotations

import gc
import itertools
import logging
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from support import leaks
from support.network_guard import NetworkGuard

_ENVIRONMENT = {
    "QT_QPA_PLATFORM": "offscreen",
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "HF_DATASETS_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "DO_NOT_TRACK": "1",
    # The engine's threads wait without spinning: a third slower alone, but a busy machine does not
    # bring them to a standstill.
    "OMP_WAIT_POLICY": "passive",
}
_FULL_COLLECTION = 200  # tests
_LONG = {"weights", "processes", "architecture"}  # folders whose files take a minute
_count = itertools.count(1)
_scratch = tempfile.TemporaryDirectory(prefix="studio-tests-")
_guard = NetworkGuard(Path(_scratch.name) / "network.log")


def pytest_configure() -> None:
    """Close the network before anything is collected, for this process and its children."""
    os.environ.update(_ENVIRONMENT)
    # Else every program and worker that a test starts would compile the same code anew.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    # As in the program (studio/ui/collector.py): never on a thread that is not Qt's.
    gc.disable()
    _guard.install()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the long files where several processes share the run: none is to be left last."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        items.sort(key=lambda item: not _LONG & set(item.path.parts))


def pytest_sessionfinish() -> None:
    """Let Qt end while Python is whole: workers first, then what waits to be deleted."""
    widgets = sys.modules.get("PySide6.QtWidgets")
    core = sys.modules.get("PySide6.QtCore")
    if core is not None:
        core.QThreadPool.globalInstance().waitForDone()
    if widgets is not None and core is not None and widgets.QApplication.instance() is not None:
        # Without a screen the clipboard is freed after Python has ended, and what a test has put
        # there would still ask for it.
        widgets.QApplication.clipboard().clear()
        for widget in widgets.QApplication.topLevelWidgets():
            widget.deleteLater()
        core.QCoreApplication.sendPostedEvents(None, core.QEvent.Type.DeferredDelete)
    gc.collect()


def pytest_unconfigure() -> None:
    """Take the run's scratch folder away."""
    _scratch.cleanup()


def pytest_report_header() -> str:
    """Say how far the promise of this run reaches."""
    kernel = "loopback only, by the kernel" if _guard.isolated else "watched in Python only"
    return f"network: {kernel}"


@pytest.fixture(scope="session")
def network_guard() -> NetworkGuard:
    """Return the run's guard; a test that provokes it takes the attempts itself."""
    return _guard


@pytest.fixture(autouse=True)
def profile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Point the program, and whatever else keeps data per person, at folders of this test."""
    home = tmp_path / "profile"
    monkeypatch.setenv("STUDIO_HOME", str(home))
    for variable in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(variable, str(tmp_path / variable.lower()))
    return home


@pytest.fixture(autouse=True)
def _leaves_nothing_behind(profile: Path) -> Iterator[None]:
    before = leaks.living()
    yield
    left = leaks.left_behind(before)
    if left:
        leaks.end_children(before)
        pytest.fail("\n".join(left), pytrace=False)


@pytest.fixture(autouse=True)
def _collects_between_tests(_leaves_nothing_behind: None) -> Iterator[None]:
    yield
    is_left_on = gc.isenabled()
    gc.disable()
    gc.collect(2 if next(_count) % _FULL_COLLECTION == 0 else 1)
    if is_left_on:
        pytest.fail(
            "This test left Python's own collector switched on, which may destroy Qt objects on "
            "any thread. Call gc.disable() at its end.",
            pytrace=False,
        )


@pytest.fixture(autouse=True)
def _stays_offline(_leaves_nothing_behind: None) -> Iterator[None]:
    _guard.take()
    yield
    attempts = _guard.take()
    if attempts:
        pytest.fail(
            "This test reached beyond loopback:\n  "
            + "\n  ".join(attempts)
            + "\nThe program is offline unless the person presses a download button; "
            "give the code a local file or a loopback server instead.",
            pytrace=False,
        )


class _Collector(logging.Handler):
    """Keeps every record from WARNING up."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.told: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.told.append(f"{record.levelname} {record.name}: {record.getMessage()}")


@pytest.fixture(autouse=True)
def _logs_no_warning(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail on a warning in the log, unless the test asks for ``caplog`` and so reads it itself."""
    collector = _Collector()
    logging.getLogger().addHandler(collector)
    yield
    logging.getLogger().removeHandler(collector)
    if collector.told and "caplog" not in request.fixturenames:
        pytest.fail(
            "This test logged warnings that it did not expect:\n  "
            + "\n  ".join(collector.told)
            + "\nIf they are right, request the fixture `caplog` and assert them.",
            pytrace=False,
        )
