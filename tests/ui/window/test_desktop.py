"""The window over the real parts, from its first moment on; no worker is started."""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QAbstractButton, QApplication, QListView
from pytestqt.qtbot import QtBot
from support import tiny_gguf
from support.desktop import chat_of, opened
from support.listed import listed

from studio.app import Desktop
from studio.assembly import Parts, open_data
from studio.engine.host import Host
from studio.errors import StudioError
from studio.mishaps import Mishaps
from studio.storage.backup import Archive
from studio.ui.chat.conversations.rows import CONVERSATION
from studio.ui.chat.conversations.view import ConversationView
from studio.ui.widgets.banner import Banner
from studio.ui.widgets.window_place import WindowPlace

Opener = Callable[..., Desktop]
NO_WORKER = StudioError("worker.not_here", "No worker is wanted here.", "Go on without.")


def no_worker(_worker: str) -> Host:
    raise NO_WORKER


@pytest.fixture
def opener(profile: Path, qapp: QApplication) -> Iterator[Opener]:
    """Return a function that opens the window, after doing something to its parts."""
    with ExitStack() as windows:

        def open_window(change: Callable[[Parts], object] = lambda parts: None) -> Desktop:
            parts = open_data(profile, no_worker)
            change(parts)
            return windows.enter_context(opened(parts, qapp))

        yield open_window


def told(desktop: Desktop) -> str:
    """Return the words of the banners that can be seen."""
    banners = desktop.window.findChildren(Banner)
    return "\n".join(banner.text() for banner in banners if banner.isVisible())


def keep_chat(parts: Parts, preset: str = "") -> None:
    made = parts.conversations.create(preset=preset)
    parts.conversations.rename(made.id, "Kept")


def damage_preset(parts: Parts) -> None:
    parts.paths.presets.mkdir(parents=True, exist_ok=True)
    (parts.paths.presets / "mine.json").write_text("{")


def settled(desktop: Desktop) -> bool:
    return desktop.status.is_running


def test_what_was_kept_is_there_once_the_background_has_read_it(
    opener: Opener, qtbot: QtBot
) -> None:
    desktop = opener(keep_chat)
    shown = desktop.window.findChild(ConversationView)
    assert shown is not None
    assert shown.model().rowCount() == 0
    qtbot.waitUntil(lambda: shown.model().rowCount() > 0, timeout=20_000)
    qtbot.waitUntil(lambda: settled(desktop), timeout=20_000)
    assert told(desktop) == ""


