"""Looks at a reply that has ended: has it the shape that was asked for; and keeps what it finds.

That takes up to half a second, in which a program can be killed, so the reply is stored before.
"""

from __future__ import annotations

import json
import logging
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from studio.chat.shape import VERDICT, with_verdict
from studio.chat.turn import TurnEvent, TurnFinished
from studio.errors import StudioError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from studio.chat.recorder import Recorder
    from studio.chat.store import ConversationStore
    from studio.engine.language import ReplyGenerated

_log = logging.getLogger(__name__)


def judged(
    last: TurnEvent,
    store: ConversationStore,
    recorder: Recorder,
    recipe: Mapping[str, Any],
    result: ReplyGenerated,
) -> TurnEvent:
    """Return a turn's last event with the verdict on its reply, which is kept as well.

    Args:
        recipe: of the reply, which asks for a shape or for none.
        result: what was written now.
    """
    found = with_verdict(recipe, recorder.written(result.text), result.stop)
    if VERDICT not in found:
        return last
    if not isinstance(last, TurnFinished):  # it could not be saved yet
        recorder.amend(found)
        return last
    verdict = {VERDICT: found[VERDICT]}
    _keep(store, last.reply.id, verdict)
    return replace(last, reply=replace(last.reply, recipe=last.reply.recipe | verdict))


def _keep(store: ConversationStore, reply_id: str, verdict: Mapping[str, Any]) -> None:
    """Add it to the recipe as that is by now: others complete it, too."""
    try:
        with store.database.transaction() as db:
            query = "SELECT recipe FROM chat_messages WHERE id = ?"
            for row in [*db.query(query, [reply_id])]:
                recipe = json.loads(row["recipe"]) | verdict
                db.table("chat_messages").update(reply_id, {"recipe": json.dumps(recipe)})
    except StudioError as error:  # such as a full disk; the reply itself is saved
        _log.info("the verdict on a reply is not kept: %s", error)
