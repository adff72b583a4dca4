"""Puts attached files into the prompt, each where it was attached and to the letter."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from studio.chat.attachments.attachments import Attachments, named
from studio.chat.conversation import Attachment, Message
from studio.errors import StudioError
from studio.prompting.messages import fence
from studio.prompting.pictures import marker, named_in
from studio.translation import tr

if TYPE_CHECKING:
    from studio.engine.text import ModelChoice, TextEngine


class AttachedTurns:
    """Reads attached files for prompts, and has the engine know the pictures."""

    def __init__(self, attachments: Attachments, engine: TextEngine) -> None:
        self._attachments = attachments
        self._engine = engine

    def contents(self, messages: Sequence[Message]) -> dict[str, str]:
        """Return what the model is told of each message by its id: its files, then its words.

        A model that sees has its pictures shown; another is told in words that one was there.
        """
        attached = self._attachments.of([message.id for message in messages])
        sees = self._sees()
        if sees:
            self._show([each for some in attached.values() for each in some])
        return {
            message.id: self._told(message.content, attached.get(message.id, ()), sees=sees)
            for message in messages
        }

    def draft(self, conversation_id: str, text: str) -> str:
        """Return the same of the message that is being written."""
        waiting = self._attachments.waiting(conversation_id)
        sees = self._sees()
        if sees and waiting:
            self._show(waiting, more=True)
        return self._told(text, waiting, sees=sees)

    def show_again(self, prompt: str) -> None:
        """Have the engine know the pictures that an earlier prompt names."""
        names = [name for name in named_in(prompt) if self._attachments.has(name)]
        if names:
            self._engine.show(dict.fromkeys(names, self._attachments.content))

    def check(self, question_id: str, choice: ModelChoice) -> None:
        """Refuse a question with a picture that the chosen model cannot see.

        Raises:
            StudioError: ``picture.no_projector``.
        """
        if choice.projector is None and _pictures(self.of(question_id)):
            raise cannot_see()

    def notes(self, branch: Sequence[Message]) -> tuple[str, ...]:
        """Return in words which pictures of a branch the loaded model cannot see."""
        if self._sees():
            return ()
        attached = self._attachments.of([message.id for message in branch])
        unseen = sum(_pictures(some) for some in attached.values())
        if not unseen:
            return ()
        told = tr(
            "This model cannot see pictures; it was only told that a picture came before.",
            "This model cannot see pictures; it was only told that %n pictures came before.",
            unseen,
        )
        return (told,)

    def recipe(self, branch: Sequence[Message], choice: ModelChoice) -> dict[str, Any]:
        """Return what a reply's recipe tells of all that is attached before it."""
        attached = self._attachments.of([message.id for message in branch])
        some = [each for message in branch for each in attached.get(message.id, ())]
        if not some:
            return {}
        seen = choice.projector is not None and _pictures(some)
        eyes = {"projector": choice.projector.name} if choice.projector and seen else {}
        return {"attached": named(some), **eyes}

    def of(self, message_id: str) -> tuple[Attachment, ...]:
        """Return what is attached to a message."""
        return self._attachments.of([message_id]).get(message_id, ())

    def _sees(self) -> bool:
        choice = self._engine.choice
        return choice is not None and choice.projector is not None

    def _show(self, attached: Sequence[Attachment], *, more: bool = False) -> None:
        pictures = [each.sha256 for each in attached if each.kind == "picture"]
        self._engine.show(dict.fromkeys(pictures, self._attachments.content), more=more)

    def _told(self, text: str, attached: Sequence[Attachment], *, sees: bool) -> str:
        parts = [self._one(each, sees=sees) for each in attached]
        return "\n\n".join([*parts, text]) if parts else text

    def _one(self, attachment: Attachment, *, sees: bool) -> str:
        if attachment.kind == "text":
            return fence(attachment.name, self._attachments.content(attachment.sha256).decode())
        if sees:
            return marker(attachment.sha256)
        return f"(Here was a picture, {_one_line(attachment.name)}, which cannot be shown to you.)"


def _pictures(attached: Sequence[Attachment]) -> int:
    return sum(each.kind == "picture" for each in attached)


def cannot_see() -> StudioError:
    """Return the refusal of a picture by a model that cannot see."""
    return StudioError(
        "picture.no_projector",
        tr("This model cannot see pictures."),
        tr("Choose one with a projector, or remove the picture."),
    )


def _one_line(name: str) -> str:
    return " ".join(name.replace("<", " ").replace("[", " ").split())
