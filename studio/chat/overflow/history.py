"""What a model is told of a conversation: a summary of its oldest part, if any, then its turns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from studio.chat.conversation import Message
from studio.chat.overflow.summaries import Summary
from studio.engine.language import ChatMessage
from studio.prompting.messages import StoredTurn, beginnings, for_model
from studio.prompting.summary import with_summary


@dataclass(frozen=True, slots=True)
class History:
    """A branch as it is told.

    Attributes:
        system: the system text, without the summary.
        summary: what stands for the oldest messages.
        skipped: how many messages at the beginning of the branch those are.
        turns: what is told word for word.
        ids: the ids of the messages that these are, as many as are stored.
    """

    system: str
    summary: Summary | None
    skipped: int
    turns: tuple[StoredTurn, ...]
    ids: tuple[str, ...]

    def messages(self) -> tuple[ChatMessage, ...]:
        """Return the messages of a prompt that leaves nothing out."""
        system = (
            self.system if self.summary is None else with_summary(self.system, self.summary.text)
        )
        return for_model(system, self.turns)

    def reads_from(self, dropped: int) -> int:
        """Return how many messages of the branch precede the first that is told word for word.

        Args:
            dropped: messages of :meth:`messages` that were left out, the oldest ones.
        """
        if not dropped:
            return self.skipped
        starts = beginnings(self.turns)
        return self.skipped + (starts[dropped] if dropped < len(starts) else len(self.turns))


def history_of(
    system: str,
    branch: Sequence[Message],
    contents: Mapping[str, str],
    summaries: Sequence[Summary] = (),
    draft: str = "",
) -> History:
    """Return what is told of a branch.

    Args:
        contents: what is told of each message, by its id.
        summaries: those that hold on the branch; the last one is in force.
        draft: what is being written.
    """
    told = [message for message in branch if message.status != "streaming"]
    summary = summaries[-1] if summaries else None
    places = [n for n, each in enumerate(told) if summary and each.id == summary.upto_message_id]
    skipped = places[0] + 1 if places else 0
    turns = [StoredTurn(each.role, contents[each.id], each.reasoning) for each in told[skipped:]]
    if draft:
        turns.append(StoredTurn("user", draft))
    return History(
        system,
        summary if places else None,
        skipped,
        tuple(turns),
        tuple(each.id for each in told[skipped:]),
    )


def last_read_from(branch: Sequence[Message]) -> int:
    """Return how many messages precede the first that the model has read word for word.

    That is known of the prompt of the last reply that was really made; 0 when all was read.
    """
    for message in reversed(branch):
        place = message.recipe.get("reads_from")
        if message.role == "assistant" and isinstance(place, int) and not isinstance(place, bool):
            return place if 0 <= place < len(branch) else 0
    return 0
