"""The rules of a grammar that is being written, and what it does not hold a reply to."""

from __future__ import annotations

import re

from studio.prompting.shapes.places import Path, pointer
from studio.prompting.shapes.problem import ShapeError
from studio.prompting.shapes.value_rules import RULES
from studio.translation import tr

_MOST_RULES = 5_000
_MOST_NAME = 20
_RULE_NAME = re.compile(r"[a-z0-9-]+")
_BUILTIN = re.compile(rf"\b(?:{'|'.join(RULES)})\b(?!\")")


class RuleBook:
    """Rules by name, the first of them ``root``, each written for a part of a schema."""

    def __init__(self) -> None:
        self._rules: dict[str, str] = {"root": ""}
        self._paths: dict[str, Path] = {}
        self._notes: dict[str, None] = {}

    @property
    def notes(self) -> tuple[str, ...]:
        """Sentences about what the grammar does not hold a reply to."""
        return tuple(self._notes)

    @property
    def text(self) -> str:
        """The grammar, a rule a line."""
        return "".join(f"{name} ::= {rule}\n" for name, rule in self._rules.items())

    def path_of(self, line: int) -> Path:
        """Return which part of the schema a line of the grammar was written for."""
        return self._paths.get(list(self._rules)[line - 1], ())

    def rule(self, path: Path, expression: str) -> str:
        """Return the name of a rule with an expression, which may be a name already."""
        if _RULE_NAME.fullmatch(expression):
            return expression
        name = self.new_name(path)
        self.write(name, expression)
        return name

    def new_name(self, path: Path) -> str:
        """Return the name of a rule that is still to be written.

        Raises:
            ShapeError: there are too many rules.
        """
        if len(self._rules) > _MOST_RULES:
            raise ShapeError(tr("It has too many parts."), path=path)
        last = next((step for step in reversed(path) if isinstance(step, str)), "")
        plain = re.sub("[^a-z0-9]+", "-", last.lower()).strip("-")[:_MOST_NAME]
        name = f"{plain or 'part'}-{len(self._rules)}"
        self._paths[name] = path
        self._rules[name] = ""
        return name

    def write(self, name: str, expression: str) -> None:
        """Write a rule."""
        self._rules[name] = expression

    def builtin(self, name: str) -> str:
        """Return the name of a rule of all grammars, which is added with those that it needs."""
        if name not in self._rules:
            self._rules[name] = RULES[name]
            for other in _BUILTIN.findall(RULES[name]):
                self.builtin(other)
        return name

    def checked_later(self, key: str, path: Path) -> None:
        """Note what only a finished reply is checked for."""
        self.note(
            tr(
                "“{key}” is not held to while a reply is written; it is checked at its end", key=key
            ),
            path,
        )

    def note(self, sentence: str, path: Path) -> None:
        """Note something about a part of the schema; the sentence comes without its full stop."""
        place = pointer(path) or tr("the whole")
        self._notes[tr("{sentence} ({place}).", sentence=sentence, place=place)] = None
