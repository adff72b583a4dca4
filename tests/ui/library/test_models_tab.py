"""The Models room, with a keeper that holds its models in a list."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDoubleSpinBox, QLabel, QWidget
from pytestqt.qtbot import QtBot
from support.model_room import BROKEN, CUT, FINDER, LARGE, SMALL, Stage

from studio.engine.language import LoadSettings
from studio.errors import StudioError
from studio.library.load_fields import RARE, USUAL
from studio.ui.library.entry import StarterOffer, Verdict
from studio.ui.library.facts import facts_of
from studio.ui.library.first_start import FirstStart
from studio.ui.library.load_form import LoadForm
from studio.ui.theme import Theme

Make = Callable[..., Stage]


def test_usable_models_come_first(make: Make) -> None:
    stage = make(CUT, FINDER, SMALL, LARGE)
    assert stage.names() == ["large", "small", "finder", "cut"]


def test_damaged_files_are_no_models(make: Make) -> None:
    stage = make(SMALL, LARGE, CUT)
    assert "2 models · 42 GB · 1 file cannot be used" in stage.words()
    stage.tab.select("cut")
    assert "Cannot be used" in stage.words()


def test_what_the_settings_page_says_is_told_where_a_model_says_nothing(make: Make) -> None:
    stage = make(replace(LARGE, usual=LoadSettings(context=4_000_000)), SMALL)
    stage.tab.select("large")
    form = stage.tab.details.form
    field = form.row("context").findChild(QDoubleSpinBox)
    assert isinstance(field, QDoubleSpinBox)
    assert field.text() == "As in Settings"
    assert form.row("context").note == "The Settings page says 4,000,000 for all models."
    assert (form.row("threads").note, form.row("batch").note) == ("", "")
    field.setValue(2048)
    assert form.settings.context == 2048
    assert form.row("context").note == ""
    stage.tab.details.form.show_settings(LoadSettings())
    stage.tab.select("small")
    assert field.text() == "Automatic"
    assert form.row("context").note == ""


def test_a_model_that_the_engine_does_not_know_is_not_advertised(make: Make) -> None:
    unknown = replace(SMALL, is_known=False, fit=Verdict("The engine…", "danger", "May not load"))
    stage = make(unknown)
    words = stage.words()
    assert "Not known to the engine" in words
    assert "Chat, small and very quick" not in words


def test_a_row_tells_screen_readers_all_that_it_shows(make: Make) -> None:
    stage = make(LARGE, CUT)
    model = stage.tab.side.list.model()
    role = Qt.ItemDataRole.AccessibleTextRole
    assert model.index(0, 0).data(role) == (
        "large, Chat at its best, slowly, 42 GB, Needs 44 GB; 21 GB is free"
    )
    assert model.index(1, 0).data(role) == "cut, It is cut short., 3 B, Cannot be used"


def test_rows_can_be_drawn(make: Make, theme: Theme) -> None:
    stage = make(CUT, FINDER, SMALL, LARGE)
    light = stage.tab.side.grab().toImage()
    theme.set_mode("dark")
    assert stage.tab.side.grab().toImage() != light


def test_search_narrows_and_says_when_nothing_is_left(make: Make, qtbot: QtBot) -> None:
    stage = make(SMALL, LARGE, FINDER)
    QTest.keyClicks(stage.tab.side.search, "qwen3 chat")
    qtbot.waitUntil(lambda: stage.names() == ["large"])
    QTest.keyClicks(stage.tab.side.search, "zebra")
    qtbot.waitUntil(lambda: stage.names() == [])
    assert "Try fewer" in stage.words()


def test_details_follow_the_cursor(make: Make, qtbot: QtBot) -> None:
    stage = make(SMALL, LARGE)
    QTest.keyClick(stage.tab.side.list, Qt.Key.Key_Down)
    entry = stage.tab.details.entry
    assert entry is SMALL
    qtbot.waitUntil(lambda: "135 million" in stage.words())
    assert "8,192 tokens" in stage.words()
    assert "Fits well" in stage.words()


def test_facts_that_a_file_does_not_state_are_left_out() -> None:
    assert [name for name, _tip, _value in facts_of(CUT)] == ["Size", "File"]
    told = {name: value for name, _tip, value in facts_of(replace(SMALL, tokens_per_s=47.6))}
    assert told["Speed here"] == "48 tokens a second"


def test_a_damaged_file_says_why_and_offers_no_chat(make: Make) -> None:
    stage = make(CUT)
    assert stage.tab.details.banner.text() == "It is cut short. Get it again."
    assert not stage.button("start_a_chat").isVisible()
    assert not stage.tab.details.form.isVisible()


def test_a_chat_starts_with_the_model_on_show(make: Make, qtbot: QtBot) -> None:
    stage = make(SMALL)
    with qtbot.waitSignal(stage.tab.chat_requested) as told:
        stage.button("start_a_chat").click()
    assert told.args == ["small"]


def test_removing_can_be_undone(make: Make, qtbot: QtBot) -> None:
    stage = make(SMALL, LARGE)
    stage.tab.select("large")
    stage.button("remove_model").click()
    qtbot.waitUntil(lambda: stage.names() == ["small"])
    assert stage.toasts.words() == "large was removed"
    stage.toasts.undo()
    qtbot.waitUntil(lambda: stage.names() == ["large", "small"])
    assert stage.tab.details.entry is LARGE


def test_the_delete_key_removes_and_says_what_becomes_of_the_file(make: Make, qtbot: QtBot) -> None:
    stage = make(SMALL, LARGE)
    stage.tab.select("small")
    assert stage.button("remove_model").text() == "Take off the list"
    QTest.keyClick(stage.tab.side.list, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: stage.names() == ["large"])
    assert stage.toasts.words() == "small is off the list; its file stays"
    QTest.keyClick(stage.tab.side.list, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: stage.names() == [])
    assert stage.toasts.words() == "large was removed"


def test_added_files_are_shown_at_once(make: Make, qtbot: QtBot) -> None:
    stage = make(SMALL)
    stage.files = [Path("/downloads/new.gguf")]
    with qtbot.waitSignal(stage.tab.shelf_changed):
        stage.button("add_model").click()
    qtbot.waitUntil(lambda: "new" in stage.names())
    assert stage.tab.details.entry is not None
    assert stage.tab.details.entry.name == "new"


def test_no_choice_adds_nothing(make: Make) -> None:
    stage = make(SMALL)
    stage.button("add_model").click()
    assert stage.names() == ["small"]


def test_what_cannot_be_added_is_told_above_the_list(make: Make, qtbot: QtBot) -> None:
    stage = make(SMALL)
    stage.keeper.refusal = BROKEN
    stage.tab.add([Path("/x/cut.gguf")])
    qtbot.waitUntil(stage.tab.banner.isVisible)
    assert stage.tab.banner.text() == "It is cut short. Get it again."


def test_load_settings_are_edited_judged_saved_and_undone(make: Make, qtbot: QtBot) -> None:
    stage = make(SMALL)
    spin = stage.tab.details.form.row("context").editor.focusProxy()
    assert spin is not None
    QTest.keyClick(spin, Qt.Key.Key_Up)
    assert stage.tab.details.has_unsaved
    assert stage.tab.details.form.row("context").is_marked
    qtbot.waitUntil(lambda: "1024 fits" in stage.words())
    stage.button("save_load_settings").click()
    assert stage.keeper.settings["small"] == LoadSettings(context=1024)
    assert not stage.tab.details.has_unsaved
    stage.toasts.undo()
    assert stage.keeper.settings["small"] == LoadSettings()
    assert stage.tab.details.form.settings == LoadSettings()


def test_reset_goes_back_to_what_was_saved(make: Make) -> None:
    stage = make(SMALL)
    stage.tab.details.form.row("memory_lock").editor.edited.emit(True)
    stage.button("reset_load_settings").click()
    assert stage.tab.details.form.settings == LoadSettings()
    assert not stage.button("save_load_settings").isVisible()


def test_leaving_a_model_keeps_what_was_edited(make: Make) -> None:
    stage = make(SMALL, LARGE)
    stage.tab.select("small")
    stage.tab.details.form.row("threads").editor.edited.emit(4)
    stage.tab.select("large")
    assert stage.keeper.settings["small"].threads == 4
    assert stage.toasts.words() == "Settings of small saved"


def test_settings_that_cannot_be_saved_stay_on_the_form(make: Make) -> None:
    stage = make(SMALL)
    stage.tab.details.form.row("threads").editor.edited.emit(4)
    stage.keeper.refusal = BROKEN
    stage.button("save_load_settings").click()
    assert stage.tab.details.has_unsaved
    assert stage.tab.banner.isVisible()


def test_every_load_setting_has_a_row_that_gives_its_value_back(theme: Theme, qtbot: QtBot) -> None:
    form = LoadForm(theme)
    qtbot.addWidget(form)
    rows = {field.name: field for field in (*USUAL, *RARE)}
    assert set(rows) == {field.name for field in fields(LoadSettings)}
    full = LoadSettings(
        context=4096,
        gpu_layers=0,
        threads=6,
        batch=256,
        flash_attention=False,
        cache_type="q8_0",
        memory_map=False,
        memory_lock=True,
        rope_scaling="yarn",
        rope_frequency_base=10_000.0,
        rope_frequency_scale=0.25,
        yarn_original_context=2048,
        yarn_extrapolation=0.0,
        yarn_attention=1.25,
        yarn_beta_fast=32.0,
        yarn_beta_slow=1.0,
        full_sliding_window=True,
        seed=0,
    )
    for settings in (full, LoadSettings()):
        form.show_settings(settings)
        for name in rows:
            editor = form.row(name).editor
            editor.edited.emit(editor.value())
        assert form.settings == settings


@pytest.mark.parametrize("name", ["yarn_extrapolation", "yarn_attention"])
def test_one_step_leads_from_the_word_to_nought_and_back(
    name: str, theme: Theme, qtbot: QtBot
) -> None:
    form = LoadForm(theme)
    qtbot.addWidget(form)
    form.show_settings(LoadSettings())
    field = form.row(name).editor.findChild(QDoubleSpinBox)
    assert field is not None
    field.stepUp()
    assert getattr(form.settings, name) == 0.0
    assert field.value() == 0.0
    field.stepDown()
    assert getattr(form.settings, name) is None
    assert field.text() == "As in the file"


@pytest.mark.parametrize(
    ("name", "typed"),
    [("yarn_extrapolation", -0.03), ("yarn_attention", -0.012), ("yarn_beta_fast", -0.5)],
)
def test_less_than_nought_is_no_value(name: str, typed: float, theme: Theme, qtbot: QtBot) -> None:
    form = LoadForm(theme)
    qtbot.addWidget(form)
    editor = form.row(name).editor
    field = editor.findChild(QDoubleSpinBox)
    assert field is not None
    field.setValue(0.5)
    field.setValue(typed)
    assert form.settings == LoadSettings()
    assert field.text() == "As in the file"
    assert not form.row(name).is_marked


def test_the_number_that_means_a_random_seed_cannot_be_chosen(theme: Theme, qtbot: QtBot) -> None:
    form = LoadForm(theme)
    qtbot.addWidget(form)
    field = form.row("seed").editor.findChild(QDoubleSpinBox)
    assert field is not None
    field.setValue(2**32 - 1)
    assert form.settings.seed == 2**32 - 2


@pytest.mark.parametrize(
    ("ships", "words"), [(True, "comes with this program"), (False, "downloaded once")]
)
def test_where_the_starter_comes_from_is_told(
    ships: bool, words: str, theme: Theme, qtbot: QtBot
) -> None:
    page = FirstStart(theme, StarterOffer("SmolLM2", 98_000_000, "Apache-2.0", ships))
    qtbot.addWidget(page)
    assert words in " ".join(made.text() for made in page.findChildren(QLabel))


def test_without_a_model_the_page_explains_itself(make: Make) -> None:
    stage = make()
    assert stage.tab.first_start.isVisible()
    words = stage.words()
    assert "A model is one file" in words
    assert "98 MB, Apache-2.0" in words
    stage.files = [Path("/downloads/first.gguf")]
    stage.button("first_add_file").click()
    assert [entry.name for entry in stage.keeper.entries] == ["first"]


def test_the_starter_model_comes_with_its_progress(make: Make, qtbot: QtBot) -> None:
    stage = make()
    stage.button("get_the_starter_model").click()
    progress, done, _failed = stage.keeper.starter_calls
    thread = threading.Thread(target=lambda: progress(31e6, 98e6, 12.0))
    thread.start()
    thread.join()
    qtbot.waitUntil(
        lambda: "31 MB of 98 MB · 12 s left" in stage.tab.progress.numbers(), timeout=3000
    )
    stage.keeper.entries.append(SMALL)
    done("small")
    qtbot.waitUntil(lambda: stage.names() == ["small"])
    assert not stage.tab.progress.isVisible()
    assert not stage.tab.first_start.isVisible()


def test_the_starter_model_can_be_cancelled_and_can_fail(make: Make, qtbot: QtBot) -> None:
    stage = make()
    stage.tab.get_starter()
    stage.button("progress_cancel").click()
    assert stage.keeper.cancelled
    _progress, _done, failed = stage.keeper.starter_calls
    failed(StudioError("cancelled", "It was stopped.", "Start it again."))
    qtbot.waitUntil(lambda: not stage.tab.progress.isVisible())
    assert not stage.tab.banner.isVisible()
    stage.tab.get_starter()
    stage.keeper.starter_calls[2](StudioError("download.failed", "No network.", "Connect first."))
    qtbot.waitUntil(stage.tab.banner.isVisible)
    assert stage.tab.first_start.isVisible()


def test_everything_is_named_and_tall_enough(
    make: Make, actionable: Callable[[QWidget], list[QWidget]]
) -> None:
    stage = make(SMALL, LARGE)
    found = actionable(stage.tab)
    assert len(found) >= 20
    for widget in found:
        assert widget.objectName(), widget
        assert widget.accessibleName(), widget.objectName()
        assert widget.sizeHint().height() >= 32, widget.objectName()
