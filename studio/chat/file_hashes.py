"""Adds the SHA-256 of the model's file to recipes, and tells a file that is another one by now."""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from studio.background import Background
from studio.chat import recipes
from studio.chat.turn import TurnEvent, TurnFinished
from studio.errors import StudioError
from studio.library.fingerprints import Fingerprints, Pace, stamp
from studio.translation import tr

if TYPE_CHECKING:
    from studio.chat.conversation import Message
    from studio.chat.store import ConversationStore

Verdict = Literal["same", "other", "unread", "unknown"]

_AT_ONCE = 50  # in one transaction, for others to write between
_WITHOUT = '%"file_sha256": ""%'  # as json.dumps() writes it

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class FileNow:
    """The file that would make a reply again, and whether it is the one that made it.

    ``unread`` means that only reading it whole can tell; ``unknown`` that nothing can.
    """

    path: Path
    verdict: Verdict


class FileHashes:
    """Learns a model's file after the first reply that it wrote, on a thread of its own.

    Args:
        find: gives the file of a model's name; raises a StudioError when there is none.
        is_model: tells whether a file is a model of the shelf, without opening it.
        must_wait: tells whether something runs that the reading would slow down.
        failed: told of faults; a file that is gone meanwhile is none.
        learned: told of each sum, for recipes that are kept elsewhere: the file, its stamp, the
            sum.
    """

    def __init__(
        self,
        store: ConversationStore,
        fingerprints: Fingerprints,
        find: Callable[[str], Path],
        is_model: Callable[[Path], bool],
        must_wait: Callable[[], bool],
        failed: Callable[[StudioError], None],
        learned: Callable[[str, str, str], object] = lambda _file, _stamp, _sum: None,
    ) -> None:
        self._store = store
        self._fingerprints = fingerprints
        self._find = find
        self._is_model = is_model
        self._must_wait = must_wait
        self._learned = learned
        self._background = Background("fingerprints", failed)
        self._asked = Background("asked fingerprints", failed)
        self._lock = threading.Lock()
        self._pending: set[str] = set()

    def note(self, event: TurnEvent) -> None:
        """Look after the recipe of a reply that has ended; an observer of the session."""
        if isinstance(event, TurnFinished) and event.reply.recipe.get("file_sha256") == "":
            self.look_after(event.reply.recipe, event.reply.id)

    def learn(self, reply: Message) -> Message:
        """Read a reply's file now, if its sum is missing; return the reply.

        A recipe can be a stranger's: only what is on the shelf is touched, and only what can be
        the file that it means is read.

        Raises:
            StudioError: ``model.not_on_shelf``; ``model.changed``; the file cannot be read, or the
                sum not be kept.
        """
        if reply.recipe.get("file_sha256") == "" and (named := reply.recipe.get("file")):
            path = Path(str(named))
            if not self._is_model(path):
                raise _not_on_shelf(path)
            if not _is_as_it_was(reply.recipe, path):
                raise _changed(path)
            self._learn(path, Pace())
        return self._store.message(reply.id)

    def file_now(self, reply: Message) -> FileNow:
        """Tell which file would make a reply again, without reading it.

        Raises:
            StudioError: ``reply.no_recipe``, or the model is not there any more.
        """
        path = self._find(recipes.model_of(reply))
        recipe = reply.recipe
        if recipe.get("file") == str(path) and recipe.get("file_stamp") == _first(stamp(path)):
            return FileNow(path, "same")
        if not recipe.get("file_sha256"):
            return FileNow(path, "unknown")
        known = self._fingerprints.known(path)
        return FileNow(path, _verdict(reply, known) if known else "unread")

    def compare(
        self,
        reply: Message,
        file: FileNow,
        told: Callable[[float], None] = lambda _share: None,
        must_stop: Callable[[], bool] = lambda: False,
    ) -> Verdict:
        """Tell whether a file is the one that wrote a reply, reading it if that is needed.

        Raises:
            StudioError: it cannot be read, or its sum not be kept.
        """
        if file.verdict != "unread":
            return file.verdict
        pace = Pace(must_stop=lambda: must_stop() or self._asked.is_closing, told=told)
        digest = self._fingerprints.learn(file.path, pace)
        return _verdict(reply, digest) if digest else "unread"

    def aside(self, work: Callable[[], None]) -> None:
        """Run a long :meth:`compare` where nothing else has to wait for it."""
        self._asked.run(work)

    def close(self) -> None:
        """Stop reading."""
        self._asked.begin_close()
        self._background.close()
        self._asked.close()

    def look_after(self, recipe: Mapping[str, Any], reply_id: str = "") -> None:
        """Learn the file of a recipe without a sum in the background, if it is as it was.

        Args:
            reply_id: the reply whose recipe it is; none for one that is kept elsewhere.
        """
        path = Path(str(recipe.get("file")))
        try:
            if not _is_as_it_was(recipe, path):
                _log.info("the hash of a recipe stays unknown: %s has changed", path)
                return
            if digest := self._fingerprints.known(path):
                self._fill_in(str(path), _first(stamp(path)), digest, reply_id)
                return
        except StudioError as error:  # the file is gone; the reply is there
            _log.info("the hash of a recipe stays unknown: %s", error)
            return
        with self._lock:
            is_new = str(path) not in self._pending
            self._pending.add(str(path))
        if is_new:
            self._background.run(lambda: self._learn_slowly(path))

    def _learn_slowly(self, path: Path) -> None:
        pace = Pace(lambda: self._background.is_closing, self._must_wait, rests=True)
        try:
            self._learn(path, pace)
        except StudioError as error:  # as above
            _log.info("the hash of a recipe stays unknown: %s", error)
        finally:
            with self._lock:
                self._pending.discard(str(path))

    def _learn(self, path: Path, pace: Pace) -> None:
        """Learn a file's sum and put it into every recipe that was made with it as it is."""
        as_it_is = _first(stamp(path))
        if digest := self._fingerprints.learn(path, pace):
            self._fill_in(str(path), as_it_is, digest)

    def _fill_in(self, path: str, as_it_is: str, digest: str, only: str = "") -> None:
        """Put a sum into the recipes made with a file, or into that of one reply."""
        self._learned(path, as_it_is, digest)
        found = [only] if only else self._without_a_sum()
        for first in range(0, len(found), _AT_ONCE):
            with self._store.database.transaction() as connection:
                for key in found[first : first + _AT_ONCE]:
                    rows = connection.query("SELECT recipe FROM chat_messages WHERE id = ?", [key])
                    for row in [*rows]:
                        recipe: dict[str, Any] = json.loads(row["recipe"])
                        if (recipe.get("file"), recipe.get("file_stamp")) == (path, as_it_is):
                            filled = json.dumps(recipe | {"file_sha256": digest})
                            connection.table("chat_messages").update(key, {"recipe": filled})

    def _without_a_sum(self) -> list[str]:
        """Return the replies whose recipe has no sum. Reads all of them, so nothing is locked."""
        query = "SELECT id FROM chat_messages WHERE recipe LIKE ?"
        with self._store.database.reading() as connection:
            return [row["id"] for row in connection.query(query, [_WITHOUT])]


def _first(whole: str) -> str:
    """Return the stamp of the first part, which is what a recipe knows of a model's file."""
    return whole.split(";")[0]


def _is_as_it_was(recipe: Mapping[str, Any], path: Path) -> bool:
    return recipe.get("file_stamp") == _first(stamp(path))


def _not_on_shelf(path: Path) -> StudioError:
    return StudioError(
        "model.not_on_shelf",
        tr("{file} is not among your models.", file=path.name),
        tr("Add it in the Models room, and write the reply again."),
        str(path),
    )


def _changed(path: Path) -> StudioError:
    return StudioError(
        "model.changed",
        tr("{file} has changed since it wrote this reply.", file=path.name),
        tr("Put the earlier file back to learn its hash."),
        str(path),
    )


def _verdict(reply: Message, digest: str) -> Verdict:
    return "same" if digest == reply.recipe.get("file_sha256") else "other"
