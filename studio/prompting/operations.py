"""The operators, text methods and filters that a template may use, each with a bound beforehand.

An operation is here because its result can be much larger than what goes in, or because it can be
slow; the rest of the language is measured afterwards, which is enough.
"""

from __future__ import annotations

import json
import operator
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from jinja2.sandbox import SandboxedEnvironment, SandboxedFormatter

from studio.prompting.meter import MAX_BITS, MAX_ITEMS, METER, Meter, TooExpensiveError

_MAX_WIDTH = 1_000
_LINE_ENDS = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
_WIDE_FIELD = re.compile(r"%[^a-zA-Z%]*(?:\*|[0-9]{4})")
_WIDE_SPEC = re.compile(r"[0-9]{4}")


def _add(meter: Meter, left: Any, right: Any) -> Any:
    if isinstance(left, str) and isinstance(right, str):
        meter.characters(len(left) + len(right))
    return left + right


def _multiply(meter: Meter, left: Any, right: Any) -> Any:
    for many, times in ((left, right), (right, left)):
        if isinstance(times, int) and isinstance(many, str):
            meter.characters(len(many) * times)
        elif isinstance(times, int) and isinstance(many, list | tuple):
            _limit(meter.size(many).items * times, MAX_ITEMS, "items")
    return left * right


def _power(_meter: Meter, left: Any, right: Any) -> Any:
    if isinstance(left, int) and isinstance(right, int):
        _limit(left.bit_length() * abs(right), MAX_BITS, "binary digits")
    return left**right


def _remainder(meter: Meter, left: Any, right: Any) -> Any:
    if isinstance(left, str):
        _check_printf(meter, left, right)
    return left % right


OPERATORS: dict[str, Callable[[Meter, Any, Any], Any]] = {
    "+": _add,
    "*": _multiply,
    "**": _power,
    "%": _remainder,
    "-": lambda _, left, right: operator.sub(left, right),
    "/": lambda _, left, right: operator.truediv(left, right),
    "//": lambda _, left, right: operator.floordiv(left, right),
}


def _pad(meter: Meter, text: str, method: Callable[..., str], width: int, *rest: Any) -> str:
    meter.characters(width)
    meter.characters(len(text))
    return method(width, *rest)


def _join(meter: Meter, text: str, method: Callable[..., str], parts: Iterable[Any]) -> str:
    parts = list(parts)
    meter.characters(len(text) * len(parts) + meter.size(parts).characters)
    return method(parts)


def _replace(
    meter: Meter, text: str, method: Callable[..., str], old: str, new: str, count: int = -1
) -> str:
    _check_replace(meter, text, old, new, count)
    return method(old, new, count)


def _split(
    meter: Meter, text: str, method: Callable[..., Any], sep: str | None = None, maxsplit: int = -1
) -> Any:
    meter.read(text)
    parts = method(sep, maxsplit if 0 <= maxsplit <= MAX_ITEMS else MAX_ITEMS)
    _limit(len(parts), MAX_ITEMS, "parts")
    return parts


def _split_lines(
    meter: Meter, text: str, method: Callable[..., Any], keepends: bool = False
) -> Any:
    meter.read(text)
    _limit(sum(map(text.count, _LINE_ENDS)), MAX_ITEMS, "lines")
    return method(keepends)


