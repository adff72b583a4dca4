"""Every word of the chat's dialogs and panes goes through the translation."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu, QWidget
from pytestqt.qtbot import QtBot
from support.dressing import dressed_when_built
from support.loaded_model import loaded
from support.preset_room import preset_room
from support.words_on_show import OPEN, bare, in_brackets, texts

from studio import translation
from studio.assembly import Parts, open_data
from studio.chat.certainty import Alternative, Judged
from studio.chat.conversation import Message
from studio.chat.presets.migrations import MIGRATIONS
from studio.chat.presets.preset_file import Example
from studio.chat.presets.presets import Preset
from studio.chat.presets.values import KNOBS
from studio.chat.session import ChatSession
from studio.chat.shape import Shape
from studio.chat.transfer.importing import Importing
from studio.engine.language import LoadSettings, Sampling
from studio.errors import StudioError
from studio.prompting.shapes.in_force import Kind, check
from studio.storage.database import Database
from studio.ui.chat.composer.shape_button import ShapeButton
from studio.ui.chat.explain.alternatives import spoken
from studio.ui.chat.explain.certainty import CertaintyDialog
from studio.ui.chat.explain.check import CheckDialog
from studio.ui.chat.explain.prompt import PromptDialog, prompt_dialog
from studio.ui.chat.explain.recipe import RecipeDialog
from studio.ui.chat.inspector.inspector import Inspector
from studio.ui.chat.messages.rows import Structured
from studio.ui.chat.messages.structured import ending_of, structured_of
from studio.ui.chat.messages.structured_view import StructuredView
from studio.ui.chat.presets.editor import PresetEditor
from studio.ui.chat.shape.dialog import ShapeDialog
from studio.ui.chat.slash.list import SlashList
from studio.ui.chat.transfer.export_dialog import ExportDialog
from studio.ui.chat.transfer.export_work import ExportWork
from studio.ui.chat.transfer.import_dialog import ImportDialog, ImportWork
from studio.ui.relay import Relay
from studio.ui.theme import Theme

DATA = ("X-1", "X-2", "X9", "Assistant", "Brief", "Mine", "tiny", "Be helpful.", "Be brief.",
        "Markdown", "HTML", "PDF", "JSON", "SHA-256", "prompt_tokens", "structured",
        "system prompt", "projector", "root", *KNOBS, *asdict(LoadSettings()))  # fmt: skip
LIMIT_MS = 20_000
SCHEMA = '{"type": "object", "properties": {"X9": {"type": "integer"}}, "required": ["X9"]}'


@pytest.fixture(autouse=True)
def brackets() -> Iterator[None]:
    check.cache_clear()  # what was said of a shape is remembered
    translation.use(in_brackets)
    yield
    translation.use(None)
    check.cache_clear()


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[QWidget]:
    made = QWidget()
    made.resize(1200, 800)
    qtbot.addWidget(made)
    made.show()
    yield made
    made.close()


def english(root: QWidget) -> list[str]:
    """Return the texts in which something was left in English, and where they stand."""
    found = list(texts(root))
    assert any(OPEN in text for _, text in found), "too little was looked at"
    return [f"{place}: {text!r}" for place, text in found if bare(text, DATA)]


def told(sentence: str, *data: str) -> None:
    assert OPEN in sentence
    assert bare(sentence, (*DATA, *data)) == "", sentence


def reply(content: str = "X-1", **recipe: Any) -> Message:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    return Message("r", "c", "q", "assistant", content, now, recipe=recipe)


FULL: dict[str, Any] = {
    "model": "tiny",
    "file": "/X9/tiny",
    "file_sha256": "",
    "template_sha256": "X9",
    "engine": "X9",
    "processor": "X9",
    "device": "X9",
    "load": asdict(LoadSettings(context=512, threads=4, memory_lock=True)),
    "preset": "Mine",
    "preset_version": 3,
    "examples": [{"user": "X9", "assistant": "X9"}],
    "system": "",
    "sampling": asdict(Sampling(seed=1, stop=("X9",), think=True, json_schema=SCHEMA)),
    "left_out": 2,
    "summarised": 1,
    "prompt_tokens": 12,
    "continued": True,
    "attached": [{"name": "X9", "sha256": "X9"}],
    "projector": "X9",
    "structured": {"kind": "json_schema", "valid": False, "problem": "X9"},
}


@pytest.fixture
def editor(theme: Theme, qtbot: QtBot, tmp_path: Path, window: QWidget) -> Iterator[PresetEditor]:
    database = Database.open(tmp_path / "studio.db", tmp_path / "backups", [MIGRATIONS])
    keeper = preset_room(tmp_path, database).keeper()
    mine = keeper.create("Mine")
    keeper.save(replace(mine, system="X9", model="X-1", examples=(Example("X9", "X9"),)))
    keeper.delete(keeper.create("X-2").name)
    with dressed_when_built(theme):
        made = PresetEditor(theme, window, keeper, ["tiny"], "mine")
    with qtbot.waitExposed(made):
        made.show()
    yield made
    made.close()
    database.close()


def test_the_window_of_presets(editor: PresetEditor) -> None:
    assert english(editor) == []
    editor.parts.turn()
    rows = [editor.parts.history.list.item(row).text() for row in range(2)]
    assert all(OPEN in row for row in rows)
    told(editor.parts.history.told.toPlainText(), "system", "model", "examples")
    editor.parts.history.list.setCurrentRow(1)
    assert english(editor) == []


def test_what_is_told_of_presets(editor: PresetEditor) -> None:
    editor.parts.form.title.setText("Brief")
    editor.parts.form.title.textEdited.emit("Brief")
    told(editor.parts.problem.words())
    editor.parts.form.title.setText("X-1")
    editor.save()
    told(editor.parts.toasts.words())
    editor.parts.trash.click()
    (menu,) = editor.parts.trash.findChildren(QMenu)
    assert english(menu) == []
    menu.close()
    editor.parts.delete.click()
    told(editor.parts.toasts.words())


@pytest.mark.parametrize("kind", ["", "json_schema", "grammar"])
@pytest.mark.parametrize("text", ["", "{", SCHEMA, 'root ::= "X9"'])
def test_the_shape_of_replies(theme: Theme, window: QWidget, kind: Kind, text: str) -> None:
    dialog = ShapeDialog(theme, window, Shape(kind, text), Shape(), lambda _shape: None)
    dialog.show()
    dialog._check.ask(Shape(kind, text), at_once=True)
    if text != "{":
        assert english(dialog) == []
    button = ShapeButton(theme)
    button.show_shape(Shape(kind, text))
    told(button.toolTip())
    dialog.reject()


def test_a_reply_as_data(theme: Theme, qtbot: QtBot) -> None:
    verdict = {"kind": "json_schema", "valid": False, "problem": "X9"}
    message = reply('{"X9": [1, null, true, {}]}', structured=verdict)
    shown = structured_of(message)
    assert isinstance(shown, Structured)
    view = StructuredView(theme)
    qtbot.addWidget(view)
    view.show_piece(shown)
    assert english(view) == []
    menu = view.tree.menu(view.tree.rows.index(0, 0))
    assert english(menu) == []
    ending = ending_of(message)
    assert ending is not None
    told(ending.words)


def test_how_a_reply_was_made(theme: Theme, window: QWidget) -> None:
    dialog = RecipeDialog(theme, window, reply(**FULL))
    assert english(dialog) == []
    dialog.reject()
    dialog = RecipeDialog(theme, window, reply())
    assert english(dialog) == []
    dialog.reject()


@pytest.mark.parametrize(("prompt", "tokens"), [("X9 X9", 4), ("X9", None), ("", None)])
def test_the_exact_prompt(theme: Theme, window: QWidget, prompt: str, tokens: int | None) -> None:
    dialog = prompt_dialog(theme, window, prompt, tokens)
    assert english(dialog) == []
    if isinstance(dialog, PromptDialog):
        for words in ("X9", "X-1"):
            dialog.search.searched.emit(words)
            assert english(dialog) == []
    dialog.reject()


def piece(text: str, probability: float, *others: str) -> Judged:
    return Judged(text, probability, tuple(Alternative(each, 0.1) for each in (text, *others)))


class AskedSession:
    """Refuses to judge a reply, as one that is busy does."""

    def certainty(self, _reply: str, _told: Callable[[float], None]) -> object:
        raise StudioError("chat.busy", "X-1", "X-2")

    def stop(self) -> None:
        """Nothing runs."""


def test_how_sure_the_model_was(theme: Theme, window: QWidget) -> None:
    session = cast(ChatSession, AskedSession())
    dialog = CertaintyDialog(theme, window, lambda: session, reply())
    assert english(dialog) == []
    for judged in (piece("X9", 0.95, "X-1"), piece("\n\n", 0.3), piece(" ", 0.1)):
        told(spoken(judged))
        dialog.panel.show_piece(judged)
        assert english(dialog) == []
    dialog.reject()


def test_a_file_that_is_looked_at(theme: Theme, window: QWidget) -> None:
    dialog = CheckDialog(theme, window)
    assert english(dialog) == []
    dialog.reject()


class Files:
    """The real parts, whose long work is done at once."""

    def __init__(self, parts: Parts, window: QWidget) -> None:
        self.parts = parts
        self.window = window
        self.relay = Relay(cast(QObject, window))

    def transfer(self, work: Callable[[Callable[[], bool]], None]) -> None:
        work(lambda: False)

    def exporting(self, theme: Theme, place: Path, *titles: str) -> ExportDialog:
        chats = []
        for title in titles:
            chat = self.parts.conversations.create()
            self.parts.conversations.rename(chat.id, title)
            chats.append(self.parts.conversations.get(chat.id))
        work = ExportWork(lambda: self.parts.archives, self.transfer, self.relay, self.window)
        return ExportDialog(theme, self.window, chats, work, lambda *_asked: place)

    def importing(self, theme: Theme, file: Path) -> ImportDialog:
        importing = Importing(self.parts.archives, self.parts.conversations)
        work = ImportWork(lambda: importing, self.transfer, self.relay, self.window)
        return ImportDialog(theme, self.window, file, work)


@pytest.fixture
def files(tmp_path: Path, window: QWidget) -> Iterator[Files]:
    parts = open_data(tmp_path / "home")
    yield Files(parts, window)
    parts.close()


def test_what_is_exported_and_imported(
    files: Files, theme: Theme, qtbot: QtBot, tmp_path: Path
) -> None:
    file = tmp_path / "X9.json"
    for titles in (("X-1",), ("X-1", "X-2")):
        dialog = files.exporting(theme, file, *titles)
        for button in dialog.forms.buttons():
            button.click()
            assert english(dialog) == []
        dialog.show()
        dialog.go.click()
        qtbot.waitUntil(dialog.banner.isVisible, timeout=LIMIT_MS)
        assert [each for each in english(dialog) if str(tmp_path) not in each] == []
        dialog.reject()
    for content in (None, "", "{}", "["):
        if content is not None:
            file.write_text(content)
        taken = files.importing(theme, file)
        taken.show()
        qtbot.waitUntil(taken.leave.isVisible, timeout=LIMIT_MS)
        taken.banner.setVisible(False)
        assert [each for each in english(taken) if "DetailsView" not in each] == []
        taken.reject()


@pytest.mark.parametrize(
    "facts",
    [
        {"context_trained": 4096, "reasoning": True},
        {"device": "GPU", "layers_offloaded": 2, "cache_can_be_cut": False},
        {"device": "GPU + CPU", "layers_offloaded": 9, "has_template": False},
        {"template_error": "X9"},
    ],
)
@pytest.mark.parametrize(
    "sampling",
    [
        Sampling(),
        Sampling(temperature=0.0, mirostat=2, think=True, think_tokens=5, stop=("X9",)),
        Sampling(max_tokens=1, seed=3, json_schema="{}", penalty_window=64, repeat_penalty=1.1),
    ],
)
def test_the_inspector(
    theme: Theme, qtbot: QtBot, facts: dict[str, Any], sampling: Sampling
) -> None:
    inspector = Inspector(theme)
    qtbot.addWidget(inspector)
    inspector.show_preset(Preset("X9", "X9", "X9", "X9", sampling), "")
    assert english(inspector) == []
    inspector.show_model(loaded(name="tiny", architecture="X9", description="X9", **facts))
    data = ("CPU", "GPU")
    assert [
        each for each in english(inspector) if bare(each.split(": ", 1)[1], (*DATA, *data))
    ] == []


def test_the_list_of_prompts(theme: Theme, window: QWidget) -> None:
    assert english(SlashList(theme, window)) == []
