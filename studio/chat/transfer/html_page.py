"""Writes one branch of a conversation as a page that needs nothing but itself.

No script, no picture, no font, nothing from elsewhere: a policy in the page forbids what the page
does not hold anyway. For printing, which Qt does with a part of HTML only, the same page comes
without folds and in one plain appearance.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from studio.chat.transfer import words
from studio.chat.transfer.archive import (
    ArchivedConversation,
    ArchivedMessage,
    attached_to,
    branch,
)
from studio.chat.transfer.html_body import body, plain
from studio.chat.transfer.saving import save

Purpose = Literal["web", "print"]

_WEB_STYLE = """
:root { color-scheme: light dark; --ink: #1c1c1e; --page: #ffffff; --soft: #f2f2f4;
  --faint: #5c5c63; --line: #d8d8de; --link: #1259c3; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e8e8ea; --page: #18181b; --soft: #242428; --faint: #a2a2aa; --line: #3a3a41;
    --link: #8ab4f8; } }
body { margin: 0 auto; padding: 2rem 1rem; max-width: 46rem; color: var(--ink);
  background: var(--page); font: 1rem/1.55 system-ui, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.6rem; line-height: 1.25; }
h2 { font-size: 1rem; margin: 2rem 0 .5rem; }
h3, h4, h5, h6 { margin: 1.2rem 0 .4rem; }
a { color: var(--link); }
.facts, .language, .ending, .model { color: var(--faint); font-size: .85rem; }
.model { font-weight: normal; }
.user { background: var(--soft); border-radius: .6rem; padding: .1rem 1rem; }
pre, code { font-family: ui-monospace, monospace; font-size: .9em; }
pre { background: var(--soft); border: 1px solid var(--line); border-radius: .4rem;
  padding: .7rem; white-space: pre-wrap; }
blockquote { margin: .5rem 0; padding: 0 0 0 1rem; border-inline-start: 3px solid var(--line); }
table { border-collapse: collapse; display: block; overflow-x: auto; }
th, td { border: 1px solid var(--line); padding: .3rem .6rem; }
details { color: var(--faint); border: 1px solid var(--line); border-radius: .4rem;
  padding: .4rem .8rem; margin: .5rem 0; }
summary { cursor: pointer; }
@media print { body { max-width: none; padding: 0; } h2 { break-after: avoid; }
  pre, table, blockquote { break-inside: avoid; } }
"""
_PRINT_STYLE = """
body { color: #000000; font-family: sans-serif; }
h1 { font-size: x-large; }
h2 { font-size: medium; margin-top: 18px; }
pre { background-color: #f2f2f2; white-space: pre-wrap; font-family: monospace; }
code { font-family: monospace; }
a { color: #1259c3; }
.facts { color: #555555; }
.language { color: #555555; }
.ending { color: #555555; }
.aside { color: #555555; margin-left: 16px; }
"""


def write(path: Path, conversation: ArchivedConversation, leaf_id: str | None = None) -> None:
    """Write a branch, that on show or the one that ends in ``leaf_id``, into a file.

    Raises:
        StudioError: ``export.disk_full`` or ``export.not_saved``.
        KeyError: there is no such message.
    """
    save(path, parts(conversation, leaf_id))


def parts(
    conversation: ArchivedConversation,
    leaf_id: str | None = None,
    *,
    purpose: Purpose = "web",
) -> Iterator[str]:
    """Give the page block by block; for ``print`` in the HTML that Qt's rich text knows.

    Raises:
        KeyError: there is no such message.
    """
    shown = branch(conversation, leaf_id)
    title = plain(" ".join((conversation.title or words.UNTITLED).split()))
    yield _head(title, _WEB_STYLE if purpose == "web" else _PRINT_STYLE)
    yield f'<h1{_auto(purpose)}>{title}</h1>\n<p class="facts"{_auto(purpose)}>'
    yield "<br>\n".join(f"{name}: {plain(value)}" for name, value in words.facts(conversation))
    yield "</p>\n"
    if conversation.system:
        yield f"<h2>Instructions</h2>\n<div>{''.join(_body(conversation.system, purpose))}</div>\n"
    summaries = words.summaries_on(conversation, leaf_id)
    for message in shown:
        yield from _message(message, words.attached(attached_to(conversation, message.id)), purpose)
        for heading, summary in summaries.get(message.id, ()):
            yield from _folded(heading, summary.text, purpose)
    yield "</body>\n</html>\n"


def _head(title: str, style: str) -> str:
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    return (
        '<!DOCTYPE html>\n<html>\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="referrer" content="no-referrer">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{style}</style>\n</head>\n<body>\n"
    )


def _message(message: ArchivedMessage, attached: str, purpose: Purpose) -> Iterator[str]:
    model = f' <span class="model">({plain(message.model)})</span>' if message.model else ""
    yield f'<div class="{message.role}">\n<h2>{words.speaker(message)}{model}</h2>\n'
    if message.reasoning.strip():
        yield from _folded(words.reasoning_title(message), message.reasoning, purpose)
    if attached:
        yield f'<p class="ending"{_auto(purpose)}>{plain(attached)}</p>\n'
    yield from _body(message.content, purpose)
    if ending := words.ending(message):
        yield f'<p class="ending"{_auto(purpose)}>{plain(ending)}</p>\n'
    yield "</div>\n"


def _folded(title: str, text: str, purpose: Purpose) -> Iterator[str]:
    """Give what is not said in the conversation itself: folded, and on paper set apart."""
    if purpose == "web":
        yield f"<details>\n<summary>{plain(title)}</summary>\n"
        yield from _body(text, purpose)
        yield "</details>\n"
    else:
        yield f'<div class="aside"><p><i>{plain(title)}</i></p>\n'
        yield from _body(text, purpose)
        yield "</div>\n"


def _body(text: str, purpose: Purpose) -> Iterator[str]:
    # Qt finds the direction of each block by itself and does not know "auto".
    return body(text, directed=purpose == "web")


def _auto(purpose: Purpose) -> str:
    return ' dir="auto"' if purpose == "web" else ""
