"""The Images room, until it is there."""

from __future__ import annotations

from studio.translation import tr
from studio.ui.theme import Theme
from studio.ui.widgets.coming_room import ComingRoom


class ImagesTab(ComingRoom):
    """Says what Images will be for."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(
            theme,
            "images_tab",
            "image",
            tr("Images"),
            tr(
                "Describe a picture and watch it being drawn on this machine; each "
                "remembers how it was made."
            ),
        )
