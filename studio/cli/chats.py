"""`studio chats`: what was said, as a list and as files; and what other programs exported."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from studio.assembly import Parts
from studio.chat.conversation import Conversation
from studio.chat.transfer import folder, html_page, incoming, markdown, own_json
from studio.chat.transfer.archive import ArchivedConversation
from studio.chat.transfer.importing import Brought, Importing
from studio.cli import (
    chat_messages,
    chat_order,
    chat_trash,
    chat_turns,
    explain,
    for_good,
    summaries,
    titles,
)
from studio.cli.printing import one_line, write_lines
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
        write_lines(lines)
    return result


_Answer = tuple[dict[str, Any], list[str]]


def _list(parts: Parts, arguments: argparse.Namespace) -> _Answer:
    wanted = {tag.casefold() for tag in arguments.tag}
    chats = [
        chat
        for chat in parts.conversations.list(trashed=arguments.trash)
        if wanted <= {tag.casefold() for tag in chat.tags}
    ]
    rows = [chat_order.place_of(chat) for chat in chats]
    lines = [
        f"{chat.id}  {(chat.trashed_at or chat.updated_at).astimezone():%Y-%m-%d %H:%M}"
        f"  {one_line(chat.title)}{'  (archived)' if chat.archived else ''}"
        for chat in chats
    ]
    nothing = "No chat is kept yet. Begin one: studio chat TEXT"
    if arguments.trash:
        nothing = "The trash is empty."
    if wanted:
        nothing = "No chat here has that tag."
    return {"chats": rows}, lines or [nothing]


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
    lines = [f"{hit.conversation_id}  {one_line(hit.title)}\n    {hit.excerpt}" for hit in hits]
    return {"hits": rows}, lines or [f"Nothing was said with “{arguments.words}” in it."]


def _export(parts: Parts, arguments: argparse.Namespace) -> _Answer:
    target: Path = arguments.path
    form = arguments.format or _ENDINGS.get(target.suffix.lower(), "")
    chats = _chosen(parts, arguments.conversation)
    if form == "json":
        count = own_json.write(target, (parts.archives.take(chat.id) for chat in chats))
    elif form not in _PAGES:
        raise StudioError(
            "export.format",
            f"{target.name} does not tell which kind of file is wanted.",
            "End its name in .json, .md or .html, or give --format. PDF is made in the window.",
        )
    elif _is_one_page(target, chats, is_chosen=bool(arguments.conversation)):
        _PAGES[form](target, parts.archives.take(chats[0].id))
        count = 1
    else:
        count = _write_pages(parts, chats, target, form)
    return {"path": str(target), "chats": count}, [f"{_counted(count)} in {target}."]


def _is_one_page(target: Path, chats: Sequence[Conversation], *, is_chosen: bool) -> bool:
    """Tell whether the target is to be one page, and not a folder of them.

    Raises:
        StudioError: ``export.one_page`` when it is named as a page but there are several chats;
            ``export.nothing`` when there is none.
    """
    if not chats:
        raise StudioError(
            "export.nothing", "No chat is kept yet.", "Begin one with studio chat TEXT."
        )
    is_page = target.suffix.lower() in _ENDINGS and not target.is_dir()
    if is_page and len(chats) > 1:
        raise StudioError(
            "export.one_page",
            f"{target.name} can hold one chat, and there are {len(chats):,}.",
            "Choose one with --conversation, name a folder and give --format, or end the name in"
            " .json to have all in one file.",
        )
    return is_page or (is_chosen and len(chats) == 1 and not target.is_dir())


def _write_pages(parts: Parts, chats: Sequence[Conversation], target: Path, form: str) -> int:
    """Write a page for each chat, beside the files that are there; return how many."""
    archives = parts.archives

    def write(path: Path, conversation_id: str) -> None:
        _PAGES[form](path, archives.take(conversation_id))

    return sum(1 for _ in folder.write_each(target, chats, form, write))


def _chosen(parts: Parts, wanted: Sequence[str]) -> list[Conversation]:
    if wanted:
        return [parts.conversations.get(each) for each in dict.fromkeys(wanted)]
    return parts.conversations.list()


def _counted(count: int) -> str:
    return "1 chat is" if count == 1 else f"{count:,} chats are"


def _import(parts: Parts, arguments: argparse.Namespace) -> _Answer:
    source: Path = arguments.path
    if arguments.dry_run:
        brought = Brought(incoming.survey(source))
    else:
        importing = Importing(parts.archives, parts.conversations)
        brought = importing.bring_in(source, again=arguments.again)
    report = brought.report
    lines = list(report.sentences())
    if brought.skipped:
        lines.append(f"{_counted(brought.skipped)} here already. For a second copy, add --again.")
    if brought.in_trash:
        lines.append(
            f"{_counted(brought.in_trash)} in the trash. For a copy among the others, add --again."
        )
    if arguments.dry_run:
        lines.append("Nothing was taken in.")
    facts = {
        "found": report.conversations,
        "messages": report.messages,
        "added": len(brought.added),
        "skipped": brought.skipped,
        "in_trash": brought.in_trash,
        "left_out": dict(report.left_out),
    }
    return facts, lines


_VERBS: Mapping[str, Callable[[Parts, argparse.Namespace], _Answer]] = {
    "list": _list,
    "find": _find,
    "export": _export,
    "import": _import,
    "show": chat_messages.show,
    "edit": chat_turns.edit,
    "regenerate": chat_turns.regenerate,
    "continue": chat_turns.go_on,
    "switch": chat_messages.switch,
    "fork": chat_messages.fork,
    "delete": chat_messages.delete,
    "title": titles.title,
    "order": chat_order.order,
    "remove": chat_trash.remove,
    "restore": chat_trash.restore,
    "purge": for_good.chats,
    "summarise": summaries.summarise,
    "explain": explain.explain,
    "repeat": explain.repeat,
}
