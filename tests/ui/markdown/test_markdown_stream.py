"""A reply that streams in: closed blocks stay, and the way it was cut leaves no trace."""

from __future__ import annotations

import itertools

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studio.ui.widgets.markdown.pieces import Code, Plain, Rich
from studio.ui.widgets.markdown.stream import (
    BLOCK_CHARS,
    MARKDOWN_CHARS,
    SLICE_CHARS,
    MarkdownStream,
)

REPLY = r"""# A plan

Some *running* text with `code`,
on two lines.

1. First
   ```python
   def f():
       return 1
   ```
   and more
2. Second
   - inner

> A quote
> > and one inside, $a < b$

The root \(\sqrt{2}\) of
$$
x^2
- 2
= 0
$$
for \[ y_1 \] and
\begin{align}
a &= b
\end{align}

| a | b |
|---|--:|
| 1 | 2 |
text after the table

~~~
open
	tabs

```
~~~

Last words
---
- [ ] todo
- [x] done

    indented code

***

```js
let x = `a`;

"""
_LINES = [*REPLY.split("\n"), "|-", "| a |", "===", "-", "--", "* a", "  b", "    c", "```", "~~~~"]
_LINES += ["$$", "$$ a", "b $$", "$$ x = 1 $$", "$$ a $$ b", "\\[", "\\] c", "\\]", "- $$", "> $$"]
_LINES += ["\\begin{align}", "\\end{align}", "$x$ and \\(y", "+ b \\\\", "   $$", "\\[ x \\]."]
_LINES += ["1.", "7) x", "> q", ">", "#", "\t- x", "text", "   ```", "- ```", "\r", "[a]: /b", "  "]


def streamed(parts: list[str]) -> MarkdownStream:
    stream = MarkdownStream()
    for part in parts:
        stream.feed(part)
        stream.finish()
    return stream


def pieces(stream: MarkdownStream) -> list[object]:
    return [piece for block in stream.blocks for piece in block]


def test_every_single_cut_of_a_reply_gives_the_same_blocks() -> None:
    whole = pieces(MarkdownStream(REPLY).finish())
    for at in range(len(REPLY)):
        assert pieces(streamed([REPLY[:at], REPLY[at:]])) == whole, f"cut at {at}"


def test_a_reply_that_arrives_letter_by_letter_looks_like_one_that_was_read_back() -> None:
    assert pieces(streamed(list(REPLY))) == pieces(MarkdownStream(REPLY).finish())


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    lines=st.lists(st.sampled_from(_LINES), min_size=1, max_size=14),
    ending=st.sampled_from(["\n", "\r\n"]),
    cuts=st.lists(st.integers(0, 300), max_size=12),
)
def test_any_lines_cut_anywhere_give_the_same_blocks(
    lines: list[str], ending: str, cuts: list[int]
) -> None:
    text = ending.join(lines)
    edges = sorted({0, len(text), *(cut for cut in cuts if cut < len(text))})
    parts = [text[start:end] for start, end in itertools.pairwise(edges)]
    assert pieces(streamed(parts)) == pieces(MarkdownStream(text).finish())


def test_closed_blocks_are_the_same_objects_until_the_end() -> None:
    stream = MarkdownStream()
    seen: list[object] = []
    for letter in REPLY:
        stream.feed(letter)
        stream.finish()
        closed = stream.blocks[: stream.closed]
        assert all(new is old for new, old in zip(closed, seen, strict=False))
        assert len(closed) >= len(seen)
        seen = list(closed)
    assert len(seen) >= 8


def test_an_open_block_that_did_not_change_keeps_its_object() -> None:
    stream = MarkdownStream("One paragraph\n\nand a second").finish()
    first = stream.blocks[0]
    stream.feed(" that grows")
    assert stream.finish().blocks[0] is first


def test_a_growing_code_block_is_not_parsed_again() -> None:
    stream = MarkdownStream("```python\nx = 0\n").finish()
    parses = stream.parses
    for number in range(200):
        stream.feed(f"x = {number}\n")
        stream.finish()
    assert stream.parses == parses
    stream.feed("```\n\nDone.")
    code, _text = pieces(stream.finish())
    assert isinstance(code, Code)
    assert code.closed
    assert code.text.count("\n") == 200
    assert stream.parses == parses + 1


def test_work_takes_one_slice_at_a_time() -> None:
    stream = MarkdownStream("word " * SLICE_CHARS)
    assert stream.waiting == 5 * SLICE_CHARS
    assert stream.work()
    assert stream.waiting == 4 * SLICE_CHARS


def test_a_block_too_long_to_parse_becomes_plain_text_and_nothing_is_lost() -> None:
    line = "a" * 1_000_000
    stream = MarkdownStream(f"# Title\n\n{line}").finish()
    _title, note, *rest = pieces(stream)
    assert isinstance(note, Rich)
    assert "Too long to format" in note.html
    assert all(isinstance(piece, Plain) for piece in rest)
    assert "".join(piece.text for piece in rest if isinstance(piece, Plain)) == line


def test_a_line_says_where_formatting_ends_and_says_it_once() -> None:
    text = "Some *words*.\n\n" * (MARKDOWN_CHARS // 10)
    found = pieces(MarkdownStream(text).finish())
    (at,) = [
        n for n, piece in enumerate(found) if "Too long to format" in getattr(piece, "html", "")
    ]
    assert all(isinstance(piece, Rich) for piece in found[:at])
    assert all(isinstance(piece, Plain) for piece in found[at + 1 :])


def test_plain_text_does_not_depend_on_the_cuts_either() -> None:
    text = "# T\n\n" + "".join(f"- item {number} " + "x" * 200 + "\n" for number in range(200))
    assert len(text) > 2 * BLOCK_CHARS
    whole = pieces(MarkdownStream(text).finish())
    for size in (777, 1500, 4001):
        parts = [text[start : start + size] for start in range(0, len(text), size)]
        assert pieces(streamed(parts)) == whole
