"""Keeps a model's thinking to its budget, by writing the end of its thoughts for it.

The model goes on after its own marker, as after thoughts that ended by themselves.
"""

from __future__ import annotations

from studio.engine.language import Sampling
from studio.prompting.begun import closing_of
from studio.prompting.formats import Formats
from studio.prompting.thinking import wish_of
from studio.workers.llama.model import Model


class Leash:
    """How long one reply may think."""

    def __init__(self, sampling: Sampling, model: Model, formats: Formats) -> None:
        self._model = model
        self._formats = formats
        self._budget = wish_of(sampling).tokens

    def is_out(self, thought_tokens: int) -> bool:
        """Tell whether so many tokens of thoughts are enough."""
        return self._budget is not None and thought_tokens >= self._budget

    def closing(self, closings: tuple[str, ...]) -> tuple[str, list[int]]:
        """Return what ends the thoughts, as text and tokens.

        Args:
            closings: the markers of which any ends them.
        """
        words = closing_of(self._formats, closings)
        return words, self._model.tokenize(words, add_bos=False)
