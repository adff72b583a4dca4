"""What the bootstrap can do: one function per verb, each after the set-up that it needs."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import environment
import translations
from environment import ROOT, say
from set_up_error import SetUpError

_MODELS = ROOT / "models"


class Verb(NamedTuple):
    """A verb: its line of help, the extras it needs, and what it does with the arguments.

    ``passes_help`` is for one whose program answers ``--help`` itself.
    """

    help: str
    extras: tuple[str, ...]
    act: Callable[[list[str]], int]
    passes_help: bool = False


def main(arguments: list[str]) -> int:
    """Set up what the verb needs and run it; return the exit code."""
    name, rest = (arguments[0], arguments[1:]) if arguments else ("", [])
    if name not in VERBS:
        asked = name in ("-h", "--help", "help")
        (sys.stdout if asked else sys.stderr).write(_usage())
        return 0 if asked else 2
    if rest[:1] in (["-h"], ["--help"]) and not VERBS[name].passes_help:
        sys.stdout.write(_usage(name))
        return 0
    try:
        return VERBS[name].act(rest)
    except SetUpError as error:
        say("\n".join(filter(None, [error.details, error.what, error.hint])))
        return 1
    except KeyboardInterrupt:
        say("Stopped. The next start begins where this one can be trusted.")
        return 130


def _run(arguments: list[str]) -> int:
    _prepare("run", window=_opens_window(arguments))
    _bring_models(must=False)
    return _become([environment.python(), "-P", "-m", "studio", *arguments])


def _test(arguments: list[str]) -> int:
    _prepare("test", window=True)
    _bring_models(must=True)
    os.chdir(ROOT)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    # The tests of one file share a worker or a window, so they stay together. The order is that of
    # tests/conftest.py, not that of how many tests a file has: the longest files have few.
    together = ["--dist", "loadfile", "--no-loadscope-reorder"]
    # One process more than there are processors, since tests also wait.
    processes = min(4, (os.cpu_count() or 1) + 1)
    chosen = arguments or ["-n", str(processes), *together]
    return _become([environment.python(), "-P", "-m", "pytest", *chosen])


def _lint(arguments: list[str]) -> int:
    import subprocess

    _prepare("lint")
    os.chdir(ROOT)
    run = [environment.python(), "-P", "-m"]
    checks = [
        [*run, "ruff", "check", *arguments],
        [*run, "ruff", "format", "--check"],
        [*run, "mypy"],
        [str(Path(environment.python()).with_name("lint-imports"))],
    ]
    return max([subprocess.run(check).returncode != 0 for check in checks])


def _bench(arguments: list[str]) -> int:
    _prepare("bench", window=True)
    _bring_models(must=True)
    os.chdir(ROOT)
    return _become([environment.python(), "-P", "-m", "benchmarks", *arguments])


def _screenshots(arguments: list[str]) -> int:
    _prepare("screenshots", window=True)
    _bring_models(must=True)
    os.chdir(ROOT)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    return _become([environment.python(), "-P", "packaging/screenshots.py", *arguments])


def _build(arguments: list[str]) -> int:
    _prepare("build")
    _bring_models(must=True)
    os.chdir(ROOT)
    pyinstaller = [environment.python(), "-P", "-m", "PyInstaller", "--noconfirm"]
    return _become([*pyinstaller, *arguments, "build.spec"])


def _models(_arguments: list[str]) -> int:
    _prepare("models")
    _bring_models(must=True)
    return 0


def _translate(_arguments: list[str]) -> int:
    _prepare("translate")
    translations.collect()
    return 0


def _system(_arguments: list[str]) -> int:
    import needs

    needs.install_system_packages()
    return 0


VERBS = {
    "run": Verb("open the window; further arguments go to the program", (), _run, True),
    "test": Verb(
        "run the test suite headless; arguments go to pytest", ("build", "dev"), _test, True
    ),
    "lint": Verb("check format, lint, types and imports", ("dev",), _lint, True),
    "bench": Verb(
        "measure speed beside the raw libraries; arguments name what to measure", ("dev",), _bench
    ),
    "screenshots": Verb("draw docs/pictures/ from the real program", ("dev",), _screenshots),
    "build": Verb("make the one-folder program in dist/studio", ("build",), _build, True),
    "translate": Verb("take the program's new texts into the translations", (), _translate),
    "models": Verb("bring the starter models", (), _models),
    "system": Verb("install Debian's packages for Qt and the compiler (as root)", (), _system),
}


def _usage(wanted: str = "") -> str:
    """Return what can be written, of one verb or of all."""
    shown = {wanted: VERBS[wanted]} if wanted else VERBS
    lines = [f"  {name:12} {verb.help}\n" for name, verb in shown.items()]
    begin = f"usage: python3 packaging/bootstrap.py {wanted or 'VERB'} [arguments]\n\n"
    return begin + "".join(lines)


def _prepare(name: str, *, window: bool = False) -> None:
    environment.prepare(VERBS[name].extras, ["check_window"] if window else [])
    translations.compile_changed()


def _opens_window(arguments: list[str]) -> bool:
    """Tell whether the program was given no command, only options such as ``--home DIR``."""
    words = iter(arguments)
    for word in words:
        if word == "--home":
            next(words, None)
        elif word in ("--help", "-h", "--version") or not word.startswith("-"):
            return False
    return True


def _bring_models(*, must: bool) -> None:
    if environment.remembers("models", _facts_of_models()):
        return
    sys.path.insert(0, str(ROOT))
    from studio.errors import StudioError
    from studio.library import starter

    if not starter.is_present(_MODELS):
        say("Bringing the starter models …")
        try:
            starter.install(_MODELS, python=environment.python(), progress=say)
        except StudioError as error:
            if must:
                raise SetUpError(error.what, error.hint, error.details) from error
            say(f"{error.what} {error.hint}")
            return
    environment.remember("models", _facts_of_models())


def _facts_of_models() -> list[list[object]]:
    """Return what changes when a model does, or what the starter models are to be."""
    files = [ROOT / "studio" / "library" / "starter.py", *_MODELS.rglob("*")]
    seen = [(str(file), file.stat() if file.exists() else file.lstat()) for file in files]
    return sorted([name, facts.st_size, facts.st_mtime_ns] for name, facts in seen)


def _become(command: Sequence[str]) -> int:
    """Turn this process into the command; where that cannot be done, run it and wait."""
    # Safe path: neither this folder's `packaging` nor the person's current folder can shadow a
    # library, in the program and in every process that it starts.
    os.environ["PYTHONSAFEPATH"] = "1"
    sys.stdout.flush()
    sys.stderr.flush()
    if os.name != "nt":
        os.execv(command[0], list(command))  # does not return
    import signal
    import subprocess

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the program's to answer
    return subprocess.run(command).returncode
