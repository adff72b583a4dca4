"""Opens the program for each group of pictures: real window, real worker, the starter model.

Without arguments every picture is taken anew; names of scenes take only those. Each picture is
taken in a data folder of its own, so that nothing of the person's is seen.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from unittest.mock import patch

import picture_talks
from photographer import LARGE, SMALL, Photographer
from picture_scenes import SCENES, warm_up
from PySide6.QtWidgets import QAbstractButton, QApplication

from studio import paths
from studio.app import open_desktop
from studio.assembly import open_parts
from studio.paths import Paths
from studio.ui.speech import speak

FIRST_START = "first_start"
LANGUAGES = {
    "german": ("de", picture_talks.GERMAN),
    "right_to_left": ("ar", picture_talks.RIGHT),
}
NAMES = (FIRST_START, *SCENES, *LANGUAGES)
MODES = ("light", "dark")
PICTURES = Path(__file__).resolve().parents[1] / "docs" / "pictures"
_DATA = Path(".local") / "share" / "local-ai-studio"


def main(arguments: Sequence[str]) -> int:
    """Take the pictures of these scenes, or every one."""
    parser = argparse.ArgumentParser(prog="screenshots", description="Draw docs/pictures/.")
    parser.add_argument("scenes", nargs="*", metavar="SCENE", help=", ".join(NAMES))
    parser.add_argument(
        "--into", type=Path, default=PICTURES, metavar="FOLDER", help="where the pictures go"
    )
    given = parser.parse_args(arguments)
    wanted = given.scenes or list(NAMES)
    if unknown := sorted(set(wanted) - set(NAMES)):
        parser.error(f"there is no scene {', '.join(unknown)}; there are {', '.join(NAMES)}")
    os.environ.setdefault("OMP_WAIT_POLICY", "passive")  # a busy machine is no slower for it
    began = time.time()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        _use_large_screen(Path(folder))
        application = QApplication(sys.argv[:1])
        _speak("en", application)
        with _nothing_shipped() as shipped:
            _Studio(application, Path(folder), given.into).take(shipped, wanted)
    if set(wanted) == set(NAMES) and given.into == PICTURES:
        _remove_older(began)
    return 0


def _remove_older(began: float) -> None:
    """Remove pictures that no scene takes any more."""
    for file in PICTURES.glob("*.png"):
        if file.stat().st_mtime < began - 1:
            file.unlink()


@dataclass(frozen=True)
class _Studio:
    """Where pictures are taken: in data folders inside ``folder``, and where they go."""

    application: QApplication
    folder: Path
    pictures: Path

    def take(self, shipped: Path, wanted: Sequence[str]) -> None:
        """Take the pictures of these scenes."""
        filled = self.folder / "filled"
        if set(wanted) != {FIRST_START}:
            _have_models(filled, shipped)
            picture_talks.fill(filled)
        for mode in MODES:
            if FIRST_START in wanted:
                self._visit(self.folder / f"first-{mode}", mode, _first_start)
            if set(SCENES) & set(wanted):
                home = _copied(filled, self.folder / mode)
                self._visit(home, mode, lambda at: _take_all(at, wanted))
        for name in LANGUAGES:
            for mode in MODES:
                if name in wanted:
                    home = _copied(filled, self.folder / f"{name}-{mode}")
                    self._visit_in_language(home, mode, name)

    def _visit(self, home: Path, mode: str, look: Callable[[Photographer], None]) -> None:
        folder = Path(str(home).removesuffix(str(_DATA)))
        os.environ["HOME"] = str(folder)
        parts = open_parts(home)
        parts.settings.set("appearance.theme", mode)
        parts.settings.set("chat.titles", False)
        desktop = open_desktop(parts, self.application)
        desktop.window.resize(SMALL)
        try:
            at = Photographer(self.application, desktop, mode, folder, self.pictures)
            at.rest(1)
            look(at)
        finally:
            desktop.window.close()
            desktop.close()

    def _visit_in_language(self, home: Path, mode: str, name: str) -> None:
        language, talk = LANGUAGES[name]
        if language == "de":
            picture_talks.put_into_german(home)
        _speak(language, self.application)

        def look(at: Photographer) -> None:
            at.begin()
            at.open(talk)
            at.take(name.replace("_", "-"))

        self._visit(home, mode, look)
        _speak("en", self.application)


def _take_all(at: Photographer, wanted: Sequence[str]) -> None:
    warm_up(at)
    for name in (name for name in SCENES if name in wanted):
        at.begin()
        SCENES[name](at)


def _first_start(at: Photographer) -> None:
    at.until(lambda: any(map(_offers_starter, at.tab.work.welcome.findChildren(QAbstractButton))))
    at.take("first-start")


def _offers_starter(button: QAbstractButton) -> bool:
    return button.isVisible() and "starter" in button.text()


def _speak(language: str, application: QApplication) -> None:
    speak(language, paths.find().resources / "translations", application)


def _have_models(home: Path, shipped: Path) -> None:
    """Have the models lie in the person's folder, as after "Get the starter model"."""
    parts = open_parts(home)
    for file in shipped.glob("*.gguf"):
        shutil.copy(file, parts.paths.models)
    parts.close()


def _copied(filled: Path, folder: Path) -> Path:
    """Return a copy of the data folder where the program would have it."""
    return Path(shutil.copytree(filled, folder / _DATA))


def _use_large_screen(folder: Path) -> None:
    """Give Qt's invisible platform a screen that all windows have room on."""
    if os.environ.get("QT_QPA_PLATFORM") != "offscreen":
        return
    screen = {"name": "screen", "x": 0, "y": 0, "dpr": 1, "logicalDpi": 96, "logicalBaseDpi": 96}
    size = {"width": LARGE.width(), "height": LARGE.height()}
    file = folder / "screen.json"
    file.write_text(json.dumps({"screens": [screen | size]}), encoding="utf-8")
    os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={file}"


@contextmanager
def _nothing_shipped() -> Iterator[Path]:
    """Let the program find no models beside itself; give the folder that has them."""
    found = paths.find()
    empty = found.resources  # no weights lie there

    def find(home: Path | None = None) -> Paths:
        return replace(found, data=home or found.data, shipped_models=empty)

    with patch.object(paths, "find", find):
        yield found.shipped_models
