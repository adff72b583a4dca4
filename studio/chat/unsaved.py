"""Replies that the disk did not take: watched, kept in memory, tried again until it does."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import chain, repeat

from studio.chat.conversation import Message
from studio.chat.recorder import Recorder
from studio.chat.turn import ReplySaved
from studio.errors import StudioError
from studio.translation import mark, tr

RETRY_AFTER_S = (2.0, 5.0, 10.0)  # the last one goes on for as long as the program is open

UNSAVED = "reply.unsaved"  # the failure of a reply in memory; none in the store has it

# What the disk's own advice says of trying again is done here.
_NEXT_STEPS = {
    "disk.full": mark("Free some space."),
    "disk.failed": mark("Check that the disk is connected and healthy."),
    "data.read_only": mark("Allow writing there."),
    "database.busy": mark("Close other windows and terminals of Local AI Studio."),
}

_log = logging.getLogger(__name__)


class Unsaved:
    """Keeps ended replies in memory and writes them on a thread of its own. Close it at the end."""

    def __init__(self) -> None:
        self._written: _Waiting | None = None
        self._waiting: list[_Waiting] = []
        self._lock = threading.Lock()
        self._closing = threading.Event()
        self._thread: threading.Thread | None = None

    @contextmanager
    def watching(
        self, recorder: Recorder, listener: Callable[[ReplySaved], object]
    ) -> Iterator[None]:
        """Look after a reply that is written within the block.

        Args:
            listener: is told, on any thread, when the reply is saved after all.
        """
        self._written = _Waiting(recorder, listener)
        try:
            yield
        finally:
            self._written = None

    def add(self, recorder: Recorder) -> None:
        """Take a reply whose :meth:`~studio.chat.recorder.Recorder.finish` has failed."""
        written = self._written
        is_watched = written is not None and written.recorder is recorder
        with self._lock:
            self._waiting.append(written if written and is_watched else _Waiting(recorder))
            if self._thread is None and not self._closing.is_set():
                self._thread = threading.Thread(target=self._keep_trying, name="unsaved replies")
                self._thread.start()

    def try_again(self) -> None:
        """Write what can be written now."""
        with self._lock:
            tried = [each for each in self._waiting if each.try_again()]
            self._waiting = [each for each in self._waiting if each not in tried]
        for each in tried:
            each.tell()

    def trouble(self) -> StudioError | None:
        """Return why a reply would be lost if the program ended now, after one more try."""
        self.try_again()
        with self._lock:
            for each in self._waiting:
                if each.trouble is not None:
                    return each.trouble
        written = self._written
        return written.recorder.trouble if written is not None else None

    def close(self) -> None:
        """Try a last time; what cannot be written even now is lost, and the log says so."""
        self._closing.set()
        if (thread := self._thread) is not None:
            thread.join()
        self.try_again()
        for each in self._waiting:  # its turn has told the person already
            _log.info("The reply %s could not be saved.", each.recorder.reply_id)

    def _keep_trying(self) -> None:
        try:
            self._try_until_all_is_saved()
        except BaseException:
            with self._lock:
                self._thread = None  # the next reply that waits begins another one
            raise

    def _try_until_all_is_saved(self) -> None:
        for delay_s in chain(RETRY_AFTER_S, repeat(RETRY_AFTER_S[-1])):
            if self._closing.wait(delay_s):
                return
            self.try_again()
            with self._lock:
                if not self._waiting:
                    self._thread = None
                    return


class _Waiting:
    """A reply in memory, and who wants to know when it is saved."""

    def __init__(
        self,
        recorder: Recorder,
        listener: Callable[[ReplySaved], object] = lambda _event: None,
    ) -> None:
        self.recorder = recorder
        self.trouble: StudioError | None = None
        self._listener = listener
        self._saved: Message | None = None

    def try_again(self) -> bool:
        """Write it; return whether there is nothing more to be done about it."""
        try:
            self._saved = self.recorder.retry()
        except StudioError as error:
            _log.info("the reply stays in memory: %s", error)
            self.trouble = error
            return error.code == "message.unknown"  # its conversation was deleted for good
        return True

    def tell(self) -> None:
        """Tell that it is saved, if it is."""
        if self._saved is not None:
            self._listener(ReplySaved(self._saved.conversation_id, self._saved))


def not_saved(error: StudioError) -> StudioError:
    """Return a failure of the disk as the reason why a reply is not saved."""
    step = _NEXT_STEPS.get(error.code)
    return StudioError(
        error.code,
        tr("The reply could not be saved. {reason}", reason=error.what),
        tr(step) if step else error.hint,
        error.details,
    )
