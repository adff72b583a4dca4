"""What a person can set: declared once; the page, the file, the terminal and the manual follow.

The file is a JSON object of the values that differ from their defaults. Two processes may share
it: every change is made to the file as it is at that moment, under a lock, so that neither loses
what the other set.
"""

from __future__ import annotations

import contextlib
import errno
import json
import math
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from studio.errors import StudioError
from studio.paths import FileLock, make_private_folder, write_private

Kind = Literal["bool", "int", "float", "str", "choice", "folders"]
Value = bool | int | float | str | tuple[str, ...]
Callback = Callable[[str, Any], None]

_LOCK_S = 5.0


@dataclass(frozen=True, slots=True)
class Setting:
    """One thing to set.

    Attributes:
        name: stable dotted name, as in the file and the terminal.
        kind: ``folders`` is a tuple of absolute folder names; the others are what they say.
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
            return "one of: " + ", ".join(self.choices)
        words = _KINDS[self.kind].words
        if self.bounds is not None:
            words += f" from {self.bounds[0]:g} to {self.bounds[1]:.10g}"
        if self.bounds is not None and self.at_minimum:
            words += f" ({self.bounds[0]:g} means {self.at_minimum.lower()})"
        return words

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
        what = f"{self.name} cannot be {shown}."
        return StudioError("settings.invalid", what, f"It takes {self.allowed()}.")


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
    "bool": _KindRules("true or false", _check_bool, _parse_bool),
    "int": _KindRules("a whole number", _check_int, int),
    "float": _KindRules("a number", _check_float, float),
    "str": _KindRules("text", _check_str, str),
    "choice": _KindRules("one of its choices", _check_choice, str),
    "folders": _KindRules("a list of full folder names", _check_folders, _parse_folders),
}


# One look compares them all, so they stay a table.
# fmt: off
SETTINGS: tuple[Setting, ...] = (
    Setting("appearance.theme", "choice", "system", "Theme",
            "Follow the system, or stay light or dark.", "Appearance", "Colour scheme",
            choices=("system", "light", "dark"), labels=("Like the system", "Light", "Dark")),
    Setting("appearance.text_size", "int", 15, "Text size",
            "The size of prompts and replies.", "Appearance", "Font size",
            bounds=(11, 24), unit="px"),
    Setting("window.restore", "bool", True, "Open where I left off",
            "Start with the window's last place, size and tab.", "Appearance", "Window geometry"),
    Setting("chat.send_with_enter", "bool", True, "Send with Enter",
            "Enter sends and Shift+Enter starts a new line; when off, Ctrl+Enter sends.",
            "Chat", "Send shortcut"),
    Setting("chat.default_model", "str", "", "Model for new conversations",
            "Which model answers in a new chat.",
            "Chat", "Default model"),
    Setting("chat.default_preset", "str", "", "Preset for new conversations",
            "How it answers in a new chat.",
            "Chat", "Default preset"),
    Setting("chat.resume_cache_gb", "float", 4.0, "Space for resuming quickly",
            "Disk space for picking up long conversations without reading them again.",
            "Chat", "KV state cache", bounds=(0, 1024), unit="GB", at_minimum="Off"),
    Setting("models.folders", "folders", (), "More folders with models",
            "Models in these folders are on the shelf too; nothing is copied.",
            "Models", "Search path"),
    Setting("models.context", "int", 0, "Conversation length",
            "How much text a model keeps in view; more needs more memory.",
            "Models", "Context length, n_ctx",
            bounds=(0, 4_194_304), unit="tokens", at_minimum="Automatic"),
    Setting("models.gpu_layers", "int", -1, "Layers on the graphics card",
            "How many of a model's layers the graphics card works on; 0 uses the processor alone.",
            "Models", "GPU offload, n_gpu_layers", bounds=(-1, 10_000), at_minimum="Automatic"),
    Setting("models.threads", "int", 0, "Processor threads",
            "How many processor threads a model uses; more than the cores rarely helps.",
            "Models", "n_threads", bounds=(0, 1024), at_minimum="Automatic"),
    Setting("models.reserve_gb", "float", 1.0, "Memory left for other programs",
            "A model is said to fit only when this much memory stays free.",
            "Models", "Memory reserve", bounds=(0, 1024), unit="GB"),
    Setting("privacy.confirm_links", "bool", True, "Ask before opening links",
            "Show where a link leads before the web browser opens it.",
            "Privacy", "External link confirmation"),
)
# fmt: on


class Settings:
    """The values in use, and the file they come from. May be used from any thread."""

    def __init__(self, path: Path, declared: Iterable[Setting] = SETTINGS) -> None:
        self._path = path
        self._declared = {setting.name: setting for setting in declared}
        self._guard = threading.RLock()
        self._lock = FileLock(path.with_name(path.name + ".lock"))
        self._values = {name: setting.default for name, setting in self._declared.items()}
        self._file_warnings: list[str] = []
        self._value_warnings: list[str] = []
        self._callbacks: list[Callback] = []
        self._load()

    @property
    def declared(self) -> tuple[Setting, ...]:
        """Every setting, in the order of the page."""
        return tuple(self._declared.values())

    @property
    def warnings(self) -> tuple[str, ...]:
        """Sentences about what in the file could not be used."""
        return (*self._file_warnings, *self._value_warnings)

    def declaration(self, name: str) -> Setting:
        """Return a setting by name, or raise ``StudioError`` ``settings.unknown``."""
        if name in self._declared:
            return self._declared[name]
        import difflib  # needed here alone, and the window's start should not wait for it

        near = difflib.get_close_matches(name, self._declared, n=3, cutoff=0.4)
        hint = "Did you mean " + " or ".join(near) + "?" if near else "List them to see all names."
        raise StudioError("settings.unknown", f'There is no setting named "{name}".', hint)

    def get(self, name: str) -> Any:
        """Return the value in use: of the declared kind, folders as a tuple of names."""
        return self._values[self.declaration(name).name]

    def is_changed(self, name: str) -> bool:
        """Return whether the value differs from its default."""
        return bool(self.get(name) != self.declaration(name).default)

    def set(self, name: str, value: object) -> None:
        """Use and keep a value; one equal to the default is the same as :meth:`reset`.

        Raises:
            StudioError: ``settings.unknown``, ``settings.invalid``; or ``data.read_only``,
                ``disk.full`` or ``settings.busy`` when it cannot be kept: nothing changes then.
        """
        self._keep(name, self.declaration(name).checked(value))

    def reset(self, name: str) -> None:
        """Go back to the default. Raises like :meth:`set`."""
        self._keep(name, self.declaration(name).default)

    def refresh(self) -> None:
        """Take over what another process has set since, and tell the subscribers.

        Reads one small file, so it may be called whenever the person comes back to the window.
        """
        self._announce(self._load())

    def subscribe(self, callback: Callback) -> Callable[[], None]:
        """Call ``callback(name, value)`` after each change, on the thread that made it.
        Returns a function that ends the subscription; calling it twice does no harm.
        """
        self._callbacks.append(callback)

        def unsubscribe() -> None:
            with contextlib.suppress(ValueError):
                self._callbacks.remove(callback)

        return unsubscribe

    def _keep(self, name: str, value: Value) -> None:
        with self._guard, self._worded():
            make_private_folder(self._path.parent)
            with self._lock.held(_LOCK_S):
                stored = self._read_or_set_aside()
                before = dict(stored)
                stored.pop(name, None)
                if value != self._declared[name].default:
                    stored[name] = value
                if stored != before:
                    write_private(self._path, (json.dumps(stored, indent=2) + "\n").encode())
            changed = self._adopt(stored)
        self._announce(changed)

    def _load(self) -> list[str]:
        with self._guard:
            try:
                stored = self._read()
                if stored is None:
                    with self._lock.held(_LOCK_S):
                        stored = self._read_or_set_aside()
            except OSError as error:
                reason = error.strerror or error
                self._warn(f"The settings in {self._path} could not be read: {reason}.")
                return []
            return self._adopt(stored)

    def _read(self) -> dict[str, Any] | None:
        """Return the file's object, empty without a file, or ``None`` when it is not one."""
        try:
            stored = json.loads(self._path.read_bytes().decode("utf-8-sig"))
        except FileNotFoundError:
            return {}
        except (ValueError, RecursionError):
            return None
        return stored if isinstance(stored, dict) else None

    def _read_or_set_aside(self) -> dict[str, Any]:
        """Like :meth:`_read`, but move a file that is not an object out of the way."""
        stored = self._read()
        if stored is None:
            aside = self._path.with_name(self._path.name + ".bad")
            self._path.replace(aside)
            self._warn(f"The settings file was damaged; defaults are used. It is kept as {aside}.")
        return stored or {}

    def _warn(self, sentence: str) -> None:
        if sentence not in self._file_warnings:
            self._file_warnings.append(sentence)

    def _adopt(self, stored: dict[str, Any]) -> list[str]:
        values = {name: setting.default for name, setting in self._declared.items()}
        self._value_warnings = []
        for name in stored.keys() & values.keys():
            try:
                values[name] = self._declared[name].checked(stored[name])
            except StudioError as error:
                self._value_warnings.append(f"{error} The default is used.")
        changed = [name for name in values if values[name] != self._values[name]]
        self._values = values
        return changed

    def _announce(self, names: Iterable[str]) -> None:
        for name in names:
            for callback in tuple(self._callbacks):
                callback(name, self._values[name])

    @contextlib.contextmanager
    def _worded(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            code, why, hint = _failure(error)
            what = f"The settings could not be saved in {self._path.parent}: {why}."
            raise StudioError(code, what, hint, details=str(error)) from error


def _failure(error: OSError) -> tuple[str, str, str]:
    if isinstance(error, TimeoutError):
        return "settings.busy", "another window is changing them", "Try again in a moment."
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return "disk.full", "the disk is full", "Free some space, then try again."
    hint = "Choose another folder with --home, or allow writing there."
    return "data.read_only", "the folder cannot be written", hint
