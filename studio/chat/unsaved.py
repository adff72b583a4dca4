"""Replies that ended while the disk did not take them: tried again until it does."""

from __future__ import annotations

import logging
import threading
from itertools import chain, repeat

from studio.chat.recorder import Recorder
from studio.errors import StudioError

RETRY_AFTER_S = (2.0, 10.0, 60.0)  # the last one goes on for as long as the program is open

_log = logging.getLogger(__name__)


class Unsaved:
    """Keeps ended replies in memory and writes them on a thread of its own. Close it at the end."""

    def __init__(self) -> None:
        self._recorders: list[Recorder] = []
        self._lock = threading.Lock()
        self._closing = threading.Event()
        self._thread: threading.Thread | None = None

    def add(self, recorder: Recorder) -> None:
        """Take a reply whose :meth:`~studio.chat.recorder.Recorder.finish` has failed."""
        with self._lock:
            self._recorders.append(recorder)
            if self._thread is None and not self._closing.is_set():
                self._thread = threading.Thread(target=self._keep_trying, name="unsaved replies")
                self._thread.start()

    def try_again(self) -> None:
        """Write what can be written now."""
        with self._lock:
            self._recorders = [each for each in self._recorders if not _is_done_with(each)]

    def close(self) -> None:
        """Try a last time; what cannot be written even now is lost, and the log says so."""
        self._closing.set()
        if (thread := self._thread) is not None:
            thread.join()
        self.try_again()
        for recorder in self._recorders:
            _log.warning("The reply %s could not be saved.", recorder.reply_id)

    def _keep_trying(self) -> None:
        for delay_s in chain(RETRY_AFTER_S, repeat(RETRY_AFTER_S[-1])):
            if self._closing.wait(delay_s):
                return
            self.try_again()
            with self._lock:
                if not self._recorders:
                    self._thread = None
                    return


def _is_done_with(recorder: Recorder) -> bool:
    try:
        recorder.retry()
    except StudioError as error:
        _log.info("the reply stays in memory: %s", error)
        return error.code == "message.unknown"  # its conversation was deleted for good
    return True
