"""Changes how one model is loaded, by the names and values that a person types."""

from __future__ import annotations

import difflib
from dataclasses import asdict, replace
from typing import Any

from studio.engine.language import LoadSettings
from studio.errors import StudioError
from studio.library.load_fields import RARE, USUAL, Field, Number, OneOf, meant
from studio.library.shelf import Shelf, ShelfModel, is_listed
from studio.lists import any_of
from studio.translation import tr

FIELDS = {field.name: field for field in (*USUAL, *RARE)}
_DEFAULTS = LoadSettings()
_WORDS = {None: "auto", True: "on", False: "off"}


def put(shelf: Shelf, name: str, key: str, text: str) -> tuple[ShelfModel, LoadSettings]:
    """Change one load setting of a model; return both as they are now.

    Raises:
        StudioError: ``settings.unknown`` or ``settings.invalid`` for the name or the value;
            ``settings.cache_needs_attention``; ``model.not_listed`` or as :meth:`Shelf.find`.
    """
    value = _read(_field(key), text)
    return _changed(shelf, name, {key: value})


def put_back(shelf: Shelf, name: str, key: str = "") -> tuple[ShelfModel, LoadSettings]:
    """Put one load setting of a model back to its default, or all of them.

    Raises:
        StudioError: as :func:`put`.
    """
    keys = [_field(key).name] if key else list(FIELDS)
    return _changed(shelf, name, {each: getattr(_DEFAULTS, each) for each in keys})


def own(settings: LoadSettings) -> dict[str, Any]:
    """Return those load settings that are not at their defaults."""
    return {key: value for key, value in asdict(settings).items() if value != _default(key)}


def typed(value: Any) -> str:
    """Return a value as it is typed."""
    return _WORDS[value] if value is None or isinstance(value, bool) else f"{value}"


def allowed(field: Field) -> str:
    """Return in words what a load setting takes."""
    kind = field.kind
    if isinstance(kind, Number):
        low, high = _bounds(kind)
        what = tr("a number") if kind.digits else tr("a whole number")
        words = tr("{kind} from {low} to {high}", kind=what, low=f"{low:g}", high=f"{high:.10g}")
        return words if kind.nothing is None else tr("{values} or auto", values=words)
    return any_of(_choices(field))


def _changed(shelf: Shelf, name: str, changes: dict[str, Any]) -> tuple[ShelfModel, LoadSettings]:
    model = shelf.find(name)
    if not is_listed(shelf, model.path):
        raise StudioError(
            "model.not_listed",
            tr("{name} is not on the list of models, so nothing is kept for it.", name=model.name),
            tr("Add it first."),
        )
    settings = replace(shelf.load_settings(model), **changes)
    settings.check()
    shelf.set_load_settings(model, settings)
    return model, settings


def _field(key: str) -> Field:
    if key in FIELDS:
        return FIELDS[key]
    near = difflib.get_close_matches(key, FIELDS, n=1) or FIELDS
    hint = tr("Did you mean {names}?", names=any_of(near))
    if near is FIELDS:
        hint = tr("Choose one of: {names}.", names=", ".join(FIELDS))
    raise StudioError("settings.unknown", tr("Models have no setting “{name}”.", name=key), hint)


def _read(field: Field, text: str) -> Any:
    word = text.strip().lower()
    if isinstance(field.kind, Number):
        if word == "auto" and field.kind.nothing is not None:
            return None
        try:
            number = float(word) if field.kind.digits else int(word)
        except ValueError:
            raise _invalid(field, text) from None
        if not field.kind.low <= number <= field.kind.high:  # nor is what is no number
            raise _invalid(field, text)
        return meant(field, number)
    choices = _choices(field)
    if word not in choices:
        raise _invalid(field, text)
    return choices[word]


def _choices(field: Field) -> dict[str, Any]:
    values = [value for value, _ in field.kind.choices] if isinstance(field.kind, OneOf) else None
    return {typed(value): value for value in values or (True, False)}


def _bounds(kind: Number) -> tuple[float, float]:
    """Return the least and the greatest number that stands for itself."""
    if kind.nothing is None:
        return kind.low, kind.high
    return int(kind.nothing == 0 and not kind.digits), kind.high


def _default(key: str) -> Any:
    return getattr(_DEFAULTS, key)


def _invalid(field: Field, text: str) -> StudioError:
    return StudioError(
        "settings.invalid",
        tr("{name} cannot be “{value}”.", name=field.name, value=text),
        tr("It takes {allowed}.", allowed=allowed(field)),
    )
