"""What the window's commands do in the Chat room."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from studio.ui.chat.find_commands import find_commands

if TYPE_CHECKING:
    from studio.ui.chat.conversations.side import ChatSide
    from studio.ui.chat.overflow_door import OverflowDoor
    from studio.ui.chat.work_area import WorkArea
    from studio.ui.widgets.split_pane import SplitPane

Commands = dict[str, Callable[[], object]]


def page_commands(
    work: WorkArea, side: ChatSide, pane: SplitPane, overflow: OverflowDoor
) -> Commands:
    """Return what is done by the parts of the room, each by its command's name."""
    return {
        "find": side.focus_search,
        **find_commands(work, side.focus_search),
        "attach": work.composer.attach.click,
        "context": overflow.open,
        "summarise": overflow.summaries.summarise,
        "list": pane.toggle_list,
        "inspector": pane.toggle_inspector,
    }
