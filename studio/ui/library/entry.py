"""What the Models page shows of one model, and what it asks of whoever keeps the models."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Protocol

from studio.engine.language import LoadSettings
from studio.errors import StudioError
from studio.translation import mark, tr

Failed = Callable[[StudioError], object]
Progress = Callable[[float, float, float | None], object]

_PURPOSES = {
    "completion": mark("Completes text, does not chat"),
    "embedding": mark("Finds passages in documents"),
    "image": mark("Makes pictures"),
    "projector": mark("Lets another model see or hear"),
    "adapter": mark("Changes how another model writes"),
    "vocabulary": mark("Only a vocabulary, cannot answer"),
}
_BY_PARAMETERS = (
    (1_000_000_000, mark("Chat, small and very quick")),
    (4_500_000_000, mark("Chat for everyday questions")),
    (16_000_000_000, mark("Chat with more careful answers")),
    (1 << 62, mark("Chat at its best, slowly")),
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a model fits this machine: in a sentence, and in the few words of a row.

    ``level`` is success, warning or danger.
    """

    words: str
    level: str
    short: str = ""


@dataclass(frozen=True, slots=True)
class ModelEntry:
    """One row. Counts that the file does not state are 0, words that it lacks are empty.

    Attributes:
        name: what the shelf calls it; unique.
        purpose: as :class:`studio.library.gguf.GgufHeader` words it.
        context_trained: tokens that it was trained with.
        tokens_per_s: speed measured on this machine, if it ever was.
        own: whether its file is the person's; any other is only taken off the list.
        problem: why the file cannot be used.
        projector: name of the file through which it sees pictures; empty for none.
        misses_projector: whether it is made to see, and that file is not here.
        is_known: whether the engine knows models that are built like this one.
        usual: what the Settings page says of the loading of all models.
    """

    name: str
    path: Path
    size_bytes: int
    purpose: str = "chat"
    architecture: str = ""
    quantization: str = ""
    parameters: int = 0
    context_trained: int = 0
    licence: str = ""
    fit: Verdict | None = None
    tokens_per_s: float | None = None
    own: bool = True
    problem: StudioError | None = None
    projector: str = ""
    misses_projector: bool = False
    is_known: bool = True
    usual: LoadSettings = field(default_factory=LoadSettings)

    @property
    def about(self) -> str:
        """What it is good for, in about five words."""
        if self.problem is not None:
            return tr("Cannot be used")
        if not self.is_known:
            return tr("Not known to the engine")
        if self.purpose in _PURPOSES:
            return tr(_PURPOSES[self.purpose])
        words = tr("Chat")
        if self.parameters > 0:
            words = next(tr(words) for limit, words in _BY_PARAMETERS if self.parameters < limit)
        return tr("{words}; sees pictures", words=words) if self.projector else words


@dataclass(frozen=True, slots=True)
class RemovedModel:
    """A model that can be brought back; ``key`` names this removal.

    ``size_bytes`` is what its file takes in the trash: 0 when it was only taken off the list.
    ``is_link`` tells that only a name lies there, whose file is elsewhere.
    """

    key: str
    name: str
    size_bytes: int
    removed_at: datetime
    is_link: bool = False


@dataclass(frozen=True, slots=True)
class StarterOffer:
    """The model that a fresh machine can get at the press of a button.

    ``ships`` tells that it comes with the program, so that nothing is downloaded.
    """

    title: str
    size_bytes: int
    licence: str
    ships: bool = False


class ModelKeeper(Protocol):
    """What the page needs. Callbacks may arrive on any thread; every method returns at once."""

    def list(self, done: Callable[[Sequence[ModelEntry]], object], failed: Failed) -> None:
        """Tell every model on the shelf, damaged ones with their problem."""

    def add(
        self,
        paths: Sequence[Path],
        progress: Progress,
        done: Callable[[Sequence[str]], object],
        failed: Failed,
    ) -> Callable[[], object]:
        """Put files on the shelf and return what cancels that, as :meth:`get_starter` does.

        ``done`` gets the names of those that are on it now; then ``failed`` hears of each other.
        """

    def remove(self, name: str, done: Callable[[], object], failed: Failed) -> None:
        """Put a model into the trash."""

    def undo_remove(self, name: str, done: Callable[[], object], failed: Failed) -> None:
        """Bring a removed model back."""

    def removed(self, done: Callable[[Sequence[RemovedModel]], object], failed: Failed) -> None:
        """Tell what was removed and can be restored, newest first."""

    def restore(self, key: str, done: Callable[[str], object], failed: Failed) -> None:
        """Bring a removed model back; ``done`` gets its name."""

    def delete(self, key: str, done: Callable[[], object], failed: Failed) -> None:
        """Delete a removed model's file for good."""

    def settings_of(self, name: str) -> LoadSettings:
        """Return how a model is loaded."""

    def save_settings(self, name: str, settings: LoadSettings) -> None:
        """Keep how a model is loaded; may raise StudioError."""

    def judge(self, name: str, settings: LoadSettings, done: Callable[[Verdict], object]) -> None:
        """Tell whether a model would fit with other settings."""

    def starter(self) -> StarterOffer:
        """Return the starter model that is on offer while there is no model."""

    def get_starter(
        self,
        progress: Progress,
        done: Callable[[str], object],
        failed: Failed,
    ) -> Callable[[], object]:
        """Fetch the starter model and return what cancels that; ``failed`` then hears of the code
        ``cancelled``.

        ``progress`` gets bytes done, bytes in all, and seconds left if known; ``done`` its name.
        """
