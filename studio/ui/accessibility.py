"""What screen readers are told beyond names: what a thing is, in which order, and what changed."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QApplication, QWidget

Role = QAccessible.Role
ROLES = {
    "ElidedLabel": Role.StaticText,
    "TextView": Role.StaticText,
    "PersonView": Role.Grouping,
    "FooterView": Role.Grouping,
    "ReplyColumn": Role.Grouping,
    "WorkingView": Role.Grouping,
    "Composer": Role.Grouping,
    "Editor": Role.Grouping,
    "Badge": Role.StaticText,
    "Banner": Role.AlertMessage,
    "Toasts": Role.AlertMessage,
    "MessageColumn": Role.Document,
    "ChatTab": Role.Section,
    "DocumentsTab": Role.Section,
    "ImagesTab": Role.Section,
    "ModelsTab": Role.Section,
    "SettingsPage": Role.Section,
    "FormulaView": Role.Equation,
    "QScrollArea": Role.Grouping,
    "QSplitterHandle": Role.Separator,
}
"""What the program's own kinds of widgets are, by the names of their classes.

Qt knows no more of them than that they are widgets. What derives from one of them is the same.
"""

HEADING = "is_heading"
"""The property of a widget that shows a heading just now."""


@cache
def introduce() -> None:
    """Have Qt ask here what a widget is; it does so only while a screen reader is about."""
    QAccessible.installFactory(_interface)


def announce(widget: QWidget, words: str, at_once: bool = False) -> None:
    """Have words spoken that came into view without the focus; ``at_once`` interrupts."""
    if not words or not QAccessible.isActive():
        return
    event = QAccessibleAnnouncementEvent(widget, words)
    if at_once:
        event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
    QAccessible.updateAccessibility(event)


def put_in_order(widgets: Iterable[QWidget]) -> None:
    """Have children of one widget read in this order, for those who have them read.

    Screen readers follow the order in which widgets lie over one another. It changes nothing for
    the eye, as long as they do not overlap.
    """
    if not QAccessible.isActive():
        return
    wanted = list(widgets)
    parent = wanted[0].parentWidget() if wanted else None
    if parent is None:
        return
    known = set(wanted)
    if [each for each in parent.children() if each in known] != wanted:
        for each in wanted:
            each.raise_()


class _Interface(QAccessibleWidget):
    """Tells what a widget shows just now, and the focus only where it is.

    Qt would give the focus also to each widget that hands it on to a part of itself.
    """

    def role(self) -> Role:
        """Return what it is."""
        thing = self.object()
        is_heading = thing is not None and thing.property(HEADING)
        return Role.Heading if is_heading else super().role()

    def state(self) -> QAccessible.State:
        """Return how it is."""
        state = super().state()
        state.focused = int(QApplication.focusWidget() is self.object())
        return state


def _interface(kind: str, thing: QObject) -> QAccessibleInterface | None:
    role = ROLES.get(kind)
    return _Interface(thing, role) if isinstance(thing, QWidget) and role else None
