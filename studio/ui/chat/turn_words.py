"""Tells at the foot of the window what the model is at during a turn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.chat.turn import (
    ContextFilled,
    ModelLoading,
    PromptReading,
    ReplySaved,
    SavingChanged,
    Summarising,
    TurnEvent,
    TurnFailed,
    TurnFinished,
    TurnStarted,
)
from studio.translation import tr

if TYPE_CHECKING:
    from studio.ui.widgets.status_line import StatusLine

_WORTH_TELLING = 0.01


def tell_turn(line: StatusLine, event: TurnEvent) -> None:
    """Tell one event of a turn; what is no work of the model changes nothing."""
    if isinstance(event, ContextFilled | SavingChanged | ReplySaved):
        return
    if isinstance(event, ModelLoading):
        line.tell(working=_loading(event), tokens_per_s=None)
    elif isinstance(event, TurnFinished):
        figures = event.reply.figures
        line.tell(working="", tokens_per_s=figures.tokens_per_s if figures else None)
    elif isinstance(event, TurnFailed):
        line.tell(working="", tokens_per_s=None)
    else:
        line.tell(working=_work(event), tokens_per_s=None)  # the speed was another reply's


def _work(event: TurnEvent) -> str:
    if isinstance(event, TurnStarted):
        return tr("Starting")
    if isinstance(event, Summarising):
        return tr("Summarising the oldest messages")
    if isinstance(event, PromptReading):
        return tr("Reading {done:,} of {total:,}", done=event.done, total=event.total)
    return tr("Writing")


def _loading(event: ModelLoading) -> str:
    if event.share >= _WORTH_TELLING:
        return tr("Loading {model} {share:.0%}", model=event.model, share=event.share)
    return tr("Loading {model}", model=event.model)
