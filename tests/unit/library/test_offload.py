"""Graphics cards count only when the installed engine can use them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from studio.library import offload
from studio.library.hardware import Gpu, Hardware

CARD = Gpu("a card", 8 << 30, 7 << 30)
MACHINE = Hardware("a processor", 4, 8, frozenset(), 16 << 30, 8 << 30, gpus=(CARD,))


def _folder(path: Path, *names: str) -> Path:
    for name in ("libllama.so", "libggml-base.so.0", "libggml-cpu.so", "libggml.so", *names):
        (path / name).touch()
    return path


@pytest.mark.parametrize(
    "library",
    [
        "libggml-cuda.so",
        "libggml-vulkan.so.0.25.3",
        "libggml-hip.so",
        "libggml-metal.dylib",
        "libggml-metal.0.dylib",
        "ggml-cuda.dll",
        "GGML-Vulkan.DLL",
    ],
)
def test_a_device_library_means_that_cards_can_be_used(library: str, tmp_path: Path) -> None:
    folder = _folder(tmp_path, library)
    assert offload.built_for_gpu(folder)
    assert offload.usable(MACHINE, {}, folder) is MACHINE


@pytest.mark.parametrize("library", ["libggml-blas.so", "libggml-cpu-haswell.so", "ggml-cuda.h"])
def test_other_files_mean_nothing(library: str, tmp_path: Path) -> None:
    assert not offload.built_for_gpu(_folder(tmp_path, library))


def test_cards_that_cannot_be_used_are_moved_aside(tmp_path: Path) -> None:
    machine = offload.usable(MACHINE, {}, _folder(tmp_path))
    assert machine.gpus == ()
    assert machine.unused_gpus == (CARD,)


def test_no_engine_at_all_uses_no_card(tmp_path: Path) -> None:
    assert offload.usable(MACHINE, {}, None).gpus == ()
    assert offload.usable(MACHINE, {}, tmp_path / "none").gpus == ()


def test_the_worker_that_runs_knows_better(tmp_path: Path) -> None:
    built = _folder(tmp_path, "libggml-cuda.so")
    assert offload.usable(MACHINE, {"gpu": "no"}, built).gpus == ()
    assert offload.usable(MACHINE, {"gpu": "yes"}, None).gpus == (CARD,)


def test_the_engine_is_found_without_being_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LLAMA_CPP_LIB_PATH", raising=False)
    folder = offload.engine_folder()
    assert folder is not None
    assert any("llama" in path.name for path in folder.iterdir())
    look = "import sys; from studio.library import offload; print(offload.engine_folder())"
    command = [sys.executable, "-c", f"{look}; assert 'llama_cpp' not in sys.modules"]
    found = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    assert found.stdout.strip() == str(folder)


def test_the_engines_own_variable_leads_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LLAMA_CPP_LIB_PATH", str(tmp_path))
    assert offload.engine_folder() == tmp_path
