"""Decides which model a conversation uses, how it is loaded, and whether that can go well."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from studio.engine.language import LoadSettings
from studio.engine.text import ModelChoice
from studio.errors import StudioError
from studio.library.fit import Fit, estimate, judge, settle
from studio.library.hardware import Hardware
from studio.library.shelf import Shelf, ShelfModel
from studio.settings import Settings
from studio.sizes import MEMORY_GB

_ANSWERS = ("chat", "completion")


class Chooser:
    """Finds a model by name and settles what its settings leave open for this machine.

    Args:
        hardware: asked at each choice, since free memory changes.
        loaded: tells what is loaded now; its memory is taken already, so it is not judged again.
    """

    def __init__(
        self,
        shelf: Shelf,
        settings: Settings,
        hardware: Callable[[], Hardware],
        loaded: Callable[[], ModelChoice | None] = lambda: None,
    ) -> None:
        self._shelf = shelf
        self._settings = settings
        self._hardware = hardware
        self._loaded = loaded
        self._last: tuple[ShelfModel, LoadSettings, ModelChoice] | None = None

    def choose(self, name: str, force: bool) -> ModelChoice:
        """Return the model for ``name``; empty takes the person's default, or what fits.

        A loaded model whose file is gone is taken for its own name, and for none, so that a
        conversation does not end because a file was deleted or moved.

        Args:
            force: also take a model that needs more memory than is free.

        Raises:
            StudioError: ``model.none_here``, ``model.unknown``, ``model.not_generative``,
                ``memory.would_not_fit``, or what is wrong with the file.
        """
        hardware = self._hardware()
        loaded = self._loaded()
        orphan = loaded if loaded and not loaded.path.exists() else None
        wanted = name or str(self._settings.get("chat.default_model"))
        if orphan and not wanted:
            wanted = orphan.name
        try:
            model = self._model(wanted, hardware, loaded)
            header = model.facts()
        except StudioError:
            if orphan and _names(wanted, orphan):
                return orphan
            raise
        if header.purpose not in _ANSWERS:
            raise StudioError(
                "model.not_generative",
                f"{model.name} does not write text; its purpose is: {header.purpose}.",
                "Choose a chat model for a conversation.",
            )
        asked = self._asked(model, hardware)
        if self._last == (model, asked, loaded):
            return self._last[2]
        choice = self._judged(model, asked, hardware, force)
        self._last = (model, asked, choice)
        return choice

    def settled(self, model: ShelfModel, hardware: Hardware | None = None) -> LoadSettings:
        """Return a model's settings with nothing left open: its own, then the program's."""
        machine = hardware or self._hardware()
        asked = self._asked(model, machine)
        return settle(model.facts(), asked, machine, self.reserve_bytes())

    def fit(
        self, model: ShelfModel, settings: LoadSettings, hardware: Hardware | None = None
    ) -> Fit:
        """Compare what a model needs with what is free."""
        machine = hardware or self._hardware()
        need = estimate(model.facts(), settings, machine.flags)
        return judge(need, machine, self.reserve_bytes())

    def reserve_bytes(self) -> int:
        """Return the memory that is left to other programs."""
        return int(float(self._settings.get("models.reserve_gb")) * MEMORY_GB)

    def _asked(self, model: ShelfModel, machine: Hardware) -> LoadSettings:
        """Return what the person wants, with what depends on free memory still open."""
        own = self._shelf.load_settings(model)
        layers = int(self._settings.get("models.gpu_layers"))
        return replace(
            own,
            context=own.context or int(self._settings.get("models.context")) or None,
            gpu_layers=own.gpu_layers if own.gpu_layers is not None or layers < 0 else layers,
            threads=own.threads
            or int(self._settings.get("models.threads"))
            or machine.cores_physical,
        )

    def _judged(
        self, model: ShelfModel, asked: LoadSettings, hardware: Hardware, force: bool
    ) -> ModelChoice:
        settings = settle(model.facts(), asked, hardware, self.reserve_bytes())
        fit = self.fit(model, settings, hardware)
        if not (fit.fits or force):
            raise StudioError(
                "memory.would_not_fit",
                f"{model.name} may not fit into memory. {fit.words}",
                "Change its settings on the Models page, or load it anyway (--force).",
            )
        return ModelChoice(model.name, model.path, settings, fit.need.total)

    def _model(self, name: str, hardware: Hardware, loaded: ModelChoice | None) -> ShelfModel:
        if name:
            return self._shelf.find(name)
        models = self._shelf.list()
        usable = [m for m in models if m.header and m.header.purpose in _ANSWERS]
        for model in sorted(usable, key=lambda m: (m.facts().purpose != "chat", m.name)):
            if loaded and loaded.path == model.path:
                return model
            if self.fit(model, self.settled(model, hardware), hardware).fits:
                return model
        if usable:
            return usable[0]
        for model in models:
            if model.problem is not None:
                raise model.problem
        raise StudioError(
            "model.none_here",
            "No chat model is here yet.",
            "Get the starter model (studio models get starter), or add a GGUF file.",
        )


def _names(wanted: str, choice: ModelChoice) -> bool:
    """Tell whether a name as :meth:`Shelf.find` takes it means this model."""
    known = (choice.name, choice.path.name, str(choice.path))
    return wanted.strip().casefold() in {name.casefold() for name in known}
