"""Cuts a content into passages, which are given to the model, and chunks, which are searched.

Chunks are made of whole sentences, rows and lines and lie within one passage; they begin anew on
each page, unless a sentence runs across its end. Rows that are parted from their table's header
have it repeated before them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from studio.documents.text.blocks import Block, Span, blocks
from studio.documents.text.language import language
from studio.documents.text.packing import OPENERS, packed
from studio.documents.text.passages import gathered
from studio.documents.text.units import Count, Unit, counted, pieces, units
from studio.documents.values import PAGE_BREAK, Chunk, IndexSettings, Page, Passage

OVERLAP = 40  # tokens; more answers are whole with it, and no fewer documents are found

_LEAST = 16  # tokens of a chunk: no embedder's window is smaller
_ADDED = 3  # what headings and headers may take of a chunk: one part of so many, each
_LONGEST_TITLE = 100  # characters of a heading in a path
_BATCH = 64  # chunks that are counted in one call
_TIGHTER = 0.7  # of the limit, for a unit whose own count was too low
_TERMINAL = tuple(".!?:;\u2026\u3002\uff01\uff1f\u061f\u06d4\u0964\"'\u201d\u2019\u00bb)]")

Cut = tuple[Passage, list[Chunk]]


def cut(
    text: str,
    pages: Sequence[Page],
    markup: str,
    settings: IndexSettings,
    count: Count,
    *,
    window: int = 0,
    overlap: int = OVERLAP,
) -> tuple[list[Passage], list[Chunk]]:
    """Return the passages and chunks of a content, in order.

    Args:
        text: of the whole content: the pages' texts, joined by ``PAGE_BREAK``.
        pages: whose texts these are.
        markup: ``"markdown"`` or ``"plain"``.
        settings: how large chunks and passages are.
        count: the embedder's tokens of each text, without marks that it adds itself.
        window: tokens that the embedder takes beside those marks; 0 for any number.
        overlap: tokens, in whole sentences, with which a chunk repeats the end of the one before.
    """
    passages: list[Passage] = []
    chunks: list[Chunk] = []
    parts = cut_by_passage(text, pages, markup, settings, count, window=window, overlap=overlap)
    for passage, of_passage in parts:
        passages.append(passage)
        chunks += of_passage
    return passages, chunks


def cut_by_passage(
    text: str,
    pages: Sequence[Page],
    markup: str,
    settings: IndexSettings,
    count: Count,
    *,
    window: int = 0,
    overlap: int = OVERLAP,
) -> Iterator[Cut]:
    """Give each passage with its chunks, like :func:`cut`, with no more in memory than some."""
    limit = max(_LEAST, min(settings.chunk_tokens, window or settings.chunk_tokens))
    size = max(settings.passage_tokens, limit)
    reader = _Reader(text, pages, markup)
    cutter = _Cutter(reader, limit, min(overlap, limit // 2), count)
    runs = gathered(counted(text, reader.units(), limit, count), size)
    waiting: list[list[_Part]] = []
    done = 0
    for run in runs:
        waiting.append(cutter.parts(run))
        if sum(map(len, waiting)) >= _BATCH:
            yield from cutter.finished(waiting, done)
            done += len(waiting)
            waiting = []
    yield from cutter.finished(waiting, done)


def searched_text(chunk: Chunk) -> str:
    """Return what is embedded of a chunk, and what ``chunk.tokens`` counts."""
    return _searched(chunk.heading, chunk.text)


def _searched(heading: str, text: str) -> str:
    return f"{heading}\n{text}" if heading else text


class _Reader:
    """Reads the pages' blocks under the headings that stand above them."""

    def __init__(self, text: str, pages: Sequence[Page], markup: str) -> None:
        self.text, self.pages = text, pages
        self.language = language(text)
        self._markdown = markup == "markdown"
        self._starts, at = [], 0
        for page in pages:
            self._starts.append(at)
            at += len(page.text) + len(PAGE_BREAK)
        if at - len(PAGE_BREAK) != len(text) and pages:
            raise ValueError("the text is not that of the pages")

    def page(self, place: int) -> int:
        """Return the number of the page on which a character stands."""
        return self.pages[self._page(place)].number

    def _page(self, place: int) -> int:
        return bisect_right(self._starts, place) - 1

    def units(self) -> Iterator[list[Unit]]:
        """Give the units of each block, not yet counted."""
        above: list[tuple[int, str]] = []
        for block in self._blocks():
            if block.kind == "heading":
                above = [(level, title) for level, title in above if level < block.level]
                above.append((block.level, block.title[:_LONGEST_TITLE]))
            path = tuple(title for _, title in above if title)
            found = units(self.text, block, 0, path, self.language)
            yield [replace(unit, page=self._page(unit.start)) for unit in found]

    def _blocks(self) -> Iterator[Block]:
        """Give the blocks of all pages; a paragraph that goes on over the page is one."""
        held: Block | None = None
        for start, page in zip(self._starts, self.pages, strict=True):
            end = start + len(page.text)
            for block in blocks(self.text, start, end, markdown=self._markdown):
                if held and self._goes_on(held, block):
                    held = replace(held, end=block.end)
                    continue
                if held:
                    yield held
                held = block
        if held:
            yield held

    def _goes_on(self, before: Block, after: Block) -> bool:
        if before.kind not in ("paragraph", "item") or after.kind != "paragraph":
            return False
        if self._page(before.end) == self._page(after.start):
            return False
        ending = self.text[before.start : before.end].rstrip()
        return not ending.endswith(_TERMINAL) and self.text[after.start].islower()


