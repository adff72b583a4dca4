"""What people wrote is told to the letter in tool-tips, and never taken for markup."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from studio.chat.conversation import Attachment
from studio.ui.chat.attach.chips import Chip
from studio.ui.chat.compare.rows import WordRows
from studio.ui.chat.composer.choice_rows import Choice, ChoiceRows
from studio.ui.theme import CONTROL, Theme
from studio.ui.widgets.buttons import Pill
from studio.ui.widgets.labels import ElidedLabel
from studio.ui.widgets.toast import Toasts
from studio.ui.widgets.trash_rows import TrashItem, TrashRows

TIP = Qt.ItemDataRole.ToolTipRole


def test_the_name_of_an_attached_file(theme: Theme, qtbot: QtBot) -> None:
    for name, told in (
        ("A & <b>b</b>.txt", "<div>A &amp; &lt;b&gt;b&lt;/b&gt;.txt</div>"),
        ("a", "a"),
    ):
        chip = Chip(theme, Attachment("1", "", "text", name, "text/plain", 3, "0"), removable=False)
        qtbot.addWidget(chip)
        assert chip.toolTip() == told
        assert chip.text() == name


def test_the_prompt_of_a_comparison() -> None:
    rows = WordRows(("Prompt",))
    rows.set_rows([("Why <b>bold</b> & not italic?",)])
    cell = rows.index(0, 0)
    assert cell.data() == "Why <b>bold</b> & not italic?"
    assert cell.data(TIP) == "<div>Why &lt;b&gt;bold&lt;/b&gt; &amp; not italic?</div>"


def test_the_description_of_a_preset() -> None:
    rows = ChoiceRows()
    rows.set_rows([Choice("odd", "Odd", "For <b>bold</b> words.")])
    assert rows.index(0).data(TIP) == "<div>Odd</div><div>For &lt;b&gt;bold&lt;/b&gt; words.</div>"


def test_the_title_of_a_preset_in_force(theme: Theme, qtbot: QtBot) -> None:
    pill = Pill(theme, "Preset")
    qtbot.addWidget(pill)
    pill.set_choice("<b>Bold</b>")
    assert pill.toolTip() == "<div>Preset: &lt;b&gt;Bold&lt;/b&gt;</div>"
    assert pill.accessibleName() == "Preset: <b>Bold</b>"


def test_a_message_that_waits_and_is_cut(theme: Theme, qtbot: QtBot) -> None:
    cut = ElidedLabel(theme, "How is a <div> put in the middle of a page?", CONTROL)
    qtbot.addWidget(cut)
    cut.resize(60, 20)
    cut.grab()
    assert cut.toolTip() == "<div>How is a &lt;div&gt; put in the middle of a page?</div>"


def test_the_title_of_a_chat_that_was_removed(theme: Theme, qtbot: QtBot) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    toasts = Toasts(theme, host)
    toasts.show_words("“A <div>” is in the trash.")
    told = [each.toolTip() for each in toasts.findChildren(QLabel)]
    assert told == ["<div>“A &lt;div&gt;” is in the trash.</div>"]


def test_a_chat_in_the_trash() -> None:
    rows = TrashRows()
    rows.set_rows([TrashItem("1", "A <b>b</b>", about="Removed today")])
    assert rows.index(0).data() == "A <b>b</b>"
    assert rows.index(0).data(TIP) == "<div>A &lt;b&gt;b&lt;/b&gt;</div><div>Removed today</div>"
