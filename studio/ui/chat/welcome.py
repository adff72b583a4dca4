"""What the Chat page shows before the first message: three beginnings, or how to get a model."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from studio.translation import mark, tr
from studio.ui.theme import SPACE, Theme
from studio.ui.widgets.buttons import Button
from studio.ui.widgets.empty_state import EmptyState

EXAMPLES = (
    ("explain", mark("Explain how a bicycle stays upright.")),
    ("write", mark("Write a friendly note that moves a meeting to Thursday.")),
    ("plan", mark("Plan a simple dinner for four.")),
)


class Welcome(QStackedWidget):
    """Two faces: with a model, and without one.

    ``example_chosen`` carries a text for the composer; ``starter_requested`` and
    ``models_requested`` lead to the Models page.
    """

    example_chosen = Signal(str)
    starter_requested = Signal()
    models_requested = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("chat_welcome")
        examples = self._examples(theme)
        self._with_model = EmptyState(
            theme,
            "message-square",
            tr("What is on your mind?"),
            tr("Everything stays on this computer: what you write, and what the model answers."),
            examples,
            keyboard=tr("Enter sends, Shift+Enter begins a new line, Esc stops."),
        )
        starter = Button(
            theme, tr("Get the starter model"), "primary", "download", "welcome_starter"
        )
        starter.on_click(self.starter_requested.emit)
        models = Button(theme, tr("Open Models"), icon="boxes", name="welcome_models")
        models.on_click(self.models_requested.emit)
        self._without_model = EmptyState(
            theme,
            "boxes",
            tr("A model comes first"),
            tr(
                "A model is one file that does the thinking, here and without a network. "
                "There is none yet. Get the small starter model, or drop any GGUF file on this "
                "window."
            ),
            starter,
            models,
            keyboard=tr("Ctrl+4 opens Models, Ctrl+O adds a file."),
        )
        self.last_stop = models
        self._with_model.can_do_without(examples)
        for face in (self._with_model, self._without_model):  # a long message needs the height
            face.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        self.addWidget(self._with_model)
        self.addWidget(self._without_model)

    def set_has_model(self, has_model: bool) -> None:
        """Choose the face."""
        self.setCurrentWidget(self._with_model if has_model else self._without_model)

    def _examples(self, theme: Theme) -> QWidget:
        """Return the beginnings, each with the words that it writes."""
        rows = QWidget()
        column = QVBoxLayout(rows)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE[1])
        for name, words in EXAMPLES:
            text = tr(words)
            button = Button(theme, text, name=f"example_{name}")
            button.on_click(partial(self.example_chosen.emit, text))
            column.addWidget(button)
        return rows
