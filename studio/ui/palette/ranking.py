"""Ranks thousands of candidates while the person types, a few milliseconds at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from heapq import nlargest
from operator import itemgetter
from time import monotonic

from PySide6.QtCore import QObject, QTimer, Signal

from studio.chat.search.folding import fold
from studio.ui.palette.items import Candidate, Item
from studio.ui.palette.matching import score, sieve

AT_MOST = 50
_SLICE_S = 0.005
_STRIDE = 50  # candidates between two looks at the clock
_RECENT = 8
_WORDS = 12
_QUERY = 100  # letters


class Ranking(QObject):
    """Finds the best candidates for what was typed; ``ranked`` carries them, best first.

    The window's thread is never held for longer than a slice. What is best among the candidates of
    the first one, the commands above all, is told at once, and the whole when it is known.
    Nothing typed lists what came first.
    """

    ranked = Signal(list)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: list[Candidate] = []
        self._left: Sequence[Candidate] = ()
        self._at = 0
        self._found: list[tuple[float, Candidate]] = []
        self._terms: list[str] = []
        self._sieves: list[Callable[[str], object]] = []
        self._words = ""
        self._known: tuple[str, list[Candidate]] | None = None
        self._next = QTimer(self, singleShot=True, interval=0)
        self._next.timeout.connect(self._go_on)

    @property
    def terms(self) -> Sequence[str]:
        """What is looked for, folded."""
        return self._terms

    @property
    def is_busy(self) -> bool:
        """Whether the answer is still to come."""
        return self._next.isActive()

    def clear(self) -> None:
        """Forget all candidates."""
        self._next.stop()
        self._all, self._known = [], None

    def add(self, more: Sequence[Candidate]) -> None:
        """Take in more candidates and rank again."""
        self._all += more
        self._known = None
        self.look(self._words)

    def look(self, words: str) -> None:
        """Rank anew for other words."""
        self._words = words
        folded = fold(words[:_QUERY]).strip()
        self._terms = folded.split()[:_WORDS]
        self._sieves = [sieve(term).match for term in self._terms]
        # Whatever fits more letters has fitted fewer, so only that is looked at again.
        known = self._known
        grows = known is not None and folded.startswith(known[0]) and " " not in folded
        self._left = known[1] if known is not None and grows else self._all
        self._at, self._found = 0, []
        self._go_on()

    def _go_on(self) -> None:
        if not self._terms:
            self._next.stop()
            self.ranked.emit(_first(self._all))
            return
        is_first = self._at == 0
        until = monotonic() + _SLICE_S
        while self._at < len(self._left):
            self._rank(self._left[self._at : self._at + _STRIDE])
            self._at += _STRIDE
            if monotonic() > until:
                self._next.start()
                if is_first and self._found:
                    self._tell()
                return
        self._next.stop()
        if len(self._terms) == 1:
            self._known = (self._terms[0], [candidate for _, candidate in self._found])
        self._tell()

    def _tell(self) -> None:
        best = nlargest(AT_MOST, self._found, key=itemgetter(0))
        self.ranked.emit([candidate.item for _, candidate in best])

    def _rank(self, some: Sequence[Candidate]) -> None:
        terms, sieves = self._terms, self._sieves
        for candidate in some:
            if not candidate.also and not all(fits(candidate.title) for fits in sieves):
                continue
            fit = score(terms, candidate.title, candidate.initials, candidate.also)
            if fit is not None:
                self._found.append((fit + candidate.prior, candidate))


def _first(every: Sequence[Candidate]) -> list[Item]:
    """Return what to offer before anything is typed: commands, places, the newest chats."""
    usual = [each.item for each in every if each.item.kind in ("Command", "Room")]
    chats = [each.item for each in every if each.item.kind == "Chat"][:_RECENT]
    return usual + chats
