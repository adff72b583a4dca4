"""Pairs models that can see with their projectors, the files through which they do.

A projector turns a picture into vectors of just the width that its model works with. Many widths
are common, so the names must be of one kin, too, unless the two lie alone in a folder.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from studio.library.gguf import GgufHeader
from studio.library.purposes import ANSWERS

_WORD = re.compile(r"[a-z]+\d*(?:\.\d+)*|\d+(?:\.\d+)*[a-z]*")
_EMPTY_WORDS = frozenset(
    [
        "mmproj",
        "model",
        "gguf",
        "f16",
        "f32",
        "bf16",
        "fp16",
        "q4",
        "q5",
        "q6",
        "q8",
        "k",
        "m",
        "s",
        "l",
        "xl",
        "ud",
        "instruct",
        "it",
        "chat",
        "vision",
        "vlm",
        "vl",
        "mm",
        "proj",
        "projector",
        "clip",
        "the",
        "of",
    ]
)
_SIZE = re.compile(r"\d+(?:\.\d+)*[bm]?|[aei]\d+b|v?\d+(?:\.\d+)*")
_SEES = re.compile(r"""["']image["']|<\|?image|image_pad|vision_start|<start_of_image>""")
_SEEING = frozenset({"cogvlm", "glm4v", "mllama", "qwen2vl", "qwen3vl", "qwen3vlmoe"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A model file on the shelf."""

    path: Path
    header: GgufHeader


def pair(models: Sequence[Candidate]) -> dict[Path, Path]:
    """Return the projector of each model that has one, by their paths."""
    projectors = [each for each in models if is_for_pictures(each.header)]
    writers = [each for each in models if each.header.purpose in ANSWERS]
    found: dict[Path, Path] = {}
    for writer in writers:
        fitting = [each for each in projectors if _fits(writer, each, writers)]
        if fitting:
            best = min(fitting, key=lambda each: _order(writer, each))
            found[writer.path] = best.path
    return found


def is_for_pictures(header: GgufHeader) -> bool:
    """Tell whether a file is the projector of a model that sees; some are for sound only."""
    return header.purpose == "projector" and (
        header.metadata.get("clip.has_vision_encoder") is True
        or "clip.vision.embedding_length" in header.metadata
    )


def expects_projector(header: GgufHeader) -> bool:
    """Tell whether a model is made to see, going by its kind and its chat template."""
    if header.purpose not in ANSWERS:
        return False
    template = header.chat_template or ""
    return header.architecture in _SEEING or _SEES.search(template) is not None


def memory_of(projector: GgufHeader) -> int:
    """Return the bytes that a projector takes while it looks at a picture, roughly.

    Its weights, and for each patch the widest row of intermediate results that its graph holds.
    """
    side = _number(projector, "image_size") // max(1, _number(projector, "patch_size"))
    width = _number(projector, "embedding_length")
    row = 8 * width + 2 * _number(projector, "feed_forward_length")
    return projector.tensor_bytes + 4 * side * side * row


def _fits(writer: Candidate, projector: Candidate, writers: Iterable[Candidate]) -> bool:
    width = writer.header.embedding_length
    if not width or width not in _widths(projector.header):
        return False
    own = _words(projector)
    if own & _words(writer):
        return True
    beside = projector.path.parent
    alone = [each for each in writers if each.path.parent == beside]
    return not own and [each.path for each in alone] == [writer.path]


def _order(writer: Candidate, projector: Candidate) -> tuple[bool, int, int, str]:
    """Return what puts the best projector first: near, of the same kin, precise, by its name."""
    kin = _all_words(writer) & _all_words(projector)
    away = projector.path.parent != writer.path.parent
    return away, -len(kin), -projector.header.tensor_bytes, projector.path.name


def _widths(projector: GgufHeader) -> frozenset[int]:
    wide = projector.metadata.get("clip.outer_widths", ())
    widths = wide if isinstance(wide, tuple) else (wide,)
    stated = _number(projector, "projection_dim")
    return frozenset({stated, *(each for each in widths if isinstance(each, int))})


def _words(candidate: Candidate) -> frozenset[str]:
    """Return the words of a name that tell a family, such as ``smolvlm``, and no sizes."""
    return frozenset(word for word in _all_words(candidate) if not _SIZE.fullmatch(word))


def _all_words(candidate: Candidate) -> frozenset[str]:
    name = f"{candidate.path.stem} {candidate.header.name}".casefold()
    return frozenset(_WORD.findall(name)) - _EMPTY_WORDS


def _number(projector: GgufHeader, key: str) -> int:
    value = projector.metadata.get(f"clip.vision.{key}", 0)
    return value if isinstance(value, int) and value > 0 else 0
