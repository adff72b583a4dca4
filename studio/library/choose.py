"""Decides which model a conversation uses, how it is loaded, and whether that can go well."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from studio.engine.broker import Memory
from studio.engine.language import LoadSettings
from studio.engine.text import ModelChoice
from studio.errors import StudioError
from studio.library.fit import (
    Fit,
    best_gpu,
    estimate,
    judge,
    settle,
    unknown_to_engine,
    with_projector,
)
from studio.library.hardware import Gpu, Hardware
from studio.library.purposes import ANSWERS
from studio.library.shelf import Shelf, ShelfModel
from studio.settings import Settings
from studio.sizes import MEMORY_GB
from studio.translation import mark, tr

_PURPOSES = {
    "embedding": mark("embedding"),
    "image": mark("image"),
    "projector": mark("projector"),
    "adapter": mark("adapter"),
    "vocabulary": mark("vocabulary"),
}


class Chooser:
    """Finds a model by name and settles what its settings leave open for this machine.

    Args:
        hardware: asked at each choice, since free memory changes.
        loaded: tells what is loaded now; it goes on as it is and is not judged again.
        held: tells what that takes of the memory; it comes free when another takes its place, so
            every model is judged as if it were.
        engine_knows: tells whether the engine knows an architecture. One that it may not know is
            never chosen by itself, but tried when it is asked for: the engine knows best.
    """

    def __init__(
        self,
        shelf: Shelf,
        settings: Settings,
        hardware: Callable[[], Hardware],
        loaded: Callable[[], ModelChoice | None] = lambda: None,
        held: Callable[[], Memory] = Memory,
        engine_knows: Callable[[str], bool] = lambda _architecture: True,
    ) -> None:
        self._shelf = shelf
        self._settings = settings
        self._hardware = hardware
        self._loaded = loaded
        self._held = held
        self._engine_knows = engine_knows
        # By choice, so that a look at what would be taken now forgets nothing of what is loaded.
        self._chosen: dict[ModelChoice, tuple[ShelfModel, LoadSettings]] = {}

    def choose(self, name: str, force: bool, settings: LoadSettings | None = None) -> ModelChoice:
        """Return the model for ``name``; empty takes the person's default, or what fits.

        A loaded model whose file is gone is taken for its own name, and for none, so that a
        conversation does not end because a file was deleted or moved.

        Args:
            force: also take a model that needs more memory than is free.
            settings: load it just so, as it was for an earlier reply; by default as the person
                wants it now.

        Raises:
            StudioError: ``model.none_here``, ``model.unknown``, ``model.not_generative``,
                ``memory.would_not_fit``, ``settings.cache_needs_attention``, or what is wrong
                with the file.
        """
        hardware = self._with_held(self._hardware())
        loaded = self._loaded()
        orphan = loaded if loaded and not loaded.path.exists() else None
        wanted = name or str(self._settings.get("chat.default_model"))
        if orphan and not wanted:
            wanted = orphan.name
        try:
            model = self._model(wanted, hardware, loaded)
            header = model.facts()
        except StudioError:
            if orphan and _names(wanted, orphan) and settings in (None, orphan.settings):
                return orphan
            raise
        if header.purpose not in ANSWERS:
            raise StudioError(
                "model.not_generative",
                tr(
                    "{name} does not write text; its purpose is: {purpose}.",
                    name=model.name,
                    purpose=tr(_PURPOSES.get(header.purpose, header.purpose)),
                ),
                tr("Choose a chat model for a conversation."),
            )
        asked = settings or self._asked(model, hardware)
        if going_on := self._going_on(model, asked):
            return going_on
        choice, fit = self._judged(model, asked, hardware)
        if fit.level == "too_big" and not force:
            raise _would_not_fit(model.name, fit, as_it_was=settings is not None)
        self._chosen[choice] = (model, asked)
        return choice

    def settled(
        self,
        model: ShelfModel,
        hardware: Hardware | None = None,
        own: LoadSettings | None = None,
    ) -> LoadSettings:
        """Return a model's settings with nothing left open: its own, then the program's.

        Those of a loaded model are the ones it goes on with.

        Args:
            own: in place of those that are kept for the model.
        """
        machine = self._with_held(hardware or self._hardware())
        if own is None:
            return self._settle(model, machine)
        return self._settled(model, self._filled(own, machine), machine)

    def usual(self) -> LoadSettings:
        """Return what the program's settings say where a model's own leave something open."""
        layers = int(self._settings.get("models.gpu_layers"))
        return LoadSettings(
            context=int(self._settings.get("models.context")) or None,
            gpu_layers=layers if layers >= 0 else None,
            threads=int(self._settings.get("models.threads")) or None,
        )

    def fit(
        self, model: ShelfModel, settings: LoadSettings, hardware: Hardware | None = None
    ) -> Fit:
        """Compare what a model needs with what is free, or is when nothing else is loaded."""
        return self._fit(model, settings, self._with_held(hardware or self._hardware()))

    def reserve_bytes(self) -> int:
        """Return the memory that is left to other programs."""
        return int(float(self._settings.get("models.reserve_gb")) * MEMORY_GB)

    def _with_held(self, machine: Hardware) -> Hardware:
        """Return the machine as it is without the model that is loaded now."""
        held = self._held()
        best = best_gpu(machine)
        return replace(
            machine,
            ram_available=min(machine.ram_total, machine.ram_available + held.ram),
            gpus=tuple(
                _with_free(gpu, held.ram if gpu.unified else held.gpu) if gpu is best else gpu
                for gpu in machine.gpus
            ),
        )

    def _going_on(self, model: ShelfModel, asked: LoadSettings) -> ModelChoice | None:
        """Return what is loaded, if it is this model and was asked for, or settled, in this way."""
        loaded = self._loaded()
        chosen = self._chosen.get(loaded) if loaded else None
        if loaded is None or chosen is None:
            return None
        same = chosen[0] == model and asked in (chosen[1], loaded.settings)
        return loaded if same else None

    def _settle(self, model: ShelfModel, machine: Hardware) -> LoadSettings:
        asked = self._asked(model, machine)
        if going_on := self._going_on(model, asked):
            return going_on.settings
        return self._settled(model, asked, machine)

    def _fit(self, model: ShelfModel, settings: LoadSettings, machine: Hardware) -> Fit:
        header = model.facts()
        need = estimate(header, settings, machine.flags)
        fit = judge(with_projector(need, model.projector_bytes), machine, self.reserve_bytes())
        is_known = header.purpose not in ANSWERS or self._engine_knows(header.architecture)
        return fit if is_known else unknown_to_engine(fit, header)

    def _asked(self, model: ShelfModel, machine: Hardware) -> LoadSettings:
        """Return what the person wants, with what depends on free memory still open."""
        return self._filled(self._shelf.load_settings(model), machine)

    def _filled(self, own: LoadSettings, machine: Hardware) -> LoadSettings:
        usual = self.usual()
        return replace(
            own,
            context=own.context or usual.context,
            gpu_layers=usual.gpu_layers if own.gpu_layers is None else own.gpu_layers,
            threads=own.threads or usual.threads or machine.cores_physical,
        )

    def _judged(
        self, model: ShelfModel, asked: LoadSettings, hardware: Hardware
    ) -> tuple[ModelChoice, Fit]:
        asked.check()
        settings = self._settled(model, asked, hardware)
        fit = self._fit(model, settings, hardware)
        need = Memory(fit.ram, fit.gpu)
        return ModelChoice(model.name, model.path, settings, need, model.projector), fit

    def _settled(self, model: ShelfModel, asked: LoadSettings, machine: Hardware) -> LoadSettings:
        """Return settings with nothing left open, with room for the eyes of a model that sees."""
        reserve = self.reserve_bytes() + model.projector_bytes
        return settle(model.facts(), asked, machine, reserve)

    def _model(self, name: str, hardware: Hardware, loaded: ModelChoice | None) -> ShelfModel:
        if name:
            return self._shelf.find(name)
        models = self._shelf.list()
        found = [m for m in models if m.header and m.header.purpose in ANSWERS]
        usable = sorted(found, key=lambda m: (m.facts().purpose != "chat", m.name))
        for model in usable:
            if loaded and loaded.path == model.path:
                return model
            if self._fit(model, self._settle(model, hardware), hardware).fits:
                return model
        if usable:
            return usable[0]
        for model in models:
            if model.problem is not None:
                raise model.problem
        raise StudioError(
            "model.none_here",
            tr("No chat model is here yet."),
            tr("Get the starter model, or add a GGUF file."),
        )


def _would_not_fit(name: str, fit: Fit, *, as_it_was: bool) -> StudioError:
    what, hint = fit.words, tr("Change its settings on the Models page, or load it anyway.")
    if as_it_was:  # whose settings are not those of the Models page
        what = tr("It has to be loaded as it was for this reply. {what}", what=what)
        hint = tr("Close other programs, and try again.")
    return StudioError(
        "memory.would_not_fit",
        tr("{name} may not fit into memory. {what}", name=name, what=what),
        hint,
    )


def free_memory(machine: Hardware) -> Memory:
    """Return what is free now; a card that shares the main memory has none of its own."""
    gpu = best_gpu(machine)
    return Memory(machine.ram_available, gpu.memory_free if gpu and not gpu.unified else 0)


def _with_free(gpu: Gpu, more: int) -> Gpu:
    return replace(gpu, memory_free=min(gpu.memory_total, gpu.memory_free + more))


def _names(wanted: str, choice: ModelChoice) -> bool:
    """Tell whether a name as :meth:`Shelf.find` takes it means this model."""
    known = (choice.name, choice.path.name, str(choice.path))
    return wanted.strip().casefold() in {name.casefold() for name in known}
