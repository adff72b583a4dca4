"""What changed between two versions of a preset, told field by field in plain words."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Literal

from studio.chat.presets.preset_file import Preset
from studio.chat.presets.values import FIELDS, KNOBS
from studio.engine.language import Sampling
from studio.numerals import number
from studio.translation import tr

Mark = Literal["same", "gone", "new"]

_TEXTS = ("title", "description", "system", "model")
_WORDS = re.compile(r"\w+|\s+|[^\w\s]+")
_MOST_WORDS = 2_000
_MOST_PAIRS = 30_000  # prose of as many words has about half of it
_AROUND = 3


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that stayed, went or came."""

    mark: Mark
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """One field that differs. Texts also have their ``pieces``, in reading order.

    Attributes:
        name: of the field, in plain words; ``field`` is its technical name.
        before: in words; empty when there was nothing.
        after: likewise.
    """

    field: str
    name: str
    before: str
    after: str
    pieces: tuple[Piece, ...] = ()

    @property
    def sentence(self) -> str:
        """The change in one line."""
        if not self.before:
            return tr("{name}: added {text}", name=self.name, text=_short(self.after))
        if not self.after:
            return tr("{name}: removed {text}", name=self.name, text=_short(self.before))
        if self.is_long:
            return tr("{name}: changed", name=self.name)
        return f"{self.name}: {self.before} → {self.after}"

    @property
    def is_long(self) -> bool:
        """Whether it is a change from one text to another that one line has no room for."""
        longest = max(len(self.before), len(self.after))
        return bool(self.before and self.after and self.pieces) and longest > _LINE


_LINE = 60


def difference(old: Preset, new: Preset) -> list[Change]:
    """Return every field that differs, in the order in which an editor shows them."""
    return [*_texts(old, new), *_sampling(old.sampling, new.sampling), *_rest(old, new)]


def lines_of(change: Change) -> list[str]:
    """Return a change for the terminal: its sentence, then changed lines with ``-`` and ``+``."""
    if not change.is_long:
        return [change.sentence]
    old, new = change.before.splitlines(), change.after.splitlines()
    unified = difflib.unified_diff(old, new, lineterm="", n=_AROUND)
    shown = islice(unified, 2, None)  # without the names of two files
    return [change.sentence, *(f"    {line}" for line in shown)]


def _texts(old: Preset, new: Preset) -> Iterator[Change]:
    for field in _TEXTS:
        before, after = getattr(old, field), getattr(new, field)
        if before != after:
            yield Change(field, tr(FIELDS[field]), before, after, pieces(before, after))


def _sampling(old: Sampling, new: Sampling) -> Iterator[Change]:
    for field, knob in KNOBS.items():
        before, after = getattr(old, field), getattr(new, field)
        if before != after:
            yield Change(field, tr(knob.name), _value(before), _value(after))


def _rest(old: Preset, new: Preset) -> Iterator[Change]:
    if old.examples != new.examples:
        before, after = _examples(old), _examples(new)
        name = tr(FIELDS["examples"])
        yield Change("examples", name, before, after, pieces(before, after))
    if old.suits != new.suits:
        yield Change("suits", tr(FIELDS["suits"]), ", ".join(old.suits), ", ".join(new.suits))
    for key in sorted(old.extra.keys() | new.extra.keys()):
        was, now = old.extra.get(key), new.extra.get(key)
        if was != now:
            yield Change(key, f"“{key}”", _plain(was), _plain(now))


def pieces(before: str, after: str) -> tuple[Piece, ...]:
    """Return a text's changes by words, by lines where that takes long, or else as a whole."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    if _takes_long(old, new):
        old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    if _takes_long(old, new):
        return (Piece("gone", before), Piece("new", after))
    found: list[Piece] = []
    # Spaces are everywhere: to look for them in every place would make the comparison slow.
    matcher = difflib.SequenceMatcher(str.isspace, old, new, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            found.append(Piece("same", "".join(old[a:b])))
            continue
        if a < b:
            found.append(Piece("gone", "".join(old[a:b])))
        if c < d:
            found.append(Piece("new", "".join(new[c:d])))
    return tuple(found)


def _takes_long(old: Sequence[str], new: Sequence[str]) -> bool:
    """Tell whether a comparison takes long: it looks at all pairs of equal words many times."""
    if max(len(old), len(new)) > _MOST_WORDS:
        return True
    mine, theirs = Counter(old), Counter(new)
    pairs = sum(count * theirs[each] for each, count in mine.items() if not each.isspace())
    return pairs > _MOST_PAIRS


def _examples(preset: Preset) -> str:
    return "\n\n".join(f"> {each.user}\n{each.assistant}" for each in preset.examples)


def _value(value: Any) -> str:
    if value is None or value in ("", ()):
        return tr("open")
    if isinstance(value, tuple):
        return ", ".join(f"“{each}”" for each in value)
    if isinstance(value, bool):
        return tr("on") if value else tr("off")
    return _decimal(value) if isinstance(value, float) else str(value)


def _decimal(value: float) -> str:
    """Return a number with no more digits after its point than it needs."""
    plain = f"{value:g}"
    return plain if "e" in plain else number(value, len(plain.partition(".")[2]))


def _plain(value: Any) -> str:
    return "" if value is None else str(value)


def _short(text: str) -> str:
    first = " ".join(text.split())
    return f"“{first}”" if len(first) <= _LINE else f"“{first[: _LINE - 1]}…”"
