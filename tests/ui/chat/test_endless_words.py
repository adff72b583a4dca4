"""Words without end, such as pasted data, are broken anywhere wherever a reply is laid out."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QTextDocument, QTextOption
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from studio.chat.certainty import Judged
from studio.ui.chat.explain.pieces import PiecesView
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
