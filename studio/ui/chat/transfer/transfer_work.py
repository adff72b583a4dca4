"""Long work on chats for a dialog: runs elsewhere, tells how far it is, and can be stopped."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from studio.background import Flag
from studio.errors import StudioError, in_words
from studio.translation import tr
from studio.ui.relay import Relay

IsStopped = Callable[[], bool]
Transfer = Callable[[Callable[[IsStopped], None]], object]


class TransferWork(QObject):
    """``advanced`` tells n of N, ``ended`` carries what the work gave, or a StudioError.

    It belongs to ``parent``, which outlives the work, and not to the dialog: that calls
    :meth:`retire` when it is closed.

    Args:
        transfer: runs long work on a thread; see :meth:`studio.assembly.Parts.transfer`.
        relay: of the parent.
    """

    advanced = Signal(int, int)
    ended = Signal(object)

    def __init__(self, transfer: Transfer, relay: Relay, parent: QObject) -> None:
        super().__init__(parent)
        self._transfer = transfer
        self._stop = Flag()
        self._is_running = False
        self._is_retired = False
        self.relay = relay
        self.tell_advance = relay.wrap(self.advanced.emit)
        self._tell_end = relay.wrap(self._on_ended)

    def start(self, work: Callable[[IsStopped], object]) -> None:
        """Run ``work``; its argument tells whether it is to stop, with the code ``cancelled``."""
        self._stop.clear()
        self._is_running = True
        self._transfer(lambda is_closing: self._run(work, is_closing))

    def cancel(self) -> None:
        """Have the work stop soon."""
        self._stop.set()

    def retire(self) -> None:
        """Stop, tell nothing more, and go."""
        self._is_retired = True
        self.cancel()
        if not self._is_running:
            self.deleteLater()

    def _run(self, work: Callable[[IsStopped], object], is_closing: IsStopped) -> None:
        try:
            result = work(lambda: self._stop.is_set() or is_closing())
        except StudioError as error:
            self._tell_end(error)
        except Exception as error:
            self._tell_end(in_words(error))
            raise  # a fault of the program: the background reports it
        else:
            self._tell_end(result)

    def _on_ended(self, result: object) -> None:
        self._is_running = False
        if self._is_retired:
            self.deleteLater()
        else:
            self.ended.emit(result)


def check(is_stopped: IsStopped) -> None:
    """Stop an export here if that is wanted.

    Raises:
        StudioError: ``cancelled``.
    """
    if is_stopped():
        raise StudioError(
            "cancelled", tr("The export was stopped."), tr("Begin it again at any time.")
        )
