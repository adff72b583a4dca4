"""Keeps the models for the Models page: the shelf, asked off the window's thread."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from studio.engine import offline
from studio.engine.language import LoadSettings
from studio.errors import StudioError
from studio.library import starter
from studio.library.choose import Chooser
from studio.library.fit import Fit
from studio.library.hardware import Hardware
from studio.library.shelf import Shelf, ShelfModel
from studio.library.store import Removal
from studio.ui.library.entry import Failed, ModelEntry, StarterOffer, Verdict
from studio.ui.widgets.quantities import file_size

_LEVELS = {"fits": "success", "tight": "warning", "too_big": "danger"}


class _Flag:
    """Raised once, by the window; seen by the work."""

    raised = False

    def raise_(self) -> None:
        self.raised = True


class ShelfKeeper:
    """A :class:`~studio.ui.library.entry.ModelKeeper` over the real shelf.

    Args:
        background: runs what touches the disk, one piece after another, off the window's thread.
        own_models: where a fetched starter model goes.
    """

    def __init__(
        self,
        shelf: Shelf,
        chooser: Chooser,
        hardware: Callable[[], Hardware],
        own_models: Path,
        background: Callable[[Callable[[], None]], object],
    ) -> None:
        self._shelf = shelf
        self._chooser = chooser
        self._hardware = hardware
        self._own_models = own_models
        self._background = background
        self._removals: dict[str, Removal] = {}

    def list(self, done: Callable[[Sequence[ModelEntry]], object], failed: Failed) -> None:
        """Tell every model on the shelf."""

        def work() -> None:
            machine = self._hardware()
            done([self._entry(model, machine) for model in self._shelf.list()])

        self._run(work, failed)

    def add(
        self, paths: Sequence[Path], done: Callable[[Sequence[str]], object], failed: Failed
    ) -> None:
        """Copy files into the person's models folder."""

        def work() -> None:
            done([self._shelf.add(path).name for path in paths])

        self._run(work, failed)

    def remove(self, name: str, done: Callable[[], object], failed: Failed) -> None:
        """Put a model into the trash."""

        def work() -> None:
            self._removals[name] = self._shelf.remove(name)
            done()

        self._run(work, failed)

    def undo_remove(self, name: str, done: Callable[[], object], failed: Failed) -> None:
        """Bring a removed model back."""

        def work() -> None:
            self._shelf.restore(self._removals.pop(name))
            done()

        self._run(work, failed)

    def settings_of(self, name: str) -> LoadSettings:
        """Return how a model is loaded."""
        return self._shelf.load_settings(self._shelf.find(name))

    def save_settings(self, name: str, settings: LoadSettings) -> None:
        """Keep how a model is loaded."""
        self._shelf.set_load_settings(self._shelf.find(name), settings)

    def judge(self, name: str, settings: LoadSettings, done: Callable[[Verdict], object]) -> None:
        """Tell whether a model would fit with other settings."""

        def work() -> None:
            model = self._shelf.find(name)
            done(_verdict(self._chooser.fit(model, settings)))

        self._run(work, lambda error: done(Verdict(str(error), "danger")))

    def starter(self) -> StarterOffer | None:
        """Return the starter chat model, unless a chat model is here already."""
        if any(model.header and model.header.purpose == "chat" for model in self._shelf.list()):
            return None
        return StarterOffer(starter.CHAT.name, starter.CHAT.size_bytes, starter.CHAT.licence)

    def get_starter(
        self,
        progress: Callable[[float, float, float | None], object],
        done: Callable[[str], object],
        failed: Failed,
    ) -> Callable[[], object]:
        """Fetch the starter chat model; return what cancels that."""
        cancelled = _Flag()
        began = time.monotonic()

        def tell(bytes_done: float, bytes_all: float) -> None:
            spent = time.monotonic() - began
            left = spent * (bytes_all - bytes_done) / bytes_done if bytes_done else None
            progress(bytes_done, bytes_all, left)

        def work() -> None:
            with offline.allowed():
                starter.install(
                    self._own_models,
                    sys.executable,
                    starters=[starter.CHAT],
                    fetched=tell,
                    is_cancelled=lambda: cancelled.raised,
                )
            done(starter.CHAT.name)

        self._run(work, failed)
        return cancelled.raise_

    def _run(self, work: Callable[[], None], failed: Failed) -> None:
        def guarded() -> None:
            try:
                work()
            except StudioError as error:
                failed(error)

        self._background(guarded)

    def _entry(self, model: ShelfModel, machine: Hardware) -> ModelEntry:
        header = model.header
        if header is None:
            return ModelEntry(
                model.name,
                model.path,
                model.size_bytes,
                own=model.origin == "own",
                problem=model.problem,
            )
        fit = self._chooser.fit(model, self._chooser.settled(model, machine), machine)
        return ModelEntry(
            name=model.name,
            path=model.path,
            size_bytes=model.size_bytes,
            purpose=header.purpose,
            architecture=header.architecture,
            quantization=header.quantization,
            parameters=header.parameters,
            context_trained=header.context_length,
            licence=str(header.metadata.get("general.license", "")),
            fit=_verdict(fit),
            own=model.origin == "own",
        )


def _verdict(fit: Fit) -> Verdict:
    needs = f"Needs {file_size(fit.need.total)}"
    short = {"fits": "Fits", "tight": "Tight"}.get(fit.level, needs)
    return Verdict(fit.words, _LEVELS[fit.level], short)
