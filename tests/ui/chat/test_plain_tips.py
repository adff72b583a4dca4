"""What people wrote is told to the letter in tool-tips, and never taken for markup."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from studio.chat.conversation import Attachment
from studio.ui.chat.attach.chips import Chip
from studio.ui.chat.compare.rows import WordRows
from studio.ui.chat.composer.choice_rows import Choice, ChoiceRows
from studio.ui.theme import Theme

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
