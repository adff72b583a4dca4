"""Words for a model file that the system will not let us read."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from studio.errors import StudioError


@contextlib.contextmanager
def reading(path: Path) -> Iterator[None]:
    """Raise ``StudioError`` ``model.missing`` or ``model.unreadable`` where reading fails."""
    try:
        yield
    except (FileNotFoundError, NotADirectoryError) as error:
        raise StudioError(
            "model.missing",
            f"{path.name} is not there any more.",
            "Put it back, or remove the model from the list.",
            str(path),
        ) from error
    except OSError as error:
        raise StudioError(
            "model.unreadable",
            f"{path.name} could not be read: {error.strerror or error}.",
            "Check that you may read the file and that its disk is connected.",
            f"{path}: {error}",
        ) from error
