"""State files: which belongs to what, and how a folder that several programs use stays small."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from support import tiny_gguf

from studio.chat.resume import ResumeStates, hashed
from studio.engine.language import LoadSettings, ModelLoaded
from studio.engine.text import FileIdentity

SETTINGS = LoadSettings(context=2048, gpu_layers=0, threads=2)
OTHERS: dict[str, Any] = {
    "flash_attention": True,
    "cache_type": "q8_0",
    "rope_scaling": "yarn",
    "rope_frequency_base": 5e5,
    "rope_frequency_scale": 0.5,
    "yarn_original_context": 256,
    "yarn_extrapolation": 0.5,
    "yarn_attention": 2.0,
    "yarn_beta_fast": 16.0,
    "yarn_beta_slow": 2.0,
    "full_sliding_window": True,
}
ALIKE: dict[str, Any] = {
    "context": 4096,
    "gpu_layers": 7,
    "threads": 8,
    "batch": 64,
    "memory_map": False,
    "memory_lock": True,
    "seed": 3,
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "states"
    made.mkdir()
    return made


@pytest.fixture
def states(folder: Path) -> ResumeStates:
    return ResumeStates(folder, lambda: 1000, lambda: {"a", "b", "c"})


@pytest.fixture
def model(tmp_path: Path) -> Path:
    return tiny_gguf.write(tmp_path / "tiny.gguf", "llama", context_length=8192)


def loaded(path: Path, context: int = 2048) -> ModelLoaded:
    facts: dict[str, Any] = {each.name: 0 for each in fields(ModelLoaded)}
    return ModelLoaded(**facts | {"path": str(path), "context": context})


def identity(path: Path) -> FileIdentity:
    facts = path.stat()
    return FileIdentity(facts.st_size, facts.st_mtime_ns, facts.st_ino)


def state(conversation_id: str, number: int) -> str:
    """Return the name of a conversation's state under one model or another."""
    return f"{hashed(conversation_id)}-{number}.kv"


def put(folder: Path, name: str, size: int, age: float = 0) -> Path:
    path = folder / name
    path.write_bytes(b"x" * size)
    changed = path.stat().st_mtime - age
    os.utime(path, (changed, changed))
    return path


def test_each_setting_either_matters_or_does_not() -> None:
    assert {each.name for each in fields(LoadSettings)} == OTHERS.keys() | ALIKE.keys()


@pytest.mark.parametrize("name", sorted(ALIKE))
def test_what_follows_free_memory_leaves_the_state_in_place(
    name: str, states: ResumeStates, model: Path
) -> None:
    other = replace(SETTINGS, **{name: ALIKE[name]})
    context = other.context or 0
    first = states.file_for("a", loaded(model), SETTINGS, identity(model))
    assert states.file_for("a", loaded(model, context), other, identity(model)) == first


@pytest.mark.parametrize("name", sorted(OTHERS))
def test_what_changes_the_state_has_another_file(
    name: str, states: ResumeStates, model: Path
) -> None:
    other = replace(SETTINGS, **{name: OTHERS[name]})
    first = states.file_for("a", loaded(model), SETTINGS, identity(model))
    assert states.file_for("a", loaded(model), other, identity(model)) != first


def test_another_file_or_conversation_has_another_state(
    states: ResumeStates, model: Path, tmp_path: Path
) -> None:
    first = states.file_for("a", loaded(model), SETTINGS, identity(model))
    assert states.file_for("b", loaded(model), SETTINGS, identity(model)) != first
    newer = replace(identity(model), modified_ns=1)
    assert states.file_for("a", loaded(model), SETTINGS, newer) != first
    assert states.file_for("a", loaded(model), SETTINGS, None) == ""


@pytest.mark.parametrize(
    "conversation_id",
    ["/mnt/x", "../../x", "C:\\x", "a/b", "..", "", "x" * 200, "naïve 😀", "NUL", "a\0b", "a-b"],
)
def test_no_id_from_an_imported_file_leads_out_of_the_folder(
    conversation_id: str, folder: Path, model: Path
) -> None:
    there = {conversation_id}
    states = ResumeStates(folder, lambda: 1000, lambda: there)
    file = Path(states.file_for(conversation_id, loaded(model), SETTINGS, identity(model)))
    assert file.parent == folder
    file.write_bytes(b"x")
    assert states.prune() == 0
    assert file.exists()
    there.clear()
    assert states.prune() == 1
    assert not file.exists()


