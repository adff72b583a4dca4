"""Words without end, such as pasted data, are broken anywhere wherever a reply is laid out."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QTextDocument, QTextOption
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from studio.chat.certainty import Judged
from studio.chat.presets.difference import difference
from studio.chat.presets.preset_file import Preset
from studio.chat.presets.versions import Version
from studio.engine.language import Sampling
from studio.ui.chat.compare.setup import CompareSetup
from studio.ui.chat.composer.field import MessageEditor
from studio.ui.chat.explain.pieces import PiecesView
from studio.ui.chat.inspector.inspector import Inspector, SystemText
from studio.ui.chat.presets.history import PresetHistory
from studio.ui.chat.transfer import export_pdf_text
from studio.ui.chat.transfer.export_pdf import PdfPrint
from studio.ui.theme import Theme
from studio.ui.widgets.wrapping import wrap_document

ANYWHERE = QTextOption.WrapMode.WrapAnywhere
BETWEEN_WORDS = QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere
ENDLESS = "A" * 100_000


@pytest.fixture
def view(theme: Theme, qtbot: QtBot) -> PiecesView:
    made = PiecesView(theme)
    qtbot.addWidget(made)
    made.resize(600, 400)
    made.show()
    return made


def test_a_reply_before_it_is_judged(view: PiecesView) -> None:
    view.show_plain("Some words.")
    assert view.wordWrapMode() == BETWEEN_WORDS
    view.show_plain(f"Data: {ENDLESS}")
    assert view.wordWrapMode() == ANYWHERE


def test_a_word_of_many_pieces(view: PiecesView) -> None:
    view.show_pieces([Judged("AAAA", 0.9, ())] * 100 + [Judged(" end", 0.9, ())])
    assert view.wordWrapMode() == BETWEEN_WORDS
    view.show_pieces([Judged("AAAA", 0.9, ())] * 600)
    assert view.wordWrapMode() == ANYWHERE
    assert view.toPlainText() == "AAAA" * 600
    assert view.document().size().width() <= view.viewport().width()


def test_a_page_of_paper(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    laid_out: list[QTextOption.WrapMode] = []

    def note(document: QTextDocument) -> None:
        wrap_document(document)
        laid_out.append(document.defaultTextOption().wrapMode())

    monkeypatch.setattr(export_pdf_text, "wrap_document", note)
    owner = QWidget()
    qtbot.addWidget(owner)
    done: list[bytes] = []
    tags = "<b>b</b>" * 500
    parts = ("<style></style>", "<p>Some words.</p>", f"<p>{ENDLESS}</p>", f"<p>{tags}</p>")
    PdfPrint("Title", parts, done.append, lambda: False, owner)
    qtbot.waitUntil(lambda: bool(done), timeout=20_000)
    assert done[0].startswith(b"%PDF")
    assert laid_out == [BETWEEN_WORDS, ANYWHERE, BETWEEN_WORDS]


def test_the_instructions_in_the_inspector(theme: Theme, qtbot: QtBot) -> None:
    inspector = Inspector(theme)
    qtbot.addWidget(inspector)
    inspector.resize(320, 700)
    inspector.show()
    shown = inspector.findChild(SystemText)
    assert shown is not None
    heights = []
    for system, mode in ((ENDLESS, ANYWHERE), ("Be kind. " * 20_000, BETWEEN_WORDS)):
        inspector.show_preset(Preset("mine", "Mine", "", system, Sampling()), system)
        assert shown.wordWrapMode() == mode
        assert shown.toPlainText() == system
        heights.append(shown.heightForWidth(300))
    assert heights == [theme.scaled(220)] * 2


def test_what_a_version_of_a_preset_changed(theme: Theme, qtbot: QtBot) -> None:
    history = PresetHistory(theme)
    qtbot.addWidget(history)
    long = Preset("mine", "Mine", "", ENDLESS, Sampling())
    short = replace(long, system="Be kind.")
    when = datetime(2026, 1, 1, tzinfo=UTC)
    versions = [Version("mine", number, when, "saved", None) for number in (3, 2, 1)]
    presets = {1: long, 2: short, 3: replace(short, title="Ours")}
    history.show_versions(versions, lambda one, two: difference(presets[one], presets[two]))
    assert history.told.wordWrapMode() == BETWEEN_WORDS
    history.list.setCurrentRow(1)
    assert history.told.wordWrapMode() == ANYWHERE
    assert ENDLESS in history.told.toPlainText()
    history.list.setCurrentRow(0)
    assert history.told.wordWrapMode() == BETWEEN_WORDS


def test_a_message_after_pasted_data_is_broken_between_its_words(
    theme: Theme, qtbot: QtBot
) -> None:
    editor = MessageEditor(theme, lambda: True)
    qtbot.addWidget(editor)
    editor.set_text(ENDLESS)
    assert editor.wordWrapMode() == ANYWHERE
    editor.set_text("")  # as once it is sent
    assert editor.wordWrapMode() == BETWEEN_WORDS


def test_the_prompt_of_a_comparison(theme: Theme, qtbot: QtBot) -> None:
    setup = CompareSetup(theme)
    qtbot.addWidget(setup)
    prompt = setup.prompt
    prompt.set_text(ENDLESS)
    assert prompt.wordWrapMode() == ANYWHERE
    assert prompt.textCursor().selectedText() == ENDLESS
    prompt.set_text("Why?")
    assert prompt.wordWrapMode() == BETWEEN_WORDS
    data = QMimeData()
    data.setText(ENDLESS)
    prompt.insertFromMimeData(data)
    assert prompt.wordWrapMode() == ANYWHERE
    assert prompt.toPlainText() == ENDLESS
