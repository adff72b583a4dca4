"""Opens documents that are archives (Office, OpenDocument, EPUB) without being flooded by them."""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import IO
from xml.etree import ElementTree

from studio.documents.extract.words import UnreadableError
from studio.engine.extraction import Limits

_SMALL = 64 << 20  # an archive that unpacks to no more hurts nobody, whatever its ratio
_PIECE = 1 << 20
_ENCRYPTED = 0x1


class Archive:
    """A ZIP archive whose members are unpacked one by one, into memory, within limits.

    Archives within it are never unpacked. What the directory tells of sizes is checked before, and
    counted again while unpacking, since it may lie.

    Raises:
        UnreadableError: ``document.damaged``, ``document.archive_bomb``, ``document.encrypted``.
    """

    def __init__(self, path: Path, limits: Limits) -> None:
        self._limits = limits
        self._unpacked = 0
        try:
            self._zip = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, ValueError, EOFError, NotImplementedError) as error:
            raise UnreadableError("document.damaged", details=str(error)) from error
        try:
            self._check_directory(path.stat().st_size)
        except UnreadableError:
            self._zip.close()
            raise
        self.names = tuple(self._zip.namelist())
        self._known = frozenset(self.names)

    def __enter__(self) -> Archive:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._zip.close()

    def __contains__(self, name: str) -> bool:
        return name in self._known

    def read(self, name: str) -> bytes:
        """Return a member, unpacked.

        Raises:
            UnreadableError: as the class, or ``document.damaged`` when there is no such member.
        """
        data = bytearray()
        with self._member(name) as member:
            while piece := member.read(_PIECE):
                data += piece
                if len(data) > self._limits.member_bytes:
                    raise UnreadableError("document.archive_bomb")
                self._count(len(piece))
        return bytes(data)

    def tree(self, name: str) -> ElementTree.Element:
        """Return the XML of a member; see :func:`parse_xml`."""
        return parse_xml(self.read(name))

    def elements(self, name: str, *wanted: str) -> Iterator[ElementTree.Element]:
        """Yield the elements of these local names as they end, and forget them afterwards."""
        stack: list[ElementTree.Element] = []
        with self._member(name) as member:
            counted = _Counted(member, self._count)
            try:
                for event, element in ElementTree.iterparse(counted, ("start", "end")):
                    if event == "start":
                        stack.append(element)
                        continue
                    stack.pop()
                    if local(element.tag) in wanted:
                        yield element
                        element.clear()
                        if stack:
                            stack[-1].remove(element)
            except ElementTree.ParseError as error:
                raise UnreadableError("document.damaged", details=str(error)) from error

    def target(self, part: str, relation: str) -> str:
        """Return the first member that a part refers to by a kind of relation; empty for none."""
        return next((name for kind, name in self.relations(part).values() if kind == relation), "")

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Return what a part of an Office document refers to within it: kind and member by id."""
        folder, name = posixpath.split(part)
        place = posixpath.join(folder, "_rels", name + ".rels")
        if place not in self:
            return {}
        found = {}
        for element in self.tree(place):
            if element.get("TargetMode") == "External":
                continue
            target = element.get("Target", "")
            whole = target[1:] if target.startswith("/") else posixpath.join(folder, target)
            kind = element.get("Type", "").rpartition("/")[2]
            found[element.get("Id", "")] = (kind, posixpath.normpath(whole))
        return found

    def _check_directory(self, packed: int) -> None:
        members = self._zip.infolist()
        unpacked = sum(member.file_size for member in members)
        if (
            len(members) > self._limits.members
            or unpacked > self._limits.unpacked_bytes
            or unpacked > max(_SMALL, packed * self._limits.unpacked_ratio)
        ):
            raise UnreadableError("document.archive_bomb")
        if any(member.flag_bits & _ENCRYPTED for member in members):
            raise UnreadableError("document.encrypted")

    def _count(self, size: int) -> None:
        self._unpacked += size
        if self._unpacked > self._limits.unpacked_bytes:
            raise UnreadableError("document.archive_bomb")

    @contextmanager
    def _member(self, name: str) -> Iterator[IO[bytes]]:
        try:
            with self._zip.open(name) as member:
                yield member
        except KeyError as error:
            raise UnreadableError("document.damaged", details=f"{name} is missing") from error
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
            raise UnreadableError("document.damaged", details=f"{name}: {error}") from error


class _Counted:
    """A stream whose bytes are counted on their way to a parser."""

    def __init__(self, stream: IO[bytes], count: Callable[[int], None]) -> None:
        self._stream = stream
        self._count = count

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes."""
        data = self._stream.read(size)
        self._count(len(data))
        return data


def parse_xml(data: bytes) -> ElementTree.Element:
    """Return the tree of an XML document.

    The parser (Expat 2.4.1 or later) fetches no external entity and gives up on those that grow
    more than a hundredfold.

    Raises:
        UnreadableError: ``document.damaged``.
    """
    try:
        return ElementTree.fromstring(data)
    except (ElementTree.ParseError, LookupError, ValueError) as error:
        raise UnreadableError("document.damaged", details=str(error)) from error


def local(tag: object) -> str:
    """Return the name of an element or attribute without its namespace; empty for comments."""
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: ElementTree.Element, name: str) -> str:
    """Return an attribute by its local name; empty where it is not given."""
    if (plain := element.get(name)) is not None:
        return plain
    return next((value for key, value in element.items() if local(key) == name), "")


def child(element: ElementTree.Element, *path: str) -> ElementTree.Element | None:
    """Return the first descendant along local names, one level each."""
    found: ElementTree.Element | None = element
    for name in path:
        if found is None:
            return None
        found = next((each for each in found if local(each.tag) == name), None)
    return found


def children(element: ElementTree.Element, name: str) -> Iterator[ElementTree.Element]:
    """Yield the children of a local name."""
    return (each for each in element if local(each.tag) == name)


def every(element: ElementTree.Element, name: str) -> Iterator[ElementTree.Element]:
    """Yield the descendants of a local name, in order."""
    return (each for each in element.iter() if local(each.tag) == name)
