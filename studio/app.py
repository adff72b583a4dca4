"""Composition root of the window: Qt, the theme, the rooms, and what connects them."""

from __future__ import annotations

import importlib
import linecache
import logging
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from studio.assembly import Parts, open_data
from studio.chat.turn import TurnEvent, TurnFailed, TurnFinished
from studio.engine import offline
from studio.errors import StudioError
from studio.mishaps import Mishaps
from studio.paths import find
from studio.run_log import write_log
from studio.settings import Settings
from studio.translation import mark, tr
from studio.ui.accessibility import introduce
from studio.ui.chat.choices import Wishes
from studio.ui.chat.tab import ChatTab
from studio.ui.chat.turn_words import tell_turn
from studio.ui.collector import Collector
from studio.ui.instance import SingleInstance
from studio.ui.library.status import StatusTeller
from studio.ui.relay import Relay
from studio.ui.speech import speak
from studio.ui.theme import LOOKS, Theme, take_on
from studio.ui.widgets.close_guard import CloseGuard
from studio.ui.window import MainWindow, Page, Room
from studio.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QMenu

    from studio.chat.session import ChatSession
    from studio.engine.language import ModelLoaded
    from studio.equipment import Equipment, Places
    from studio.settings import Settings
    from studio.temporary_window import TemporaryChats
    from studio.ui.library.page import ModelsTab

_FIRST_LOOK_MS = 40  # the window is drawn before the background competes with it

_log = logging.getLogger(__name__)


