"""Every word of the window goes through the translation: none is left in English."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from support.desktop import no_worker, opened, put_models
from support.listed import listed
from support.words_on_show import CLOSE, OPEN, bare, in_brackets, texts

from studio import translation
from studio.app import Desktop
from studio.assembly import open_data
from studio.ui.library.page import ModelsTab
from studio.ui.settings.page import SettingsPage
from studio.ui.widgets.banner import Banner
from studio.ui.widgets.confirm import confirm_dialog
from studio.ui.widgets.markdown.link_dialog import link_dialog
from studio.ui.widgets.rail import RailButton

ADDRESS = "mailto:a@b.c"
NAMES = ("tiny", "broken", "SmolLM2-135M-Instruct.Q4_1", "Apache-2.0", "qwen3", "F32", "F16")
BRANDS = ("Local AI Studio", "English", "Deutsch", "YaRN", "LongRoPE")
TECHNICAL = ("n_threads", "yarn_orig_ctx", "yarn_ext_factor", "yarn_attn_factor", "yarn_beta_fast",
             "yarn_beta_slow", "swa_full", "seed")  # fmt: skip
APART = ("chat_tab",)  # test_every_word_of_chats looks at it


@pytest.fixture
def data(profile: Path) -> tuple[str, ...]:
    """What is no word of the program: names of models, families, folders, brands."""
    families = QFontDatabase.families()
    return (*NAMES, *BRANDS, *TECHNICAL, *families, str(profile))


@pytest.fixture
def desktop(profile: Path, qapp: QApplication, qtbot: QtBot) -> Iterator[Desktop]:
    """The window with two models on its shelf, of which one is damaged, speaking in brackets."""
    translation.use(in_brackets)
    try:
        with ExitStack() as windows:
            parts = open_data(profile, no_worker)
            put_models(parts)
            made = windows.enter_context(opened(parts, qapp))
            qtbot.waitUntil(lambda: made.status.is_running, timeout=20_000)
            yield made
    finally:
        translation.use(None)


def english(root: QWidget, data: tuple[str, ...]) -> list[str]:
    """Return the texts in which something was left in English, and where they stand."""
    found = list(texts(root, APART))
    assert sum(OPEN in text for _, text in found) > 3, "too little was looked at"
    return [f"{place}: {text!r}" for place, text in found if bare(text, data)]


def models_of(desktop: Desktop, qtbot: QtBot) -> ModelsTab:
    page = desktop.window.open_room("models")
    assert isinstance(page, ModelsTab)
    qtbot.waitUntil(lambda: set(listed(page.side.list)) >= {"tiny", "broken"}, timeout=20_000)
    return page


@pytest.mark.parametrize("room", ["chat", "documents", "images", "models", "settings"])
def test_a_room_and_the_frame_around_it(
    desktop: Desktop, data: tuple[str, ...], qtbot: QtBot, room: str
) -> None:
    if room == "models":
        models_of(desktop, qtbot)
    desktop.window.open_room(room)
    desktop.window.status.tell(
        connections=2, model="tiny", model_bytes=98_000_000, device="CPU", tokens_per_s=12.0
    )
    assert english(desktop.window, (*data, "CPU")) == []
    assert desktop.window.findChildren(RailButton)


@pytest.mark.parametrize("name", ["tiny", "broken"])
def test_a_model_in_full(desktop: Desktop, data: tuple[str, ...], qtbot: QtBot, name: str) -> None:
    models = models_of(desktop, qtbot)
    models.select(name)
    qtbot.waitUntil(lambda: getattr(models.details.entry, "name", "") == name)
    models.progress.begin(translation.tr("Getting the starter model"), lambda: None)
    models.progress.advance(1e6, 98e6, 130.0, "")
    QTest.qWait(0)
    assert english(models, data) == []
    assert (models.details.banner.isVisible()) == (name == "broken")


def test_removed_models_and_what_is_asked_of_them(
    desktop: Desktop, data: tuple[str, ...], qtbot: QtBot
) -> None:
    models = models_of(desktop, qtbot)
    models.select("tiny")
    qtbot.waitUntil(lambda: getattr(models.details.entry, "name", "") == "tiny")
    entry = models.details.entry
    assert entry is not None
    models.remove(entry)
    qtbot.waitUntil(lambda: OPEN in desktop.window.toasts.words(), timeout=20_000)
    models.left.show_trash()
    trash = models.left.trash.list
    qtbot.waitUntil(lambda: listed(trash) == ["tiny"], timeout=20_000)
    assert english(desktop.window, data) == []
    models.left.trash.delete()
    (dialog,) = models.findChildren(QDialog)
    assert english(dialog, data) == []
    dialog.reject()


def test_no_model_at_all(desktop: Desktop, data: tuple[str, ...], qtbot: QtBot) -> None:
    assert english(models_of(desktop, qtbot).first_start, data) == []


def test_a_failure_is_told_in_words_that_were_translated(
    desktop: Desktop, data: tuple[str, ...], qtbot: QtBot, tmp_path: Path
) -> None:
    page = tmp_path / "page.gguf"
    page.write_text("<!doctype html><html></html>")
    models = models_of(desktop, qtbot)
    models.add([page])
    qtbot.waitUntil(models.banner.isVisible, timeout=20_000)
    assert bare(models.banner.text(), ("page.gguf", *data)) == ""
    assert english(models.banner, ("page.gguf", *data)) == []


def test_settings_are_found_by_their_words_in_both_languages(
    desktop: Desktop, qtbot: QtBot
) -> None:
    page = desktop.window.open_room("settings")
    assert isinstance(page, SettingsPage)
    for words in ("Text size", f"{OPEN}Text size{CLOSE}", "font size"):
        page.search.setText(words)
        QTest.keyClick(page.search, Qt.Key.Key_Return)
        qtbot.waitUntil(page.row("appearance.text_size").isVisible)
        assert not page.row("privacy.confirm_links").isVisible()


def test_the_palette(desktop: Desktop, data: tuple[str, ...], qtbot: QtBot) -> None:
    palette = desktop.window.palette_door.palette()
    palette.open()
    for words in ("", "s", "new", "theme", "tiny", "assistant", "q7"):
        palette.field.setText(words)
        qtbot.wait(50)
        told = english(palette, (*data, "q7"))
        assert told == [], words
    palette.field.setText("text size")  # in English, too
    qtbot.waitUntil(lambda: any("Text size" in each for each in listed(palette.list)))
    palette.leave()


DIALOGS: dict[str, Callable[[Desktop], object]] = {
    "shortcuts": lambda desktop: desktop.window.commands.action("shortcuts").trigger(),
    "about": lambda desktop: desktop.window.commands.action("about").trigger(),
    "link": lambda desktop: link_dialog(desktop.theme, desktop.window, ADDRESS).open(),
    "confirm": lambda desktop: confirm_dialog(
        desktop.theme, desktop.window, "", "", "", lambda: None
    ).open(),
}


@pytest.mark.parametrize("name", DIALOGS)
def test_a_window_that_asks_or_tells(desktop: Desktop, data: tuple[str, ...], name: str) -> None:
    DIALOGS[name](desktop)
    (dialog,) = desktop.window.findChildren(QDialog)
    found = [text for _, text in texts(dialog) if bare(text, (*data, ADDRESS))]
    assert found == []
    assert any(OPEN in button.text() for button in dialog.findChildren(QPushButton))
    dialog.reject()


def test_a_message_over_all_rooms(desktop: Desktop, data: tuple[str, ...]) -> None:
    from studio.errors import in_words

    desktop.window.notes.show_error(in_words(ValueError("a fault")))
    (banner,) = (each for each in desktop.window.findChildren(Banner) if each.isVisible())
    assert english(banner, data) == []
