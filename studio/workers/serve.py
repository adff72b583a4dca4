"""The life of every worker: read requests, answer with events, hear Stop, leave with the window.

Requests are worked off one by one on the main thread. A second thread reads the pipe, so that a
Cancel is heard while native code runs. A request that takes long lets the urgent ones pass by
:meth:`Channel.pause`, on the same thread. When the pipe closes the window is gone: the worker then
saves what is worth saving and leaves.
"""

from __future__ import annotations

import os
import queue
import sys
import threading
import traceback
from collections import deque
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import IO, Any, Protocol

import psutil

from studio.engine import offline, protocol
from studio.engine.protocol import Cancel, Done, Failed, Ready, Request, Shutdown
from studio.errors import StudioError

_NICE = 5  # a third of the window's share when both want the same core
_LEAVE_S = 10.0
_STDIN, _STDOUT, _STDERR = 0, 1, 2  # a program without a console has no sys.stdin and the like


class RefusedError(Exception):
    """A request that cannot be done: becomes ``Failed(code, facts)``."""

    def __init__(self, code: str, **facts: str | int | float | bool | None) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


class Flag(Protocol):
    """Something that can be raised to interrupt native code."""

    def set(self) -> None:
        """Raise it."""

    def clear(self) -> None:
        """Lower it."""


class Channel:
    """The worker's end of the pipe."""

    def __init__(self, source: IO[bytes], sink: IO[bytes], interrupt: Flag) -> None:
        self._source = source
        self._sink = sink
        self._interrupt = interrupt
        self._requests: queue.SimpleQueue[Request | None] = queue.SimpleQueue()
        self._passed_over: deque[Request | None] = deque()
        self._urgent: Mapping[type[Request], Handler] = {}
        self._lock = threading.Lock()
        self._at_work: list[int] = []  # the last is worked on; those before wait in pause()
        self._cancelled: set[int] = set()
        self._leaving = False

    def send(self, event: Any) -> None:
        """Send an event at once.

        Raises:
            BrokenPipeError: the window is gone; Windows says so in other words.
        """
        try:
            protocol.write(self._sink, event)
        except OSError as error:
            raise BrokenPipeError(*error.args) from error

    def cancelled(self, request_id: int) -> bool:
        """Tell whether Stop was pressed for this request."""
        return request_id in self._cancelled

    def listen(self) -> None:
        """Read until the pipe closes. Runs on its own thread."""
        try:
            while not isinstance(incoming := protocol.read(self._source), Shutdown | None):
                self._take(incoming)
        finally:  # a worker that hears nothing more has nothing to stay for
            with self._lock:
                self._leaving = True
                self._cancelled.update(self._at_work)
                self._interrupt.set()
            self._requests.put(None)

    def _take(self, incoming: Any) -> None:
        if not isinstance(incoming, Cancel):
            self._requests.put(incoming)
            return
        with self._lock:
            self._cancelled.add(incoming.id)
            if self._at_work[-1:] == [incoming.id]:
                self._interrupt.set()

    def next(self) -> Request | None:
        """Return the next request, or ``None`` when it is time to leave."""
        request = self._passed_over.popleft() if self._passed_over else self._requests.get()
        with self._lock:
            if request is None or self._leaving:
                return None
            self._at_work = [request.id]
            self._heed()
        return request

    def let_pass(self, urgent: Mapping[type[Request], Handler]) -> None:
        """Name what :meth:`pause` answers. Their handlers never pause."""
        self._urgent = urgent

    def pause(self, timeout_s: float = 0.0) -> None:
        """Answer the urgent requests that wait, then go on; the others keep their order.

        Args:
            timeout_s: how long to wait for one that has not come yet.

        Raises:
            BrokenPipeError: the window is gone.
        """
        while not self._leaving:
            try:
                request = self._requests.get(timeout=timeout_s)
            except queue.Empty:
                return
            if type(request) in self._urgent and request is not None:
                self._answer_aside(request)
            else:
                self._passed_over.append(request)
            timeout_s = 0.0

    def _answer_aside(self, request: Request) -> None:
        with self._lock:
            self._at_work.append(request.id)
            if self._leaving:
                self._cancelled.add(request.id)
            self._heed()
        try:
            self.send(_answer(request, self._urgent, self))
        finally:
            with self._lock:
                self._at_work.pop()
                self._heed()

    def _heed(self) -> None:
        """Raise the flag for a request that was cancelled while another was worked on."""
        if self._leaving or self._at_work[-1] in self._cancelled:
            self._interrupt.set()
        else:
            self._interrupt.clear()


Handler = Callable[[Any, Channel], Done]


def take_over_pipes() -> tuple[IO[bytes], IO[bytes]]:
    """Return the protocol's streams; afterwards a stray ``print`` goes to the log."""
    source = os.fdopen(os.dup(_STDIN), "rb")
    sink = os.fdopen(os.dup(_STDOUT), "wb")
    os.dup2(_STDERR, _STDOUT)
    with Path(os.devnull).open("rb") as nothing:
        os.dup2(nothing.fileno(), _STDIN)
    return source, sink


def serve(
    channel: Channel,
    handlers: Mapping[type[Request], Handler],
    versions: dict[str, str],
    leave: Callable[[], None],
    urgent: Collection[type[Request]] = (),
    *,
    modest: bool = True,
) -> None:
    """Answer requests until told to leave.

    Args:
        handlers: what to do for each kind of request.
        urgent: the kinds that a pausing request lets pass.
        modest: whether it lets the window go first; not for one that works for moments only.
        versions: libraries of this worker, told in its first message.
        leave: saves what is worth saving; given ten seconds.
    """
    offline.seal()
    if modest:
        stand_back()
    channel.let_pass({kind: handlers[kind] for kind in urgent})
    reader = threading.Thread(target=channel.listen, name="requests", daemon=True)
    reader.start()
    channel.send(Ready(versions))
    while (request := channel.next()) is not None:
        try:
            channel.send(_answer(request, handlers, channel))
        except BrokenPipeError:
            break
    last_resort = threading.Timer(_LEAVE_S, os._exit, [0])
    last_resort.daemon = True
    last_resort.start()
    leave()


def stand_back() -> None:
    """Let the window go first: it needs little, but at once, while a worker fills every core.

    Alone on the machine a worker is as quick as ever.
    """
    if sys.platform == "win32":
        psutil.Process().nice(psutil.BELOW_NORMAL_PRIORITY_CLASS)
    else:
        os.nice(_NICE)


def _answer(
    request: Request, handlers: Mapping[type[Request], Handler], channel: Channel
) -> Done | Failed:
    try:
        return handlers[type(request)](request, channel)
    except RefusedError as refusal:
        return Failed(request.id, refusal.code, refusal.facts)
    except StudioError as error:
        facts = {"what": error.what, "hint": error.hint, "details": error.details}
        return Failed(request.id, error.code, dict(facts))
    except BrokenPipeError:
        raise
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - a bug in one request must not take the model down
        return Failed(request.id, "engine.bug", {"details": traceback.format_exc()})
