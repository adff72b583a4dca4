"""One preset as a value and as a file: read, checked, and written with whatever else is in it."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from studio.chat.presets import values as values
from studio.engine.language import Sampling
from studio.errors import StudioError
from studio.translation import tr

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
        name: what it is known by; the name of its file. It stays when the title changes. In capital
            or small letters it is the same, see :func:`name_key`.
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


def name_key(name: str) -> str:
    """Return a name such that those that name one preset are the same.

    Capital or small letters make no difference: on many systems they make none to files either.
    """
    return unicodedata.normalize("NFC", name).casefold()


def read(path: Path) -> Preset:
    """Return the preset in a file.

    Raises:
        StudioError: ``preset.damaged``, with what is wrong in words.
    """
    try:
        if path.stat().st_size > MOST_BYTES:
            raise ValueError(tr("It is larger than {most} MB.", most=MOST_BYTES // 1000**2))
        data = json.loads(path.read_text("utf-8-sig"))
        return from_data(path.stem, data)
    except StudioError as error:
        raise _damaged(path, error.what, _correct_file(path)) from error
    except UnicodeDecodeError as error:
        raise _damaged(path, tr("It is not a text file in UTF-8."), _remove(path)) from error
    except json.JSONDecodeError as error:
        what = tr(
            "It is not valid JSON (line {line}, column {column}).",
            line=error.lineno,
            column=error.colno,
        )
        raise _damaged(path, what, tr("Correct or remove it: {path}", path=path)) from error
    except RecursionError as error:
        raise _damaged(path, tr("It is nested too deeply."), _remove(path)) from error
    except OSError as error:
        reason = tr("It cannot be read: {problem}.", problem=error.strerror or error)
        raise _damaged(path, reason, tr("Check or remove it: {path}", path=path)) from error
    except ValueError as error:
        raise _damaged(path, str(error), _remove(path)) from error


def from_data(name: str, data: object) -> Preset:
    """Return a preset from what its JSON holds.

    Raises:
        StudioError: ``preset.invalid``.
    """
    if not isinstance(data, dict):
        raise _invalid(tr("It is no JSON object."))
    for key in ("title", "description", "system", "model"):
        if not isinstance(data.get(key, ""), str):
            name = tr(values.FIELDS[key])
            raise _invalid(tr("{name} ({key}) must be a text.", name=name, key=key))
    sampling = data.get("sampling", {})
    if not isinstance(sampling, dict):
        raise _invalid(tr("The sampling must be a JSON object."))
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
    defaults = _values(Sampling())
    sampling = {
        key: list(value) if isinstance(value, tuple) else value
        for key, value in _values(preset.sampling).items()
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


def _values(sampling: Sampling) -> dict[str, Any]:
    return {each.name: getattr(sampling, each.name) for each in fields(Sampling)}


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
            found.append(values.too_long(tr(values.FIELDS[key]), length, most))
    if not _is_text(content(preset)):
        found.append(tr("There is half a character in it, which is no text."))
    found += values.sampling_problems(_values(preset.sampling))
    if len(preset.examples) > values.MOST_EXAMPLES:
        found.append(
            tr(
                "There are {count:,} examples; at most {most} fit.",
                count=len(preset.examples),
                most=values.MOST_EXAMPLES,
            )
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
        return [tr("The name (title) is missing.")]
    if len(title) > values.MOST_TITLE:
        return [values.too_long(tr("The name"), len(title), values.MOST_TITLE)]
    return [] if title.isprintable() else [tr("The name has characters that cannot be shown.")]


def _example_problems(number: int, example: Example) -> list[str]:
    if not example.user.strip() or not example.assistant.strip():
        return [tr("Example {number} needs both a question and an answer.", number=number)]
    length = len(example.user) + len(example.assistant)
    if length > values.MOST_EXAMPLE:
        name = tr("Example {number}", number=number)
        return [values.too_long(name, length, values.MOST_EXAMPLE)]
    return []


def _sampling(data: Mapping[str, Any]) -> Sampling:
    checked: dict[str, Any] = dict(data)
    if "stop" in checked:
        checked["stop"] = tuple(checked["stop"])
    return Sampling(**checked)


def _texts(value: object, key: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        name = tr(values.FIELDS[key])
        raise _invalid(tr("{name} ({key}) must be a list of texts.", name=name, key=key))
    return tuple(value)


def _examples(value: object) -> tuple[Example, ...]:
    if not isinstance(value, list):
        raise _invalid(tr("Examples (examples) must be a list."))
    return tuple(_example(number, each) for number, each in enumerate(value, 1))


def _example(number: int, value: object) -> Example:
    texts = value if isinstance(value, dict) else {}
    user, assistant = texts.get("user"), texts.get("assistant")
    if not isinstance(user, str) or not isinstance(assistant, str):
        raise _invalid(
            tr("Example {number} must have the texts “user” and “assistant”.", number=number)
        )
    return Example(user, assistant)


def _invalid(reason: str) -> StudioError:
    return StudioError("preset.invalid", reason, tr("Correct it, and try again."))


def _remove(path: Path) -> str:
    return tr("Remove it: {path}", path=path)


def _correct_file(path: Path) -> str:
    return tr("Correct or remove the file: {path}", path=path)


def _damaged(path: Path, reason: str, advice: str) -> StudioError:
    return StudioError(
        "preset.damaged",
        tr("The preset {file} cannot be used. {reason}", file=path.name, reason=reason),
        advice,
        reason,
    )
