"""The program's own file of conversations: read back exactly, and never trusted."""

from __future__ import annotations

import json
import tracemalloc
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.any_archive import conversations
from support.archived import NOW, conversation, message

from studio.chat.transfer import own_json
from studio.chat.transfer.archive import (
    ArchivedConversation,
    branch,
)
from studio.chat.transfer.incoming import open_import, survey
from studio.chat.transfer.spool import spool_in
from studio.errors import StudioError


def listed(path: Path) -> list[ArchivedConversation]:
    return list(own_json.read(path))


def refused(path: Path) -> StudioError:
    with pytest.raises(StudioError) as caught:
        listed(path)
    assert caught.value.what.endswith((".", "?"))
    assert caught.value.hint.endswith(".")
    return caught.value


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "talks.json"


@pytest.fixture
def plain(path: Path) -> dict[str, Any]:
    """Return what a file of one conversation holds."""
    own_json.write(path, [conversation(message("a"), message("b", "a", role="assistant"))])
    held: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return held


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=30
)
@given(st.lists(conversations(), max_size=4, unique_by=lambda each: each.id))
def test_what_was_written_is_read_back_exactly(
    path: Path, told: list[ArchivedConversation]
) -> None:
    assert own_json.write(path, told) == len(told)
    assert listed(path) == told
    with spool_in(None) as spool:
        for before, after in zip(told, own_json.read(path, spool), strict=True):
            contents = [each.content() for each in before.attachments]
            assert [each.content() for each in after.attachments] == contents


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32"])
def test_every_encoding_of_json_is_read(path: Path, encoding: str) -> None:
    told = conversation(message("a", content="naïve 😀 שלום"))
    own_json.write(path, [told])
    path.write_bytes(path.read_text("utf-8").encode(encoding))
    assert listed(path) == [told]


def test_it_is_read_whatever_the_order_of_its_members(path: Path, plain: dict[str, Any]) -> None:
    told = listed(path)
    path.write_text(json.dumps(plain, sort_keys=True, indent=3), "utf-8")
    assert listed(path) == told
    assert list(plain) == ["format", "version", "program", "conversations"]


def test_unknown_members_are_passed_over(path: Path, plain: dict[str, Any]) -> None:
    told = listed(path)
    plain["conversations"][0]["colour"] = [{"deep": ']}\\"'}]
    plain["conversations"][0]["messages"][0]["mood"] = None
    plain["later"] = {"a": ['"', "\\"]}
    path.write_text(json.dumps(plain), "utf-8")
    assert listed(path) == told


@pytest.mark.parametrize("size", [1, (1 << 20) - 40, 1 << 20, 3 << 20])
def test_unknown_members_of_any_size_are_passed_over(
    path: Path, plain: dict[str, Any], size: int
) -> None:
    told = listed(path)
    large = [{"a": "x" * size}, "]}", [1.5, None]]
    plain = {"first": large, "second": "y" * size} | plain | {"last": large}
    path.write_text(json.dumps(plain), "utf-8")
    assert listed(path) == told


def test_unknown_members_are_not_held(path: Path, plain: dict[str, Any]) -> None:
    told = listed(path)
    plain["conversations"][0] |= {f"unknown{n}": ["x" * 1_000_000] for n in range(20)}
    path.write_text(json.dumps(plain), "utf-8")
    tracemalloc.start()
    try:
        assert listed(path) == told
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 12_000_000


def test_without_a_leaf_the_branch_of_the_last_message_is_on_show(
    path: Path, plain: dict[str, Any]
) -> None:
    for leaf in ({"leaf_id": None}, {}):
        held = {key: value for key, value in plain["conversations"][0].items() if key != "leaf_id"}
        plain["conversations"] = [held | leaf]
        path.write_text(json.dumps(plain), "utf-8")
        (read,) = listed(path)
        assert read.leaf_id == "b"
        assert [each.id for each in branch(read)] == ["a", "b"]
    plain["conversations"][0]["messages"].reverse()
    path.write_text(json.dumps(plain), "utf-8")
    assert listed(path)[0].leaf_id == "b"  # a parent is never the last


def test_only_what_cannot_be_guessed_must_be_there(path: Path) -> None:
    bare = {"id": "c", "title": "", "created_at": NOW.isoformat(), "updated_at": "2026-02-01"}
    path.write_text(
        json.dumps({"format": own_json.FORMAT, "version": 1, "conversations": [bare]}), "utf-8"
    )
    assert listed(path) == [ArchivedConversation("c", "", NOW, datetime(2026, 2, 1, tzinfo=UTC))]


