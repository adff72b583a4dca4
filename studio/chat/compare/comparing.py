"""Has two models or presets answer one prompt, one after the other, and keeps all of it.

The replies are written in a conversation each that lives in memory; what came of them is kept as a
comparison: when it begins, each second while it grows, and at each side's end.
"""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Protocol

from studio.chat.compare.comparison import SIDES, UNENDED, Chosen, Comparison, Side, Which
from studio.chat.compare.comparisons import Comparisons
from studio.chat.exchange import Wish
from studio.chat.prompt import Overrides
from studio.chat.turn import ReplyGrew, TurnEvent, TurnFailed, TurnFinished, TurnStarted
from studio.engine.outcome import error_of
from studio.engine.protocol import Failed
from studio.errors import StudioError
from studio.translation import tr

if TYPE_CHECKING:
    from studio.chat.presets.presets import Presets
    from studio.chat.session import ChatSession
    from studio.chat.store import ConversationStore
    from studio.library.choose import Chooser

Asked = Future[None]
Told = Callable[[Which, TurnEvent, Comparison], object]

_SAVE_EVERY_S = 1.0
_log = logging.getLogger(__name__)


class Room(Protocol):
    """A place for conversations that are not kept, over the models and presets there are."""

    @property
    def conversations(self) -> ConversationStore:
        """Where they live."""

    @property
    def session(self) -> ChatSession:
        """What answers in them."""

    @property
    def presets(self) -> Presets:
        """How replies can be."""

    @property
    def chooser(self) -> Chooser:
        """What decides which model is used."""

    def look_after(self, recipe: Mapping[str, Any]) -> None:
        """Have the file of a recipe that is kept elsewhere learned in the background."""

    def close(self) -> None:
        """Stop what is written here and forget all."""


class Contest:
    """One comparison that is being written. Close it once nobody looks at it any more."""

    def __init__(
        self,
        room: Room,
        comparisons: Comparisons,
        made: Comparison,
        chosen: dict[str, Which],
        told: Told,
    ) -> None:
        self._room = room
        self._comparisons = comparisons
        self._which = chosen
        self._told = told
        self._saved_at = 0.0
        self._replies: dict[Which, str] = {}
        self.begun = self.comparison = made
        self.trouble: StudioError | None = None
        self.written: Asked = Future()

    def stop(self) -> None:
        """End what is being written, and write no more; what has arrived is kept."""
        self._room.session.stop()

    def close(self) -> None:
        """Stop, and let go of the room."""
        self._room.close()

    def run(self, prompt: str, *, force: bool) -> None:
        """Begin to write; ``written`` is done at the end.

        Raises:
            StudioError: ``chat.busy``.
        """
        wishes = [Wish(key, prompt, Overrides(), force) for key in self._which]
        self._room.session.in_turn(wishes, self._listen, past_failures=True).add_done_callback(
            self._on_done
        )

    def _listen(self, event: TurnEvent) -> None:
        key = event.conversation_id
        which = self._which[key]
        side = self.comparison.side(which)
        if isinstance(event, TurnStarted):
            self._keep(which, replace(side, status="writing"))
        elif isinstance(event, ReplyGrew):
            grown = replace(
                side, reply=side.reply + event.text, reasoning=side.reasoning + event.reasoning
            )
            self._keep(which, grown, is_due=time.monotonic() - self._saved_at >= _SAVE_EVERY_S)
        elif isinstance(event, TurnFinished | TurnFailed):
            self._keep(which, self._ended(side, event))
        self._told(which, event, self.comparison)

    def _ended(self, side: Side, event: TurnFinished | TurnFailed) -> Side:
        reply = event.reply
        if reply is not None:
            self._replies[self._which[event.conversation_id]] = reply.id
            side = replace(
                side,
                reply=reply.content,
                reasoning=reply.reasoning,
                stop=reply.stop,
                figures=reply.figures,
                recipe=reply.recipe,
            )
        if isinstance(event, TurnFailed):
            return replace(side, status="failed", failure=str(event.error))
        loaded = self._room.session.loaded()
        is_whole = event.reply.status == "finished"
        return replace(
            side,
            status="finished" if is_whole else "cancelled",
            memory_bytes=loaded.memory_bytes if loaded else None,
        )

    def _keep(self, which: Which, side: Side, *, is_due: bool = True) -> None:
        self.comparison = self.comparison.with_side(which, side)
        if not is_due:
            return
        self._saved_at = time.monotonic()
        try:
            self._comparisons.save_side(self.comparison.id, which, side)
        except StudioError as error:  # such as a full disk; what was written stays on show
            self.trouble = error
            _log.info("a comparison is not saved: %s", error)

    def _on_done(self, done: Asked) -> None:
        try:
            self._complete()
        except StudioError as error:  # such as a disk that fails; who waits is told all the same
            self.trouble = error
            _log.info("a comparison is not complete: %s", error)
        if (failed := done.exception()) is not None:
            self.written.set_exception(failed)
        else:
            self.written.set_result(None)

    def _complete(self) -> None:
        for which in self._which.values():
            side = self.comparison.side(which)
            if side.status in UNENDED:
                self._keep(which, replace(side, status="cancelled"))
            elif which in self._replies:  # its recipe has been completed since its end
                recipe = self._room.conversations.message(self._replies[which]).recipe
                self._keep(which, replace(side, recipe=recipe))
                if recipe.get("file_sha256") == "":
                    self._room.look_after(recipe)


def begin(
    open_room: Callable[[], Room],
    comparisons: Comparisons,
    prompt: str,
    left: Chosen,
    right: Chosen,
    told: Told,
    *,
    is_blind: bool = False,
    force: bool = False,
) -> Contest:
    """Have a prompt answered by both. Not for the window's thread.

    With ``is_blind``, chance says which of the two stands at the left.

    Args:
        told: gets the events of both sides, with the comparison as it is then, on another thread.
        force: also where a model may not fit in memory.

    Raises:
        StudioError: ``prompt.empty``; ``comparison.same``; a model or preset that is not there, or
            a model that does not fit; ``chat.busy``.
    """
    if not prompt.strip():
        raise error_of(Failed(0, "prompt.empty"))
    room = open_room()
    try:
        sides = (_settled(room, left, force), _settled(room, right, force))
        _check_different(*sides)
        wanted = (left, right)
        if is_blind and secrets.randbelow(2):
            sides, wanted = (sides[1], sides[0]), (right, left)
        which: dict[str, Which] = {
            room.conversations.create(model=each.model, preset=each.preset).id: place
            for each, place in zip(wanted, SIDES, strict=True)
        }
        made = comparisons.begin(prompt, *sides, is_blind=is_blind)
        contest = Contest(room, comparisons, made, which, told)
        try:
            contest.run(prompt, force=force)
        except StudioError:
            comparisons.remove(made.id)
            raise
    except BaseException:
        room.close()
        raise
    return contest


def _settled(room: Room, chosen: Chosen, force: bool) -> Side:
    """Return who would answer, before anything is written."""
    choice = room.session.would_use(chosen.model, chosen.preset).choice
    if not force:
        room.chooser.choose(choice.name, False)
    preset = room.presets.in_force(chosen.preset, choice.name)
    return Side(choice.name, preset.name, preset.title)


def _check_different(one: Side, other: Side) -> None:
    if (one.model, one.preset) == (other.model, other.preset):
        raise StudioError(
            "comparison.same",
            tr("Both sides are the same: {name}.", name=one.name),
            tr("Choose another model or another preset on one side."),
        )
