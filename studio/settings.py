"""What a person can set: declared once; the page, the file, the terminal and the manual follow.

The file is a JSON object of the values that differ from their defaults. Two processes may share
it: every change is made to the file as it is at that moment, under a lock, so that neither loses
what the other set.
"""

from __future__ import annotations

import contextlib
import errno
import json
import threading
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from studio.errors import StudioError
from studio.lists import any_of
from studio.paths import FileLock, make_private_folder, write_private
from studio.setting import Setting, Value
from studio.translation import mark, tr

Callback = Callable[[str, Any], None]

_LOCK_S = 5.0


# One look compares them all, so they stay a table.
# fmt: off
SETTINGS: tuple[Setting, ...] = (
    Setting("appearance.theme", "choice", "system", mark("Theme"),
            mark("Follow the system, or stay light or dark."),
            mark("Appearance"), mark("Colour scheme"), choices=("system", "light", "dark"),
            labels=(mark("Like the system"), mark("Light"), mark("Dark"))),
    Setting("appearance.language", "choice", "system", mark("Language"),
            mark("The language of this window. Replies come in the language that you write in."),
            mark("Appearance"), mark("Locale"), choices=("system", "en", "de"),
            labels=(mark("Like the system"), "English", "Deutsch"), needs_restart=True),
    Setting("appearance.text_size", "int", 15, mark("Text size"),
            mark("The size of prompts and replies."),
            mark("Appearance"), mark("Font size"), bounds=(11, 24), unit="px"),
    Setting("appearance.reading_width", "choice", "medium", mark("Reading width"),
            mark("How wide the column of prompts and replies may be."),
            mark("Appearance"), mark("Measure"), choices=("narrow", "medium", "wide", "full"),
            labels=(mark("Narrow"), mark("Medium"), mark("Wide"), mark("Full width"))),
    Setting("appearance.reading_font", "font", "", mark("Reading font"),
            mark("The letters of prompts and replies."),
            mark("Appearance"), mark("Font family"), choices=("", "serif"),
            labels=(mark("Like the system"), mark("Serif"))),
    Setting("appearance.code_font", "code_font", "", mark("Code font"),
            mark("The letters of code, all of one width."),
            mark("Appearance"), mark("Monospace font family"), choices=("",),
            labels=(mark("Automatic"),)),
    Setting("window.restore", "bool", True, mark("Open where I left off"),
            mark("Start with the window's last place, size and tab."),
            mark("Appearance"), mark("Window geometry")),
    Setting("window.notify", "bool", True, mark("Tell when a long reply is finished"),
            mark("Show a notification of the system while another program is in front."),
            mark("Appearance"), mark("Notifications")),
    Setting("window.notify_words", "bool", False, mark("Show a reply's words in notifications"),
            mark("When off, they show the chat's title alone; a lock screen may show them too."),
            mark("Appearance"), mark("Notification content")),
    Setting("window.tray", "bool", False, mark("Keep running in the system tray"),
            mark("Closing the window hides it; the icon in the tray opens it again."),
            mark("Appearance"), mark("Minimise to tray")),
    Setting("chat.send_with_enter", "bool", True, mark("Send with Enter"),
            mark("Enter sends and Shift+Enter starts a new line; when off, Ctrl+Enter sends."),
            mark("Chat"), mark("Send shortcut")),
    Setting("chat.default_model", "str", "", mark("Model for new conversations"),
            mark("Which model answers in a new chat."),
            mark("Chat"), mark("Default model")),
    Setting("chat.default_preset", "str", "", mark("Preset for new conversations"),
            mark("How it answers in a new chat."),
            mark("Chat"), mark("Default preset")),
    Setting("chat.overflow", "choice", "roll", mark("When a chat outgrows the context"),
            mark("What happens when a chat is longer than the model can see at once."),
            mark("Chat"), mark("Overflow policy"), choices=("stop", "roll", "compact"),
            labels=(mark("Stop and ask"), mark("Leave out the oldest messages"),
                    mark("Summarise the oldest messages"))),
    Setting("chat.titles", "bool", True, mark("Name chats by their content"),
            mark("After its first reply, the model gives a new chat a title; yours always stay."),
            mark("Chat"), mark("Generated titles")),
    Setting("chat.resume_cache_gb", "float", 4.0, mark("Space for resuming quickly"),
            mark("Disk space for picking up long conversations without reading them again."),
            mark("Chat"), mark("KV state cache"), bounds=(0, 1024), unit="GB",
            at_minimum=mark("Off")),
    Setting("models.folders", "folders", (), mark("More folders with models"),
            mark("Models in these folders are on the shelf too; nothing is copied."),
            mark("Models"), mark("Search path")),
    Setting("models.context", "int", 0, mark("Conversation length"),
            mark("How much text a model keeps in view; more needs more memory."),
            mark("Models"), mark("Context length, n_ctx"), bounds=(0, 4_194_304),
            unit=mark("tokens"), at_minimum=mark("Automatic")),
    Setting("models.gpu_layers", "int", -1, mark("Layers on the graphics card"),
            mark("How many of a model's layers the graphics card works on; "
                 "0 uses the processor alone."),
            mark("Models"), mark("GPU offload, n_gpu_layers"), bounds=(-1, 10_000),
            at_minimum=mark("Automatic")),
    Setting("models.threads", "int", 0, mark("Processor threads"),
            mark("How many processor threads a model uses; more than the cores rarely helps."),
            mark("Models"), "n_threads", bounds=(0, 1024), at_minimum=mark("Automatic")),
    Setting("models.reserve_gb", "float", 1.0, mark("Memory left for other programs"),
            mark("A model is said to fit only when this much memory stays free."),
            mark("Models"), mark("Memory reserve"), bounds=(0, 1024), unit="GB"),
    Setting("privacy.confirm_links", "bool", True, mark("Ask before opening links"),
            mark("Show where a link leads before the web browser opens it."),
            mark("Privacy"), mark("External link confirmation")),
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
        hint = tr("List them to see all names.")
        if near:
            hint = tr("Did you mean {names}?", names=any_of(near))
        raise StudioError(
            "settings.unknown", tr('There is no setting named "{name}".', name=name), hint
        )

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
                self._warn(
                    tr(
                        "The settings in {path} could not be read: {reason}.",
                        path=self._path,
                        reason=reason,
                    )
                )
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
            self._warn(
                tr(
                    "The settings file was damaged; defaults are used. It is kept as {aside}.",
                    aside=aside,
                )
            )
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
                self._value_warnings.append(tr("{error} The default is used.", error=error))
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
            what = tr(
                "The settings could not be saved in {folder}: {why}.",
                folder=self._path.parent,
                why=why,
            )
            raise StudioError(code, what, hint, details=str(error)) from error


def _failure(error: OSError) -> tuple[str, str, str]:
    if isinstance(error, TimeoutError):
        return "settings.busy", tr("another window is changing them"), tr("Try again in a moment.")
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return "disk.full", tr("the disk is full"), tr("Free some space, then try again.")
    hint = tr("Choose another folder with --home, or allow writing there.")
    return "data.read_only", tr("the folder cannot be written"), hint
