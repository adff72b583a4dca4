"""Headings, ages and the model of the conversation list, without a window."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from PySide6.QtCore import QLocale, QRect, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from studio.chat.conversation import Conversation
from studio.ui.chat.conversations.days import age_words, day_group, exact_words
from studio.ui.chat.conversations.rows import CONVERSATION, ConversationRows
from studio.ui.chat.conversations.view import ConversationDelegate
from studio.ui.theme import Theme

ENGLISH = QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom)
AMERICAN = QLocale(QLocale.Language.English, QLocale.Country.UnitedStates)
NOW = datetime(2026, 6, 17, 14, 30, tzinfo=UTC)
NEW = Conversation("new", "Bread", NOW, NOW)
OLD = Conversation("old", "", NOW - timedelta(days=1), NOW - timedelta(days=1))


@pytest.mark.parametrize(
    ("day", "heading"),
    [
        (date(2026, 6, 18), "Today"),
        (date(2026, 6, 17), "Today"),
        (date(2026, 6, 16), "Yesterday"),
        (date(2026, 6, 15), "Previous 7 days"),
        (date(2026, 6, 10), "Previous 7 days"),
        (date(2026, 6, 9), "June"),
        (date(2026, 1, 1), "January"),
        (date(2025, 6, 17), "June 2025"),
    ],
)
def test_days_have_headings(day: date, heading: str) -> None:
    assert day_group(day, date(2026, 6, 17), ENGLISH) == heading


@pytest.mark.parametrize(
    ("age", "words"),
    [
        (timedelta(minutes=-5), "now"),
        (timedelta(seconds=59), "now"),
        (timedelta(minutes=59), "59 min"),
        (timedelta(hours=23), "23 h"),
        (timedelta(hours=24), "1 d"),
        (timedelta(days=7), "7 d"),
        (timedelta(days=8), "9 Jun"),
    ],
)
def test_ages_are_relative_for_a_week(age: timedelta, words: str) -> None:
    assert age_words(NOW - age, NOW, ENGLISH) == words


def test_dates_follow_the_locale() -> None:
    assert age_words(NOW - timedelta(days=8), NOW, AMERICAN) == "Jun 9"


def test_exact_times_are_told_in_the_zone_of_the_person() -> None:
    here = NOW.astimezone(timezone(timedelta(hours=10)))
    assert exact_words(NOW, here, ENGLISH) == "Thursday, 18 June 2026, 00:30"


def test_the_rows_are_a_sound_model(qtbot: QtBot) -> None:
    rows = ConversationRows(lambda _name, _title: None, lambda: NOW)
    warning = QAbstractItemModelTester.FailureReportingMode.Warning
    tester = QAbstractItemModelTester(rows, warning)
    assert rows.set_conversations([NEW, OLD])
    assert rows.set_conversations([OLD])
    assert rows.set_conversations([])
    assert tester.model() is rows


def test_rows_in_the_same_order_are_brought_up_to_date_in_place(qtbot: QtBot) -> None:
    rows = ConversationRows(lambda _name, _title: None, lambda: NOW)
    rows.set_conversations([NEW, OLD])
    titled = Conversation("old", "Soup", OLD.created_at, OLD.updated_at)
    with qtbot.assertNotEmitted(rows.modelReset), qtbot.waitSignal(rows.dataChanged):
        assert not rows.set_conversations([NEW, titled])
    assert rows.index_of("old").data() == "Soup"


def test_headings_cannot_be_selected_or_renamed() -> None:
    rows = ConversationRows(lambda _name, _title: NEW, lambda: NOW)
    rows.set_conversations([NEW])
    heading, below = rows.index(0, 0), rows.index(1, 0)
    assert (heading.data(), heading.data(CONVERSATION)) == ("Today", None)
    assert heading.flags() == Qt.ItemFlag.NoItemFlags
    assert not rows.setData(heading, "Tomorrow")
    assert below.flags() & Qt.ItemFlag.ItemIsSelectable
    assert below.data(CONVERSATION) is NEW


def test_a_conversation_stands_on_the_day_of_the_persons_clock() -> None:
    late = datetime(2026, 6, 16, 23, 30, tzinfo=UTC)
    here = NOW.astimezone(timezone(timedelta(hours=2)))
    rows = ConversationRows(lambda _name, _title: None, lambda: here)
    rows.set_conversations([Conversation("late", "Late", late, late)])
    assert rows.index(0, 0).data() == "Today"


def test_tips_tell_the_exact_time_and_take_no_markup_from_titles() -> None:
    rows = ConversationRows(lambda _name, _title: None, lambda: NOW)
    rows.set_conversations([Conversation("bees", "Essay on <b>bees</b>", NOW, NOW)])
    tip = rows.first().data(Qt.ItemDataRole.ToolTipRole)
    assert "&lt;b&gt;bees&lt;/b&gt;" in tip
    assert tip.endswith(f"<div>{exact_words(NOW, NOW)}</div>")
    rows.set_running("bees")
    running = rows.first().data(Qt.ItemDataRole.ToolTipRole)
    assert running == f"{tip}<div>A reply is being written</div>"


def test_screen_readers_hear_what_is_open_and_running() -> None:
    rows = ConversationRows(lambda _name, _title: None, lambda: NOW)
    rows.set_conversations([NEW])
    plain = f"Bread, {exact_words(NOW, NOW)}"
    heard = [plain]
    rows.set_open("new")
    heard.append(rows.first().data(Qt.ItemDataRole.AccessibleTextRole))
    rows.set_running("new")
    heard.append(rows.first().data(Qt.ItemDataRole.AccessibleTextRole))
    rows.set_open(None)
    rows.set_running(None)
    heard.append(rows.first().data(Qt.ItemDataRole.AccessibleTextRole))
    running = f"{plain}, open, A reply is being written"
    assert heard == [plain, f"{plain}, open", running, plain]


def drawn(theme: Theme, title: str) -> QImage:
    rows = ConversationRows(lambda _id, _title: None, lambda: NOW)
    rows.set_conversations([replace(NEW, title=title)])
    option = QStyleOptionViewItem()
    option.rect = QRect(0, 0, 240, 40)
    image = QImage(240, 40, QImage.Format.Format_RGB32)
    image.fill(theme.color("bg"))
    painter = QPainter(image)
    ConversationDelegate(theme).paint(painter, option, rows.index_of("new"))
    painter.end()
    return image


def test_titles_are_told_by_their_beginning_and_their_end(theme: Theme) -> None:
    long = "Tell me how to bake a loaf of bread without an oven at home"
    assert drawn(theme, f"{long} soon") != drawn(theme, f"{long} soon (copy)")
    assert drawn(theme, f"{long} soon") != drawn(theme, f"Show{long[4:]} soon")
    assert drawn(theme, f"{long} soon") == drawn(theme, long.replace("loaf", "sack") + " soon")
