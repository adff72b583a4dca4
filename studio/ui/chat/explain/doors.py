"""The doors to what explains a reply: prompt, recipe, certainty, and making it once more."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from studio.errors import StudioError
from studio.translation import mark, tr
from studio.ui.chat.messages.message_actions import Act
from studio.ui.relay import Relay
from studio.ui.theme import Theme
from studio.ui.widgets.confirm import confirm_dialog

if TYPE_CHECKING:
    from studio.chat.conversation import Message
    from studio.chat.file_hashes import FileHashes, FileNow, Verdict
    from studio.chat.session import ChatSession
    from studio.chat.store import ConversationStore
    from studio.ui.chat.sending import Sending
    from studio.ui.chat.work_area import WorkArea

_T = TypeVar("_T")

Background = Callable[[Callable[[], None]], object]
_OTHER = mark("The model's file is another one now")
_CONSEQUENCE = mark(
    "It was replaced since this reply was written, so the new reply may "
    "have other words. Both stay, side by side."
)


class Explain(QObject):
    """Opens windows over ``parent``.

    ``repeat_wished`` carries the id of a reply that is to be made again, once that is settled;
    ``refused`` a StudioError because of which something could not be done.
    ``background`` runs what takes long off the window's thread; without it, it runs on it.
    """

    repeat_wished = Signal(str)
    refused = Signal(object)

    def __init__(
        self,
        theme: Theme,
        store: ConversationStore,
        session: Callable[[], ChatSession],
        background: Background | None,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._store = store
        self._session = session
        self._background = background
        self._window = parent
        self._relay = Relay(self)
        self._hashes: Callable[[], FileHashes] | None = None

    def know_files(self, hashes: Callable[[], FileHashes]) -> None:
        """Have a model's file compared with the one that wrote a reply, before it is repeated."""
        self._hashes = hashes

    def serve(self, work: WorkArea, sending: Sending) -> None:
        """Do what is asked for in the transcript's menus; ``sending`` makes replies again."""
        self.repeat_wished.connect(sending.repeat)
        self.refused.connect(work.banner.show_error)
        work.transcript_made.connect(lambda transcript: transcript.acted.connect(self._act))

    def show_prompt(self, reply_id: str) -> None:
        """Show the text that the model read for a reply."""

        def look() -> tuple[Message, str]:
            return self._store.message(reply_id), self._session().exact_prompt(reply_id)

        self._ask(look, lambda found: self._open_prompt(*found))

    def show_recipe(self, reply_id: str) -> None:
        """Show how a reply was made."""
        self._ask(lambda: self._store.message(reply_id), self._open_recipe)

    def show_certainty(self, reply_id: str) -> None:
        """Ask the model how sure it was of each piece of a reply, and show it."""
        self._ask(lambda: self._store.message(reply_id), self._open_certainty)

    def repeat(self, reply_id: str) -> None:
        """Make a reply again, after a warning if the model's file is another one by now."""
        if self._hashes is None:
            self.repeat_wished.emit(reply_id)
            return
        hashes = self._hashes

        def look() -> tuple[Message, FileNow]:
            reply = self._store.message(reply_id)
            return reply, hashes().file_now(reply)

        self._ask(look, lambda found: self._on_file_known(hashes(), *found))

    def _act(self, message: Message, act: Act) -> None:
        doors: dict[Act, Callable[[str], None]] = {
            Act.RECIPE: self.show_recipe,
            Act.PROMPT: self.show_prompt,
            Act.CERTAINTY: self.show_certainty,
            Act.REPEAT: self.repeat,
        }
        if (door := doors.get(act)) is not None:
            door(message.id)

    def _open_prompt(self, reply: Message, prompt: str) -> None:
        tokens = reply.recipe.get("prompt_tokens")
        known = tokens if isinstance(tokens, int) else None
        # These windows are seldom wanted, and the Chat room's start need not wait for them.
        from studio.ui.chat.explain.prompt import prompt_dialog

        prompt_dialog(self._theme, self._window, prompt, known).open()

    def _open_recipe(self, reply: Message) -> None:
        from studio.ui.chat.explain.recipe import RecipeDialog

        dialog = RecipeDialog(self._theme, self._window, reply)
        dialog.repeat_wished.connect(lambda: self.repeat(reply.id))
        dialog.prompt_wished.connect(lambda: self.show_prompt(reply.id))
        dialog.open()

    def _open_certainty(self, reply: Message) -> None:
        from studio.ui.chat.explain.certainty import CertaintyDialog

        CertaintyDialog(self._theme, self._window, self._session, reply).open()

    def _on_file_known(self, hashes: FileHashes, reply: Message, file: FileNow) -> None:
        if file.verdict != "unread":
            self._settle(reply.id, file.verdict)
            return
        from studio.ui.chat.explain.check import CheckDialog

        dialog = CheckDialog(self._theme, self._window)
        told, is_closed = dialog.told, dialog.is_closed

        def read() -> Verdict:
            return hashes.compare(reply, file, told, is_closed.is_set)

        def settle(verdict: Verdict) -> None:
            if not is_closed.is_set():
                dialog.accept()
                self._settle(reply.id, verdict)

        def give_up() -> None:
            if not is_closed.is_set():
                dialog.reject()

        dialog.open()
        self._ask(read, settle, give_up, hashes.aside)

    def _settle(self, reply_id: str, verdict: Verdict) -> None:
        if verdict != "other":
            self.repeat_wished.emit(reply_id)
            return
        confirm_dialog(
            self._theme,
            self._window,
            tr(_OTHER),
            tr(_CONSEQUENCE),
            tr("Make it again"),
            lambda: self.repeat_wished.emit(reply_id),
        ).open()

    def _ask(
        self,
        look: Callable[[], _T],
        found: Callable[[_T], object],
        failed: Callable[[], object] = lambda: None,
        aside: Background | None = None,
    ) -> None:
        """Look something up; ``found`` gets it in the window, where a failure is told, too.

        ``aside`` runs what takes so long that nothing else should wait for it.
        """

        def refuse(error: StudioError) -> None:
            failed()
            self.refused.emit(error)

        if self._background is None:
            _work(look, found, refuse)
            return
        answer, tell = self._relay.wrap(found), self._relay.wrap(refuse)
        (aside or self._background)(lambda: _work(look, answer, tell))


def _work(
    look: Callable[[], _T],
    found: Callable[[_T], object],
    refuse: Callable[[StudioError], object],
) -> None:
    try:
        answer = look()
    except StudioError as error:
        refuse(error)
        return
    found(answer)
