"""Several replies to one question with the starter model, in the session and from the terminal."""

from __future__ import annotations

import shutil
from pathlib import Path

from support import terminal
from support.command import studio
from support.exchanges import finished, open_tiny
from support.starter import STARTER
from support.terminal import answer

from studio.assembly import open_parts
from studio.chat.prompt import Overrides
from studio.chat.several import several
from studio.chat.turn import ReplyGrew, TurnEvent, TurnFinished

SHORT = Overrides(temperature=0.0, max_tokens=12)


def test_each_is_stored_with_its_recipe_and_stop_begins_no_other(
    profile: Path, starter_model: Path
) -> None:
    (profile / "models").mkdir(parents=True)
    shutil.copy(starter_model, profile / "models" / STARTER.name)
    parts = open_parts(profile)
    try:
        chat = parts.conversations.create()
        question, _ = parts.conversations.ask(chat.id, "Name a colour.", "")
        events: list[TurnEvent] = []
        wishes = several.wishes(question, 3, SHORT)
        parts.session.in_turn(wishes, events.append, past_failures=False).result(300)
        replies = [each.reply for each in events if isinstance(each, TurnFinished)]
        assert len(replies) == 3
        assert {each.parent_id for each in replies} == {question.id}
        sampling = [each.recipe["sampling"] for each in replies]
        assert len({each["seed"] for each in sampling}) == 3
        assert {each["temperature"] for each in sampling} == {several.VARIED}
        assert "written at 0.7" in finished(events).notices[0]

        def stop(event: TurnEvent) -> None:
            events.append(event)
            if isinstance(event, ReplyGrew):
                parts.session.stop()

        events.clear()
        long = several.wishes(question, 4, Overrides(max_tokens=400))
        parts.session.in_turn(long, stop, past_failures=False).result(300)
        (stopped,) = [each.reply for each in events if isinstance(each, TurnFinished)]
        assert stopped.status == "cancelled"
        assert stopped.content
        assert len(parts.tree.places(chat.id)) == 5
    finally:
        parts.close()


def test_from_the_terminal(profile: Path) -> None:
    open_tiny(profile).close()
    asked = ("chat", "Hello", "--best-of", "2", "--max-tokens", "8", "--seed", "5", "--json")
    told = answer(terminal.studio(*asked, home=profile))
    assert [each["seed"] for each in told["replies"]] == [5, 6]
    assert told["text"] in [each["text"] for each in told["replies"]]
    assert told["agreement"]["sentence"]
    refused = studio("chat", "Hello", "--best-of", "9", home=profile)
    assert refused.returncode == 2
    assert "--best-of" in refused.stderr
