"""Gives each chunk's keywords those of its neighbours, so that an answer may stand on both sides.

Chunks are cut to the embedder's window, which holds few words of a language that it does not know
(a third of a paragraph in Arabic). Their vectors don't mind, but keywords do: the words of one
question lie in two chunks, and neither looks right. So a chunk's own words count three times, those
of the chunks before and after once, and those of its headings six times. Counted by BM25 with
:data:`K1`, this is one field with weights (BM25F: Robertson, Zaragoza and Taylor, 2004).
"""

from __future__ import annotations

from collections.abc import Sequence

OWN = 3  # times that a chunk's own words count, beside once for its neighbours'
HEADING = 2 * OWN
K1 = 1.2 * OWN
"""BM25's k1 for these lists: the count of each own word is three times what it is in the text."""


def with_neighbours(
    bodies: Sequence[Sequence[str]], headings: Sequence[Sequence[str]]
) -> list[list[str]]:
    """Return the keywords by which each chunk of one content is found.

    Args:
        bodies: terms of the chunks of one content, in their order, without headings.
        headings: terms of the headings above each; a neighbour does not lend them.

    Raises:
        ValueError: not as many headings as bodies.
    """
    if len(bodies) != len(headings):
        raise ValueError("not as many headings as chunks")
    last = len(bodies) - 1
    return [
        [
            *[term for term in body for _ in range(OWN)],
            *[term for term in heading for _ in range(HEADING)],
            *(bodies[place - 1] if place > 0 else ()),
            *(bodies[place + 1] if place < last else ()),
        ]
        for place, (body, heading) in enumerate(zip(bodies, headings, strict=True))
    ]
