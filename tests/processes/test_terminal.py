"""The terminal as a person or a script sees it: output, exit codes, and every refusal in words."""

from __future__ import annotations

import os
import sqlite3
import struct
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from support import terminal, tiny_chat, tiny_gguf
from support.command import studio
from support.terminal import answer

from studio.assembly import open_parts


@pytest.fixture
def tiny_home(profile: Path) -> Path:
    """Return a data folder with a tiny model in it."""
    tiny_chat.put(profile / "models")
    return profile


def tiny(text: str, *more: str) -> tuple[str, ...]:
    return ("chat", text, "--model", "tiny", "--max-tokens", "8", *more)


def chat(home: Path, text: str, *more: str) -> subprocess.CompletedProcess[str]:
    return studio(*tiny(text, *more), home=home)


def test_chat_gives_the_reply_and_its_figures(tiny_home: Path) -> None:
    steady = ("--seed", "1", "--temperature", "0.5")
    finished = terminal.studio(*tiny("Hello", "--json", *steady), home=tiny_home)
    assert finished.returncode == 0, finished.stderr
    result = answer(finished)
    wanted = {"text", "model", "prompt_tokens", "reused_tokens", "tokens", "ttft_s"}
    assert wanted | {"tokens_per_s", "conversation", "citations"} <= set(result)
    assert result["model"] == "tiny"
    assert result["tokens"] <= 8
    assert result["citations"] == []


def test_a_conversation_goes_on_and_reuses_its_state(tiny_home: Path) -> None:
    first = answer(terminal.studio(*tiny("Hello there, " * 20, "--json"), home=tiny_home))
    on = ("--conversation", first["conversation"])
    second = answer(terminal.studio(*tiny("And?", "--json", *on), home=tiny_home))
    assert second["conversation"] == first["conversation"]
    assert second["reused_tokens"] >= first["prompt_tokens"]


def test_without_json_only_the_reply_is_on_standard_output(tiny_home: Path) -> None:
    steady = ("--seed", "1", "--temperature", "0")
    plain = terminal.studio(*tiny("Hello", *steady), home=tiny_home)
    again = answer(chat(tiny_home, "Hello", *steady, "--json"))
    assert plain.stdout == again["text"] + "\n"


def test_the_message_may_come_from_standard_input(tiny_home: Path) -> None:
    finished = terminal.studio(
        "chat", "-", "--model", "tiny", "--max-tokens", "3", "--json", home=tiny_home, stdin="Hi\n"
    )
    assert answer(finished)["tokens"] <= 3


def test_models_are_listed_shown_added_and_removed(tiny_home: Path, tmp_path: Path) -> None:
    other = tiny_gguf.write(tmp_path / "other.gguf", "qwen2", name="Other")
    added = answer(terminal.studio("models", "add", str(other), "--json", home=tiny_home))
    assert added["name"] == "other"
    names = [
        m["name"] for m in answer(studio("models", "list", "--json", home=tiny_home))["models"]
    ]
    assert {"tiny", "other"} <= set(names)
    shown = answer(studio("models", "show", "other", "--json", home=tiny_home))
    assert shown["architecture"] == "qwen2"
    assert shown["need_bytes"] > 0
    told = studio("models", "show", "other", home=tiny_home).stdout
    assert "tokens in view, on the processor" in told
    settings = told.replace(str(tiny_home), "").partition("Loaded with")[2]
    assert settings
    assert "_" not in settings
    removed = answer(studio("models", "remove", "other", "--json", home=tiny_home))
    assert removed["removed"] == "other"
    assert "other" not in listed(tiny_home)
    assert other.is_file()


def listed(home: Path) -> set[str]:
    """Return the names of the models on the shelf."""
    return {m["name"] for m in answer(studio("models", "list", "--json", home=home))["models"]}


