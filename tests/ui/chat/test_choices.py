"""Which models there are is asked off the window's thread, and shows once it is known."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import cast

import pytest
from pytestqt.qtbot import QtBot

from studio.chat.presets.model import Taken
from studio.chat.presets.presets import Preset, Presets
from studio.chat.session import ChatSession
from studio.engine.language import ModelLoaded, Sampling
from studio.errors import StudioError
from studio.library.shelf import ShelfModel
from studio.ui.chat.choices import Background, Choices, Wishes
from studio.ui.chat.inspector.pane import InspectorPane
from studio.ui.chat.work_area import WorkArea
from studio.ui.theme import Theme

NO_HEADER = ShelfModel("cut", Path("/models/cut.gguf"), "own", 3, None)
PLAIN = Preset("plain", "Plain", "", "", Sampling())


class OnePreset:
    def list(self) -> Sequence[Preset]:
        return [PLAIN]

    def in_force(self, _name: str, _model: str) -> Preset:
        return PLAIN


class NothingLoaded:
    def loaded(self) -> ModelLoaded | None:
        return None

    def would_use(self, _model: str, _preset: str) -> Taken:
        raise StudioError("model.none_here", "No model is here.", "Get one.")


class Shelf:
    """Answers with one damaged model, and notes on which thread it was asked."""

    def __init__(self) -> None:
        self.asked_on: list[threading.Thread] = []

    def list(self) -> Sequence[ShelfModel]:
        self.asked_on.append(threading.current_thread())
        return [NO_HEADER]


@pytest.fixture
def work(theme: Theme, qtbot: QtBot) -> WorkArea:
    work = WorkArea(theme, lambda: True)
    qtbot.addWidget(work)
    return work


def choices(theme: Theme, work: WorkArea, shelf: Shelf, background: Background | None) -> Choices:
    inspector = InspectorPane(theme)
    inspector.setParent(work)
    return Choices(
        work,
        inspector,
        lambda: cast(ChatSession, NothingLoaded()),
        lambda: cast(Presets, OnePreset()),
        shelf.list,
        Wishes(lambda: True, lambda: "", lambda: "", lambda: True),
        background,
    )


def blocked(work: WorkArea) -> bool:
    return work.welcome.currentIndex() == 1


def test_the_shelf_is_asked_in_the_background(theme: Theme, work: WorkArea, qtbot: QtBot) -> None:
    shelf = Shelf()
    waiting: list[Callable[[], None]] = []
    made = choices(theme, work, shelf, waiting.append)
    work.welcome.set_has_model(True)
    made.load()
    assert shelf.asked_on == []
    thread = threading.Thread(target=waiting[0])
    thread.start()
    thread.join()
    assert shelf.asked_on == [thread]
    assert not blocked(work)
    qtbot.waitUntil(lambda: blocked(work))


def test_without_a_background_it_is_asked_at_once(theme: Theme, work: WorkArea) -> None:
    shelf = Shelf()
    work.welcome.set_has_model(True)
    choices(theme, work, shelf, None).load()
    assert shelf.asked_on == [threading.current_thread()]
    assert blocked(work)
