"""Keeps the models for the Models page: the shelf, asked off the window's thread."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path

from studio.engine.language import LoadSettings
from studio.errors import StudioError
from studio.library import starter
from studio.library.arrival import get_starters, ships_with_the_program
from studio.library.choose import Chooser
from studio.library.fit import Fit
from studio.library.gguf import GgufHeader
from studio.library.hardware import Hardware
from studio.library.projectors import expects_projector
from studio.library.shelf import Shelf, ShelfModel
from studio.library.store import Removal
from studio.library.trash import is_link
from studio.sizes import memory_needed
from studio.translation import tr
from studio.ui.library.entry import (
    Failed,
    ModelEntry,
    Progress,
    RemovedModel,
    StarterOffer,
    Verdict,
)
from studio.ui.library.errands import IsCancelled, Transfer, Transfers, attempt

Background = Callable[[Callable[[], None]], object]

_LEVELS = {"fits": "success", "tight": "warning", "too_big": "danger", "unknown": "danger"}


class ShelfKeeper:
    """A :class:`~studio.ui.library.entry.ModelKeeper` over the real shelf.

    Args:
        background: runs what touches the disk, one piece after another, off the window's thread.
        transfer: does so with what may take minutes, apart, so that nothing else waits for it; it
            tells the work whether the program is being closed.
    """

    def __init__(
        self,
        shelf: Shelf,
        chooser: Chooser,
        hardware: Callable[[], Hardware],
        background: Background,
        transfer: Transfer,
    ) -> None:
        self._shelf = shelf
        self._chooser = chooser
        self._hardware = hardware
        self._background = background
        self._transfers = Transfers(transfer)
        self._listed: dict[str, ShelfModel] = {}

    def list(self, done: Callable[[Sequence[ModelEntry]], object], failed: Failed) -> None:
        """Tell every model on the shelf."""

        def work() -> None:
            machine = self._hardware()
            models = self._shelf.list()
            self._listed = {model.name: model for model in models}
            done([self._entry(model, machine) for model in models])

        self._run(work, failed)

    def add(
        self,
        paths: Sequence[Path],
        progress: Progress,
        done: Callable[[Sequence[str]], object],
        failed: Failed,
    ) -> Callable[[], object]:
        """Copy files into the person's models folder; return what cancels that.

        A file that cannot be added is told, and does not keep those after it away.
        """
        names: list[str] = []
        failures: list[StudioError] = []

        def work(is_cancelled: IsCancelled) -> None:
            for path in paths:
                try:
                    added = self._shelf.add(
                        path, progress=_timed(progress), is_cancelled=is_cancelled
                    )
                    names.append(added.name)
                except StudioError as error:
                    failures.append(error)
                if is_cancelled():
                    break

        def end() -> None:
            done(names)
            for failure in failures:
                failed(failure)

        return self._transfers.run(work, failures.append, end)

    def remove(self, name: str, done: Callable[[], object], failed: Failed) -> None:
        """Put a model into the trash."""

        def work() -> None:
            self._shelf.remove(name)
            done()

        self._run(work, failed)

    def undo_remove(self, name: str, done: Callable[[], object], failed: Failed) -> None:
        """Bring the model of this name back that was removed last."""

        def work() -> None:
            self._shelf.restore(name)
            done()

        self._run(work, failed)

    def removed(self, done: Callable[[Sequence[RemovedModel]], object], failed: Failed) -> None:
        """Tell what was removed and can be restored, newest first."""

        def work() -> None:
            done(
                [
                    RemovedModel(
                        each.id, each.name, each.size_bytes, each.removed_at, is_link(each)
                    )
                    for each in self._shelf.trashed()
                ]
            )

        self._run(work, failed)

    def restore(self, key: str, done: Callable[[str], object], failed: Failed) -> None:
        """Bring a removed model back."""

        def work() -> None:
            done(self._shelf.restore(self._removal(key)).name)

        self._run(work, failed)

    def delete(self, key: str, done: Callable[[], object], failed: Failed) -> None:
        """Delete a removed model's file for good."""

        def work() -> None:
            self._shelf.delete(self._removal(key))
            done()

        self._run(work, failed)

    def settings_of(self, name: str) -> LoadSettings:
        """Return how a model is loaded."""
        return self._shelf.load_settings(self._model(name))

    def save_settings(self, name: str, settings: LoadSettings) -> None:
        """Keep how a model is loaded."""
        self._shelf.set_load_settings(self._model(name), settings)

    def judge(self, name: str, settings: LoadSettings, done: Callable[[Verdict], object]) -> None:
        """Tell whether a model would fit with other settings."""

        def work() -> None:
            model = self._shelf.find(name)
            done(_verdict(self._chooser.fit(model, self._chooser.settled(model, own=settings))))

        self._run(work, lambda error: done(Verdict(str(error), "danger")))

    def starter(self) -> StarterOffer:
        """Return the starter chat model."""
        chat = starter.CHAT
        return StarterOffer(chat.name, chat.size_bytes, chat.licence, ships_with_the_program())

    def get_starter(
        self,
        progress: Progress,
        done: Callable[[str], object],
        failed: Failed,
    ) -> Callable[[], object]:
        """Fetch the starter chat model, or show it again; return what cancels that."""

        def work(is_cancelled: IsCancelled) -> None:
            (name,) = get_starters(
                self._shelf,
                [starter.CHAT],
                fetched=_timed(progress),
                is_cancelled=is_cancelled,
            )
            done(name)

        return self._transfers.run(work, failed)

    def _model(self, name: str) -> ShelfModel:
        """Return a model as it was last listed, which needs no look into the folders."""
        return self._listed.get(name) or self._shelf.find(name)

    def _removal(self, key: str) -> Removal:
        for removal in self._shelf.trashed():
            if removal.id == key:
                return removal
        raise StudioError(
            "model.not_in_trash",
            tr("This model is not in the trash any more."),
            tr("Add it again from where you have it."),
        )

    def _run(self, work: Callable[[], None], failed: Failed) -> None:
        self._background(lambda: attempt(work, failed))

    def _entry(self, model: ShelfModel, machine: Hardware) -> ModelEntry:
        if model.header is None:
            return _damaged_entry(model)
        fit = self._chooser.fit(model, self._chooser.settled(model, machine), machine)
        return _usable_entry(model, model.header, fit, self._chooser.usual())


def _damaged_entry(model: ShelfModel) -> ModelEntry:
    return ModelEntry(
        model.name,
        model.path,
        model.size_bytes,
        own=model.origin == "own",
        problem=model.problem,
    )


def _usable_entry(
    model: ShelfModel, header: GgufHeader, fit: Fit, usual: LoadSettings
) -> ModelEntry:
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
        is_known=fit.level != "unknown",
        usual=usual,
        projector=model.projector.name if model.projector else "",
        misses_projector=model.projector is None and expects_projector(header),
    )


def _timed(progress: Progress) -> Callable[[float, float], None]:
    """Return a listener to bytes done and bytes of all that also tells the seconds left."""
    began = time.monotonic()

    def tell(bytes_done: float, bytes_all: float) -> None:
        spent = time.monotonic() - began
        left = spent * (bytes_all - bytes_done) / bytes_done if bytes_done else None
        progress(bytes_done, bytes_all, left)

    return tell


def _verdict(fit: Fit) -> Verdict:
    needs = tr("Needs {size}", size=memory_needed(fit.need.total))
    known = {"fits": tr("Fits"), "tight": tr("Tight"), "unknown": tr("May not load")}
    short = known.get(fit.level, needs)
    return Verdict(fit.words, _LEVELS[fit.level], short)
