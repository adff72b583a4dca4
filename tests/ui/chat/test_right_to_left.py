"""Where lines run from right to left, what the Chat room places and paints itself is mirrored."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from support.talk import message, seen, talk

from studio.chat.tree import Place
from studio.ui.chat.composer.composer import Composer
from studio.ui.chat.conversations.drawing import draw_chosen, draw_folder, draw_marked
from studio.ui.chat.conversations.found import Marked
from studio.ui.chat.conversations.sections import Folder
from studio.ui.chat.messages.footer_view import FooterView
from studio.ui.chat.messages.person_view import PersonView
from studio.ui.chat.messages.views import JumpButton, ThoughtView
from studio.ui.chat.transcript.transcript import Transcript
from studio.ui.theme import Theme
from studio.ui.widgets.code import CodeView
from studio.ui.widgets.markdown.text_view import TextView

ROW = QRect(0, 0, 240, 32)


@pytest.fixture(autouse=True)
def _mirrored(qapp: QApplication) -> Iterator[None]:
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    yield
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def at(part: QWidget, transcript: Transcript) -> QRect:
    """Return where a part is on the window of the transcript."""
    return QRect(part.mapTo(transcript.viewport(), QPoint(0, 0)), part.size())


def painted(image: QImage) -> tuple[int, int]:
    """Return how many of the picture's points in its left and in its right half have ink."""
    ground = image.pixelColor(0, 0)
    inked = [
        x
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y) != ground
    ]
    left = sum(x < image.width() // 2 for x in inked)
    return left, len(inked) - left


def picture() -> QImage:
    made = QImage(ROW.size(), QImage.Format.Format_RGB32)
    made.fill(QColor("white"))
    return made


def test_messages_change_sides(transcript: Transcript) -> None:
    transcript.show_branch([message(0, "user", "Short"), message(1, "assistant", "Yes")])
    middle = transcript.viewport().width() // 2
    assert at(seen(transcript, PersonView)[0].text, transcript).right() < middle
    (footer,) = seen(transcript, FooterView)
    assert at(footer.copy, transcript).left() > middle
    assert at(footer.copy, transcript).left() > at(footer.menu, transcript).right()


def test_the_buttons_of_a_message_are_behind_it(transcript: Transcript) -> None:
    transcript.show_branch([message(0, "user", "Short"), message(1, "assistant", "Yes")])
    (person,) = seen(transcript, PersonView)
    person.set_active(True)
    places = [at(each, transcript).left() for each in (person.text, person.menu, person.edit)]
    assert places == sorted(places)
    assert at(person.copy, transcript).left() > places[-1]


def test_the_version_before_is_at_the_right(transcript: Transcript) -> None:
    transcript.set_places({"m1": Place(2, 3, "before", "after")})
    transcript.show_branch([message(0, "user", "Go"), message(1, "assistant", "Yes")])
    (footer,) = seen(transcript, FooterView)
    assert footer.switcher.button(-1).x() > footer.switcher.button(1).x()
    assert at(footer.switcher, transcript).left() > at(footer.copy, transcript).right()


def test_thoughts_take_clicks_where_their_words_are(transcript: Transcript) -> None:
    transcript.show_branch(
        [message(0, "user", "Go"), message(1, "assistant", "Yes", reasoning="Hm", thought_s=2.0)]
    )
    (thought,) = seen(transcript, ThoughtView)
    assert thought.hitButton(QPoint(thought.width() - 30, 5))
    assert not thought.hitButton(QPoint(30, 5))


def test_the_column_stays_in_the_middle_beside_the_scroll_bar(
    transcript: Transcript, qtbot: QtBot
) -> None:
    transcript.resize(1_000, 400)
    transcript.show_branch(talk(8))
    transcript.verticalScrollBar().setValue(0)
    qtbot.waitUntil(lambda: bool(seen(transcript, CodeView)))
    (code, *_) = seen(transcript, CodeView)
    place = QRect(code.mapTo(transcript, QPoint(0, 0)), code.size())
    assert abs(place.left() - (transcript.width() - 1 - place.right())) <= 1
    (jump,) = transcript.viewport().findChildren(JumpButton)
    assert jump.isVisible()
    assert at(jump, transcript).right() < at(code, transcript).left()


def test_words_of_either_direction_stay_in_their_own(transcript: Transcript) -> None:
    transcript.show_branch([message(0, "user", "Go"), message(1, "assistant", "> مرحبا\n\nYes")])
    quote = seen(transcript, TextView)[1].document.begin()
    assert quote.textDirection() == Qt.LayoutDirection.RightToLeft
    assert quote.blockFormat().leftMargin() < quote.blockFormat().rightMargin()


def test_the_lists_behind_the_pills_open_at_their_right_edge(theme: Theme, qtbot: QtBot) -> None:
    composer = Composer(theme, lambda: True)
    qtbot.addWidget(composer)
    composer.resize(700, 120)
    composer.show()
    pill, picker = (composer.findChild(QWidget, name) for name in ("preset", "preset_picker"))
    assert pill is not None
    assert picker is not None
    QTest.mouseClick(pill, Qt.MouseButton.LeftButton)
    right = pill.mapToGlobal(pill.rect().topRight()).x()
    assert picker.geometry().right() in (right, picker.width() - 1)  # or it would leave the screen
    picker.close()


@pytest.mark.parametrize("part", ["title", "found", "folder", "chosen"])
def test_rows_of_the_list_begin_at_the_right(theme: Theme, part: str) -> None:
    image = picture()
    with QPainter(image) as painter:
        painter.setFont(theme.font(13))
        if part == "folder":
            draw_folder(painter, ROW, Folder("Work", 3, False), theme)
        elif part == "chosen":
            draw_chosen(painter, ROW, theme)
        else:
            spans = [(0, 4)] if part == "found" else []
            draw_marked(painter, ROW, Marked("Work", spans), theme, "text")
    left, right = painted(image)
    assert right > 20
    assert left == 0
