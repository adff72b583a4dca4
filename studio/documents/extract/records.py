"""Reads data: tables of values (CSV, TSV) and JSON, alone or a record a line."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterator

from studio.documents.extract.blocks import one_line, table
from studio.documents.extract.characters import clean
from studio.documents.extract.plain import lines_of, text_of
from studio.documents.extract.source import Findings, Source
from studio.documents.values import Page

_DELIMITERS = ",;\t|"
_LOOKED_AT = 64  # lines
_LONG_FIELD = 1 << 24
_DEEP = 60


def read_table(source: Source, findings: Findings) -> Iterator[Page]:
    """Yield the one page of a table, whose first row is its header."""
    text = text_of(source, findings)
    findings.markup = "markdown"
    csv.field_size_limit(_LONG_FIELD)
    delimiter = delimiter_of(text)
    rows = csv.reader(io.StringIO(text.replace("\0", "")), delimiter=delimiter)
    kept: list[list[str]] = []
    try:
        for row in rows:
            source.check()
            kept.append(row)
    except csv.Error:  # a quote that never ends, say
        yield Page(1, text)
        return
    yield Page(1, table(kept))


def delimiter_of(text: str) -> str:
    """Return what stands between the values: what is there equally often on most lines."""
    lines = [line for line in text[: 1 << 18].split("\n") if line.strip()][:_LOOKED_AT]
    best, most = ",", 0.0
    for delimiter in _DELIMITERS:
        counts = Counter(len(next(csv.reader([line], delimiter=delimiter), [])) for line in lines)
        width, times = max(counts.items(), key=lambda item: (item[0] > 1, item[1]), default=(1, 0))
        if width > 1 and times / len(lines) > most:
            best, most = delimiter, times / len(lines)
    return best


def read_json(source: Source, findings: Findings) -> Iterator[Page]:
    """Yield the one page of a JSON file as an outline; what is not JSON stays as it is."""
    text = text_of(source, findings)
    if source.size_bytes <= source.limits.parsed_bytes:
        try:
            yield Page(1, outline(json.loads(text)))
        except (ValueError, RecursionError):
            yield Page(1, text)
        return
    yield Page(1, text)


def read_json_lines(source: Source, findings: Findings) -> Iterator[Page]:
    """Yield the one page of a file of records, an outline each, an empty line between them."""
    found: list[str] = []
    size = 0
    for line in lines_of(source, findings):
        source.check()
        if not line.strip():
            continue
        try:
            found.append(outline(json.loads(line)))
        except (ValueError, RecursionError):
            found.append(line)
        size += len(found[-1]) + 2
        if size > source.limits.characters:
            break
    yield Page(1, "\n\n".join(found))


def outline(value: object) -> str:
    """Return a value as lines of ``name: value``, indented as deep as they lie."""
    lines: list[str] = []
    _outline(value, "", 0, lines)
    return "\n".join(lines)


def _outline(value: object, name: str, depth: int, lines: list[str]) -> None:
    indent = "  " * min(depth, 10)
    begin = f"{indent}{name}:" if name else indent
    if isinstance(value, dict) and value and depth < _DEEP:
        if name:
            lines.append(begin)
        for key, inner in value.items():
            _outline(inner, one_line(str(key)) or "-", depth + bool(name), lines)
    elif isinstance(value, list) and value and depth < _DEEP:
        if all(not isinstance(inner, dict | list) for inner in value):
            lines.append(f"{begin} {', '.join(map(_scalar, value))}".rstrip())
            return
        if name:
            lines.append(begin)
        for inner in value:
            _outline(inner, "", depth + 1, lines)
            if depth == 0:
                lines.append("")
    else:
        lines.append(
            f"{begin} {_scalar(value)}".strip() if not name else f"{begin} {_scalar(value)}"
        )


def _scalar(value: object) -> str:
    if isinstance(value, str):
        return clean(value).strip()
    return json.dumps(value, ensure_ascii=False)
