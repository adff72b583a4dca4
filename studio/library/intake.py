"""Brings a model file into a folder: by copy or by link, never over another file, or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import shutil
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import BinaryIO

from studio.errors import StudioError
from studio.library.gguf import parts_of
from studio.library.reading import reading
from studio.sizes import file_size
from studio.storage.failures import from_system, worded_files
from studio.translation import tr

Progress = Callable[[int, int], None]

_BLOCK_BYTES = 4 << 20
_SPARE_BYTES = 256 << 20  # a disk filled to the brim hurts everything else
_ABANDONED_S = 600
_NO_PLACE = frozenset(
    {errno.EACCES, errno.EROFS, errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.ENOENT, errno.ENOTDIR}
)
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f]')
_PART = re.compile(r"-\d{5}-of-\d{5}$")


def bring(
    source: Path,
    folder: Path,
    *,
    copy: bool,
    progress: Progress | None = None,
    is_cancelled: Callable[[], bool] | None = None,
) -> Path:
    """Copy or link a model, all its parts, into a folder and return where its first part is now.

    A name that is taken gets a number. Nothing is left behind when it fails or is cancelled.

    Args:
        progress: told bytes done and bytes of all.
        is_cancelled: asked between blocks.

    Raises:
        StudioError: ``disk.full``, ``data.read_only``, ``model.unreadable``, ``model.changed``,
            ``model.being_added``, ``model.link_failed`` or ``cancelled``.
    """
    sources = parts_of(source)
    targets = _free_targets(sources, folder)
    done: list[Path] = []
    try:
        if copy:
            _check_space(sources, folder)
            copier = _Copier(sources, progress, is_cancelled)
            for part, target in zip(sources, targets, strict=True):
                done.append(copier.copy(part, target))
            with worded_files(folder):
                for target in targets:  # all at once: nobody may meet a model that lacks parts
                    _settle(_partial(target), target)
                    done.append(target)
        else:
            for part, target in zip(sources, targets, strict=True):
                _link(part, target)
                done.append(target)
    except BaseException:
        for target in done:
            target.unlink(missing_ok=True)
        raise
    return targets[0]


def _free_targets(sources: Sequence[Path], folder: Path) -> list[Path]:
    stem = _safe(_PART.sub("", sources[0].stem))
    number = 1
    while True:
        name = stem if number == 1 else f"{stem} ({number})"
        tails = [part.stem[len(_PART.sub("", part.stem)) :] for part in sources]
        targets = [folder / f"{name}{tail}.gguf" for tail in tails]
        if not any(os.path.lexists(target) for target in targets):
            return targets
        number += 1


def _safe(name: str) -> str:
    """Return a name that every system takes and that stays in its folder."""
    return _FORBIDDEN.sub("_", name).strip(" .")[:200] or "model"


def _check_space(sources: Sequence[Path], folder: Path) -> None:
    with reading(sources[0]):
        needed = sum(part.stat().st_size for part in sources)
    with worded_files(folder):
        free = shutil.disk_usage(folder).free
    if needed + _SPARE_BYTES > free:
        raise StudioError(
            "disk.full",
            tr(
                "There is no room for {name}: it needs {needed}; {free} is free.",
                name=sources[0].name,
                needed=file_size(needed),
                free=file_size(free),
            ),
            tr("Free some space, or add the model as a link so that it stays where it is."),
        )


class _Copier:
    def __init__(
        self,
        sources: Sequence[Path],
        progress: Progress | None,
        is_cancelled: Callable[[], bool] | None,
    ) -> None:
        self._progress = progress
        self._is_cancelled = is_cancelled
        with reading(sources[0]):
            self._total = sum(part.stat().st_size for part in sources)
        self._done = 0

    def copy(self, source: Path, target: Path) -> Path:
        """Copy one part under the name of what is not finished, and return that."""
        partial = _partial(target)
        with reading(source):
            stream = source.open("rb")
            before = source.stat()
        with stream, worded_files(target.parent):
            out = _new_file(partial)
            try:
                with out:
                    left = before.st_size  # a file that still grows must not be chased
                    while left > 0 and (block := self._block(source, stream, left)):
                        left -= len(block)
                        out.write(block)
                    out.flush()
                    os.fsync(out.fileno())
                _check_unchanged(source, before, partial)
            except BaseException:
                partial.unlink(missing_ok=True)
                raise
        return partial

    def _block(self, source: Path, stream: BinaryIO, left: int) -> bytes:
        if self._is_cancelled and self._is_cancelled():
            raise StudioError("cancelled", tr("Adding {name} was cancelled.", name=source.name), "")
        with reading(source):
            block = stream.read(min(left, _BLOCK_BYTES))
        self._done += len(block)
        if self._progress and block:
            self._progress(self._done, self._total)
        return block


def _partial(target: Path) -> Path:
    return target.with_name(target.name + ".part")


def _new_file(partial: Path) -> BinaryIO:
    """Open a file that was not there; one that a killed copy left behind is removed first."""
    with contextlib.suppress(FileNotFoundError):
        if time.time() - partial.stat().st_mtime > _ABANDONED_S:
            partial.unlink()
    try:
        return partial.open("xb")
    except FileExistsError as error:
        raise _busy(partial) from error


def _check_unchanged(source: Path, before: os.stat_result, partial: Path) -> None:
    with reading(source):
        after = source.stat()
    same = (before.st_size, before.st_mtime_ns) == (after.st_size, after.st_mtime_ns)
    if not same or partial.stat().st_size != after.st_size:
        raise StudioError(
            "model.changed",
            tr("{name} changed while it was copied.", name=source.name),
            tr("Wait until its download is complete and add it again."),
        )


def _settle(partial: Path, target: Path) -> None:
    """Give a finished file its name, unless another file has taken it meanwhile."""
    try:
        os.link(partial, target)
    except FileExistsError as error:
        raise _busy(target) from error
    except OSError:  # a disk without hard links, such as a memory stick
        if os.path.lexists(target):
            raise _busy(target) from None
        partial.rename(target)
    else:
        partial.unlink()


def _busy(path: Path) -> StudioError:
    return StudioError(
        "model.being_added",
        tr("The same model is being added by another window or terminal."),
        tr("Wait until it is done there, then look at the list."),
        str(path),
    )


def _link(source: Path, target: Path) -> None:
    real = Path(os.path.realpath(source))
    try:
        target.symlink_to(real)
        return
    except OSError as error:
        reason = error
    if sys.platform == "win32":  # where links need a privilege, a second name needs none
        with contextlib.suppress(OSError):
            os.link(real, target)
            return
    if reason.errno in _NO_PLACE:  # then a copy has no place there either
        raise from_system(reason, target.parent) from reason
    raise StudioError(
        "model.link_failed",
        tr("A link to {name} could not be made.", name=source.name),
        tr("Add the model as a copy instead."),
        str(reason),
    )
