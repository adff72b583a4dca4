"""Makes text of what stands in a message of ChatGPT's export, of every kind, known or not.

The format is not documented by its maker; what is known of it comes from the exports themselves,
and it changes. So nothing here takes anything for granted: a value of the wrong kind is passed
over, and of a kind that nobody knows the text is kept.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from studio.chat.transfer.chatgpt_marks import cited, sources, without_marks
from studio.chat.transfer.fences import fenced
from studio.chat.transfer.report import NAMED_ONLY, RECORDINGS, UNKNOWN, Report

Values = Mapping[str, Any]
Words = Callable[[Values], str]

_POINTER = re.compile(r"[A-Za-z-]+://([^#?]+)")
_BLANK = re.compile(r"\s")
_MAX_NAME = 200
# Whatever stands under these names was meant to be read, be it one word.
_SAID = {"text", "parts", "content", "result", "output", "summary", "caption", "message"}


def mapping(value: object) -> Values:
    """Return an object of JSON, or an empty one in place of anything else."""
    return value if isinstance(value, dict) else {}


def text(value: object) -> str:
    """Return a text, or an empty one in place of anything else."""
    return value if isinstance(value, str) else ""


def words(content: Values, metadata: Values, report: Report) -> str:
    """Return what a message says, with the names of what is attached to it."""
    kind = text(content.get("content_type"))
    if kind in ("text", "multimodal_text"):
        said = _plain(content, metadata, report)
    elif kind in _KINDS:
        # A kind that is known may come in a form that is not.
        said = _KINDS[kind](content) or _texts_of(content, report)
    else:
        said = _unknown(content, report)
    shown = (said, _drawn(metadata, report), _attached(content, metadata, report))
    return "\n\n".join(part for part in shown if part)


def canvas(recipient: str, said: str) -> str:
    """Return the document that a call of ChatGPT's canvas makes or changes."""
    try:
        call = mapping(json.loads(said))
    except (ValueError, RecursionError):
        return fenced(said)
    if recipient.endswith("create_textdoc") and text(call.get("content")):
        title = f"**{_one_line(text(call.get('name')) or 'Document')}**\n\n"
        kind, _, language = text(call.get("type")).partition("/")
        body = text(call.get("content"))
        return title + (fenced(body, language) if kind == "code" else body)
    changes = [
        text(mapping(each).get("replacement")) or text(mapping(each).get("comment"))
        for name in ("updates", "comments")
        for each in _list(call.get(name))
    ]
    return "\n\n".join(fenced(change) for change in changes if change) or fenced(said)


def shows_picture(content: Values) -> bool:
    """Tell whether a picture is among the parts of a message."""
    parts = (mapping(part) for part in _list(content.get("parts")))
    return any(part.get("content_type") == "image_asset_pointer" for part in parts)


def _plain(content: Values, metadata: Values, report: Report) -> str:
    parts = _list(content.get("parts")) or [content.get("text")]
    told = [_part(part, metadata, report) for part in parts]
    if not any(each.strip() for each in told) and any(map(_is_recording, parts)):
        told = ["[recording]"]
    said = "\n\n".join(each for each in told if each.strip())
    references = _list(metadata.get("content_references"))
    marks = [*references, *cited(said, _list(metadata.get("citations")))]
    said = without_marks(said, marks, report)
    below = sources(said, references)
    return f"{said}\n\nSources:\n\n{below}" if said and below else said


def _is_recording(part: object) -> bool:
    kind = text(mapping(part).get("content_type"))
    return kind.endswith("_asset_pointer") and kind != "image_asset_pointer"


def _part(part: object, metadata: Values, report: Report) -> str:
    if not isinstance(part, dict):
        return text(part)
    kind = text(part.get("content_type"))
    if kind == "audio_transcription":
        return text(part.get("text"))
    if kind == "image_asset_pointer":
        report.leave_out(NAMED_ONLY)
        return f"[picture: {_picture_name(part, metadata)}]"
    if _is_recording(part):
        report.leave_out(RECORDINGS)
        return ""
    return _unknown(part, report)


def _picture_name(part: Values, metadata: Values) -> str:
    pointer = text(part.get("asset_pointer"))
    for attachment in _list(metadata.get("attachments")):
        name = text(mapping(attachment).get("name"))
        if name and _is_same(pointer, attachment):
            return _one_line(name)
    made = mapping(mapping(part.get("metadata")).get("dalle")).get("prompt")
    return _one_line(text(made)) or _pointed(pointer)


def _is_same(pointer: str, attachment: object) -> bool:
    identity = text(mapping(attachment).get("id"))
    return bool(identity) and pointer.endswith(identity)


