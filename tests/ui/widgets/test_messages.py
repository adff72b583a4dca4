"""Banners, toasts and running work: what they say and what they offer."""

from __future__ import annotations

from PySide6.QtCore import QLocale
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QProgressBar, QWidget
from pytestqt.qtbot import QtBot

from studio.errors import StudioError
from studio.ui.theme import Theme
from studio.ui.widgets.banner import Banner
from studio.ui.widgets.buttons import Button, IconButton
from studio.ui.widgets.empty_state import EmptyState
from studio.ui.widgets.notes import Notes
from studio.ui.widgets.progress_strip import ProgressStrip
from studio.ui.widgets.status_line import StatusLine
from studio.ui.widgets.toast import Toasts

ERROR = StudioError("model.truncated", "It is cut short.", "Get it again.", "3 of 7 bytes")


def shown(qtbot: QtBot, widget: QWidget) -> QWidget:
    qtbot.addWidget(widget)
    widget.resize(600, 300)
    widget.show()
    return widget


def press(widget: QWidget, name: str) -> None:
    button = widget.findChild(Button, name)
    assert button is not None
    assert not button.isHidden()
    button.click()


def test_a_banner_says_what_and_what_next_and_folds_the_details(theme: Theme, qtbot: QtBot) -> None:
    holder = QWidget()
    banner = Banner(theme)
    banner.setParent(holder)
    shown(qtbot, holder)
    assert banner.isHidden()
    banner.show_error(ERROR)
    details = banner.findChild(QPlainTextEdit)
    assert details is not None
    assert banner.text() == "It is cut short. Get it again."
    assert banner.accessibleName() == banner.text()
    assert details.isHidden()
    press(banner, "banner_details")
    assert details.isVisible()
    assert details.toPlainText() == "3 of 7 bytes\n\nmodel.truncated"
    press(banner, "banner_copy")
    copied = QGuiApplication.clipboard().text()
    assert "It is cut short." in copied
    assert "model.truncated" in copied


def test_a_banner_carries_its_next_step_and_forgets_the_last_one(
    theme: Theme, qtbot: QtBot
) -> None:
    banner = Banner(theme)
    shown(qtbot, banner)
    done: list[str] = []
    banner.show_error(ERROR, Button(theme, "Try again").on_click(lambda: done.append("again")))
    press(banner, "try_again")
    assert done == ["again"]
    banner.say("All is well again.")
    visible = {button.text() for button in banner.findChildren(Button) if button.isVisible()}
    assert visible == set()


def test_a_banner_can_be_dismissed(theme: Theme, qtbot: QtBot) -> None:
    banner = Banner(theme)
    shown(qtbot, banner)
    banner.say("A word.")
    close = banner.findChild(IconButton)
    assert close is not None
    with qtbot.waitSignal(banner.dismissed):
        close.click()
    assert banner.isHidden()


def test_a_toast_undoes_once(theme: Theme, qtbot: QtBot) -> None:
    host = shown(qtbot, QWidget())
    toasts = Toasts(theme, host)
    undone: list[str] = []
    toasts.show_words("Notes was removed", lambda: undone.append("notes"))
    assert toasts.words() == "Notes was removed"
    toasts.undo()
    toasts.undo()
    assert undone == ["notes"]
    assert toasts.isHidden()


def test_a_newer_toast_replaces_the_older(theme: Theme, qtbot: QtBot) -> None:
    host = shown(qtbot, QWidget())
    toasts = Toasts(theme, host)
    undone: list[str] = []
    toasts.show_words("One", lambda: undone.append("one"))
    toasts.show_words("Two")
    assert toasts.words() == "Two"
    toasts.undo()
    assert undone == []


def test_a_toast_stays_within_its_host(theme: Theme, qtbot: QtBot) -> None:
    host = shown(qtbot, QWidget())
    toasts = Toasts(theme, host)
    toasts.show_words("A model with a name that is very long " * 10, lambda: None)
    host.resize(900, 400)
    assert host.rect().contains(toasts.geometry())


