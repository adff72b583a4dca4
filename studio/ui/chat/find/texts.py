"""What of a message can be read on show, as plain text: that is what a search in it looks at.

The Markdown's own signs are not in it, nor where links lead. Each text stands for one row of the
transcript and has the same lines as that row's document, so that the third occurrence here is the
third one there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape, unescape
from urllib.parse import unquote

from studio.chat.conversation import Message
from studio.chat.search.folding import Span, find_spans, fold
from studio.ui.chat.messages.person_view import excerpt
from studio.ui.chat.messages.rows import Content, Person, Structured
from studio.ui.chat.messages.structured import pretty
from studio.ui.widgets.code import shown_code
from studio.ui.widgets.markdown.formula_places import MAX_DRAWN
from studio.ui.widgets.markdown.formulas import drawing
from studio.ui.widgets.markdown.parser import clean
from studio.ui.widgets.markdown.pieces import Block, Code, Formula, Plain, Rich, Table
from studio.ui.widgets.markdown.stream import MarkdownStream

_BREAK = re.compile(r"<br/>|</?(?:p|h[1-6]|li|ul|ol|blockquote|tr|t[dh]|table)\b[^>]*>")
_TAG = re.compile(r"<[^>]*>")
_FORMULA = re.compile(r'<img src="([^"]*)"/>')
_DRAWN = "\N{OBJECT REPLACEMENT CHARACTER}"
_SLICE_CHARS = 1_000  # parsed in a few milliseconds
_NO_LETTER = re.compile(r"[\W_]+")
_LETTERS = re.compile(r"[^\W_]+")


def readable(content: Content) -> str:
    """Return the text of a row; empty for what is no part of the message itself."""
    match content:
        case Rich() | Table():
            return unescape(_TAG.sub("", _BREAK.sub("\n", _with_formulas(content.html))))
        case Formula():
            return clean(content.written) if drawing(content.written) is None else _DRAWN
        case Code():
            return shown_code(content.text)
        case Plain():
            return clean(content.text)
        case Person():
            return excerpt(content)
        case Structured():
            return shown_code(pretty(content.text))
    return ""


def _with_formulas(html: str) -> str:
    """Put a sign for each formula that is drawn, and its source for any other."""
    drawn = 0

    def settled(found: re.Match[str]) -> str:
        nonlocal drawn
        written = unquote(found.group(1))
        if drawn < MAX_DRAWN and drawing(written) is not None:
            drawn += 1
            return _DRAWN
        return escape(written).replace("\n", "<br/>")

    return _FORMULA.sub(settled, html) if "<img" in html else html


def count_in(content: Content, term: str) -> int:
    """Return how often a folded term stands in a row."""
    return len(spans_in(readable(content), term))


def spans_in(text: str, term: str) -> list[Span]:
    """Return where folded terms, one a line, are in a text: not across lines, none overlapping."""
    if not is_in(fold(text), term):
        return []
    terms = term.split("\n")
    found: list[Span] = []
    begin = 0
    for line in text.split("\n"):
        if is_in(fold(line), term):
            found += [(begin + start, begin + end) for start, end in find_spans(line, terms)]
        begin += len(line) + 1
    return found


def is_in(folded: str, term: str) -> bool:
    """Tell whether any of folded terms, one a line, is in a folded text."""
    return any(each in folded for each in term.split("\n") if each)


class Readable:
    """One Markdown text of a message, a reply's reasoning or its words, as it can be read.

    What has only grown is not parsed from its beginning again.
    """

    def __init__(self) -> None:
        self._source = ""
        self._stream = MarkdownStream()
        self._blocks: list[Block] = []
        self._texts: list[str] = []

    def count(self, source: str, term: str) -> Iterator[int | None]:
        """Yield ``None`` after each slice of work, then how often a folded term is there."""
        if not may_be_in(source, term):
            yield 0
            return
        if not source.startswith(self._source):
            self._source, self._stream = "", MarkdownStream()
        for begin in range(len(self._source), len(source), _SLICE_CHARS):
            self._stream.feed(source[begin : begin + _SLICE_CHARS])
        self._source = source
        while self._stream.work():
            yield None
        self._settle()
        yield None
        yield len(spans_in("\n".join(self._texts), term))

    def _settle(self) -> None:
        blocks = self._stream.blocks
        for index, block in enumerate(blocks):
            if index < len(self._blocks) and self._blocks[index] is block:
                continue
            self._blocks[index:] = [block]
            self._texts[index:] = ["\n".join(map(readable, block))]
        del self._blocks[len(blocks) :], self._texts[len(blocks) :]


def count_person(message: Message, term: str) -> int:
    """Return how often a term is in what the person wrote."""
    if not is_in(fold(message.content), term):
        return 0
    return count_in(Person(clean(message.content), folded=False), term)


def may_be_in(source: str, term: str) -> bool:
    """Tell whether any of the terms, one a line, can be in the text that this Markdown shows.

    Its signs may stand within a word, so only letters and digits are compared; and where there
    are entities or links, what is shown has letters that the source has not in that order.
    """
    if "&" in source or "](" in source:
        return True
    wanted = [_LETTERS.findall(each) for each in term.split("\n")]
    if not all(wanted):
        return True
    letters = _NO_LETTER.sub("", fold(source))
    return any(all(word in letters for word in words) for words in wanted)
