"""“Make it again” reads a changed model file while everything else goes on."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from support import tiny_chat

from studio.assembly import Parts, open_parts
from studio.chat.conversation import Message
from studio.chat.file_hashes import FileHashes, FileNow, Verdict
from studio.errors import StudioError
from studio.ui.chat.explain.check import CheckDialog
from studio.ui.chat.explain.doors import Explain
from studio.ui.theme import Theme

_LIMIT_MS = 20_000
_LIMIT_S = 20


@pytest.fixture
def parts(profile: Path) -> Iterator[Parts]:
    tiny_chat.put(profile / "models")
    opened = open_parts(profile)
    yield opened
    opened.close()


@pytest.fixture
def reply(parts: Parts) -> Message:
    """A reply by a file that was another one at that time."""
    store = parts.conversations
    file = str(parts.shelf.find("tiny").path)
    _, made = store.ask(store.create(model="tiny").id, "Hello", "tiny")
    recipe = {"model": "tiny", "file": file, "file_stamp": "1:1", "file_sha256": "ab" * 32}
    return store.finish_reply(made.id, "finished", content="Hi", reasoning="", recipe=recipe)


class Reading:
    """Stands for the reading of a big file: it takes until the test lets it end."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.begun, self.may_end = threading.Event(), threading.Event()
        self.fault: StudioError | None = None
        self._compare = FileHashes.compare
        monkeypatch.setattr(FileHashes, "compare", self._slowly(self._compare))

    def _slowly(self, compare: Callable[..., Verdict]) -> Callable[..., Verdict]:
        def slow(
            hashes: FileHashes,
            reply: Message,
            file: FileNow,
            told: Callable[[float], None],
            must_stop: Callable[[], bool],
        ) -> Verdict:
            self.begun.set()
            assert self.may_end.wait(_LIMIT_S)
            if self.fault:
                raise self.fault
            return compare(hashes, reply, file, told, must_stop)

        return slow


@pytest.fixture
def big(monkeypatch: pytest.MonkeyPatch) -> Reading:
    return Reading(monkeypatch)


@pytest.fixture
def explain(theme: Theme, window: QWidget, parts: Parts) -> Explain:
    made = Explain(theme, parts.conversations, lambda: parts.session, parts.background, window)
    made.know_files(lambda: parts.file_hashes)
    return made


def dialogs(window: QWidget) -> list[CheckDialog]:
    return [each for each in window.findChildren(CheckDialog) if each.isVisible()]


def test_the_background_is_free_while_the_file_is_read(
    explain: Explain, parts: Parts, reply: Message, big: Reading, window: QWidget, qtbot: QtBot
) -> None:
    explain.repeat(reply.id)
    qtbot.waitUntil(big.begun.is_set, timeout=_LIMIT_MS)
    assert len(dialogs(window)) == 1
    listed = threading.Event()

    def look() -> None:
        parts.shelf.list()
        listed.set()

    parts.background(look)
    assert listed.wait(_LIMIT_S), "listing must not wait for the file"
    assert not big.may_end.is_set()
    big.may_end.set()
    qtbot.waitUntil(lambda: dialogs(window) == [], timeout=_LIMIT_MS)


def test_a_file_that_cannot_be_read_is_told(
    explain: Explain, reply: Message, big: Reading, window: QWidget, qtbot: QtBot
) -> None:
    told: list[StudioError] = []
    explain.refused.connect(told.append)
    big.fault = StudioError("model.unreadable", "It could not be read.", "Check the disk.")
    big.may_end.set()
    explain.repeat(reply.id)
    qtbot.waitUntil(lambda: told == [big.fault], timeout=_LIMIT_MS)
    assert dialogs(window) == []
