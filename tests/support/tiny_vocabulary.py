"""Small vocabularies for tiny models: byte-level BPE as in GPT-2, SentencePiece as in Llama 2."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

MARKERS = (
    "<|endoftext|>",
    "<|im_start|>",
    "<|im_end|>",
    "<start_of_turn>",
    "<end_of_turn>",
    "<think>",
    "</think>",
)
_MERGES = ("t h", "h e", "i n", "Ġ t", "Ġ a", "o n", "th e", "Ġt he", "a n", "an d")
_NORMAL, _UNKNOWN, _CONTROL, _BYTE = 1, 2, 3, 6


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Tokens of a model, in order of their ids."""

    model: str
    tokens: list[str]
    types: list[int]
    scores: list[float]
    merges: tuple[str, ...]
    bos: int
    eos: int
    printable: NDArray[np.bool_]


def _byte_letters() -> list[str]:
    """Return the letter that stands for each byte in a byte-level vocabulary, as in GPT-2."""
    plain = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    others = [byte for byte in range(256) if byte not in plain]
    letters = {byte: chr(byte) for byte in plain}
    letters |= {byte: chr(256 + number) for number, byte in enumerate(others)}
    return [letters[byte] for byte in range(256)]


def _bpe(markers: Sequence[str], padding: int, eos: str | None) -> Vocabulary:
    merged = [merge.replace(" ", "") for merge in _MERGES]
    unused = [f"unused{number}" for number in range(padding)]
    tokens = [*markers, *_byte_letters(), *merged, *unused]
    return Vocabulary(
        model="gpt2",
        tokens=tokens,
        types=[_CONTROL] * len(markers) + [_NORMAL] * (len(tokens) - len(markers)),
        scores=[0.0] * len(tokens),
        merges=_MERGES,
        bos=0,
        eos=tokens.index(eos or "<|im_end|>"),
        printable=_printable(tokens, len(markers), unused),
    )


def _spm(markers: Sequence[str], padding: int, eos: str | None) -> Vocabulary:
    special = ["<unk>", "<s>", "</s>", *markers]
    raw = [f"<0x{byte:02X}>" for byte in range(256)]
    letters = [chr(code) for code in range(0x21, 0x7F)]
    words = ["▁", *letters, "th", "he", "in", "▁t", "▁a", "the", "▁the", "and"]
    unused = [f"unused{number}" for number in range(padding)]
    tokens = [*special, *raw, *words, *unused]
    kinds = [_UNKNOWN, *[_CONTROL] * (len(special) - 1), *[_BYTE] * 256]
    return Vocabulary(
        model="llama",
        tokens=tokens,
        types=kinds + [_NORMAL] * (len(tokens) - len(kinds)),
        scores=[0.0] * len(kinds) + [-float(n) for n in range(len(tokens) - len(kinds))],
        merges=(),
        bos=1,
        eos=tokens.index(eos or "</s>"),
        printable=_printable(tokens, len(kinds), unused),
    )


def _printable(tokens: list[str], start: int, unused: list[str]) -> NDArray[np.bool_]:
    stop = len(tokens) - len(unused)
    allowed = {"▁", "Ġ", *(chr(code) for code in range(0x21, 0x7F))}
    flags = [start <= n < stop and set(token) <= allowed for n, token in enumerate(tokens)]
    return np.array(flags)


VOCABULARIES: dict[str, Callable[[Sequence[str], int, str | None], Vocabulary]] = {
    "bpe": _bpe,
    "spm": _spm,
}
