"""What the window need not have at its first look: menus, slash prompts, what the palette finds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from studio.library.choose import ANSWERS
from studio.ui.chat.conversation_rows import title_of
from studio.ui.chat.list_tools import equip
from studio.ui.chat.preset_door import PresetDoor
from studio.ui.palette.offers import named_items, setting_items

if TYPE_CHECKING:
    from studio.assembly import Parts
    from studio.ui.chat.content_search import ContentSearch
    from studio.ui.chat.tab import ChatTab
    from studio.ui.palette.items import Item
    from studio.ui.theme import Theme
    from studio.ui.window import MainWindow


@dataclass(frozen=True, slots=True)
class Equipment:
    """What must live as long as the window does."""

    presets: PresetDoor
    content: ContentSearch


def fit_out(window: MainWindow, theme: Theme, tab: ChatTab, parts: Parts) -> Equipment:
    """Give the Chat room its tools."""
    return Equipment(_preset_door(theme, tab, parts), equip(tab, theme, parts, window.toasts))


class Places:
    """What the command palette finds beside commands: settings, chats, models and presets."""

    def __init__(self, window: MainWindow, parts: Parts, chat: Callable[[], ChatTab]) -> None:
        self._window = window
        self._parts = parts
        self._chat = chat

    def settings(self) -> list[Item]:
        """Return the settings and their categories."""
        return setting_items(
            self._parts.settings,
            lambda category: self._opened("settings").show_category(category),
            lambda name: self._opened("settings").show_setting(name),
            self._window.notes.show_error,
        )

    def chats(self) -> list[Item]:
        """Return the chats. Not for the window's thread, like the next."""
        known = [(each.id, title_of(each)) for each in self._parts.conversations.list()]
        return named_items("Chat", known, "message-square", lambda key: self._room().open(key))

    def choices(self) -> list[Item]:
        """Return the models and presets that can be chosen for the next replies."""
        models, presets = model_choices(self._parts)[1:], preset_choices(self._parts)[1:]
        return [
            *named_items("Model", models, "box", lambda name: self._room().use_model(name)),
            *named_items(
                "Preset",
                presets,
                "sliders-horizontal",
                lambda name: self._room().composer.preset_chosen.emit(name),
            ),
        ]

    def _opened(self, room: str) -> Any:
        return self._window.open_room(room)

    def _room(self) -> ChatTab:
        self._opened("chat")
        return self._chat()


def _preset_door(theme: Theme, tab: ChatTab, parts: Parts) -> PresetDoor:
    door = PresetDoor(
        theme,
        tab,
        lambda: parts.preset_keeper,
        lambda: parts.templates.list(),
        lambda: [name for name, _ in model_choices(parts) if name],
        parts.background,
    )
    door.presets_changed.connect(tab.load)
    return door


def model_choices(parts: Parts) -> list[tuple[str, str]]:
    """Return the models that can be chosen for good, by name and words. Reads the shelf."""
    models = parts.shelf.list()
    names = [m.name for m in models if m.header and m.header.purpose in ANSWERS]
    return [("", "The first that fits"), *((name, name) for name in names)]


def preset_choices(parts: Parts) -> list[tuple[str, str]]:
    """Return the presets that can be chosen for good, by name and words."""
    known = [(preset.name, preset.title) for preset in parts.presets.list()]
    return [("", "What suits the model"), *known]
