"""Has the window speak the person's language: its own words, Qt's words, dates, and direction."""

from __future__ import annotations

import logging
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QObject, QTranslator
from PySide6.QtGui import QGuiApplication

from studio import numerals, translation

ENGLISH = "en"

_MOST = 2**63  # above, Qt takes no whole number

_log = logging.getLogger(__name__)


def speak(language: str, folder: Path, owner: QObject) -> None:
    """Use a language from now on; what is shown already stays as it is.

    Args:
        language: its code, such as ``de``; ``system`` for the system's, if it is known here.
        folder: where ``studio_CODE.qm`` are.
        owner: the translators live as long as it does.
    """
    if language != "system":
        QLocale.setDefault(QLocale(language))
    locale = QLocale()
    QGuiApplication.setLayoutDirection(locale.textDirection())
    own = None if locale.language() == QLocale.Language.English else _load(locale, folder, owner)
    translation.use(None if own is None else partial(_told, own))
    # Words that stay English have English numbers in them.
    speaks = own is not None or locale.language() == QLocale.Language.English
    numerals.use(_written if speaks else None)


def _load(locale: QLocale, folder: Path, owner: QObject) -> QTranslator | None:
    own, qt = QTranslator(owner), QTranslator(owner)
    if not own.load(locale, "studio", "_", str(folder)):
        _log.info("there is no translation into %s", locale.name())
        return None
    QCoreApplication.installTranslator(own)
    qt_folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if qt.load(locale, "qtbase", "_", qt_folder):
        QCoreApplication.installTranslator(qt)
    return own


def _told(own: QTranslator, text: str, many: str, count: int) -> str:
    # Asked itself, since QCoreApplication would put the number in as English digits.
    return own.translate("", text, many, count) or (text if count in (-1, 1) else many)


def _written(value: float, digits: int) -> str:
    locale = QLocale()
    if not isinstance(value, int) or digits:
        return locale.toString(float(value), "f", digits)
    if abs(value) < _MOST:
        return locale.toString(value)
    return f"{value:,}".replace(",", locale.groupSeparator())