def _plain(meter: Meter, text: str, method: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    meter.read(text)
    return method(*args, **kwargs)


_HARMLESS_METHODS = (
    "strip lstrip rstrip removeprefix removesuffix startswith endswith find rfind index rindex"
    " count upper lower title capitalize casefold swapcase partition rpartition isalnum isalpha"
    " isascii isdecimal isdigit isidentifier islower isnumeric isprintable isspace istitle isupper"
)

METHODS: dict[str, Callable[..., Any]] = dict.fromkeys(_HARMLESS_METHODS.split(), _plain) | {
    "center": _pad,
    "ljust": _pad,
    "rjust": _pad,
    "zfill": _pad,
    "join": _join,
    "replace": _replace,
    "split": _split,
    "rsplit": _split,
    "splitlines": _split_lines,
}
"""Methods of text; ``guard(meter, text, method, *args)`` checks and calls."""

FORMAT_METHODS = frozenset({"format", "format_map"})


class _BoundedFormatter(SandboxedFormatter):
    def format_field(self, value: Any, format_spec: str) -> Any:
        if _WIDE_SPEC.search(format_spec):
            raise TooExpensiveError(f"a field as wide as {format_spec[:40]!r}")
        return super().format_field(value, format_spec)


def format_text(
    environment: SandboxedEnvironment,
    text: str,
    whole_mapping: bool,
    /,
    *args: Any,
    **kwargs: Any,
) -> str:
    """Do what ``str.format`` does (``str.format_map`` when ``whole_mapping``), bounded."""
    meter = METER.get()
    fields: Any = args[0] if whole_mapping else kwargs
    given = meter.size(list(args)).characters + meter.size(dict(kwargs)).characters
    meter.characters(len(text) + (text.count("{") + 1) * given)
    return _BoundedFormatter(environment).vformat(text, () if whole_mapping else args, fields)


def to_json(
    value: Any,
    ensure_ascii: bool = False,
    indent: int | str | None = None,
    separators: tuple[str, str] | None = None,
    sort_keys: bool = False,
) -> str:
    """Write JSON as HF transformers' ``tojson`` does: no HTML escapes, letters as they are."""
    return json.dumps(
        value,
        ensure_ascii=ensure_ascii,
        indent=indent,
        separators=separators,
        sort_keys=sort_keys,
    )


def _guard_json(meter: Meter, value: Any, /, *args: Any, **kwargs: Any) -> Any:
    size = meter.size(value)
    indent = kwargs.get("indent", args[1] if len(args) > 1 else None)
    width = len(indent) if isinstance(indent, str) else int(indent or 0)
    separators = kwargs.get("separators", args[2] if len(args) > 2 else None) or ()
    between = sum(len(part) for part in separators) + 8
    meter.characters(size.characters + size.items * (width * (size.depth + 1) + between))
    return value


def _guard_width(meter: Meter, value: Any, /, width: Any = 4, *_args: Any, **kwargs: Any) -> Any:
    width = kwargs.get("width", width)
    columns = len(width) if isinstance(width, str) else int(width)
    _limit(columns, _MAX_WIDTH, "columns")
    lines = sum(map(value.count, _LINE_ENDS)) + 1 if isinstance(value, str) else 1
    meter.characters(meter.size(value).characters + columns * lines)
    return value


def _guard_groups(_meter: Meter, value: Any, /, number: Any = 0, *_args: Any, **kwargs: Any) -> Any:
    _limit(int(kwargs.get("linecount", kwargs.get("slices", number))), MAX_ITEMS, "items")
    return value


def _guard_precision(
    _meter: Meter, value: Any, /, precision: Any = 0, *_args: Any, **kwargs: Any
) -> Any:
    _limit(abs(int(kwargs.get("precision", precision))), 100, "digits")
    return value


def _guard_join(meter: Meter, value: Any, /, d: Any = "", *_args: Any, **kwargs: Any) -> Any:
    # Parts picked by attribute are no larger than the parts themselves.
    parts = list(value)
    separator = str(kwargs.get("d", d))
    meter.characters(len(separator) * len(parts) + meter.size(parts).characters)
    return parts


def _guard_replace(meter: Meter, value: Any, old: Any, new: Any, count: Any = None) -> Any:
    text = str(value) if meter.size(value) else ""
    _check_replace(meter, text, str(old), str(new), -1 if count is None else int(count))
    return value


def _guard_printf(meter: Meter, value: Any, /, *args: Any, **kwargs: Any) -> Any:
    _check_printf(meter, str(value), kwargs or list(args))
    return value


def _guard_sum(meter: Meter, value: Any, *_args: Any, **_kwargs: Any) -> Any:
    parts = list(value)
    if any(isinstance(part, list | tuple) for part in parts):
        # Lists are added one to the next, so the work grows with the square of their number.
        meter.step(meter.size(parts).items * (len(parts) // 8 + 1))
    return parts


_OF_TEXT = (
    "capitalize center count d default e escape first float format indent int last length lower"
    " replace reverse safe string title tojson trim truncate upper"
)
_OF_COLLECTIONS = (
    "abs batch dictsort groupby items join list map max min reject rejectattr round select"
    " selectattr slice sort sum unique"
)

STRING_FILTERS = frozenset(_OF_TEXT.split())
"""Filters that treat a text as a whole."""

ALLOWED_FILTERS = STRING_FILTERS | frozenset(_OF_COLLECTIONS.split())
"""All filters that a template may use."""

FILTERS: dict[str, Callable[..., Any]] = {
    "batch": _guard_groups,
    "center": _guard_width,
    "format": _guard_printf,
    "indent": _guard_width,
    "join": _guard_join,
    "replace": _guard_replace,
    "round": _guard_precision,
    "slice": _guard_groups,
    "sum": _guard_sum,
    "tojson": _guard_json,
}
"""Filters that need a look at their arguments; ``guard(meter, value, *args)`` gives the value."""


def _check_printf(meter: Meter, text: str, fields: Any) -> None:
    if _WIDE_FIELD.search(text):
        raise TooExpensiveError(f"a field as wide as in {text[:40]!r}")
    values = fields if isinstance(fields, tuple | list | Mapping) else [fields]
    meter.characters(len(text) + (text.count("%") + 1) * meter.size(values).characters)


def _check_replace(meter: Meter, text: str, old: str, new: str, count: int) -> None:
    times = text.count(old) if count < 0 else min(count, text.count(old))
    meter.characters(len(text) + times * len(new))


def _limit(value: int, limit: int, unit: str) -> None:
    if value > limit:
        raise TooExpensiveError(f"{value} {unit}")
