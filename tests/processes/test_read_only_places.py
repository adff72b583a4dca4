"""A folder that cannot be written costs what belongs in it, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from support import tiny_chat, tiny_gguf
from support.terminal import answer
from support.unprivileged import needs_modes, studio

pytestmark = needs_modes


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Return a data folder with a tiny model, in which everything is in place."""
    home = tmp_path / "home"
    tiny_chat.put(home / "models")
    assert studio("models", "list", home=home).returncode == 0
    return home


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    folder.chmod(0o500)
    try:
        yield
    finally:
        folder.chmod(0o700)


def test_without_a_place_for_logs_the_engine_answers(home: Path) -> None:
    with read_only(home / "logs"):
        talked = studio("chat", "Hello", "--model", "tiny", "--max-tokens", "4", home=home)
        found = studio("doctor", "--json", home=home)
        assert not list((home / "logs").iterdir())
    assert talked.returncode == 0, talked.stderr
    assert talked.stdout.strip()
    assert f"No log of the engine is kept: {home / 'logs'} cannot be written." in talked.stderr
    states = {each["name"]: each["state"] for each in answer(found)["findings"]}
    assert states["Language engine"] == "good"


@pytest.mark.parametrize("how", ["--copy", "as a link"])
def test_without_a_place_for_models_none_is_added_and_no_other_way_is_proposed(
    how: str, home: Path, tmp_path: Path
) -> None:
    new = tiny_gguf.write(tmp_path / "new.gguf")
    with read_only(home / "models"):
        refused = studio("models", "add", str(new), *_options(how), home=home)
    assert refused.returncode == 1
    assert f"{home / 'models'} cannot be written. Allow writing there" in refused.stderr
    assert "as a copy" not in refused.stderr
    assert "new" not in studio("models", "list", home=home).stdout


def _options(how: str) -> tuple[str, ...]:
    return ("--copy",) if how == "--copy" else ()
