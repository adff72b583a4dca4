"""Temporary chats with the real model leave no trace in any byte of any file."""

from __future__ import annotations

import logging
import re
import tempfile
import zlib
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from support import short_replies
from support.desktop import opened
from support.exchanges import finished, turn
from support.terminal import answer, studio

from studio.assembly import open_parts
from studio.chat.attachments.attachments import Attachments
from studio.chat.attachments.files import from_bytes
from studio.chat.options import Options
from studio.chat.prompt import Overrides
from studio.chat.queue import Queue
from studio.run_log import write_log
from studio.temporary import TemporaryParts

WORD = "Quixzebra"
STEADY = Overrides(temperature=0.0, max_tokens=16)
_DEFLATED = re.compile(rb"x[\x01\x5e\x9c\xda]")


@pytest.fixture
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Have temporary files of the process and its workers in a folder of this test."""
    folder = tmp_path / "scratch"
    folder.mkdir()
    for name in ("TMPDIR", "TEMP", "TMP", "SQLITE_TMPDIR"):
        monkeypatch.setenv(name, str(folder))
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def holds(data: bytes) -> bool:
    """Tell whether the word is in the bytes: plain, in UTF-16, or in what zlib has packed."""
    for form in (WORD.encode(), WORD.lower().encode(), WORD.encode("utf-16-le")):
        if form in data:
            return True
    for start in _DEFLATED.finditer(data):
        unpack = zlib.decompressobj()
        try:
            text = unpack.decompress(data[start.start() :], 1 << 20)
        except zlib.error:
            continue
        if WORD.encode() in text or WORD.lower().encode() in text:
            return True
    return False


def traces(*folders: Path) -> list[str]:
    """Return the files that hold the word; weights are links, and nobody writes into them."""
    files = [each for folder in folders for each in folder.rglob("*") if each.is_file()]
    assert files
    return [str(each) for each in files if each.suffix != ".gguf" and holds(each.read_bytes())]


def test_the_search_finds_what_is_kept(profile: Path, starter_model: Path, scratch: Path) -> None:
    """A chat that is kept is found in the data, also packed: else the proof would prove nothing."""
    assert starter_model.is_file()
    parts = open_parts(profile)
    chat = parts.conversations.create().id
    finished(turn(parts, chat, f"Say {WORD}.", STEADY))
    parts.close()
    assert traces(profile, scratch)
    packed = b"before" + zlib.compress(f"Say {WORD}.".encode()) + b"after"
    assert WORD.encode() not in packed
    assert holds(packed)


def test_nothing_of_a_temporary_chat_reaches_the_disk(
    profile: Path, starter_model: Path, scratch: Path
) -> None:
    assert starter_model.is_file()
    short_replies.put(profile, 16)
    parts = open_parts(profile)
    write_log(parts.paths.logs / "studio.log")
    logging.getLogger().setLevel(logging.INFO)
    own = TemporaryParts(parts)
    own.session.titles.want(lambda: True)
    chat = own.conversations.create()
    own.conversations.set_system(chat.id, f"You are {WORD}. Answer briefly. " * 12)
    own.conversations.set_preset(chat.id, short_replies.NAME)
    own.conversations.set_options(chat.id, Options(overflow="roll"))
    Attachments(own.database).add(chat.id, from_bytes(f"{WORD}.txt", WORD.encode()))
    first = finished(turn(own, chat.id, f"What does {WORD} mean?", STEADY)).reply
    second = finished(turn(own, chat.id, f"Spell {WORD}.", STEADY)).reply
    assert second.figures is not None
    assert first.figures is not None
    assert second.figures.reused_tokens >= first.figures.prompt_tokens - 1
    assert WORD in own.session.exact_prompt(second.id)
    own.session.regenerate(chat.id, lambda _event: None).result(120)
    own.session.certainty(second.id, lambda _share: None).result(120)
    own.tree.fork(second.id)
    own.conversations.set_draft(chat.id, f"A draft about {WORD}")
    Queue(own.database).add(chat.id, f"Later: {WORD}")
    while own.search.refresh(patience_s=1.0):
        pass
    assert own.search.find(WORD, 10)
    assert traces(profile, scratch) == []  # while it is there
    kept = parts.conversations.create().id
    finished(turn(parts, kept, "What is the capital of France? " * 10, STEADY))
    assert traces(profile, scratch) == []  # after the model has gone on elsewhere
    own.close()
    parts.close()
    assert list((profile / "states").glob("*.kv")) or list(profile.rglob("*.kv"))
    assert traces(profile, scratch) == []  # after the end, with the states that were saved


def test_the_real_window_leaves_nothing_of_it(
    profile: Path, starter_model: Path, scratch: Path, qapp: QApplication, qtbot: QtBot
) -> None:
    assert starter_model.is_file()
    parts = short_replies.opened(profile, 16)
    parts.prepare()
    with opened(parts, qapp) as desktop:
        qtbot.waitUntil(lambda: desktop._equipment is not None, timeout=20_000)
        desktop.window.activateWindow()
        qtbot.waitUntil(desktop.window.isActiveWindow, timeout=5_000)
        keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        QTest.keyClick(desktop.window, Qt.Key.Key_N, keys)
        chats = desktop._temporary.chats
        assert chats is not None
        tab, own, frame = chats.tab, chats.parts, chats.frame
        assert tab is not None
        assert own is not None
        assert frame is not None
        field = tab.composer.focusProxy()
        assert isinstance(field, QWidget)
        QTest.keyClicks(field, f"What is a {WORD}?")
        QTest.keyClick(field, Qt.Key.Key_Return)

        def replied() -> bool:
            branch = own.conversations.branch(tab.conversation_id) if tab.conversation_id else []
            return bool(branch) and branch[-1].status == "finished"

        qtbot.waitUntil(replied, timeout=120_000)
        qtbot.waitUntil(lambda: own.session.running_in is None, timeout=20_000)
        QTest.keyClicks(field, f"half a thought about {WORD}")
        qtbot.wait(1_200)  # drafts are written half a second later
        assert traces(profile, scratch) == []
        frame.close()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert traces(profile, scratch) == []


def test_the_terminal_keeps_nothing_either(
    profile: Path, starter_model: Path, scratch: Path
) -> None:
    assert starter_model.is_file()
    told = answer(
        studio("chat", f"Say {WORD}.", "--temporary", "--max-tokens", "8", "--json", home=profile)
    )
    assert told["conversation"] is None
    assert told["tokens"] > 0
    assert traces(profile, scratch) == []
    assert answer(studio("chats", "list", "--json", home=profile))["chats"] == []


def test_a_temporary_chat_goes_on_with_no_kept_one(profile: Path) -> None:
    refused = studio("chat", "Hello", "--temporary", "--conversation", "x", "--json", home=profile)
    assert refused.returncode == 1
    assert answer(refused)["error"]["code"] == "chat.not_temporary"
