"""One thing to set: of which kind it is, and which values of that kind are good."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from studio.errors import StudioError
from studio.translation import mark, tr

Kind = Literal["bool", "int", "float", "str", "choice", "folders", "font", "code_font"]
Value = bool | int | float | str | tuple[str, ...]

_LONGEST_FAMILY = 100


@dataclass(frozen=True, slots=True)
class Setting:
    """One thing to set.

    Attributes:
        name: stable dotted name, as in the file and the terminal.
        kind: ``folders`` is a tuple of absolute folder names; ``font`` and ``code_font`` are a
            family's name or one of ``choices``; the others are what they say.
        default: a value of that kind.
        title: a few words, as above the control.
        help: one sentence that says what it does.
        category: the heading it stands under.
        technical: what experts call it, for the tool-tip; may be empty.
        bounds: smallest and largest number allowed.
        unit: of a number, such as ``"GB"``; may be empty.
        at_minimum: the word for a number's smallest value when that means something else.
        choices: the values of a ``choice``; ``labels`` are their words, in the same order.
        needs_restart: whether a change is felt only at the next start.
    """

    name: str
    kind: Kind
    default: Value
    title: str
    help: str
    category: str
    technical: str = ""
    bounds: tuple[float, float] | None = None
    unit: str = ""
    at_minimum: str = ""
    choices: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    needs_restart: bool = False

    def allowed(self) -> str:
        """Return what may be set, in words that complete "It takes …"."""
        if self.kind == "choice":
            return tr("one of: {choices}", choices=", ".join(self.choices))
        words = tr(_KINDS[self.kind].words)
        if self.kind in ("font", "code_font"):
            named = ", ".join(filter(None, self.choices))
            words = (
                tr("{kind}, {names}, or nothing for the usual one", kind=words, names=named)
                if named
                else tr("{kind}, or nothing for the usual one", kind=words)
            )
        if self.bounds is None:
            return words
        low, high = (f"{bound:.10g}" for bound in self.bounds)
        if not self.at_minimum:
            return tr("{kind} from {low} to {high}", kind=words, low=low, high=high)
        return tr(
            "{kind} from {low} to {high} ({low} means {word})",
            kind=words,
            low=low,
            high=high,
            word=tr(self.at_minimum).lower(),
        )

    def checked(self, value: object) -> Value:
        """Return ``value`` in the form that is kept.

        Raises:
            StudioError: ``settings.invalid`` when it is of another kind or out of bounds.
        """
        kept = _KINDS[self.kind].check(self, value)
        if kept is None:
            raise self._refusal(value)
        return kept

    def parse(self, text: str) -> Value:
        """Return the value that ``text``, typed in a terminal, stands for.

        A list of folders is a JSON list, or one folder's name. Raises like :meth:`checked`.
        """
        try:
            return self.checked(_KINDS[self.kind].parse(text))
        except (ValueError, RecursionError) as error:
            raise self._refusal(text) from error

    def show(self, value: Value) -> str:
        """Return ``value`` as text that :meth:`parse` reads back."""
        if isinstance(value, tuple | bool):
            return json.dumps(value)
        return str(value)

    def _refusal(self, value: object) -> StudioError:
        shown = json.dumps(value, ensure_ascii=False, default=str)
        shown = shown if len(shown) <= 60 else shown[:57] + "..."
        what = tr("{name} cannot be {shown}.", name=self.name, shown=shown)
        return StudioError(
            "settings.invalid", what, tr("It takes {allowed}.", allowed=self.allowed())
        )


def _check_bool(_setting: Setting, value: object) -> Value | None:
    return value if isinstance(value, bool) else None


def _check_int(setting: Setting, value: object) -> Value | None:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool):
        return None
    return value if _is_within(setting, value) else None


def _check_float(setting: Setting, value: object) -> Value | None:
    if not isinstance(value, int | float) or isinstance(value, bool):
        return None
    try:
        number = float(value)
    except OverflowError:
        return None
    return number if math.isfinite(number) and _is_within(setting, number) else None


def _is_within(setting: Setting, value: float) -> bool:
    return setting.bounds is None or setting.bounds[0] <= value <= setting.bounds[1]


def _check_str(_setting: Setting, value: object) -> Value | None:
    return value if isinstance(value, str) and "\0" not in value else None


def _check_font(_setting: Setting, value: object) -> Value | None:
    is_name = isinstance(value, str) and len(value) <= _LONGEST_FAMILY and value.isprintable()
    return value.strip() if isinstance(value, str) and is_name else None


def _check_choice(setting: Setting, value: object) -> Value | None:
    return next((choice for choice in setting.choices if choice == value), None)


def _check_folders(_setting: Setting, value: object) -> Value | None:
    if not isinstance(value, list | tuple):
        return None
    if not all(isinstance(folder, str | Path) for folder in value):
        return None
    folders = tuple(dict.fromkeys(str(folder) for folder in value))
    good = all("\0" not in folder and Path(folder).is_absolute() for folder in folders)
    return folders if good else None


def _parse_bool(text: str) -> bool:
    word = text.strip().lower()
    if word not in ("true", "yes", "on", "1", "false", "no", "off", "0"):
        raise ValueError(text)
    return word in ("true", "yes", "on", "1")


def _parse_folders(text: str) -> object:
    if text.startswith("["):
        return json.loads(text)
    return [text] if text else []


@dataclass(frozen=True, slots=True)
class _KindRules:
    words: str
    check: Callable[[Setting, object], Value | None]
    parse: Callable[[str], object]


_KINDS: dict[str, _KindRules] = {
    "bool": _KindRules(mark("true or false"), _check_bool, _parse_bool),
    "int": _KindRules(mark("a whole number"), _check_int, int),
    "float": _KindRules(mark("a number"), _check_float, float),
    "str": _KindRules(mark("text"), _check_str, str),
    "choice": _KindRules(mark("one of its choices"), _check_choice, str),
    "folders": _KindRules(mark("a list of full folder names"), _check_folders, _parse_folders),
    "font": _KindRules(mark("the name of a font family"), _check_font, str),
    "code_font": _KindRules(mark("the name of a fixed-width font family"), _check_font, str),
}
