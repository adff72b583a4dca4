"""Why a file could not be read, and what was left out of one: codes, and the words for them."""

from __future__ import annotations

from collections.abc import Mapping

from studio.engine.extraction import Facts, Notice
from studio.errors import StudioError
from studio.translation import mark, tr


class UnreadableError(Exception):
    """A file that cannot be read: a stable ``code`` and the ``facts`` for its sentence."""

    def __init__(self, code: str, **facts: str | int | float | bool | None) -> None:
        super().__init__(code)
        self.code = code
        self.facts: Facts = facts


def refusal(code: str, facts: Mapping[str, object]) -> StudioError:
    """Return the words for a code of :class:`UnreadableError`.

    Args:
        facts: ``name`` of the file, and those that belong to the code; ``details`` is never part
            of the sentence.
    """
    what, hint = _REFUSALS[code]
    return StudioError(code, tr(what, **facts), tr(hint, **facts), str(facts.get("details", "")))


def is_known(code: str) -> bool:
    """Tell whether a code is one of this part."""
    return code in _REFUSALS


def sentence(notice: Notice) -> str:
    """Return the words for something that was left out."""
    return tr(_NOTICES[notice.code], **notice.facts)


_REFUSALS = {
    "document.missing": (
        mark("“{name}” is not there any more."),
        mark("Bring the file back, or remove it from the collection."),
    ),
    "document.no_permission": (
        mark("“{name}” may not be read by you."),
        mark("Change the permissions of the file, and try again."),
    ),
    "document.not_a_file": (
        mark("“{name}” is not a file with text, but a folder or a device."),
        mark("Choose the files in it instead."),
    ),
    "document.unreadable": (
        mark("“{name}” could not be read from its disk."),
        mark("Check the disk or the connection to it, and try again."),
    ),
    "document.empty": (
        mark("“{name}” is empty."),
        mark("If it should not be, save it again in the program that it comes from."),
    ),
    "document.too_large": (
        mark("“{name}” has {size_bytes:,} bytes; files of up to {limit:,} are read."),
        mark("Split the file, or raise the limit."),
    ),
    "document.damaged": (
        mark("“{name}” is damaged or broken off."),
        mark("Save it again in the program that it comes from, or fetch it again."),
    ),
    "document.unknown_kind": (
        mark("“{name}” is of a kind that cannot be read."),
        mark("Save it as PDF, Word or plain text, and add that."),
    ),
    "document.password": (
        mark("“{name}” is protected by a password."),
        mark("Give the password, or save the file without one."),
    ),
    "document.wrong_password": (
        mark("The password for “{name}” is not the right one."),
        mark("Give the password again, or save the file without one."),
    ),
    "document.encrypted": (
        mark("“{name}” is encrypted, and files of its kind cannot be opened here."),
        mark("Save it without a password or copy protection, and add that."),
    ),
    "document.archive_bomb": (
        mark("“{name}” unpacks to far more than a document does, and was not unpacked."),
        mark("If you trust it, save its content as PDF, and add that."),
    ),
    "document.changed": (
        mark("“{name}” was changed while it was read."),
        mark("Try again when nothing writes to it."),
    ),
    "document.no_text": (
        mark("There is no text in “{name}”."),
        mark("If it shows text, save it as PDF, and add that."),
    ),
    "document.too_slow": (
        mark("Reading “{name}” took too long and was given up."),
        mark("Save it as PDF or plain text, or split it, and try again."),
    ),
    "document.memory": (
        mark("Reading “{name}” needed more memory than a document may."),
        mark("Split the file, or save it as PDF or plain text, and try again."),
    ),
    "document.crashed": (
        mark("The reader ended unexpectedly while it read “{name}”."),
        mark("Save it again as PDF or plain text, and try again."),
    ),
}

_NOTICES = {
    "cut_characters": mark("Only the first {limit:,} characters were read."),
    "cut_pages": mark("Only the first {limit:,} of {pages:,} pages were read."),
    "cut_bytes": mark("Only the first {limit:,} bytes were read."),
    "attachments": mark("Attached files were not read: {names}"),
    "ocr_missing": mark("{pages} pages are pictures of text. Install Tesseract to have them read."),
    "ocr_failed": mark("The text of {pages} pages could not be recognised."),
    "ocr_languages": mark("Tesseract does not know these languages here: {names}"),
    "pages_damaged": mark("{pages} pages are damaged and were left out."),
    "parts_damaged": mark("Damaged parts of the file were left out."),
    "rights": mark("The text of some chapters is encrypted and was left out."),
}
