"""Makes a small project that the real bootstrap can set up in seconds and without a network."""

from __future__ import annotations

import importlib.metadata
import os
import shutil
import subprocess
import sys
import tarfile
import textwrap
import zipfile
from dataclasses import dataclass
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]

_PINS = f"""
llama_cpp_python==1.0
pip=={importlib.metadata.version("pip")}
setuptools=={importlib.metadata.version("setuptools")}
"""
_PYPROJECT = """
[project]
name = "small"
version = "1.0"
dependencies = ["llama-cpp-python"]
[project.optional-dependencies]
dev = []
build = []
[build-system]
requires = ["setuptools"]
build-backend = "setuptools.build_meta"
[tool.setuptools]
packages = ["studio", "studio.library"]
package-dir = { "" = "." }
"""

# Prints what it was given; `--exit N` ends with that code.
_PROGRAM = """
import json, os, sys
import llama_cpp
if __name__ == "__main__":
    print(json.dumps({"arguments": sys.argv[1:], "safe": os.environ.get("PYTHONSAFEPATH")}))
    sys.exit(int(sys.argv[2]) if sys.argv[1:2] == ["--exit"] else 0)
"""

# Stands where the real starter stands: the set-up only calls these two functions.
_STARTER = """
from studio.errors import StudioError
def is_present(folder):
    return (folder / "model.gguf").exists()
def install(folder, python, progress):
    if (folder / "offline").exists():
        raise StudioError("network", "The starter model could not be fetched.", "Connect first.")
    progress("fetched")
    (folder / "model.gguf").touch()
"""

# Stands where the engine stands: compiled for as long as the file in COMPILER_WAITS exists.
_BACKEND = '''
import os, time, zipfile
INFO = "llama_cpp_python-1.0.dist-info/"
FACTS = """Metadata-Version: 2.1
Name: llama-cpp-python
Version: 1.0
"""
KIND = """Wheel-Version: 1.0
Root-Is-Purelib: true
Tag: py3-none-any
"""
def build_wheel(folder, config_settings=None, metadata_directory=None):
    for _ in range(600):
        if not os.path.exists(os.environ.get("COMPILER_WAITS", "")):
            break
        time.sleep(0.1)
    name = "llama_cpp_python-1.0-py3-none-any.whl"
    with zipfile.ZipFile(os.path.join(folder, name), "w") as wheel:
        wheel.writestr("llama_cpp/__init__.py", "")
        wheel.writestr(INFO + "METADATA", FACTS)
        wheel.writestr(INFO + "WHEEL", KIND)
        wheel.writestr(INFO + "RECORD", "")
    return name
'''


@dataclass(frozen=True, slots=True)
class SmallProject:
    """A project folder, and the environment in which its bootstrap runs."""

    root: Path
    environment: dict[str, str]

    @property
    def log(self) -> Path:
        """The output of the last command of a set-up."""
        return self.root / "build" / "set-up.log"

    def command(self, *arguments: str) -> list[str]:
        """Return the command line of its bootstrap."""
        return [sys.executable, str(self.root / "packaging" / "bootstrap.py"), *arguments]

    def bootstrap(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run its bootstrap to the end."""
        return subprocess.run(
            self.command(*arguments),
            env={**self.environment, **environment},
            capture_output=True,
            text=True,
            timeout=240,
            cwd=self.root.parent,
        )


def make(folder: Path) -> SmallProject:
    """Make the project in an empty folder."""
    root = folder / "a project"
    shutil.copytree(CHECKOUT / "packaging", root / "packaging")
    (root / "packaging" / "constraints.txt").write_text(_PINS)
    (root / "models").mkdir()
    _write(root / "pyproject.toml", _PYPROJECT)
    _write(root / "studio" / "__init__.py", "")
    _write(root / "studio" / "__main__.py", _PROGRAM)
    _write(root / "studio" / "library" / "__init__.py", "")
    _write(root / "studio" / "library" / "starter.py", _STARTER)
    for module in ("errors.py", "numerals.py", "translation.py"):
        shutil.copy(CHECKOUT / "studio" / module, root / "studio")
    wheels = folder / "wheels"
    wheels.mkdir()
    for name in ("pip", "setuptools"):
        _pack_again(name, wheels)
    _pack_engine(wheels)
    own = {
        "PIP_NO_INDEX": "1",
        "PIP_FIND_LINKS": str(wheels),
        "PIP_NO_CACHE_DIR": "1",
        "PIP_NO_COMPILE": "1",
        "STUDIO_WHEEL_CACHE": str(folder / "compiled"),
    }
    clean = {key: value for key, value in os.environ.items() if not key.startswith("PIP_")}
    return SmallProject(root, {**clean, **own, "PIP_CONFIG_FILE": os.devnull})


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def _pack_again(name: str, wheels: Path) -> None:
    """Pack a library of the environment that runs these tests into a wheel again."""
    distribution = importlib.metadata.distribution(name)
    with zipfile.ZipFile(wheels / f"{name}-{distribution.version}-py3-none-any.whl", "w") as wheel:
        for file in distribution.files or ():
            if file.suffix != ".pyc" and ".." not in file.parts:
                wheel.write(str(file.locate()), file.as_posix())


def _pack_engine(wheels: Path) -> None:
    source = wheels.parent / "llama_cpp_python-1.0"
    _write(source / "backend.py", textwrap.dedent(_BACKEND))
    _write(source / "PKG-INFO", "Metadata-Version: 2.1\nName: llama-cpp-python\nVersion: 1.0\n")
    _write(
        source / "pyproject.toml",
        '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n'
        '[project]\nname = "llama-cpp-python"\nversion = "1.0"\n',
    )
    with tarfile.open(wheels / "llama_cpp_python-1.0.tar.gz", "w:gz") as archive:
        archive.add(source, source.name)
