"""Counts a text's sentences, rows and lines in tokens: the parts that chunks keep whole.

What is larger than a chunk may be is cut where it hurts least: at the end of a line or a clause,
else between words, else between characters.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from studio.documents.text.blocks import Block, Kind, Span
from studio.documents.text.sentences import sentences

Count = Callable[[list[str]], list[int]]
"""Tells how many tokens each of some texts has, without marks that the embedder adds itself."""

_BATCH = 512  # units that are counted in one call
_TOKENS_OF_A_CHARACTER = 4  # at most, where each byte of UTF-8 is one
_CLAUSE = re.compile(r"[,;:\u2013\u2014](?=\s)|[\u060c\u061b\u3001\uff0c\uff1b\uff1a]|\n")
_WORD_END = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence, a table's row, a heading or a line of code.

    Attributes:
        start, end: its span in the whole text, without blanks around it.
        page: the place of the page on which it begins, from 0.
        tokens: how many it has, at least 1; 0 until it is counted.
        is_last: it ends its block.
        path: titles of the headings above, the highest first.
        header: of a row, the span of the header that explains it.
    """

    start: int
    end: int
    page: int
    kind: Kind
    is_last: bool
    path: tuple[str, ...] = ()
    header: Span | None = None
    tokens: int = 0


def units(text: str, block: Block, page: int, path: tuple[str, ...], language: str) -> list[Unit]:
    """Return the units of a block, not yet counted.

    Args:
        text: the whole text.
        path: the headings above.
        language: of the text as ISO 639-1, for the ends of its sentences.
    """
    if block.kind in ("paragraph", "item"):
        spans = list(sentences(text, block.start, block.end, language))
    elif block.kind == "code":
        spans = _lines(text, block.start, block.end)
    else:
        spans = [_stripped(text, block.start, block.end)]
    ends = len(spans) - 1
    return [
        Unit(start, end, page, block.kind, place == ends, path, block.header)
        for place, (start, end) in enumerate(spans)
    ]


def _lines(text: str, start: int, end: int) -> list[Span]:
    found = []
    while start < end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        if text[start:stop].strip():
            found.append(_stripped(text, start, stop))
        start = stop + 1
    return found


def _stripped(text: str, start: int, end: int) -> Span:
    part = text[start:end]
    return start + len(part) - len(part.lstrip()), start + len(part.rstrip())


def counted(text: str, found: Iterable[list[Unit]], limit: int, count: Count) -> Iterator[Unit]:
    """Give the units of blocks with their tokens, none of more than ``limit``."""
    waiting: list[Unit] = []
    for of_block in found:
        waiting += of_block
        if len(waiting) >= _BATCH:
            yield from _counted(text, waiting, limit, count)
            waiting = []
    if waiting:
        yield from _counted(text, waiting, limit, count)


def _counted(text: str, waiting: list[Unit], limit: int, count: Count) -> Iterator[Unit]:
    sizes = count([text[unit.start : unit.end] for unit in waiting])
    for unit, tokens in zip(waiting, sizes, strict=True):
        if tokens <= limit:
            yield replace(unit, tokens=max(1, tokens))
        else:
            yield from pieces(text, unit, limit, count)


def pieces(text: str, unit: Unit, limit: int, count: Count) -> list[Unit]:
    """Return a unit in parts of at most ``limit`` tokens, each as large as it can be."""
    spans = [(unit.start, unit.end)]
    for cut in (_by_clause, _by_word, _by_stretch(limit), _by_character):
        spans, sizes = _finer(text, spans, cut, limit, count)
        if max(sizes) <= limit:
            break
    joined = _joined(text, spans, sizes, limit, count)
    ends = len(joined) - 1
    return [
        replace(unit, start=start, end=end, tokens=tokens, is_last=unit.is_last and place == ends)
        for place, (start, end, tokens) in enumerate(joined)
    ]


def _finer(
    text: str, spans: list[Span], cut: Callable[[str, Span], list[Span]], limit: int, count: Count
) -> tuple[list[Span], list[int]]:
    """Cut those spans that are too large; return all, with their tokens."""
    sizes = count([text[start:end] for start, end in spans])
    finer: list[Span] = []
    for span, size in zip(spans, sizes, strict=True):
        finer += cut(text, span) if size > limit else [span]
    return finer, count([text[start:end] for start, end in finer])


def _by_clause(text: str, span: Span) -> list[Span]:
    return _at(text, span, [match.end() for match in _CLAUSE.finditer(text, *span)])


def _by_word(text: str, span: Span) -> list[Span]:
    return _at(text, span, [match.end() for match in _WORD_END.finditer(text, *span)])


def _by_stretch(limit: int) -> Callable[[str, Span], list[Span]]:
    """Return a cut into stretches that have too few characters for more tokens than ``limit``."""
    step = max(1, limit // _TOKENS_OF_A_CHARACTER)
    return lambda text, span: _at(text, span, range(span[0] + step, span[1], step))


def _by_character(text: str, span: Span) -> list[Span]:
    return _at(text, span, range(span[0] + 1, span[1]))


def _at(text: str, span: Span, places: Iterable[int]) -> list[Span]:
    parts = [_stripped(text, *part) for part in pairwise((span[0], *places, span[1]))]
    return [(start, end) for start, end in parts if start < end]


def _joined(
    text: str, spans: Sequence[Span], sizes: Sequence[int], limit: int, count: Count
) -> list[tuple[int, int, int]]:
    """Join neighbours that fit together; return them with their tokens."""
    room = limit
    while True:
        joined = _filled(spans, sizes, room)
        exact = count([text[start:end] for start, end in joined])
        if max(exact) <= limit or len(joined) == len(spans):
            found = zip(joined, exact, strict=True)
            return [(start, end, max(1, tokens)) for (start, end), tokens in found]
        room = room * 2 // 3  # together they have more tokens than each for itself


def _filled(spans: Sequence[Span], sizes: Sequence[int], room: int) -> list[Span]:
    joined: list[Span] = []
    total = 0
    for (start, end), size in zip(spans, sizes, strict=True):
        if joined and total + size <= room:
            joined[-1], total = (joined[-1][0], end), total + size
        else:
            joined.append((start, end))
            total = size
    return joined
