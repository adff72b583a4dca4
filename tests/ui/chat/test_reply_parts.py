"""Small parts of a reply: words while a model loads, the foot of a reply, the way to the end."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QProgressBar, QPushButton
from pytestqt.qtbot import QtBot
from support.talk import message, seen, talk

from studio.chat.conversation import Status
from studio.ui.chat.messages import reply_words
from studio.ui.chat.messages.footer_view import FooterView
from studio.ui.chat.messages.rows import Footer, Working
from studio.ui.chat.messages.views import WorkingView
from studio.ui.chat.transcript.transcript import Transcript
from studio.ui.theme import Theme


@pytest.mark.parametrize(
    ("share", "working"),
    [
        (-1.0, Working("Loading Small")),
        (0.0, Working("Loading Small")),
        (0.004, Working("Loading Small")),
        (0.01, Working("Loading Small", "1 %", 0.01)),
        (0.5, Working("Loading Small", "50 %", 0.5)),
        (2.0, Working("Loading Small", "100 %", 1.0)),
    ],
)
def test_loading_names_the_model_and_its_share_once_there_is_one(
    share: float, working: Working
) -> None:
    assert reply_words.loading("Small", share) == working


def test_loading_moves_before_there_is_a_share(theme: Theme, qtbot: QtBot) -> None:
    view = WorkingView(theme)
    qtbot.addWidget(view)
    (bar,) = view.findChildren(QProgressBar)
    view.show_piece(reply_words.loading("Small", 0.0))
    assert view.text() == "Loading Small"
    assert (bar.minimum(), bar.maximum()) == (0, 0), "it moves to and fro"
    view.show_piece(reply_words.loading("Small", 0.4))
    assert view.text() == "Loading Small 40 %"
    assert (bar.maximum(), bar.value()) == (1000, 400)


def test_a_reply_without_words_offers_nothing_to_copy(theme: Theme, qtbot: QtBot) -> None:
    view = FooterView(theme)
    qtbot.addWidget(view)
    view.show_piece(Footer("", "", can_regenerate=True, is_last=True, can_copy=False))
    assert view.copy.isHidden()
    assert not view.regenerate.isHidden()
    assert view.regenerate.x() == 0
    view.set_active(True)
    assert view.copy.isHidden()
    view.show_piece(Footer("", "", can_regenerate=True, is_last=True))
    assert not view.copy.isHidden()
    assert view.regenerate.x() > view.copy.x()


def jump_of(transcript: Transcript) -> QPushButton:
    transcript.show_branch(talk(40))
    transcript.verticalScrollBar().setValue(100)
    jump = transcript.findChild(QPushButton, "jump_to_the_end")
    assert jump is not None
    assert jump.isVisible()
    return jump


def test_the_way_to_the_end_stands_beside_the_words(transcript: Transcript) -> None:
    jump = jump_of(transcript)
    column = (transcript.width() + 760) // 2
    assert jump.x() >= column
    assert jump.geometry().right() < transcript.viewport().width()


@pytest.mark.parametrize("width", [400, 660, 719, 780])
def test_without_room_it_is_small_round_and_in_the_middle(
    transcript: Transcript, width: int
) -> None:
    transcript.resize(width, 600)
    jump = jump_of(transcript)
    assert (jump.width(), jump.height()) == (28, 28)
    assert jump.geometry().center().x() == pytest.approx(width / 2, abs=2)
    assert jump.geometry().bottom() < transcript.viewport().height()
    assert jump.text() == ""
    picture = jump.grab().toImage()
    assert picture.pixelColor(14, 4).name().upper() == "#FFFFFF"
    assert picture.pixelColor(0, 0) != picture.pixelColor(14, 4)


def test_the_way_to_the_end_shows_its_focus_and_works(transcript: Transcript, theme: Theme) -> None:
    jump = jump_of(transcript)
    jump.setFocus()
    picture = jump.grab().toImage()
    assert picture.pixelColor(jump.width() // 2, 1) == theme.color("accent")
    QTest.keyClick(jump, Qt.Key.Key_Space)
    bar = transcript.verticalScrollBar()
    assert bar.value() == bar.maximum()
    assert not jump.isVisible()


def foot_of(transcript: Transcript, content: str, status: Status) -> list[FooterView]:
    question = message(0, "user", "Hi")
    transcript.show_branch([question, message(1, "assistant", content, status=status)])
    return seen(transcript, FooterView)


def test_a_reply_stopped_before_its_first_word_can_only_be_written_again(
    transcript: Transcript,
) -> None:
    (foot,) = foot_of(transcript, "", "cancelled")
    assert foot.copy.isHidden()
    assert not foot.regenerate.isHidden()


def test_a_failed_reply_has_one_way_to_try_again(transcript: Transcript) -> None:
    (foot,) = foot_of(transcript, "Some words", "failed")
    assert not foot.copy.isHidden()
    assert foot.regenerate.isHidden()
    assert transcript.findChild(QPushButton, "try_again") is not None


def test_a_failed_reply_without_words_has_no_foot(transcript: Transcript) -> None:
    assert foot_of(transcript, "", "failed") == []
