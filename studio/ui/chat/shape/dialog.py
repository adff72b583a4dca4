"""“Shape of replies”: free text, a JSON schema or a grammar, checked while one types."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from studio.chat.shape import Shape
from studio.errors import StudioError
from studio.prompting.shapes.in_force import Kind
from studio.prompting.shapes.problem import MOST_CHARACTERS, Checked
from studio.translation import mark, tr
from studio.ui.chat.shape.check import Background, ShapeCheck
from studio.ui.chat.shape.text import ShapeText
from studio.ui.chat.shape.words import ABOUT, EXAMPLES, HELP, TITLE, TITLES
from studio.ui.theme import SPACE, Theme
from studio.ui.widgets.badge import Badge
from studio.ui.widgets.banner import Banner
from studio.ui.widgets.buttons import Button
from studio.ui.widgets.editors import ChoiceEditor
from studio.ui.widgets.labels import label

_SIZE = (700, 620)
_MOST_NOTES = 3
_AS_PRESET = "preset"
_FITS = mark("This can be used.")
_CHECKING = mark("Checking …")
_DECIDES = mark("The preset that is chosen for this chat decides.")


class ShapeDialog(QDialog):
    """Changes one shape; ``saved`` carries it, ``None`` for what the preset says.

    Args:
        shape: the one that holds now; ``None`` when the preset decides.
        preset: what the preset says, where that can be chosen; ``None`` where it cannot.
        save: keeps a shape; what it raises is told and keeps the window open.
    """

    saved = Signal(object)

    def __init__(
        self,
        theme: Theme,
        parent: QWidget,
        shape: Shape | None,
        preset: Shape | None,
        save: Callable[[Shape | None], object],
        background: Background | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self._keep = save
        self._texts: dict[Kind, str] = {"json_schema": "", "grammar": ""}
        self._kind: Kind = ""
        self.setObjectName("shape_dialog")
        self.setWindowTitle(tr(TITLE))
        self.setAccessibleName(tr(TITLE))
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.choice = ChoiceEditor(theme, tr("Replies are"), _choices(preset))
        self.editor = ShapeText(theme)
        self.verdict = Badge(theme)
        self.show_place = Button(theme, tr("Show the place"), "link", name="shape_place")
        self.save = Button(theme, tr("Save"), "primary", name="shape_save")
        self.banner = Banner(theme)
        self._help = label("", "muted", wrap=True)
        self._notes = label("", "caption", wrap=True)
        self._examples = QHBoxLayout()
        self._body = QWidget()
        self._lay_out(parent)
        self._check = ShapeCheck(background, self)
        self._check.settled.connect(self._on_settled)
        self._begin(shape, has_preset=preset is not None)
        self._connect()

    def shape(self) -> Shape | None:
        """Return what is chosen and written; ``None`` for what the preset says."""
        if self.choice.value() == _AS_PRESET:
            return None
        return Shape(self._kind, self.editor.toPlainText() if self._kind else "")

    def _begin(self, shape: Shape | None, *, has_preset: bool) -> None:
        first: Kind | str = _AS_PRESET if shape is None and has_preset else ""
        if shape is not None:
            first = shape.kind
            if shape.kind:
                self._texts[shape.kind] = shape.text
        self.choice.show_value(first)
        self._show_kind()

    def _connect(self) -> None:
        self.choice.edited.connect(lambda _value: self._show_kind())
        self.editor.textChanged.connect(self._ask)
        self.editor.refused.connect(self._on_refused)
        self.show_place.on_click(self.editor.go_to_problem)
        self.save.on_click(self._save)

    def _show_kind(self) -> None:
        """Show the text of the kind that is chosen now, and keep that of the one before."""
        if self._kind:
            self._texts[self._kind] = self.editor.toPlainText()
        chosen = self.choice.value()
        self._kind = "" if chosen == _AS_PRESET else chosen
        self._body.setVisible(bool(self._kind))
        self._help.setText(tr(_DECIDES) if chosen == _AS_PRESET else tr(HELP[self._kind]))
        self._fill_examples()
        if self._kind:
            self.editor.setAccessibleName(tr(TITLES[self._kind]))
            blocked = self.editor.blockSignals(True)
            self.editor.set_text(self._texts[self._kind])
            self.editor.blockSignals(blocked)
        self._ask(at_once=True)

    def _fill_examples(self) -> None:
        while (item := self._examples.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        if not self._kind:
            return
        self._examples.addWidget(label(tr("Begin with"), "muted"))
        for number, (title, text) in enumerate(EXAMPLES[self._kind]):
            button = Button(self.theme, tr(title), "link", name=f"shape_example_{number}")
            button.setAutoDefault(False)
            button.on_click(partial(self.editor.take, text))
            self._examples.addWidget(button)
        self._examples.addStretch()

    def _ask(self, *, at_once: bool = False) -> None:
        self.editor.mark(None)
        self.save.setEnabled(False)
        self.save.setToolTip(tr(_CHECKING))
        self.verdict.set_verdict(tr(_CHECKING), "muted")
        self.show_place.hide()
        self._check.ask(self.shape() or Shape(), at_once=at_once)

    def _on_settled(self, _shape: Shape, checked: Checked) -> None:
        problem = checked.problem
        self.save.setEnabled(problem is None)
        self.save.setToolTip("" if problem is None else str(problem))
        self.save.setAccessibleDescription(self.save.toolTip())
        self.verdict.set_verdict(str(problem or tr(_FITS)), "warning" if problem else "success")
        self.show_place.setVisible(problem is not None and problem.line > 0)
        self.editor.mark(problem)
        shown = checked.notes[:_MOST_NOTES]
        rest = len(checked.notes) - len(shown)
        more = (tr("And {count:,} more.", count=rest),) if rest else ()
        self._notes.setText("\n".join((*shown, *more)))
        self._notes.setToolTip("\n".join(checked.notes[:50]))
        self._notes.setVisible(bool(shown))

    def _save(self) -> None:
        shape = self.shape()
        try:
            self._keep(shape)
        except StudioError as error:
            self.banner.show_error(error)
            return
        self.saved.emit(shape)
        self.accept()

    def _on_refused(self, length: int) -> None:
        self.verdict.set_verdict(
            tr(
                "Nothing was pasted: {length:,} characters are too many, at most "
                "{most:,} can be used.",
                length=length,
                most=MOST_CHARACTERS,
            ),
            "warning",
        )

    def _lay_out(self, parent: QWidget) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE[4], SPACE[4], SPACE[4], SPACE[3])
        column.setSpacing(SPACE[2])
        title = label(tr(TITLE), "section")
        self.choice.name_with(title)
        column.addWidget(title)
        column.addWidget(label(tr(ABOUT), "muted", wrap=True))
        self.choice.set_control_name("shape_kind", "", tr("How replies are shaped"))
        column.addWidget(self.choice)
        column.addWidget(self._help)
        column.addWidget(self.banner)
        inner = QVBoxLayout(self._body)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(SPACE[1])
        inner.addLayout(self._examples)
        inner.addWidget(self.editor, 1)
        told = QHBoxLayout()
        self.verdict.setObjectName("shape_verdict")
        self._notes.setObjectName("shape_notes")
        told.addWidget(self.verdict, 1)
        told.addWidget(self.show_place, 0, Qt.AlignmentFlag.AlignTop)
        inner.addLayout(told)
        inner.addWidget(self._notes)
        column.addWidget(self._body, 1)
        column.addStretch()
        row = QHBoxLayout()
        row.setSpacing(SPACE[1])
        row.addStretch()
        row.addWidget(Button(self.theme, tr("Cancel"), name="shape_cancel").on_click(self.reject))
        row.addWidget(self.save)
        column.addLayout(row)
        for button in self.findChildren(Button):
            button.setAutoDefault(False)  # Return in the text is a line
        room = parent.window().size()
        self.resize(
            min(self.theme.scaled(_SIZE[0]), room.width() - 2 * SPACE[5]),
            min(self.theme.scaled(_SIZE[1]), room.height() - 2 * SPACE[5]),
        )


def _choices(preset: Shape | None) -> list[tuple[str, str]]:
    kinds: list[tuple[str, str]] = [(kind, tr(title)) for kind, title in TITLES.items()]
    if preset is None:
        return kinds
    words = tr("As the preset says: {kind}", kind=tr(TITLES[preset.kind]))
    return [(_AS_PRESET, words), *kinds]
