"""Does with the branches of a conversation what the person asks for in its transcript."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from studio.chat.conversation import Conversation, Message
from studio.chat.store import ConversationStore
from studio.errors import StudioError
from studio.translation import tr
from studio.ui.chat.choices import Background
from studio.ui.chat.messages.message_actions import Act, Busy
from studio.ui.chat.sending import Sending
from studio.ui.chat.turns import Turns
from studio.ui.chat.work_area import WorkArea
from studio.ui.relay import Relay
from studio.ui.widgets.toast import Toasts

if TYPE_CHECKING:
    from studio.chat.tree import ConversationTree, Removal
    from studio.ui.chat.transcript.transcript import Transcript

_Result = TypeVar("_Result")


class BranchActs(QObject):
    """Shows conversations with their branches, and changes them.

    What takes long runs in the ``background``, which does one thing after another in the order in
    which they were asked for. ``changed`` tells that another branch is on show; ``forked`` carries
    the id of a conversation that was made.
    """

    changed = Signal()
    forked = Signal(str)

    def __init__(
        self,
        tree: Callable[[], ConversationTree],
        store: ConversationStore,
        work: WorkArea,
        turns: Turns,
        sending: Sending,
        toasts: Toasts,
        background: Background | None = None,
    ) -> None:
        super().__init__(work)
        self._tree = tree
        self._store = store
        self._work = work
        self._turns = turns
        self._sending = sending
        self._toasts = toasts
        self._background = background
        self._relay = Relay(self)
        self._leaving: set[str] = set()
        self._sent: tuple[str, str] | None = None
        work.transcript_made.connect(self._on_transcript_made)
        turns.started.connect(self._on_started)
        turns.strayed.connect(lambda added: self._exchange(store.branch_to(added)))
        turns.ended.connect(self._on_ended)
        turns.unplaced.connect(self._on_unplaced)

    def show(self, conversation_id: str) -> None:
        """Show a conversation from its end, with a reply that is being written as it is now."""
        branch = self._turns.live.freshened(self._store.branch(conversation_id))
        transcript = self._work.transcript
        transcript.set_places(self._tree().places(conversation_id))
        self._turns.note_shown({message.id for message in branch})
        transcript.show_branch(branch)
        if branch and branch[-1].status == "streaming" and not self._turns.is_busy:
            transcript.take_up(branch)  # another program writes it
        transcript.set_busy(self._busy())
        self._work.show_transcript()

    def _on_transcript_made(self, transcript: Transcript) -> None:
        transcript.acted.connect(self._on_acted)
        transcript.version_wanted.connect(self._on_version_wanted)
        transcript.reworded.connect(self._on_reworded)
        transcript.regenerated.connect(lambda: self._answer_again(force=False))
        transcript.load_anyway_requested.connect(lambda: self._answer_again(force=True))

    def _on_acted(self, message: Message, act: Act) -> None:
        conversation_id = message.conversation_id
        if act is Act.ANOTHER:
            asked = message.id if message.role == "user" else message.parent_id
            self._sending.answer(conversation_id, question_id=asked)
        elif act is Act.CONTINUE:
            self._sending.go_on(conversation_id)
        elif act is Act.FORK:
            refuse = self._refusal()
            self._run(lambda: self._tree().fork(message.id), self._on_forked, refuse)
        elif act is Act.DELETE:
            self._remove(message.id)

    def _answer_again(self, *, force: bool) -> None:
        self._sending.answer(self._turns.shown, force=force)

    def _on_version_wanted(self, message_id: str) -> None:
        try:
            self._tree().show(message_id)
            self.show_changed(self._turns.shown)
        except StudioError as error:  # such as that another window has removed it
            self._work.banner.show_error(error)

    def _on_reworded(self, message: Message, text: str) -> None:
        transcript = self._work.transcript
        if message.role == "user":
            if self._sending.send_beside(message.conversation_id, text, message.id):
                self._sent = (message.conversation_id, message.id)
                transcript.set_sent(message.id, True)
            return
        try:
            if text != message.content:
                self._tree().rewrite(message.id, text)
            transcript.drop_wording(message.id)
            self.show_changed(message.conversation_id)
        except StudioError as error:  # the words stay in the row
            self._work.banner.show_error(error)

    def _on_started(self, conversation_id: str) -> None:
        sent, self._sent = self._sent, None
        if sent is not None and conversation_id == sent[0]:
            self._work.transcript.drop_wording(sent[1])
        if conversation_id == self._turns.shown:
            self._work.transcript.set_places(self._tree().places(conversation_id))
        if sent is not None and conversation_id == self._turns.shown:
            self._work.composer.focus_text()
        self._work.transcript.set_busy(self._busy())

    def _on_ended(self, _conversation_id: str) -> None:
        self._work.transcript.set_busy("")

    def _on_unplaced(self, conversation_id: str, _error: StudioError) -> None:
        sent, self._sent = self._sent, None
        if sent is not None and sent[0] == conversation_id:
            self._work.transcript.set_sent(sent[1], False)

    def _on_forked(self, conversation: Conversation) -> None:
        self.forked.emit(conversation.id)
        self._toasts.show_words(tr("This is a new chat, with all that was said up to there."))

    def _remove(self, message_id: str) -> None:
        if message_id in self._leaving:  # such as a key held down; it is one and the same wish
            return
        refuse = self._refusal()
        self._leaving.add(message_id)
        self._run(
            lambda: self._tree().remove(message_id),
            self._on_removed,
            refuse,
            lambda: self._leaving.discard(message_id),
        )

    def _refusal(self) -> Callable[[StudioError], None]:
        """Return what tells why nothing was done, also when that is what was asked for before."""
        is_behind = bool(self._leaving)

        def refuse(error: StudioError) -> None:
            went = is_behind and error.code == "message.unknown"
            self._work.banner.show_error(_went_along() if went else error)

        return refuse

    def _on_removed(self, removal: Removal) -> None:
        self.show_changed(removal.conversation_id)
        self._tell_removed(removal)

    def _tell_removed(self, removal: Removal) -> None:
        words = tr("Deleted %n message.", "Deleted %n messages.", removal.count)
        self._toasts.show_words(words, lambda: self._put_back(removal))

    def _put_back(self, removal: Removal) -> None:
        def refuse(error: StudioError) -> None:
            if error.code != "removal.unknown" and not self._toasts.words():
                self._tell_removed(removal)  # it can be tried again
            self._work.banner.show_error(error)

        self._run(lambda: self._tree().put_back(removal.id), self.show_changed, refuse)

    def show_changed(self, conversation_id: str) -> None:
        """Show the branch that is on show now in place of the one before, at the same place."""
        if conversation_id != self._turns.shown:
            return
        branch = self._turns.live.freshened(self._store.branch(conversation_id))
        self._work.transcript.set_places(self._tree().places(conversation_id))
        self._exchange(branch)
        self._work.show_branch_or_welcome(has_messages=bool(branch))
        self.changed.emit()

    def _exchange(self, branch: Sequence[Message]) -> None:
        self._turns.note_shown({message.id for message in branch})
        self._work.transcript.exchange(branch)

    def _busy(self) -> Busy:
        running = self._turns.live.conversation_id
        if running is None:
            return ""
        return "here" if running == self._turns.shown else "elsewhere"

    def _run(
        self,
        work: Callable[[], _Result],
        done: Callable[[_Result], object],
        refuse: Callable[[StudioError], object],
        settle: Callable[[], object] = lambda: None,
    ) -> None:
        """Do what may take long off the window's thread, after what was asked for before."""
        tell, fail, end = (self._relay.wrap(each) for each in (done, refuse, settle))

        def run() -> None:
            try:
                tell(work())
            except StudioError as error:
                fail(error)
            finally:
                end()

        if self._background is None:
            run()
        else:
            self._background(run)


def _went_along() -> StudioError:
    return StudioError(
        "message.gone",
        tr("This message went with the one that you deleted just before."),
        tr("Undo that first to have it back."),
    )
