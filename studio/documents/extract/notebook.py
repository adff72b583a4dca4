"""Reads Jupyter notebooks (nbformat 3 and 4): texts, code and what it has printed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from studio.documents.extract.blocks import Blocks
from studio.documents.extract.characters import clean
from studio.documents.extract.plain import text_of
from studio.documents.extract.source import Findings, Source
from studio.documents.extract.words import UnreadableError
from studio.documents.values import Page

_COLOURS = re.compile(r"\x1b\[[0-9;]*m|\[\d+(?:;\d+)*m")
_OUTPUT_LIMIT = 20_000  # characters of one output; a log without end is no text to search


def read(source: Source, findings: Findings) -> Iterator[Page]:
    """Yield the one page of a notebook.

    Raises:
        UnreadableError: ``document.damaged``.
    """
    findings.markup = "markdown"
    try:
        notebook = json.loads(text_of(source, findings))
        cells = _cells(notebook)
    except (ValueError, RecursionError, TypeError, AttributeError) as error:
        raise UnreadableError("document.damaged", details=str(error)) from error
    language = _language(notebook)
    blocks: list[str] = []
    for cell in cells:
        source.check()
        blocks += _cell(cell, language)
    yield Page(1, "\n\n".join(filter(None, blocks)))


def _cells(notebook: dict[str, Any]) -> list[dict[str, Any]]:
    sheets = notebook.get("worksheets") or [notebook]  # before version 4
    cells = [cell for sheet in sheets for cell in sheet.get("cells", [])]
    return [cell for cell in cells if isinstance(cell, dict)]


def _language(notebook: dict[str, Any]) -> str:
    told = notebook.get("metadata")
    kernel = told.get("kernelspec") if isinstance(told, dict) else None
    return str(kernel.get("language", "")) if isinstance(kernel, dict) else ""


def _cell(cell: dict[str, Any], language: str) -> Iterator[str]:
    text = _joined(cell.get("source", cell.get("input", "")))
    kind = cell.get("cell_type")
    if kind != "code":
        level = cell.get("level", 1)
        yield "#" * level + " " + text if kind == "heading" and isinstance(level, int) else text
        return
    yield _code(text, language)
    outputs = cell.get("outputs")
    for output in outputs if isinstance(outputs, list) else []:
        if isinstance(output, dict):
            yield _code(_printed(output)[:_OUTPUT_LIMIT], "")


def _printed(output: dict[str, Any]) -> str:
    data = output.get("data")
    if isinstance(data, dict):
        return _joined(data.get("text/plain", ""))
    if "traceback" in output:
        return _COLOURS.sub("", f"{output.get('ename', '')}: {output.get('evalue', '')}")
    return _COLOURS.sub("", _joined(output.get("text", "")))


def _code(text: str, language: str) -> str:
    blocks = Blocks()
    blocks.code(text, language)
    return blocks.text()


def _joined(value: object) -> str:
    if isinstance(value, list):
        return clean("".join(part for part in value if isinstance(part, str))).strip("\n")
    return clean(value).strip("\n") if isinstance(value, str) else ""
