"""Attached files as small cards: their names and sizes, and a cross that removes them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QImage, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from studio.chat.conversation import Attachment
from studio.translation import tr
from studio.ui import mirror
from studio.ui.theme import CAPTION, CONTROL, CONTROL_HEIGHT, RADIUS, SPACE, Theme
from studio.ui.widgets.buttons import IconButton
from studio.ui.widgets.labels import plain_tip
from studio.ui.widgets.quantities import file_size

_HEIGHT = CONTROL_HEIGHT + 4
_PICTURE = 28
_ICON = 16
_WIDEST_NAME = 180
_CROSS = CONTROL_HEIGHT


class Chip(QAbstractButton):
    """One attached file; a click opens it, Delete removes it where that is possible.

    ``note`` is what is wrong with it, in words; it is drawn with a warning sign.
    """

    removed = Signal()

    def __init__(self, theme: Theme, attachment: Attachment, *, removable: bool) -> None:
        super().__init__()
        self._theme = theme
        self.attachment = attachment
        self.note = ""
        self._picture: QImage | None = None
        self._size = file_size(attachment.size_bytes)
        self.setObjectName("attachment")
        self.setText(attachment.name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self._cross: IconButton | None = None
        if removable:
            words = tr("Remove {name}", name=attachment.name)
            self._cross = IconButton(theme, "x", words, "Del", size=14, name="remove_attachment")
            self._cross.setParent(self)
            self._cross.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the card itself has the key
            self._cross.clicked.connect(self.removed)
        self.set_note("")

    def set_note(self, note: str) -> None:
        """Say what is wrong with it, if anything is."""
        self.note = note
        kind = tr("text") if self.attachment.kind == "text" else tr("picture")
        parts = (self.attachment.name, kind, self._size, note)
        self.setAccessibleName(", ".join(part for part in parts if part))
        self.setToolTip(plain_tip("\n".join(filter(None, (self.attachment.name, note)))))
        self.update()

    @property
    def has_picture(self) -> bool:
        """Whether a small picture of it is shown."""
        return self._picture is not None

    def set_picture(self, picture: QImage) -> None:
        """Show a small picture of what is in it."""
        self._picture = picture
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size of icon, name and size, and the cross."""
        cross = _CROSS + SPACE[0] if self._cross else SPACE[1]
        name = min(_WIDEST_NAME, self._metrics(CONTROL).horizontalAdvance(self.text()) + 2)
        size = self._metrics(CAPTION).horizontalAdvance(self._size) + 2
        return QSize(self._left() + name + SPACE[1] + size + cross, _HEIGHT)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Remove it with Delete, open it with Enter."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self._cross:
            self.removed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place the cross."""
        super().resizeEvent(event)
        if self._cross:
            edge = (self.height() - _CROSS) // 2
            place = QRect(self.width() - _CROSS - edge, edge, _CROSS, _CROSS)
            self._cross.setGeometry(mirror.placed(place, self.rect()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the card, what is on it, and the focus ring."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ring = 2.0 if self.hasFocus() else 1.0
        painter.setPen(QPen(self._theme.color("accent" if self.hasFocus() else "border"), ring))
        painter.setBrush(self._theme.color("raised" if self.underMouse() else "surface"))
        ground = QRectF(self.rect()).adjusted(ring / 2, ring / 2, -ring / 2, -ring / 2)
        painter.drawRoundedRect(ground, RADIUS, RADIUS)
        self._draw_sign(painter)
        cross = _CROSS + SPACE[0] if self._cross else SPACE[1]
        size = self._metrics(CAPTION).horizontalAdvance(self._size) + 2
        room = self.width() - self._left() - SPACE[1] - size - cross
        metrics = self._metrics(CONTROL)
        whole = self.rect()
        painter.setFont(self._theme.font(CONTROL))
        painter.setPen(self._theme.color("text"))
        name = metrics.elidedText(self.text(), Qt.TextElideMode.ElideMiddle, room)
        place = mirror.placed(QRect(self._left(), 0, room, self.height()), whole)
        painter.drawText(place, mirror.at_start(name), name)
        painter.setFont(self._theme.font(CAPTION, tabular=True))
        painter.setPen(self._theme.color("faint"))
        at = self._left() + room + SPACE[1]
        place = mirror.placed(QRect(at, 0, size, self.height()), whole)
        painter.drawText(place, mirror.at_start(self._size), self._size)
        painter.end()

    def _draw_sign(self, painter: QPainter) -> None:
        sign = QRect(SPACE[1], (self.height() - _ICON) // 2, _ICON, _ICON)
        sign = mirror.placed(sign, self.rect())
        if self.note:
            self._theme.icon("triangle-alert", "warning", _ICON).paint(painter, sign)
        elif self._picture is not None:
            place = mirror.placed(QRect(4, 4, _PICTURE, _PICTURE), self.rect())
            shown = self._picture.size().scaled(place.size(), Qt.AspectRatioMode.KeepAspectRatio)
            fitted = QRect(QPoint(), shown)
            fitted.moveCenter(place.center())
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(fitted, self._picture)
        else:
            icon = "file-text" if self.attachment.kind == "text" else "image"
            self._theme.icon(icon, "muted", _ICON).paint(painter, sign)

    def _left(self) -> int:
        has_picture = self._picture is not None and not self.note
        return _PICTURE + 4 + SPACE[1] if has_picture else SPACE[1] + _ICON + SPACE[1]

    def _metrics(self, size: int) -> QFontMetrics:
        return QFontMetrics(self._theme.font(size, tabular=size == CAPTION))


class ChipRow(QWidget):
    """Attached files beside one another, in as many lines as they need.

    ``opened`` and ``removed`` carry an :class:`Attachment`.
    """

    opened = Signal(object)
    removed = Signal(object)

    def __init__(self, theme: Theme, *, removable: bool) -> None:
        super().__init__()
        self._theme = theme
        self._removable = removable
        self.chips: list[Chip] = []
        self.setObjectName("attachments")
        self.setAccessibleName(tr("Attached files"))
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_attachments(self, attachments: Sequence[Attachment]) -> None:
        """Show these files; cards that are there already stay."""
        before = {chip.attachment.id: chip for chip in self.chips}
        self.chips = [before.get(each.id) or self._new(each) for each in attachments]
        for chip in set(before.values()) - set(self.chips):
            chip.hide()
            chip.deleteLater()
        self._place()

    def narrowed(self, width: int) -> int:
        """Return the width that the cards take of one that they may have."""
        return max((place.right() + 1 for place in self._places(width)), default=0)

    def refit(self) -> None:
        """Place the cards anew, since what is on them has changed."""
        self._place()

    def heightForWidth(self, width: int) -> int:
        """Return the height of all lines."""
        return max((place.bottom() + 1 for place in self._places(width)), default=0)

    def sizeHint(self) -> QSize:
        """Return the size of one line."""
        return QSize(0, self.heightForWidth(max(1, self.width())))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the lines anew."""
        super().resizeEvent(event)
        self._place()

    def _new(self, attachment: Attachment) -> Chip:
        chip = Chip(self._theme, attachment, removable=self._removable)
        chip.setParent(self)
        chip.clicked.connect(lambda: self.opened.emit(attachment))
        chip.removed.connect(lambda: self.removed.emit(attachment))
        chip.show()
        return chip

    def _places(self, width: int) -> list[QRect]:
        places: list[QRect] = []
        left = top = 0
        for chip in self.chips:
            size = chip.sizeHint()
            wide = min(size.width(), width)
            if left and left + wide > width:
                left, top = 0, top + size.height() + SPACE[0]
            places.append(QRect(left, top, wide, size.height()))
            left += wide + SPACE[0]
        return places

    def _place(self) -> None:
        for chip, place in zip(self.chips, self._places(self.width()), strict=True):
            chip.setGeometry(mirror.placed(place, self.rect()))
        self.setMinimumHeight(self.heightForWidth(max(1, self.width())))
        self.updateGeometry()
