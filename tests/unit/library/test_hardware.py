"""The machine is described from what each system tells, and never from what it does not."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from studio.library import hardware
from studio.library.hardware import Gpu

GIB = 1 << 30

X86_CPUINFO = """\
processor	: 0
vendor_id	: AuthenticAMD
model name	: AMD Ryzen 7 5800X 8-Core Processor
flags		: fpu sse2 avx avx2

processor	: 1
model name	: AMD Ryzen 7 5800X 8-Core Processor
flags		: fpu sse2 avx avx2
"""
PI_CPUINFO = """\
processor	: 0
BogoMIPS	: 108.00
Features	: fp asimd asimddp

Hardware	: BCM2835
Model		: Raspberry Pi 5 Model B
"""


def test_probe_describes_this_machine() -> None:
    machine = hardware.probe()
    assert machine.cpu_name
    assert 1 <= machine.cores_physical <= machine.cores_logical
    assert 0 < machine.ram_available <= machine.ram_total


def test_linux_processor_of_a_pc() -> None:
    name, flags = hardware.linux_processor(X86_CPUINFO)
    assert name == "AMD Ryzen 7 5800X 8-Core Processor"
    assert flags == {"fpu", "sse2", "avx", "avx2"}


def test_linux_processor_of_a_raspberry() -> None:
    name, flags = hardware.linux_processor(PI_CPUINFO)
    assert name == "Raspberry Pi 5 Model B"
    assert "asimddp" in flags


def test_linux_processor_that_tells_nothing() -> None:
    assert hardware.linux_processor("") == ("", frozenset())


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def test_no_control_group_changes_nothing(tmp_path: Path) -> None:
    assert hardware.within_limit(16 * GIB, 9 * GIB, tmp_path) == (16 * GIB, 9 * GIB)


def test_limit_of_a_control_group_counts(tmp_path: Path) -> None:
    _write(tmp_path / "proc/self/cgroup", "0::/user.slice/app.scope\n")
    group = tmp_path / "sys/fs/cgroup/user.slice/app.scope"
    _write(group / "memory.max", f"{4 * GIB}\n")
    _write(group / "memory.current", f"{3 * GIB}\n")
    _write(group / "memory.stat", f"anon {GIB}\ninactive_file {2 * GIB}\n")
    assert hardware.within_limit(16 * GIB, 9 * GIB, tmp_path) == (4 * GIB, 3 * GIB)


def test_limit_of_an_outer_group_counts(tmp_path: Path) -> None:
    _write(tmp_path / "proc/self/cgroup", "0::/outer/inner\n")
    _write(tmp_path / "sys/fs/cgroup/outer/inner/memory.max", "max\n")
    _write(tmp_path / "sys/fs/cgroup/outer/memory.max", f"{2 * GIB}\n")
    _write(tmp_path / "sys/fs/cgroup/outer/memory.current", "0\n")
    assert hardware.within_limit(16 * GIB, 9 * GIB, tmp_path) == (2 * GIB, 2 * GIB)


def test_limit_seen_from_inside_a_container(tmp_path: Path) -> None:
    _write(tmp_path / "proc/self/cgroup", "0::/docker/0123abc\n")
    _write(tmp_path / "sys/fs/cgroup/memory.max", f"{GIB}\n")
    _write(tmp_path / "sys/fs/cgroup/memory.current", f"{2 * GIB}\n")
    assert hardware.within_limit(16 * GIB, 9 * GIB, tmp_path) == (GIB, 0)


def test_limit_of_the_first_version_of_the_interface(tmp_path: Path) -> None:
    _write(tmp_path / "proc/self/cgroup", "5:cpu,cpuacct:/\n4:memory:/app\n")
    group = tmp_path / "sys/fs/cgroup/memory/app"
    _write(group / "memory.limit_in_bytes", f"{4 * GIB}\n")
    _write(group / "memory.usage_in_bytes", f"{GIB}\n")
    _write(group / "memory.stat", "total_inactive_file 0\n")
    assert hardware.within_limit(16 * GIB, 9 * GIB, tmp_path) == (4 * GIB, 3 * GIB)


def test_a_limit_above_the_memory_is_none(tmp_path: Path) -> None:
    _write(tmp_path / "proc/self/cgroup", "0::/\n")
    _write(tmp_path / "sys/fs/cgroup/memory.max", "9223372036854771712\n")
    assert hardware.within_limit(16 * GIB, 9 * GIB, tmp_path) == (16 * GIB, 9 * GIB)


def test_amd_cards_are_found_and_others_left_out(tmp_path: Path) -> None:
    amd, intel = (tmp_path / f"class/drm/card{number}/device" for number in (0, 1))
    _write(amd / "vendor", "0x1002\n")
    _write(amd / "mem_info_vram_total", f"{8 * GIB}\n")
    _write(amd / "mem_info_vram_used", f"{GIB}\n")
    _write(intel / "vendor", "0x8086\n")
    assert hardware.linux_amd_gpus(tmp_path) == (Gpu("AMD graphics", 8 * GIB, 7 * GIB),)


def test_amd_card_that_tells_no_sizes_is_left_out(tmp_path: Path) -> None:
    _write(tmp_path / "class/drm/card0/device/vendor", "0x1002\n")
    assert hardware.linux_amd_gpus(tmp_path) == ()


def test_nvidia_cards() -> None:
    def output(*command: str) -> str:
        assert command[0] == "nvidia-smi"
        return "NVIDIA GeForce RTX 4090, 24564, 23028\nOdd, named, one, 8192, 100\n"

    assert hardware.nvidia_gpus(output) == (
        Gpu("NVIDIA GeForce RTX 4090", 24564 << 20, 23028 << 20),
        Gpu("Odd, named, one", 8192 << 20, 100 << 20),
    )


@pytest.mark.parametrize("printed", ["", "No devices were found\n", "Card, [N/A], [N/A]\n"])
def test_nvidia_tool_without_cards(printed: str) -> None:
    assert hardware.nvidia_gpus(lambda *_: printed) == ()


def test_mac_with_an_apple_chip() -> None:
    name, flags = hardware.mac_processor(
        lambda *command: "Apple M2 Pro\n" if command[-1].endswith("brand_string") else ""
    )
    assert name == "Apple M2 Pro"
    assert "asimd" in flags
    gpus = hardware.mac_gpus("arm64", name, 16 * GIB, 5 * GIB)
    assert gpus == (Gpu("Apple M2 Pro", 12 * GIB, 5 * GIB, unified=True),)


def test_mac_with_an_intel_chip() -> None:
    answers = {
        "machdep.cpu.brand_string": "Intel(R) Core(TM) i7\n",
        "machdep.cpu.features": "FPU SSE4.2 AVX1.0\n",
        "machdep.cpu.leaf7_features": "AVX2\n",
    }
    name, flags = hardware.mac_processor(lambda *command: answers[command[-1]])
    assert name == "Intel(R) Core(TM) i7"
    assert flags == {"fpu", "sse4_2", "avx", "avx2"}
    assert hardware.mac_gpus("x86_64", name, 16 * GIB, 5 * GIB) == ()


def test_windows_flags() -> None:
    assert hardware.windows_flags(lambda number: int(number in (39, 40))) == {"avx", "avx2"}


def test_a_tool_that_is_not_there_says_nothing() -> None:
    assert hardware.output("no-such-tool-anywhere") == ""


def test_a_tool_that_fails_says_nothing() -> None:
    assert hardware.output(sys.executable, "-c", "print('half'); raise SystemExit(3)") == ""


def test_a_tool_that_hangs_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def hang(command: list[str], *, timeout: float, **_: object) -> None:
        raise subprocess.TimeoutExpired(command, timeout)

    monkeypatch.setattr(subprocess, "run", hang)
    assert hardware.output(sys.executable, "-V") == ""


def test_a_tool_that_works_is_heard() -> None:
    assert hardware.output(sys.executable, "-c", "print('fine')").strip() == "fine"
