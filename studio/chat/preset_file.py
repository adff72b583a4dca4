"""One preset as a value and as a file: read, checked, and written with whatever else is in it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from studio.chat import preset_values as values
from studio.engine.language import Sampling
from studio.errors import StudioError

MOST_BYTES = 16 * 1000**2
_KNOWN = ("title", "description", "system", "model", "sampling", "examples", "suits")


@dataclass(frozen=True, slots=True)
class Example:
    """A question and the answer that shows how replies are to be."""

    user: str
    assistant: str


@dataclass(frozen=True, slots=True)
class Preset:
    """How replies are to be.

    Attributes:
        name: what it is known by; the name of its file. It stays when the title changes.
        suits: beginnings of model names it is made for.
        model: the model it prefers; empty for none.
        examples: put before the conversation as if they had been said.
        extra: what else stands in its file, kept as it is.
        version: the number under which this content is kept; 0 when it is not.
        is_own: whether the person wrote or changed it.
    """

    name: str
    title: str
    description: str
    system: str
    sampling: Sampling
    suits: tuple[str, ...] = ()
    model: str = ""
    examples: tuple[Example, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict, hash=False)
    version: int = 0
    is_own: bool = False

    def same_content(self, other: Preset) -> bool:
        """Tell whether both say the same, whatever they are named and numbered."""
        return content(self) == content(other)


def read(path: Path) -> Preset:
    """Return the preset in a file.

    Raises:
        StudioError: ``preset.damaged``, with what is wrong in words.
    """
    try:
        if path.stat().st_size > MOST_BYTES:
            raise ValueError(f"It is larger than {MOST_BYTES // 1000**2} MB.")
        data = json.loads(path.read_text("utf-8-sig"))
        return from_data(path.stem, data)
    except StudioError as error:
        raise _damaged(path, error.what, "Correct or remove the file") from error
    except UnicodeDecodeError as error:
        raise _damaged(path, "It is not a text file in UTF-8.", "Remove it") from error
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise _damaged(path, f"It is not valid JSON ({place}).", "Correct or remove it") from error
    except RecursionError as error:
        raise _damaged(path, "It is nested too deeply.", "Remove it") from error
    except OSError as error:
        reason = f"It cannot be read: {error.strerror or error}."
        raise _damaged(path, reason, "Check or remove it") from error
    except ValueError as error:
        raise _damaged(path, str(error), "Remove it") from error


def from_data(name: str, data: object) -> Preset:
    """Return a preset from what its JSON holds.

    Raises:
        StudioError: ``preset.invalid``.
    """
    if not isinstance(data, dict):
        raise _invalid("It is no JSON object.")
    for key in ("title", "description", "system", "model"):
        if not isinstance(data.get(key, ""), str):
            raise _invalid(f"{values.FIELDS[key]} ({key}) must be a text.")
    sampling = data.get("sampling", {})
    if not isinstance(sampling, dict):
        raise _invalid("The sampling must be a JSON object.")
    if problems := values.sampling_problems(sampling):
        raise _invalid(" ".join(problems))
    preset = Preset(
        name=name,
        title=data.get("title", "").strip(),
        description=data.get("description", ""),
        system=data.get("system", ""),
        sampling=_sampling(sampling),
        suits=tuple(filter(str.strip, _texts(data.get("suits", []), "suits"))),
        model=data.get("model", ""),
        examples=_examples(data.get("examples", [])),
        extra={key: value for key, value in data.items() if key not in _KNOWN},
    )
    if found := problems_of(preset):
        raise _invalid(" ".join(found))
    return preset


def to_data(preset: Preset) -> dict[str, Any]:
    """Return what the preset's file holds; settings at their defaults are left out."""
    defaults = asdict(Sampling())
    sampling = {
        key: list(value) if isinstance(value, tuple) else value
        for key, value in asdict(preset.sampling).items()
        if value != defaults[key]
    }
    data: dict[str, Any] = {
        "title": preset.title,
        "description": preset.description,
        "system": preset.system,
        "sampling": sampling,
    }
    if preset.model:
        data["model"] = preset.model
    if preset.examples:
        data["examples"] = [asdict(example) for example in preset.examples]
    if preset.suits:
        data["suits"] = list(preset.suits)
    return data | dict(preset.extra)


