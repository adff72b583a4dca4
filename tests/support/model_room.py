"""A keeper of models that holds them in a list, and some models to hold."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot
from support.dressing import dressed_when_built
from support.listed import listed

from studio.engine.language import LoadSettings
from studio.errors import StudioError
from studio.ui.library.entry import ModelEntry, RemovedModel, StarterOffer, Verdict
from studio.ui.library.page import ModelsTab
from studio.ui.theme import Theme
from studio.ui.widgets.buttons import Button
from studio.ui.widgets.toast import Toasts

BROKEN = StudioError("model.truncated", "It is cut short.", "Get it again.", "3 of 7 bytes")
SMALL = ModelEntry(
    "small",
    Path("/models/small.gguf"),
    98_000_000,
    architecture="llama",
    quantization="Q4_1",
    parameters=135_000_000,
    context_trained=8192,
    licence="Apache-2.0",
    fit=Verdict("Fits well", "success"),
    own=False,
)
LARGE = ModelEntry(
    "large",
    Path("/models/large.gguf"),
    42_400_000_000,
    architecture="qwen3",
    parameters=70_000_000_000,
    fit=Verdict("Needs 44 GB; 21 GB is free", "danger"),
)
CUT = ModelEntry("cut", Path("/models/cut.gguf"), 3, problem=BROKEN)
FINDER = ModelEntry("finder", Path("/models/finder.gguf"), 46_000_000, purpose="embedding")


REMOVED_AT = datetime(2026, 6, 17, 14, 30, tzinfo=UTC)


class ListKeeper:
    """Keeps models in a list and answers from another thread, as the real one does."""

    def __init__(self, *entries: ModelEntry) -> None:
        self.entries = list(entries)
        self.trash: list[ModelEntry] = []
        self.links: set[str] = set()
        self.asked = 0
        self.ships = False
        self.settings: dict[str, LoadSettings] = {}
        self.refusal: StudioError | None = None
        self.cancelled = False
        self.starter_calls: tuple[Callable[..., object], ...] = ()
        self.holds_adding = False
        self.add_calls: list[tuple[Callable[..., object], ...]] = []

    def list(self, done: Callable[..., object], failed: Callable[..., object]) -> None:
        self._answer(done, tuple(self.entries))

    def add(
        self,
        paths: Sequence[Path],
        progress: Callable[..., object],
        done: Callable[..., object],
        failed: Callable[..., object],
    ) -> Callable[[], object]:
        self.add_calls.append((progress, done, failed))
        if self.holds_adding:
            return self._cancel
        if self.refusal is not None:
            self._answer(done, [])
            self._answer(failed, self.refusal)
            return self._cancel
        self.entries += [replace(LARGE, name=path.stem, path=path) for path in paths]
        self._answer(done, [path.stem for path in paths])
        return self._cancel

    def remove(self, name: str, done: Callable[..., object], failed: Callable[..., object]) -> None:
        self.trash += [entry for entry in self.entries if entry.name == name]
        self.entries = [entry for entry in self.entries if entry.name != name]
        self._answer(done)

    def undo_remove(
        self, name: str, done: Callable[..., object], failed: Callable[..., object]
    ) -> None:
        self.entries.append(self._taken(name))
        self._answer(done)

    def removed(self, done: Callable[..., object], failed: Callable[..., object]) -> None:
        self.asked += 1
        told = [
            RemovedModel(
                each.name,
                each.name,
                each.size_bytes if each.own else 0,
                REMOVED_AT,
                each.name in self.links,
            )
            for each in self.trash
        ]
        self._answer(done, told)

    def restore(self, key: str, done: Callable[..., object], failed: Callable[..., object]) -> None:
        if self.refusal is not None:
            self._answer(failed, self.refusal)
            return
        self.entries.append(self._taken(key))
        self._answer(done, key)

    def delete(self, key: str, done: Callable[..., object], failed: Callable[..., object]) -> None:
        self._taken(key)
        self._answer(done)

    def _taken(self, name: str) -> ModelEntry:
        place = [entry.name for entry in self.trash].index(name)
        return self.trash.pop(place)

    def settings_of(self, name: str) -> LoadSettings:
        return self.settings.get(name, LoadSettings())

    def save_settings(self, name: str, settings: LoadSettings) -> None:
        if self.refusal is not None:
            raise self.refusal
        self.settings[name] = settings

    def judge(self, name: str, settings: LoadSettings, done: Callable[..., object]) -> None:
        self._answer(done, Verdict(f"{settings.context} fits", "success"))

    def starter(self) -> StarterOffer:
        return StarterOffer("SmolLM2 135M", 98_000_000, "Apache-2.0", self.ships)

    def get_starter(
        self,
        progress: Callable[..., object],
        done: Callable[..., object],
        failed: Callable[..., object],
    ) -> Callable[[], object]:
        self.starter_calls = (progress, done, failed)
        return self._cancel

    def _cancel(self) -> None:
        self.cancelled = True

    def _answer(self, callback: Callable[..., object], *args: Any) -> None:
        thread = threading.Thread(target=callback, args=args)
        thread.start()
        thread.join()


class Stage:
    """The page in a window of its own."""

    def __init__(self, theme: Theme, qtbot: QtBot, keeper: ListKeeper) -> None:
        self.keeper = keeper
        self.files: list[Path] = []
        with dressed_when_built(theme):
            self.host = QWidget()
            self.host.resize(1100, 800)
            qtbot.addWidget(self.host)
            self.toasts = Toasts(theme, self.host)
            self.tab = ModelsTab(theme, keeper, self.toasts, choose_files=lambda: self.files)
            self.tab.setParent(self.host)
            self.tab.resize(1100, 800)
        self.host.show()
        self.host.activateWindow()
        self.tab.side.list.setFocus()

    def names(self) -> list[str]:
        return listed(self.tab.side.list)

    def button(self, name: str) -> Button:
        found = self.tab.findChild(Button, name)
        assert found is not None, name
        return found

    def words(self) -> str:
        return " ".join(made.text() for made in self.tab.findChildren(QLabel) if made.isVisible())
