"""Starts a worker process, speaks to it, and says in words how it ended.

One thread per worker reads its events and hands them to the jobs they belong to. A job is an
iterator of events, so the terminal and tests need nothing else. The worker's standard error goes
to a log file of its own; its tail is kept for the details of a crash.
"""

from __future__ import annotations

import dataclasses
import itertools
import logging
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO

import studio
from studio.engine import protocol
from studio.engine.outcome import Ending, Outcome, error_of, of_exit
from studio.engine.protocol import Cancel, Done, Event, Failed, Ready, Request, Shutdown
from studio.engine.worker_logs import last_words, open_log

CANCEL_GRACE_S = 2.0
_TAIL_BYTES = 4000

_log = logging.getLogger(__name__)


def worker_command(name: str) -> list[str]:
    """Return the command line that starts the worker ``name`` of this very program."""
    if getattr(sys, "frozen", False):
        return [sys.executable, "--worker", name]
    return [sys.executable, "-P", "-m", "studio", "--worker", name]


def worker_environment() -> dict[str, str]:
    """Return the environment of every worker: this program importable, every hub offline."""
    package = Path(studio.__path__[0]).resolve().parent
    search = [str(package), *filter(None, [os.environ.get("PYTHONPATH", "")])]
    return {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(search),
        "HF_HUB_OFFLINE": "1",
        "TRANSFORMERS_OFFLINE": "1",
        "HF_DATASETS_OFFLINE": "1",
        "HF_HUB_DISABLE_TELEMETRY": "1",
        "DO_NOT_TRACK": "1",
    }


class Job:
    """One request on its way: iterate :meth:`events`, or wait for :meth:`result`.

    ``ending`` is its last event, as soon as that has come.
    """

    def __init__(self, host: Host, request: Request) -> None:
        self.request = request
        self.ending: Done | Failed | None = None
        self._host = host
        self._events: queue.SimpleQueue[Event] = queue.SimpleQueue()
        self._is_cancelled = False
        self._watchdog: threading.Timer | None = None
        self._guard = threading.Lock()

    def events(self) -> Iterator[Event]:
        """Yield events as they arrive; the last is ``Done`` or ``Failed``."""
        while True:
            event = self._events.get()
            yield event
            if isinstance(event, Done | Failed):
                return

    def next(self, timeout_s: float) -> Event | None:
        """Return the next event, or ``None`` when none came within ``timeout_s``."""
        try:
            return self._events.get(timeout=timeout_s)
        except queue.Empty:
            return None

    def result(self) -> Done:
        """Wait for the end.

        Raises:
            StudioError: the request failed, in words.
        """
        for event in self.events():
            if isinstance(event, Failed):
                raise error_of(event)
            if isinstance(event, Done):
                return event
        raise AssertionError("events() ends with Done or Failed")

    def cancel(self) -> None:
        """Ask the worker to stop; after two seconds without an answer it is ended.

        They count from when the jobs before this one have ended.
        """
        with self._guard:
            if self.ending is not None or self._is_cancelled:
                return
            self._is_cancelled = True
        self._host.send(Cancel(self.request.id))
        self._host.watch_current()

    def watch(self) -> None:
        """Begin to count, if this job was cancelled; it is the one being worked on."""
        with self._guard:
            if not self._is_cancelled or self.ending is not None or self._watchdog is not None:
                return
            self._watchdog = threading.Timer(CANCEL_GRACE_S, self._host.kill)
            self._watchdog.daemon = True
            self._watchdog.start()

    def deliver(self, event: Event) -> None:
        """Take an event from the host's reader thread."""
        if isinstance(event, Done | Failed):
            with self._guard:
                self.ending = event
                if self._watchdog is not None:
                    self._watchdog.cancel()
        self._events.put(event)