def test_a_removed_model_comes_back(tiny_home: Path) -> None:
    content = (tiny_home / "models" / "tiny.gguf").read_bytes()
    removed = studio("models", "remove", "tiny", home=tiny_home)
    assert "studio models restore tiny" in removed.stdout
    assert "tiny" not in listed(tiny_home)
    unknown = terminal.studio("models", "restore", "tinny", "--json", home=tiny_home)
    assert unknown.returncode == 1
    assert "tiny" in answer(unknown)["error"]["hint"]
    back = answer(studio("models", "restore", "tiny", "--json", home=tiny_home))
    assert back["name"] == "tiny"
    assert (tiny_home / "models" / "tiny.gguf").read_bytes() == content
    assert "tiny" in listed(tiny_home)
    again = studio("models", "restore", "tiny", "--json", home=tiny_home)
    assert answer(again)["error"]["code"] == "model.not_in_trash"


def test_adding_says_whether_the_file_must_stay(tiny_home: Path, tmp_path: Path) -> None:
    linked = tiny_gguf.write(tmp_path / "linked.gguf", "llama")
    copied = tiny_gguf.write(tmp_path / "copied.gguf", "llama", seed=2)
    assert (
        "keep the file where it is" in studio("models", "add", str(linked), home=tiny_home).stdout
    )
    told = studio("models", "add", str(copied), "--copy", home=tiny_home).stdout
    assert told == "Added copied.\n"
    assert (tiny_home / "models" / "linked.gguf").samefile(linked)
    assert not (tiny_home / "models" / "copied.gguf").samefile(copied)


def test_a_system_prompt_belongs_to_its_conversation(tiny_home: Path) -> None:
    first = answer(chat(tiny_home, "Hello", "--json", "--system", "Be brief. " * 20))
    second = answer(chat(tiny_home, "And?", "--json", "--conversation", first["conversation"]))
    assert second["reused_tokens"] >= first["prompt_tokens"]
    parts = open_parts(tiny_home)
    try:
        replies = parts.conversations.branch(first["conversation"])[1::2]
    finally:
        parts.close()
    assert [reply.recipe["system"] for reply in replies] == ["Be brief. " * 20] * 2


def test_a_default_preset_that_is_gone_is_told_with_the_way_out(tiny_home: Path) -> None:
    studio("settings", "set", "chat.default_preset", "asistant", home=tiny_home)
    refused = chat(tiny_home, "Hello", "--json")
    assert refused.returncode == 1
    error = answer(refused)["error"]
    assert error["code"] == "preset.unknown"
    assert "Did you mean assistant" in error["hint"]
    assert "studio settings reset chat.default_preset" in error["hint"]
    finished = chat(tiny_home, "Hello", "--json", "--preset", "assistant")
    assert finished.returncode == 0, finished.stderr
    parts = open_parts(tiny_home)
    try:
        kept = parts.conversations.list()
        parts.conversations.set_preset(kept[0].id, "gone")
    finally:
        parts.close()
    assert len(kept) == 1
    refused = chat(tiny_home, "And?", "--json", "--conversation", kept[0].id)
    assert answer(refused)["error"]["code"] == "preset.unknown"
    assert "--preset" in answer(refused)["error"]["hint"]


def test_doctor_says_what_works(tiny_home: Path) -> None:
    report = answer(studio("doctor", "--json", home=tiny_home))
    states = {finding["name"]: finding["state"] for finding in report["findings"]}
    assert states["Data"] == "good"
    assert states["Language engine"] == "good"
    assert "Data" in terminal.studio("doctor", home=tiny_home).stdout


def test_a_damaged_preset_is_told_and_stops_nothing(tiny_home: Path) -> None:
    (tiny_home / "presets").mkdir()
    (tiny_home / "presets" / "odd.json").write_text("{", "utf-8")
    finished = chat(tiny_home, "Hello", "--json")
    assert finished.returncode == 0, finished.stderr
    assert "The preset odd.json cannot be used." in finished.stderr
    refused = terminal.studio(*tiny("Hello", "--preset", "odd", "--json"), home=tiny_home)
    assert refused.returncode == 1
    assert answer(refused)["error"]["code"] == "preset.damaged"


def test_settings_are_kept(profile: Path) -> None:
    terminal.studio("settings", "set", "appearance.theme", "dark", home=profile)
    values = answer(terminal.studio("settings", "list", "--json", home=profile))
    assert values["appearance.theme"] == "dark"


