"""Takes values out of JSON objects that a stranger wrote, and checks each for what it must be."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from studio.chat.transfer.archive import whole_characters
from studio.chat.transfer.json_stream import MAX_DEPTH

EARLIEST = datetime(1970, 1, 2, tzinfo=UTC)
LATEST = datetime(9999, 12, 30, tzinfo=UTC)  # a day off the ends, for every time zone

_MAX_ID = 200
_MAX_WHOLE = 2**53


class WrongFieldError(ValueError):
    """A value that is missing or cannot be what it should be; the text names it."""


class Fields:
    """The members of one object."""

    def __init__(self, values: object) -> None:
        if not isinstance(values, dict):
            raise WrongFieldError("not an object")
        self._values: Mapping[str, Any] = values

    def text(self, name: str, default: str | None = None) -> str:
        """Return a text."""
        value = self._values.get(name, default)
        if not isinstance(value, str):
            raise self._wrong(name, "a text")
        return whole_characters(value)

    def optional_text(self, name: str) -> str | None:
        """Return a text, or ``None`` for ``null`` or when it is missing."""
        return None if self._values.get(name) is None else self.text(name)

    def identity(self, name: str) -> str:
        """Return an id: a text that is neither empty nor long."""
        value = self.text(name)
        if not 0 < len(value) <= _MAX_ID:
            raise self._wrong(name, f"1 to {_MAX_ID} characters")
        return value

    def optional_identity(self, name: str) -> str | None:
        """Return an id, or ``None`` for ``null`` or when it is missing."""
        return None if self._values.get(name) is None else self.identity(name)

    def texts(self, name: str) -> tuple[str, ...]:
        """Return a list of texts; none when it is missing."""
        value = self._values.get(name, [])
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            raise self._wrong(name, "a list of texts")
        return tuple(whole_characters(each) for each in value)

    def flag(self, name: str) -> bool:
        """Return a truth value; false when it is missing."""
        value = self._values.get(name, False)
        if not isinstance(value, bool):
            raise self._wrong(name, "true or false")
        return value

    def optional_flag(self, name: str) -> bool | None:
        """Return a truth value, or ``None`` for ``null`` or when it is missing."""
        return None if self._values.get(name) is None else self.flag(name)

    def one_of(self, name: str, choices: tuple[str, ...], default: str | None = None) -> str:
        """Return one of a few words."""
        value = self._values.get(name, default)
        if value not in choices:
            raise self._wrong(name, " or ".join(choices))
        return str(value)

    def optional_one_of(self, name: str, choices: tuple[str, ...]) -> str | None:
        """Return one of a few words, or ``None`` for ``null`` or when it is missing."""
        return None if self._values.get(name) is None else self.one_of(name, choices)

    def whole(self, name: str) -> int:
        """Return a whole number that counts something."""
        value = self._values.get(name)
        if type(value) is not int or not 0 <= value < _MAX_WHOLE:
            raise self._wrong(name, "a whole number")
        return value

    def optional_whole(self, name: str) -> int | None:
        """Return a whole number, or ``None`` for ``null`` or when it is missing."""
        return None if self._values.get(name) is None else self.whole(name)

    def number(self, name: str) -> float:
        """Return a number of seconds or the like: finite and not negative."""
        value: Any = self._values.get(name)
        if type(value) in (int, float) and 0 <= value < _MAX_WHOLE:  # not-a-number fails here too
            return float(value)
        raise self._wrong(name, "a number")

    def optional_number(self, name: str) -> float | None:
        """Return a number, or ``None`` for ``null`` or when it is missing."""
        return None if self._values.get(name) is None else self.number(name)

    def time(self, name: str) -> datetime:
        """Return a moment; one without a time zone is taken as UTC."""
        try:
            value = datetime.fromisoformat(self.text(name))
            value = value if value.tzinfo else value.replace(tzinfo=UTC)
            if EARLIEST <= value <= LATEST:
                return value.astimezone(UTC)
        except (ValueError, OverflowError):
            pass
        raise self._wrong(name, "a date and time such as 2026-01-31T12:00:00+00:00")

    def inner(self, name: str) -> Fields | None:
        """Return the members of an object in this one, or ``None``."""
        value = self._values.get(name)
        if value is not None and not isinstance(value, dict):
            raise self._wrong(name, "an object")
        return None if value is None else Fields(value)

    def plain(self, name: str) -> dict[str, Any]:
        """Return an object of any content; empty when it is missing."""
        value = self._values.get(name, {})
        if not isinstance(value, dict):
            raise self._wrong(name, "an object")
        cleaned = self._plain(name, value, MAX_DEPTH)
        assert isinstance(cleaned, dict)
        return cleaned

    def _plain(self, name: str, value: object, levels: int) -> object:
        if levels == 0:
            raise self._wrong(name, f"at most {MAX_DEPTH} levels deep")
        if isinstance(value, str):
            return whole_characters(value)
        if isinstance(value, float) and not math.isfinite(value):
            raise self._wrong(name, "made of finite numbers")
        if isinstance(value, list):
            return [self._plain(name, each, levels - 1) for each in value]
        if isinstance(value, dict):
            return {
                whole_characters(key): self._plain(name, each, levels - 1)
                for key, each in value.items()
            }
        return value

    def _wrong(self, name: str, wanted: str) -> WrongFieldError:
        if name not in self._values:
            return WrongFieldError(f"{name!r} is missing")
        return WrongFieldError(f"{name!r} is not {wanted}")
