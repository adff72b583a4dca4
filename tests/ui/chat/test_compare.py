"""Two models or presets side by side, over the real parts with a worker of two words."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QLabel,
    QPushButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)
from pytestqt.qtbot import QtBot
from support.accessible import all_of, faults, tree
from support.answering_host import ANSWER
from support.chat_room import ChatRoom, room_with_model
from support.machine import Machine

from studio.chat.compare.comparison import SIDES, Chosen
from studio.chat.compare.comparisons import Comparisons
from studio.equipment import model_choices, preset_choices
from studio.temporary import TemporaryParts
from studio.ui import accessibility
from studio.ui.chat.compare.dialog import CompareDialog
from studio.ui.chat.compare.door import CompareDoor
from studio.ui.chat.compare.history import HistoryDialog
from studio.ui.theme import CONTROL_HEIGHT, Theme

LEFT, RIGHT = Chosen("tiny", "plain"), Chosen("tiny", "brief")


@pytest.fixture
def room(theme: Theme, qtbot: QtBot, profile: Path, machine: Machine) -> Iterator[ChatRoom]:
    with room_with_model(theme, qtbot, profile) as made:
        yield made


@pytest.fixture
def comparisons(room: ChatRoom) -> Comparisons:
    return Comparisons(room.parts.database)


@pytest.fixture
def door(room: ChatRoom, theme: Theme, comparisons: Comparisons) -> Iterator[CompareDoor]:
    parts = room.parts
    made = CompareDoor(
        theme,
        room.tab,
        comparisons,
        lambda: TemporaryParts(parts),
        lambda: model_choices(parts),
        lambda: preset_choices(parts),
        parts.background,
    )
    yield made
    room.host.may_reply.set()
    made.close()


def opened(room: ChatRoom, door: CompareDoor, right: Chosen = RIGHT) -> CompareDialog:
    door.open("Why?", LEFT)
    room.settle()
    assert door.dialog is not None
    door.dialog.setup.right.choose(right)
    return door.dialog


def press(window: QWidget, name: str) -> None:
    (button,) = (b for b in window.findChildren(QPushButton, name) if b.isVisible())
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def compared(room: ChatRoom, door: CompareDoor, *, blind: bool = False) -> CompareDialog:
    dialog = opened(room, door)
    assert dialog.coming.isVisible()
    if blind:
        QTest.mouseClick(dialog.setup.blind, Qt.MouseButton.LeftButton)
        dialog.setup.blind.setChecked(True)
    press(dialog, "compare_start")
    room.wait(dialog.again.isVisible)
    assert not dialog.coming.isVisible()
    return dialog


def titles(dialog: CompareDialog) -> list[str]:
    return [column.title() for column in dialog.view.columns.values()]


def test_a_model_that_does_not_fit_is_told_before(
    room: ChatRoom, door: CompareDoor, comparisons: Comparisons, machine: Machine
) -> None:
    dialog = opened(room, door)
    machine.fill()
    press(dialog, "compare_start")
    room.wait(dialog.banner.isVisible)
    assert comparisons.list() == []
    press(dialog, "load_anyway")
    room.wait(dialog.again.isVisible)
    assert comparisons.list()[0].right.reply == ANSWER


def test_both_answer_and_the_vote_counts(
    room: ChatRoom, door: CompareDoor, comparisons: Comparisons
) -> None:
    dialog = compared(room, door)
    columns = dialog.view.columns.values()
    assert [column.text.text() for column in columns] == [ANSWER] * 2
    assert titles(dialog) == ["Left: tiny · Plain", "Right: tiny · Brief"]
    assert all("tok/s" in column.figures.text() for column in columns)
    assert all("of memory" in column.figures.text() for column in columns)
    press(dialog, "vote_right")
    assert dialog.view.verdict.text() == "Better: tiny · Brief. The vote can be changed."
    press(dialog, "vote_both_bad")
    (kept,) = comparisons.list()
    assert kept.vote == "both_bad"
    assert (kept.left.reply, kept.left.status) == (ANSWER, "finished")
    assert kept.left.recipe["preset"] == "plain"
    assert room.store.list() == []


def test_the_question_stands_above_the_two_replies(room: ChatRoom, door: CompareDoor) -> None:
    dialog = compared(room, door)
    assert dialog.about.text() == "Why?"
    press(dialog, "compare_again")
    assert "Votes are counted" in dialog.about.text()


def test_a_refusal_leaves_the_form_where_it_is(room: ChatRoom, door: CompareDoor) -> None:
    dialog = opened(room, door, right=LEFT)
    room.qtbot.wait(10)
    before = [part.mapTo(dialog, part.rect().topLeft()) for part in _parts_of(dialog)]
    press(dialog, "compare_start")
    room.wait(dialog.banner.isVisible)
    room.qtbot.wait(10)
    assert [part.mapTo(dialog, part.rect().topLeft()) for part in _parts_of(dialog)] == before


def _parts_of(dialog: CompareDialog) -> list[QWidget]:
    setup = dialog.setup
    return [setup.prompt, setup.left, setup.right, setup.start]


def test_blind_hides_the_names_until_the_vote(
    room: ChatRoom, door: CompareDoor, comparisons: Comparisons
) -> None:
    dialog = compared(room, door, blind=True)
    assert titles(dialog) == ["Left", "Right"]
    assert [column.figures.text() for column in dialog.view.columns.values()] == ["", ""]
    (kept,) = comparisons.list()
    assert {kept.left.preset, kept.right.preset} == {"plain", "brief"}
    press(dialog, "vote_left")
    assert titles(dialog) == [f"Left: {kept.left.name}", f"Right: {kept.right.name}"]


def test_chance_says_which_stands_where(room: ChatRoom, door: CompareDoor) -> None:
    seen = set()
    for _ in range(30):
        dialog = compared(room, door, blind=True)
        made = dialog.view.comparison
        assert made is not None
        seen.add(made.left.preset)
        dialog.close()
        if len(seen) == 2:
            break
    assert seen == {"plain", "brief"}


def test_the_same_on_both_sides_is_refused(
    room: ChatRoom, door: CompareDoor, comparisons: Comparisons
) -> None:
    dialog = opened(room, door, LEFT)
    QTest.keyClick(dialog.setup.prompt, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    room.wait(dialog.banner.isVisible)
    assert "Both sides are the same: tiny · Plain." in dialog.banner.text()
    assert dialog.setup.start.isEnabled()
    assert comparisons.list() == []


def test_no_prompt_a_removed_model_and_a_removed_preset_are_told(
    room: ChatRoom, door: CompareDoor, comparisons: Comparisons
) -> None:
    dialog = opened(room, door)
    told = []
    for kind, name in (("prompt", ""), ("model", "gone"), ("preset", "gone")):
        dialog.setup.prompt.setPlainText("" if kind == "prompt" else "Why?")
        dialog.setup.right.choose(RIGHT)
        if kind != "prompt":
            box = getattr(dialog.setup.right, kind)
            box.addItem(name, name)
            box.setCurrentIndex(box.findData(name))
        press(dialog, "compare_start")
        room.wait(dialog.banner.isVisible)
        told.append(dialog.banner.text())
    assert "gone" in told[1]
    assert "gone" in told[2]
    assert len(set(told)) == 3
    assert comparisons.list() == []


def test_stopped_in_the_middle_what_is_there_is_kept(
    room: ChatRoom, door: CompareDoor, comparisons: Comparisons
) -> None:
    dialog = opened(room, door)
    room.host.may_reply.clear()
    press(dialog, "compare_start")
    room.wait(lambda: room.parts.session.running_in is not None and dialog.strip.isVisible())
    room.wait(lambda: dialog.view.isVisible())
    press(dialog, "progress_cancel")
    room.host.may_reply.set()
    room.wait(dialog.again.isVisible)
    (kept,) = comparisons.list()
    assert kept.right.status == "cancelled"
    assert not dialog.view.votes["left"].isEnabled()
    assert dialog.view.verdict.text() == "There are no two replies to vote on."


def test_closed_in_the_middle_it_stops_and_is_kept(
    room: ChatRoom, door: CompareDoor, comparisons: Comparisons
) -> None:
    dialog = opened(room, door)
    room.host.may_reply.clear()
    press(dialog, "compare_start")
    room.wait(dialog.view.isVisible)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    room.host.may_reply.set()
    room.wait(lambda: room.parts.session.running_in is None)
    assert len(comparisons.list()) == 1
    room.ask("And here?")
    assert room.branch()[-1].content == ANSWER


def test_one_side_fails_and_the_other_answers(
    room: ChatRoom, door: CompareDoor, comparisons: Comparisons
) -> None:
    room.host.fail_next()
    dialog = compared(room, door)
    (kept,) = comparisons.list()
    assert kept.left.status == "failed"
    assert kept.left.failure in dialog.view.columns["left"].state.text()
    assert kept.right.reply == ANSWER


def test_the_history_opens_deletes_and_exports(
    room: ChatRoom, door: CompareDoor, comparisons: Comparisons, theme: Theme, tmp_path: Path
) -> None:
    dialog = compared(room, door)
    press(dialog, "vote_left")
    target = tmp_path / "out.csv"
    history = HistoryDialog(theme, room.tab, comparisons, lambda _ending: target)
    history.open()
    assert history.pairs.index(0, 0).data() == "tiny · Brief"
    assert [history.pairs.index(0, column).data() for column in (1, 3)] == ["0", "1"]
    press(history, "export_csv")
    assert ANSWER in target.read_text("utf-8")
    QTest.keyClick(history.history, Qt.Key.Key_Return)
    shown = history.opened
    assert shown is not None
    press(shown, "vote_both_good")
    shown.close()
    assert comparisons.list()[0].vote == "both_good"
    assert history.pairs.index(0, 4).data() == "1"
    press(history, "delete_comparison")
    assert comparisons.list() == []
    press(history, "toast_undo")
    assert len(comparisons.list()) == 1
    history.close()


def test_names_in_the_history_end_with_what_tells_them_apart(
    room: ChatRoom, door: CompareDoor, comparisons: Comparisons, theme: Theme
) -> None:
    press(compared(room, door), "vote_left")
    history = HistoryDialog(theme, room.tab, comparisons)
    history.resize(960, 640)
    history.open()
    for table, names in ((history.tally, (0, 2)), (history.history, (2, 3))):
        header = table.header()
        assert header.length() == table.viewport().width()
        for column in names:
            index = table.model().index(0, column)
            delegate = table.itemDelegateForIndex(index)
            assert isinstance(delegate, QStyledItemDelegate)
            option = QStyleOptionViewItem()
            delegate.initStyleOption(option, index)
            assert option.textElideMode == Qt.TextElideMode.ElideMiddle
            assert header.sectionSize(column) > 200
    assert history.rows.index(0, 2).data(Qt.ItemDataRole.ToolTipRole).startswith("tiny · ")
    assert history.rows.index(0, 0).data() == "now"
    assert "2" in history.rows.index(0, 0).data(Qt.ItemDataRole.ToolTipRole)
    heads = [history.pairs.headerData(n, Qt.Orientation.Horizontal) for n in range(6)]
    assert len(set(heads)) == 6, "no two are called the same"
    heights = {each.visualRect(each.model().index(0, 0)).height() for each in _tables(history)}
    assert heights == {CONTROL_HEIGHT}
    history.close()


def _tables(history: HistoryDialog) -> tuple[QTreeView, QTreeView]:
    return history.tally, history.history


def test_an_empty_history_says_so(room: ChatRoom, door: CompareDoor) -> None:
    door.open_history()
    assert door.history is not None
    assert door.history.about.text() == "Nothing was compared yet."
    foretold = door.history.findChild(QLabel, "foretelling")
    assert foretold is not None
    assert foretold.isVisible()
    assert "listed here" in foretold.text()
    assert not any(each.isVisible() for each in _tables(door.history))
    assert not any(each.isEnabled() for each in door.history.exports)
    door.history.close()
    assert door.history is None


def test_what_an_earlier_comparison_still_tells_is_not_shown(
    room: ChatRoom, door: CompareDoor
) -> None:
    dialog = compared(room, door)
    earlier = door._contest
    assert earlier is not None
    press(dialog, "compare_again")
    room.host.may_reply.clear()
    press(dialog, "compare_start")
    room.wait(lambda: door._contest is not None and door._contest is not earlier)
    told: list[bool] = []
    door.running.connect(told.append)
    door._on_done(earlier, earlier.written)
    assert told == []
    assert not dialog.again.isVisible()
    room.host.may_reply.set()
    room.wait(dialog.again.isVisible)
    assert told == [False]


def test_finished_columns_are_told_to_screen_readers(room: ChatRoom, door: CompareDoor) -> None:
    accessibility.introduce()
    dialog = compared(room, door)

    def told() -> list[str]:
        return [each.name for each in all_of(tree(dialog))]

    room.wait(lambda: told().count(ANSWER) == 2)  # the words are placed in their own time
    assert faults(dialog) == []
    press(dialog, "vote_left")
    assert faults(dialog) == []


def test_the_history_is_told_to_screen_readers(room: ChatRoom, door: CompareDoor) -> None:
    accessibility.introduce()
    press(compared(room, door), "vote_right")
    door.open_history()
    history = door.history
    assert history is not None
    room.settle()
    assert faults(history) == []
    told = [each.name for each in all_of(tree(history))]
    assert {"Comparisons", "Votes", "Why?", "tiny · Brief"} <= set(told)
    history.open_chosen()
    assert history.opened is not None
    opened = history.opened
    room.wait(lambda: [each.name for each in all_of(tree(opened))].count(ANSWER) == 2)
    assert faults(opened) == []
    history.opened.close()
    history.close()


@pytest.mark.parametrize("is_closed_at_once", [False, True])
def test_the_hash_of_the_models_file_is_filled_in(
    room: ChatRoom, door: CompareDoor, comparisons: Comparisons, is_closed_at_once: bool
) -> None:
    dialog = compared(room, door)
    if is_closed_at_once:
        dialog.close()
    digest = hashlib.sha256(room.parts.shelf.find("tiny").path.read_bytes()).hexdigest()

    def sums() -> list[object]:
        (kept,) = comparisons.list()
        return [kept.side(which).recipe.get("file_sha256") for which in SIDES]

    room.wait(lambda: sums() == [digest] * 2)