class Desktop(QObject):
    """The window over the parts. Nothing in it outlives :meth:`close`.

    It can be seen and typed into at once; what the parts have to show follows from the background.
    """

    def __init__(self, parts: Parts, theme: Theme) -> None:
        super().__init__()
        self.parts = parts
        self.theme = theme
        self.relay = Relay(self)
        self._observed: ChatSession | None = None
        self._equipment: Equipment | None = None
        self._temporary = TemporaryDoor(self)
        self.window = MainWindow(
            theme,
            (
                Room("chat", mark("Chat"), "message-square", self._build_chat),
                Room("documents", mark("Documents"), "book-open", self._build_documents),
                Room("images", mark("Images"), "image", self._build_images),
                Room("models", mark("Models"), "boxes", self._build_models),
                Room(
                    "settings", mark("Settings"), "settings", self._build_settings, at_bottom=True
                ),
            ),
            parts.paths.data / "window.json",
            VERSION,
            restore=bool(parts.settings.get("window.restore")),
        )
        self.window.open_first_room()
        self._connect()
        QTimer.singleShot(_FIRST_LOOK_MS, self, lambda: parts.background(self._prepare))

    def close(self) -> None:
        """Keep what is half written and let everything end."""
        self.status.stop()
        self._temporary.close()
        if self._equipment is not None:
            self._equipment.queueing.close()
        if self._observed is not None:
            self._observed.stop()
        self._chat().draft.keep()
        self.relay.close()
        self.parts.close()

    def _build_chat(self) -> Page:
        parts = self.parts
        tab = ChatTab(
            self.theme,
            parts.conversations,
            self._session,
            lambda: parts.presets,
            lambda: parts.shelf.list(),
            _wishes(parts.settings),
            self.window.toasts,
            lambda: parts.tree,
            background=parts.background,
        )
        tab.explain.know_files(lambda: parts.file_hashes)
        tab.models_requested.connect(lambda: self.window.open_room("models"))
        tab.starter_requested.connect(self._on_starter_requested)
        acts = tab.page_commands() | {"new_temporary": self._temporary.open}
        return Page(tab, acts, tab.composer)

    # The other rooms are imported at their first visit, so that the window is there sooner.

    def _build_documents(self) -> Page:
        from studio.ui.documents.tab import DocumentsTab

        return Page(DocumentsTab(self.theme))

    def _build_images(self) -> Page:
        from studio.ui.images.tab import ImagesTab

        return Page(ImagesTab(self.theme))

    def _build_models(self) -> Page:
        from studio.ui.library.keeper import ShelfKeeper
        from studio.ui.library.page import ModelsTab

        parts = self.parts
        keeper = ShelfKeeper(
            parts.shelf, parts.chooser, parts.hardware, parts.background, parts.transfer
        )
        tab = ModelsTab(self.theme, keeper, self.window.toasts)
        tab.chat_requested.connect(self._on_chat_requested)
        tab.shelf_changed.connect(self._chat().refresh_models)
        acts = {"add_model": tab.choose_and_add, "find": tab.focus_search}
        return Page(tab, acts, tab.side.list)

    def _build_settings(self) -> Page:
        from studio.equipment import model_choices, preset_choices, refusals
        from studio.ui.settings.page import SettingsPage

        models = {
            "chat.default_model": lambda: model_choices(self.parts),
            "chat.default_preset": lambda: preset_choices(self.parts),
        }
        parts = self.parts
        page = SettingsPage(self.theme, parts.settings, models, parts.background, refusals())
        return Page(page, {"find": page.focus_search}, page.search)

    def _connect(self) -> None:
        window, settings = self.window, self.parts.settings
        window.dropped_models.connect(self._on_models_dropped)
        window.returned_to.connect(settings.refresh)  # the terminal may have changed some
        window.text_size_chosen.connect(lambda px: settings.set("appearance.text_size", px))
        settings.subscribe(self.relay.wrap(self._on_setting_changed))
        _offer_places(window, self.parts, self._chat)
        self.parts.observe_failures(self.relay.wrap(window.notes.show_error))
        self.status = StatusTeller(window.status, self._loaded, self.parts.background)

    def _prepare(self) -> None:
        """Import and read, off the window's thread, what the window did not wait for."""
        try:
            self.parts.prepare()
            self.parts.shelf.list()  # reads the headers of new files; later it is quick
        finally:  # on a full disk there is still much to read
            self.parts.database.observe_notices(self.relay.wrap(self._show_notices))
            importlib.import_module("studio.equipment")
            for read in (
                self._show_notices,
                self._session,
                lambda: self._chat().load(),
                self._fit_out,
            ):
                self.relay.wrap(read)()  # each by itself, for one that fails to stop no other
            self.parts.background(self._warm_up)

    def _warm_up(self) -> None:
        """Import what the first reply needs, while the person is still reading the window."""
        importlib.import_module("studio.ui.chat.transcript.transcript")
        importlib.import_module("studio.ui.widgets.markdown.parser").spans("")
        self.relay.wrap(self._on_warmed_up)()

    def _show_notices(self) -> None:
        parts = self.parts
        notices = [*parts.database.notices, *parts.settings.warnings]
        try:
            notices += (*parts.presets.warnings, *parts.templates.warnings)
        finally:
            self.window.notes.show_notices(notices)

    def _fit_out(self) -> None:
        from studio.equipment import attend, fit_out

        # PySide6 has read the source of each module that imports it, and all of that would stay.
        linecache.clearcache()
        self._equipment = fit_out(self.window, self.theme, self._chat(), self.parts)
        attend(self.window, self.theme, self._chat(), self.parts)
        self._chat().list.head.menu_requested.connect(self._temporary.offer)

    def _on_warmed_up(self) -> None:
        self._chat().work.make_transcript().rehearse()
        if self._equipment is not None:
            self._equipment.content.index()
        self.status.start()
        linecache.clearcache()

    def _session(self) -> ChatSession:
        """Return the session, whose turns the status line then follows."""
        if self._observed is None:
            self._observed = self.parts.session
            self._observed.observe(self.relay.wrap(self._on_turn))
        return self._observed

    def _loaded(self) -> ModelLoaded | None:
        return self._observed.loaded() if self._observed else None

    def _chat(self) -> ChatTab:
        return cast("ChatTab", self.window.page("chat"))

    def _models(self) -> ModelsTab:
        return cast("ModelsTab", self.window.open_room("models"))

    def _on_starter_requested(self) -> None:
        self._models().get_starter()

    def _on_models_dropped(self, files: list[Path]) -> None:
        self._models().add(files)

    def _on_chat_requested(self, model: str) -> None:
        self.window.open_room("chat")
        self._chat().use_model(model)

    def _on_setting_changed(self, name: str, value: object) -> None:
        if not take_on(self.theme, name, value) and name in (
            "models.folders",
            "chat.default_model",
            "chat.default_preset",
        ):
            self._chat().refresh_models()

    def _on_turn(self, event: TurnEvent) -> None:
        tell_turn(self.window.status, event)
        if isinstance(event, TurnFinished | TurnFailed):
            self.status.tell()


