"""What the window need not have at its first look: menus, slash prompts, what the palette finds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol, cast

from studio.chat.attachments.attachments import Attachments
from studio.chat.compare.comparison import Chosen
from studio.chat.compare.comparisons import Comparisons
from studio.chat.presets import shipped_words
from studio.chat.queue import Queue
from studio.chat.unseen import Unseen
from studio.errors import StudioError
from studio.library.purposes import ANSWERS
from studio.translation import tr
from studio.ui.chat.attaching import Attaching
from studio.ui.chat.attention import Attention, Wanted
from studio.ui.chat.compare.door import CompareDoor
from studio.ui.chat.conversations.rows import title_of
from studio.ui.chat.list_tools import equip
from studio.ui.chat.menu_acts import menu_acts
from studio.ui.chat.naming import Naming
from studio.ui.chat.presets.door import PresetDoor
from studio.ui.chat.queue.queueing import Queueing
from studio.ui.chat.several.door import SeveralDoor
from studio.ui.palette.items import Item
from studio.ui.palette.offers import named_items, setting_items
from studio.ui.relay import Relay

if TYPE_CHECKING:
    from studio.assembly import Parts
    from studio.chat.conversation import Conversation
    from studio.temporary import TemporaryParts
    from studio.ui.chat.conversations.content_search import ContentSearch
    from studio.ui.chat.tab import ChatTab
    from studio.ui.theme import Theme
    from studio.ui.widgets.notifier import Notifier
    from studio.ui.widgets.toast import Toasts
    from studio.ui.widgets.tray import Tray
    from studio.ui.window import MainWindow

_TRAY_ICON = 32


@dataclass(frozen=True, slots=True)
class Equipment:
    """What must live as long as the window does."""

    presets: PresetDoor
    content: ContentSearch
    attaching: Attaching
    queueing: Queueing
    naming: Naming
    several: SeveralDoor
    compare: CompareDoor | None


class Frame(Protocol):
    """The window around a Chat room."""

    @property
    def toasts(self) -> Toasts:
        """Says what was done."""


def fit_out(window: Frame, theme: Theme, tab: ChatTab, parts: Parts) -> Equipment:
    """Give the Chat room its tools."""
    window.toasts.stay_in(tab.work.upper)
    return Equipment(
        _preset_door(theme, tab, parts),
        equip(tab, theme, parts, window.toasts),
        attaching(theme, tab, parts),
        queueing(window, theme, tab, parts),
        Naming(
            tab.list,
            parts.conversations,
            lambda: parts.session,
            window.toasts,
            lambda: bool(parts.settings.get("chat.titles")),
        ),
        SeveralDoor(
            theme,
            tab,
            parts.conversations,
            lambda: parts.session,
            lambda: parts.tree,
            window.toasts,
        ),
        comparing(window, theme, tab, parts),
    )


def comparing(window: Frame, theme: Theme, tab: ChatTab, parts: Parts) -> CompareDoor | None:
    """Let two models or presets be compared; not in temporary chats, since comparisons are kept."""
    if parts.is_temporary:
        return None

    def open_room() -> TemporaryParts:
        from studio.temporary import TemporaryParts  # at the first comparison

        return TemporaryParts(parts)

    door = CompareDoor(
        theme,
        tab,
        Comparisons(parts.database),
        open_room,
        lambda: model_choices(parts),
        lambda: preset_choices(parts),
        parts.background,
    )

    def compare(chat: Conversation) -> None:
        branch = parts.conversations.branch(chat.id)
        asked = (each.content for each in reversed(branch) if each.role == "user")
        door.open(next(asked, ""), Chosen(chat.model, chat.preset))

    tab.list.list.menu.offer_more(tr("Compare…"), compare)
    main = cast("MainWindow", window)  # the only window whose chats last
    main.closed.connect(door.close)

    door.serve_models(main)
    main.room_shown.connect(lambda _room: door.serve_models(main))
    return door


def queueing(window: Frame, theme: Theme, tab: ChatTab, parts: Parts) -> Queueing:
    """Let messages wait while a reply runs in the Chat room."""
    return Queueing(
        theme,
        tab,
        Queue(parts.database),
        lambda: parts.session,
        window.toasts,
        lambda: bool(parts.settings.get("chat.send_with_enter")),
    )


def attaching(theme: Theme, tab: ChatTab, parts: Parts) -> Attaching:
    """Let files be attached in the Chat room."""

    def sees(model: str, preset: str) -> bool:
        try:
            return parts.session.would_use(model, preset).choice.projector is not None
        except StudioError:  # told by the reply that is asked for nevertheless
            return True

    return Attaching(theme, tab, Attachments(parts.database), parts.background, sees)


def attend(window: MainWindow, theme: Theme, tab: ChatTab, parts: Parts) -> Attention:
    """See to it that no reply ends unnoticed; it lives as long as the room does."""
    settings = parts.settings
    presence = Presence(window, theme, tab)

    def open_chat(key: str) -> None:
        window.raise_and_focus()
        window.open_room("chat")
        tab.open(key)

    made = Attention(
        tab,
        parts.conversations,
        Unseen(parts.database),
        Wanted(
            lambda: bool(settings.get("window.notify")),
            lambda: bool(settings.get("window.notify_words")),
        ),
        open_chat,
        presence,
    )
    relay = Relay(made)
    parts.session.observe(relay.wrap(made.on_turn))
    window.returned_to.connect(made.look)
    settings.subscribe(relay.wrap(presence.on_setting))
    presence.on_setting("window.tray", settings.get("window.tray"))
    return made


class Presence:
    """What the program shows in the system's own bar; imported when it is first wanted."""

    def __init__(self, window: MainWindow, theme: Theme, tab: ChatTab) -> None:
        self._window = window
        self._theme = theme
        self._tab = tab
        self._notifier: Notifier | None = None
        self._tray: Tray | None = None

    def tell(self, title: str, words: str, act: Callable[[], object]) -> None:
        """Show a notification; a click runs ``act``."""
        self._made().tell(title, words, act)

    def clear(self) -> None:
        """Take away what only notifications have brought."""
        if self._notifier is not None:
            self._notifier.clear()

    def on_setting(self, name: str, value: object) -> None:
        """Stay in the tray from now on, or no longer."""
        if name != "window.tray" or bool(value) == (self._tray is not None):
            return
        if self._tray is not None:
            self._tray.stop()
            self._tray = None
            return
        from studio.ui.widgets.tray import Tray, refusal  # few want it

        if not refusal():
            self._tray = Tray(
                self._window, self._made(), self._window.raise_and_focus, self._new_chat
            )

    def _new_chat(self) -> None:
        self._window.raise_and_focus()
        self._window.open_room("chat")
        self._tab.begin_new()

    def _made(self) -> Notifier:
        if self._notifier is None:
            from studio.ui.widgets.notifier import Notifier  # at the first notification

            self._notifier = Notifier(
                self._window, lambda: self._theme.icon("message-square", "accent", _TRAY_ICON)
            )
            self._window.closed.connect(self._notifier.close)
        return self._notifier


