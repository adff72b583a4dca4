"""The lists behind the composer's pills: what they offer, and how the keyboard works them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QListView, QWidget
from pytestqt.qtbot import QtBot
from support.header_facts import SMOLLM2

from studio.chat.presets.presets import Preset, Presets
from studio.engine.language import Sampling
from studio.errors import StudioError
from studio.library.shelf import ShelfModel
from studio.ui.chat.composer.choice_rows import CHOICE, Choice
from studio.ui.chat.composer.composer import Composer
from studio.ui.chat.composer.pickers import ModelPicker, Picker, PickerPill, PresetPicker
from studio.ui.theme import Theme
from studio.ui.widgets.search_field import SearchField

Key = Qt.Key


Kind = TypeVar("Kind", bound=QWidget)


def part(parent: QWidget, kind: type[Kind], name: str = "") -> Kind:
    found = parent.findChild(kind, name) if name else parent.findChild(kind)
    assert found is not None
    return found


def model(name: str, size_bytes: int = 98_000_000, purpose: str = "chat") -> ShelfModel:
    facts = replace(SMOLLM2, parameters=135_000_000, purpose=purpose)
    return ShelfModel(name, Path(f"/models/{name}.gguf"), "own", size_bytes, facts)


CUT = ShelfModel(
    "broken",
    Path("/models/broken.gguf"),
    "own",
    3_100_000_000,
    None,
    StudioError("model.truncated", "It is cut short: 3.1 of 6.6 GB are here.", "Get it again."),
)
EDIT = "Edit presets …"
PRESETS = [
    Preset("assistant", "Assistant", "Balanced answers.", "", Sampling()),
    Preset("brief", "Brief", "Short answers.", "", Sampling()),
    Preset("creative", "Creative", "For stories and ideas.", "", Sampling()),
]


@pytest.fixture
def composer(theme: Theme, qtbot: QtBot) -> Composer:
    composer = Composer(theme, lambda: True)
    qtbot.addWidget(composer)
    composer.set_models([model("large", 4_700_000_000), CUT, model("small")])
    composer.set_presets(PRESETS)
    composer.resize(700, 100)
    composer.show()
    composer.activateWindow()
    return composer


def pill(composer: Composer, name: str) -> PickerPill:
    return part(composer, PickerPill, name)


def models(composer: Composer) -> Picker:
    return part(composer, ModelPicker)


def presets(composer: Composer) -> Picker:
    return part(composer, PresetPicker)


def rows(picker: Picker) -> list[Choice]:
    found = shown(picker).model()
    return [found.index(row, 0).data(CHOICE) for row in range(found.rowCount())]


def titles(picker: Picker) -> list[str]:
    return [row.title for row in rows(picker)]


def shown(picker: Picker) -> QListView:
    return part(picker, QListView)


def field(picker: Picker) -> SearchField:
    return part(picker, SearchField)


def at(picker: Picker) -> str:
    return str(shown(picker).currentIndex().data())


def press(picker: Picker, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(picker.focusWidget(), key)


def test_models_tell_name_size_and_quantisation(composer: Composer) -> None:
    row = rows(models(composer))[0]
    assert (row.title, row.figures) == ("large", "4.7 GB")
    assert "Q4_1" in row.about
    assert "135 million parameters" in row.about


def test_a_damaged_model_comes_last_says_why_and_cannot_be_chosen(composer: Composer) -> None:
    chosen: list[str] = []
    composer.model_chosen.connect(chosen.append)
    picker = models(composer)
    pill(composer, "model").open_choices()
    row = rows(picker)[-1]
    assert (row.title, row.about) == ("broken", "It is cut short: 3.1 of 6.6 GB are here.")
    index = shown(picker).model().index(2, 0)
    assert index.flags() == Qt.ItemFlag.NoItemFlags
    assert "cut short" in index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert "cut short" in index.data(Qt.ItemDataRole.ToolTipRole)
    spot = shown(picker).visualRect(index).center()
    QTest.mouseClick(shown(picker).viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert chosen == []
    assert picker.isVisible()
    picker.close()


@pytest.mark.parametrize("shelf", [[], [model("finder", purpose="embedding")]])
def test_without_a_model_it_says_where_they_come_from(
    composer: Composer, shelf: Sequence[ShelfModel]
) -> None:
    composer.set_models(shelf)
    picker = models(composer)
    pill(composer, "model").open_choices()
    (row,) = rows(picker)
    assert row.title == "No model yet"
    assert "Models" in row.about
    press(picker, Key.Key_Return)
    assert picker.isVisible()
    picker.close()


def test_only_models_that_write_text_are_offered(composer: Composer) -> None:
    purposes = ("chat", "completion", "embedding", "image", "projector", "adapter", "vocabulary")
    composer.set_models([model(purpose, purpose=purpose) for purpose in purposes])
    assert titles(models(composer)) == ["chat", "completion"]
    assert "does not chat" in rows(models(composer))[1].about


def test_presets_tell_title_and_description(composer: Composer, resources: Path) -> None:
    composer.set_presets(Presets([resources / "presets"]).list())
    *offered, last = rows(presets(composer))
    assert last.title == EDIT
    assert len(offered) >= 5
    assert all(row.key and row.title and row.about for row in offered)


@pytest.mark.parametrize("key", [Key.Key_Down, Key.Key_Up, Key.Key_Return, Key.Key_Space])
def test_a_pill_opens_its_list_by_keyboard(composer: Composer, key: Qt.Key) -> None:
    QTest.keyClick(pill(composer, "preset"), key)
    assert presets(composer).isVisible()
    presets(composer).close()


@pytest.mark.parametrize("known", [PRESETS, []])
def test_the_last_row_asks_for_the_presets_window(
    composer: Composer, known: Sequence[Preset], qtbot: QtBot
) -> None:
    composer.set_presets(known)
    picker = part(composer, PresetPicker)
    pill(composer, "preset").open_choices()
    press(picker, *[Key.Key_Down] * len(known))
    with qtbot.waitSignal(picker.edit_requested), qtbot.assertNotEmitted(composer.preset_chosen):
        press(picker, Key.Key_Return)
    assert not picker.isVisible()


def test_arrows_and_enter_choose(composer: Composer) -> None:
    chosen: list[str] = []
    composer.preset_chosen.connect(chosen.append)
    composer.set_preset("Assistant")
    QTest.keyClick(pill(composer, "preset"), Key.Key_Down)
    picker = presets(composer)
    assert at(picker) == "Assistant"
    press(picker, Key.Key_Down, Key.Key_Down, Key.Key_Up, Key.Key_Return)
    assert chosen == ["brief"]
    assert not picker.isVisible()


def test_the_pill_waits_for_its_owner_to_say_what_holds(composer: Composer) -> None:
    composer.set_model("small")
    QTest.keyClick(pill(composer, "model"), Key.Key_Down)
    press(models(composer), Key.Key_Up, Key.Key_Return)
    assert pill(composer, "model").accessibleName() == "Model: small"
    composer.set_model("large")
    assert pill(composer, "model").accessibleName() == "Model: large"


def test_the_current_one_is_marked_and_where_the_list_begins(composer: Composer) -> None:
    composer.set_model("small")
    pill(composer, "model").open_choices()
    picker = models(composer)
    listed = shown(picker).model()
    check = Qt.ItemDataRole.CheckStateRole
    marks = [listed.index(row, 0).data(check) is not None for row in range(3)]
    assert dict(zip(titles(picker), marks, strict=True)) == {
        "large": False,
        "small": True,
        "broken": False,
    }
    assert at(picker) == "small"
    assert "current" in shown(picker).currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)
    picker.close()


def test_choosing_the_current_one_changes_nothing(composer: Composer) -> None:
    chosen: list[str] = []
    composer.model_chosen.connect(chosen.append)
    composer.set_model("small")
    pill(composer, "model").open_choices()
    press(models(composer), Key.Key_Return)
    assert chosen == []
    assert not models(composer).isVisible()


def test_escape_closes_without_choosing(composer: Composer) -> None:
    chosen: list[str] = []
    composer.preset_chosen.connect(chosen.append)
    pill(composer, "preset").open_choices()
    press(presets(composer), Key.Key_Down, Key.Key_Escape)
    assert chosen == []
    assert not presets(composer).isVisible()


def test_escape_in_a_list_does_not_reach_the_window(composer: Composer) -> None:
    stops: list[int] = []
    stop = QShortcut(QKeySequence("Esc"), composer)
    stop.activated.connect(lambda: stops.append(1))
    pill(composer, "preset").open_choices()
    press(presets(composer), Key.Key_Escape)
    assert stops == []
    assert not presets(composer).isVisible()
    QTest.keyClick(composer, Key.Key_Escape)
    assert stops == [1]


def test_typing_finds_and_escape_first_clears(composer: Composer) -> None:
    chosen: list[str] = []
    composer.preset_chosen.connect(chosen.append)
    pill(composer, "preset").open_choices()
    picker = presets(composer)
    assert not field(picker).isVisible()
    press(picker, Key.Key_S)
    assert field(picker).isVisible()
    QTest.keyClicks(field(picker), "tor")
    assert titles(picker) == ["Creative"]
    press(picker, Key.Key_Escape)
    assert titles(picker) == ["Assistant", "Brief", "Creative", EDIT]
    assert picker.isVisible()
    QTest.keyClicks(field(picker), "e")
    press(picker, Key.Key_Down, Key.Key_Return)
    assert chosen == ["brief"]


def test_finding_nothing_is_said(composer: Composer) -> None:
    pill(composer, "model").open_choices()
    picker = models(composer)
    press(picker, Key.Key_Z)
    QTest.keyClicks(field(picker), "zz")
    nothing = part(picker, QLabel, "model_picker_nothing")
    assert nothing.isVisible()
    assert "zzz" in nothing.text()
    press(picker, Key.Key_Return)
    assert picker.isVisible()
    picker.close()


def test_what_was_looked_for_is_forgotten_when_it_opens_again(composer: Composer) -> None:
    pill(composer, "preset").open_choices()
    press(presets(composer), Key.Key_B)
    presets(composer).close()
    pill(composer, "preset").open_choices()
    assert titles(presets(composer)) == ["Assistant", "Brief", "Creative", EDIT]
    assert not field(presets(composer)).isVisible()
    presets(composer).close()


def test_a_long_list_shows_its_search_field_at_once(composer: Composer) -> None:
    composer.set_models([model(f"model {number}") for number in range(30)])
    pill(composer, "model").open_choices()
    picker = models(composer)
    assert field(picker).isVisible()
    assert field(picker).hasFocus()
    press(picker, Key.Key_Down, Key.Key_Down)
    assert at(picker) == "model 2"
    picker.close()


def test_models_that_come_while_it_is_open_are_shown(composer: Composer) -> None:
    pill(composer, "model").open_choices()
    composer.set_models([model("new"), model("newer")])
    assert titles(models(composer)) == ["new", "newer"]
    assert at(models(composer)) == "new"
    models(composer).close()


def test_a_click_chooses(composer: Composer) -> None:
    chosen: list[str] = []
    composer.model_chosen.connect(chosen.append)
    pill(composer, "model").open_choices()
    listed = shown(models(composer))
    spot = listed.visualRect(listed.model().index(1, 0)).center()
    QTest.mouseClick(listed.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert chosen == ["small"]


def test_the_list_stays_on_the_screen_and_leaves_the_pill_free(composer: Composer) -> None:
    composer.set_models([model(f"model {number}") for number in range(30)])
    screen = composer.screen().availableGeometry()
    for corner in (screen.topLeft(), screen.bottomRight() - QPoint(200, 60)):
        composer.move(corner)
        pill(composer, "model").open_choices()
        picker = models(composer)
        assert screen.contains(picker.geometry())
        owner = pill(composer, "model")
        top = owner.mapToGlobal(QPoint(0, 0)).y()
        assert picker.geometry().bottom() < top or picker.y() >= top + owner.height()
        picker.close()


def test_a_short_list_makes_room_for_its_search_field(composer: Composer) -> None:
    composer.set_models([])
    composer.move(100, 400)
    owner, picker = pill(composer, "model"), models(composer)
    owner.open_choices()
    top, height = owner.mapToGlobal(QPoint(0, 0)).y(), picker.height()
    assert picker.geometry().bottom() < top
    press(picker, Key.Key_N)
    assert picker.height() > height
    assert picker.geometry().bottom() < top
    picker.close()
    owner.open_choices()
    assert picker.height() == height
    picker.close()


def test_a_long_name_is_cut_in_the_middle_and_told_whole(composer: Composer) -> None:
    long = "Mistral-Small-3.2-24B-Instruct-2506-UD-Q4_K_XL"
    composer.set_model(long)
    drop = pill(composer, "model")
    assert long in drop.toolTip()
    composer.resize(composer.minimumSizeHint().width(), 100)
    QApplication.sendPostedEvents()
    narrow = drop.text()
    assert narrow.startswith("Mi")
    assert narrow.endswith("L")
    composer.resize(700, 100)
    QApplication.sendPostedEvents()
    assert len(drop.text()) > len(narrow)


def test_without_a_choice_a_pill_says_what_it_is_for(composer: Composer) -> None:
    composer.set_model("small")
    composer.set_model("")
    assert pill(composer, "model").text() == "Model"
    assert pill(composer, "model").accessibleName() == "Model"


def test_the_lists_are_named_for_readers(composer: Composer) -> None:
    for picker, name in ((models(composer), "model"), (presets(composer), "preset")):
        assert picker.objectName() == f"{name}_picker"
        assert picker.accessibleName() == f"Choose a {name}"
        assert shown(picker).accessibleName().lower() == f"{name}s"
        assert field(picker).accessibleName() == f"Find a {name}"


def test_its_corners_are_cut_out_of_its_window(composer: Composer) -> None:
    pill(composer, "preset").open_choices()
    picker = presets(composer)
    inside, corners = picker.mask(), picker.rect()
    assert inside.contains(corners.center())
    for place in (corners.topLeft(), corners.bottomRight(), corners.topRight()):
        assert not inside.contains(place)
    edges = (QPoint(corners.center().x(), 0), QPoint(corners.right(), corners.center().y()))
    assert all(inside.contains(place) for place in edges)
    assert not picker.testAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
    picker.close()
