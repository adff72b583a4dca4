"""PDF of long text: laid out in bounded parts whose seams cannot be seen, with nothing lost."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QPdfWriter, QTextDocument
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from studio.ui.chat.transfer import export_pdf_text
from studio.ui.chat.transfer.export_pdf import PdfPrint
from studio.ui.chat.transfer.export_pdf_text import MOST_LETTERS, Laid, laid_out

WIDTH = 4_000
WORDS = " ".join(f"word{number} <b>bold</b> <i>slanted</i>" for number in range(900))
ARABIC = "\u0645\u0631\u062d\u0628\u0627 " * 1_500
FACES = "\U0001f600" * 4_001


@pytest.fixture
def paper(qapp: object, tmp_path_factory: pytest.TempPathFactory) -> QPdfWriter:
    return QPdfWriter(str(tmp_path_factory.mktemp("paper") / "a.pdf"))


def laid(html: str, paper: QPdfWriter) -> list[Laid]:
    return [each for each in laid_out(html, paper, WIDTH) if each is not None]


def shown(each: Laid) -> list[tuple[str, int]]:
    """Return the text of each line down to a part's end, and how far from the left it begins."""
    found = []
    block = each.document.begin()
    while block.isValid():
        top = each.document.documentLayout().blockBoundingRect(block).top()
        for number in range(block.layout().lineCount()):
            line = block.layout().lineAt(number)
            if top + line.rect().top() < each.height - 1:
                start = 2 * line.textStart()
                text = block.text().encode("utf-16-le")[start : start + 2 * line.textLength()]
                found.append((text.decode("utf-16-le"), round(line.naturalTextRect().left())))
        block = block.next()
    return found


def at_once(html: str, paper: QPdfWriter, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    with monkeypatch.context() as patch:
        patch.setattr(export_pdf_text, "MOST_LETTERS", 10_000_000)
        (whole,) = laid(html, paper)
        return shown(whole)


@pytest.mark.parametrize(
    "html",
    [
        f"<p>{WORDS}</p>",
        f"<p>{ARABIC}</p>",
        f"<p>{'A' * 20_000}</p>",
        f"<h3>{WORDS}</h3>",
        f"<blockquote><p>{WORDS}</p></blockquote>",
        f'<pre style="white-space: pre-wrap">{WORDS}</pre>',
    ],
)
def test_a_long_paragraph_has_the_lines_it_would_have_in_one_piece(
    html: str, paper: QPdfWriter, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts = laid(html, paper)
    assert len(parts) > 1
    assert max(part.document.characterCount() for part in parts) <= MOST_LETTERS + 2
    assert [line for part in parts for line in shown(part)] == at_once(html, paper, monkeypatch)


def test_an_item_has_one_bullet_and_stays_below_itself(paper: QPdfWriter) -> None:
    first, *others = laid(f"<ul><li>{WORDS}</li></ul>", paper)
    assert others
    assert first.document.begin().textList() is not None
    layout = first.document.documentLayout()
    left = layout.blockBoundingRect(first.document.begin()).left()
    for other in others:
        block = other.document.begin()
        assert block.textList() is None
        assert other.document.documentLayout().blockBoundingRect(block).left() == left


def test_no_character_is_cut_in_two(paper: QPdfWriter) -> None:
    parts = laid(f"<p>x{FACES}</p>", paper)
    assert len(parts) > 1
    assert "".join(text for part in parts for text, _ in shown(part)) == "x" + FACES


@pytest.mark.parametrize("around", ["<ul><li>one</li><li>{}</li></ul>", "<pre>one\n{}</pre>"])
def test_a_long_paragraph_among_others_is_divided(around: str, paper: QPdfWriter) -> None:
    (one,) = laid(around.format(WORDS), paper)
    longest = 0
    text = ""
    block = one.document.begin()
    while block.isValid():
        longest = max(longest, block.length())
        text += block.text()
        block = block.next()
    assert longest <= MOST_LETTERS + 1
    document = QTextDocument()
    document.setHtml(f"<p>{WORDS}</p>")
    assert text == "one" + document.toPlainText()


def test_each_step_is_short_and_a_stop_is_heard_between(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("studio.ui.chat.transfer.export_pdf._SLICE_S", 1e-9)
    owner = QWidget()
    qtbot.addWidget(owner)
    asked: list[bool] = []
    done: list[bytes] = []

    def is_stopped() -> bool:
        asked.append(True)
        return len(asked) == 20

    parts = ("<style></style>", f"<p>{'word ' * 100_000}</p>")
    PdfPrint("Title", parts, done.append, is_stopped, owner)
    qtbot.waitUntil(lambda: bool(done), timeout=20_000)
    assert done == [b""]
    assert len(asked) == 20


def test_pages_that_cannot_be_laid_out_end_it_without_a_file(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: object) -> Iterator[None]:
        yield None
        raise ValueError("no such block")

    monkeypatch.setattr("studio.ui.chat.transfer.export_pdf.laid_out", broken)
    owner = QWidget()
    qtbot.addWidget(owner)
    done: list[bytes] = []
    with qtbot.captureExceptions() as faults:
        PdfPrint("Title", ("<style></style>", "<p>word</p>"), done.append, lambda: False, owner)
        qtbot.waitUntil(lambda: bool(done), timeout=20_000)
        qtbot.wait(20)
    assert done == [b""]
    assert [fault[0] for fault in faults] == [ValueError]