def test_progress_has_numbers_only_after_a_moment(theme: Theme, qtbot: QtBot) -> None:
    strip = ProgressStrip(theme)
    shown(qtbot, strip)
    strip.begin("Getting the model")
    strip.advance(30, 100, 75)
    assert strip.numbers() == ""
    qtbot.waitUntil(lambda: strip.numbers() == "30 of 100 · 1 min 15 s left", timeout=3000)
    bar = strip.findChild(QProgressBar)
    assert bar is not None
    assert bar.value() / bar.maximum() == 0.3
    strip.finish()
    assert strip.isHidden()


def test_progress_can_be_cancelled_once(theme: Theme, qtbot: QtBot) -> None:
    strip = ProgressStrip(theme)
    shown(qtbot, strip)
    stopped: list[str] = []
    strip.begin("Getting the model")
    strip.set_cancel(lambda: stopped.append("stop"))
    press(strip, "progress_cancel")
    press(strip, "progress_cancel")
    assert stopped == ["stop"]
    button = strip.findChild(Button, "progress_cancel")
    assert button is not None
    assert button.text() == "Stopping"


def test_progress_of_unknown_length_still_moves(theme: Theme, qtbot: QtBot) -> None:
    strip = ProgressStrip(theme)
    shown(qtbot, strip)
    strip.begin("Looking")
    strip.advance(3, 0)
    bar = strip.findChild(QProgressBar)
    assert bar is not None
    assert bar.maximum() == 0


def test_notes_take_no_room_while_empty(theme: Theme, qtbot: QtBot) -> None:
    banner, strip = Banner(theme), ProgressStrip(theme)
    notes = Notes(banner, strip)
    qtbot.addWidget(notes)
    assert notes.isHidden()
    strip.begin("Looking")
    assert not notes.isHidden()
    banner.say("A word.")
    strip.finish()
    assert not notes.isHidden()
    banner.hide()
    assert notes.isHidden()


def test_the_status_line_tells_the_truth(theme: Theme, qtbot: QtBot) -> None:
    status = StatusLine(theme)
    shown(qtbot, status)
    assert status.text("network") == "Offline · 0 connections"
    assert status.text("model") == "No model loaded"
    assert status.text("work") == ""
    status.tell(
        connections=1,
        model="SmolLM2 135M",
        model_bytes=98_000_000,
        device="CPU",
        tokens_per_s=48.2,
        memory_used=int(2.1 * 2**30),
        memory_total=24 * 2**30,
    )
    assert status.text("network") == "Online · 1 connection"
    assert status.text("model") == "SmolLM2 135M · 98 MB · CPU"
    assert status.text("work") == "48 tok/s"
    assert status.text("memory") == "2.1/24 GB"
    status.tell(connections=3, tokens_per_s=3.44, working="Reading 240 of 709")
    assert status.text("network") == "Online · 3 connections"
    assert status.text("work") == "Reading 240 of 709 · 3.4 tok/s"


def test_an_empty_state_shows_all_of_its_words(theme: Theme, qtbot: QtBot) -> None:
    words = "One sentence that is long enough to need a second line of its own, certainly."
    state = EmptyState(theme, "box", "Nothing yet", words, keyboard="Ctrl+N")
    shown(qtbot, state)
    for made in state.findChildren(QLabel):
        needed = made.heightForWidth(made.width())
        assert made.height() >= needed, made.text()


def test_the_status_line_writes_numbers_as_its_words_are(theme: Theme, qtbot: QtBot) -> None:
    before = QLocale()
    QLocale.setDefault(QLocale("fr"))  # into which nothing is translated: its words are English
    try:
        status = StatusLine(theme)
        shown(qtbot, status)
        status.tell(tokens_per_s=3.44)
        assert status.text("work") == "3.4 tok/s"
    finally:
        QLocale.setDefault(before)
