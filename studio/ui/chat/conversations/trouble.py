"""Tells what could not be done in the list of chats, until the same thing succeeds."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from studio.errors import StudioError
from studio.translation import tr
from studio.ui.theme import Theme
from studio.ui.widgets.banner import Banner
from studio.ui.widgets.buttons import Button

Result = TypeVar("Result")
READING = "list"


class Trouble:
    """Has a banner, and below it a button that reads the list again where that had failed."""

    def __init__(self, theme: Theme, read_again: Callable[[], object]) -> None:
        self.banner = Banner(theme)
        self.again = Button(theme, tr("Try again"), icon="refresh-cw", name="list_again")
        self.again.on_click(read_again)
        self.again.hide()
        self._failed_at = ""

    def tried(self, what: str, act: Callable[[], Result]) -> Result | None:
        """Return what ``act`` does; a failure is told until the same thing succeeds."""
        try:
            result = act()
        except StudioError as error:
            self._failed_at = what
            self.banner.show_error(error)
            self.again.setVisible(what == READING)
            return None
        if self._failed_at == what:
            self._failed_at = ""
            self.banner.hide()
            self.again.hide()
        return result