def test_a_context_beyond_the_first_one_of_longrope_has_another_state(
    states: ResumeStates, tmp_path: Path
) -> None:
    path = tiny_gguf.write(
        tmp_path / "long.gguf",
        "llama",
        context_length=131_072,
        extra_keys={"llama.rope.scaling.original_context_length": 4096},
    )
    within, edge, beyond = (
        states.file_for("a", loaded(path, context), SETTINGS, identity(path))
        for context in (2048, 4096, 8192)
    )
    assert within == edge != beyond


def test_a_model_whose_file_is_gone_keeps_the_state_it_had(folder: Path, model: Path) -> None:
    seen = identity(model)
    states = ResumeStates(folder, lambda: 1000, set)
    before = states.file_for("a", loaded(model), SETTINGS, seen)
    model.unlink()
    assert states.file_for("a", loaded(model), SETTINGS, seen) == before
    later = ResumeStates(folder, lambda: 1000, set)
    assert later.file_for("a", loaded(model, 2048), SETTINGS, seen) != later.file_for(
        "a", loaded(model, 4096), SETTINGS, seen
    )


def test_the_oldest_go_first_and_the_rest_stays_within_the_cap(
    states: ResumeStates, folder: Path
) -> None:
    oldest = put(folder, state("a", 1), 400, age=30)
    kept = [put(folder, state("b", 2), 400, age=20), put(folder, state("c", 3), 500, age=10)]
    assert states.prune() == 400
    assert not oldest.exists()
    assert all(path.exists() for path in kept)
    states.touch(str(kept[0]))
    put(folder, state("a", 4), 300)
    assert states.prune() == 500
    assert {path.name for path in folder.iterdir()} == {state("a", 4), state("b", 2)}


def test_no_cap_means_no_state(folder: Path, model: Path) -> None:
    put(folder, state("a", 1), 1)
    states = ResumeStates(folder, lambda: 0, lambda: {"a"})
    assert states.file_for("a", loaded(model), SETTINGS, identity(model)) == ""
    assert states.prune() == 1
    assert not list(folder.iterdir())


def test_states_of_deleted_conversations_go(states: ResumeStates, folder: Path) -> None:
    put(folder, state("a", 1), 10)
    put(folder, state("gone", 1), 10)
    assert states.prune() == 10
    assert [path.name for path in folder.iterdir()] == [state("a", 1)]


def test_only_parts_that_nobody_writes_any_more_are_deleted(
    states: ResumeStates, folder: Path
) -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        ended.wait()
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as writer:
        theirs = put(folder, f"{state('a', 1)}.{writer.pid}.part", 5)
        mine = put(folder, f"{state('b', 1)}.{os.getpid()}.part", 5)
        odd = put(folder, "download.part", 5)
        put(folder, f"{state('a', 1)}.{ended.pid}.part", 5)
        earlier = f"{state('c', 1)}.{writer.pid}.part"  # of another process with this id
        put(folder, earlier, 5, age=3600)
        states.prune()
        writer.communicate(b"\n")
    assert set(folder.iterdir()) == {theirs, mine, odd}


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right there")
def test_a_file_that_vanishes_meanwhile_is_no_trouble(states: ResumeStates, folder: Path) -> None:
    for name in (state("a", 0), f"{state('a', 1)}.{os.getpid()}.part"):
        (folder / name).symlink_to(folder / "nowhere")  # listed, but not there to be looked at
    kept = put(folder, state("b", 1), 10)
    put(folder, state("c", 1), 2000)
    assert states.prune() == 2000
    assert kept.exists()


def test_two_threads_tidy_one_folder_at_once(folder: Path) -> None:
    def tidy() -> None:
        own = ResumeStates(folder, lambda: 500, lambda: {"a"})
        freed.append(own.prune())

    for number in range(400):
        put(folder, state("a", number), 10, age=number)
    freed: list[int] = []
    threads = [Thread(target=tidy) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(freed) == 3500
    assert {path.name for path in folder.iterdir()} == {state("a", n) for n in range(50)}


def failing(error: Exception) -> Callable[[], set[str]]:
    def ask() -> set[str]:
        raise error

    return ask


def test_a_folder_that_cannot_be_used_costs_the_states_alone(
    tmp_path: Path, model: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_text("no folder")
    states = ResumeStates(tmp_path / "file" / "states", lambda: 1000, set)
    assert states.file_for("a", loaded(model), SETTINGS, identity(model)) == ""
    states.touch(str(tmp_path / "file" / "states" / "a-1.kv"))
    assert states.prune() == 0
    assert "could not be looked after" in caplog.text


def test_nothing_is_deleted_when_the_conversations_are_not_known(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    put(folder, state("a", 1), 10)
    states = ResumeStates(folder, lambda: 1000, failing(OSError("no disk")))
    assert states.prune() == 0
    assert [path.name for path in folder.iterdir()] == [state("a", 1)]
    assert "no disk" in caplog.text
