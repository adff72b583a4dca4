"""Keeps what is typed and not yet sent: in memory at once, in the database half a second later.

A thread of its own writes, so that no key waits for the disk. What the database refuses stays in
memory and is tried again until it is taken, or the program ends.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.errors import StudioError

if TYPE_CHECKING:
    from studio.chat.reader import ConversationReader

WRITE_EVERY_S = 0.5
RETRY_AFTER_S = (2.0, 10.0, 60.0)  # the last one goes on for as long as the program is open

_NOTE = """
INSERT INTO chat_drafts (message_id, conversation_id, text)
SELECT :message, :conversation, :text
WHERE :conversation IS NULL OR EXISTS (SELECT 1 FROM chat_conversations WHERE id = :conversation)
ON CONFLICT (message_id) DO UPDATE SET text = excluded.text
"""
_FORGET = "DELETE FROM chat_drafts WHERE message_id = ?"

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class DraftKey:
    """What a text is for: other words for a message, or else the next message.

    The next message without a conversation is the first one of a new chat.
    """

    conversation_id: str = ""
    message_id: str = ""


NEW_CHAT = DraftKey()


class Drafts:
    """Half-written texts. May be used from any thread. Close it at the end.

    Args:
        set_draft: keeps the next message of a conversation.
    """

    def __init__(self, reader: ConversationReader, set_draft: Callable[[str, str], object]) -> None:
        self._reader = reader
        self._set_draft = set_draft
        self._noted: dict[DraftKey, str | None] = {}
        self._lock = threading.Lock()
        self._writing = threading.Lock()
        self._closing = threading.Event()
        self._thread: threading.Thread | None = None
        self._failed: Callable[[StudioError], object] = lambda _error: None

    def observe(self, failed: Callable[[StudioError], object]) -> None:
        """Have ``failed`` told, on the thread that writes, when texts begin to be refused."""
        self._failed = failed

    def note(self, key: DraftKey, text: str | None) -> None:
        """Take in a text as it is now, ``None`` to forget it; never waits for the disk."""
        with self._lock:
            self._noted[key] = text
        self._begin()

    def keep(self, key: DraftKey, text: str) -> None:
        """Take in a text and return when the database has it.

        Raises:
            StudioError: it does not take it now, and is asked again later.
        """
        with self._lock:
            self._noted[key] = text
        try:
            self._write(key)
        except StudioError:
            self._begin()
            raise

    def text(self, key: DraftKey) -> str | None:
        """Return a text as it was last noted, also by an earlier run; ``None`` if there is none.

        Raises:
            StudioError: the database cannot be read, or ``conversation.unknown``.
        """
        with self._lock:
            if key in self._noted:
                return self._noted[key]
        if key.conversation_id and not key.message_id:
            return self._reader.get(key.conversation_id).draft
        query = "SELECT text FROM chat_drafts WHERE message_id = ?"
        with self._reader.database.reading() as connection:
            found = [row["text"] for row in connection.query(query, [key.message_id])]
        return found[0] if found else None

    def wordings(self, conversation_id: str) -> dict[str, str]:
        """Return the other words that are half written in a conversation, by their messages' ids.

        Raises:
            StudioError: the database cannot be read.
        """
        query = "SELECT message_id, text FROM chat_drafts WHERE conversation_id = ?"
        with self._lock:
            noted = dict(self._noted)
        with self._reader.database.reading() as connection:
            rows = connection.query(query, [conversation_id])
            found: dict[str, str | None] = {row["message_id"]: row["text"] for row in rows}
        for key, text in noted.items():
            if key.message_id and key.conversation_id == conversation_id:
                found[key.message_id] = text
        return {message_id: text for message_id, text in found.items() if text is not None}

    def flush(self) -> None:
        """Return when the database has all that was noted.

        Raises:
            StudioError: it does not take some of it now; the rest is written.
        """
        refused: StudioError | None = None
        with self._lock:
            keys = list(self._noted)
        for key in keys:
            try:
                self._write(key)
            except StudioError as error:
                refused = refused or error
        if refused is not None:
            raise refused

    def close(self) -> None:
        """Write a last time; what is refused even now is lost, and the log says so."""
        self._closing.set()
        if (thread := self._thread) is not None:
            thread.join()
        try:
            self.flush()
        except StudioError as error:
            _log.warning("What was half written could not be saved: %s", error)

    def _begin(self) -> None:
        with self._lock:
            if self._thread is None and not self._closing.is_set():
                self._thread = threading.Thread(target=self._keep_writing, name="drafts")
                self._thread.start()

    def _keep_writing(self) -> None:
        refusals = 0
        try:
            while not self._closing.wait(_delay_s(refusals)):
                refusals = 0 if self._has_written(tells=refusals == 0) else refusals + 1
                with self._lock:
                    if not self._noted:
                        self._thread = None
                        return
        except BaseException:
            with self._lock:
                self._thread = None  # the next note begins another one
            raise

    def _has_written(self, *, tells: bool) -> bool:
        try:
            self.flush()
        except StudioError as error:
            _log.info("what is half written stays in memory: %s", error)
            if tells:
                self._failed(error)
            return False
        return True

    def _write(self, key: DraftKey) -> None:
        """Write a text as it is now; those of one key never overtake one another."""
        with self._writing:
            with self._lock:
                if key not in self._noted:
                    return
                text = self._noted[key]
            self._put(key, text)
            with self._lock:
                if self._noted[key] == text:
                    del self._noted[key]

    def _put(self, key: DraftKey, text: str | None) -> None:
        if key.conversation_id and not key.message_id:
            self._put_next(key.conversation_id, text or "")
            return
        with self._reader.database.transaction() as connection:
            if text is None or (key == NEW_CHAT and not text):
                connection.execute(_FORGET, [key.message_id])
            else:
                conversation = key.conversation_id or None
                values = {"message": key.message_id, "conversation": conversation, "text": text}
                connection.execute(_NOTE, values)

    def _put_next(self, conversation_id: str, text: str) -> None:
        try:
            self._set_draft(conversation_id, text)
        except StudioError as error:
            if error.code != "conversation.unknown":
                raise
            _log.info("a draft went with its conversation, which was deleted for good")


def _delay_s(refusals: int) -> float:
    if refusals == 0:
        return WRITE_EVERY_S
    return RETRY_AFTER_S[min(refusals, len(RETRY_AFTER_S)) - 1]