BAD_FILES = {
    "random.gguf": os.urandom(4096),
    "page.gguf": b"<!DOCTYPE html><html><body>Not found</body></html>",
    "many.gguf": b"GGUF" + struct.pack("<IQQ", 3, 1 << 60, 0),
    "empty.gguf": b"",
}


@pytest.mark.parametrize("name", sorted(BAD_FILES))
def test_a_file_that_is_no_model_is_refused_with_a_next_step(name: str, tiny_home: Path) -> None:
    path = tiny_home / "models" / name
    path.write_bytes(BAD_FILES[name])
    finished = studio("chat", "Hi", "--model", path.stem, "--json", home=tiny_home)
    assert finished.returncode == 1
    error = answer(finished)["error"]
    assert error["code"].startswith("model.")
    assert error["hint"]
    assert error["message"] in finished.stderr
    assert "Traceback" not in finished.stderr
    assert path.exists()


def test_a_truncated_model_says_how_much_is_missing(tiny_home: Path) -> None:
    whole = (tiny_home / "models" / "tiny.gguf").read_bytes()
    (tiny_home / "models" / "half.gguf").write_bytes(whole[: len(whole) // 2])
    finished = studio("chat", "Hi", "--model", "half", "--json", home=tiny_home)
    assert finished.returncode == 1
    assert answer(finished)["error"]["code"] == "model.truncated"
    rows = answer(studio("models", "list", "--json", home=tiny_home))["models"]
    assert next(row for row in rows if row["name"] == "half")["problem"]


def test_an_unknown_architecture_is_named(tiny_home: Path) -> None:
    tiny_gguf.write(tiny_home / "models" / "odd.gguf", "llama-of-2031")
    finished = studio("chat", "Hi", "--model", "odd", "--json", home=tiny_home)
    error = answer(finished)["error"]
    assert error["code"] == "model.unknown_architecture"
    assert error["message"] == "odd is of a kind that the engine does not know: llama-of-2031."


def test_a_context_larger_than_memory_is_told_before_loading(tiny_home: Path) -> None:
    wide = tiny_gguf.Size(embedding=256, heads=16, kv_heads=16, head_length=128)
    tiny_gguf.write(tiny_home / "models" / "wide.gguf", "llama", size=wide)
    assert studio("settings", "set", "models.context", "4000000", home=tiny_home).returncode == 0
    finished = studio("chat", "Hi", "--model", "wide", "--json", home=tiny_home)
    assert finished.returncode == 1
    error = answer(finished)["error"]
    assert error["code"] == "memory.would_not_fit"
    assert "--force" in error["hint"]
    assert "studio settings set models.context" in error["hint"]
    assert "Models page" not in finished.stderr


def test_a_prompt_longer_than_the_context_is_told_and_kept(tiny_home: Path) -> None:
    finished = chat(tiny_home, "word " * 4000, "--json")
    assert answer(finished)["error"]["code"] == "prompt.too_long"
    kept = tiny_home / "kept.json"
    assert studio("chats", "export", str(kept), home=tiny_home).returncode == 0
    assert "word " * 3999 in kept.read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--model", "nobody"), "model.unknown"),
        (("--preset", "nobody"), "preset.unknown"),
        (("--conversation", "nobody"), "conversation.unknown"),
        (("--collection", "papers"), "documents.unavailable"),
    ],
)
def test_unknown_names_are_told(arguments: tuple[str, ...], code: str, tiny_home: Path) -> None:
    finished = studio("chat", "Hi", *arguments, "--json", home=tiny_home)
    assert finished.returncode == 1
    assert answer(finished)["error"]["code"] == code


def test_wrong_usage_ends_with_status_2(profile: Path) -> None:
    refused = terminal.studio("chat", home=profile)
    assert refused.returncode == 2
    assert "Something is missing: TEXT" in refused.stderr
    for arguments, words in (
        (("chatt",), "Did you mean chat?"),
        (("models",), "Something is missing"),
        (("chat", "hello", "world"), "Put a message in quotes"),
        (("chat", "hello", "--loud"), "no option --loud"),
        (("chat", "hello", "--max-tokens", "-3"), "-3 is not between 1 and 1,000,000"),
        (("models", "show", "My", "Model"), "See studio models show --help"),
    ):
        finished = studio(*arguments, home=profile)
        assert finished.returncode == 2
        assert words in finished.stderr


