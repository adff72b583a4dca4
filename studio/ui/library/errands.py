"""Errands of the Models page: each ends, in words if it fails, and long ones can be cancelled."""

from __future__ import annotations

import logging
from collections.abc import Callable

from studio.background import Flag
from studio.errors import StudioError, in_words
from studio.ui.library.entry import Failed

IsCancelled = Callable[[], bool]
Transfer = Callable[[Callable[[IsCancelled], None]], object]

_log = logging.getLogger(__name__)


class Transfers:
    """Copies and downloads, one after another.

    Args:
        transfer: runs work off the window's thread, apart from all else, and gives it a function
            that tells whether the program is being closed.
    """

    def __init__(self, transfer: Transfer) -> None:
        self._transfer = transfer

    def run(
        self,
        work: Callable[[IsCancelled], None],
        failed: Failed,
        end: Callable[[], None] = lambda: None,
    ) -> Callable[[], object]:
        """Do something that may take minutes, and ``end`` after it; return what cancels it."""
        cancelled = Flag()

        def carry(is_closing: IsCancelled) -> None:
            attempt(lambda: work(lambda: cancelled.is_set() or is_closing()), failed)
            end()

        self._transfer(carry)
        return cancelled.set


def attempt(work: Callable[[], None], failed: Failed) -> None:
    """Do something and tell whatever it fails with, for the page not to wait for it."""
    try:
        work()
    except StudioError as error:
        failed(error)
    except Exception as error:  # noqa: BLE001 - logged and told, for the page waits for an end
        _log.exception("on the Models page")
        failed(in_words(error))
