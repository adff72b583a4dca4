"""Writes chats into files, off the window's thread but for the layout of PDF pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from studio.background import Answer
from studio.chat.transfer import folder, html_page, markdown, own_json
from studio.chat.transfer.saving import saving_bytes
from studio.errors import StudioError
from studio.translation import mark, tr
from studio.ui.chat.transfer.export_pdf import PdfPrint
from studio.ui.chat.transfer.transfer_work import IsStopped, Transfer, TransferWork, check

if TYPE_CHECKING:
    from studio.chat.conversation import Conversation
    from studio.chat.transfer.archive import ArchivedConversation
    from studio.chat.transfer.archives import Archives
    from studio.ui.relay import Relay

_WAIT_S = 0.05


@dataclass(frozen=True, slots=True)
class Form:
    """A kind of file: its ending, its name, what it is good for; whether it holds many chats.

    What it is good for is in English, to be translated where it is shown.
    """

    ending: str
    name: str
    about: str
    holds_many: bool = False


ON_SHOW = mark("Of messages with several versions, the one on show.")
FORMS = (
    Form("md", "Markdown", mark("Plain text with simple marks, for notes and editors.")),
    Form("html", "HTML", mark("A page for any browser that loads nothing else.")),
    Form("pdf", "PDF", mark("Pages to print or to send.")),
    Form(
        "json",
        "JSON",
        mark("All versions of messages, with files and draft; it can be imported again."),
        holds_many=True,
    ),
)


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: ``count`` of ``total`` chats, to a file or into a folder."""

    path: Path
    count: int
    total: int


class ExportWork(TransferWork):
    """Writes chats; ``ended`` carries :class:`Exported`. ``archives`` is asked for elsewhere."""

    def __init__(
        self,
        archives: Callable[[], Archives],
        transfer: Transfer,
        relay: Relay,
        parent: QObject,
    ) -> None:
        super().__init__(transfer, relay, parent)
        self._archives = archives
        self._print = relay.wrap(self._begin_print)

    def begin(
        self, chats: Sequence[Conversation], form: Form, target: Path, *, is_folder: bool
    ) -> None:
        """Write chats into a file, or a file each into a folder.

        A stop keeps the files that are finished, and no part of one that is not.
        """
        self.start(lambda is_stopped: self._write(chats, form, target, is_folder, is_stopped))

    def _write(
        self,
        chats: Sequence[Conversation],
        form: Form,
        target: Path,
        is_folder: bool,
        is_stopped: IsStopped,
    ) -> Exported:
        if is_folder:
            count = self._write_folder(chats, form, target, is_stopped)
        elif form.holds_many:
            count = own_json.write(target, self._taken(chats, is_stopped))
        else:
            self._write_page(form, target, chats[0].id, is_stopped)
            count = 1
        return Exported(target, count, len(chats))

    def _write_folder(
        self,
        chats: Sequence[Conversation],
        form: Form,
        target: Path,
        is_stopped: IsStopped,
    ) -> int:
        def write(path: Path, conversation_id: str) -> None:
            self._write_page(form, path, conversation_id, is_stopped)

        count = 0
        try:
            for count, _path in enumerate(folder.write_each(target, chats, form.ending, write), 1):
                self.tell_advance(count, len(chats))
        except StudioError as error:
            if error.code != "cancelled":
                raise
        return count

    def _taken(
        self, chats: Sequence[Conversation], is_stopped: IsStopped
    ) -> Iterator[ArchivedConversation]:
        archives = self._archives()
        for number, chat in enumerate(chats, 1):
            check(is_stopped)
            yield archives.take(chat.id)
            self.tell_advance(number, len(chats))

    def _write_page(
        self, form: Form, path: Path, conversation_id: str, is_stopped: IsStopped
    ) -> None:
        check(is_stopped)
        archived = self._archives().take(conversation_id)
        if form.ending == "pdf":
            data = self._printed(archived, is_stopped)
            with saving_bytes(path) as write:
                write(data)
        else:
            {"md": markdown.write, "html": html_page.write}[form.ending](path, archived)

    def _printed(self, archived: ArchivedConversation, is_stopped: IsStopped) -> bytes:
        """Have the window lay the pages out, and wait for it, but not when it is being closed.

        Raises:
            StudioError: ``cancelled``; ``export.no_pages`` when the window could not do it.
        """
        pages: Answer[bytes] = Answer()
        parts = [*html_page.parts(archived, purpose="print")]
        self._print(archived.title, parts, pages.give, is_stopped)
        data = pages.wait(lambda: check(is_stopped), _WAIT_S)
        if not data:
            title = archived.title or tr("New chat")
            raise StudioError(
                "export.no_pages",
                tr("The pages of “{title}” could not be laid out.", title=title),
                tr("Nothing was written. Export the chat as HTML, and print that."),
            )
        return data

    def _begin_print(
        self,
        title: str,
        parts: Sequence[str],
        done: Callable[[bytes], object],
        is_stopped: IsStopped,
    ) -> None:
        PdfPrint(title, parts, done, is_stopped, self)
