"""Changes one value of a preset, by the name and in the words that a person types."""

from __future__ import annotations

import json
from typing import Any

from studio.chat.presets.preset_file import Preset, from_data, to_data
from studio.chat.presets.values import FIELDS, KNOBS, Knob
from studio.errors import StudioError
from studio.lists import any_of
from studio.translation import tr

KEYS = (*FIELDS, *KNOBS)
_LISTS = ("examples", "suits")
_SWITCH = {"on": True, "true": True, "yes": True, "off": False, "false": False, "no": False}


def with_value(preset: Preset, key: str, text: str) -> Preset:
    """Return a preset with another value; an empty one stands for nothing.

    Args:
        key: a field, such as ``system``, or a setting of sampling.
        text: as it is in the preset's file; a text needs no quotes.

    Raises:
        StudioError: ``preset.no_key``, or ``preset.invalid``.
    """
    data = to_data(preset)
    if key in _LISTS:
        data[key] = _json(key, text or "[]")
    elif key in FIELDS:
        data[key] = text
    elif key in KNOBS:
        data["sampling"] |= {key: _knob_value(KNOBS[key], text)}
    else:
        raise _no_key(key)
    return _as(preset, data)


def with_content(preset: Preset, other: Preset) -> Preset:
    """Return what another preset says under the name of this one."""
    return _as(preset, to_data(other))


def _as(preset: Preset, data: dict[str, Any]) -> Preset:
    return from_data(preset.name, data)


def _knob_value(knob: Knob, text: str) -> Any:
    word = text.strip()
    if knob.kind is str:
        return text if text or not knob.may_be_open else None
    if knob.kind is tuple:
        return _json(knob.field, word) if word.startswith("[") else [text] if text else []
    if not word:
        return None
    if knob.kind is bool:
        return _SWITCH.get(word.lower(), text)
    try:
        return knob.kind(word)
    except ValueError:
        return text  # which is refused with what it takes


def _json(key: str, text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise StudioError(
            "preset.invalid",
            tr("{name} takes a list in JSON.", name=key),
            tr('Write it as it stands in a preset\'s file, such as ["one", "two"].'),
            str(error),
        ) from error


def _no_key(key: str) -> StudioError:
    import difflib  # for a mistake alone

    near = difflib.get_close_matches(key, KEYS, n=2)
    hint = tr("Choose one of: {names}.", names=", ".join(KEYS))
    if near:
        hint = tr("Did you mean {names}?", names=any_of(near))
    return StudioError("preset.no_key", tr("Presets have no value “{name}”.", name=key), hint)
