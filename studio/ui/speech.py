"""Has the window speak the person's language: its own words, Qt's words, dates, and direction."""

from __future__ import annotations

import logging
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QObject, QTranslator
from PySide6.QtGui import QGuiApplication

from studio import translation

ENGLISH = "en"

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
    if locale.language() == QLocale.Language.English or not _load(locale, folder, owner):
        translation.use(None)
        return
    translation.use(_from_qt)


def _load(locale: QLocale, folder: Path, owner: QObject) -> bool:
    own, qt = QTranslator(owner), QTranslator(owner)
    if not own.load(locale, "studio", "_", str(folder)):
        _log.info("there is no translation into %s", locale.name())
        return False
    QCoreApplication.installTranslator(own)
    qt_folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if qt.load(locale, "qtbase", "_", qt_folder):
        QCoreApplication.installTranslator(qt)
    return True


def _from_qt(text: str, many: str, count: int) -> str:
    return QCoreApplication.translate("", text, many, count)
