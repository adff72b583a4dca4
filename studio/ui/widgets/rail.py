"""The side rail: one button a room, its name on hover and for screen readers."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QEnterEvent,
    QFontMetrics,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QAbstractButton, QFrame, QToolTip, QVBoxLayout, QWidget

from studio.translation import tr
from studio.ui import mirror
from studio.ui.theme import RADIUS, RAIL_WIDTH, SPACE, Theme, set_look

_BUTTON = 40
_ICON = 22
_MARK = 3
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
_TIP_AIR = 16  # around the words of a tool-tip, and between it and the rail


class RailButton(QAbstractButton):
    """An icon that stands for a room; ``stepped`` asks to go to the next one, 1, or back, -1."""

    stepped = Signal(int)

    def __init__(self, theme: Theme, name: str, title: str, icon: str, shortcut: str) -> None:
        super().__init__()
        self._theme = theme
        self._icon_name = icon
        keys = QKeySequence(shortcut).toString(QKeySequence.SequenceFormat.NativeText)
        self._tip = f"{title}  ({keys})" if keys else title
        self.setObjectName(f"rail_{name}")
        self.setAccessibleName(title)
        self.setAccessibleDescription(keys)  # or Qt would tell the title again, from the tool-tip
        self.setToolTip(self._tip)
        self.setCheckable(True)
        # Screen readers are told of one of several choices, not of a box to be checked.
        self.setAutoExclusive(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """Return the room a rail button takes."""
        return QSize(RAIL_WIDTH, _BUTTON)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Say the name at once, beside the rail."""
        left = RAIL_WIDTH - 4
        if mirror.is_on():
            left = -QFontMetrics(QToolTip.font()).horizontalAdvance(self._tip) - _TIP_AIR
        QToolTip.showText(self.mapToGlobal(QPoint(left, 4)), self._tip, self)
        super().enterEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let the arrow keys go from room to room."""
        if (step := _STEPS.get(Qt.Key(event.key()))) is not None:
            self.stepped.emit(step)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ground, the mark of the room on show, the icon and the focus ring."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left = (self.width() - _BUTTON) / 2
        ground = QRectF(left, 0, _BUTTON, _BUTTON)
        painter.setPen(Qt.PenStyle.NoPen)
        if self.isChecked():
            painter.setBrush(self._theme.color("surface"))
            painter.setPen(QPen(self._theme.color("border"), 1))
            painter.drawRoundedRect(ground.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS + 2, RADIUS + 2)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.color("accent"))
            mark = mirror.placed(QRect(-_MARK, 10, 2 * _MARK, _BUTTON - 20), self.rect())
            painter.drawRoundedRect(QRectF(mark), _MARK, _MARK)
        elif self.underMouse():
            painter.setBrush(self._theme.color("border"))
            painter.drawRoundedRect(ground, RADIUS + 2, RADIUS + 2)
        lit = self.isChecked() or self.underMouse()
        icon = self._theme.icon(self._icon_name, self._token(lit), _ICON)
        spot = (_BUTTON - _ICON) // 2
        icon.paint(painter, int(left) + spot, spot, _ICON, _ICON)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self._theme.color("accent"), 2))
            painter.drawRoundedRect(ground.adjusted(1, 1, -1, -1), RADIUS + 2, RADIUS + 2)
        painter.end()

    def _token(self, lit: bool) -> str:
        if self.isChecked():
            return "accent"
        return "text" if lit else "muted"


class Rail(QFrame):
    """Buttons at the top, and others at the bottom; ``chosen`` tells the name of a room."""

    chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._buttons: dict[str, RailButton] = {}
        set_look(self, "rail")
        self.setObjectName("rail")
        self.setAccessibleName(tr("Rooms"))
        self.setFixedWidth(RAIL_WIDTH)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, SPACE[2], 0, SPACE[2])
        self._column.setSpacing(SPACE[1])
        self._column.addStretch()
        self._stretch = 0

    def add(self, name: str, title: str, icon: str, shortcut: str, at_bottom: bool) -> None:
        """Add a room's button."""
        button = RailButton(self._theme, name, title, icon, shortcut)
        button.clicked.connect(lambda: self.chosen.emit(name))
        button.stepped.connect(lambda step: self._focus_beside(button, step))
        self._buttons[name] = button
        # Each in a place of its own: Qt lets Tab reach only one of exclusive buttons side by side.
        place = QWidget()
        column = QVBoxLayout(place)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(button)
        if at_bottom:
            self._column.addWidget(place)
        else:
            self._column.insertWidget(self._stretch, place)
            self._stretch += 1

    def _focus_beside(self, button: RailButton, step: int) -> None:
        rooms = sorted(self._buttons.values(), key=lambda each: each.mapTo(self, QPoint()).y())
        place = rooms.index(button) + step
        if 0 <= place < len(rooms):
            rooms[place].setFocus(Qt.FocusReason.TabFocusReason)

    def show_chosen(self, name: str) -> None:
        """Mark the room on show."""
        for other, button in self._buttons.items():
            button.setChecked(other == name)
