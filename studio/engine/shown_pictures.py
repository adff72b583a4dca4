"""Which pictures a worker has at hand, so that each is sent to it once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from studio.engine.language import Picture, PicturesAtHand, ShowPictures


class ShownPictures:
    """Remembers what was shown to the worker that runs now; another one has seen nothing."""

    def __init__(self) -> None:
        self._worker: object = None
        self._known: frozenset[str] = frozenset()

    def request(
        self, worker: object, pictures: Mapping[str, Callable[[str], bytes]], *, more: bool
    ) -> ShowPictures | None:
        """Return what to ask of a worker so that it has these pictures, if anything.

        Args:
            pictures: what reads each one, by the SHA-256 that it is given.
            more: keep those that are at hand already.
        """
        known = self._known if self._worker is worker else frozenset()
        wanted = frozenset(pictures) | (known if more else frozenset())
        if wanted == known:
            return None
        new = tuple(Picture(key, read(key)) for key, read in pictures.items() if key not in known)
        return ShowPictures(0, tuple(sorted(wanted)), new)

    def note(self, worker: object, result: Any) -> None:
        """Take note of a worker's answer."""
        if isinstance(result, PicturesAtHand):
            self._worker, self._known = worker, frozenset(result.sha256s)
