"""“Show the exact prompt”: the text that the model read for a reply, to the letter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QKeySequence,
    QShortcut,
    QTextCursor,
)
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QTextEdit, QWidget

from studio.translation import mark, tr
from studio.ui.theme import CONTROL, SPACE, Theme
from studio.ui.widgets.dialog_frame import CopyButton, ExplainDialog
from studio.ui.widgets.labels import label
from studio.ui.widgets.quantities import count
from studio.ui.widgets.search_field import SearchField
from studio.ui.widgets.wrapping import show_text

UNKNOWN = mark(
    "The prompt of this reply is not known. It is kept for replies that "
    "are written here; this one was imported, edited, or not finished."
)
_TITLE = mark("The exact prompt")
_SIZE = (760, 600)
_SEARCH_WIDTH = 260
_MOST_FOUND = 1_000
_MOST_COLOURED = 2_000
# What chat templates put between the words: <|im_start|>, <s>, [INST], <start_of_turn> and such.
_SPECIAL = re.compile(
    r"<[|\uff5c][^<>\n]{1,60}[|\uff5c]>|</?s>|\[/?[A-Z_]{3,30}\]|<</?SYS>>|</?think>"
    r"|<(?:bos|eos|pad|unk|start_of_turn|end_of_turn|start_of_image|end_of_utterance)>"
)


def prompt_dialog(theme: Theme, parent: QWidget, prompt: str, tokens: int | None) -> ExplainDialog:
    """Return a window with a prompt; for an empty one, with why it is not known."""
    if prompt:
        return PromptDialog(theme, parent, prompt, tokens)
    dialog = ExplainDialog(theme, parent, "prompt_dialog", tr(_TITLE), _SIZE)
    dialog.say_only(tr(UNKNOWN))
    return dialog


class PromptDialog(ExplainDialog):
    """Shows a prompt, and finds words in it."""

    def __init__(self, theme: Theme, parent: QWidget, prompt: str, tokens: int | None) -> None:
        super().__init__(theme, parent, "prompt_dialog", tr(_TITLE), _SIZE)
        self._prompt = prompt
        self.view = PromptView(theme, prompt)
        self.search = SearchField(theme, tr("Find in the prompt"), "Ctrl+F")
        self.found = label("", "muted")
        self.copy = CopyButton(theme, lambda: self._prompt, "copy_prompt")
        self._lay_out(tokens)

    def _lay_out(self, tokens: int | None) -> None:
        characters = count(len(self._prompt))
        if tokens is None:
            told = tr(
                "What the model read for this reply, to the letter: {characters} characters.",
                characters=characters,
            )
        else:
            told = tr(
                "What the model read for this reply, to the letter: {tokens} tokens, "
                "{characters} characters.",
                tokens=count(tokens),
                characters=characters,
            )
        self.about.setText(told)
        row = QHBoxLayout()
        row.setSpacing(SPACE[2])
        self.search.setFixedWidth(self.theme.scaled(_SEARCH_WIDTH))
        row.addWidget(self.search)
        row.addWidget(self.found)
        row.addStretch()
        self.column.addLayout(row)
        self.column.addWidget(self.view, 1)
        close = self.add_buttons(self.copy)
        # Return in the field looks further; it must not close the window.
        close.setDefault(False)
        close.setAutoDefault(False)
        self.copy.setAutoDefault(False)
        self.search.searched.connect(self._find)
        self.search.left.connect(self.view.setFocus)
        for keys, act in (
            (QKeySequence(QKeySequence.StandardKey.Find), self._focus_search),
            (QKeySequence("F3"), lambda: self._step(1)),
            (QKeySequence("Shift+F3"), lambda: self._step(-1)),
        ):
            QShortcut(keys, self).activated.connect(act)
        self.view.setFocus()

    def _focus_search(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def _find(self, words: str) -> None:
        if words == self.view.words:
            self._step(1)
            return
        self.view.find_all(words)
        self._tell()

    def _step(self, by: int) -> None:
        self.view.step(by)
        self._tell()

    def _tell(self) -> None:
        total, place = self.view.total, self.view.place
        told = tr("Not found")
        if self.view.has_more:
            told = tr(
                "{place} of the first {total} places", place=count(place + 1), total=count(total)
            )
        elif total:
            told = tr("{place} of {total}", place=count(place + 1), total=count(total))
        self.found.setText(told if self.view.words else "")
        self.search.setAccessibleDescription(self.found.text())


class PromptView(QPlainTextEdit):
    """The text in a fixed font, special tokens softly coloured, what was found marked."""

    def __init__(self, theme: Theme, prompt: str) -> None:
        super().__init__()
        self._theme = theme
        self._found: list[QTextCursor] = []
        self._special: list[QTextCursor] = []
        self.words = ""
        self.place = 0
        self.has_more = False
        self.setObjectName("prompt_text")
        self.setAccessibleName(tr(_TITLE))
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._show_type()
        shown = prompt.replace("\r\n", "\n")
        show_text(self, shown)
        self._special = [
            self._cursor(*span) for span in islice(special_spans(shown), _MOST_COLOURED)
        ]
        self._mark()
        theme.changed.connect(self._on_theme_changed)

    @property
    def total(self) -> int:
        """How many places were found, at most a thousand; ``has_more`` tells of others."""
        return len(self._found)

    def find_all(self, words: str) -> None:
        """Mark the places where these words stand, and go to the first."""
        self.words, self.place = words, 0
        found = list(islice(self._places(words), _MOST_FOUND + 1))
        self.has_more = len(found) > _MOST_FOUND
        self._found = found[:_MOST_FOUND]
        self._mark()

    def step(self, by: int) -> None:
        """Go to the next place that was found, or to the one before."""
        if self._found:
            self.place = (self.place + by) % len(self._found)
            self._mark()

    def _places(self, words: str) -> Iterator[QTextCursor]:
        cursor = QTextCursor(self.document())
        while words and not (cursor := self.document().find(words, cursor)).isNull():
            yield cursor

    def _mark(self) -> None:
        found = [cursor for number, cursor in enumerate(self._found) if number != self.place]
        current = self._found[self.place : self.place + 1]
        self.setExtraSelections(
            [
                *self._marks(self._special, "accent_pale", "accent"),
                *self._marks(found, "mark", "text"),
                *self._marks(current, "accent", "on_accent"),
            ]
        )
        if self._found:
            here = QTextCursor(self._found[self.place])
            here.setPosition(here.selectionStart())
            self.setTextCursor(here)
            self.centerCursor()

    def _marks(
        self, cursors: list[QTextCursor], ground: str, ink: str
    ) -> Iterator[QTextEdit.ExtraSelection]:
        for cursor in cursors:
            mark = QTextEdit.ExtraSelection()
            mark.format.setBackground(self._theme.color(ground))
            mark.format.setForeground(self._theme.color(ink))
            mark.cursor = cursor
            yield mark

    def _cursor(self, begin: int, end: int) -> QTextCursor:
        made = QTextCursor(self.document())
        made.setPosition(begin)
        made.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        return made

    def _show_type(self) -> None:
        self.setFont(self._theme.font(CONTROL, mono=True))

    def _on_theme_changed(self) -> None:
        self._show_type()
        self._mark()


def special_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each special token begins and ends, counted as Qt does."""
    at = end = 0
    for found in _SPECIAL.finditer(text):
        begin = at + _units(text[end : found.start()])
        at, end = begin + _units(found.group()), found.end()
        yield begin, at


def _units(text: str) -> int:
    """Return the length of a text as Qt counts it, in UTF-16."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2
