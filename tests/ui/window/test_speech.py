"""The window speaks the language that is set, or the system's where it is known."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, QObject, Qt, QTranslator
from PySide6.QtWidgets import QApplication, QDialogButtonBox

from studio import numerals, translation
from studio.sizes import file_size, memory_free, memory_needed
from studio.translation import tr
from studio.ui.speech import speak
from studio.ui.widgets import quantities

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
    numerals.use(None)
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


def test_numbers_are_written_in_german(owner: QObject) -> None:
    speak("de", FOLDER, owner)
    assert tr("%n reply", "%n replies", 1200).startswith("1.200 ")
    assert tr("{count:,} from the preset", count=12_345).startswith("12.345 ")
    assert tr("{number:.0f} tokens a second", number=1234.4).startswith("1.234 ")
    assert tr("{value} is less than {limit:,}.", value=1, limit=-0.5).endswith(" -0,5.")
    assert tr("{value} is less than {limit:,}.", value=1, limit=10**20).endswith(
        " 100.000.000.000.000.000.000."
    )


def test_sizes_are_written_in_german_wherever_they_are_said(owner: QObject) -> None:
    speak("de", FOLDER, owner)
    assert file_size(1_500_000_000) == quantities.file_size(1_500_000_000) == "1,5 GB"
    assert file_size(5_000_000_000_000_000) == "5.000 TB"
    assert (memory_needed(2**30 + 1), memory_free(2**30)) == ("1,1 GB", "1,0 GB")
    assert quantities.count(1_234_567) == "1.234.567"


def test_english_words_have_english_numbers_in_them(owner: QObject) -> None:
    speak("fi", FOLDER, owner)
    assert file_size(1_500_000_000) == quantities.file_size(1_500_000_000) == "1.5 GB"
    assert quantities.count(1_234_567) == "1,234,567"
    speak("en", FOLDER, owner)
    assert tr("{count:,} from the preset", count=12_345) == "12,345 from the preset"


def test_what_is_not_translated_yet_still_counts_in_german(owner: QObject) -> None:
    speak("de", FOLDER, owner)
    one, many = "%n thing nobody has translated", "%n things nobody has translated"
    told = [translation.tr(one, many, number) for number in (1, 2_000)]
    assert told == ["1 thing nobody has translated", "2.000 things nobody has translated"]


def test_english_where_nothing_is_translated(owner: QObject) -> None:
    speak("fi", FOLDER, owner)
    assert tr("Settings") == "Settings"
    assert tr("%n reply", "%n replies", 1200) == "1,200 replies"


def test_right_to_left(owner: QObject, qapp: QApplication) -> None:
    speak("ar", FOLDER, owner)
    assert qapp.layoutDirection() == Qt.LayoutDirection.RightToLeft
