"""What the palette offers: the window's commands and rooms, settings, and what is stored."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial

from PySide6.QtGui import QKeySequence

from studio.errors import StudioError
from studio.setting import Setting
from studio.settings import Settings
from studio.translation import mark, tr
from studio.ui.palette.items import Item
from studio.ui.widgets.commands import CommandSet

_ICONS = {
    "new": "plus",
    "new_temporary": "lock",
    "new_too": "lock",
    "keep": "check",
    "close": "x",
    "attach": "paperclip",
    "add_model": "file-plus",
    "undo_removal": "undo-2",
    "find": "search",
    "context": "gauge",
    "summarise": "file-text",
    "find_text": "search",
    "find_next": "arrow-down",
    "find_previous": "arrow-up",
    "larger": "zoom-in",
    "smaller": "zoom-out",
    "usual": "rotate-ccw",
    "full_screen": "maximize",
    "menu_bar": "ellipsis",
    "quit": "x",
    "stop": "square",
    "list": "panel-left",
    "inspector": "panel-right",
    "shortcuts": "keyboard",
    "about": "info",
    "go_chat": "message-square",
    "go_documents": "book-open",
    "go_images": "image",
    "go_models": "boxes",
    "go_settings": "settings",
}
_ALSO = {
    "larger": mark("zoom in bigger font"),
    "smaller": mark("zoom out font"),
    "usual": mark("zoom reset font"),
    "shortcuts": mark("keys help"),
    "about": mark("version licence help"),
}


def command_items(commands: CommandSet) -> list[Item]:
    """Return the commands that can be used now, without the one that opens the palette."""
    found: list[Item] = []
    for command in commands.commands:
        action = commands.action(command.name)
        if command.name == "palette" or not action.isEnabled():
            continue
        keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        kind = "Room" if command.menu == "Go" else "Command"
        title = tr(command.title).rstrip("…")
        icon = _ICONS.get(command.name, "")
        also = _also(title, command.title.rstrip("…"), _ALSO.get(command.name, ""))
        found.append(Item(title, kind, action.trigger, icon, keys, also))
    return found


def setting_items(
    settings: Settings,
    open_category: Callable[[str], object],
    open_setting: Callable[[str], object],
    tell: Callable[[StudioError], object],
    refusals: Mapping[str, Callable[[], str]] | None = None,
) -> list[Item]:
    """Return the categories, each setting, and the values that have words.

    ``tell`` hears of a value that could not be kept, and of one that cannot be used here;
    ``refusals`` tells why not, by the setting's name.
    """
    found: list[Item] = []
    for category in dict.fromkeys(setting.category for setting in settings.declared):
        act = partial(open_category, category)
        title = tr("Settings: {category}", category=tr(category))
        also = _also(title, f"Settings: {category}")
        found.append(Item(title, "Settings", act, "settings", also=also))
    for setting in settings.declared:
        act = partial(open_setting, setting.name)
        title = tr(setting.title)
        also = _also(title, setting.title, setting.technical, setting.help)
        found.append(Item(title, "Settings", act, "settings", also=also))
        why_not = (refusals or {}).get(setting.name, str)
        found += _values(settings, setting, tell, why_not)
    return found


def named_items(
    kind: str, named: Iterable[tuple[str, str]], icon: str, act: Callable[[str], object]
) -> list[Item]:
    """Return what is stored, each with its key and its title; ``act`` gets the key."""
    return [Item(title, kind, partial(act, key), icon) for key, title in named]


def _values(
    settings: Settings,
    setting: Setting,
    tell: Callable[[StudioError], object],
    why_not: Callable[[], str],
) -> Iterator[Item]:
    """Offer each value that has a word and is not the one in use."""
    words = zip(setting.choices, setting.labels, strict=bool(setting.labels))
    choices: list[tuple[object, str]] = list(words)
    if setting.kind == "bool":
        choices = [(True, mark("On")), (False, mark("Off"))]
    now = settings.get(setting.name)
    for value, word in choices:
        if value != now and len(choices) > 1:
            act = partial(_set, settings, setting.name, value, tell, why_not)
            title = f"{tr(setting.title)}: {tr(word)}"
            also = _also(title, f"{setting.title}: {word}")
            yield Item(title, "Settings", act, "sliders-horizontal", also=also)


def _set(
    settings: Settings,
    name: str,
    value: object,
    tell: Callable[[StudioError], object],
    why_not: Callable[[], str],
) -> None:
    if reason := why_not():
        tell(StudioError("settings.refused", reason, tr("The setting stays as it is.")))
        return
    try:
        settings.set(name, value)
    except StudioError as error:  # such as a full disk
        tell(error)


def _also(title: str, english: str, *more: str) -> str:
    """Return what else finds an item: other words for it, in the person's language and English."""
    words = [] if title == english else [english]
    for text in filter(None, more):
        words += dict.fromkeys((tr(text), text))
    return " ".join(words)
