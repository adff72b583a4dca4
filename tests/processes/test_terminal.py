"""The terminal as a person or a script sees it: output, exit codes, and every refusal in words."""

from __future__ import annotations

import json
import os
import sqlite3
import struct
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from support import tiny_gguf

from studio.assembly import open_parts


def studio(*arguments: str, home: Path, stdin: str = "") -> subprocess.CompletedProcess[str]:
    """Run the program and return what it said."""
    return subprocess.run(
        [sys.executable, "-P", "-m", "studio", "--home", str(home), *arguments],
        input=stdin,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def answer(finished: subprocess.CompletedProcess[str]) -> Any:
    """Return the one JSON object on standard output."""
    assert finished.stdout.count("\n") == 1, finished.stdout + finished.stderr
    return json.loads(finished.stdout)


@pytest.fixture
def tiny_home(profile: Path) -> Path:
    """Return a data folder with a tiny model in it."""
    (profile / "models").mkdir(parents=True)
    tiny_gguf.write(
        profile / "models" / "tiny.gguf",
        "llama",
        chat_template=tiny_gguf.CHATML,
        context_length=2048,
    )
    return profile


def chat(home: Path, text: str, *more: str) -> subprocess.CompletedProcess[str]:
    return studio("chat", text, "--model", "tiny", "--max-tokens", "8", *more, home=home)


def test_chat_gives_the_reply_and_its_figures(tiny_home: Path) -> None:
    finished = chat(tiny_home, "Hello", "--json", "--seed", "1", "--temperature", "0.5")
    assert finished.returncode == 0, finished.stderr
    result = answer(finished)
    wanted = {"text", "model", "prompt_tokens", "reused_tokens", "tokens", "ttft_s"}
    assert wanted | {"tokens_per_s", "conversation", "citations"} <= set(result)
    assert result["model"] == "tiny"
    assert result["tokens"] <= 8
    assert result["citations"] == []


def test_a_conversation_goes_on_and_reuses_its_state(tiny_home: Path) -> None:
    first = answer(chat(tiny_home, "Hello there, " * 20, "--json"))
    second = answer(chat(tiny_home, "And?", "--json", "--conversation", first["conversation"]))
    assert second["conversation"] == first["conversation"]
    assert second["reused_tokens"] >= first["prompt_tokens"]


def test_without_json_only_the_reply_is_on_standard_output(tiny_home: Path) -> None:
    plain = chat(tiny_home, "Hello", "--seed", "1", "--temperature", "0")
    again = answer(chat(tiny_home, "Hello", "--seed", "1", "--temperature", "0", "--json"))
    assert plain.stdout == again["text"] + "\n"


def test_the_message_may_come_from_standard_input(tiny_home: Path) -> None:
    finished = studio(
        "chat", "-", "--model", "tiny", "--max-tokens", "3", "--json", home=tiny_home, stdin="Hi\n"
    )
    assert answer(finished)["tokens"] <= 3


def test_models_are_listed_shown_added_and_removed(tiny_home: Path, tmp_path: Path) -> None:
    other = tiny_gguf.write(tmp_path / "other.gguf", "qwen2", name="Other")
    added = answer(studio("models", "add", str(other), "--json", home=tiny_home))
    assert added["name"] == "other"
    names = [
        m["name"] for m in answer(studio("models", "list", "--json", home=tiny_home))["models"]
    ]
    assert {"tiny", "other"} <= set(names)
    shown = answer(studio("models", "show", "other", "--json", home=tiny_home))
    assert shown["architecture"] == "qwen2"
    assert shown["need_bytes"] > 0
    removed = answer(studio("models", "remove", "other", "--json", home=tiny_home))
    assert removed["removed"] == "other"
    names = [
        m["name"] for m in answer(studio("models", "list", "--json", home=tiny_home))["models"]
    ]
    assert "other" not in names
    assert other.is_file()


def test_doctor_says_what_works(tiny_home: Path) -> None:
    report = answer(studio("doctor", "--json", home=tiny_home))
    states = {finding["name"]: finding["state"] for finding in report["findings"]}
    assert states["Data"] == "good"
    assert states["Language engine"] == "good"
    assert "Data" in studio("doctor", home=tiny_home).stdout


def test_a_damaged_preset_is_told_and_stops_nothing(tiny_home: Path) -> None:
    (tiny_home / "presets").mkdir()
    (tiny_home / "presets" / "odd.json").write_text("{", "utf-8")
    finished = chat(tiny_home, "Hello", "--json")
    assert finished.returncode == 0, finished.stderr
    assert "The preset odd.json cannot be read." in finished.stderr
    refused = chat(tiny_home, "Hello", "--preset", "odd", "--json")
    assert refused.returncode == 1
    assert answer(refused)["error"]["code"] == "preset.damaged"


def test_settings_are_kept(profile: Path) -> None:
    studio("settings", "set", "appearance.theme", "dark", home=profile)
    values = answer(studio("settings", "list", "--json", home=profile))
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
    assert answer(finished)["error"]["code"] == "model.unknown_architecture"


def test_a_context_larger_than_memory_is_told_before_loading(tiny_home: Path) -> None:
    wide = tiny_gguf.Size(embedding=256, heads=16, kv_heads=16, head_length=128)
    tiny_gguf.write(tiny_home / "models" / "wide.gguf", "llama", size=wide)
    assert studio("settings", "set", "models.context", "4000000", home=tiny_home).returncode == 0
    finished = studio("chat", "Hi", "--model", "wide", "--json", home=tiny_home)
    assert finished.returncode == 1
    assert answer(finished)["error"]["code"] == "memory.would_not_fit"


def test_a_prompt_longer_than_the_context_is_told_and_kept(tiny_home: Path) -> None:
    finished = chat(tiny_home, "word " * 4000, "--json")
    assert answer(finished)["error"]["code"] == "prompt.too_long"


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
    for arguments, words in (
        (("chat",), "Something is missing: TEXT"),
        (("chatt",), "Did you mean chat?"),
        (("models",), "Something is missing"),
        (("chat", "hello", "world"), "Put a message in quotes"),
        (("chat", "hello", "--loud"), "no option --loud"),
        (("chat", "hello", "--max-tokens", "-3"), "-3 is not between 1 and"),
        (("chat", "hello", "--temperature", "hot"), "is not a number"),
    ):
        finished = studio(*arguments, home=profile)
        assert finished.returncode == 2
        assert words in finished.stderr


def test_a_data_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    finished = studio("models", "list", "--json", home=tmp_path / "file" / "data")
    assert finished.returncode == 1
    assert answer(finished)["error"]["code"] == "data.read_only"


def test_a_database_from_a_newer_version_is_refused_untouched(tiny_home: Path) -> None:
    chat(tiny_home, "Hi")
    database = tiny_home / "studio.db"
    with sqlite3.connect(database) as connection:
        tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master")]
        migrations = next(name for name in tables if "migration" in name or "version" in name)
        columns = [row[1] for row in connection.execute(f"PRAGMA table_info({migrations})")]
        number = next(name for name in columns if name in ("version", "step", "number"))
        newest = f"(SELECT MAX({number}) FROM {migrations})"
        connection.execute(f"UPDATE {migrations} SET {number} = 999 WHERE {number} = {newest}")
    connection.close()
    finished = studio("models", "list", "--json", home=tiny_home)
    assert finished.returncode == 1
    assert answer(finished)["error"]["code"] == "database.newer"


def test_a_damaged_database_is_kept_aside_and_the_backup_comes_back(tiny_home: Path) -> None:
    first = answer(chat(tiny_home, "Hello there", "--json"))
    studio("models", "list", home=tiny_home)  # takes the day's backup, with the conversation
    database = tiny_home / "studio.db"
    for suffix in ("-wal", "-shm"):
        database.with_name(database.name + suffix).unlink(missing_ok=True)
    database.write_bytes(b"this is no database" * 1000)
    finished = studio("models", "list", "--json", home=tiny_home)
    assert finished.returncode == 0, finished.stderr
    assert finished.stderr.strip()
    assert len(list(tiny_home.glob("studio*"))) >= 2
    assert first["conversation"]


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
