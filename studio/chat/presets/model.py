"""Which model answers: the one chosen for the chat, the one its preset prefers, or the default."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.errors import StudioError
from studio.translation import tr

if TYPE_CHECKING:
    from studio.chat.presets.presets import Preset, Presets
    from studio.engine.text import ModelChoice

_GONE = frozenset({"model.unknown", "model.missing", "model.none_here"})


@dataclass(frozen=True, slots=True)
class Taken:
    """A model; ``passed_over`` is the one that the preset prefers, if that is gone."""

    choice: ModelChoice
    passed_over: str = ""


def preferred(presets: Presets, model: str, preset: str) -> str:
    """Return the model that a preset prefers, where it is chosen and no model is.

    Raises:
        StudioError: as :meth:`Presets.get`.
    """
    return presets.get(preset).model if preset and not model else ""


def take(
    presets: Presets,
    model: str,
    preset: str,
    choose: Callable[[str, bool], ModelChoice],
    force: bool,
) -> Taken:
    """Return the model that answers in a chat.

    Args:
        model: chosen for the chat itself; may be empty.
        preset: chosen for the chat, by name; may be empty.
        choose: finds a model by name; the default one for an empty name.

    Raises:
        StudioError: from ``choose``, or as :meth:`Presets.get`.
    """
    wanted = preferred(presets, model, preset)
    if wanted:
        try:
            return Taken(choose(wanted, force))
        except StudioError as error:
            if error.code not in _GONE:
                raise
    return Taken(choose(model, force), wanted)


def model_gone(preset: Preset, passed_over: str, instead: str) -> StudioError:
    """Return what is told where a preset prefers a model that is not here."""
    return StudioError(
        "preset.model_gone",
        tr(
            "The preset “{title}” asks for the model {model}, which is not here; "
            "{instead} answers instead.",
            title=preset.title,
            model=passed_over,
            instead=instead,
        ),
        tr("Choose a model for this chat, or another one in the preset."),
    )
