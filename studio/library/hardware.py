"""Finds out what this machine has: processor, memory and graphics cards.

Nothing here loads an inference library or needs one; each source that is missing or answers oddly
is simply left out.
"""

from __future__ import annotations

import ctypes
import platform
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import psutil

_TOOL_TIMEOUT_S = 5
_AMD = "0x1002"
_PROC = Path("/proc")
_SYS = Path("/sys")
# PF_* numbers of winnt.h that IsProcessorFeaturePresent answers.
_WINDOWS_FEATURES = {
    13: "sse3",
    36: "ssse3",
    37: "sse4_1",
    38: "sse4_2",
    39: "avx",
    40: "avx2",
    41: "avx512f",
}


@dataclass(frozen=True, slots=True)
class Gpu:
    """A graphics card; ``unified`` when it shares the main memory. Sizes in bytes."""

    name: str
    memory_total: int
    memory_free: int
    unified: bool = False


@dataclass(frozen=True, slots=True)
class Hardware:
    """What this machine has.

    ``ram_total`` and ``ram_available`` are bytes, within the limit of a container if there is one.
    ``flags`` are names of instruction sets as Linux spells them. ``unused_gpus`` are cards that
    are there but that the installed engine cannot use; see :mod:`studio.library.offload`.
    """

    cpu_name: str
    cores_physical: int
    cores_logical: int
    flags: frozenset[str]
    ram_total: int
    ram_available: int
    gpus: tuple[Gpu, ...] = ()
    unused_gpus: tuple[Gpu, ...] = ()


def probe() -> Hardware:
    """Look at the machine now; takes milliseconds, or longer where nvidia-smi must be asked."""
    total, available = ram()
    logical = psutil.cpu_count(logical=True) or 1
    name, flags = _processor()
    return Hardware(
        cpu_name=name or platform.processor() or platform.machine() or "unknown processor",
        cores_physical=psutil.cpu_count(logical=False) or logical,
        cores_logical=logical,
        flags=flags,
        ram_total=total,
        ram_available=available,
        gpus=_gpus(name, total, available),
    )


def ram() -> tuple[int, int]:
    """Return main memory in bytes, all and available, within the limit set for this process."""
    memory = psutil.virtual_memory()
    return within_limit(memory.total, memory.available)


def _processor() -> tuple[str, frozenset[str]]:
    if sys.platform == "darwin":
        return mac_processor(output)
    if sys.platform == "win32":
        return windows_processor()
    return linux_processor(_text(_PROC / "cpuinfo"))


def _gpus(cpu_name: str, total: int, available: int) -> tuple[Gpu, ...]:
    if sys.platform == "darwin":
        return mac_gpus(platform.machine(), cpu_name, total, available)
    found = nvidia_gpus(output)
    return found + linux_amd_gpus(_SYS) if sys.platform == "linux" else found


def linux_processor(cpuinfo: str) -> tuple[str, frozenset[str]]:
    """Return name and flags from the text of ``/proc/cpuinfo``, x86 or ARM."""
    facts: dict[str, str] = {}
    for line in cpuinfo.splitlines():
        key, _, value = line.partition(":")
        facts.setdefault(key.strip(), value.strip())
    name = facts.get("model name") or facts.get("Model") or facts.get("Hardware") or ""
    flags = facts.get("flags") or facts.get("Features") or ""
    return name, frozenset(flags.split())


def within_limit(total: int, available: int, root: Path | None = None) -> tuple[int, int]:
    """Return memory of the machine cut down to the limit of this process's control group."""
    if root is None and sys.platform != "linux":
        return total, available
    for group in _control_groups(root or Path("/")):
        limit, used = _limit(group)
        if limit is not None and limit < total:
            total = limit
            available = min(available, max(0, limit - used))
    return total, available


def _control_groups(root: Path) -> list[Path]:
    """Return the groups this process is in, inner to outer, of both versions of the interface."""
    groups: list[Path] = []
    for line in _text(root / "proc/self/cgroup").splitlines():
        _, controllers, name = [*line.split(":", 2), "", ""][:3]
        if controllers == "":
            top = root / "sys/fs/cgroup"
        elif "memory" in controllers.split(","):
            top = root / "sys/fs/cgroup/memory"
        else:
            continue
        inner = top / name.lstrip("/")
        # Inside a container the path may be that of the host, while the top is its own group.
        groups += [inner, *(parent for parent in inner.parents if parent.is_relative_to(top))]
    return groups


