"""Models on their way to the shelf: one lot after another, with its progress and a way to stop."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from studio.errors import StudioError
from studio.translation import tr
from studio.ui.library.entry import ModelKeeper
from studio.ui.relay import Relay
from studio.ui.widgets.progress_strip import ProgressStrip
from studio.ui.widgets.quantities import file_size


class Arrivals(QObject):
    """Adds files and fetches the starter model, and shows in ``strip`` how far that is.

    ``begun`` comes first, ``arrived`` carries the names of what is on the shelf now, ``failed``
    a StudioError, which comes after for each file that did not arrive, told together.
    """

    begun = Signal()
    arrived = Signal(list)
    failed = Signal(object)

    def __init__(self, keeper: ModelKeeper, strip: ProgressStrip) -> None:
        super().__init__(strip)
        self._keeper = keeper
        self._strip = strip
        self._relay = Relay(self)
        self._waiting: list[Path] = []
        self._failures: list[StudioError] = []

    def add(self, paths: Sequence[Path]) -> None:
        """Put files on the shelf, after those that are on their way."""
        if not paths:
            return
        if not self._strip.isHidden():
            self._waiting += paths
            return
        self._begin(
            tr("Adding {name}", name=paths[0].name)
            if len(paths) == 1
            else tr("Adding %n model", "Adding %n models", len(paths))
        )
        self._failures = []
        done, failed = self._relay.wrap(self._on_ended), self._relay.wrap(self._on_failed)
        self._strip.set_cancel(
            self._keeper.add(paths, self._relay.wrap(self._on_grew), done, failed)
        )

    def get_starter(self) -> None:
        """Fetch the starter model, unless something is on its way."""
        if not self._strip.isHidden():
            return
        self._begin(tr("Getting the starter model"))
        cancel = self._keeper.get_starter(
            self._relay.wrap(self._on_grew),
            self._relay.wrap(lambda name: self._on_ended([name])),
            self._relay.wrap(self._on_starter_failed),
        )
        self._strip.set_cancel(cancel)

    def _begin(self, title: str) -> None:
        self.begun.emit()
        self._strip.begin(title)

    def _on_grew(self, done: float, total: float, seconds_left: float | None) -> None:
        told = ""
        if total:
            told = tr("{done} of {total}", done=file_size(int(done)), total=file_size(int(total)))
        self._strip.advance(done, total, seconds_left, told)

    def _on_ended(self, names: Sequence[str]) -> None:
        self._strip.finish()
        if names:
            self.arrived.emit(list(names))
        waiting, self._waiting = self._waiting, []
        self.add(waiting)

    def _on_failed(self, error: StudioError) -> None:
        self._failures.append(error)
        self.failed.emit(_together(self._failures))

    def _on_starter_failed(self, error: StudioError) -> None:
        self._on_ended(())
        self.failed.emit(error)


def _together(failures: Sequence[StudioError]) -> StudioError:
    """Return one failure for those of a lot, in which none takes another's place."""
    first, *others = [each for each in failures if each.code != "cancelled"] or failures
    if not others:
        return first
    return StudioError(
        "models.not_added",
        " ".join(dict.fromkeys(each.what for each in (first, *others))),
        tr("Look at each of these files; the others were added."),
        "\n\n".join(f"{each}\n{each.details}".strip() for each in (first, *others)),
    )
