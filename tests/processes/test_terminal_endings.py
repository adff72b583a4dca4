"""How commands of the terminal end that could not be done to their end."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest
from support.command import studio
from support.terminal import answer

posix = pytest.mark.skipif(os.name == "nt", reason="signals and full devices are POSIX's")
LONG = "Tell me a very long story about a lighthouse, a ship and a storm."


def begun(*arguments: str, home: Path, **streams: object) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-P", "-m", "studio", "--home", str(home), *arguments]
    return subprocess.Popen(command, **streams)  # type: ignore[call-overload, no-any-return]


def chats(home: Path) -> list[dict[str, object]]:
    found: list[dict[str, object]] = answer(studio("chats", "list", "--json", home=home))["chats"]
    return found


@pytest.mark.parametrize(
    ("arguments", "stdin"),
    [(("chat", "-"), os.urandom(3000) + b"\xff"), (("chat", os.fsdecode(b"a\xff")), b"")],
    ids=["standard input", "argument"],
)
def test_what_is_not_text_is_refused_and_begins_no_chat(
    tmp_path: Path, arguments: tuple[str, ...], stdin: bytes
) -> None:
    pipe = subprocess.PIPE
    process = begun(*arguments, "--json", home=tmp_path, stdin=pipe, stdout=pipe, stderr=pipe)
    told, said = process.communicate(stdin, timeout=120)
    assert process.returncode == 1
    assert json.loads(told)["error"]["code"] == "input.not_text"
    assert b"Traceback" not in said
    assert chats(tmp_path) == []


@posix
def test_a_reader_that_goes_away_is_no_fault_of_ours(tmp_path: Path) -> None:
    pipe = subprocess.PIPE
    process = begun("chat", LONG, home=tmp_path, stdout=pipe, stderr=pipe)
    assert process.stdout is not None
    assert process.stderr is not None
    assert process.stdout.read(20)
    process.stdout.close()
    said = process.stderr.read()
    process.stderr.close()
    assert process.wait(120) == 128 + signal.SIGPIPE
    assert said == b""
    assert asked(tmp_path, "SELECT status FROM chat_messages WHERE role = 'assistant'") == [
        ("cancelled",)
    ]


@posix
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no such device here")
def test_output_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        process = begun("doctor", home=tmp_path, stdout=full, stderr=subprocess.PIPE)
        _, said = process.communicate(timeout=120)
    assert process.returncode == 1
    assert b"The output could not be written" in said
    assert b"Traceback" not in said


@posix
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["Ctrl-C", "SIGTERM"])
def test_an_interrupted_chat_tells_what_had_arrived(tmp_path: Path, number: signal.Signals) -> None:
    pipe = subprocess.PIPE
    # What runs in the background of a shell ignores Ctrl-C, and so would all that it starts.
    heed = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    streams = {"stdout": pipe, "stderr": pipe, "preexec_fn": heed}
    process = begun("chat", LONG, "--json", home=tmp_path, **streams)
    wait_for_words(tmp_path)
    process.send_signal(number)
    told, said = process.communicate(timeout=120)
    assert process.returncode == 128 + number
    result = json.loads(told)
    assert result["text"]
    assert result["stop"] == "cancelled"
    assert [chat["id"] for chat in chats(tmp_path)] == [result["conversation"]]
    assert b"Stopped" in said


def wait_for_words(home: Path) -> None:
    """Return once a part of the reply is stored."""
    until = time.monotonic() + 100
    while time.monotonic() < until:
        try:
            if asked(home, "SELECT 1 FROM chat_messages WHERE role = 'assistant' AND content > ''"):
                return
        except sqlite3.OperationalError:  # it is just being made
            pass
        time.sleep(0.05)
    raise AssertionError("no reply was begun")


def asked(home: Path, query: str) -> list[tuple[object, ...]]:
    """Return what is in the database of a data folder."""
    with closing(sqlite3.connect(f"file:{home / 'studio.db'}?mode=ro", uri=True)) as database:
        return database.execute(query).fetchall()


@pytest.mark.parametrize("wrong", ["newer", "blocked"])
def test_doctor_examines_the_rest_when_the_data_cannot_be_opened(
    tmp_path: Path, wrong: str
) -> None:
    home = tmp_path / "home"
    if wrong == "blocked":
        home.write_text("a file in the way")
    else:
        assert studio("chats", "list", home=home).returncode == 0
        with closing(sqlite3.connect(home / "studio.db")) as database, database:
            database.execute("INSERT INTO _migrations VALUES ('chat', 99, 'later', '')")
    told = studio("doctor", "--json", home=home)
    findings = {each["name"]: each for each in answer(told)["findings"]}
    assert findings["Data"]["state"] == "bad"
    assert findings["Language engine"]["state"] == "good"
    assert answer(told)["healthy"] is False
