"""Files that a person may choose to import: zips, other JSON, and files made to do harm."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from support.chatgpt_export import chat, node

from studio.chat.transfer import chatgpt
from studio.chat.transfer.incoming import open_import, survey
from studio.chat.transfer.report import (
    ACCOUNT,
    FEEDBACK,
    FILES,
    GROUP_CHATS,
    SHARED,
    TEXT_DOCUMENTS,
    TWICE,
)
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


def exported(*numbers: int, text: str = "Hi") -> bytes:
    chats = (
        chat({"q": node(None, "user", text)}, "q", conversation_id=f"c{number}")
        for number in numbers
    )
    return json.dumps(list(chats)).encode()


def test_the_zip_is_read_as_it_comes(path: Path) -> None:
    content = json.dumps([chat({"q": node(None, "user", "Hi")}, "q")]).encode()
    target = zipped(
        path, {"chat.html": b"<html>", "user.json": b"{}", "conversations.json": content}
    )
    assert open_import(target).kind == "chatgpt"
    assert survey(target).messages == 1


def test_the_numbered_files_of_a_large_export_are_read(path: Path) -> None:
    members = {f"export/conversations-{number:03}.json": exported(number) for number in range(3)}
    assert survey(zipped(path, members)).conversations == 3


def test_a_chat_that_two_files_of_a_zip_hold_comes_once(path: Path) -> None:
    members = {
        "conversations.json": exported(1, 2),
        "conversations-000.json": exported(2, 3),
        "old/conversations.json": exported(3, text="An earlier state"),
    }
    report = survey(zipped(path, members))
    assert report.conversations == report.messages == 4
    assert report.left_out == {TWICE: 1}


def test_what_else_is_in_a_zip_is_told_with_its_number(path: Path) -> None:
    members = {
        "conversations.json": exported(1),
        "chat.html": b"<html>",
        "export_manifest.json": b"{}",
        "user.json": b'{"email": "a@example.org"}',
        "user_settings.json": b"{}",
        "group_chats.json": b'{"chats": [{"id": 1}, {"id": 2}], "version": 1}',
        "shared_conversations.json": b'[{"id": 1}, {"id": 2}, {"id": 3}]',
        "message_feedback.json": b'[{"rating": "thumbsUp"}]',
        "model_comparisons.json": b"[]",
        "shopping.json": b"[]",
        "sora.json": b"{}",
        "textdocs/1.json": b'{"title": "Essay"}',
        "dalle-generations/file-1.webp": b"RIFF",
        "file-2.dat": b"\0",
        "user-1/": b"",
        "user-1/file_3.png": b"\x89PNG",
        "__MACOSX/._user.json": b"x",
        ".DS_Store": b"x",
    }
    report = survey(zipped(path, members))
    assert report.conversations == 1
    assert report.left_out == {
        ACCOUNT: 2,
        GROUP_CHATS: 2,
        SHARED: 3,
        FEEDBACK: 1,
        TEXT_DOCUMENTS: 1,
        FILES: 3,
    }
    assert "Left out: group chats: 2." in report.sentences()


@pytest.mark.parametrize("content", [b"[{", b"no json", b'"text"', b"[" * 200, b"\xff\xfe\xff"])
def test_a_damaged_list_beside_the_chats_counts_as_one(path: Path, content: bytes) -> None:
    members = {"conversations.json": exported(1), "group_chats.json": content}
    report = survey(zipped(path, members))
    assert report.conversations == 1
    assert report.left_out == {GROUP_CHATS: 1}


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b'{"chats": []}'])
def test_an_empty_list_beside_the_chats_is_nothing(path: Path, content: bytes) -> None:
    members = {"conversations.json": exported(1), "group_chats.json": content}
    assert not survey(zipped(path, members)).left_out


def test_a_list_beside_the_chats_that_cannot_be_unpacked_counts_as_one(path: Path) -> None:
    target = zipped(path, {"conversations.json": exported(1), "group_chats.json": b"[1, 2]" * 9})
    data = bytearray(target.read_bytes())
    at = data.index(b"group_chats.json") + len("group_chats.json")
    data[at : at + 4] = b"\xff\xff\xff\xff"
    target.write_bytes(data)
    assert survey(target).left_out == {GROUP_CHATS: 1}


def test_a_list_of_all_chats_in_an_object_is_read(path: Path) -> None:
    chats = json.loads(exported(1, 2))
    path.write_text(json.dumps({"version": 1, "conversations": chats, "user": {}}), "utf-8")
    report = survey(path)
    assert report.conversations == 2
    assert not report.left_out


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
