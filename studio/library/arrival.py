"""Gets starter models onto the shelf: shown again where they are already, and else fetched."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence

from studio.library import starter
from studio.library.shelf import Shelf
from studio.library.starter import Bytes, Starter, Words


def ships_with_the_program() -> bool:
    """Tell whether starters come with this program, so that nothing is fetched for them."""
    return bool(getattr(sys, "frozen", False))


def get_starters(
    shelf: Shelf,
    starters: Sequence[Starter] | None = None,
    progress: Words | None = None,
    *,
    fetched: Bytes | None = None,
    is_cancelled: Callable[[], bool] | None = None,
) -> list[str]:
    """Have starters on the list, all that there are unless some are named; return their names.

    One that is in the folder of the program and was only taken off the list is put back on it.

    Raises:
        StudioError: as :func:`studio.library.starter.install`.
    """
    frozen = ships_with_the_program()
    wanted = starters or (starter.SHIPPED if frozen else starter.STARTERS)
    # Of the frozen program install() itself looks at what it brought, and says when that is gone.
    missing = [each for each in wanted if frozen or not starter.is_present(shelf.shipped, [each])]
    if missing:
        starter.install(
            shelf.own, sys.executable, progress, missing, fetched=fetched, is_cancelled=is_cancelled
        )
    for each in wanted:
        for file in each.files:
            shelf.show(file.target)
    return [each.name for each in wanted]
