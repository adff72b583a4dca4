"""Makes the virtual environment ``.venv`` and keeps it in step with what is pinned.

In order: take the lock, mark the environment unfinished, make it, install, take the mark away,
write the stamp. A stamp that fits means that nothing has to be done; a mark that is still there
means that an earlier set-up was interrupted, and the environment is made anew.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from set_up_error import SetUpError

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
CONSTRAINTS = ROOT / "packaging" / "constraints.txt"
_STAMP = VENV / "set-up.json"
_UNFINISHED = VENV / "set-up.unfinished"
_LOCK = ROOT / "build" / "set-up.lock"
_LOG = ROOT / "build" / "set-up.log"
_FORMAT = 2  # raise it when this file installs in another way
_HEARTBEAT_S = 20.0
_PATIENCE_S = 1.0


def python() -> str:
    """Return the path of the environment's interpreter."""
    windows = os.name == "nt"
    return str(VENV / ("Scripts" if windows else "bin") / ("python.exe" if windows else "python"))


def say(text: str) -> None:
    """Tell the person what is going on; never on standard output, which is the program's."""
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


def prepare(extras: Sequence[str], checks: Sequence[str] = ()) -> None:
    """Bring the environment to what is pinned, with these extras of pyproject.toml.

    Args:
        extras: names under ``project.optional-dependencies``.
        checks: functions of ``needs.py`` that the machine must pass, run once and remembered.

    Raises:
        SetUpError: something is missing or failed, in words.
    """
    wanted = _fingerprint()
    if _fits(_stamp(), wanted, extras, checks):
        return
    import needs

    with _locked() as lock:
        stamp = _stamp()
        if _fits(stamp, wanted, extras, checks):
            return
        for check in checks:
            getattr(needs, check)()
        every = sorted({*stamp.get("extras", ()), *extras})
        if not _fits(stamp, wanted, extras, ()):
            _install(every, lock)
        _write_stamp(
            fingerprint=wanted,
            extras=every,
            checks=sorted({*stamp.get("checks", ()), *checks}),
            interpreter=os.path.realpath(python()),
        )


def remembers(name: str, facts: Any) -> bool:
    """Tell whether the stamp holds these facts under this name."""
    return bool(_stamp().get(name) == facts)


def remember(name: str, facts: Any) -> None:
    """Keep facts (plain JSON) in the stamp, for as long as the environment lives."""
    with _locked():
        _write_stamp(**{**_stamp(), name: facts})


def run_logged(command: Sequence[str], doing: str, lock: IO[bytes] | None = None) -> None:
    """Run a command with its output in the set-up's log, with a sign of life now and then.

    Args:
        doing: says what is going on, such as ``"Installing the libraries"``.
        lock: kept held by the command, should this process be killed before it.

    Raises:
        SetUpError: it failed; its last lines are the details.
    """
    import signal  # here and below, because a start without set-up does not need them
    import subprocess

    _LOG.parent.mkdir(exist_ok=True)
    inherited = () if lock is None or os.name == "nt" else (lock.fileno(),)
    clean = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "PYTHONHOME")}
    say(f"{doing} …")
    with _LOG.open("wb") as log:
        process = subprocess.Popen(
            command,
            stdout=log,
            stderr=subprocess.STDOUT,
            env=clean,
            cwd=ROOT,
            pass_fds=inherited,
            start_new_session=True,
        )
        usual = signal.signal(signal.SIGTERM, signal.default_int_handler)
        try:
            _watch(process, doing)
        except BaseException:
            _end_with_its_children(process)
            raise
        finally:
            signal.signal(signal.SIGTERM, usual)
    if process.returncode:
        raise _explained(doing, _LOG.read_text(encoding="utf-8", errors="replace"))


def _install(extras: Sequence[str], lock: IO[bytes]) -> None:
    import needs  # here and above, because a start without set-up does not need it

    needs.check_disk(ROOT)
    if not list(VENV.glob("**/site-packages/llama_cpp/__init__.py")):
        needs.check_compiler()
    _make(lock)
    _UNFINISHED.touch()
    try:
        _run_pip(extras, lock)
    except SetUpError:
        _UNFINISHED.unlink()  # pip said so itself, and has put back what it had begun
        raise
    _UNFINISHED.unlink()


def _run_pip(extras: Sequence[str], lock: IO[bytes]) -> None:
    import engine_wheel  # only a set-up needs it

    pip = [python(), "-m", "pip", "install", "--no-input", "--disable-pip-version-check"]
    pinned = ["--progress-bar", "off", "--constraint", str(CONSTRAINTS)]
    run_logged([*pip, *pinned, "pip", "setuptools"], "Preparing the installer", lock)
    pinned += ["--build-constraint", str(CONSTRAINTS)]
    engine = engine_wheel.folder(
        [python(), "-m", "pip", "wheel", *pip[4:], *pinned],
        _pin("llama_cpp_python"),
        lambda command, doing: run_logged(command, doing, lock),
    )
    pinned += ["--find-links", str(engine)]
    run_logged([*pip, *pinned, *_requirements(extras)], "Installing the libraries", lock)
    itself = ["--no-deps", "--no-build-isolation", "--no-index", "--editable", str(ROOT)]
    run_logged([*pip, *itself], "Adding the program itself", lock)
    # Here and not at the first start, which may be by somebody who cannot write to this folder.
    compiled = [python(), "-m", "compileall", "-q", str(ROOT / "studio")]
    run_logged(compiled, "Compiling the program", lock)


