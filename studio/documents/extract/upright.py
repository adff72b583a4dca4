"""Turns the picture of a page that lies a little askew until its lines are level.

Lines are level where the sums of dark along the rows differ most from row to row (the projection
profile of W. Postl, "Detection of linear oblique structures and skew scan in digitized documents",
1986). Pages that lie on their side are left to the recognition itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Pixels = NDArray[np.uint8]

_MOST_DEGREES = 8.0
_COARSE, _FINE = 0.5, 0.1
_WORTH_IT = 0.3  # degrees; less is read as well as none
_LOOKED_AT = 700  # pixels across
_CLEARER = 1.1  # how much clearer lines must be than as the page lies


def straightened(pixels: Pixels) -> Pixels:
    """Return a grey picture, rows by columns, with its lines level; white where nothing was."""
    degrees = skew(pixels)
    return pixels if abs(degrees) < _WORTH_IT else _turned(pixels, degrees)


def skew(pixels: Pixels) -> float:
    """Return by how many degrees the lines of a page fall to the right; 0 where it has none."""
    import numpy as np

    step = max(1, min(pixels.shape) // _LOOKED_AT)
    small = pixels[: pixels.shape[0] // step * step, : pixels.shape[1] // step * step]
    small = small.reshape(small.shape[0] // step, step, -1, step).mean(axis=(1, 3))
    dark = np.where(small < min(160.0, float(small.mean())), 1.0, 0.0)
    dark[dark.mean(axis=1) > 0.5] = 0  # edges of the glass, not lines
    if dark.sum() < 100:
        return 0.0
    rows, columns = np.nonzero(dark)

    def clearness(degrees: float) -> float:
        lines = np.rint(rows - columns * np.tan(np.radians(degrees))).astype(np.int64)
        sums = np.bincount(lines - lines.min()).astype(np.float64)
        return float(np.square(np.diff(sums)).sum())

    coarse = max(np.arange(-_MOST_DEGREES, _MOST_DEGREES + _COARSE, _COARSE), key=clearness)
    fine = max(np.arange(coarse - _COARSE, coarse + _COARSE + _FINE, _FINE), key=clearness)
    return float(fine) if clearness(float(fine)) > _CLEARER * clearness(0.0) else 0.0


def _turned(pixels: Pixels, degrees: float) -> Pixels:
    import numpy as np

    rows, columns = pixels.shape
    angle = np.radians(degrees)
    down, across = (rows - 1) / 2, (columns - 1) / 2
    result: Any = np.full_like(pixels, 255)
    x = np.arange(columns) - across
    for row in range(rows):  # row by row, for the whole would need many times the picture's memory
        y = row - down
        from_row = np.rint(down + y * np.cos(angle) + x * np.sin(angle)).astype(np.int64)
        from_column = np.rint(across - y * np.sin(angle) + x * np.cos(angle)).astype(np.int64)
        inside = (from_row >= 0) & (from_row < rows) & (from_column >= 0) & (from_column < columns)
        result[row, inside] = pixels[from_row[inside], from_column[inside]]
    turned: Pixels = result
    return turned
