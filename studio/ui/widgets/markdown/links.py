"""Which addresses of a reply may become links, and how an address is shown before it is opened."""

from __future__ import annotations

from urllib.parse import urlsplit

from PySide6.QtCore import QUrl

_SCHEMES = {"http", "https", "mailto"}
_SHOWN = 300


def safe_address(address: str) -> bool:
    """Tell whether an address may be opened: the web and mail, nothing that runs or reads here."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    if parts.scheme.lower() not in _SCHEMES:
        return False
    return bool(parts.netloc or parts.scheme.lower() == "mailto")


def shown_address(address: str) -> str:
    """Return an address as plain ASCII, so that look-alike letters and hidden marks show."""
    encoded = QUrl(address).toEncoded().toStdString()
    return encoded if len(encoded) <= _SHOWN else f"{encoded[:_SHOWN]}…"