def test_a_data_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    finished = terminal.studio("models", "list", "--json", home=tmp_path / "file" / "data")
    assert finished.returncode == 1
    assert answer(finished)["error"]["code"] == "data.read_only"


def contents(home: Path) -> dict[str, bytes]:
    """Return the database and what stands beside it, as it is on disk."""
    return {path.name: path.read_bytes() for path in home.glob("studio.db*") if path.is_file()}


def test_a_database_from_a_newer_version_is_refused_untouched(tiny_home: Path) -> None:
    chat(tiny_home, "Hi")
    database = tiny_home / "studio.db"
    with closing(sqlite3.connect(database)) as connection, connection:
        tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master")]
        migrations = next(name for name in tables if "migration" in name or "version" in name)
        columns = [row[1] for row in connection.execute(f"PRAGMA table_info({migrations})")]
        number = next(name for name in columns if name in ("version", "step", "number"))
        newest = f"(SELECT MAX({number}) FROM {migrations})"
        connection.execute(f"UPDATE {migrations} SET {number} = 999 WHERE {number} = {newest}")
    before = contents(tiny_home)
    finished = studio("models", "list", "--json", home=tiny_home)
    assert finished.returncode == 1
    assert answer(finished)["error"]["code"] == "database.newer"
    assert "studio.db" in before
    for name in ("studio.db", "studio.db-wal"):
        assert contents(tiny_home).get(name, b"") == before.get(name, b""), name
    assert not list(tiny_home.glob("studio.damaged*"))


def test_a_damaged_database_is_kept_aside_and_the_backup_comes_back(tiny_home: Path) -> None:
    first = answer(chat(tiny_home, "Hello there", "--json"))
    studio("models", "list", home=tiny_home)  # takes the day's backup, with the conversation
    database = tiny_home / "studio.db"
    for suffix in ("-wal", "-shm"):
        database.with_name(database.name + suffix).unlink(missing_ok=True)
    damaged = b"this is no database" * 1000
    database.write_bytes(damaged)
    finished = studio("models", "list", "--json", home=tiny_home)
    assert finished.returncode == 0, finished.stderr
    aside = [path for path in tiny_home.iterdir() if path.is_file()]
    aside = [path for path in aside if path != database and path.read_bytes() == damaged]
    assert len(aside) == 1
    assert aside[0].name in finished.stderr
    parts = open_parts(tiny_home)
    try:
        branch = parts.conversations.branch(first["conversation"])
    finally:
        parts.close()
    assert [message.content for message in branch] == ["Hello there", first["text"]]
    again = answer(
        chat(tiny_home, "Still there?", "--json", "--conversation", branch[0].conversation_id)
    )
    assert again["conversation"] == first["conversation"]


def test_a_program_killed_in_mid_reply_keeps_what_was_shown(tiny_home: Path) -> None:
    tiny_gguf.write(tiny_home / "models" / "endless.gguf", "llama", context_length=65_536)
    studio("settings", "set", "models.context", "65536", home=tiny_home)
    command = [sys.executable, "-P", "-m", "studio", "--home", str(tiny_home), "chat", "Tell all"]
    shown: list[tuple[float, str]] = []
    with subprocess.Popen(
        [*command, "--model", "endless", "--max-tokens", "32000"], stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        began = time.monotonic()
        while time.monotonic() - began < 2.5 and (piece := os.read(process.stdout.fileno(), 64)):
            shown.append((time.monotonic(), piece.decode("utf-8", "replace")))
            if len(shown) == 1:
                began = time.monotonic()
        process.kill()
        killed_at = time.monotonic()
    parts = open_parts(tiny_home)
    try:
        reply = parts.conversations.branch(parts.conversations.list()[0].id)[-1]
    finally:
        parts.close()
    if reply.status == "finished":
        pytest.fail("the reply ended before the program was killed; make it longer")
    assert reply.status == "interrupted"
    a_second_ago = "".join(text for at, text in shown if at <= killed_at - 1.0)
    assert a_second_ago
    assert reply.content.startswith(a_second_ago)