def test_a_truncated_file_is_refused_wherever_it_ends(path: Path) -> None:
    own_json.write(path, [conversation(message("a", content='é "quoted" \\ 1.5'))])
    whole = path.read_bytes()
    for end in range(1, len(whole.rstrip())):
        path.write_bytes(whole[:end])
        assert refused(path).code == "import.truncated", whole[:end]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "import.empty"),
        (b"hello world", "import.not_json"),
        (b"{'format': 1}", "import.not_json"),
        (b"\x89PNG\r\n\x1a\n", "import.encoding"),
        (b"\x00\x01\x02\x03\xff\xfe\xfd", "import.not_json"),
        (b'{"format": "caf\xe9"}', "import.encoding"),
        (b'{"format": NaN, "version": 1}', "import.not_json"),
        (b'{"format": ' + b"9" * 6000 + b"}", "import.not_json"),
        (b'{"format": ' + b"[" * 100_000, "import.too_deep"),
        (b'{"format": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "import.too_deep"),
        (b'{"a": ' + b'{"a":' * 100_000 + b"1", "import.too_deep"),
        (b'{"format": "something else", "version": 1}', "import.foreign"),
        (b"{}", "import.foreign"),
        (b'{"format": "local-ai-studio/conversations", "version": 2}', "import.newer"),
        (b'{"format": "local-ai-studio/conversations", "version": "1"}', "import.damaged"),
        (b'{"format": "local-ai-studio/conversations", "version": true}', "import.damaged"),
        (b'{"format": "local-ai-studio/conversations", "version": 1}', "import.damaged"),
    ],
)
def test_what_is_no_such_file_is_refused(path: Path, content: bytes, code: str) -> None:
    path.write_bytes(content)
    assert refused(path).code == code


def test_what_follows_the_end_is_refused(path: Path) -> None:
    own_json.write(path, [conversation()])
    path.write_bytes(path.read_bytes() + b"]")
    assert refused(path).code == "import.not_json"


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    assert refused(tmp_path / "gone.json").code == "import.unreadable"
    assert refused(tmp_path).code == "import.unreadable"


@pytest.mark.parametrize(
    ("where", "name", "value"),
    [
        ("conversation", "id", ""),
        ("conversation", "id", "x" * 201),
        ("conversation", "id", 7),
        ("conversation", "title", None),
        ("conversation", "created_at", "yesterday"),
        ("conversation", "created_at", 1700000000),
        ("conversation", "updated_at", "0001-01-01T00:00:00+00:00"),
        ("conversation", "updated_at", "9999-12-31T23:59:59-12:00"),
        ("conversation", "messages", {}),
        ("conversation", "messages", [1]),
        ("conversation", "leaf_id", "nobody"),
        ("conversation", "tags", ["a", 1]),
        ("conversation", "pinned", 1),
        ("message", "id", "b"),
        ("message", "parent_id", "nobody"),
        ("message", "parent_id", "a"),
        ("message", "parent_id", "b"),
        ("message", "role", "tool"),
        ("message", "role", ["user"]),
        ("message", "content", None),
        ("message", "content", ["text"]),
        ("message", "status", "done"),
        ("message", "thought_s", -1),
        ("message", "thought_s", "soon"),
        ("message", "thought_s", True),
        ("message", "recipe", []),
        ("message", "failure", {"code": "x"}),
        ("message", "failure", "x"),
        ("message", "figures", {"tokens": 1}),
    ],
)
def test_values_that_cannot_be_are_refused(
    path: Path, plain: dict[str, Any], where: str, name: str, value: object
) -> None:
    target = plain["conversations"][0]
    target = target["messages"][0] if where == "message" else target
    target[name] = value
    path.write_text(json.dumps(plain), "utf-8")
    error = refused(path)
    assert error.code == "import.damaged"
    assert error.details


@pytest.mark.parametrize("number", ["1e999", "-1e999"])
def test_infinite_numbers_are_refused(path: Path, plain: dict[str, Any], number: str) -> None:
    for name in ("thought_s", "recipe"):
        held = json.loads(json.dumps(plain))
        held["conversations"][0]["messages"][0][name] = (
            {"a": ["HERE"]} if name == "recipe" else "HERE"
        )
        path.write_text(json.dumps(held).replace('"HERE"', number), "utf-8")
        assert refused(path).code == "import.damaged"


