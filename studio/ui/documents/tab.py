"""The Documents room, until it is there."""

from __future__ import annotations

from studio.translation import tr
from studio.ui.theme import Theme
from studio.ui.widgets.coming_room import ComingRoom


class DocumentsTab(ComingRoom):
    """Says what Documents will be for."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(
            theme,
            "documents_tab",
            "book-open",
            tr("Documents"),
            tr(
                "Ask questions of your own papers, and get answers in which every "
                "claim opens at the page it comes from."
            ),
        )
