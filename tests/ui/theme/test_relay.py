"""The one door from other threads to the window's thread."""

from __future__ import annotations

import threading
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from pytestqt.qtbot import QtBot

from studio.ui.relay import Relay


def in_thread(act: Callable[[], object]) -> None:
    thread = threading.Thread(target=act)
    thread.start()
    thread.join()


def test_calls_run_on_the_window_thread_and_in_order(qtbot: QtBot) -> None:
    heard: list[tuple[int, int]] = []
    relay = Relay()
    send = relay.wrap(lambda number: heard.append((number, threading.get_ident())))

    in_thread(lambda: [send(number) for number in range(100)])

    assert heard == []
    qtbot.waitUntil(lambda: len(heard) == 100)
    assert heard == [(number, threading.get_ident()) for number in range(100)]


def test_several_arguments_and_none_arrive(qtbot: QtBot) -> None:
    heard: list[tuple[object, ...]] = []
    relay = Relay()
    send = relay.wrap(lambda *args: heard.append(args))
    in_thread(lambda: (send(), send(None), send("a", 2, [3])))
    qtbot.waitUntil(lambda: len(heard) == 3)
    assert heard == [(), (None,), ("a", 2, [3])]


def test_a_call_from_the_window_itself_waits_its_turn(qtbot: QtBot) -> None:
    heard: list[str] = []
    relay = Relay()
    relay.wrap(heard.append)("later")
    assert heard == []
    qtbot.waitUntil(lambda: heard == ["later"])


def test_nothing_arrives_once_the_owner_is_gone(qtbot: QtBot) -> None:
    heard: list[str] = []
    owner = QObject()
    relay = Relay(owner)
    send = relay.wrap(heard.append)
    in_thread(lambda: send("on its way"))
    owner.deleteLater()
    QCoreApplication.sendPostedEvents(owner, QEvent.Type.DeferredDelete.value)
    in_thread(lambda: send("too late"))
    qtbot.wait(20)
    assert heard == []


def test_many_threads_lose_nothing(qtbot: QtBot) -> None:
    heard: list[int] = []
    relay = Relay()
    send = relay.wrap(heard.append)
    threads = [
        threading.Thread(target=lambda n=n: [send(n * 50 + i) for i in range(50)]) for n in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    qtbot.waitUntil(lambda: len(heard) == 200)
    assert sorted(heard) == list(range(200))
