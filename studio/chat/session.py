"""A session: one exchange after another, begun from any thread, run on one, heard when stopped."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import replace

from studio.chat import recipes
from studio.chat.asides import Asides
from studio.chat.attachments.files import AttachedFile
from studio.chat.exchange import Choose, Exchange, Listener, Wish
from studio.chat.lane import Lane
from studio.chat.options import Overflow
from studio.chat.presets.model import Taken
from studio.chat.presets.presets import Presets
from studio.chat.prompt import Overrides, PromptComposer
from studio.chat.resume import ResumeStates
from studio.chat.store import ConversationStore
from studio.chat.turn import TurnEvent, TurnFailed
from studio.chat.unsaved import Unsaved
from studio.engine.language import ModelLoaded
from studio.engine.outcome import error_of
from studio.engine.protocol import Failed
from studio.engine.text import TextEngine
from studio.errors import StudioError


class ChatSession(Asides):
    """Runs turns one at a time, on a thread of its own.

    Args:
        choose: finds the model for a name; with ``True`` also one that may not fit in memory.
        usual_overflow: what happens when a conversation outgrows the context, unless it has its
            own choice.
        lane: the thread of another session over the same engine, which is then shared.
    """

    def __init__(
        self,
        store: ConversationStore,
        engine: TextEngine,
        presets: Presets,
        states: ResumeStates,
        choose: Choose,
        usual_overflow: Callable[[], Overflow] = lambda: "roll",
        lane: Lane | None = None,
    ) -> None:
        super().__init__(
            store, engine, PromptComposer(store, engine, presets, usual_overflow), choose, lane
        )
        self._states = states
        self._unsaved = Unsaved()
        self._exchange = Exchange(
            store, engine, self._composer, states, self._unsaved, choose, self._prompts
        )
        self._observers: list[Listener] = []

    def observe(self, listener: Listener) -> None:
        """Have every turn's events told to ``listener`` too, for as long as the session lives."""
        self._observers.append(listener)

    def loaded(self) -> ModelLoaded | None:
        """Return what the engine has loaded."""
        return self._engine.loaded

    def would_use(self, model: str, preset: str = "") -> Taken:
        """Return what answers when a model and a preset are chosen, or neither, fit or not.

        Not for the window's thread: it looks at the models' files and at the machine.

        Raises:
            StudioError: there is none; it is what the reply would fail with.
        """
        return self._composer.would_take(model, preset, self._choose, True)

    def send(
        self,
        conversation_id: str,
        text: str,
        listener: Listener,
        *,
        overrides: Overrides | None = None,
        force: bool = False,
        beside: str | None = None,
        queued: str = "",
        is_draft: bool = False,
        files: Sequence[AttachedFile] = (),
    ) -> Future[None]:
        """Ask a question; returns at once, and tells the listener what happens.

        Args:
            beside: the id of the question that this one is another wording of.
            queued: the id of the message in the queue that this is.
            is_draft: it is the draft, which goes with what waits for it.
            files: what is attached to it besides.

        Raises:
            StudioError: ``chat.busy`` or ``prompt.empty``.
        """
        if not text.strip():
            raise error_of(Failed(0, "prompt.empty"))
        overrides = overrides or Overrides()
        wish = Wish(conversation_id, text, overrides, force, beside, queued=queued)
        return self._begin(replace(wish, is_draft=is_draft, files=files), listener)

    def regenerate(
        self,
        conversation_id: str,
        listener: Listener,
        *,
        force: bool = False,
        question_id: str | None = None,
    ) -> Future[None]:
        """Write a new reply to a question, by default the last on show, beside the old one.

        Raises:
            StudioError: ``chat.busy`` or ``prompt.empty``.
        """
        branch = self._store.branch(conversation_id)
        if not branch:
            raise error_of(Failed(0, "prompt.empty"))
        questions = [message.id for message in branch if message.role == "user"]
        question_id = question_id or (questions[-1] if questions else None)
        return self._begin(Wish(conversation_id, None, Overrides(), force, question_id), listener)

    def in_turn(
        self, wishes: Sequence[Wish], listener: Listener, *, past_failures: bool
    ) -> Future[None]:
        """Run exchanges one after another with nothing between them, until stopped.

        Args:
            past_failures: also after one that failed.

        Raises:
            StudioError: ``chat.busy``.
        """
        self._enter(wishes[0].conversation_id)
        return self._executor.submit(self._run, wishes, listener, past_failures)

    def go_on(
        self, conversation_id: str, listener: Listener, *, force: bool = False
    ) -> Future[None]:
        """Go on with the last reply on show where it was cut off.

        Raises:
            StudioError: ``chat.busy``.
        """
        wish = Wish(conversation_id, None, Overrides(), force, goes_on=True)
        return self._begin(wish, listener)

    def repeat(self, reply_id: str, listener: Listener, *, force: bool = False) -> Future[None]:
        """Make a reply again, beside itself: the same model, prompt, settings and seed.

        Whether the text is the same is told with it.

        Raises:
            StudioError: ``message.unknown``, ``chat.busy``, or as
                :func:`studio.chat.recipes.check_repeatable`.
        """
        reply = self._store.message(reply_id)
        recipes.check_repeatable(reply)
        if not self.exact_prompt(reply_id):
            raise recipes.no_recipe()
        wish = Wish(reply.conversation_id, None, Overrides(), force, repeats=reply)
        return self._begin(wish, listener)

    def stop(self) -> None:
        """Stop the running turn, in whatever phase it is; what has arrived is kept."""
        if self.running_in is not None:
            self._engine.stop()

    def unsaved(self) -> StudioError | None:
        """Return why a reply would be lost if the program ended now, after trying to save it."""
        return self._unsaved.trouble()

    def purge(self, conversation_id: str) -> None:
        """Delete a conversation in the trash for good, with its messages and its saved state.

        Not for the window's thread: a long conversation takes a while, and so do its states.

        Raises:
            StudioError: as :meth:`ConversationStore.purge`, or ``chat.busy`` while a reply is
                being written in it.
        """
        with self._turnstile.shut(conversation_id):
            self._store.purge(conversation_id)
        self._states.prune()

    def close(self) -> None:
        """Stop, and wait until all is saved; a lane that is shared goes on."""
        if self._owns_lane:
            self.lane.begin_close()
            self._engine.stop()  # a title that is being made, too
            self.lane.close()
        self._unsaved.close()

    def _begin(self, wish: Wish, listener: Listener) -> Future[None]:
        return self.in_turn([wish], listener, past_failures=True)

    def _run(self, wishes: Sequence[Wish], listener: Listener, past_failures: bool) -> None:
        def tell(event: TurnEvent) -> None:
            for each in (listener, *self._observers):
                each(event)

        try:
            last = self._exchange.run(wishes[0], tell)
            for wish in wishes[1:]:
                failed = isinstance(last, TurnFailed)
                if self._engine.stopping or (failed and not past_failures):
                    break
                tell(last)
                last = self._exchange.run(wish.after(last), tell)
        finally:
            self._engine.allow()  # a Stop was for this alone
            self._turnstile.leave()
        tell(last)
        self.lane.tell_free(last)
        self.titles.after(wishes[0].conversation_id)
