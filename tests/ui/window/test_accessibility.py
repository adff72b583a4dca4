"""What a screen reader finds in the window: everything has a name, says what it is, and speaks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot
from support import pictures
from support.accessible import all_of, faults, tree
from support.exchanges import finished, new, open_tiny, turn
from support.listed import listed
from support.screen import Screen, open_screen
from support.talk import FIGURES, message, seen

from studio.chat.conversation import Message
from studio.settings import SETTINGS
from studio.ui import accessibility
from studio.ui.chat.explain.certainty import CertaintyDialog
from studio.ui.chat.explain.doors import Explain
from studio.ui.chat.messages.person_view import PersonView
from studio.ui.chat.messages.wording_view import WordingView
from studio.ui.chat.several.reply_column import ReplyColumn
from studio.ui.chat.transfer.transfers import ListTransfers
from studio.ui.documents.tab import DocumentsTab
from studio.ui.images.tab import ImagesTab
from studio.ui.settings.page import SettingsPage
from studio.ui.theme import Theme
from studio.ui.widgets.dialog_frame import ExplainDialog

MADE_LATE = (DocumentsTab, ImagesTab, ReplyColumn)
ROOMS = ("chat", "documents", "images", "models", "settings")
TABLE = "| a | b |\n|---|---|\n| 1 | 2 |"
EVERYTHING = f"""Some words with a [link](https://a.b).

```python
print("hello")
```

{TABLE}

$$e = mc^2$$

---

- one
- two
"""


@pytest.fixture
def screen(profile: Path, qapp: QApplication, qtbot: QtBot) -> Iterator[Screen]:
    with open_screen(profile, qapp, qtbot) as made:
        yield made


def show_all_kinds(screen: Screen) -> None:
    def said(number: int, content: str, **facts: Any) -> Message:
        return message(number, "assistant", content, figures=FIGURES, **facts)

    shape = {"structured": {"kind": "json_schema", "valid": True, "problem": None}}
    screen.show(
        message(0, "user", "What is it?"),
        said(1, EVERYTHING, reasoning="Let me see.", thought_s=2.0),
        message(2, "user", "Again?"),
        said(3, "Half", status="cancelled"),
        message(4, "user", "And now?"),
        said(5, '{"a": [1, 2]}', recipe=shape),
        message(6, "user", "So?"),
        said(7, "", status="failed"),
    )


def test_the_walk_finds_what_is_wrong(qtbot: QtBot) -> None:
    window, plain, line = QWidget(), QWidget(), QLineEdit()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    plain.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    line.setAccessibleName("Name")
    for each in (plain, QPushButton(), QPushButton("Go"), QPushButton("Go"), QProgressBar()):
        column.addWidget(each)
    column.addWidget(QLabel("Name"))
    column.addWidget(line)
    window.show()
    told = "\n".join(faults(window))
    for wrong in (
        "Client '' [QWidget]: can be acted on, but does not say what it is",
        "Button '' [QPushButton]: has no name",
        "tell the same: Button 'Go'",
        "does not say what goes on",
        "'Name' [QLineEdit]: its label does not belong to it",
    ):
        assert wrong in told


@pytest.mark.parametrize("room", ROOMS)
def test_a_room(screen: Screen, room: str) -> None:
    if room == "models":
        screen.models()
    screen.window.open_room(room)
    assert faults(screen.window) == []


@pytest.mark.parametrize("name", ["tiny", "broken"])
def test_a_model_in_full(screen: Screen, name: str) -> None:
    models = screen.models()
    models.select(name)
    screen.wait(lambda: getattr(models.details.entry, "name", "") == name)
    models.progress.begin("Getting a model", lambda: None)
    models.progress.advance(1e6, 98e6, 130.0, "")
    screen.qtbot.wait(50)
    assert faults(screen.window) == []
    if name == "tiny":
        models.details.form.setVisible(True)
        for button in models.details.findChildren(QToolButton):
            button.click()
        entry = models.details.entry
        assert entry is not None
        models.remove(entry)
        screen.wait(lambda: bool(screen.window.toasts.words()))
        models.left.show_trash()
        screen.wait(lambda: listed(models.left.trash.list) == ["tiny"])
        assert faults(screen.window) == []
        models.left.trash.delete()
        assert faults(screen.dialog()) == []
        screen.dialog().reject()


def test_every_page_of_settings(screen: Screen) -> None:
    page = screen.window.open_room("settings")
    assert isinstance(page, SettingsPage)
    for category in {each.category for each in SETTINGS}:
        page.show_category(category)
        assert faults(screen.window) == [], category


@pytest.mark.parametrize("top", [0.0, 0.3, 0.6, 1.0])
def test_messages_of_every_kind(screen: Screen, top: float) -> None:
    show_all_kinds(screen)
    transcript = screen.tab.transcript
    transcript.entries[1].unfold()
    bar = transcript.verticalScrollBar()
    bar.setValue(round(bar.maximum() * top))
    screen.qtbot.wait(20)
    assert faults(screen.window) == []


def test_a_conversation_is_read_in_its_order_and_tells_who_speaks(screen: Screen) -> None:
    screen.tab.work.show_transcript()
    for count in (5, 3, 5):  # widgets are used again for other rows
        screen.show(
            *(
                message(n, "user", f"Question {n}")
                if n % 2 == 0
                else message(n, "assistant", f"Answer {n}", figures=FIGURES)
                for n in range(count)
            )
        )
    told = [f"{each.name} {each.description}" for each in all_of(tree(screen.tab.transcript))]
    texts = [each for each in told if each.startswith(("Question", "Answer"))]
    assert [each.split(" Reply")[0].strip() for each in texts] == [
        "Question 0",
        "Answer 1",
        "Question 2",
        "Answer 3",
        "Question 4",
    ]
    assert "Your message Question 2" in told
    assert "Answer 3 Reply" in told
    assert any(each.startswith("Reply.") and each.endswith("Answer 3") for each in told)


DIALOGS: dict[str, Callable[[Screen, Path], object]] = {
    "shortcuts": lambda s, _: s.window.commands.action("shortcuts").trigger(),
    "about": lambda s, _: s.window.commands.action("about").trigger(),
    "shape": lambda s, _: s.tab.shape.open(),
    "presets": lambda s, _: s.equipment.presets.open(),
    "several": lambda s, _: s.equipment.several.open_last(),
    "recipe": lambda s, _: s.tab.explain.show_recipe(s.ask().id),
    "compare": lambda s, _: _compare(s),
    "export": lambda s, _: _transfers(s).export(s.parts.conversations.list()),
    "import": lambda s, folder: _transfers(s).bring_in(_junk(folder)),
}


def _compare(screen: Screen) -> None:
    assert screen.equipment.compare is not None
    screen.equipment.compare.open()


def _transfers(screen: Screen) -> ListTransfers:
    found = screen.window.findChild(ListTransfers)
    assert found is not None
    return found


def _junk(folder: Path) -> Path:
    file = folder / "chats.json"
    file.write_text("[1]")
    return file


@pytest.mark.parametrize("name", DIALOGS)
def test_a_dialog(screen: Screen, tmp_path: Path, name: str) -> None:
    screen.ask()
    DIALOGS[name](screen, tmp_path)
    dialog = screen.dialog()
    screen.qtbot.wait(100)
    assert faults(dialog) == []
    assert dialog.windowTitle()
    assert len(list(all_of(tree(dialog)))) > 3
    dialog.reject()


def test_the_versions_of_a_preset(screen: Screen) -> None:
    screen.equipment.presets.open()
    dialog = screen.dialog()
    screen.press("preset_more")
    assert faults(dialog) == []
    screen.press("preset_switch")
    screen.qtbot.wait(50)
    assert faults(dialog) == []
    dialog.reject()


def test_what_the_model_read_and_how_sure_it_was(theme: Theme, qtbot: QtBot, profile: Path) -> None:
    parts = open_tiny(profile)
    try:
        reply = finished(turn(parts, new(parts), "Hello there")).reply
        window = QWidget()
        qtbot.addWidget(window)
        window.show()
        explain = Explain(
            theme, parts.conversations, lambda: parts.session, parts.background, window
        )
        explain.show_prompt(reply.id)
        explain.show_certainty(reply.id)

        def is_told() -> bool:
            found = window.findChildren(CertaintyDialog)
            return bool(found) and bool(found[0].pieces)

        qtbot.waitUntil(is_told, timeout=60_000)
        dialogs = window.findChildren(ExplainDialog)
        assert len(dialogs) == 2
        for dialog in dialogs:
            assert faults(dialog) == []
            dialog.close()
    finally:
        parts.close()


POPOVERS: dict[str, Callable[[Screen], object]] = {
    "models": lambda s: s.press("model"),
    "presets": lambda s: s.press("preset"),
    "palette": lambda s: s.window.commands.action("palette").trigger(),
    "find": lambda s: s.window.commands.action("find_text").trigger(),
    "inspector": lambda s: s.window.commands.action("inspector").trigger(),
    "slash": lambda s: QTest.keyClicks(s.editor, "/"),
    "trash": lambda s: s.tab.side.show_trash(),
}


@pytest.mark.parametrize("name", POPOVERS)
def test_what_opens_over_the_window(screen: Screen, name: str) -> None:
    screen.ask()
    POPOVERS[name](screen)
    screen.qtbot.wait(150)
    assert faults(screen.window) == []
    for popup in QApplication.topLevelWidgets():
        if popup.isVisible() and popup is not screen.window:
            assert faults(popup) == [], popup.objectName()


def test_the_menu_of_the_ring(screen: Screen) -> None:
    screen.ask()
    screen.tab.overflow.open()
    menu = screen.tab.overflow.menu
    assert menu is not None
    assert faults(menu) == []
    menu.close()


def test_a_message_put_into_other_words(screen: Screen) -> None:
    screen.ask()
    (asked,) = seen(screen.tab.transcript, PersonView)
    asked.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(asked, Qt.Key.Key_F2)
    screen.qtbot.wait(20)
    assert seen(screen.tab.transcript, WordingView)
    assert faults(screen.window) == []


def test_what_is_attached_and_what_waits(screen: Screen, tmp_path: Path) -> None:
    text, picture = tmp_path / "note.txt", tmp_path / "wide.png"
    text.write_text("Milk")
    picture.write_bytes(pictures.png(160, 100))
    screen.equipment.attaching.add([text, picture])
    screen.wait(lambda: len(screen.equipment.attaching.waiting) == 2)
    screen.qtbot.wait(50)
    assert faults(screen.window) == []
    for each in screen.equipment.attaching.waiting:
        screen.equipment.attaching.open(each)
        assert faults(screen.dialog()) == []
        screen.dialog().reject()
        screen.equipment.attaching.remove(each)
    screen.host.may_reply.clear()
    screen.send("First")
    screen.wait(lambda: bool(screen.tab.conversation_id))
    for words in ("Second", "Third"):
        screen.editor.setFocus()
        QTest.keyClicks(screen.editor, words)
        QTest.keyClick(screen.editor, Qt.Key.Key_Return)
    screen.qtbot.wait(50)
    assert faults(screen.window) == []
    screen.host.may_reply.set()


def test_a_summary_in_the_chat(screen: Screen) -> None:
    for words in ("One", "Two", "Three"):
        screen.ask(words)
    key = screen.tab.conversation_id
    branch = screen.parts.conversations.branch(key)
    screen.parts.session.summaries.add(key, branch[1].id, "They spoke of bees.")
    screen.tab.begin_new()
    screen.tab.open(key)
    screen.qtbot.wait(50)
    assert faults(screen.window) == []


def test_every_kind_that_is_introduced_exists() -> None:
    known = {each.__name__ for each in _kinds(QWidget)}
    assert set(accessibility.ROLES) <= known
    assert {each.__name__ for each in MADE_LATE} <= set(accessibility.ROLES)


def _kinds(of: type[QWidget]) -> Iterator[type[QWidget]]:
    for each in of.__subclasses__():
        yield each
        yield from _kinds(each)
