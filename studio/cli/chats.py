"""`studio chats`: what was said, as a list and as files; and what other programs exported."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from studio.assembly import Parts
from studio.chat.conversation import Conversation
from studio.chat.transfer import html_page, incoming, markdown, names, own_json
from studio.chat.transfer.archive import ArchivedConversation
from studio.errors import StudioError

_ENDINGS = {".json": "json", ".md": "md", ".markdown": "md", ".html": "html", ".htm": "html"}
_PAGES: Mapping[str, Callable[[Path, ArchivedConversation], None]] = {
    "md": markdown.write,
    "html": html_page.write,
}


def run(parts: Parts, arguments: argparse.Namespace) -> Any:
    """Do what was asked; return what ``--json`` prints."""
    result, lines = _VERBS[arguments.verb](parts, arguments)
    if not arguments.json:
        sys.stdout.write("".join(f"{line}\n" for line in lines))
    return result


_Answer = tuple[dict[str, Any], list[str]]


def _list(parts: Parts, _arguments: argparse.Namespace) -> _Answer:
    chats = parts.conversations.list()
    rows = [
        {"id": chat.id, "title": chat.title, "updated_at": chat.updated_at.isoformat()}
        for chat in chats
    ]
    lines = [
        f"{chat.id}  {chat.updated_at.astimezone():%Y-%m-%d %H:%M}  {chat.title}" for chat in chats
    ]
    return {"chats": rows}, lines or ["No chat is kept yet. Begin one: studio chat TEXT"]


def _find(parts: Parts, arguments: argparse.Namespace) -> _Answer:
    hits = parts.search.find(arguments.words, arguments.limit)
    rows = [
        {
            "conversation": hit.conversation_id,
            "message": hit.message_id,
            "title": hit.title,
            "excerpt": hit.excerpt,
            "spans": hit.spans,
        }
        for hit in hits
    ]
    lines = [f"{hit.conversation_id}  {hit.title}\n    {hit.excerpt}" for hit in hits]
    return {"hits": rows}, lines or [f"Nothing was said with “{arguments.words}” in it."]


def _export(parts: Parts, arguments: argparse.Namespace) -> _Answer:
    target: Path = arguments.path.expanduser()
    form = arguments.format or _ENDINGS.get(target.suffix.lower(), "")
    chats = _chosen(parts, arguments.conversation)
    if form == "json":
        count = own_json.write(target, (parts.archives.take(chat.id) for chat in chats))
        return {"path": str(target), "chats": count}, [f"{count} chats are in {target}."]
    if form not in _PAGES:
        raise StudioError(
            "export.format",
            f"{target.name} does not tell which kind of file is wanted.",
            "End its name in .json, .md or .html, or give --format.",
        )
    if len(arguments.conversation) == 1:
        _PAGES[form](target, parts.archives.take(chats[0].id))
        return {"path": str(target), "chats": 1}, [f"The chat is in {target}."]
    written = _write_pages(parts, chats, target, form)
    return {"path": str(target), "chats": written}, [f"{written} chats are in {target}."]


def _write_pages(parts: Parts, chats: Sequence[Conversation], folder: Path, form: str) -> int:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StudioError(
            "export.not_saved",
            f"The folder {folder} could not be made: {error.strerror or error}.",
            "Name another folder.",
            str(error),
        ) from error
    for chat, name in zip(chats, names.unique_names(c.title for c in chats), strict=True):
        _PAGES[form](folder / f"{name}.{form}", parts.archives.take(chat.id))
    return len(chats)


def _chosen(parts: Parts, wanted: Sequence[str]) -> list[Conversation]:
    if wanted:
        return [parts.conversations.get(conversation_id) for conversation_id in wanted]
    return parts.conversations.list()


def _import(parts: Parts, arguments: argparse.Namespace) -> _Answer:
    source: Path = arguments.path.expanduser()
    report = incoming.survey(source)  # all of it can be read, or none of it is taken
    known = parts.conversations.ids()
    added = skipped = 0
    if not arguments.dry_run:
        for archived in incoming.open_import(source).conversations:
            if archived.id in known and not arguments.again:
                skipped += 1
                continue
            parts.archives.put(archived)
            added += 1
    lines = list(report.sentences())
    if skipped:
        lines.append(f"{skipped} were here already. To have them twice, add --again.")
    if arguments.dry_run:
        lines.append("Nothing was taken in.")
    facts = {"found": report.conversations, "messages": report.messages}
    left_out = dict(report.left_out)
    return {**facts, "added": added, "skipped": skipped, "left_out": left_out}, lines


_VERBS: Mapping[str, Callable[[Parts, argparse.Namespace], _Answer]] = {
    "list": _list,
    "find": _find,
    "export": _export,
    "import": _import,
}
