"""Prompts to fill in: text files with places such as ``{{topic}}`` or ``{{language:English}}``.

A file is Markdown or plain text. It may begin with ``title:`` and ``description:`` between two
lines of ``---``; without them, the file's name is the title. ``\\{{`` stands for two braces.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from studio.errors import StudioError
from studio.translation import tr

MOST_BYTES = 1_000_000
MOST_VARIABLES = 100
_ENDINGS = (".md", ".txt")
_MARK = re.compile(r"\\\{\{|\{\{|\}\}")
_NAME = re.compile(r"[^\W\d_][\w \-]{0,59}")
_HEAD = re.compile(r"---[ \t]*\n(.*?)\n---[ \t]*(?:\n|\Z)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Place:
    """A place to fill in, at ``start`` of the text; ``default`` stands there at first, if any."""

    name: str
    default: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Filled:
    """A template's text as it goes into the message, with the places in it, first to last."""

    text: str
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class PromptTemplate:
    """A prompt to fill in. ``name`` is that of its file, ``body`` what stands in it."""

    name: str
    title: str
    description: str
    body: str

    def filled(self) -> Filled:
        """Return the text with each place showing its default or, in brackets, its name.

        Raises:
            StudioError: ``prompt.template``.
        """
        return parse(self.body)


class PromptTemplates:
    """Templates from several folders; a later folder replaces one of the same name."""

    def __init__(self, folders: Iterable[Path]) -> None:
        self._templates: dict[str, PromptTemplate] = {}
        self._damaged: list[StudioError] = []
        for folder in folders:
            for path in sorted(folder.glob("*")):
                if path.suffix.lower() in _ENDINGS:
                    self._take(path)

    @property
    def warnings(self) -> tuple[str, ...]:
        """Sentences about files that cannot be used."""
        return tuple(str(error) for error in self._damaged)

    def list(self) -> list[PromptTemplate]:
        """Return every template, by title."""
        return sorted(self._templates.values(), key=lambda each: each.title.casefold())

    def _take(self, path: Path) -> None:
        try:
            self._templates[path.stem.casefold()] = read(path)
        except StudioError as error:
            self._damaged.append(error)


def read(path: Path) -> PromptTemplate:
    """Return the template in a file.

    Raises:
        StudioError: ``prompt.template``, naming the file.
    """
    try:
        if path.stat().st_size > MOST_BYTES:
            raise _invalid(tr("It is larger than {most} MB.", most=MOST_BYTES // 1000000))
        text = path.read_text("utf-8-sig")
        template = from_text(path.stem, text)
        template.filled()
    except OSError as error:
        raise _unusable(
            path, tr("It cannot be read: {problem}.", problem=error.strerror or error)
        ) from error
    except UnicodeDecodeError as error:
        raise _unusable(path, tr("It is not a text file in UTF-8.")) from error
    except StudioError as error:
        raise _unusable(path, error.what) from error
    return template


def from_text(name: str, text: str) -> PromptTemplate:
    """Return a template from a file's text."""
    head = _HEAD.match(text)
    told: dict[str, str] = {}
    if head:
        for line in head[1].splitlines():
            key, _, value = line.partition(":")
            told[key.strip().lower()] = value.strip().strip('"')
    body = text[head.end() :] if head else text
    title = told.get("title") or name.replace("-", " ").replace("_", " ").capitalize()
    return PromptTemplate(name, title, told.get("description", ""), body.strip("\n"))


def parse(body: str) -> Filled:
    """Return a template's text with its places shown by their defaults or names.

    Raises:
        StudioError: ``prompt.template`` when braces are left open or a name cannot be one.
    """
    text = ""
    places: list[Place] = []
    at = 0
    opened: int | None = None
    for mark in _MARK.finditer(body):
        if mark[0] == "{{":
            if opened is not None:
                raise _unclosed(body, opened)
            text += body[at : mark.start()]
            opened, at = mark.start(), mark.end()
        elif mark[0] == "}}" and opened is not None:
            place = _place(body, at, mark.start(), len(text))
            text += place.default or f"[{place.name}]"
            places.append(place)
            opened, at = None, mark.end()
        elif opened is None and mark[0] != "}}":
            text += body[at : mark.start()] + "{{"
            at = mark.end()
    if opened is not None:
        raise _unclosed(body, opened)
    if len(places) > MOST_VARIABLES:
        raise _invalid(
            tr(
                "It has {count:,} places to fill in; at most {most} fit.",
                count=len(places),
                most=MOST_VARIABLES,
            )
        )
    return Filled(text + body[at:], tuple(places))


def _place(body: str, start: int, end: int, at: int) -> Place:
    name, _, default = body[start:end].partition(":")
    name = name.strip()
    if not _NAME.fullmatch(name):
        line = body.count("\n", 0, start) + 1
        raise _invalid(
            tr(
                "In line {line}, “{opening}{opening}{name}{closing}{closing}” is no "
                "name: it must begin with a letter and hold letters, digits and spaces.",
                line=line,
                opening="{",
                name=body[start:end][:40],
                closing="}",
            )
        )
    default = default.strip()
    return Place(name, default, at, at + len(default or f"[{name}]"))


def _unclosed(body: str, start: int) -> StudioError:
    line = body.count("\n", 0, start) + 1
    return _invalid(
        tr(
            "In line {line}, “{opening}{opening}” is not closed by “{closing}{closing}”.",
            line=line,
            opening="{",
            closing="}",
        )
    )


def _invalid(reason: str) -> StudioError:
    return StudioError("prompt.template", reason, tr("Correct the template."))


def _unusable(path: Path, reason: str) -> StudioError:
    return StudioError(
        "prompt.template",
        tr("The prompt {file} cannot be used. {reason}", file=path.name, reason=reason),
        tr("Correct or remove the file: {path}", path=path),
        reason,
    )
