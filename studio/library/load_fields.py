"""What can be set about how one model is loaded: declared once for the window and the terminal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from studio.translation import mark

_IN_FILE = mark("As in the file")
_LAST_SEED = 2**32 - 2  # the next one asks llama.cpp for a random seed


@dataclass(frozen=True, slots=True)
class Number:
    """A number; ``nothing`` is the shown value that stands for ``None``, and ``word`` its word.

    Where 0 means something, ``nothing`` is one step below it, and whatever else is below 0, too.
    """

    low: float
    high: float
    digits: int = 0
    unit: str = ""
    nothing: float | None = None
    word: str = ""
    step: float = 0


@dataclass(frozen=True, slots=True)
class OneOf:
    """One of some values, each with its word."""

    choices: tuple[tuple[Any, str], ...]


@dataclass(frozen=True, slots=True)
class Field:
    """A load setting as a person meets it; ``kind`` is ``None`` for on and off."""

    name: str
    title: str
    help: str
    technical: str
    kind: Number | OneOf | None = None


USUAL = (
    Field(
        "context",
        mark("Conversation length"),
        mark("How much text the model keeps in view. More needs more memory."),
        mark("Context length, n_ctx"),
        Number(0, 4_194_304, unit=mark("tokens"), nothing=0, word=mark("Automatic"), step=1024),
    ),
    Field(
        "gpu_layers",
        mark("Layers on the graphics card"),
        mark("How much of the model the graphics card works on. 0 uses the processor alone."),
        mark("GPU offload, n_gpu_layers"),
        Number(-1, 10_000, nothing=-1, word=mark("Automatic")),
    ),
    Field(
        "threads",
        mark("Processor threads"),
        mark("More than the number of cores rarely helps."),
        "n_threads",
        Number(0, 1024, nothing=0, word=mark("Automatic")),
    ),
    Field(
        "flash_attention",
        mark("Faster attention"),
        mark("Saves memory in long conversations, where the machine can do it."),
        mark("Flash attention, flash_attn"),
        OneOf(((None, mark("Automatic")), (True, mark("On")), (False, mark("Off")))),
    ),
    Field(
        "cache_type",
        mark("Precision of the conversation"),
        mark("Smaller forms make room for longer conversations and cost a little accuracy."),
        mark("KV cache type, type_k and type_v"),
        OneOf(
            (
                ("f32", mark("32 bit")),
                ("f16", mark("16 bit")),
                ("bf16", mark("16 bit, wide range")),
                ("q8_0", mark("8 bit")),
                ("q4_0", mark("4 bit")),
            )
        ),
    ),
)
RARE = (
    Field(
        "batch",
        mark("Reading step"),
        mark("Tokens of a prompt read in one go. Smaller steps hear Stop sooner."),
        mark("Batch size, n_batch"),
        Number(1, 65_536, unit=mark("tokens"), step=64),
    ),
    Field(
        "memory_map",
        mark("Read weights as they are needed"),
        mark("Loads faster and lets the system reuse the memory."),
        mark("Memory mapping, use_mmap"),
    ),
    Field(
        "memory_lock",
        mark("Keep weights in memory"),
        mark("The system may not move them to the disk while other programs need room."),
        mark("Memory locking, use_mlock"),
    ),
    Field(
        "rope_scaling",
        mark("Stretching of the context"),
        mark("How positions are stretched when a model reads more than it was trained with."),
        mark("RoPE scaling, rope_scaling_type"),
        OneOf(
            (
                (None, _IN_FILE),
                ("none", mark("None")),
                ("linear", mark("Linear")),
                ("yarn", "YaRN"),
                ("longrope", "LongRoPE"),
            )
        ),
    ),
    Field(
        "rope_frequency_base",
        mark("Position frequency"),
        mark("Only for models whose card tells another value."),
        mark("RoPE base frequency, rope_freq_base"),
        Number(0, 1e9, digits=1, nothing=0, word=_IN_FILE, step=1000),
    ),
    Field(
        "rope_frequency_scale",
        mark("Position factor"),
        mark("0.5 doubles how far the positions reach."),
        mark("RoPE frequency factor, rope_freq_scale"),
        Number(0, 64, digits=4, nothing=0, word=_IN_FILE, step=0.05),
    ),
    Field(
        "yarn_original_context",
        mark("Length before stretching"),
        mark("What the model was trained with, for YaRN."),
        "yarn_orig_ctx",
        Number(0, 4_194_304, unit=mark("tokens"), nothing=0, word=_IN_FILE, step=1024),
    ),
    Field(
        "yarn_extrapolation",
        mark("Share of extrapolation"),
        mark("0 squeezes all positions together, 1 leaves them as they are, for YaRN."),
        "yarn_ext_factor",
        Number(-0.05, 1, digits=2, nothing=-0.05, word=_IN_FILE, step=0.05),
    ),
    Field(
        "yarn_attention",
        mark("Weight of attention"),
        mark("Only for models whose card tells another value, for YaRN."),
        "yarn_attn_factor",
        Number(-0.05, 64, digits=3, nothing=-0.05, word=_IN_FILE, step=0.05),
    ),
    Field(
        "yarn_beta_fast",
        mark("Near positions begin at"),
        mark("Turns above which positions are left as they are, for YaRN."),
        "yarn_beta_fast",
        Number(-1, 1024, digits=2, nothing=-1, word=_IN_FILE, step=1),
    ),
    Field(
        "yarn_beta_slow",
        mark("Far positions begin at"),
        mark("Turns below which positions are squeezed fully, for YaRN."),
        "yarn_beta_slow",
        Number(-1, 1024, digits=2, nothing=-1, word=_IN_FILE, step=1),
    ),
    Field(
        "seed",
        mark("Seed of replies"),
        mark("The same number gives the same reply again, where the preset names none."),
        "seed",
        Number(-1, _LAST_SEED, nothing=-1, word=mark("New for each reply")),
    ),
    Field(
        "full_sliding_window",
        mark("Keep the whole sliding window"),
        mark(
            "Lets such models go on after an edit without reading everything "
            "again, for more memory."
        ),
        "swa_full",
    ),
)


def meant(field: Field, shown: Any) -> Any:
    """Return the value that a shown or typed one stands for."""
    nothing = field.kind.nothing if isinstance(field.kind, Number) else None
    is_nothing = nothing is not None and (shown == nothing or shown < 0)
    return None if is_nothing else shown