def refusals() -> dict[str, Callable[[], str]]:
    """Return what tells why a setting cannot be used on this desktop."""

    def no_tray() -> str:
        from studio.ui.widgets.tray import refusal  # when it is asked for

        return refusal()

    return {"window.tray": no_tray}


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
            refusals(),
        )

    def tools(self) -> list[Item]:
        """Return what the Chat room has windows for."""
        return [
            Item(
                tr("Edit presets"),
                "Command",
                self._open_presets,
                "sliders-horizontal",
                also="edit presets instructions examples versions",
            ),
            Item(
                tr("Shape of replies"),
                "Command",
                lambda: self._room().shape.open(),
                "braces",
                also="shape of replies json schema grammar gbnf",
            ),
            Item(
                tr("Think before answering"),
                "Command",
                lambda: self._room().think.turn(),
                "brain",
                also="think before answering reasoning thoughts",
            ),
            Item(
                tr("Write several replies"),
                "Command",
                self._open_several,
                "files",
                also="several replies best of n self-consistency side by side agreement vote",
            ),
            Item(
                tr("Compare two models or presets"),
                "Command",
                self._open_compare,
                "boxes",
                also="compare models presets blind vote wins",
            ),
            Item(
                tr("Tally of comparisons"),
                "Command",
                lambda: self._with_compare(lambda door: door.open_history()),
                "gauge",
                also="compare tally wins votes history export",
            ),
        ]

    def menus(self) -> list[Item]:
        """Return what the menus of the Chat room would offer now."""

        def do(act: Callable[[], object]) -> None:
            self._opened("chat")
            act()

        acts = menu_acts(self._chat(), self._parts.conversations)
        return [Item(a.title, a.kind, partial(do, a.act), a.icon, also=a.also) for a in acts]

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

    def _open_presets(self) -> None:
        door = self._room().findChild(PresetDoor)
        if door is not None:  # else the window is not fitted out yet
            door.open()

    def _open_several(self) -> None:
        door = self._room().findChild(SeveralDoor)
        if door is not None:  # as above
            door.open_last()

    def _open_compare(self) -> None:
        tab = self._room()
        key = tab.conversation_id
        branch = self._parts.conversations.branch(key) if key else []
        asked = next((each.content for each in reversed(branch) if each.role == "user"), "")
        chosen = Chosen(tab.choices.model, tab.choices.preset)
        self._with_compare(lambda door: door.open(asked, chosen))

    def _with_compare(self, act: Callable[[CompareDoor], object]) -> None:
        door = self._room().findChild(CompareDoor)
        if door is not None:  # as above
            act(door)

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
    return [("", tr("The first that fits")), *((name, name) for name in names)]


def preset_choices(parts: Parts) -> list[tuple[str, str]]:
    """Return the presets that can be chosen for good, by name and words."""
    known = [
        (preset.name, shipped_words.of_preset(preset).title) for preset in parts.presets.list()
    ]
    return [("", tr("What suits the model")), *known]
