"""The tree that a screen reader sees, as plain values, and what is wrong in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QWidget

Role = QAccessible.Role
_FIELDS = {Role.EditableText, Role.SpinBox, Role.ComboBox, Role.Slider}
_ITEMS = {Role.ListItem, Role.TreeItem, Role.Cell, Role.MenuItem, Role.PageTab, Role.RadioButton}
_ACTS = {Role.Button, Role.ButtonMenu, Role.CheckBox, *_FIELDS}
_NO_ROLES = {Role.NoRole, Role.Client, Role.Pane, Role.Window, Role.Border, Role.Whitespace}
_ROWS = {Role.List: {Role.ListItem}, Role.Tree: {Role.TreeItem, Role.Cell, Role.ColumnHeader}}
_MOST_ROWS = 60


@dataclass(slots=True)
class Node:
    """One thing of the tree, and what is in it."""

    role: QAccessible.Role
    name: str
    description: str
    value: str
    is_focusable: bool
    is_checkable: bool
    is_checked: bool
    acts: tuple[str, ...]
    labels: tuple[str, ...]
    made_of: str
    key: str
    is_switch: bool = False
    is_label: bool = False
    is_item: bool = False
    nodes: list[Node] = field(default_factory=list)

    @property
    def is_live(self) -> bool:
        """Whether a person can do something with it."""
        return self.is_focusable or bool(set(self.acts) - {"SetFocus"})

    @property
    def is_of_qt(self) -> bool:
        """Whether Qt has made it as a part of something else."""
        return self.key.startswith("qt_") or self.role == Role.ScrollBar

    @property
    def is_frame(self) -> bool:
        """Whether it only holds what can be scrolled."""
        return self.key == "qt_scrollarea_viewport"

    def place(self) -> str:
        """Return where it is, for a person who reads what is wrong."""
        return f"{self.role.name} {self.name!r} [{f'{self.made_of} {self.key}'.strip()}]"


def tree(root: QObject) -> Node:
    """Return all of a widget that can be seen."""
    interface = QAccessible.queryAccessibleInterface(root)
    assert interface is not None, "there is nothing for a screen reader here"
    return _node(interface)


def _node(interface: QAccessibleInterface) -> Node:
    state, acts = interface.state(), interface.actionInterface()
    shown, widget = interface.valueInterface(), interface.object()
    by_name = interface.role() not in _FIELDS or not isinstance(widget, QComboBox)
    node = Node(
        interface.role(),
        interface.text(QAccessible.Text.Name) if by_name else _name_of(widget),
        interface.text(QAccessible.Text.Description),
        str(shown.currentValue()) if shown is not None else "",
        bool(state.focusable) and not state.disabled,
        bool(state.checkable),
        bool(state.checked),
        tuple(acts.actionNames()) if acts is not None else (),
        tuple(
            other.text(QAccessible.Text.Name)
            for other, flag in interface.relations()
            if flag == QAccessible.RelationFlag.Label
        ),
        type(widget).__name__ if widget is not None else "",
        widget.objectName() if widget is not None else "",
        isinstance(widget, QAbstractButton) and widget.isCheckable(),
        isinstance(widget, QLabel),
        widget is None,
    )
    for number in range(min(interface.childCount(), _MOST_ROWS)):
        child = interface.child(number)
        if child is not None and child.isValid() and not child.state().invisible:
            node.nodes.append(_node(child))
    return node


def _name_of(widget: QObject) -> str:
    """Return the name of a drop-down, for which Qt gives what is chosen if it has none."""
    return widget.accessibleName() if isinstance(widget, QWidget) else ""


def all_of(node: Node) -> Iterator[Node]:
    """Yield a node and all below it, in the order in which it is read."""
    yield node
    if not node.is_of_qt or node.is_frame:
        for each in node.nodes:
            yield from all_of(each)


def faults(root: QObject) -> list[str]:
    """Return what is wrong below a widget, each with its place."""
    nodes = [each for each in all_of(tree(root)) if not each.is_of_qt]
    found = [f"{node.place()}: {fault}" for node in nodes for fault in _faults(node)]
    return [*found, *_lonely_labels(nodes)]


def _faults(node: Node) -> Iterator[str]:
    if node.is_live:
        if not node.name.strip() and not any(node.labels):
            yield "has no name"
        if node.role in _NO_ROLES:
            yield "can be acted on, but does not say what it is"
    if node.role == Role.ComboBox and not node.labels:
        yield "has no label, which on some systems is the only name of a drop-down"
    if node.role == Role.ProgressBar and not (node.value and node.name):
        yield "does not say what goes on, or how far it is"
    if node.is_switch and not node.is_checkable:
        yield "does not say whether it is on"
    if node.role == Role.Slider and not node.value:
        yield "does not say where it stands"
    strange = [
        each.role.name
        for each in node.nodes
        if not each.is_of_qt and each.is_item and each.role not in _ROWS.get(node.role, {each.role})
    ]
    if strange:
        yield f"has rows of another kind: {strange}"
    yield from _twins(node)


def _twins(node: Node) -> Iterator[str]:
    live = [(each.role, each.name) for each in node.nodes if each.role in _ACTS and each.is_live]
    for (role, name), count in Counter(live).items():
        if count > 1:
            yield f"has {count} parts that tell the same: {role.name} {name!r}"


def _lonely_labels(nodes: Sequence[Node]) -> Iterator[str]:
    """Tell of labels that stand before a field and are not known as its name."""
    headings = {each.name for each in nodes[:1]}  # of the whole window
    words = {each.name for each in nodes if each.is_label and each.name} - headings
    for each in nodes:
        is_field = each.role in _FIELDS or each.made_of == "Toggle"
        if is_field and not each.is_of_qt and each.name in words and each.name not in each.labels:
            yield f"{each.place()}: its label does not belong to it"
