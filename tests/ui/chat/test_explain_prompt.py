"""The window with the exact prompt: special tokens, finding words, keyboard and names."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from studio.ui.chat.explain.prompt import PromptDialog, special_spans
from studio.ui.theme import Theme

PROMPT = "<|im_start|>user\nWhere do tides 🌊 come from?<|im_end|>\n<|im_start|>assistant\nTIDES\n"


@pytest.fixture
def dialog(theme: Theme, window: QWidget) -> PromptDialog:
    made = PromptDialog(theme, window, PROMPT, 1030)
    made.show()
    return made


def special(text: str) -> list[str]:
    units = text.encode("utf-16-le")
    return [units[2 * a : 2 * b].decode("utf-16-le") for a, b in special_spans(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (PROMPT, ["<|im_start|>", "<|im_end|>", "<|im_start|>"]),
        (
            "<s>[INST] <<SYS>>\nx<</SYS>> y [/INST]",
            ["<s>", "[INST]", "<<SYS>>", "<</SYS>>", "[/INST]"],
        ),
        ("<start_of_turn>user\n👋<end_of_turn>", ["<start_of_turn>", "<end_of_turn>"]),
        ("<\uff5cUser\uff5c>hi<think>", ["<\uff5cUser\uff5c>", "<think>"]),
        ("if a <b> and [1] < |c|", []),
    ],
)
def test_special_tokens_are_known(text: str, found: list[str]) -> None:
    assert special(text) == found


def test_the_text_and_its_size_are_told(dialog: PromptDialog) -> None:
    assert dialog.view.toPlainText() == PROMPT
    assert "1,030 tokens" in dialog.about.text()
    assert dialog.view.isReadOnly()
    assert len(dialog.view.extraSelections()) == 3


def test_words_are_found_one_after_another(dialog: PromptDialog) -> None:
    QTest.keyClick(dialog.view, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert dialog.search.hasFocus()
    QTest.keyClicks(dialog.search, "tides")
    QTest.keyClick(dialog.search, Qt.Key.Key_Return)
    assert dialog.found.text() == "1 of 2"
    QTest.keyClick(dialog.search, Qt.Key.Key_Return)
    assert dialog.found.text() == "2 of 2"
    QTest.keyClick(dialog, Qt.Key.Key_F3)
    assert dialog.found.text() == "1 of 2"
    QTest.keyClick(dialog, Qt.Key.Key_F3, Qt.KeyboardModifier.ShiftModifier)
    assert dialog.found.text() == "2 of 2"
    assert len(dialog.view.extraSelections()) == 5
    assert dialog.isVisible()


def test_what_is_not_there_is_said(dialog: PromptDialog) -> None:
    QTest.keyClicks(dialog.search, "zebra")
    QTest.keyClick(dialog.search, Qt.Key.Key_Return)
    assert dialog.found.text() == "Not found"
    QTest.keyClick(dialog.search, Qt.Key.Key_Escape)
    assert dialog.found.text() == ""
    assert dialog.isVisible()
    QTest.keyClick(dialog.search, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


@pytest.mark.parametrize(
    ("times", "told", "last"),
    [
        (1_000, "1 of 1,000", "1,000 of 1,000"),
        (1_001, "1 of the first 1,000 places", "1,000 of the first 1,000 places"),
    ],
)
def test_that_there_are_more_places_is_said(
    theme: Theme, window: QWidget, qtbot: QtBot, times: int, told: str, last: str
) -> None:
    dialog = PromptDialog(theme, window, "tide " * times, None)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    QTest.keyClick(dialog.view, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(dialog.search, "tide")
    QTest.keyClick(dialog.search, Qt.Key.Key_Return)
    assert dialog.found.text() == told
    assert dialog.search.accessibleDescription() == told
    QTest.keyClick(dialog, Qt.Key.Key_F3, Qt.KeyboardModifier.ShiftModifier)
    assert dialog.found.text() == last
    dialog.search.searched.emit("zebra")
    assert dialog.found.text() == "Not found"


def test_everything_has_a_name(
    dialog: PromptDialog, actionable: Callable[[QWidget], list[QWidget]]
) -> None:
    for widget in actionable(dialog):
        assert widget.objectName()
        assert widget.accessibleName(), widget.objectName()