def test_a_failure_while_preparing_is_told_above_the_room(
    opener: Opener, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    failure = StudioError("data.busy", "The data cannot be read.", "Start again later.")

    def fail() -> None:
        raise failure

    desktop = opener(lambda parts: monkeypatch.setattr(parts, "prepare", fail))
    qtbot.waitUntil(lambda: "The data cannot be read." in told(desktop), timeout=20_000)
    qtbot.waitUntil(lambda: settled(desktop), timeout=20_000)
    assert "Start again later." in told(desktop)
    assert "data.busy" not in told(desktop)
    assert "The data cannot be read." in caplog.text


def test_what_can_be_read_is_there_although_nothing_can_be_written(
    opener: Opener, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    full = StudioError("disk.full", "The disk is full.", "Free some space.")

    def fail() -> None:
        raise full

    def fill(parts: Parts) -> None:
        keep_chat(parts)
        damage_preset(parts)
        monkeypatch.setattr(parts.conversations, "close_interrupted", fail)

    desktop = opener(fill)
    qtbot.waitUntil(lambda: "The disk is full." in told(desktop), timeout=20_000)
    qtbot.waitUntil(lambda: "mine.json" in told(desktop), timeout=20_000)
    shown = desktop.window.findChild(ConversationView)
    assert shown is not None
    qtbot.waitUntil(lambda: shown.model().rowCount() > 0, timeout=20_000)
    qtbot.waitUntil(lambda: settled(desktop), timeout=20_000)
    assert "The disk is full." in caplog.text


def test_what_fails_after_the_start_keeps_nothing_else_away(
    opener: Opener, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    failure = StudioError("data.busy", "The presets cannot be read.", "Start again later.")

    def fail(_parts: Parts) -> None:
        raise failure

    def spoil(parts: Parts) -> None:
        keep_chat(parts)
        monkeypatch.setattr(Parts, "presets", property(fail))

    desktop = opener(spoil)
    mishaps = Mishaps(desktop.relay.wrap(desktop.window.notes.show_error))
    shown = desktop.window.findChild(ConversationView)
    assert shown is not None
    try:
        qtbot.waitUntil(lambda: shown.model().rowCount() > 0, timeout=20_000)
        qtbot.waitUntil(lambda: "The presets cannot be read." in told(desktop), timeout=20_000)
        qtbot.waitUntil(lambda: settled(desktop), timeout=20_000)
    finally:
        mishaps.close()
    assert "The presets cannot be read." in caplog.text


def test_a_bug_in_the_background_becomes_a_report_to_copy(
    opener: Opener, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail() -> None:
        raise ZeroDivisionError("a mistake of ours")

    desktop = opener(lambda parts: monkeypatch.setattr(parts, "prepare", fail))
    qtbot.waitUntil(lambda: "wrong inside the program" in told(desktop), timeout=20_000)
    (banner,) = (b for b in desktop.window.findChildren(Banner) if b.isVisible())
    banner._copy_all()
    assert "ZeroDivisionError: a mistake of ours" in QApplication.clipboard().text()
    assert "a mistake of ours" in caplog.text


def test_a_message_sent_before_anything_is_loaded_is_kept_and_answered_in_words(
    opener: Opener, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    gate = Event()

    def hold(parts: Parts) -> None:
        prepare = parts.prepare
        monkeypatch.setattr(parts, "prepare", lambda: (gate.wait(20), prepare()))

    desktop = opener(hold)
    tab = chat_of(desktop)
    tab.composer.set_text("The first words")
    tab.composer.sent.emit(tab.composer.text())
    try:
        qtbot.waitUntil(lambda: bool(tab.conversation_id), timeout=20_000)
    finally:
        gate.set()
    qtbot.waitUntil(lambda: settled(desktop), timeout=20_000)
    store = desktop.parts.conversations
    qtbot.waitUntil(
        lambda: [m.status for m in store.branch(tab.conversation_id)][1:] == ["failed"],
        timeout=20_000,
    )
    assert store.branch(tab.conversation_id)[0].content == "The first words"
    assert next(each.message.content for each in tab.transcript.entries) == "The first words"
    qtbot.waitUntil(lambda: "No worker is wanted here." in told(desktop), timeout=20_000)


def test_a_damaged_preset_is_told_and_the_others_are_there(opener: Opener, qtbot: QtBot) -> None:
    desktop = opener(damage_preset)
    qtbot.waitUntil(lambda: "mine.json" in told(desktop), timeout=20_000)
    picker = desktop.window.findChild(QListView, "preset_picker_list")
    assert picker is not None
    qtbot.waitUntil(lambda: picker.model().rowCount() > 1, timeout=20_000)


def test_a_default_preset_that_is_not_there_gives_way(opener: Opener, qtbot: QtBot) -> None:
    desktop = opener(lambda parts: parts.settings.set("chat.default_preset", "nonsense"))
    qtbot.waitUntil(lambda: settled(desktop), timeout=20_000)
    assert chat_of(desktop).choices.new_preset == ""
    assert told(desktop) == ""


def test_a_chat_whose_preset_is_gone_opens_and_says_so(opener: Opener, qtbot: QtBot) -> None:
    desktop = opener(lambda parts: keep_chat(parts, "gone"))
    qtbot.waitUntil(lambda: settled(desktop), timeout=20_000)
    (old,) = desktop.parts.conversations.list()
    chat_of(desktop).open(old.id)
    assert "There is no preset “gone”." in told(desktop)


def test_a_room_of_the_last_run_is_opened_and_filled(
    opener: Opener, profile: Path, qtbot: QtBot
) -> None:
    def leave(parts: Parts) -> None:
        (parts.paths.data / "window.json").write_text(
            json.dumps(asdict(WindowPlace(0, 0, 1024, 700, room="models")))
        )
        tiny_gguf.write(parts.paths.models / "tiny.gguf")

    desktop = opener(leave)
    assert desktop.window.room == "models"
    models = desktop.window.findChild(QListView, "models_list")
    assert models is not None
    qtbot.waitUntil(lambda: "tiny" in listed(models), timeout=20_000)
    qtbot.waitUntil(lambda: settled(desktop), timeout=20_000)
    assert told(desktop) == ""


def test_notices_of_the_database_stay_until_they_are_read(
    opener: Opener, profile: Path, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    open_data(profile, no_worker).close()
    (profile / "studio.db").write_bytes(b"no database at all" * 1000)
    desktop = opener()
    qtbot.waitUntil(lambda: "Your data file was damaged" in told(desktop), timeout=20_000)
    qtbot.waitUntil(lambda: settled(desktop), timeout=20_000)
    desktop.window.open_room("models")
    desktop.window.open_room("chat")
    desktop.window.notes.show_error(NO_WORKER)
    assert "Your data file was damaged" in told(desktop)
    assert "No worker is wanted here." in told(desktop)
    for close in desktop.window.findChildren(QAbstractButton, "dismiss_this_message"):
        if close.isVisible():
            close.click()
    assert told(desktop) == ""


def test_a_backup_that_fails_after_the_start_is_told(
    opener: Opener, profile: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_data(profile, no_worker).close()
    fails = threading.Event()

    def refuse(_archive: Archive, _is_stopped: object) -> None:
        fails.wait(20)
        raise StudioError("disk.full", "The disk is full.", "Free some space.")

    monkeypatch.setattr(Archive, "take_daily", refuse)
    desktop = opener()
    qtbot.waitUntil(lambda: settled(desktop), timeout=20_000)
    assert told(desktop) == ""
    fails.set()
    qtbot.waitUntil(lambda: "Today's backup could not be made." in told(desktop), timeout=20_000)


@pytest.mark.parametrize("where", ["slot", "thread"])
def test_what_no_code_has_caught_is_told_in_the_window(
    opener: Opener, qtbot: QtBot, caplog: pytest.LogCaptureFixture, where: str
) -> None:
    desktop = opener()
    qtbot.waitUntil(lambda: settled(desktop), timeout=20_000)
    mishaps = Mishaps(desktop.relay.wrap(desktop.window.notes.show_error))

    def fail() -> None:
        raise ZeroDivisionError("not caught")

    try:
        if where == "slot":
            QTimer.singleShot(0, fail)
        else:
            threading.Thread(target=fail).start()
        qtbot.waitUntil(lambda: "wrong inside the program" in told(desktop), timeout=20_000)
    finally:
        mishaps.close()
    assert "ZeroDivisionError: not caught" in caplog.text


def test_ctrl_c_is_left_to_python(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    passed: list[type[BaseException]] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, error, traceback: passed.append(kind))
    before = sys.excepthook
    mishaps = Mishaps(lambda error: pytest.fail(str(error)))
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    mishaps.close()
    assert passed == [KeyboardInterrupt]
    assert sys.excepthook is before


def test_a_thread_that_leaves_is_left_to_python(monkeypatch: pytest.MonkeyPatch) -> None:
    passed: list[type[BaseException]] = []
    monkeypatch.setattr(threading, "excepthook", lambda raised: passed.append(raised.exc_type))
    monkeypatch.setattr(sys, "excepthook", lambda *_: pytest.fail("the program does not end"))
    mishaps = Mishaps(lambda error: pytest.fail(str(error)))
    try:
        leaving = threading.Thread(target=sys.exit)
        leaving.start()
        leaving.join()
        threading.excepthook(threading.ExceptHookArgs((SystemExit, SystemExit(), None, None)))
    finally:
        mishaps.close()
    assert passed[-1] is SystemExit


def test_what_the_terminal_sets_meanwhile_is_taken_in(
    opener: Opener, profile: Path, qtbot: QtBot
) -> None:
    desktop = opener()
    qtbot.waitUntil(lambda: settled(desktop), timeout=20_000)
    terminal = open_data(profile, no_worker)
    terminal.settings.set("appearance.text_size", 19)
    terminal.close()
    assert desktop.theme.text_size == 15
    desktop.window.returned_to.emit()
    qtbot.waitUntil(lambda: desktop.theme.text_size == 19)


def test_a_chat_is_found_by_what_was_said_in_it(opener: Opener, qtbot: QtBot) -> None:
    def talk(parts: Parts) -> None:
        for title, said in (("First", "The Eiffel tower is in Paris."), ("Second", "Nothing.")):
            chat = parts.conversations.create()
            _, reply = parts.conversations.ask(chat.id, title, "tiny")
            parts.conversations.finish_reply(reply.id, "finished", content=said, reasoning="")

    desktop = opener(talk)
    rows = desktop.window.findChild(ConversationView)
    assert rows is not None
    qtbot.waitUntil(lambda: settled(desktop), timeout=20_000)

    def titles() -> list[str]:
        found = (rows.model().index(row, 0) for row in range(rows.model().rowCount()))
        return [index.data() for index in found if index.data(CONVERSATION) is not None]

    qtbot.waitUntil(lambda: titles() == ["Second", "First"], timeout=20_000)
    chats = chat_of(desktop).list
    chats.search.setText("eiffel paris")
    qtbot.waitUntil(lambda: titles() == ["First"], timeout=20_000)
    chats.search.setText("second")
    qtbot.waitUntil(lambda: titles() == ["Second"], timeout=20_000)
    chats.search.setText("")
    qtbot.waitUntil(lambda: titles() == ["Second", "First"], timeout=20_000)