def test_two_conversations_of_one_id_are_refused(path: Path, plain: dict[str, Any]) -> None:
    plain["conversations"] *= 2
    path.write_text(json.dumps(plain), "utf-8")
    assert "'c'" in refused(path).details


def test_a_recipe_that_is_nested_without_end_is_refused(path: Path, plain: dict[str, Any]) -> None:
    plain["conversations"][0]["messages"][0]["recipe"] = {"a": "HERE"}
    text = json.dumps(plain).replace('"HERE"', "[" * 150 + "]" * 150)
    path.write_text(text, "utf-8")
    assert refused(path).code in ("import.damaged", "import.too_deep")


def test_halves_of_characters_become_the_mark_for_that(path: Path, plain: dict[str, Any]) -> None:
    plain["conversations"][0]["messages"][0] |= {
        "content": "a\ud800b",
        "recipe": {"k\udfff": ["\ud83d"]},
    }
    path.write_text(json.dumps(plain), "utf-8")
    read = listed(path)[0].messages[0]
    assert (read.content, read.recipe) == ("a\ufffdb", {"k\ufffd": ["\ufffd"]})


def test_messages_in_any_order_find_their_parents(path: Path, plain: dict[str, Any]) -> None:
    plain["conversations"][0]["messages"].reverse()
    path.write_text(json.dumps(plain), "utf-8")
    assert [each.id for each in listed(path)[0].messages] == ["a", "b"]


def test_a_value_that_is_too_large_is_refused_before_it_is_held(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("studio.chat.transfer.json_stream.MAX_VALUE", 3_000_000)
    own_json.write(path, [conversation(message("a", content="x" * 9_000_000))])
    assert refused(path).code == "import.too_large"


def test_a_file_that_is_too_large_is_refused(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own_json.write(path, [conversation(message("a", content="x" * 5_000))])
    monkeypatch.setattr("studio.chat.transfer.json_stream.MAX_FILE_BYTES", 4_000)
    assert refused(path).code == "import.too_large"


@pytest.mark.parametrize("limit", ["MAX_MESSAGES", "MAX_CONVERSATIONS", "MAX_CONVERSATION"])
def test_more_of_anything_than_can_be_read_is_refused(
    path: Path, monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    own_json.write(path, [conversation(message("a"), message("b", "a"))])
    monkeypatch.setattr(own_json, limit, 1 if limit == "MAX_MESSAGES" else 0)
    assert refused(path).code == "import.too_large"


def test_a_message_of_a_megabyte_goes_through(path: Path) -> None:
    told = conversation(message("a", content='\\"' * 600_000 + "\n" * 100_000))
    own_json.write(path, [told])
    assert listed(path) == [told]


def test_a_long_conversation_goes_through(path: Path) -> None:
    chain = [message("m0"), *(message(f"m{n}", f"m{n - 1}") for n in range(1, 10_000))]
    told = conversation(*chain)
    own_json.write(path, [told])
    read = listed(path)[0]
    assert read == told
    assert branch(read) == told.messages


def test_many_conversations_are_never_in_memory_together(path: Path) -> None:
    def made() -> Iterator[ArchivedConversation]:
        for number in range(300):
            yield conversation(message("a", content="x" * 50_000), identity=f"c{number}")

    tracemalloc.start()
    try:
        own_json.write(path, made())
        count = sum(len(each.messages) for each in own_json.read(path))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert count == 300
    assert path.stat().st_size > 15_000_000
    assert peak < 9_000_000


def test_numbers_that_json_does_not_know_are_left_out(path: Path) -> None:
    own_json.write(path, [conversation(message("a", recipe={"x": [float("nan"), 1.5]}))])
    assert listed(path)[0].messages[0].recipe == {"x": [None, 1.5]}


def test_its_own_files_are_known_and_counted(path: Path) -> None:
    own_json.write(path, [conversation(message("a")), conversation(identity="d")])
    assert open_import(path).kind == "own"
    report = survey(path)
    assert (report.conversations, report.messages) == (2, 1)
    assert report.sentences() == ("Conversations: 2, messages: 1.",)


def test_times_of_other_zones_are_the_same_moment(path: Path, plain: dict[str, Any]) -> None:
    local = NOW.astimezone(UTC) + timedelta(0)
    plain["conversations"][0]["created_at"] = "2026-01-31T14:00:00.123456+02:00"
    path.write_text(json.dumps(plain), "utf-8")
    assert listed(path)[0].created_at == local