def _limit(group: Path) -> tuple[int | None, int]:
    """Return the limit of a group and what it uses, without file cache that can be dropped."""
    for limit_name, used_name, cache_key in (
        ("memory.max", "memory.current", "inactive_file"),
        ("memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file"),
    ):
        limit = _text(group / limit_name).strip()
        if not limit.isdecimal():
            continue
        used = _text(group / used_name).strip()
        cache = next(
            (
                int(value)
                for key, _, value in (
                    line.partition(" ") for line in _text(group / "memory.stat").splitlines()
                )
                if key == cache_key and value.isdecimal()
            ),
            0,
        )
        return int(limit), max(0, int(used) - cache) if used.isdecimal() else 0
    return None, 0


def linux_amd_gpus(root: Path) -> tuple[Gpu, ...]:
    """Return AMD cards from the kernel's own files under ``/sys``."""
    found = []
    for device in sorted(root.glob("class/drm/card[0-9]*/device")):
        if _text(device / "vendor").strip() != _AMD:
            continue
        total = _text(device / "mem_info_vram_total").strip()
        used = _text(device / "mem_info_vram_used").strip()
        if total.isdecimal() and used.isdecimal():
            name = _text(device / "product_name").strip() or "AMD graphics"
            found.append(Gpu(name, int(total), max(0, int(total) - int(used))))
    return tuple(dict.fromkeys(found))


def mac_processor(ask: Callable[..., str]) -> tuple[str, frozenset[str]]:
    """Return name and flags from ``sysctl``; ``ask`` runs a command and returns its text."""
    names = ("machdep.cpu.brand_string", "machdep.cpu.features", "machdep.cpu.leaf7_features")
    name, *features = (ask("/usr/sbin/sysctl", "-n", each).strip() for each in names)
    flags = " ".join(features).lower().replace("avx1.0", "avx").replace("sse4.", "sse4_")
    if "Apple" in name:
        flags += " asimd asimddp"  # every Apple chip has them; sysctl lists none
    return name, frozenset(flags.split())


def mac_gpus(machine: str, cpu_name: str, total: int, available: int) -> tuple[Gpu, ...]:
    """Return the graphics part of an Apple chip, which shares the main memory."""
    if machine != "arm64":
        return ()
    # Metal lends a program about three quarters of the memory.
    limit = total * 3 // 4
    return (Gpu(cpu_name or "Apple graphics", limit, min(limit, available), unified=True),)


def windows_processor() -> tuple[str, frozenset[str]]:
    """Return name and flags from the registry and the kernel."""
    if sys.platform != "win32":
        return "", frozenset()
    import winreg  # exists on Windows only

    name = ""
    key = r"HARDWARE\DESCRIPTION\System\CentralProcessor\0"
    try:
        with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, key) as processor:
            name = str(winreg.QueryValueEx(processor, "ProcessorNameString")[0]).strip()
    except OSError:
        name = platform.processor()
    return name, windows_flags(ctypes.windll.kernel32.IsProcessorFeaturePresent)


def windows_flags(present: Callable[[int], int]) -> frozenset[str]:
    """Return flags by asking ``IsProcessorFeaturePresent``."""
    return frozenset(name for number, name in _WINDOWS_FEATURES.items() if present(number))


def nvidia_gpus(ask: Callable[..., str]) -> tuple[Gpu, ...]:
    """Return NVIDIA cards as ``nvidia-smi`` lists them."""
    found = []
    query = "--query-gpu=name,memory.total,memory.free"
    for line in ask("nvidia-smi", query, "--format=csv,noheader,nounits").splitlines():
        parts = [part.strip() for part in line.rsplit(",", 2)]
        if len(parts) == 3 and parts[1].isdecimal() and parts[2].isdecimal():
            found.append(Gpu(parts[0], int(parts[1]) << 20, int(parts[2]) << 20))
    return tuple(found)


def output(*command: str) -> str:
    """Return what a system tool prints, or nothing when it is not there or fails."""
    program = shutil.which(command[0])
    if program is None:
        return ""
    try:
        finished = subprocess.run(
            [program, *command[1:]],
            capture_output=True,
            text=True,
            errors="replace",
            timeout=_TOOL_TIMEOUT_S,
            check=False,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return finished.stdout if finished.returncode == 0 else ""


def _text(path: Path) -> str:
    try:
        return path.read_text(errors="replace")
    except OSError:
        return ""
