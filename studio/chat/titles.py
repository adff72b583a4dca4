"""Has the model give a conversation its title, beside the conversation and after its reply."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from studio.chat.conversation import Conversation
from studio.chat.presets.examples import with_examples
from studio.chat.prompt import PromptComposer, date_of, system_of
from studio.chat.store import ConversationStore
from studio.chat.title_rules import title_in
from studio.engine.language import Begun, ChatMessage, Generate, ReplyGenerated, Sampling
from studio.engine.outcome import error_of
from studio.engine.protocol import Done, Failed
from studio.engine.text import TextEngine
from studio.errors import StudioError
from studio.translation import tr

if TYPE_CHECKING:
    from studio.chat.exchange import Choose

ASK = "Write a title for this conversation, at most six words, in its language. Only the title."
_BEGUN = Begun("Title:")  # small models then write one, and those that reason do not
_SAMPLING = Sampling(temperature=0.0, max_tokens=24, repeat_penalty=1.1, stop=("\n",), seed=0)
_ANEW = replace(_SAMPLING, temperature=0.8, top_p=0.95, seed=None)
_AGAIN = replace(_ANEW, seed=1)
_TRIES = 3
_ROOM = _SAMPLING.max_tokens or 0
_EXCERPT = 800
_POLL_S = 0.05
_AT_ONCE = 3
_UNTITLED = """
SELECT id FROM chat_conversations AS chat
WHERE title_by = '' AND trashed_at IS NULL AND NOT purged AND NOT archived AND EXISTS (
    SELECT 1 FROM chat_messages WHERE conversation_id = chat.id
    AND role = 'assistant' AND (
        (status = 'finished' AND trim(content) <> '')
        OR (status = 'cancelled' AND length(trim(content)) >= 40)  -- enough to name it by
    )
)
ORDER BY id = ? DESC, updated_at DESC LIMIT ?
"""
_NAME = "UPDATE chat_conversations SET title = ?, title_by = 'model' WHERE id = ?"

_log = logging.getLogger(__name__)


class TitleMaker:
    """Asks the loaded model. Its work is done on the thread of the session alone.

    Args:
        must_stop: tells whether somebody else wants the model, who then gets it.
    """

    def __init__(
        self,
        store: ConversationStore,
        engine: TextEngine,
        composer: PromptComposer,
        must_stop: Callable[[], bool],
    ) -> None:
        self._store = store
        self._engine = engine
        self._composer = composer
        self._must_stop = must_stop
        self._is_wanted: Callable[[], bool] = lambda: False
        self._observers: list[Callable[[str], object]] = []
        self._tried: set[str] = set()

    def want(self, is_wanted: Callable[[], bool]) -> None:
        """Have new conversations named from now on while ``is_wanted`` says so."""
        self._is_wanted = is_wanted

    def observe(self, observer: Callable[[str], object]) -> None:
        """Have ``observer`` told the id of each conversation that gets a title here."""
        self._observers.append(observer)

    def after(self, conversation_id: str) -> None:
        """Name a conversation after a turn in it, if nobody has; never raises for a poor title.

        So are a few others that somebody's wish, or the end of the program, has kept from theirs.
        A title of the person's own stays, and where the model finds none in three tries, how the
        question begins: for as long as the program runs it is not asked again.
        """
        if not self._is_wanted():
            return
        try:
            for key in self._untitled(conversation_id):
                if self._must_stop():
                    return
                self._try(key, is_at_hand=key == conversation_id)
        except StudioError as error:
            _log.info("no conversation gets a title: %s", error.code)

    def make(self, conversation_id: str, choose: Choose) -> Conversation:
        """Name a conversation anew, whoever has made the title that it has.

        Raises:
            StudioError: ``title.none``, ``title.stopped``, ``conversation.unknown``, or why the
                model cannot be asked.
        """
        conversation = self._store.get(conversation_id)
        if self._engine.loaded is None:
            choice = self._composer.choose(conversation, choose, False)
            self._engine.load(choice, lambda _share: None)
        title = ""
        for _try in range(_TRIES):
            title = title or self._found(conversation, _ANEW)
        if self._must_stop():
            raise StudioError(
                "title.stopped",
                tr("The title was given up for your message."),
                tr("Ask for it again after the reply."),
            )
        if not title:
            raise StudioError(
                "title.none",
                tr("The model found no fitting title."),
                tr("Rename the chat yourself: choose it in the list and press F2."),
            )
        self._give(conversation, title, again=True)
        return self._store.get(conversation_id)

    def _untitled(self, first: str) -> list[str]:
        with self._store.database.reading() as db:
            limit = _AT_ONCE + len(self._tried)
            found = [key for (key,) in db.execute(_UNTITLED, [first, limit]).fetchall()]
        return [key for key in found if key not in self._tried][:_AT_ONCE]

    def _try(self, key: str, *, is_at_hand: bool) -> None:
        """Name a conversation, unless somebody else wants the model before it is found."""
        title = ""
        try:
            conversation = self._store.get(key)
            title = self._in_some_tries(conversation, is_at_hand=is_at_hand)
            self._give(conversation, title, again=False)
        except StudioError as error:
            _log.info("a conversation gets no title: %s", error.code)
        if title or not self._must_stop():
            self._tried.add(key)

    def _in_some_tries(self, conversation: Conversation, *, is_at_hand: bool) -> str:
        """Return a title, or nothing; replies that look like data spoil it, so they go last."""
        title = self._found(conversation, is_at_hand=is_at_hand)
        for sampling, with_replies in ((_AGAIN, is_at_hand), (_SAMPLING, False)):
            if not title and not self._must_stop():
                title = self._found(conversation, sampling, is_at_hand=with_replies)
        return title

    def _found(
        self,
        conversation: Conversation,
        sampling: Sampling = _SAMPLING,
        *,
        is_at_hand: bool = True,
    ) -> str:
        """Return a title, or nothing.

        Args:
            is_at_hand: the model has just read the conversation; else only its question is read.
        """
        loaded = self._engine.loaded
        if loaded is None or not loaded.has_template:
            return ""
        branch = self._store.branch(conversation.id)
        question = next((each.content for each in branch if each.role == "user"), "")
        if not question:
            return ""
        date = date_of(conversation)
        messages: tuple[ChatMessage, ...] = ()
        if is_at_hand:
            messages = self._messages(conversation)
            counted = self._engine.count(messages, date=date, begun=_BEGUN)
            is_at_hand = counted.tokens + _ROOM < loaded.context
        if not is_at_hand:
            messages = (ChatMessage("user", f"{question[:_EXCERPT]}\n\n{ASK}"),)
        return title_in(self._asked(messages, date, sampling), question)

    def _messages(self, conversation: Conversation) -> tuple[ChatMessage, ...]:
        """Return the conversation as the next turn will tell it, and what is asked here."""
        choice = self._engine.choice
        preset = self._composer.preset_of(conversation, choice.name if choice else "")
        history = self._composer.history(conversation, system_of(conversation, preset))
        return _with_asked(with_examples(preset.examples, history.messages()))

    def _asked(self, messages: Sequence[ChatMessage], date: str, sampling: Sampling) -> str:
        """Return what the model says, or nothing when somebody else wants it meanwhile."""
        request = Generate(0, tuple(messages), sampling, date=date, begun=_BEGUN, aside=True)
        with self._engine.generate(request) as job:
            is_stopped = False
            while True:
                event = job.next(_POLL_S)
                if not is_stopped and self._must_stop():
                    is_stopped = True
                    job.cancel()
                if isinstance(event, Failed):
                    raise error_of(event)
                if isinstance(event, Done):
                    result = event.result
                    if not isinstance(result, ReplyGenerated) or result.stop == "cancelled":
                        return ""
                    return result.text

    def _give(self, conversation: Conversation, title: str, *, again: bool) -> None:
        if not title:
            return
        with self._store.database.transaction() as db:
            only_if = "" if again else " AND title_by = ''"  # the person may have been faster
            if not db.execute(_NAME + only_if, [title, conversation.id]).rowcount:
                return
        for observer in self._observers:
            observer(conversation.id)


def _with_asked(messages: Sequence[ChatMessage]) -> tuple[ChatMessage, ...]:
    last = messages[-1]
    if last.role != "user":
        return (*messages, ChatMessage("user", ASK))
    return (*messages[:-1], replace(last, content=f"{last.content}\n\n{ASK}"))
