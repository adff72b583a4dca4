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

_GB = 1_000_000_000
_ANSWERS = ("chat", "completion")


class Chooser:
    """Finds a model by name and settles what its settings leave open for this machine.

    Args:
        hardware: asked at each choice, since free memory changes.
    """

    def __init__(self, shelf: Shelf, settings: Settings, hardware: Callable[[], Hardware]) -> None:
        self._shelf = shelf
        self._settings = settings
        self._hardware = hardware

    def choose(self, name: str, force: bool) -> ModelChoice:
        """Return the model for ``name``; empty takes the person's default, or what fits.

        Args:
            force: also take a model that needs more memory than is free.

        Raises:
            StudioError: ``model.none_here``, ``model.unknown``, ``model.not_generative``,
                ``memory.would_not_fit``, or what is wrong with the file.
        """
        hardware = self._hardware()
        model = self._model(name or str(self._settings.get("chat.default_model")), hardware)
        header = model.facts()
        if header.purpose not in _ANSWERS:
            raise StudioError(
                "model.not_generative",
                f"{model.name} does not write text; its purpose is: {header.purpose}.",
                "Choose a chat model for a conversation.",
            )
        settings = self.settled(model, hardware)
        fit = self.fit(model, settings, hardware)
        if not (fit.fits or force):
            raise StudioError(
                "memory.would_not_fit",
                f"{model.name} may not fit into memory. {fit.words}",
                "Change its settings on the Models page, or load it anyway (--force).",
            )
        return ModelChoice(model.name, model.path, settings, fit.need.total)

    def settled(self, model: ShelfModel, hardware: Hardware | None = None) -> LoadSettings:
        """Return a model's settings with nothing left open: its own, then the program's."""
        machine = hardware or self._hardware()
        own = self._shelf.load_settings(model)
        context = own.context or int(self._settings.get("models.context")) or None
        layers = int(self._settings.get("models.gpu_layers"))
        wanted = replace(
            own,
            context=context,
            gpu_layers=own.gpu_layers if own.gpu_layers is not None or layers < 0 else layers,
            threads=own.threads
            or int(self._settings.get("models.threads"))
            or machine.cores_physical,
        )
        return settle(model.facts(), wanted, machine, self.reserve_bytes())

    def fit(
        self, model: ShelfModel, settings: LoadSettings, hardware: Hardware | None = None
    ) -> Fit:
        """Compare what a model needs with what is free."""
        machine = hardware or self._hardware()
        need = estimate(model.facts(), settings, machine.flags)
        return judge(need, machine, self.reserve_bytes())

    def reserve_bytes(self) -> int:
        """Return the memory that is left to other programs."""
        return int(float(self._settings.get("models.reserve_gb")) * _GB)

    def _model(self, name: str, hardware: Hardware) -> ShelfModel:
        if name:
            return self._shelf.find(name)
        models = self._shelf.list()
        usable = [m for m in models if m.header and m.header.purpose in _ANSWERS]
        for model in sorted(usable, key=lambda m: (m.facts().purpose != "chat", m.name)):
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