class Host:
    """Owns one worker process.

    Args:
        worker: its name, as in ``--worker NAME``.
        log_file: receives the worker's standard error.
        command: how to start it; by default this very program.
        environment: by default :func:`worker_environment`.
    """

    def __init__(
        self,
        worker: str,
        log_file: Path,
        command: Sequence[str] | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self.worker = worker
        self.versions: dict[str, str] = {}
        self.outcome: Outcome | None = None
        self._log_file = log_file
        self._command = list(command or worker_command(worker))
        self._environment = dict(environment or worker_environment())
        self._process: subprocess.Popen[bytes] | None = None
        self._reader: threading.Thread | None = None
        self._jobs: dict[int, Job] = {}
        self._ids = itertools.count(1)
        self._lock = threading.Lock()
        self._ready = threading.Event()
        self._ended = threading.Event()
        self._by_us = False
        self._is_silent = False

    @property
    def alive(self) -> bool:
        """Whether the process runs and has not been told to leave."""
        return self._process is not None and not self._ended.is_set() and not self._by_us

    @property
    def pid(self) -> int | None:
        """Process id, or ``None`` before the start."""
        return self._process.pid if self._process else None

    def start(self, timeout_s: float = 120.0) -> None:
        """Start the process and wait until it is ready.

        Raises:
            StudioError: it could not start, with its last words as details.
        """
        log = open_log(self._log_file)
        try:
            self._process = subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                env=self._environment,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
                process_group=None if os.name == "nt" else 0,  # Ctrl-C there is not for workers
            )
        except OSError as error:
            log.close()
            self.outcome = Outcome(Ending.NEVER_STARTED, self.worker, None, str(error))
            self._ended.set()
            raise self.outcome.error() from error
        self._reader = threading.Thread(
            target=self._read, args=[self._process, log], name=f"{self.worker} events"
        )
        self._reader.daemon = True
        self._reader.start()
        if not self._ready.wait(timeout_s):
            self._is_silent = True
            self._process.kill()
            self._ended.wait()
        if self.outcome is not None:
            raise self.outcome.error()

    def submit(self, request: Request) -> Job:
        """Send a request; its ``id`` is filled in. A dead worker answers at once with Failed."""
        request = dataclasses.replace(request, id=next(self._ids))
        job = Job(self, request)
        data = protocol.encode(request)
        with self._lock:  # around both, for the order of the jobs is that in which they are sent
            if self.outcome is None:
                self._jobs[request.id] = job
                self._write(data)
                return job
        job.deliver(_failed(request.id, self.outcome))
        return job

    def watch_current(self) -> None:
        """Have the job that the worker works on watched, if it was cancelled."""
        with self._lock:
            current = next(iter(self._jobs.values()), None)
        if current is not None:
            current.watch()

    def send(self, message: Request | Cancel | Shutdown) -> None:
        """Write a message. A worker that is gone is noticed by the reader, not here."""
        data = protocol.encode(message)
        with self._lock:
            self._write(data)

    def _write(self, data: bytes) -> None:
        if self._process is None or self._process.stdin is None:
            raise RuntimeError("the worker was not started")
        try:
            self._process.stdin.write(data)
            self._process.stdin.flush()
        except (OSError, ValueError) as error:
            _log.debug("%s is gone: %s", self.worker, error)

    def stop(self, grace_s: float = CANCEL_GRACE_S) -> None:
        """Let the worker finish and leave; end it when it has not left after ``grace_s``."""
        if self._process is not None and not self._ended.is_set():
            self._by_us = True
            self.send(Shutdown())
            if not self._ended.wait(grace_s):
                self.kill()
        if self._reader is not None:  # also when the worker has ended by itself a moment ago
            self._reader.join()

    def kill(self) -> None:
        """End the process at once. Its jobs end with ``worker.stopped_by_us``."""
        if self._process is not None and not self._ended.is_set():
            self._by_us = True
            self._process.kill()
            self._ended.wait()

    def _read(self, process: subprocess.Popen[bytes], log: IO[bytes]) -> None:
        if process.stdout is None:
            raise RuntimeError("the worker was not started")
        fault = "the reading itself failed"
        try:
            while (message := protocol.read(process.stdout)) is not None:
                self._take(message)
            fault = ""
        except (protocol.ProtocolError, OSError) as error:
            fault = str(error) or type(error).__name__
            _log.debug("%s speaks no more: %s", self.worker, error)
        finally:  # whatever happened: nobody may wait for a worker that is not listened to
            if fault:
                process.kill()
            self._close(process, log, fault)

    def _take(self, message: object) -> None:
        if isinstance(message, Ready):
            self.versions = dict(message.versions)
            self._ready.set()
            return
        if not isinstance(message, Event):
            raise protocol.ProtocolError(f"not an event: {type(message).__name__}")
        with self._lock:
            job = self._jobs.get(message.id)
            if isinstance(message, Done | Failed):
                self._jobs.pop(message.id, None)
        if job is not None:
            job.deliver(message)
        if isinstance(message, Done | Failed):
            self.watch_current()

    def _close(self, process: subprocess.Popen[bytes], log: IO[bytes], fault: str) -> None:
        exit_code = process.wait()
        with log:
            words = last_words(log, _TAIL_BYTES)
        outcome = of_exit(
            self.worker,
            exit_code,
            by_us=self._by_us,
            ready=self._ready.is_set(),
            last_words=words,
            fault=fault,
            silent=self._is_silent,
        )
        with self._lock:
            self.outcome = outcome
            jobs, self._jobs = list(self._jobs.values()), {}
            for stream in (process.stdin, process.stdout):
                if stream is not None:
                    _close_quietly(stream)
        self._ended.set()
        self._ready.set()
        for job in jobs:
            job.deliver(_failed(job.request.id, outcome))


def _close_quietly(stream: IO[bytes]) -> None:
    try:
        stream.close()
    except OSError as error:  # unwritten bytes of a pipe whose reader has died
        _log.debug("closing a worker's pipe: %s", error)


def _failed(request_id: int, outcome: Outcome) -> Failed:
    error = outcome.error()
    return Failed(
        request_id,
        outcome.code,
        {"what": error.what, "hint": error.hint, "details": error.details},
    )
