"""Opens a file that a person wants to import, whichever kind it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from studio.chat.transfer import chatgpt, own_json
from studio.chat.transfer.archive import ArchivedConversation
from studio.chat.transfer.report import Report
from studio.chat.transfer.sources import is_zip
from studio.chat.transfer.spool import Spool

Kind = Literal["own", "chatgpt"]


@dataclass(frozen=True, slots=True)
class Import:
    """A file's conversations, to be gone through once; ``report`` grows on the way."""

    kind: Kind
    conversations: Iterator[ArchivedConversation]
    report: Report


def open_import(path: Path, spool: Spool | None = None) -> Import:
    """Return the conversations in a file of this program's or of ChatGPT's export.

    Args:
        spool: holds what is in attached files, as in :func:`studio.chat.transfer.own_json.read`.

    Raises:
        StudioError: an ``import.`` code, here or while the conversations are gone through.
    """
    report = Report()
    if not is_zip(path) and own_json.is_own(path):
        return Import("own", _counted(own_json.read(path, spool), report), report)
    return Import("chatgpt", chatgpt.read(path, report), report)


def survey(path: Path) -> Report:
    """Go through a file to its end and keep nothing, so that what it holds can be told before.

    Raises:
        StudioError: as :func:`open_import`: what passes here can be imported whole.
    """
    found = open_import(path)
    for _ in found.conversations:
        pass
    return found.report


def _counted(
    conversations: Iterator[ArchivedConversation], report: Report
) -> Iterator[ArchivedConversation]:
    for conversation in conversations:
        report.conversations += 1
        report.messages += len(conversation.messages)
        yield conversation
