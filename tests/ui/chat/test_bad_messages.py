"""Messages that would bring a window down, in the real transcript: shown, searched, kept whole."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from support.talk import message, on_screen, seen

from studio.ui.chat.messages.footer_view import FooterView
from studio.ui.chat.transcript.transcript import Transcript

PLANES = [
    "".join(chr(plane * 0x10000 + offset) for offset in range(0x0E10, 0xD700, 0x0501))
    for plane in range(17)
]
BAD = {
    "a megabyte": "Some *words* of many.\n\n" * 43_000,
    "a line of a hundred thousand characters": "x" * 100_000 + "\n\nnext\n\n",
    "an open fence": "```py\n" + "print(1)\n" * 3_000,
    "a fence in a list": "- ```\n" + "  line\n" * 500,
    "quotes fifty deep": "".join(">" * depth + f" {depth}\n" for depth in range(1, 51)) + "\n",
    "lists fifty deep": "".join("  " * depth + "- a\n" for depth in range(50)) + "\n",
    "a table of five thousand rows": "|n|v|\n|-|-|\n" + "|1|2|\n" * 5_000 + "\n",
    "a table of a hundred columns": "|"
    + "h|" * 100
    + "\n|"
    + "-|" * 100
    + "\n"
    + "|c" * 100
    + "\n\n",
    "a table with rows too long": "|a|\n|-|\n" + "|1|2|3|\n" * 50 + "\n",
    "a list of two thousand items": "1. item\n" * 2_000 + "\n",
    "brackets": "[" * 30_000 + "\n\n",
    "links": "[a](b" * 3_000 + "\n\n",
    "emphasis": "**a** *b* ~~c~~ " * 900 + "\n\n",
    "backticks": "`a` " * 3_000 + "\n\n",
    "formulas": "$x_1$ " * 2_000 + "\n\n",
    "html and script": '<script>alert(1)</script><img src="https://a.b/c" onerror=x>\n\n' * 200,
    "every plane of Unicode": "\n\n".join(PLANES) + "\n\n",
    "right to left": "שלום \u202egnp.exe\u202c العربية\n\n" * 300,
    "combining marks": "e" + "\u0301" * 3_000 + "\n\n",
    "signs without a form": "\u0000\ufffe\u200b\u2028\x1b[31m\r\n" * 500,
}
END = "The very end."


@pytest.mark.parametrize("name", BAD)
def test_a_bad_reply_is_shown_to_its_end(name: str, transcript: Transcript, qtbot: QtBot) -> None:
    text = BAD[name] + END
    transcript.show_branch([message(0, "user", "Go"), message(1, "assistant", text)])
    qtbot.waitUntil(lambda: transcript.entries[-1].is_ready, timeout=60_000)
    transcript.lay_out()
    bar = transcript.verticalScrollBar()
    bar.setValue(bar.maximum())
    is_left_out = name == "an open fence"  # a thousand lines of code are shown, and all are copied
    assert is_left_out or END in on_screen(transcript)
    assert transcript.living_widgets < 60
    (footer,) = (view for view in seen(transcript, FooterView) if not view.copy.isHidden())
    QTest.mouseClick(footer.copy, Qt.MouseButton.LeftButton)
    copied = QGuiApplication.clipboard().text()
    assert len(copied) == len(text)
    assert copied.endswith(END)


@pytest.mark.parametrize("name", [name for name in BAD if len(BAD[name]) < 19_000])
def test_a_bad_question_is_found_to_its_end(
    name: str, transcript: Transcript, qtbot: QtBot
) -> None:
    transcript.show_branch([message(0, "user", BAD[name] + END)])
    bar = transcript.find_bar()
    bar.open()
    QTest.keyClicks(bar.field, "the very end")
    qtbot.waitUntil(lambda: bar.figures.text() == "1 of 1", timeout=60_000)
    assert END in on_screen(transcript)