def to_text(preset: Preset) -> str:
    """Return the text of the preset's file."""
    return json.dumps(to_data(preset), ensure_ascii=False, indent=2) + "\n"


def content(preset: Preset) -> str:
    """Return one line of JSON that is the same for presets that say the same."""
    return json.dumps(to_data(preset), ensure_ascii=False, sort_keys=True)


def from_content(name: str, text: str, *, version: int = 0, is_own: bool = False) -> Preset:
    """Return the preset that :func:`content` was made of.

    Raises:
        StudioError: ``preset.invalid`` when it is from a program that knows more than this one.
    """
    return replace(from_data(name, json.loads(text)), version=version, is_own=is_own)


def problems_of(preset: Preset) -> list[str]:
    """Return a sentence for each thing that keeps a preset from being used."""
    found = _title_problems(preset.title)
    for key, most in (("description", values.MOST_DESCRIPTION), ("system", values.MOST_SYSTEM)):
        length = len(getattr(preset, key))
        if length > most:
            found.append(values.too_long(values.FIELDS[key], length, most))
    if not _is_text(content(preset)):
        found.append("There is half a character in it, which is no text.")
    found += values.sampling_problems(asdict(preset.sampling))
    if len(preset.examples) > values.MOST_EXAMPLES:
        found.append(
            f"There are {len(preset.examples):,} examples; at most {values.MOST_EXAMPLES} fit."
        )
    for number, example in enumerate(preset.examples[: values.MOST_EXAMPLES], 1):
        found += _example_problems(number, example)
    return found


def _is_text(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:  # half of a surrogate pair, which JSON can name
        return False
    return True


def _title_problems(title: str) -> list[str]:
    if not title.strip():
        return ["The name (title) is missing."]
    if len(title) > values.MOST_TITLE:
        return [values.too_long("The name", len(title), values.MOST_TITLE)]
    return [] if title.isprintable() else ["The name has characters that cannot be shown."]


def _example_problems(number: int, example: Example) -> list[str]:
    if not example.user.strip() or not example.assistant.strip():
        return [f"Example {number} needs both a question and an answer."]
    length = len(example.user) + len(example.assistant)
    if length > values.MOST_EXAMPLE:
        return [values.too_long(f"Example {number}", length, values.MOST_EXAMPLE)]
    return []


def _sampling(data: Mapping[str, Any]) -> Sampling:
    checked: dict[str, Any] = dict(data)
    if "stop" in checked:
        checked["stop"] = tuple(checked["stop"])
    return Sampling(**checked)


def _texts(value: object, key: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise _invalid(f"{values.FIELDS[key]} ({key}) must be a list of texts.")
    return tuple(value)


def _examples(value: object) -> tuple[Example, ...]:
    if not isinstance(value, list):
        raise _invalid("Examples (examples) must be a list.")
    return tuple(_example(number, each) for number, each in enumerate(value, 1))


def _example(number: int, value: object) -> Example:
    texts = value if isinstance(value, dict) else {}
    user, assistant = texts.get("user"), texts.get("assistant")
    if not isinstance(user, str) or not isinstance(assistant, str):
        raise _invalid(f"Example {number} must have the texts “user” and “assistant”.")
    return Example(user, assistant)


def _invalid(reason: str) -> StudioError:
    return StudioError("preset.invalid", reason, "Correct it, and try again.")


def _damaged(path: Path, reason: str, advice: str) -> StudioError:
    return StudioError(
        "preset.damaged",
        f"The preset {path.name} cannot be used. {reason}",
        f"{advice}: {path}",
        reason,
    )
