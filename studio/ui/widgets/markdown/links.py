"""How an address is shown before it is opened."""

from __future__ import annotations

from PySide6.QtCore import QUrl

_SHOWN = 300


def shown_address(address: str) -> str:
    """Return an address as plain ASCII, so that look-alike letters and hidden marks show."""
    encoded = QUrl(address).toEncoded().toStdString()
    return encoded if len(encoded) <= _SHOWN else f"{encoded[:_SHOWN]}…"
