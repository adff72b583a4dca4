"""Takes the conversations of a file in: all that are new, or none of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from studio.chat.model_names import without_path, without_paths
from studio.chat.store import ConversationStore
from studio.chat.transfer import incoming
from studio.chat.transfer.archive import ArchivedConversation
from studio.chat.transfer.archives import Archives
from studio.chat.transfer.report import Report
from studio.errors import StudioError
from studio.translation import tr

Told = Callable[[int, int], object]


@dataclass(slots=True)
class Brought:
    """What an import did: ``added`` holds ids; the others were here already."""

    report: Report
    added: list[str] = field(default_factory=list)
    skipped: int = 0
    in_trash: int = 0

    def sentences(self) -> tuple[str, ...]:
        """Return in words what came, what was here already, and what was left out."""
        told = [tr("Nothing new was in it.")]
        if self.added:
            told = [tr("%n chat was imported.", "%n chats were imported.", len(self.added))]
        if self.skipped:
            told.append(
                tr("%n chat was here already.", "%n chats were here already.", self.skipped)
            )
        if self.in_trash:
            told.append(
                tr(
                    "%n chat was here already, in the trash.",
                    "%n chats were here already, in the trash.",
                    self.in_trash,
                )
            )
        return (*told, *self.report.sentences()[1:])


class Importing:
    """Brings files in. May be used from any thread."""

    def __init__(self, archives: Archives, store: ConversationStore) -> None:
        self._archives = archives
        self._store = store

    def bring_in(
        self,
        source: Path,
        told: Told = lambda _done, _total: None,
        is_cancelled: Callable[[], bool] = lambda: False,
        *,
        again: bool = False,
    ) -> Brought:
        """Go through a file once to know that it is sound, then store what is not here yet.

        When that fails or is cancelled, what was stored until then is taken away again.

        Args:
            told: gets how many conversations are done, of how many; 0 of 0 while looking.
            again: store a second copy of what is here already.

        Raises:
            StudioError: as :func:`studio.chat.transfer.incoming.survey`; ``cancelled``; or why
                the database could not be written.
        """
        report = _survey(source, told, is_cancelled)
        known = self._store.ids()
        trashed = {chat.id for chat in self._store.list(trashed=True)}
        brought = Brought(report)
        try:
            with self._archives.spool() as spool:
                found = incoming.open_import(source, spool).conversations
                for number, archived in enumerate(found, 1):
                    _check(is_cancelled)
                    if archived.id not in known or again:
                        brought.added.append(self._archives.put(_harmless(archived)).id)
                    elif archived.id in trashed:
                        brought.in_trash += 1
                    else:
                        brought.skipped += 1
                    told(number, report.conversations)
        except StudioError as error:
            raise self._taken_back(brought.added, error) from error
        except BaseException:  # such as Ctrl+C
            self._taken_back(brought.added, _cancelled())
            raise
        return brought

    def _taken_back(self, added: list[str], error: StudioError) -> StudioError:
        """Delete what was stored; return the failure, with a word on what could not be deleted."""
        while added:
            try:
                self._store.trash(added[-1])
                self._store.purge(added[-1])
            except StudioError:  # what failed before is the reason that is worth telling
                left = tr(
                    "%n of its chats is here already, or in the trash.",
                    "%n of its chats are here already, or in the trash.",
                    len(added),
                )
                hint = f"{error.hint} {left}"
                return StudioError(error.code, error.what, hint, error.details)
            added.pop()
        return error


def _harmless(archived: ArchivedConversation) -> ArchivedConversation:
    """Return a chat without the paths in it: what a stranger wrote names no file to be opened."""
    return replace(
        archived,
        model=without_path(archived.model),
        messages=tuple(
            replace(each, model=without_path(each.model), recipe=without_paths(each.recipe))
            for each in archived.messages
        ),
        summaries=tuple(
            replace(each, model=without_path(each.model), recipe=without_paths(each.recipe))
            for each in archived.summaries
        ),
    )


def _survey(source: Path, told: Told, is_cancelled: Callable[[], bool]) -> Report:
    told(0, 0)
    found = incoming.open_import(source)
    for _ in found.conversations:
        _check(is_cancelled)
    return found.report


def _check(is_cancelled: Callable[[], bool]) -> None:
    if is_cancelled():
        raise _cancelled()


def _cancelled() -> StudioError:
    return StudioError("cancelled", tr("The import was stopped."), tr("Nothing was taken in."))
