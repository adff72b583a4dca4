"""Chooses where torch computes, and how precisely."""

from __future__ import annotations

from typing import Any

import psutil

from studio.workers.serve import RefusedError


def choose(torch: Any, wanted: str = "") -> tuple[str, Any]:
    """Return the device and the dtype for it.

    bfloat16 is about twice as fast as float32 where the processor computes with it, and turns a
    vector by less than a thousandth (cosine 0.9999). Elsewhere it is emulated and slow. It is not
    asked for on ``mps``, where it has not been measured.

    Args:
        torch: the module.
        wanted: ``cpu``, ``cuda`` or ``mps``; empty takes the best there is.

    Raises:
        RefusedError: ``embedder.no_device``, the wanted one is not there.
    """
    there = {
        "cuda": torch.cuda.is_available(),
        "mps": torch.backends.mps.is_available(),
        "cpu": True,
    }
    if wanted and not there.get(wanted, False):
        raise RefusedError("embedder.no_device", device=wanted)
    device = wanted or next(name for name, is_there in there.items() if is_there)
    fast = (device == "cuda" and torch.cuda.is_bf16_supported()) or (
        device == "cpu" and computes_bfloat16(torch)
    )
    return device, torch.bfloat16 if fast else torch.float32


def computes_bfloat16(torch: Any) -> bool:
    """Tell whether the processor multiplies bfloat16 itself (AVX512-BF16 or AMX)."""
    asked = ("_is_avx512_bf16_supported", "_is_amx_tile_supported")
    return any(bool(getattr(torch.cpu, name)()) for name in asked if hasattr(torch.cpu, name))


def use_physical_cores(torch: Any) -> None:
    """Compute on as many threads as there are real cores, or fewer if fewer were allowed."""
    cores = psutil.cpu_count(logical=False) or 1
    torch.set_num_threads(min(cores, torch.get_num_threads()))
