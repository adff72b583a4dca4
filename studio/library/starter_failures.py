"""What can go wrong on the way of a starter model to its folder, in words."""

from __future__ import annotations

from pathlib import Path

from studio.errors import StudioError
from studio.sizes import file_size
from studio.translation import tr


def not_writable(name: str, size_bytes: int, folder: Path, error: OSError) -> StudioError:
    """Return the error for a folder that a model of this size could not be saved in."""
    return StudioError(
        "starter.not_writable",
        tr(
            "{name} could not be saved in {folder}: {reason}.",
            name=name,
            folder=folder,
            reason=error.strerror or error,
        ),
        tr(
            "Free {size} there, or check that the folder may be written.",
            size=file_size(size_bytes * 2),
        ),
        str(error),
    )


def not_shipped(name: str, bundle: Path) -> StudioError:
    """Return the error for a model that a frozen program should bring along, and does not."""
    return StudioError(
        "starter.not_shipped",
        tr("{name}, which comes with this program, is missing from it.", name=name),
        tr("Install the program again, or add a GGUF model that you have."),
        str(bundle),
    )


def mismatch(name: str, details: str) -> StudioError:
    """Return the error for a download that is not the model it should be."""
    return StudioError(
        "starter.mismatch",
        tr(
            "What was fetched for {name} is not what it should be, so it was thrown away.",
            name=name,
        ),
        tr("Try again later; if it happens again, add another GGUF model by hand."),
        details,
    )


def download_failed(name: str, details: str) -> StudioError:
    """Return the error for a download that did not come to its end."""
    return StudioError(
        "starter.download_failed",
        tr("{name} could not be fetched.", name=name),
        tr("Check the connection and try again, or add a GGUF model that you have."),
        details,
    )
