"""The widget of the person's own words: the text, what can be done with it, its versions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget

from studio.translation import tr
from studio.ui import mirror
from studio.ui.chat.messages.entry import FOLD_LINES
from studio.ui.chat.messages.message_actions import Act
from studio.ui.chat.messages.message_view import MessageView
from studio.ui.chat.messages.rows import LINE, Person
from studio.ui.theme import CARD_RADIUS, CONTROL_HEIGHT, SPACE, Theme
from studio.ui.widgets.buttons import Button
from studio.ui.widgets.markdown.pieces import Plain
from studio.ui.widgets.markdown.text_view import TextView
from studio.ui.widgets.quantities import count

if TYPE_CHECKING:
    from studio.chat.conversation import Attachment
    from studio.ui.chat.attach.chips import ChipRow

_FOLDED_CHARS, _FOLDED_LINES = 1_600, 16
_SHOWN_CHARS = 20_000
_SHARE = 0.7
_PAD = (16, 11)
_SWITCHER_GAP = 2
_BESIDE_LINE = _PAD[1] + (LINE - CONTROL_HEIGHT) // 2


class PersonView(MessageView):
    """The person's own words, on raised ground at the end of the reading column.

    Places are reckoned as in English, and mirrored where they are taken.
    """

    unfolded = Signal()
    selection_begun = Signal()
    attachment_opened = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._ground = QRect()
        self.setObjectName("your_message")
        self.setAccessibleName(tr("Your message"))
        self.text = TextView(theme)
        self.text.setParent(self)
        self.text.selection_begun.connect(self.selection_begun)
        self._chips: ChipRow | None = None
        self._more = Button(theme, tr("Show all of it"), "link", name="show_all")
        self._more.on_click(self.unfolded.emit).setParent(self)
        self.copy = self._copy_button(tr("Copy your message"), "copy_your_message")
        self.edit = self._act_button(
            "pencil", tr("Edit and send again"), Act.EDIT, "F2", "edit_and_send_again"
        )
        self.menu = self._menu_button(tr("More for your message"), "more_for_your_message")
        for button in (self.copy, self.edit, self.menu):
            # A stop that comes only with the focus would be met going forwards, not backwards. By
            # keyboard, the message itself has the keys and the menu.
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.switcher.raise_()  # last among the parts, as it is on show: screen readers follow that
        self._settle()

    def show_piece(self, content: Person) -> None:
        """Show another message."""
        self.text.show_piece(Plain(excerpt(content)))
        lines = content.text.count("\n") + 1
        if lines > FOLD_LINES:  # else it is long in words
            self._more.setText(tr("Show all %n line", "Show all %n lines", lines))
        else:
            self._more.setText(tr("Show all of it"))
        self._more.setVisible(content.folded)
        self._show_attachments(content.attachments)
        self.switcher.show_place(content.place)
        self._place()

    def clear_selection(self) -> None:
        """Select nothing."""
        self.text.clear_selection()

    def heightForWidth(self, width: int) -> int:
        """Return the height of the words, the ground around them, and what is below."""
        return self._ground_height(width) + self._foot()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place the ground and what is on it."""
        super().resizeEvent(event)
        self._place()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ground, and the focus ring around it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        has_focus = self.hasFocus()
        ring = QPen(self._theme.color("accent"), 2)
        painter.setPen(ring if has_focus else QPen(Qt.PenStyle.NoPen))
        painter.setBrush(self._theme.color("raised"))
        inset = 1.0 if has_focus else 0.0
        place = mirror.placed(self._ground, self.rect())
        ground = QRectF(place).adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(ground, CARD_RADIUS, CARD_RADIUS)
        painter.end()

    def _ground_height(self, width: int) -> int:
        more = CONTROL_HEIGHT if not self._more.isHidden() else 0
        inner = self._text_width(width)
        chips = self._chips_height(width)
        return chips + self.text.heightForWidth(inner) + 2 * _PAD[1] + more

    def _foot(self) -> int:
        return 0 if self.switcher.isHidden() else CONTROL_HEIGHT + _SWITCHER_GAP

    def _settle(self) -> None:
        self.copy.setVisible(self._active)
        self.edit.setVisible(self._active and self._busy != "here")
        self.menu.setVisible(self._active)
        self._place_actions()

    def _place(self) -> None:
        inner = self._text_width(self.width())
        height = self.text.heightForWidth(inner)
        left = self.width() - inner - 2 * _PAD[0]
        self._ground = QRect(left, 0, inner + 2 * _PAD[0], self.height() - self._foot())
        top = _PAD[1] + self._chips_height(self.width())
        if self._chips is not None:
            chips = QRect(left + _PAD[0], _PAD[1], inner, max(0, top - _PAD[1]))
            self._chips.setGeometry(mirror.placed(chips, self.rect()))
        text = QRect(left + _PAD[0], top, inner, height)
        self.text.setGeometry(mirror.placed(text, self.rect()))
        self._put(self._more, left + _PAD[0], top + height)
        below_ground = self._ground.bottom() + 1 + _SWITCHER_GAP
        self._put(self.switcher, self.width() - self.switcher.width() + SPACE[1], below_ground)
        self._place_actions()
        self.update()

    def _place_actions(self) -> None:
        """Put the actions before the ground, the last of them next to it."""
        right = self._ground.left() - SPACE[0]
        for button in (self.menu, self.edit, self.copy):
            if not button.isHidden():
                right -= CONTROL_HEIGHT
                place = QRect(right, _BESIDE_LINE, CONTROL_HEIGHT, CONTROL_HEIGHT)
                button.setGeometry(mirror.placed(place, self.rect()))

    def _put(self, part: QWidget, left: int, top: int) -> None:
        place = QRect(QPoint(left, top), part.size())
        part.move(mirror.placed(place, self.rect()).topLeft())

    def _text_width(self, width: int) -> int:
        widest = round(width * _SHARE) - 2 * _PAD[0]
        chips = self._chips.narrowed(widest) if self._chips is not None else 0
        return max(1, chips, min(self.text.ideal_width() + 1, widest))

    def _chips_height(self, width: int) -> int:
        if self._chips is None or not self._chips.chips:
            return 0
        return self._chips.heightForWidth(self._text_width(width)) + SPACE[1]

    def _show_attachments(self, attachments: tuple[Attachment, ...]) -> None:
        if self._chips is None:
            if not attachments:
                return
            from studio.ui.chat.attach.chips import ChipRow  # most messages have none

            self._chips = ChipRow(self._theme, removable=False)
            self._chips.setParent(self)
            self._chips.opened.connect(self.attachment_opened)
        self._chips.show_attachments(attachments)
        self._chips.setVisible(bool(attachments))


def excerpt(content: Person) -> str:
    """Return what of the person's message is shown."""
    if not content.folded:
        if len(content.text) <= _SHOWN_CHARS:
            return content.text
        told = tr("(Copy gives all {letters} letters.)", letters=count(len(content.text)))
        return f"{content.text[:_SHOWN_CHARS]}…\n{told}"
    lines = content.text.split("\n", _FOLDED_LINES)[:_FOLDED_LINES]
    return "\n".join(lines)[:_FOLDED_CHARS].rstrip() + " …"
