"""Writes a pattern as a part of a GBNF grammar, for characters as they stand in a JSON string."""

from __future__ import annotations

from studio.prompting.shapes.pattern import Characters, Choice, Node, Ranges, Repeated

_SURROGATES = (0xD800, 0xDFFF)
_ESCAPED = {8: "b", 9: "t", 10: "n", 12: "f", 13: "r", 34: '\\"', 92: "\\\\"}
_CONTROLS = (0, 31)
_DELETE = (127, 127)


def grammar_of(node: Node) -> str:
    """Return the GBNF expression of a pattern."""
    if isinstance(node, Characters):
        return _characters(node.ranges)
    if isinstance(node, Repeated):
        return _repeated(node)
    parts = [grammar_of(part) for part in node.parts]
    if isinstance(node, Choice):
        return f"({' | '.join(parts)})"
    return " ".join(part for part in parts if part)


def code_of(character: int) -> str:
    """Return a character's escape, which stands for itself in any place of a grammar."""
    return f"\\U{character:08X}" if character > 0xFFFF else f"\\u{character:04X}"


def _repeated(node: Repeated) -> str:
    inner = grammar_of(node.part)
    if not inner:
        return ""
    times = f"{{{node.least},{'' if node.most is None else node.most}}}"
    if node.most == 0:
        return ""
    return f"({inner}){times}"


def _characters(ranges: Ranges) -> str:
    """Return the characters as JSON writes them: some after a backslash, controls by a letter."""
    plain = "".join(
        code_of(low) if low == high else f"{code_of(low)}-{code_of(high)}"
        for low, high in _without(ranges, (_CONTROLS, (34, 34), (92, 92), _DELETE, _SURROGATES))
    )
    ways = [f"[{plain}]"] if plain else []
    ways += [
        f'"\\\\{letter}"'
        for code, letter in _ESCAPED.items()
        if any(low <= code <= high for low, high in ranges)
    ]
    if not ways:  # only characters that no reply holds, such as a bell
        return "[\\u0000]"
    return ways[0] if len(ways) == 1 else f"({' | '.join(ways)})"


def _without(ranges: Ranges, others: Ranges) -> list[tuple[int, int]]:
    left = list(ranges)
    for low, high in others:
        left = [
            part
            for start, end in left
            for part in ((start, min(end, low - 1)), (max(start, high + 1), end))
            if part[0] <= part[1]
        ]
    return left