def _pin(name: str) -> str:
    lines = CONSTRAINTS.read_text(encoding="utf-8").splitlines()
    return next(line for line in lines if line.startswith(f"{name}=="))


def _make(lock: IO[bytes]) -> None:
    import shutil

    import needs

    if _healthy():
        return
    if VENV.exists():
        say("The environment .venv is unfinished or damaged; it is made anew.")
        shutil.rmtree(VENV)
    needs.check_venv()
    VENV.mkdir()
    _UNFINISHED.touch()
    run_logged([sys.executable, "-m", "venv", str(VENV)], "Making the environment .venv", lock)


def _healthy() -> bool:
    import subprocess

    if _UNFINISHED.exists() or not Path(python()).exists():
        return False
    question = (
        "import sys, pip; sys.exit(sys.version_info < (3, 11) or sys.prefix == sys.base_prefix)"
    )
    return subprocess.run([python(), "-I", "-c", question], capture_output=True).returncode == 0


def _fingerprint() -> str:
    project = _project()
    lines = CONSTRAINTS.read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if line and not line.startswith("#")]
    keys = ("name", "version", "dependencies", "optional-dependencies", "scripts")
    facts = [_FORMAT, str(ROOT), *(project.get(key) for key in keys), pins]
    return hashlib.sha256(json.dumps(facts).encode()).hexdigest()


def _project() -> dict[str, Any]:
    import tomllib

    with (ROOT / "pyproject.toml").open("rb") as file:
        project: dict[str, Any] = tomllib.load(file)["project"]
    return project


def _requirements(extras: Sequence[str]) -> list[str]:
    project = _project()
    optional = project.get("optional-dependencies", {})
    return [*project.get("dependencies", ()), *(need for name in extras for need in optional[name])]


def _stamp() -> dict[str, Any]:
    try:
        stamp = json.loads(_STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def _write_stamp(**facts: Any) -> None:
    partial = _STAMP.with_suffix(".partial")
    partial.write_text(json.dumps(facts), encoding="utf-8")
    partial.replace(_STAMP)


def _fits(stamp: dict[str, Any], wanted: str, extras: Sequence[str], checks: Sequence[str]) -> bool:
    return (
        stamp.get("fingerprint") == wanted
        and {*extras} <= {*stamp["extras"]}
        and {*checks} <= {*stamp["checks"]}
        and stamp["interpreter"] == os.path.realpath(python())
        and Path(python()).exists()
        and not _UNFINISHED.exists()
    )


@contextmanager
def _locked() -> Iterator[IO[bytes]]:
    """Let one set-up work at a time. The system frees the lock of a process that was killed."""
    _LOCK.parent.mkdir(exist_ok=True)
    with _LOCK.open("ab") as file:
        if not _try_lock(file):
            _wait_for(file)
        yield file


def _wait_for(file: IO[bytes]) -> None:
    import time

    said_at = time.monotonic() + _PATIENCE_S  # who only notes something is done sooner
    said = False
    while not _try_lock(file):
        if not said and time.monotonic() >= said_at:
            say("Another set-up is at work here; waiting for it …")
            said = True
        time.sleep(0.2)


def _try_lock(file: IO[bytes]) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _watch(process: Any, doing: str) -> None:
    import subprocess
    import time

    begin = time.monotonic()
    while True:
        try:
            process.wait(_HEARTBEAT_S)
        except subprocess.TimeoutExpired:
            minutes, seconds = divmod(int(time.monotonic() - begin), 60)
            say(f"{doing} … {minutes}:{seconds:02}")
        else:
            return


def _end_with_its_children(process: Any) -> None:
    """End pip and the compilers that it has started, which would go on without it."""
    import signal
    import subprocess

    if sys.platform == "win32":
        tree = ["taskkill", "/F", "/T", "/PID", str(process.pid)]
        subprocess.run(tree, capture_output=True)
    else:
        os.killpg(process.pid, signal.SIGTERM)
    process.wait()


_REASONS = (
    (r"No space left on device|Errno 28", "The disk is full. Free some space"),
    (
        r"name resolution|getaddrinfo|NewConnectionError|ConnectionError|timed out|ProxyError"
        r"|No matching distribution found",
        "A library could not be fetched. Check the internet connection",
    ),
    (
        r"Failed building wheel|Failed to build|CMake Error",
        "A library could not be compiled. Check the C++ compiler",
    ),
    (r"Permission denied|Errno 13", "A file could not be written. Check whose this folder is"),
)


def _explained(doing: str, output: str) -> SetUpError:
    reasons = (hint for pattern, hint in _REASONS if re.search(pattern, output))
    hint = next(reasons, f"The whole output is in {_LOG}. Read it")
    lines = [line for line in output.splitlines() if line.strip()]
    return SetUpError(
        f"{doing}: this failed.",
        f"{hint}, then run the same command again; it goes on from there.",
        "\n".join(lines[-12:]),
    )
