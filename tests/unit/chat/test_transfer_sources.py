"""Files that a person may choose to import: zips, other JSON, and files made to do harm."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from support.chatgpt_export import chat, node

from studio.chat.transfer import chatgpt
from studio.chat.transfer.incoming import open_import, survey
from studio.errors import StudioError


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "conversations.json"


def zipped(path: Path, members: dict[str, bytes]) -> Path:
    target = path.with_name("export.zip")
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return target


def test_the_zip_is_read_as_it_comes(path: Path) -> None:
    content = json.dumps([chat({"q": node(None, "user", "Hi")}, "q")]).encode()
    target = zipped(
        path, {"chat.html": b"<html>", "user.json": b"{}", "conversations.json": content}
    )
    assert open_import(target).kind == "chatgpt"
    assert survey(target).messages == 1


def test_the_numbered_files_of_a_large_export_are_read(path: Path) -> None:
    content = json.dumps([chat({"q": node(None, "user", "Hi")}, "q")]).encode()
    members = {f"export/conversations-{number:03}.json": content for number in range(3)}
    assert survey(zipped(path, members)).conversations == 3


def test_a_single_conversation_is_read(path: Path) -> None:
    path.write_text(json.dumps(chat({"q": node(None, "user", "Hi")}, "q")), "utf-8")
    assert survey(path).conversations == 1


def refused(path: Path) -> str:
    with pytest.raises(StudioError) as caught:
        survey(path)
    assert caught.value.hint
    return caught.value.code


def test_a_zip_that_would_burst_is_refused(path: Path) -> None:
    assert refused(zipped(path, {"conversations.json": b" " * 60_000_000})) == "import.too_large"


def test_a_zip_without_conversations_is_refused(path: Path) -> None:
    assert refused(zipped(path, {"my/conversations.json.txt": b"[]"})) == "import.zip_empty"


def test_a_locked_zip_is_refused(path: Path) -> None:
    target = zipped(path, {"conversations.json": b"[]"})
    data = bytearray(target.read_bytes())
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    target.write_bytes(data)
    assert refused(target) == "import.zip_locked"


def test_a_zip_with_a_list_without_end_is_refused(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("studio.chat.transfer.sources.MAX_ZIP_LIST", 70_000)
    target = zipped(path, {f"{number:050}": b"" for number in range(1_000)})
    assert refused(target) == "import.zip_damaged"


def test_a_damaged_zip_never_stops_the_program(path: Path) -> None:
    content = json.dumps([chat({"q": node(None, "user", "Hi")}, "q")]).encode()
    whole = zipped(path, {"conversations.json": content}).read_bytes()
    target = path.with_name("damaged.zip")
    codes = set()
    for place in range(len(whole)):
        data = bytearray(whole)
        data[place] ^= 0xFF
        target.write_bytes(data)
        try:
            survey(target)
        except StudioError as error:
            codes.add(error.code)
    for end in range(4, len(whole), 7):
        target.write_bytes(whole[:end])
        assert refused(target) == "import.zip_damaged"
    assert "import.zip_damaged" in codes


@pytest.mark.parametrize("content", ["5", '"text"', "{}", '[{"a": 1}]', "[1, 2]"])
def test_other_json_is_refused(path: Path, content: str) -> None:
    path.write_text(content, "utf-8")
    assert refused(path) == "import.foreign"


def test_too_many_nodes_are_refused(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chatgpt, "MAX_NODES", 1)
    path.write_text(json.dumps([chat({"q": node(None), "a": node("q")})]), "utf-8")
    assert refused(path) == "import.too_large"
