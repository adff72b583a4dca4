"""Removed models, and files on their way: what the Models room shows and asks of its keeper."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot
from support.listed import listed
from support.model_room import BROKEN, FINDER, LARGE, SMALL, Stage

from studio.errors import StudioError

Make = Callable[..., Stage]


def in_trash(stage: Stage) -> list[str]:
    return listed(stage.tab.left.trash.list)


def with_large_removed(make: Make, qtbot: QtBot) -> Stage:
    stage = make(SMALL, LARGE)
    stage.tab.remove(LARGE)
    qtbot.waitUntil(stage.button("open_removed_models").isVisible)
    return stage


def test_a_restored_model_is_on_the_list_and_on_show(make: Make, qtbot: QtBot) -> None:
    stage = with_large_removed(make, qtbot)
    assert stage.button("open_removed_models").text() == "Removed models · 1"
    stage.button("open_removed_models").click()
    assert in_trash(stage) == ["large"]
    with qtbot.waitSignal(stage.tab.shelf_changed):
        QTest.keyClick(stage.tab.left.trash.list, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: stage.names() == ["large", "small"])
    qtbot.waitUntil(stage.tab.side.isVisible)
    assert stage.tab.details.entry is LARGE
    assert not stage.button("open_removed_models").isVisible()


def test_a_model_is_deleted_for_good_only_after_a_question(make: Make, qtbot: QtBot) -> None:
    stage = with_large_removed(make, qtbot)
    stage.button("open_removed_models").click()
    QTest.keyClick(stage.tab.left.trash.list, Qt.Key.Key_Delete)
    assert [entry.name for entry in stage.keeper.trash] == ["large"]
    (dialog,) = stage.tab.findChildren(QDialog, "confirm_dialog")
    act = dialog.findChild(QPushButton, "confirm_act")
    assert act is not None
    act.click()
    assert stage.keeper.trash == []
    qtbot.waitUntil(stage.tab.side.isVisible)


def test_one_that_is_only_off_the_list_can_come_back_and_not_be_deleted(
    make: Make, qtbot: QtBot
) -> None:
    stage = make(SMALL, LARGE)
    stage.tab.remove(SMALL)
    qtbot.waitUntil(stage.button("open_removed_models").isVisible)
    stage.button("open_removed_models").click()
    assert stage.button("removed_models_restore").isEnabled()
    assert not stage.button("removed_models_delete").isEnabled()


def test_what_cannot_be_restored_says_why_and_stays(make: Make, qtbot: QtBot) -> None:
    stage = with_large_removed(make, qtbot)
    stage.button("open_removed_models").click()
    stage.keeper.refusal = BROKEN
    stage.button("removed_models_restore").click()
    qtbot.waitUntil(stage.tab.left.trash.banner.isVisible)
    assert stage.tab.left.trash.banner.text() == "It is cut short. Get it again."
    assert in_trash(stage) == ["large"]


def test_of_a_link_only_the_link_is_said_to_go(make: Make, qtbot: QtBot) -> None:
    stage = make(SMALL, LARGE)
    stage.keeper.links = {"large"}
    stage.tab.remove(LARGE)
    qtbot.waitUntil(stage.button("open_removed_models").isVisible)
    stage.button("open_removed_models").click()
    stage.button("removed_models_delete").click()
    (dialog,) = stage.tab.findChildren(QDialog, "confirm_dialog")
    words = " ".join(made.text() for made in dialog.findChildren(QLabel))
    assert "The link goes; the file that it leads to stays." in words
    assert "GB" not in words
    dialog.reject()


def test_bringing_one_back_asks_once_for_each_list(make: Make, qtbot: QtBot) -> None:
    stage = make(SMALL, LARGE, FINDER)
    stage.tab.remove(SMALL)
    stage.tab.remove(LARGE)
    qtbot.waitUntil(lambda: stage.button("open_removed_models").text().endswith("2"))
    stage.button("open_removed_models").click()
    qtbot.waitUntil(lambda: len(in_trash(stage)) == 2)
    before = stage.keeper.asked
    stage.button("removed_models_restore").click()
    qtbot.waitUntil(lambda: len(in_trash(stage)) == 1)
    assert stage.keeper.asked == before + 1


def test_each_file_that_cannot_be_added_is_told(make: Make, qtbot: QtBot) -> None:
    stage = make(SMALL)
    stage.keeper.holds_adding = True
    stage.tab.add([Path("/downloads/a.gguf"), Path("/downloads/b.gguf")])
    _progress, done, failed = stage.keeper.add_calls[0]
    done([])
    failed(BROKEN)
    failed(StudioError("model.damaged", "b.gguf is a letter.", "Look at it."))
    qtbot.waitUntil(lambda: "b.gguf is a letter." in stage.tab.banner.text())
    assert "It is cut short." in stage.tab.banner.text()


def test_the_last_model_can_be_restored_from_the_first_page(make: Make, qtbot: QtBot) -> None:
    stage = make(LARGE)
    stage.tab.remove(LARGE)
    qtbot.waitUntil(stage.button("first_removed_models").isVisible)
    stage.button("first_removed_models").click()
    assert stage.tab.left.trash.isVisible()
    stage.button("removed_models_back").click()
    qtbot.waitUntil(stage.tab.first_start.isVisible)
    stage.button("first_removed_models").click()
    stage.button("removed_models_restore").click()
    qtbot.waitUntil(lambda: stage.names() == ["large"])
    assert not stage.tab.first_start.isVisible()


def test_a_search_goes_back_to_the_models(make: Make, qtbot: QtBot) -> None:
    stage = with_large_removed(make, qtbot)
    stage.button("open_removed_models").click()
    stage.tab.focus_search()
    assert stage.tab.side.isVisible()


def test_adding_shows_how_far_it_is_and_can_be_cancelled(make: Make, qtbot: QtBot) -> None:
    stage = make(SMALL)
    stage.keeper.holds_adding = True
    stage.tab.add([Path("/downloads/new.gguf")])
    assert stage.tab.progress.isVisible()
    assert "Adding new.gguf" in stage.words()
    progress, done, failed = stage.keeper.add_calls[0]
    progress(1_000_000_000, 4_000_000_000, 9.0)
    qtbot.waitUntil(
        lambda: "1.0 GB of 4.0 GB · 9 s left" in stage.tab.progress.numbers(), timeout=3000
    )
    stage.button("progress_cancel").click()
    assert stage.keeper.cancelled
    done([])
    failed(StudioError("cancelled", "It was stopped.", "Add it again."))
    qtbot.waitUntil(lambda: not stage.tab.progress.isVisible())
    assert not stage.tab.banner.isVisible()
    assert stage.names() == ["small"]


def test_a_second_lot_waits_for_the_first(make: Make, qtbot: QtBot) -> None:
    stage = make(SMALL)
    stage.keeper.holds_adding = True
    stage.tab.add([Path("/downloads/one.gguf")])
    stage.keeper.holds_adding = False
    stage.tab.add([Path("/downloads/two.gguf")])
    assert len(stage.keeper.add_calls) == 1
    stage.keeper.add_calls[0][1](["one"])
    qtbot.waitUntil(lambda: "two" in stage.names())
    qtbot.waitUntil(lambda: not stage.tab.progress.isVisible())