@dataclass(frozen=True, slots=True)
class _Part:
    """Units that become a chunk, and what is put before them.

    The first ``repeated`` units are those that the part before ends with.
    """

    units: Sequence[Unit]
    heading: str
    header: str
    repeated: int = 0

    def text(self, whole: str) -> str:
        own = whole[self.units[0].start : self.units[-1].end]
        return f"{self.header}\n{own}" if self.header else own


class _Cutter:
    """Makes chunks of passages."""

    def __init__(self, reader: _Reader, limit: int, overlap: int, count: Count) -> None:
        self._reader, self._limit, self._overlap, self._count = reader, limit, overlap, count
        self._sizes: dict[str, int] = {}  # of headings and headers; few are needed at a time

    def parts(self, run: Sequence[Unit]) -> list[_Part]:
        """Return how a passage is divided; sizes are sums and not yet exact."""
        headings = {unit.path: self._heading(unit.path) for unit in run}
        room = self._limit - max(map(self._size, headings.values()))
        whole: list[Unit] = []
        for unit in run:
            fits = unit.tokens <= room
            whole += [unit] if fits else pieces(self._reader.text, unit, room, self._count)
        added = [self._size(self._header(unit)) for unit in whole]
        is_one = sum(unit.tokens for unit in whole) <= room
        overlap = 0 if is_one or room < 2 * self._overlap else self._overlap
        found = packed(whole, max(room - overlap, max(unit.tokens for unit in whole)), added)
        repeated = _repeated(found, overlap, room)
        return [
            replace(self._part([*again, *part]), repeated=len(again))
            for again, part in zip(repeated, found, strict=True)
        ]

    def _part(self, part: Sequence[Unit]) -> _Part:
        first, *others = (unit.path for unit in part)
        shared = list(first)
        for path in others:
            same = [ours == theirs for ours, theirs in zip(shared, path, strict=False)]
            shared = shared[: [*same, False].index(False)]
        return _Part(part, self._heading(tuple(shared)), self._header(part[0]))

    def _heading(self, path: tuple[str, ...]) -> str:
        """Return a path of headings, without its highest ones where it is too long."""
        for start in range(len(path)):
            heading = " > ".join(path[start:])
            if self._size(heading) <= self._limit // _ADDED:
                return heading
        return ""

    def _header(self, unit: Unit) -> str:
        """Return the header that is repeated before a row."""
        if unit.header is None:
            return ""
        header = _first_line(self._reader.text, unit.header)
        if not any(map(str.isalnum, header)):
            return ""  # Markdown wants a header even where the table has none
        return header if self._size(header) <= self._limit // _ADDED else ""

    def _size(self, text: str) -> int:
        if text not in self._sizes:
            if len(self._sizes) > _BATCH:
                self._sizes.clear()
            self._sizes[text] = self._count([text])[0] if text else 0
        return self._sizes[text]

    def finished(self, passages: Sequence[list[_Part]], place: int) -> Iterator[Cut]:
        """Give passages with their chunks, counted exactly; ``place`` is that of the first."""
        texts = [self._searched(part) for parts in passages for part in parts]
        sizes = iter(self._count(texts) if texts else [])
        for number, parts in enumerate(passages, place):
            chunks = [
                self._chunk(part, number, size)
                for given in parts
                for part, size in self._fitting(given, next(sizes))
            ]
            yield self._passage(parts), chunks

    def _searched(self, part: _Part) -> str:
        return _searched(part.heading, part.text(self._reader.text))

    def _fitting(self, part: _Part, size: int) -> list[tuple[_Part, int]]:
        """Return a part with its size, divided where the sum of its units was too low."""
        first = part.units[0]
        middle = len(part.units) // 2
        is_least = not middle and not part.header and first.end - first.start == 1
        if size <= self._limit or is_least:
            return [(part, size)]
        if part.repeated:
            halves = [part.units[part.repeated :]]
        elif middle:
            halves = [part.units[:middle], part.units[middle:]]
        elif part.header or part.heading:  # a sentence is worth more than what stands above it
            return self._counted([replace(part, heading="", header="")])
        else:
            tighter = int(_TIGHTER * self._limit)
            halves = [[unit] for unit in pieces(self._reader.text, first, tighter, self._count)]
        return self._counted([self._part(half) for half in halves])

    def _counted(self, parts: list[_Part]) -> list[tuple[_Part, int]]:
        sizes = self._count([self._searched(part) for part in parts])
        return [
            fitting
            for part, size in zip(parts, sizes, strict=True)
            for fitting in self._fitting(part, size)
        ]

    def _chunk(self, part: _Part, passage: int, size: int) -> Chunk:
        start, end = part.units[0].start, part.units[-1].end
        text = part.text(self._reader.text)
        return Chunk(
            text=text,
            start=start,
            end=end,
            page_first=self._reader.page(start),
            page_last=self._reader.page(end - 1),
            heading=part.heading,
            passage=passage,
            tokens=size,
            language=language(text, [self._reader.language]),
        )

    def _passage(self, parts: Sequence[_Part]) -> Passage:
        start, end = parts[0].units[0].start, parts[-1].units[-1].end
        return Passage(
            start,
            end,
            self._reader.page(start),
            self._reader.page(end - 1),
            self._part([unit for part in parts for unit in part.units]).heading,
        )


def _first_line(text: str, span: Span) -> str:
    return text[span[0] : span[1]].strip().split("\n", maxsplit=1)[0]


def _repeated(parts: Sequence[Sequence[Unit]], overlap: int, limit: int) -> list[list[Unit]]:
    """Return for each part the last units of the one before, as far as they are small."""
    found: list[list[Unit]] = [[] for _ in parts[:1]]
    for before, part in pairwise(parts):
        again: list[Unit] = []
        room = min(overlap, limit - sum(unit.tokens for unit in part))
        for unit in reversed(before[1:]):
            room -= unit.tokens
            if room < 0 or unit.kind in OPENERS or unit.page != part[0].page:
                break
            again.insert(0, unit)
        found.append(again)
    return found
