"""What the inspector tells of a preset and of the loaded model."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import fields, replace

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QWidget,
)
from pytestqt.qtbot import QtBot
from support.loaded_model import loaded

from studio.chat.presets.presets import Preset
from studio.engine.language import Sampling
from studio.ui.chat.inspector.facts import Fact, model_facts, sampling_facts
from studio.ui.chat.inspector.fold import Fold
from studio.ui.chat.inspector.inspector import FactGrid, Inspector
from studio.ui.theme import Theme
from studio.ui.widgets.labels import ElidedLabel

BRIEF = Preset(
    "brief",
    "Brief",
    "Short, steady answers.",
    "Answer briefly.",
    Sampling(temperature=0.2, top_p=0.9, repeat_penalty=1.1),
)
SMALL = loaded(
    path="/models/small.gguf",
    name="Small",
    description="llama 135M Q4_1",
    context=2048,
    context_trained=8192,
    layers=30,
    weights_bytes=98 << 20,
    memory_bytes=230 << 20,
    seconds=3.2,
)


@pytest.fixture(autouse=True)
def _speaks_english() -> None:
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))


@pytest.fixture
def inspector(qtbot: QtBot, theme: Theme) -> Inspector:
    inspector = Inspector(theme)
    qtbot.addWidget(inspector)
    inspector.resize(320, 700)
    inspector.show_preset(BRIEF, BRIEF.system)
    inspector.show()
    return inspector


def part(inspector: Inspector, name: str) -> QLabel:
    found = inspector.findChild(QLabel, name)
    assert isinstance(found, QLabel)
    return found


def text_field(inspector: Inspector) -> QPlainTextEdit:
    found = inspector.findChild(QPlainTextEdit, "system_prompt")
    assert isinstance(found, QPlainTextEdit)
    return found


def grid(inspector: Inspector, name: str) -> FactGrid:
    found = inspector.findChild(FactGrid, name)
    assert isinstance(found, FactGrid)
    return found


def values(facts: Sequence[Fact]) -> dict[str, str]:
    return {fact.name: fact.value for fact in facts}


def test_every_setting_of_sampling_is_told_once_with_its_technical_name() -> None:
    told = sampling_facts(Sampling())
    tips = [fact.tip for fact in (*told.first, *told.telling, *told.idle)]
    for field in fields(Sampling):
        assert len([tip for tip in tips if tip.endswith(f"({field.name})")]) == 1, field.name
    assert len(tips) == len(fields(Sampling))


def test_three_settings_come_first_and_the_others_that_matter_follow() -> None:
    told = sampling_facts(BRIEF.sampling)
    assert list(values(told.first).items()) == [
        ("Creativity", "Low, 0.2"),
        ("Length limit", "As long as there is room"),
        ("Seed", "New for each reply"),
    ]
    assert values(told.telling) == {
        "Variety limit": "0.9",
        "Choices": "40",
        "Least likelihood": "0.05",
        "Repetition brake": "1.1",
        "Brakes look back": "At 64 tokens",
    }
    assert values(told.idle)["Steady surprise"] == "Off"


def test_without_creativity_the_filters_and_the_seed_have_no_say() -> None:
    told = sampling_facts(Sampling(temperature=0.0, seed=7, max_tokens=256))
    assert values(told.first) == {
        "Creativity": "None: always the likeliest words",
        "Length limit": "256 tokens",
        "Seed": "Has no effect without creativity",
    }
    assert told.telling == ()
    assert values(told.idle)["Variety limit"] == "0.95"


@pytest.mark.parametrize(
    ("temperature", "words"),
    [(0.05, "Low, 0.05"), (0.4, "Medium, 0.4"), (0.8, "Medium, 0.8"), (1.5, "High, 1.5")],
)
def test_creativity_is_told_as_a_word_and_a_number(temperature: float, words: str) -> None:
    assert sampling_facts(Sampling(temperature=temperature)).first[0].value == words


@pytest.mark.parametrize(
    ("sampling", "name", "value"),
    [
        (Sampling(mirostat=2), "Steady surprise", "Version 2"),
        (Sampling(mirostat=2), "Surprise aimed at", "5"),
        (Sampling(dry_multiplier=0.8), "Phrase brake", "0.8"),
        (Sampling(dry_multiplier=0.8), "Phrase brake looks back", "At everything"),
        (Sampling(xtc_probability=0.5), "Leave out the obvious", "0.5"),
        (Sampling(stop=("END", "\u3002")), "Stops at", "“END”, “\u3002”"),
        (Sampling(json_schema="{}"), "JSON schema", "Given"),
        (Sampling(grammar="root ::= x"), "Grammar", "Given"),
        (Sampling(seed=42), "Seed", "42"),
        (Sampling(max_tokens=1), "Length limit", "1 token"),
    ],
)
def test_rare_settings_come_forward_when_they_matter(
    sampling: Sampling, name: str, value: str
) -> None:
    told = sampling_facts(sampling)
    assert values((*told.first, *told.telling))[name] == value


@pytest.mark.parametrize("name", ["Variety limit", "Choices", "Least likelihood"])
def test_limits_that_are_off_step_back(name: str) -> None:
    told = sampling_facts(Sampling(top_p=1.0, top_k=0, min_p=0.0))
    assert name not in values(told.telling)
    assert values(told.idle)[name] == "Off"


@pytest.mark.parametrize(
    ("changes", "name", "value"),
    [
        ({}, "Built as", "llama"),
        ({}, "Keeps in view", "2,048 of 8,192 tokens"),
        ({"context": 8192}, "Keeps in view", "8,192 tokens"),
        ({}, "Runs on", "Processor (CPU)"),
        ({"device": "Metal"}, "Runs on", "Metal"),
        ({"device": "GPU + CPU"}, "Runs on", "Graphics card and processor (GPU + CPU)"),
        ({}, "Layers", "31, none on the graphics card"),
        ({"layers_offloaded": 12}, "Layers", "12 of 31 on the graphics card"),
        ({"layers_offloaded": 30}, "Layers", "30 of 31 on the graphics card"),
        ({"layers_offloaded": 31}, "Layers", "31, all on the graphics card"),
        ({}, "Memory held", "0.3 GB"),
        ({"memory_bytes": 5 << 30}, "Memory held", "5.0 GB"),
        ({}, "Took to load", "3 s"),
        ({}, "Chat template", "It brings its own."),
        (
            {"has_template": False},
            "Chat template",
            "It has none: it continues your text rather than answering it.",
        ),
        (
            {"template_error": "line 3"},
            "Chat template",
            "Its own cannot be used; a common one takes its place.",
        ),
        ({}, "Its memory", "What it has read is kept; only what changed is read again."),
        ({"reasoning": True}, "Thinking", "It can think before it answers."),
    ],
)
def test_a_model_is_told_in_words(changes: dict[str, object], name: str, value: str) -> None:
    first, more = model_facts(replace(SMALL, **changes))  # type: ignore[arg-type]
    assert values((*first, *more))[name] == value


def test_where_a_split_model_runs_is_told_with_its_layers() -> None:
    split = replace(SMALL, device="GPU + CPU", layers_offloaded=12)
    (tip,) = [fact.tip for fact in model_facts(split)[0] if fact.name == "Runs on"]
    assert tip == "Device: GPU + CPU, 12 of 31 layers on the GPU"


def test_what_matters_of_a_model_comes_first() -> None:
    first, _ = model_facts(SMALL)
    assert list(values(first)) == ["Keeps in view", "Runs on", "Memory held"]


@pytest.mark.parametrize("changes", [{"has_template": False}, {"template_error": "line 3"}])
def test_what_is_wrong_with_a_model_comes_first(changes: dict[str, object]) -> None:
    first, more = model_facts(replace(SMALL, **changes))  # type: ignore[arg-type]
    assert first[-1].warns
    assert "Chat template" not in values(more)


def test_a_memory_that_cannot_be_cut_is_told() -> None:
    words = values(model_facts(replace(SMALL, cache_can_be_cut=False))[1])["Its memory"]
    assert words.endswith("after a change it may have to read all again.")


def test_a_preset_is_shown_with_its_instructions(inspector: Inspector) -> None:
    title = inspector.findChild(ElidedLabel, "preset_title")
    assert title is not None
    assert title.text() == "Brief"
    assert part(inspector, "preset_description").text() == "Short, steady answers."
    assert text_field(inspector).toPlainText() == "Answer briefly."
    assert not part(inspector, "own_system_prompt").isVisible()
    assert part(inspector, "presets_note").text() == (
        "Presets are chosen below the conversation; the end of that list leads to editing them."
    )


def test_instructions_of_the_chat_itself_are_marked(inspector: Inspector) -> None:
    inspector.show_preset(BRIEF, "Answer in rhyme.")
    assert text_field(inspector).toPlainText() == "Answer in rhyme."
    assert part(inspector, "own_system_prompt").isVisible()


def test_no_instructions_are_told_in_words(inspector: Inspector) -> None:
    inspector.show_preset(replace(BRIEF, system="", description=""), "")
    assert not text_field(inspector).isVisible()
    assert not part(inspector, "preset_description").isVisible()
    assert part(inspector, "no_system_prompt").isVisible()


def test_instructions_can_be_read_and_copied_but_not_changed(
    qtbot: QtBot, inspector: Inspector
) -> None:
    field = text_field(inspector)
    with qtbot.assertNotEmitted(inspector.system_edited):
        QTest.keyClicks(field, "x")
    assert field.toPlainText() == "Answer briefly."
    QTest.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(field, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == "Answer briefly."


def test_editable_instructions_tell_what_is_written(qtbot: QtBot, inspector: Inspector) -> None:
    with qtbot.assertNotEmitted(inspector.system_edited):
        inspector.show_preset(BRIEF, "Be", editable=True)
    field = text_field(inspector)
    QTest.keyClick(field, Qt.Key.Key_End)
    with qtbot.waitSignal(inspector.system_edited) as edited:
        QTest.keyClicks(field, "e")
    assert edited.args == ["Bee"]
    inspector.show_preset(BRIEF, "Bee", editable=True)
    assert field.textCursor().position() == 3
    assert not part(inspector, "presets_note").isVisible()


def test_long_instructions_scroll_and_short_ones_are_wholly_seen(inspector: Inspector) -> None:
    field = text_field(inspector)
    inspector.show_preset(BRIEF, "One line, and a second one that is long enough to be wrapped.")
    QApplication.processEvents()
    assert field.verticalScrollBar().maximum() == 0
    short = field.height()
    inspector.show_preset(BRIEF, "Very many words. " * 200)
    QApplication.processEvents()
    assert short < field.height() <= 220
    assert field.verticalScrollBar().maximum() > 0


@pytest.mark.parametrize(
    ("fold", "inside"),
    [
        ("sampling_fold", "more_sampling"),
        ("sampling_fold", "idle_sampling"),
        ("model_fold", "more_model_facts"),
    ],
)
def test_more_folds_out_and_in_by_keyboard(inspector: Inspector, fold: str, inside: str) -> None:
    inspector.show_model(SMALL)
    more = inspector.findChild(QPushButton, f"{fold}_button")
    assert more is not None
    folded = grid(inspector, inside)
    assert not folded.isVisible()
    assert more.text() == "More"
    more.setFocus()
    QTest.keyClick(more, Qt.Key.Key_Space)
    assert folded.isVisible()
    assert more.text() == "Less"
    assert more.accessibleName().startswith("Less ")
    QTest.keyClick(more, Qt.Key.Key_Space)
    assert not folded.isVisible()


def test_a_fold_stays_as_it_was_left(inspector: Inspector) -> None:
    inspector.show_model(SMALL)
    for fold in inspector.findChildren(Fold):
        fold.button.click()
    inspector.hide()
    inspector.show_preset(replace(BRIEF, sampling=Sampling(temperature=1.0)), "")
    inspector.show_model(None)
    inspector.show_model(replace(SMALL, name="Other"))
    inspector.show()
    assert grid(inspector, "more_sampling").isVisible()
    assert grid(inspector, "more_model_facts").isVisible()


def test_a_model_comes_and_goes(inspector: Inspector) -> None:
    nothing = part(inspector, "no_model_loaded")
    assert nothing.isVisible()
    assert nothing.text() == "No model is loaded yet. It loads with your first message."
    inspector.show_model(SMALL)
    name = inspector.findChild(ElidedLabel, "model_name")
    assert name is not None
    assert (name.isVisible(), name.text()) == (True, "small")
    assert not nothing.isVisible()
    inspector.show_model(None)
    assert nothing.isVisible()
    assert not grid(inspector, "model_facts").isVisible()


def test_facts_follow_the_preset_and_the_look(inspector: Inspector, theme: Theme) -> None:
    facts = grid(inspector, "sampling")
    assert facts.facts[0].value == "Low, 0.2"
    inspector.show_preset(replace(BRIEF, sampling=Sampling(temperature=1.0)), "")
    assert facts.facts[0].value == "High, 1"
    before = QFontMetrics(facts.findChildren(QLabel)[-1].font()).height()
    theme.set_text_size(24)
    assert QFontMetrics(facts.findChildren(QLabel)[-1].font()).height() > before


def test_a_low_window_scrolls(inspector: Inspector) -> None:
    inspector.show_model(SMALL)
    inspector.resize(320, 240)
    QApplication.processEvents()
    scroll = inspector.findChild(QScrollArea)
    assert scroll is not None
    assert scroll.verticalScrollBar().maximum() > 0
    assert scroll.horizontalScrollBar().maximum() == 0


def test_everything_to_act_on_has_a_name(
    inspector: Inspector, actionable: Callable[[QWidget], list[QWidget]]
) -> None:
    inspector.show_model(SMALL)
    found = actionable(inspector)
    assert len(found) == 3
    for widget in [inspector, *found]:
        assert widget.objectName()
        assert widget.accessibleName()
