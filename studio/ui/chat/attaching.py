"""Attaches files to the message in the composer: chosen, dropped or pasted, shown and removed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from studio.chat.attachments.attachments import Attachments
from studio.chat.attachments.files import AttachedFile, from_bytes, is_guessed, limits, read
from studio.chat.attachments.turns import cannot_see
from studio.chat.conversation import Attachment
from studio.errors import StudioError
from studio.translation import tr
from studio.ui.chat.attach.drop import attach_drop, picture_in, unless_models
from studio.ui.chat.attach.opener import AttachmentOpener
from studio.ui.chat.attach.thumbnails import Thumbnails
from studio.ui.relay import Relay
from studio.ui.theme import Theme
from studio.ui.widgets.file_drop import files_in

if TYPE_CHECKING:
    from studio.ui.chat.attach.chips import ChipRow
    from studio.ui.chat.tab import ChatTab
    from studio.ui.chat.transcript.transcript import Transcript

Background = Callable[[Callable[[], None]], object]
Sees = Callable[[str, str], bool]


class Attaching(QObject):
    """Keeps the cards above the field equal to what waits in the database.

    Args:
        background: runs work off the window's thread.
        sees: given the model and the preset that are wished for, tells off the window's thread
            whether the model that answers then sees pictures; true when that is not known.
        choose_files: asks the person for files.
    """

    def __init__(
        self,
        theme: Theme,
        tab: ChatTab,
        attachments: Attachments,
        background: Background,
        sees: Sees,
        choose_files: Callable[[], list[Path]] | None = None,
    ) -> None:
        super().__init__(tab)
        self._theme = theme
        self._tab = tab
        self._composer = tab.composer
        self._draft = tab.draft
        self._attachments = attachments
        self._background = background
        self._sees = sees
        self._choose_files = choose_files or (lambda: _asked_for(tab))
        self._relay = Relay(self)
        self._waiting: tuple[Attachment, ...] = ()
        self._reading = 0
        self._is_blind = False
        self._row: ChipRow | None = None
        self._drop = attach_drop(theme, tab.work)
        self._pictures = Thumbnails(attachments, background, self)
        self._opener = AttachmentOpener(
            theme, tab, attachments, background, tab.work.banner.show_error
        )
        self._connect()
        self.refresh()

    @property
    def waiting(self) -> tuple[Attachment, ...]:
        """What is attached to the message in the composer."""
        return self._waiting

    def choose(self) -> None:
        """Ask for files, and attach them."""
        self.add(self._choose_files())

    def add(self, paths: Sequence[Path]) -> None:
        """Attach files; each one that cannot be is told, and the others are attached."""
        for path in paths:
            self._attach(partial(read, path))

    def paste(self, data: QMimeData) -> None:
        """Attach what the clipboard holds: files, or a picture without a file."""
        if files := unless_models(files_in(data)):
            self.add(files)
        elif (picture := picture_in(data)) is not None:
            self._attach(lambda: from_bytes(tr("Pasted picture") + ".png", picture))
        elif files_in(data):
            self._tab.work.banner.say(
                tr("A model's file is not attached to a message."), tr("Add it in Models.")
            )

    def refresh(self) -> None:
        """Show what waits in the conversation on show."""
        try:
            waiting = self._attachments.waiting(self._draft.conversation_id)
        except StudioError as error:
            self._tab.work.banner.show_error(error)
            return
        if waiting != self._waiting:
            self._waiting = waiting
            self._show()
        if any(each.kind == "picture" for each in waiting):
            self._ask_sight()

    def remove(self, attachment: Attachment) -> None:
        """Take a file off again."""
        try:
            self._attachments.remove(attachment.id)
        except StudioError as error:
            self._tab.work.banner.show_error(error)
        self._changed()
        self._composer.focus_text()

    def open(self, attachment: Attachment) -> None:
        """Show soon what is in an attached file."""
        self._opener.open(attachment)

    def refusal(self) -> StudioError | None:
        """Return why the message cannot be sent with what is attached to it."""
        if self._reading:
            return StudioError(
                "attachment.being_read",
                tr("A file is still being read."),
                tr("Send again in a moment."),
            )
        if self._is_blind and any(each.kind == "picture" for each in self._waiting):
            return cannot_see()
        return None

    def _connect(self) -> None:
        self._composer.attach_wanted.connect(self.choose)
        self._composer.files_pasted.connect(self.paste)
        self._composer.refusal = self.refusal
        attach = self._composer.attach
        attach.setToolTip(f"{attach.toolTip()}\n{limits()}")
        attach.setAccessibleDescription(f"{attach.accessibleDescription()}\n{limits()}".strip())
        self._drop.dropped.connect(self.add)
        self._draft.settled.connect(self.refresh)
        self._tab.work.transcript_made.connect(self._serve)
        if self._tab.work.has_transcript:
            self._serve(self._tab.transcript)
        self._tab.choices.shown.append(lambda *_shown: self._ask_sight())

    def _serve(self, transcript: Transcript) -> None:
        transcript.attachment_opened.connect(self.open)

    def _attach(self, make: Callable[[], AttachedFile]) -> None:
        conversation = self._draft.conversation_id
        tell = self._relay.wrap(self._on_attached)

        def work() -> None:
            refusal: StudioError | None = None
            try:
                self._attachments.add(conversation, make())
            except StudioError as error:
                refusal = error
            finally:  # whatever failed, which the window tells, the message must not wait for ever
                tell(refusal)

        self._reading += 1
        self._background(work)

    def _on_attached(self, error: StudioError | None) -> None:
        self._reading -= 1
        if error is not None:
            self._tab.work.banner.show_error(error)
        self._changed()

    def _changed(self) -> None:
        self.refresh()
        self._draft.count_soon()

    def _show(self) -> None:
        if self._row is None and not self._waiting:
            return
        row = self._row or self._made_row()
        row.show_attachments(self._waiting)
        row.setVisible(bool(self._waiting))
        self._show_notes()
        self._composer.set_around(row.heightForWidth(row.width()) if self._waiting else 0)
        for chip in row.chips:
            if chip.attachment.kind == "picture" and not chip.has_picture:
                self._pictures.load(row, chip.attachment)

    def _made_row(self) -> ChipRow:
        from studio.ui.chat.attach.chips import ChipRow  # only once something is attached

        row = ChipRow(self._theme, removable=True)
        row.opened.connect(self.open)
        row.removed.connect(self.remove)
        self._composer.add_above(row)
        self._row = row
        return row

    def _ask_sight(self) -> None:
        if not any(each.kind == "picture" for each in self._waiting):
            return
        wished = self._tab.choices.wished
        tell = self._relay.wrap(self._on_sight)
        self._background(lambda: tell(wished, self._sees(*wished)))

    def _on_sight(self, wished: tuple[str, str], sees: bool) -> None:
        if wished == self._tab.choices.wished:
            self._is_blind = not sees
            self._show_notes()

    def _show_notes(self) -> None:
        for chip in self._row.chips if self._row else ():
            if chip.attachment.kind == "picture":
                chip.set_note(str(cannot_see()) if self._is_blind else "")
            elif is_guessed(chip.attachment.media_type):
                chip.set_note(tr("Not in UTF-8; it was read as Western European text."))


def _asked_for(parent: QWidget) -> list[Path]:
    kinds = tr("All files (*);;Pictures (*.png *.jpg *.jpeg *.webp *.gif *.bmp)")
    files, _kind = QFileDialog.getOpenFileNames(parent, tr("Attach files"), "", kinds)
    return [Path(file) for file in files]
