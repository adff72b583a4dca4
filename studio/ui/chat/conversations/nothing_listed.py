"""What stands in the place of the list of chats while there is none to show."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence

from studio.translation import tr
from studio.ui.widgets.labels import label


class NothingListed:
    """Says why the list is empty; ``label`` is hidden while it is not.

    ``instead`` is said of an empty list in place of the usual words, if it is set.

    The titles are searched at once, what was said a moment later: until that is known, nothing is
    said to be missing.
    """

    def __init__(self) -> None:
        self.label = label("", "muted", wrap=True)
        self.label.setObjectName("no_conversations")
        self._awaited = ""
        self.instead = ""

    def wait_for(self, words: str) -> None:
        """Say that these words, and no others, are being searched for."""
        self._awaited = words
        self.label.setText(self._about(words))

    def end_waiting(self, words: str) -> None:
        """Take the search for these words as ended, from the next :meth:`tell` on."""
        if words == self._awaited:
            self._awaited = ""

    def tell(self, words: str, *, is_any: bool) -> None:
        """Tell about a list for which ``words`` were searched, or none."""
        self.label.setText(self._about(words))
        self.label.setVisible(not is_any)

    def _about(self, words: str) -> str:
        if not words and self.instead:
            return self.instead
        if not words:
            keys = QKeySequence("Ctrl+N").toString(QKeySequence.SequenceFormat.NativeText)
            return tr("Your chats are kept here, the newest on top. {keys} begins one.", keys=keys)
        if words == self._awaited:
            return tr("Searching for “{words}” …", words=words)
        return tr("No chat has “{words}” in it. Try fewer letters.", words=words)
