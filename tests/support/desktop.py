"""The real window, opened as the program does and taken away without a trace."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from support import tiny_gguf

from studio.app import Desktop, open_desktop
from studio.assembly import Parts
from studio.engine.host import Host
from studio.errors import StudioError
from studio.ui.chat.tab import ChatTab


@contextmanager
def opened(parts: Parts, application: QApplication) -> Iterator[Desktop]:
    """Show the window over these parts; at the end it and they are closed."""
    desktop = open_desktop(parts, application)
    try:
        yield desktop
    finally:
        close(desktop)
        desktop.theme.deleteLater()
        application.setStyleSheet("")  # the next one is built as the first one was: undressed


def no_worker(_worker: str) -> Host:
    """Be the host of a program that has no worker."""
    raise StudioError("worker.not_here", "No worker is wanted here.", "Go on without.")


def put_models(parts: Parts) -> None:
    """Put two models on the shelf, ``tiny`` and one that is damaged, ``broken``."""
    parts.paths.models.mkdir(parents=True, exist_ok=True)
    tiny_gguf.write(parts.paths.models / "tiny.gguf", "qwen3")
    (parts.paths.models / "broken.gguf").write_bytes(b"GGUF\3\0\0\0")


def close(desktop: Desktop) -> None:
    """Close a window that a test has built itself, over a theme that somebody else owns.

    It is gone at once: as in the program, no event is worked off over what is closed.
    """
    desktop.window.close()
    desktop.close()
    desktop.window.deleteLater()
    QCoreApplication.sendPostedEvents(desktop.window, QEvent.Type.DeferredDelete.value)


def chat_of(desktop: Desktop) -> ChatTab:
    """Return the room of chats."""
    page = desktop.window.page("chat")
    assert isinstance(page, ChatTab)
    return page
