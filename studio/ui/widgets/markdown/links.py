"""How an address is shown before it is opened, and where it leads."""

from __future__ import annotations

from PySide6.QtCore import QUrl

from studio.translation import tr

_SHOWN = 300


def shown_address(address: str) -> str:
    """Return the beginning of an address in plain ASCII, as :func:`whole_address` does."""
    encoded = whole_address(address)
    return encoded if len(encoded) <= _SHOWN else f"{encoded[:_SHOWN]}…"


def whole_address(address: str) -> str:
    """Return an address as plain ASCII, so that look-alike letters and hidden marks show."""
    encoded = QUrl(address).toEncoded().toStdString()
    return encoded or address.encode("ascii", "backslashreplace").decode()


def told_aim(address: str) -> str:
    """Tell which site or person an address leads to; empty when that is not known.

    What stands before an “@” in the address of a page is easily taken for the site, and is not.
    """
    url = QUrl(address)
    if url.scheme() == "mailto":
        person = url.path(QUrl.ComponentFormattingOption.FullyEncoded)
        return tr("It writes to {person}", person=person) if person else ""
    host = url.host(QUrl.ComponentFormattingOption.FullyEncoded)
    return tr("It leads to {host}", host=host) if host else ""


def has_login(address: str) -> bool:
    """Tell whether the address of a page has an “@” with something before it."""
    return bool(QUrl(address).userInfo())
