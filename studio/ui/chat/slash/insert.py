"""Puts prompts into the message: “/” in an empty one lists them, Enter inserts, Tab fills in."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from studio.chat.presets import shipped_words
from studio.chat.prompt_templates import PromptTemplate
from studio.ui.chat.composer.choice_rows import Choice
from studio.ui.chat.composer.field import MessageEditor
from studio.ui.chat.slash.list import SlashList
from studio.ui.chat.slash.places import PlaceFiller
from studio.ui.relay import Relay
from studio.ui.theme import Theme

Background = Callable[[Callable[[], None]], object]
_SLASH = "/"
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_TABS = {Qt.Key.Key_Tab: 1, Qt.Key.Key_Backtab: -1}


class SlashInsert(QObject):
    """Watches an editor from outside. ``inserted`` tells the name of the prompt that was put in.

    A message that begins with a slash can still be sent: where no prompt has its words the list is
    away, and Escape sends it away until the message is empty again.

    Args:
        field: what the list opens above.
        templates: asked for whenever the list opens.
        background: runs ``templates`` off the window's thread; without it, it is asked on it.
    """

    inserted = Signal(str)

    def __init__(
        self,
        theme: Theme,
        editor: MessageEditor,
        field: QWidget,
        templates: Callable[[], Sequence[PromptTemplate]],
        background: Background | None = None,
    ) -> None:
        super().__init__(editor)
        self._editor = editor
        self._templates = templates
        self._background = background
        self._relay = Relay(self)
        self._known: dict[str, PromptTemplate] = {}
        self._before = editor.text()
        self._is_open = False
        self.list = SlashList(theme, field)
        self.filler = PlaceFiller(editor)
        self.list.chosen.connect(self._insert)
        editor.edited.connect(self._on_edited)
        editor.replaced.connect(self._on_replaced)
        editor.focus_changed.connect(self._on_focus_changed)
        editor.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the keys of the list and of the places to fill in."""
        if isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.ShortcutOverride:
                if event.key() == Qt.Key.Key_Escape and self._is_at_work():
                    event.accept()  # or the window's own Escape would stop a running reply
                    return True
            elif event.type() == QEvent.Type.KeyPress:
                return self._on_list_key(event) if self._lists() else self._on_place_key(event)
        return super().eventFilter(watched, event)

    def _is_at_work(self) -> bool:
        return self._lists() or self.filler.is_active

    def _lists(self) -> bool:
        return self._is_open and not self.list.isHidden()

    def _on_list_key(self, event: QKeyEvent) -> bool:
        page = self.list.page()
        moves = {
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_PageUp: -page,
            Qt.Key.Key_PageDown: page,
        }
        key = Qt.Key(event.key())
        if key in moves:
            self.list.step(moves[key])
        elif key == Qt.Key.Key_Escape:
            self._close()
        elif key in (*_ENTER, Qt.Key.Key_Tab) and not _is_with_others(event):
            self._insert(self.list.current())
        else:
            return False
        return True

    def _on_place_key(self, event: QKeyEvent) -> bool:
        if not self.filler.is_active:
            return False
        key = Qt.Key(event.key())
        if key in _TABS and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.filler.go(_TABS[key])
            return True
        if key == Qt.Key.Key_Escape:
            self.filler.end()
            return True
        if key in _ENTER and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.filler.end()  # what was written goes to all places of its name, then it is sent
        return False

    def _on_edited(self, text: str) -> None:
        before, self._before = self._before, text
        if not text:
            self._close()
            self.filler.forget()
        elif text == _SLASH and not before:
            self._open()
        elif self._is_open:
            if text.startswith(_SLASH) and "\n" not in text:
                self.list.narrow(text[1:])
            else:
                self._close()

    def _on_replaced(self) -> None:
        """Let go of places in a text that goes, as when another chat is opened."""
        self._close()
        self.filler.forget()

    def _on_focus_changed(self) -> None:
        if not self._editor.hasFocus():
            self.list.hide()
        elif self._is_open:
            self.list.narrow(self._editor.text()[1:])

    def _open(self) -> None:
        self._is_open = True
        if self._background is None:
            self._show(self._templates())
            return
        show = self._relay.wrap(self._show)
        self._background(lambda: show(self._templates()))

    def _show(self, templates: Sequence[PromptTemplate]) -> None:
        self._known = {template.name: template for template in templates}
        if self._is_open and self._editor.hasFocus():
            rows = [Choice(each.name, *shipped_words.of_prompt(each)) for each in templates]
            self.list.open(rows, self._editor.text()[1:])

    def _close(self) -> None:
        self._is_open = False
        self.list.hide()

    def _insert(self, name: str) -> None:
        template = self._known.get(name)
        self._close()
        if template is not None:
            self.filler.put(template.filled())
            self._editor.setFocus(Qt.FocusReason.OtherFocusReason)
            self.inserted.emit(name)


def _is_with_others(event: QKeyEvent) -> bool:
    return bool(event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier)
