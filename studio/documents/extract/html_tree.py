"""Builds a plain tree of an HTML page, however carelessly it was written."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

_VOID_NAMES = "area base br col embed hr img input link meta param source track wbr frame"
_VOID = frozenset(_VOID_NAMES.split())
_CLOSED_BY = {  # an open element of the value ends where one of the key begins
    "li": {"li"},
    "dt": {"dt", "dd"},
    "dd": {"dt", "dd"},
    "tr": {"tr", "td", "th"},
    "td": {"td", "th"},
    "th": {"td", "th"},
    "thead": {"tr", "td", "th"},
    "tbody": {"tr", "td", "th", "thead", "tbody"},
    "tfoot": {"tr", "td", "th", "tbody"},
    "option": {"option"},
}
_END_OF_PARAGRAPH_NAMES = (
    "address article aside blockquote details div dl fieldset figcaption figure footer form h1 "
    "h2 h3 h4 h5 h6 header hr main nav ol p pre section table ul"
)
_END_OF_PARAGRAPH = frozenset(_END_OF_PARAGRAPH_NAMES.split())
_BOUNDARIES = frozenset({"table", "ul", "ol", "dl", "select"})
_DEEPEST = 150


@dataclass(slots=True)
class Node:
    """An element: its name, its attributes, and what is in it, texts among elements."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    content: list[Node | str] = field(default_factory=list)


class _Builder(HTMLParser):
    """Hangs each element into the one that is open; too deep ones side by side."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("")
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element."""
        if tag in _END_OF_PARAGRAPH:
            self._close_from({"p"}, _BOUNDARIES | {"td", "th", "li"})
        if ends := _CLOSED_BY.get(tag):
            self._close_from(ends, _BOUNDARIES)
        node = Node(tag, {name: value or "" for name, value in attrs})
        self._open[-1].content.append(node)
        if tag not in _VOID and len(self._open) < _DEEPEST:
            self._open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take an element that ends at once; HTML knows them only as XML writes them."""
        self.handle_starttag(tag, attrs)
        if self._open[-1].tag == tag and len(self._open) > 1:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        """Close an element, and what is left open in it."""
        for depth in range(len(self._open) - 1, 0, -1):
            if self._open[depth].tag == tag:
                del self._open[depth:]
                return

    def handle_data(self, data: str) -> None:
        """Take a text."""
        self._open[-1].content.append(data)

    def _close_from(self, ends: set[str], boundaries: frozenset[str]) -> None:
        """Close the outermost of some elements that no boundary keeps open."""
        found = 0
        for depth in range(len(self._open) - 1, 0, -1):
            if self._open[depth].tag in boundaries:
                break
            if self._open[depth].tag in ends:
                found = depth
        if found:
            del self._open[found:]


def parse(text: str) -> Node:
    """Return the tree of a page; never fails."""
    builder = _Builder()
    builder.feed(text)
    builder.close()
    return builder.root