class TemporaryDoor:
    """Opens the window of temporary chats, which is imported when the first one is begun."""

    def __init__(self, desktop: Desktop) -> None:
        self._desktop = desktop
        self.chats: TemporaryChats | None = None

    def open(self) -> None:
        """Begin a temporary chat."""
        if self.chats is None:
            from studio.temporary_window import TemporaryChats

            desktop = self._desktop
            self.chats = TemporaryChats(
                desktop.theme,
                desktop.parts,
                desktop.window,
                desktop._chat(),
                _wishes(desktop.parts.settings),
            )
        self.chats.open()

    def close(self) -> None:
        """Forget what was said in it."""
        if self.chats is not None:
            self.chats.close()

    def offer(self, menu: QMenu) -> None:
        """Put it into the menu of all chats."""
        menu.addAction(tr("New temporary chat")).triggered.connect(lambda: self.open())


def _wishes(settings: Settings) -> Wishes:
    return Wishes(
        send_with_enter=lambda: bool(settings.get("chat.send_with_enter")),
        default_model=lambda: str(settings.get("chat.default_model")),
        default_preset=lambda: str(settings.get("chat.default_preset")),
        confirm_links=lambda: bool(settings.get("privacy.confirm_links")),
    )


def _offer_places(window: MainWindow, parts: Parts, chat: Callable[[], ChatTab]) -> None:
    def places() -> Places:
        from studio.equipment import Places  # at the first look into the palette

        return Places(window, parts, chat)

    offer = window.palette_door.offer
    offer(lambda: places().tools())
    offer(lambda: places().menus())
    offer(lambda: places().settings())
    offer(lambda: places().chats(), parts.background)
    offer(lambda: places().choices(), parts.background)


def open_desktop(parts: Parts, application: QApplication) -> Desktop:
    """Build the window in the person's look and show it."""
    theme = Theme(parts.paths.resources)
    for name in LOOKS:
        take_on(theme, name, parts.settings.get(name))
    theme.prepare(application)
    introduce()
    desktop = Desktop(parts, theme)
    CloseGuard(theme, desktop.window, parts.unsaved)
    theme.apply(application)
    desktop.window.show()
    return desktop


def run_window(home: Path | None) -> int:
    """Open the window and return when it is closed."""
    began = time.perf_counter()
    application = QApplication(sys.argv[:1])
    collector = Collector()
    application.setApplicationName("Local AI Studio")
    application.setDesktopFileName("local-ai-studio")
    offline.seal()
    places = find(home)
    settings = Settings(places.settings)  # once: what was wrong in the file is told only then
    language = str(settings.get("appearance.language"))
    speak(language, places.resources / "translations", application)  # before all else has words
    try:
        parts = open_data(home, settings=settings)
    except StudioError as error:
        return _refuse(error)
    instance = SingleInstance(parts.paths.data)
    try:
        is_first = instance.claim()
    except StudioError as error:
        parts.close()
        return _refuse(error)
    if not is_first:
        parts.close()
        return 0
    write_log(parts.paths.logs / "studio.log")
    desktop = open_desktop(parts, application)
    mishaps = Mishaps(desktop.relay.wrap(desktop.window.notes.show_error))
    instance.raised.connect(desktop.window.raise_and_focus)
    desktop.window.closed.connect(instance.deafen)
    desktop.window.closed.connect(application.quit)
    QTimer.singleShot(
        0, lambda: _log.info("window usable after %.3f s", time.perf_counter() - began)
    )
    QTimer.singleShot(0, instance.listen)
    status = application.exec()
    desktop.close()
    mishaps.close()
    instance.release()
    collector.close()
    return status


def _refuse(error: StudioError) -> int:
    from PySide6.QtWidgets import QMessageBox  # for a start that fails

    box = QMessageBox(QMessageBox.Icon.Warning, "Local AI Studio", error.what)
    box.setInformativeText(error.hint)
    box.setDetailedText(error.details)
    if sys.stderr is not None:  # a program without a console has none
        sys.stderr.write(f"{error}\n")
    box.exec()
    return 1
