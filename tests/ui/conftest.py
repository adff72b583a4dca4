"""What every test of the window gets: no screen, the real theme, the real resources."""

from __future__ import annotations

import os

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from studio.ui.theme import Theme

RESOURCES = Path(__file__).parents[2] / "resources"
_KINDS = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Expect what the platform without a screen says of size limits and raising windows."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support"))


class PatientBot(QtBot):
    """Waits for as long as a busy machine may take."""

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = 20_000) -> None:
        super().waitUntil(callback, timeout=timeout)


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    """Return the robot of pytest-qt, with more patience."""
    return PatientBot(request)


@pytest.fixture(scope="session")
def resources() -> Path:
    return RESOURCES


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    """The real theme, in light, applied to the application of the test."""
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    theme = Theme(RESOURCES)
    theme.set_mode("light")
    theme.apply(qapp)
    yield theme
    theme.deleteLater()
    qapp.setStyleSheet("")


@pytest.fixture
def actionable() -> Callable[[QWidget], list[QWidget]]:
    """Return a function that lists every widget below another that a person can act on.

    Parts that Qt itself puts into a control (the line of a spin box, the list of a drop-down, the
    buttons of a line) belong to the control.
    """

    def walk(root: QWidget) -> list[QWidget]:
        found: list[QWidget] = []
        for child in root.children():
            if isinstance(child, _KINDS):
                if not child.objectName().startswith("qt_"):
                    found.append(child)
            elif isinstance(child, QWidget):
                found.extend(walk(child))
        return found

    return walk
