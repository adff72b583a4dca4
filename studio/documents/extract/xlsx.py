"""Reads workbooks (XLSX): ECMA-376 part 1, SpreadsheetML. Each sheet is a page with one table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from xml.etree.ElementTree import Element

from studio.documents.extract.archives import Archive, attribute, child, children, every, local
from studio.documents.extract.blocks import Blocks, one_line
from studio.documents.extract.office import main_part, title_of
from studio.documents.extract.source import Findings, Source
from studio.documents.values import Page

_DATES = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_PERCENT = frozenset({9, 10})
_NO_CODE = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_CELL = re.compile(r"([A-Z]{1,3})\d+")
_MOST_COLUMNS = 16384
_LARGEST_DATE = 2_958_465  # the last day of the year 9999


def read(source: Source, findings: Findings) -> Iterator[Page]:
    """Yield the sheets in their order; charts and macros are left out, comments come below."""
    findings.markup = "markdown"
    findings.has_pages = True
    with Archive(source.path, source.limits) as archive:
        part = main_part(archive)
        findings.title = title_of(archive)
        workbook = archive.tree(part)
        book = _Book(archive, part, workbook)
        related = archive.relations(part)
        sheets = list(every(workbook, "sheet"))
        left = source.limits.characters
        for number, sheet in enumerate(sheets, 1):
            source.check()
            key = next((value for name, value in sheet.items() if name.endswith("}id")), "")
            kind, name = related.get(key, ("", ""))
            title = one_line(sheet.get("name", ""))
            blocks = Blocks()
            blocks.heading(1, title)
            if kind == "worksheet" and name in archive:
                blocks.table(list(_rows(archive, name, book, source, left)))
                _comments(archive, name, blocks)
            elif kind == "worksheet":
                findings.note("parts_damaged")
            left -= blocks.size
            yield Page(number, blocks.text(), title)
            source.progressed(number, len(sheets))


class _Book:
    """What the sheets of a workbook share: texts, formats, and where its calendar begins."""

    def __init__(self, archive: Archive, part: str, workbook: Element) -> None:
        self.texts: list[str] = []
        name = archive.target(part, "sharedStrings")
        if name and name in archive:
            for item in archive.elements(name, "si"):
                self.texts.append(_text(item))
        properties = child(workbook, "workbookPr")
        since_1904 = properties is not None and properties.get("date1904") in ("1", "true")
        # 1900 counts as a leap year there, so that its first of March is day 61.
        self._begin = datetime(1904, 1, 1) if since_1904 else datetime(1899, 12, 30)  # noqa: DTZ001 - a calendar day has no zone
        self._formats = _formats(archive, archive.target(part, "styles"))

    def shown(self, cell: Element) -> str:
        """Return the text of a cell as a person sees it, but for separators and rounding."""
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            return _text(cell)
        value = child(cell, "v")
        text = (value.text or "") if value is not None else ""
        if kind == "s":
            return self.texts[int(text)] if text.isdecimal() and int(text) < len(self.texts) else ""
        if kind == "b":
            return "TRUE" if text == "1" else "FALSE" if text else ""
        if kind != "n" or not text:
            return text
        style = cell.get("s", "0")
        place = int(style) if style.isdecimal() else 0
        return self._number(text, self._formats[place] if place < len(self._formats) else "")

    def _number(self, text: str, form: str) -> str:
        try:
            number = float(text)
        except ValueError:
            return text
        if form == "date" and 0 <= number < _LARGEST_DATE:
            return self._date(number)
        if form == "percent":
            return f"{number * 100:.10g}%"
        return f"{number:.15g}" if "e" not in f"{number:.15g}" else text

    def _date(self, number: float) -> str:
        moment = self._begin + timedelta(seconds=round(number * 86400))
        if number < 1:
            return f"{moment:%H:%M:%S}"
        return f"{moment:%Y-%m-%d}" if number == int(number) else f"{moment:%Y-%m-%d %H:%M:%S}"


def _formats(archive: Archive, name: str) -> list[str]:
    """Return for each style of cells whether it shows a ``"date"``, a ``"percent"`` or neither."""
    if not name or name not in archive:
        return []
    root = archive.tree(name)
    codes = {each.get("numFmtId", ""): each.get("formatCode", "") for each in every(root, "numFmt")}
    styles = next(every(root, "cellXfs"), None)
    found = []
    for style in styles if styles is not None else ():
        key = style.get("numFmtId", "0")
        code = _NO_CODE.sub("", codes.get(key, "")).lower()
        number = int(key) if key.isdecimal() else 0
        if "%" in code or number in _PERCENT:
            found.append("percent")
        elif number in _DATES if key not in codes else re.search(r"[ymdhs]", code):
            found.append("date")
        else:
            found.append("")
    return found


def _rows(
    archive: Archive, name: str, book: _Book, source: Source, characters: int
) -> Iterator[list[str]]:
    """Yield the rows of a sheet until they are more than may be read."""
    for row in archive.elements(name, "row"):
        source.check()
        cells: list[str] = []
        for cell in children(row, "c"):
            place = _column(cell.get("r", ""))
            if place is not None and len(cells) < place <= _MOST_COLUMNS:
                cells += [""] * (place - len(cells))
            if len(cells) >= _MOST_COLUMNS:
                break
            cells.append(book.shown(cell))
        characters -= sum(map(len, cells)) + 3 * len(cells)
        yield cells
        if characters < 0:
            return


def _column(reference: str) -> int | None:
    """Return the place of a cell in its row, from 0, by its name such as ``"AB12"``."""
    found = _CELL.fullmatch(reference)
    if found is None:
        return None
    number = 0
    for letter in found[1]:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _comments(archive: Archive, name: str, blocks: Blocks) -> None:
    target = archive.target(name, "comments")
    if target and target in archive:
        for each in every(archive.tree(target), "comment"):
            blocks.paragraph(f"{attribute(each, 'ref')}: {one_line(_text(each))}")


def _text(element: Element) -> str:
    """Return the text of a cell without the readings that stand above Japanese ones."""
    return "".join(
        ""
        if local(part.tag) == "rPh"
        else (part.text or "")
        if local(part.tag) == "t"
        else _text(part)
        for part in element
    )