def _drawn(metadata: Values, report: Report) -> str:
    """Return the names of pictures that a program has drawn, which stand beside its output."""
    results = _list(mapping(metadata.get("aggregate_result")).get("messages"))[:1000]
    names = [
        _pointed(text(mapping(result).get("image_url")))
        for result in results
        if mapping(result).get("message_type") == "image"
    ]
    report.leave_out(NAMED_ONLY, len(names))
    return "\n".join(f"[picture: {name}]" for name in names)


def _pointed(pointer: str) -> str:
    found = _POINTER.match(pointer)
    return _one_line(found.group(1) if found else "") or "without a name"


def _attached(content: Values, metadata: Values, report: Report) -> str:
    """Return the names of attachments that the message itself does not show."""
    pointers = [
        text(mapping(part).get("asset_pointer")) for part in _list(content.get("parts"))[:1000]
    ]
    names: list[str] = []
    for attachment in _list(metadata.get("attachments"))[:1000]:
        if any(_is_same(pointer, attachment) for pointer in pointers if pointer):
            continue
        facts = mapping(attachment)
        kind = text(facts.get("mimeType")) or text(facts.get("mime_type"))
        label = "picture" if kind.startswith("image/") else "file"
        names.append(f"[{label}: {_one_line(text(facts.get('name')) or 'without a name')}]")
    report.leave_out(NAMED_ONLY, len(names))
    return "\n".join(names)


def _whole(content: Values) -> str:
    """Return the text of what is written in one piece."""
    parts = (text(part) for part in _list(content.get("parts")))
    return text(content.get("text")) or "\n".join(part for part in parts if part)


def _code(content: Values) -> str:
    said = _whole(content)
    language = text(content.get("language"))
    return fenced(said, "" if language == "unknown" else language) if said.strip() else ""


def _output(content: Values) -> str:
    said = _whole(content) or text(content.get("output_str"))
    return fenced(said, "text") if said.strip() else ""


def _quote(content: Values) -> str:
    said = text(content.get("text")) or text(content.get("snippet"))
    source = [text(content.get(name)) for name in ("title", "url")]
    lines = [*said.splitlines(), ": ".join(_one_line(each) for each in source if each)]
    return "\n".join(f"> {line}" for line in lines if line.strip())


def _browsed(content: Values) -> str:
    said = text(content.get("result")) or text(content.get("summary"))
    return fenced(said, "text") if said.strip() else ""


def _thoughts(content: Values) -> str:
    told: list[str] = []
    for thought in _list(content.get("thoughts")):
        facts = mapping(thought)
        summary = _one_line(text(facts.get("summary")))
        told += [f"**{summary}**" if summary else "", text(facts.get("content")), text(thought)]
    return "\n\n".join(each for each in told if each.strip())


def _recap(content: Values) -> str:
    return text(content.get("content"))


def _fault(content: Values) -> str:
    told = (text(content.get(name)) for name in ("name", "text"))
    return ": ".join(each for each in told if each)


def _unknown(content: Values, report: Report) -> str:
    """Return all text in something unknown that is not merely a name, a date or an address.

    Those are one word of ASCII. A word of other letters may be a whole sentence: Chinese, Japanese
    and Thai are written without blanks.
    """
    report.leave_out(UNKNOWN)
    return _texts_of(content, report)


def _texts_of(content: Values, report: Report) -> str:
    return "\n\n".join(_texts(content, report))


def _texts(value: object, report: Report) -> Iterator[str]:
    waiting: list[tuple[str, object]] = [("", value)]
    while waiting:
        name, found = waiting.pop()
        if isinstance(found, str):
            said = found.strip()
            if not said.isascii() or _BLANK.search(said) or (said and name in _SAID):
                yield found
        elif isinstance(found, list):
            waiting.extend((name, each) for each in reversed(found))
        elif isinstance(found, dict) and isinstance(found.get("asset_pointer"), str):
            report.leave_out(NAMED_ONLY)
            sort = "recording" if _is_recording(found) else "picture"
            yield f"[{sort}: {_pointed(found['asset_pointer'])}]"
        elif isinstance(found, dict):
            waiting.extend(reversed(found.items()))


def _one_line(said: str) -> str:
    line = " ".join(said[: 4 * _MAX_NAME].split())
    return line if len(line) <= _MAX_NAME else line[: _MAX_NAME - 1] + "…"


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


_KINDS: dict[str, Words] = {
    "code": _code,
    "execution_output": _output,
    "citable_code_output": _output,
    "computer_output": _output,
    "tether_quote": _quote,
    "sonic_webpage": _quote,
    "tether_browsing_display": _browsed,
    "tether_browsing_code": _browsed,
    "thoughts": _thoughts,
    "reasoning_recap": _recap,
    "system_error": _fault,
}
