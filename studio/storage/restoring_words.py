"""What a person is told when their data was damaged or missing at the start."""

from __future__ import annotations

from pathlib import Path

from studio.storage.backup import Backup
from studio.storage.salvage import Salvaged
from studio.translation import tr


def told(backup: Backup | None, aside: Path | None, salvaged: Salvaged | None) -> list[str]:
    """Return what was done, and what is left to do.

    Args:
        backup: the one that was used, if any.
        aside: the damaged file under its new name; ``None`` where there was no file.
        salvaged: what could be read of it, if anything.
    """
    if aside is None:
        return [_missing(backup)]
    if salvaged is None:
        return [_damaged(backup), _lost(backup, aside)]
    if salvaged.is_whole:
        return [
            tr("Your data file was damaged and has been mended. All of it could still be read."),
            tr(
                "There is nothing to do. The damaged file is kept as {aside}; delete it once you"
                " are sure that you miss nothing.",
                aside=aside,
            ),
        ]
    return [_in_part(backup), _to_look_through(aside)]


def _missing(backup: Backup | None) -> str:
    if backup is None:
        return tr(
            "Your data file was missing, and there is no good backup, so a new one was started."
        )
    return tr(
        "Your data file was missing, so the backup of {when} was restored.", when=backup.when()
    )


def _damaged(backup: Backup | None) -> str:
    if backup is None:
        return tr(
            "Your data file was damaged, and there is no good backup, so a new one was started."
        )
    return tr(
        "Your data file was damaged, so the backup of {when} was restored.", when=backup.when()
    )


def _lost(backup: Backup | None, aside: Path) -> str:
    if backup is None:
        return tr(
            "What you had written is only in the damaged file, {aside}. Keep that file: someone"
            " who knows SQLite may still get text out of it.",
            aside=aside,
        )
    return tr(
        "What was written after that is only in the damaged file, {aside}. Keep that file if you"
        " miss something: someone who knows SQLite may still get text out of it.",
        aside=aside,
    )


def _in_part(backup: Backup | None) -> str:
    if backup is None:
        return tr(
            "Your data file was damaged. What could still be read was kept; some of your data may"
            " be missing."
        )
    return tr(
        "Your data file was damaged. What could still be read was kept, and the rest is as in the"
        " backup of {when}; some of what was written after that may be missing.",
        when=backup.when(),
    )


def _to_look_through(aside: Path) -> str:
    return tr(
        "Look through your newest chats. The damaged file is kept as {aside}; keep it if you miss"
        " something.",
        aside=aside,
    )
