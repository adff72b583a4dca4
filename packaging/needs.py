"""Checks what the machine must have before anything is installed, and says what is missing."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from set_up_error import SetUpError

DISK_BYTES = 4_000_000_000

# What Qt loads from the system, and the Debian package that carries it.
WINDOW_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
FONT_PACKAGE = "fonts-dejavu-core"
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts")


def check_disk(folder: Path) -> None:
    """Refuse to start what would fill the disk half-way."""
    free = shutil.disk_usage(folder).free
    if free < DISK_BYTES:
        raise SetUpError(
            f"The set-up needs {DISK_BYTES / 1e9:.1f} GB of disk space; "
            f"{free / 1e9:.1f} GB is free in {folder}.",
            "Free some space, then run the same command again.",
        )


def check_venv() -> None:
    """Debian splits what makes a virtual environment off into a package of its own."""
    try:
        import ensurepip  # noqa: F401 (only whether it is there)
    except ImportError as error:
        raise SetUpError(
            "This Python cannot make a virtual environment: its part “ensurepip” is missing.",
            "On Debian and Ubuntu: " + _apt(["python3-venv"]),
        ) from error


def check_compiler() -> None:
    """llama-cpp-python is compiled on this machine, for any processor of its kind."""
    if sys.platform == "win32":
        found, hint = _windows_compiler(), "Install the “Visual Studio Build Tools” with C++."
    elif sys.platform == "darwin":
        found = subprocess.run(["xcode-select", "-p"], capture_output=True).returncode == 0
        hint = "Run: xcode-select --install"
    else:
        found = _has_tool("CC", ("cc", "gcc", "clang")) and _has_tool(
            "CXX", ("c++", "g++", "clang++")
        )
        hint = "On Debian and Ubuntu: " + _apt(["build-essential"])
    if not found:
        raise SetUpError(
            "No C and C++ compiler was found; the language engine is compiled with it.",
            hint,
        )


def check_window() -> None:
    """Refuse to start a window that Qt could not open."""
    missing = missing_packages()
    if missing:
        raise SetUpError(
            "The window needs parts of the system that are not installed: "
            + ", ".join(missing_libraries() or [FONT_PACKAGE])
            + ".",
            "On Debian and Ubuntu: " + _apt(missing),
        )


def missing_libraries() -> list[str]:
    """Return the shared libraries that Qt needs and this Linux does not have."""
    if not sys.platform.startswith("linux"):
        return []
    return [name for name in WINDOW_LIBRARIES if not _loads(name)]


def missing_packages() -> list[str]:
    """Return the Debian packages that bring what Qt needs and this Linux does not have."""
    if not sys.platform.startswith("linux"):
        return []
    missing = [WINDOW_LIBRARIES[name] for name in missing_libraries()]
    return missing if _has_fonts() else [*missing, FONT_PACKAGE]


def install_system_packages() -> None:
    """Install what is missing with apt-get, as root on Debian; elsewhere say what to do."""
    missing = missing_packages()
    missing += [package for package, check in _MORE.items() if not _passes(check)]
    if not missing:
        return
    if shutil.which("apt-get") is None or os.geteuid() != 0:
        raise SetUpError(
            "Parts of the system are missing, and only an administrator can install them.",
            "On Debian and Ubuntu: " + _apt(missing),
        )
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-y", "--no-install-recommends", *missing]
    for command in (["apt-get", "update"], install):
        ended = subprocess.run(
            command, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
        if ended.returncode:
            raise SetUpError(
                f"“{' '.join(command)}” failed.",
                "Run it by hand to see why.",
                ended.stdout[-2000:],
            )


# What the set-up itself needs, by the Debian package that brings it.
_MORE: dict[str, Callable[[], None]] = {
    "build-essential": lambda: check_compiler(),
    "python3-venv": lambda: check_venv(),
}


def _passes(check: Callable[[], None]) -> bool:
    try:
        check()
    except SetUpError:
        return False
    return True


def _apt(packages: Iterable[str]) -> str:
    return "sudo apt-get install " + " ".join(packages)


def _has_tool(variable: str, names: Iterable[str]) -> bool:
    chosen = os.environ.get(variable, "").split()
    return any(shutil.which(name) for name in (chosen[:1] or names))


def _windows_compiler() -> bool:
    if _has_tool("CXX", ("cl", "clang-cl", "g++")):
        return True
    program_files = os.environ.get("PROGRAMFILES(X86)", "C:\\Program Files (x86)")
    locate = Path(program_files) / "Microsoft Visual Studio" / "Installer" / "vswhere.exe"
    wanted = ["-products", "*", "-requires", "Microsoft.VisualStudio.Component.VC.Tools.x86.x64"]
    if not locate.exists():
        return False
    found = subprocess.run([str(locate), *wanted], capture_output=True)
    return found.returncode == 0 and bool(found.stdout.strip())


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _has_fonts() -> bool:
    for folder in map(os.path.expanduser, FONT_FOLDERS):
        for _path, _folders, files in os.walk(folder):
            if any(name.lower().endswith((".ttf", ".otf", ".ttc", ".pfb")) for name in files):
                return True
    return False
