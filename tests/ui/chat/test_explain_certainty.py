"""A reply coloured by certainty: pointed at, walked by keyboard, asked for, stopped and refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from datetime import UTC, datetime
from typing import cast

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QColor, QMouseEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from studio.chat.certainty import Alternative, Judged
from studio.chat.conversation import Message
from studio.chat.session import ChatSession
from studio.errors import StudioError
from studio.ui.chat.explain.alternatives import EMPTY, seen, shown, spoken
from studio.ui.chat.explain.certainty import CertaintyDialog
from studio.ui.chat.explain.levels import LEVELS, char_format, ground, level_of, percent
from studio.ui.theme import Theme


def piece(text: str, probability: float, *others: tuple[str, float]) -> Judged:
    alternatives = tuple(Alternative(*each) for each in ((text, probability), *others))
    return Judged(text, probability, alternatives)


PIECES = (
    piece("Tides", 0.95),
    piece(" come", 0.4, (" are", 0.3), (" rise", 0.2)),
    piece(" 🌊", 0.6),
    piece(" from", 0.99),
    piece("\n\n", 0.9),
    piece("the", 0.7, (" a", 0.2)),
    piece(" Moon", 0.05, (" Sun", 0.8)),
    piece(".", 0.97),
)
TEXT = "".join(each.text for each in PIECES)
REPLY = Message("r", "c", "q", "assistant", TEXT, datetime(2026, 1, 1, tzinfo=UTC))


class AskedSession:
    """Answers when the test says so; ``refusal`` is raised at once."""

    def __init__(self) -> None:
        self.refusal: StudioError | None = None
        self.answer: Future[tuple[Judged, ...]] = Future()
        self.told: Callable[[float], None] = lambda _share: None
        self.stops = 0

    def certainty(
        self, _reply_id: str, told: Callable[[float], None]
    ) -> Future[tuple[Judged, ...]]:
        if self.refusal is not None:
            raise self.refusal
        self.told = told
        return self.answer

    def stop(self) -> None:
        self.stops += 1
        self.answer.set_exception(StudioError("chat.stopped", "Stopped early.", "Ask again."))


@pytest.fixture
def session() -> AskedSession:
    return AskedSession()


def asked(theme: Theme, window: QWidget, session: AskedSession) -> CertaintyDialog:
    made = CertaintyDialog(theme, window, lambda: cast(ChatSession, session), REPLY)
    made.show()
    return made


@pytest.fixture
def answered(
    theme: Theme, window: QWidget, session: AskedSession, qtbot: QtBot
) -> Iterator[CertaintyDialog]:
    session.answer.set_result(PIECES)
    dialog = asked(theme, window, session)
    qtbot.waitUntil(lambda: bool(dialog.pieces))
    yield dialog
    dialog.close()


def place(dialog: CertaintyDialog, number: int) -> QPointF:
    """Return the middle of a piece in the text."""
    view = dialog.text
    cursor = QTextCursor(view.document())
    before = "".join(each.text for each in PIECES[:number])
    start = len(before.encode("utf-16-le")) // 2
    start += len(PIECES[number].text) - len(PIECES[number].text.lstrip())
    cursor.setPosition(start)
    rect = view.cursorRect(cursor)
    return QPointF(rect.left() + 4, rect.center().y())


def point_at(dialog: CertaintyDialog, where: QPointF) -> None:
    viewport = dialog.text.viewport()
    none = Qt.MouseButton.NoButton
    plain = Qt.KeyboardModifier.NoModifier
    moved = QMouseEvent(
        QEvent.Type.MouseMove, where, viewport.mapToGlobal(where), none, none, plain
    )
    QApplication.sendEvent(viewport, moved)


def marked(dialog: CertaintyDialog) -> str:
    (mark,) = dialog.text.extraSelections()
    cursor: QTextCursor = mark.cursor
    return cursor.selectedText()


def test_the_text_is_whole(answered: CertaintyDialog) -> None:
    assert answered.text.toPlainText() == TEXT
    assert answered.panel.accessibleName() == EMPTY
    assert answered.about.text().startswith("The model was unsure of 2 of the 8 pieces")


def test_each_piece_has_the_ground_of_its_certainty(
    answered: CertaintyDialog, theme: Theme
) -> None:
    cursor = QTextCursor(answered.text.document())
    cursor.setPosition(TEXT.index("come") + 1)
    found = cursor.charFormat()
    wanted = char_format(theme, level_of(0.4))
    assert found.background().color() == wanted.background().color()
    assert found.underlineStyle() == wanted.underlineStyle() != LEVELS[0].underline
    cursor.setPosition(1)
    assert cursor.charFormat().background().style() == Qt.BrushStyle.NoBrush


@pytest.mark.parametrize("number", [0, 1, 2, 3, 5, 6])
def test_pointing_at_a_piece_tells_of_it(answered: CertaintyDialog, number: int) -> None:
    point_at(answered, place(answered, number))
    assert answered.text.current == number
    assert answered.panel.accessibleName() == spoken(PIECES[number])
    assert marked(answered) == PIECES[number].text.strip()


def test_pointing_at_nothing_keeps_the_last_piece(answered: CertaintyDialog) -> None:
    viewport = answered.text.viewport()
    point_at(answered, place(answered, 1))
    assert answered.text.piece_at(QPointF(viewport.width() - 3, viewport.height() - 3)) == -1
    point_at(answered, QPointF(viewport.rect().bottomRight()))
    assert answered.text.current == 1


def test_the_arrow_keys_walk_the_pieces(answered: CertaintyDialog) -> None:
    view = answered.text
    walked = []
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_End):
        QTest.keyClick(view, key)
        walked.append(view.current)
    assert walked == [0, 1, 0, 7]
    QTest.keyClick(view, Qt.Key.Key_Right)
    assert view.current == 7
    QTest.keyClick(view, Qt.Key.Key_Home)
    assert view.current == 0
    QTest.keyClick(view, Qt.Key.Key_Down)
    QTest.keyClick(view, Qt.Key.Key_Down)
    assert view.current in (5, 6, 7)
    QTest.keyClick(view, Qt.Key.Key_Up)
    assert view.current <= 5
    assert view.accessibleDescription() == spoken(PIECES[view.current])


def test_the_next_unsure_place_is_one_key_away(answered: CertaintyDialog) -> None:
    view = answered.text
    found = []
    for keys in ("n", "n", "n"):
        QTest.keyClicks(view, keys)
        found.append(view.current)
    assert found == [1, 6, 1]
    QTest.keyClick(view, Qt.Key.Key_N, Qt.KeyboardModifier.ShiftModifier)
    assert view.current == 6
    answered.next.click()
    assert view.current == 1


def test_another_look_keeps_the_place(answered: CertaintyDialog, theme: Theme) -> None:
    answered.text.go(6)
    theme.set_mode("dark")
    assert answered.text.current == 6
    cursor = QTextCursor(answered.text.document())
    cursor.setPosition(TEXT.index("come") + 2)
    assert cursor.charFormat().background().color() == ground(theme, level_of(0.4))


def test_what_is_being_asked_is_told_and_can_be_stopped(
    theme: Theme, window: QWidget, session: AskedSession, qtbot: QtBot
) -> None:
    dialog = asked(theme, window, session)
    assert dialog.strip.isVisible()
    assert dialog.text.toPlainText() == TEXT
    session.told(0.4)
    qtbot.waitUntil(lambda: dialog.strip.numbers().startswith("40 %"))
    cancel = dialog.findChild(QPushButton, "progress_cancel")
    assert cancel is not None
    cancel.click()
    qtbot.waitUntil(dialog.banner.isVisible)
    assert session.stops == 1
    assert dialog.banner.text() == "Stopped early. Ask again."
    session.answer = Future()
    session.answer.set_result(PIECES)
    again = dialog.findChild(QPushButton, "ask_again")
    assert again is not None
    again.click()
    qtbot.waitUntil(lambda: dialog.pieces == PIECES)
    assert not dialog.banner.isVisible()
    dialog.close()
    assert session.stops == 1


def test_closing_stops_the_asking(theme: Theme, window: QWidget, session: AskedSession) -> None:
    dialog = asked(theme, window, session)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert session.stops == 1


def test_while_a_reply_is_written_it_says_so(
    theme: Theme, window: QWidget, session: AskedSession
) -> None:
    session.refusal = StudioError("chat.busy", "A reply is being written.", "Wait for it.")
    dialog = asked(theme, window, session)
    assert dialog.banner.text() == "A reply is being written. Wait for it."
    assert not dialog.strip.isVisible()
    dialog.close()


def test_every_failure_is_told(
    theme: Theme, window: QWidget, session: AskedSession, qtbot: QtBot
) -> None:
    session.answer.set_exception(ValueError("ours"))
    dialog = asked(theme, window, session)
    qtbot.waitUntil(dialog.banner.isVisible)
    assert dialog.banner.text().startswith("Something went wrong inside the program.")
    dialog.close()


def test_a_reply_of_5000_pieces_is_shown(
    theme: Theme, window: QWidget, session: AskedSession, qtbot: QtBot
) -> None:
    many = PIECES * 625
    session.answer.set_result(many)
    dialog = asked(theme, window, session)
    qtbot.waitUntil(lambda: bool(dialog.pieces))
    QTest.keyClick(dialog.text, Qt.Key.Key_End)
    assert dialog.text.current == len(many) - 1
    assert len(dialog.text.findChildren(QWidget)) < 20  # none for a piece
    dialog.close()


@pytest.mark.parametrize(
    "text", ["a\r\nb", "\r", "\0", "\ufdd0x", " ", "\u2028", "مرحبا", "👩‍👩‍👧"]
)
def test_odd_letters_keep_the_pieces_apart(
    theme: Theme, window: QWidget, session: AskedSession, qtbot: QtBot, text: str
) -> None:
    session.answer.set_result((piece("before", 0.9), piece(text, 0.3), piece("behind", 0.1)))
    dialog = asked(theme, window, session)
    qtbot.waitUntil(lambda: bool(dialog.pieces))
    dialog.text.go(2)
    assert marked(dialog) == "behind"
    dialog.close()


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_words_can_be_read_on_every_ground(theme: Theme, mode: str) -> None:
    theme.set_mode(mode)
    for level in LEVELS:
        assert contrast(theme.color("text"), ground(theme, level)) >= 4.5, level.words


def test_levels_are_told_apart_without_colour() -> None:
    assert [level_of(p).words for p in (1.0, 0.9, 0.89, 0.5, 0.2, 0.19, 0.0)] == [
        *("sure", "sure", "fairly sure", "fairly sure", "unsure", "very unsure", "very unsure")
    ]
    assert len({level.underline for level in LEVELS[1:]}) == 3


def test_words_for_pieces_and_percentages() -> None:
    assert [percent(p) for p in (1.0, 0.723, 0.095, 0.0004)] == [
        "100 %",
        "72 %",
        "9.5 %",
        "< 0.1 %",
    ]
    assert seen(" the\n") == "␣the↵"
    assert spoken(PIECES[6]) == "“Moon”: 5.0 %, very unsure. Instead: “Sun” 80 %"
    assert spoken(piece("\n", 0.5)) == "line break: 50 %, fairly sure"
    unlisted = Judged("x", 0.01, (Alternative("y", 0.9),))
    assert [each.text for each in shown(unlisted)] == ["y", "x"]


def contrast(ink: QColor, paper: QColor) -> float:
    """Return the contrast of two colours, as WCAG 2 works it out."""

    def light(color: QColor) -> float:
        parts = [
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
            for part in (color.redF(), color.greenF(), color.blueF())
        ]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    brighter, darker = sorted((light(ink), light(paper)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)
