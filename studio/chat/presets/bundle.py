"""Several presets in one file, to pass on: written whole, and read whole or not at all."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from studio.chat.presets.preset_file import MOST_BYTES, Preset, from_data, to_data
from studio.errors import StudioError
from studio.paths import write_private
from studio.translation import tr

FORMAT = "local-ai-studio/presets"
VERSION = 1
_MOST = 1_000


def write(path: Path, presets: Iterable[Preset]) -> int:
    """Write presets into a file, replacing it whole; return how many.

    Raises:
        StudioError: ``export.not_saved``.
    """
    rows = [{"name": preset.name} | to_data(preset) for preset in presets]
    held = {"format": FORMAT, "version": VERSION, "presets": rows}
    try:
        write_private(path, (json.dumps(held, ensure_ascii=False, indent=2) + "\n").encode())
    except OSError as error:
        raise StudioError(
            "export.not_saved",
            tr(
                "The file {path} cannot be written: {problem}.",
                path=path,
                problem=error.strerror or error,
            ),
            tr("Name another file."),
            str(error),
        ) from error
    return len(rows)


def read(path: Path) -> list[Preset]:
    """Return the presets in a file that :func:`write` made, or the one in a preset's own file.

    Raises:
        StudioError: ``import.unreadable``, ``import.newer`` or ``import.not_ours``.
    """
    try:
        if path.stat().st_size > MOST_BYTES:
            raise _unreadable(path, tr("It is larger than {most} MB.", most=MOST_BYTES // 1000**2))
        data = json.loads(path.read_text("utf-8-sig"))
    except FileNotFoundError as error:
        raise StudioError(
            "import.unreadable",
            tr("There is no file {path}.", path=path),
            tr("Check the path, and try again."),
            str(error),
        ) from error
    except OSError as error:
        reason = tr("It cannot be read: {problem}.", problem=error.strerror or error)
        raise _unreadable(path, reason) from error
    except (ValueError, RecursionError) as error:
        raise _unreadable(path, tr("It is not whole, or no JSON."), str(error)) from error
    if not isinstance(data, dict):
        raise _not_ours(path)
    if "format" not in data and "title" in data:
        return [_preset(path, 1, path.stem, data)]
    if data.get("format") != FORMAT:
        raise _not_ours(path)
    if data.get("version") != VERSION:
        raise StudioError(
            "import.newer",
            tr("{file} was written by another version of Local AI Studio.", file=path.name),
            tr("Install the newest version, and import it again."),
        )
    return _rows(path, data.get("presets"))


def _rows(path: Path, rows: object) -> list[Preset]:
    if not isinstance(rows, list) or len(rows) > _MOST:
        raise _unreadable(path, tr("It must hold a list of at most {most:,} presets.", most=_MOST))
    return [
        _preset(
            path,
            number,
            str(row.get("name", "")),
            {key: value for key, value in row.items() if key != "name"},
        )
        if isinstance(row, dict)
        else _preset(path, number, "", row)
        for number, row in enumerate(rows, 1)
    ]


def _preset(path: Path, number: int, name: str, data: object) -> Preset:
    try:
        return from_data(name, data)
    except StudioError as error:
        raise _unreadable(
            path, tr("Preset {number}: {reason}", number=number, reason=error.what)
        ) from error
    except RecursionError as error:
        reason = tr("It is nested too deeply.")
        raise _unreadable(
            path, tr("Preset {number}: {reason}", number=number, reason=reason)
        ) from error


def _unreadable(path: Path, reason: str, details: str = "") -> StudioError:
    return StudioError(
        "import.unreadable",
        tr("{file} cannot be taken in. {reason}", file=path.name, reason=reason),
        tr("Nothing was changed. Export it again, or choose another file."),
        details,
    )


def _not_ours(path: Path) -> StudioError:
    return StudioError(
        "import.not_ours",
        tr("{file} holds no presets of Local AI Studio.", file=path.name),
        tr("Choose a file that was exported with: studio presets export."),
    )
