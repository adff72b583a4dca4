"""What files and models say moves no cursor and clears no screen."""

from __future__ import annotations

import io
import json
import logging
import sys
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from support import tiny_chat
from support.answering_host import AnsweringHost

from studio.assembly import Parts, open_parts
from studio.chat.turn import ReplyGrew
from studio.cli import printing
from studio.cli.arguments import parse
from studio.cli.chat import Listener
from studio.cli.printing import Printable, one_line, printable
from studio.cli.run import run

NASTY = "a\x1b[2Jb\x07c\rd\be\x7ff\x9b1mg\ud83d"
COMMANDS = Path(printing.__file__).parent


class Terminal(io.StringIO):
    """Standard output as a person sees it."""

    def isatty(self) -> bool:
        return True


def controls(text: str) -> list[str]:
    """Return what in a text would act on a terminal, or could not be written to it."""
    return [
        each for each in text if unicodedata.category(each) in ("Cc", "Cs") and each not in "\n\t"
    ]


def test_controls_become_pictures() -> None:
    assert printable(NASTY) == "a␛[2Jb␇c␍d␈e␡f\ufffd1mg\ufffd"
    assert controls(printable("".join(map(chr, range(0x110000))))) == []


def test_words_lines_and_tabs_stay() -> None:
    words = "Grüße, 漢字 עברית 👩‍🔬\n\tnext"
    assert printable(words) == words
    assert printable("one\r\ntwo") == "one\ntwo"
    assert one_line(" one\r\n two\x1b ") == "one two␛"


def test_nothing_turns_round_what_stands_beside_it() -> None:
    assert one_line("a\u202egnp.b\u2066c") == "a\ufffdgnp.bc"
    assert printable("a\u202eb\u2066c") == "a\ufffdb\u2066c"


def test_a_reply_is_harmless_in_a_terminal_and_whole_in_a_file(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for stream, expected in (
        (Terminal(), "red␛[31m\n\ttext"),
        (io.StringIO(), "red\x1b[31m\n\ttext"),
    ):
        monkeypatch.setattr(sys, "stdout", stream)
        Listener(True, lambda: None)(ReplyGrew("c", "m", "red\x1b[31m\n\ttext", ""))
        assert stream.getvalue() == expected


def test_what_is_logged_is_harmless() -> None:
    record = logging.LogRecord("x", logging.WARNING, "x.py", 1, "lost: %s", (NASTY,), None)
    assert controls(Printable("%(message)s").format(record)) == []


def test_only_one_module_prints() -> None:
    """So that no command can forget; a turn's progress and the grammar print what is their own."""
    printing_modules = {
        path.name
        for path in COMMANDS.glob("*.py")
        if "stdout.write" in (text := path.read_text("utf-8")) or "stderr.write" in text
    }
    assert printing_modules == {"printing.py", "chat.py", "usage_words.py"}


@pytest.fixture
def parts(profile: Path) -> Iterator[Parts]:
    tiny_chat.put(profile / "models")
    opened = open_parts(profile, lambda _worker: AnsweringHost())
    yield opened
    opened.close()


@pytest.fixture
def nasty(parts: Parts, profile: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Return the running of a command where everything that has a name has a nasty one."""
    words = NASTY.replace("\ud83d", "")
    folder = parts.paths.presets
    folder.mkdir(parents=True, exist_ok=True)
    bad = {"title": "Bad", "description": f"{words}\nmore", "system": words}
    (folder / "bad.json").write_text(json.dumps(bad), "utf-8")
    parts.presets.reload()
    chat = parts.conversations.create(model="tiny", preset="bad")
    parts.conversations.rename(chat.id, f"{words} title")
    _, reply = parts.conversations.ask(chat.id, words, "tiny")
    recipe = {"model": words, "system": words, "engine": words, "load": {"cache_type": words}}
    parts.conversations.finish_reply(
        reply.id, "finished", content=f"needle {words}", reasoning="", recipe=recipe
    )
    monkeypatch.setattr("studio.cli.run.open_parts", lambda _home: parts)

    def printed(*arguments: str) -> str:
        given = [chat.id if each == "CHAT" else each for each in arguments]
        terminal, errors = Terminal(), Terminal()
        monkeypatch.setattr(sys, "stdout", terminal)
        monkeypatch.setattr(sys, "stderr", errors)
        run(parse(given))
        return terminal.getvalue() + errors.getvalue()

    return printed


@pytest.mark.parametrize(
    ("command", "seen"),
    [
        ("presets list", "␛[2Jb"),
        ("presets show bad", "Bad"),
        ("presets show \x1b[2J", "␛[2J"),
        ("chats list", "␛[2Jb"),
        ("chats find needle", "␛[2Jb"),
        ("chats show CHAT", "␛[2Jb"),
        ("chats explain CHAT", "␛[2Jb"),
        ("chats explain CHAT --json", "\\u001b[2Jb"),
        ("presets list --json", "\\u009b1m"),
        ("models show \x1b[2J", "␛[2J"),
        ("settings list", "chat.default_model"),
    ],
)
def test_no_command_prints_controls(command: str, seen: str, nasty: Callable[..., str]) -> None:
    told = nasty(*command.split(" "))
    assert seen in told
    assert controls(told) == []


def test_a_description_takes_one_row(nasty: Callable[..., str]) -> None:
    (row,) = (line for line in nasty("presets", "list").splitlines() if line.startswith("bad "))
    assert row.endswith(" more")
