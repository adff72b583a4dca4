"""Words for a model file that the system will not let us read."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from studio.errors import StudioError
from studio.translation import tr


@contextlib.contextmanager
def reading(path: Path) -> Iterator[None]:
    """Raise ``StudioError`` ``model.missing`` or ``model.unreadable`` where reading fails."""
    try:
        yield
    except (FileNotFoundError, NotADirectoryError) as error:
        raise StudioError(
            "model.missing",
            tr("{name} is not there any more.", name=path.name),
            tr("Put it back, or remove the model from the list."),
            str(path),
        ) from error
    except OSError as error:
        raise StudioError(
            "model.unreadable",
            tr(
                "{name} could not be read: {reason}.",
                name=path.name,
                reason=error.strerror or error,
            ),
            tr("Check that you may read the file and that its disk is connected."),
            f"{path}: {error}",
        ) from error
