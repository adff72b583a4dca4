"""The window speaks the language that is set, or the system's where it is known."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, QObject, Qt, QTranslator
from PySide6.QtWidgets import QApplication, QDialogButtonBox

from studio import translation
from studio.translation import tr
from studio.ui.speech import speak

FOLDER = Path(__file__).parents[3] / "resources" / "translations"


@pytest.fixture
def owner(qapp: QApplication) -> Iterator[QObject]:
    """What the translators live with; afterwards all speak as before."""
    before = QLocale()
    owner = QObject()
    yield owner
    for translator in owner.findChildren(QTranslator):
        QCoreApplication.removeTranslator(translator)
    owner.deleteLater()
    translation.use(None)
    QLocale.setDefault(before)
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def test_german(owner: QObject) -> None:
    speak("de", FOLDER, owner)
    assert tr("Settings") == "Einstellungen"
    assert QLocale().toString(1.5) == "1,5"


def test_qt_speaks_german_too(owner: QObject) -> None:
    speak("de", FOLDER, owner)
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    assert box.button(QDialogButtonBox.StandardButton.Cancel).text() == "Abbrechen"


def test_numbers_choose_the_form(owner: QObject) -> None:
    speak("de", FOLDER, owner)
    one, many = (
        tr("%n model · {size}", "%n models · {size}", number, size="1 GB") for number in (1, 2)
    )
    assert (one, many) == ("1 Modell · 1 GB", "2 Modelle · 1 GB")


def test_english_where_nothing_is_translated(owner: QObject) -> None:
    speak("fi", FOLDER, owner)
    assert tr("Settings") == "Settings"
    assert tr("%n reply", "%n replies", 1200) == "1,200 replies"


def test_right_to_left(owner: QObject, qapp: QApplication) -> None:
    speak("ar", FOLDER, owner)
    assert qapp.layoutDirection() == Qt.LayoutDirection.RightToLeft
