"""A conversation's pictures as its model sees them; the projector is read when it is needed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from studio.engine.language import PicturesAtHand, ShowPictures
from studio.engine.protocol import Done
from studio.prompting.pictures import Shown, pieces
from studio.workers.llama.model import Model
from studio.workers.llama.span import Span
from studio.workers.llama.vision import Piece, Projector, Seen
from studio.workers.serve import Channel, RefusedError

_KEPT_IN_PIECES = 4  # a large picture is some tens of megabytes once it is cut


@dataclass(slots=True)
class PromptRead:
    """The tokens of a prompt, and the pictures in it."""

    tokens: list[int] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)


class Eyes:
    """Which pictures are at hand, and what they become in a prompt.

    Args:
        read_projector: makes the projector of the loaded model from its file.
        context: asked for the handle of the model's memory when a picture is read into it.
    """

    def __init__(
        self,
        read_projector: Callable[[Path, Model], Projector],
        context: Callable[[], object],
    ) -> None:
        self._read_projector = read_projector
        self._context = context
        self._path = ""
        self._projector: Projector | None = None
        self._identity = ""
        self._data: dict[str, bytes] = {}
        self._pieces: dict[str, tuple[Piece, ...]] = {}
        self._seen: dict[str, Seen] = {}

    def use(self, path: str) -> None:
        """Take the projector of the model that is loaded now, or none; read it later."""
        self.close()
        self._path = path

    def close(self) -> None:
        """Give the memory back, but for the pictures as they came."""
        for seen in self._seen.values():
            seen.close()
        self._seen.clear()
        self._pieces.clear()
        if self._projector is not None:
            self._projector.close()
        self._projector = None

    def show(self, request: ShowPictures, _channel: Channel) -> Done:
        """Have pictures at hand."""
        for gone in self._data.keys() - set(request.wanted):
            del self._data[gone]
            self._pieces.pop(gone, None)
            if seen := self._seen.pop(gone, None):
                seen.close()
        for picture in request.pictures:
            self._data[picture.sha256] = picture.data
        return Done(request.id, PicturesAtHand(tuple(self._data)))

    def read(self, text: str, model: Model, *, add_bos: bool) -> PromptRead:
        """Return the tokens of a prompt; a picture's are numbers below zero.

        Raises:
            RefusedError: ``picture.no_projector``, or as :class:`Projector`.
        """
        found = PromptRead()
        for part in pieces(text, self._data):
            if isinstance(part, Shown):
                self._add(found, part.sha256, model)
            else:
                found.tokens += model.tokenize(part, add_bos=add_bos and not found.tokens)
        return found

    def _add(self, found: PromptRead, sha256: str, model: Model) -> None:
        if sha256 not in self._pieces:
            self._pieces[sha256] = self._look(sha256, model).pieces
        for piece in self._pieces[sha256]:
            if not piece.cells:
                found.tokens += piece.tokens
                continue
            span = Span(
                len(found.tokens),
                piece.cells,
                piece.positions,
                piece.at_once,
                self._reader(sha256, piece, model),
            )
            found.spans.append(span)
            found.tokens += [self._number(sha256, piece)] * piece.cells

    def _reader(self, sha256: str, piece: Piece, model: Model) -> Callable[[int, int], int]:
        def read(position: int, batch: int) -> int:
            projector = self._open(model)
            chunk = self._look(sha256, model).chunk(piece)
            vectors = projector.encode(chunk)
            return projector.decode(self._context(), chunk, vectors, position, 0, batch)

        return read

    def _look(self, sha256: str, model: Model) -> Seen:
        """Return a picture cut in pieces, as the last few are kept."""
        if (seen := self._seen.pop(sha256, None)) is None:
            seen = self._open(model).look(self._data[sha256])
            while len(self._seen) >= _KEPT_IN_PIECES:
                self._seen.pop(next(iter(self._seen))).close()
        self._seen[sha256] = seen
        return seen

    def _open(self, model: Model) -> Projector:
        if self._projector is None:
            if not self._path:
                raise RefusedError("picture.no_projector")
            path = Path(self._path)
            self._projector = self._read_projector(path, model)
            facts = path.stat()
            self._identity = f"{path}:{facts.st_size}:{facts.st_mtime_ns}"
        return self._projector

    def _number(self, sha256: str, piece: Piece) -> int:
        """Return what stands for a piece among the tokens, also in a state on disk.

        Another picture, or the same one through another projector, has another number.
        """
        name = f"{self._identity}:{sha256}:{piece.number}:{piece.cells}"
        digest = hashlib.sha256(name.encode()).digest()
        return -1 - (int.from_bytes(digest[:4], "big") & 0x7FFF_FFFE)
