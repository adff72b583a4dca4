"""The messages of the extraction worker: a file goes in, pages of text come back."""

from __future__ import annotations

from dataclasses import dataclass, field

from studio.engine.protocol import Request, message

WORKER = "extraction"

Facts = dict[str, str | int | float | bool | None]


@message
@dataclass(frozen=True, slots=True)
class Limits:
    """How much a file may ask for. What is over is refused, or cut and told, as said here.

    Attributes:
        input_bytes: of the file; a larger one is refused.
        pages: read at most; the rest is cut.
        characters: of the whole text at most; the rest is cut.
        parsed_bytes: of text that is taken apart as a whole (JSON, HTML, XML, a message); longer
            JSON is read as plain text, longer other text is cut.
        members: files in an archive; more are refused.
        member_bytes: of one unpacked file of an archive; a larger one is refused.
        unpacked_bytes: of all that is unpacked of an archive; more is refused.
        unpacked_ratio: by how much an archive may grow on the whole; more is refused, but for
            archives that unpack to less than 64 MiB.
        memory_bytes: of address space of the worker, where the system can cap it.
    """

    input_bytes: int = 2 << 30
    pages: int = 20_000
    characters: int = 20_000_000
    parsed_bytes: int = 64 << 20
    members: int = 20_000
    member_bytes: int = 256 << 20
    unpacked_bytes: int = 1 << 30
    unpacked_ratio: int = 200
    memory_bytes: int = 2 << 30


@message
@dataclass(frozen=True, slots=True)
class Extract(Request):
    """Read a file. Answers ``Part(PagesRead)``…, ``Progress`` by pages, ``Done(DocumentRead)``.

    Attributes:
        sha256: of the bytes that are meant, in hexadecimal; empty takes what is there.
        password: of an encrypted PDF; empty for none.
        languages: for scanned pages, as Tesseract names them (``"eng"``); empty takes all that
            are installed. One that is not installed is left out.
    """

    path: str
    sha256: str = ""
    password: str = field(default="", repr=False)
    languages: tuple[str, ...] = ()
    limits: Limits = field(default_factory=Limits)


@message
@dataclass(frozen=True, slots=True)
class PageRead:
    """A page, as :class:`studio.documents.values.Page`."""

    number: int
    text: str
    label: str = ""
    needs_ocr: bool = False


@message
@dataclass(frozen=True, slots=True)
class PagesRead:
    """Some pages of a document, in order; they follow those of the part before."""

    pages: tuple[PageRead, ...]


@message
@dataclass(frozen=True, slots=True)
class Notice:
    """Something that was left out: a code of :mod:`studio.documents.extract.words`."""

    code: str
    facts: Facts = field(default_factory=dict)


@message
@dataclass(frozen=True, slots=True)
class DocumentRead:
    """What is known of a document once all its pages have come.

    Attributes:
        sha256: of the bytes that were read, in hexadecimal; they were the same before and after.
    """

    kind: str
    title: str
    has_pages: bool
    markup: str
    language: str
    notices: tuple[Notice, ...]
    sha256: str
    size_bytes: int
