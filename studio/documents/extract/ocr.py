"""Reads pictures of text with the program Tesseract, where it is installed.

It runs as a process of its own, one page at a time, with one thread, and is ended when the person
presses Stop or a page takes too long. It reads from its standard input, so that the name of a file
never reaches its command line.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from studio.documents.extract.characters import clean, tidy
from studio.documents.extract.source import Findings, Source

_PAGE_S = 90.0
_LOOK_EVERY_S = 0.1
_ASK_S = 20.0
_AT_MOST = 3  # languages that are taken unasked; each makes it slower
_ORIENTATION = "osd"  # the data by which it finds out how a page is turned
_USUAL_PLACES = {
    "darwin": ("/opt/homebrew/bin/tesseract", "/usr/local/bin/tesseract"),
    "win32": (r"C:\Program Files\Tesseract-OCR\tesseract.exe",),
}


class Tesseract:
    """The program, and what it knows.

    Args:
        program: its path.
        installed: the data that it has, as ``tesseract --list-langs`` names them.
    """

    def __init__(self, program: str, installed: Sequence[str]) -> None:
        self._program = program
        self._installed = tuple(installed)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that it knows."""
        return tuple(name for name in self._installed if name != _ORIENTATION)

    def read(self, picture: bytes, source: Source, findings: Findings, dpi: int = 0) -> list[str]:
        """Return the text of each page of a picture; empty when it could not be recognised.

        Args:
            picture: a file of its own kind, such as PNG or PGM.
            dpi: 0 leaves it to the picture.

        Raises:
            CancelledError: the person has pressed Stop.
        """
        command = [self._program, "stdin", "stdout", "-l", "+".join(self._wanted(source, findings))]
        command += ["--psm", "1" if _ORIENTATION in self._installed else "3"]
        if dpi:
            command += ["--dpi", str(dpi)]
        answer = _run(command, picture, source)
        if answer is None:
            return []
        pages = answer.decode("utf-8", "replace").split("\f")
        return [tidy(clean(page)) for page in pages[: max(1, len(pages) - 1)]]

    def _wanted(self, source: Source, findings: Findings) -> Sequence[str]:
        wanted = [name for name in source.languages if name in self.languages]
        if missing := [name for name in source.languages if name not in self.languages]:
            findings.note("ocr_languages", names=", ".join(missing))
        if wanted:
            return wanted
        if len(self.languages) <= _AT_MOST:
            return self.languages
        return ["eng"] if "eng" in self.languages else self.languages[:1]


@cache
def find() -> Tesseract | None:
    """Return the program if this computer has it, with at least one language."""
    program = shutil.which("tesseract") or next(
        (place for place in _USUAL_PLACES.get(sys.platform, ()) if Path(place).is_file()), None
    )
    if program is None:
        return None
    try:
        told = subprocess.run(
            [program, "--list-langs"],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_ASK_S,
            check=True,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except (OSError, subprocess.SubprocessError):
        return None  # one that does not start is as good as none
    names = told.stdout.decode("utf-8", "replace").splitlines()[1:]
    tesseract = Tesseract(program, [name.strip() for name in names if name.strip()])
    return tesseract if tesseract.languages else None


def _run(command: Sequence[str], picture: bytes, source: Source) -> bytes | None:
    """Return what a program answers to a picture; ``None`` when it failed or took too long."""
    with tempfile.TemporaryFile() as given:  # a pipe would have to be fed while it is listened to
        given.write(picture)
        given.seek(0)
        with subprocess.Popen(
            command,
            stdin=given,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},  # more of them make it slower
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        ) as process:
            try:
                return _answer(process, source)
            finally:
                if process.poll() is None:
                    process.kill()


def _answer(process: subprocess.Popen[bytes], source: Source) -> bytes | None:
    until = time.monotonic() + _PAGE_S
    while time.monotonic() < until:
        source.check()
        try:
            answer, _ = process.communicate(timeout=_LOOK_EVERY_S)
        except subprocess.TimeoutExpired:
            continue
        return answer if process.returncode == 0 else None
    return None
