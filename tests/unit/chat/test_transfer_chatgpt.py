"""ChatGPT's export: whatever is in it becomes conversations, and nothing in it does harm."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.chatgpt_export import BEGUN, Node, chat, imported, node, shown

from studio.chat.transfer import own_json
from studio.chat.transfer.archive import branch


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "conversations.json"


def test_a_chat_with_branches_keeps_its_tree(path: Path) -> None:
    root: Node = {"message": None, "parent": None, "children": []}
    nodes = {
        "root": root,
        "system": node("root", "system", "", weight=0.0),
        "q": node("system", "user", "Why?"),
        "a1": node("q", "assistant", "Because.", metadata={"model_slug": "gpt-4o"}),
        "a2": node("q", "assistant", "So that.", create_time=BEGUN + 5),
        "q2": node("a1", "user", "And?"),
        "q3": node("a1", "user", "But?"),
    }
    (found,), report = imported(path, chat(nodes, "q2", is_archived=True, is_starred=True))
    assert [(each.id, each.parent_id, each.role) for each in found.messages] == [
        ("q", None, "user"),
        ("a1", "q", "assistant"),
        ("q2", "a1", "user"),
        ("q3", "a1", "user"),
        ("a2", "q", "assistant"),
    ]
    assert [each.content for each in branch(found)] == ["Why?", "Because.", "And?"]
    assert found.messages[1].model == "gpt-4o"
    assert found.created_at == datetime.fromtimestamp(BEGUN, UTC)
    assert (found.title, found.pinned, found.archived) == ("A chat", True, True)
    assert (found.model, found.system) == ("", None)
    assert (report.conversations, report.messages, dict(report.left_out)) == (1, 5, {})


def test_what_led_to_a_reply_becomes_its_reasoning(path: Path) -> None:
    thoughts = {
        "content_type": "thoughts",
        "thoughts": [{"summary": "Looking", "content": "Let me see.", "finished": True}],
    }
    recap = {"content_type": "reasoning_recap", "content": "Thought for 7 seconds"}
    code = {"content_type": "code", "language": "python", "text": "print('```')"}
    output = {"content_type": "execution_output", "text": "42"}
    nodes = {
        "q": node(None, "user", "Count."),
        "t": node("q", "assistant", content=thoughts),
        "r": node("t", "assistant", content=recap, metadata={"finished_duration_sec": 7}),
        "c": node("r", "assistant", content=code, recipient="python"),
        "o": node("c", "tool", content=output, name="python"),
        "a": node("o", "assistant", "It is 42.", metadata={"model_slug": "o3"}),
    }
    question, reply = shown(path, nodes)
    assert (question.content, reply.content) == ("Count.", "It is 42.")
    for part in ("**Looking**", "Let me see.", "Thought for 7 seconds", "````python", "42"):
        assert part in reply.reasoning
    assert (reply.thought_s, reply.model, reply.id) == (7.0, "o3", "t")


def test_branches_that_part_within_a_reply_stay_apart(path: Path) -> None:
    call = {"content_type": "code", "language": "unknown", "text": "search('x')"}
    nodes = {
        "q": node(None, "user", "Look."),
        "c": node("q", "assistant", content=call, recipient="browser"),
        "a1": node("c", "assistant", "First"),
        "a2": node("c", "assistant", "Second"),
    }
    (found,), _ = imported(path, chat(nodes, "a1"))
    assert [(each.id, each.parent_id) for each in found.messages] == [
        ("q", None),
        ("c", "q"),
        ("a1", "c"),
        ("a2", "c"),
    ]


CONTENTS: list[tuple[Any, str]] = [
    ({"content_type": "text", "parts": ["one", None, 5, "", "two"]}, "one\n\ntwo"),
    ({"content_type": "text", "parts": "not a list"}, ""),
    ({"content_type": "text", "text": "bare"}, "bare"),
    ({"content_type": "code", "language": "json", "text": "{}"}, "```json\n{}\n```"),
    (
        {
            "content_type": "multimodal_text",
            "parts": [
                {"content_type": "image_asset_pointer", "asset_pointer": "sediment://file_7#x"},
                "What is this?",
                {"content_type": "audio_transcription", "text": "spoken"},
                {"content_type": "audio_asset_pointer", "asset_pointer": "sediment://file_8"},
                {"content_type": "hologram", "depth": 3, "caption": "a ship in space"},
            ],
        },
        "[picture: file_7]\n\nWhat is this?\n\nspoken\n\na ship in space",
    ),
    (
        {"content_type": "brand_new", "body": {"lines": ["first line", {"x": "second line"}]}},
        "first line\n\nsecond line",
    ),
    (
        {
            "content_type": "brand_new",
            "id": "file-7",
            "at": "2024-01-01T00:00:00Z",
            "blank": "\u3000",
            "body": ["你好世界。这是一段文字", "สวัสดีชาวโลก", "naïve", " one ", "a\tb"],
        },
        "你好世界。这是一段文字\n\nสวัสดีชาวโลก\n\nnaïve\n\na\tb",
    ),
    ({"content_type": ["odd"], "parts": ["still text here"]}, "still text here"),
    ({"parts": ["no kind at all"]}, "no kind at all"),
]


@pytest.mark.parametrize(("content", "expected"), CONTENTS)
def test_every_kind_of_content_becomes_text(path: Path, content: Any, expected: str) -> None:
    nodes = {"q": node(None, content=content), "a": node("q", "assistant", "Yes.")}
    messages = shown(path, nodes)
    assert [each.content for each in messages] == [*([expected] if expected else []), "Yes."]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ({"content_type": "tether_browsing_display", "result": "a page"}, "```text\na page\n```"),
        ({"content_type": "tether_browsing_code", "result": "x", "summary": None}, "x"),
        (
            {"content_type": "tether_quote", "text": "said", "title": "Site", "url": "https://a.b"},
            "> said\n> Site: https://a.b",
        ),
        ({"content_type": "system_error", "name": "Timeout", "text": "late"}, "Timeout: late"),
        ({"content_type": "text", "parts": ["a file's text"]}, "a file's text"),
    ],
)
def test_what_tools_gave_is_kept_aside(path: Path, content: Any, expected: str) -> None:
    nodes = {
        "q": node(None, "user", "Look."),
        "t": node("q", "tool", content=content, name="browser"),
        "a": node("t", "assistant", "Seen."),
    }
    reply = shown(path, nodes)[-1]
    assert reply.content == "Seen."
    assert reply.reasoning.startswith("browser:\n\n")
    assert expected in reply.reasoning


def test_pictures_and_files_are_named(path: Path) -> None:
    picture = {"content_type": "image_asset_pointer", "asset_pointer": "file-service://file-A"}
    made = picture | {
        "asset_pointer": "file-service://file-Z",
        "metadata": {"dalle": {"prompt": "A red\nfox"}},
    }
    attachments = [
        {"id": "file-A", "name": "cat.png", "mimeType": "image/png"},
        {"id": "file-B", "name": "table.xlsx", "mimeType": "application/xlsx"},
        {"id": "file-C", "name": None, "mimeType": "image/jpeg"},
        "nonsense",
    ]
    nodes = {
        "q": node(
            None,
            content={"content_type": "multimodal_text", "parts": [picture, "Look"]},
            metadata={"attachments": attachments},
        ),
        "t": node(
            "q",
            "tool",
            name="dalle.text2im",
            content={"content_type": "multimodal_text", "parts": [made]},
        ),
    }
    (found,), report = imported(path, chat(nodes, "t"))
    question, reply = branch(found)
    assert question.content.startswith("[picture: cat.png]\n\nLook\n\n[file: table.xlsx]\n")
    assert question.content.count("[picture: without a name]") == 1
    assert reply.content == "[picture: A red fox]"
    assert sum(report.left_out.values()) == 5


def test_documents_of_the_canvas_are_kept(path: Path) -> None:
    created = {"name": "story", "type": "document", "content": "Once upon a time."}
    program = {"name": "run", "type": "code/python", "content": "print(1)"}
    changed = {"updates": [{"pattern": ".*", "multiple": False, "replacement": "Twice."}]}
    calls = [
        ("canmore.create_textdoc", json.dumps(created), "**story**\n\nOnce upon a time."),
        ("canmore.create_textdoc", json.dumps(program), "**run**\n\n```python\nprint(1)\n```"),
        ("canmore.update_textdoc", json.dumps(changed), "```\nTwice.\n```"),
        ("canmore.update_textdoc", "{broken", "```\n{broken\n```"),
    ]
    for recipient, said, expected in calls:
        content = {"content_type": "code", "language": "json", "text": said}
        nodes = {
            "q": node(None, "user", "Write."),
            "c": node("q", "assistant", content=content, recipient=recipient),
        }
        assert shown(path, nodes)[-1].content == expected


def test_standing_instructions_become_the_system_prompt(path: Path) -> None:
    content = {
        "content_type": "user_editable_context",
        "user_profile": "The user said:\n```I am Ada```",
        "user_instructions": "",
    }
    given_plain = {"user_context_message_data": {"about_user_message": "I am Ada."}}
    memory = {"content_type": "model_editable_context", "model_set_context": "1. likes tea"}
    hidden = {"is_visually_hidden_from_conversation": True}
    nodes = {
        "i": node(None, "user", content=content, metadata=given_plain | hidden),
        "m": node("i", "assistant", content=memory),
        "h": node("m", "user", "secret nudge", metadata=hidden),
        "e": node("h", "system", "", metadata=hidden),
        "q": node("e", "user", "Hi"),
    }
    (found,), report = imported(path, chat(nodes, "q"))
    assert found.system == "I am Ada."
    assert [each.content for each in found.messages] == ["Hi"]
    assert found.messages[0].parent_id is None
    assert sorted(report.left_out.values()) == [1, 1]
    assert len(report.sentences()) == 3


def test_marks_of_sources_become_links(path: Path) -> None:
    mark = "\ue200cite\ue202turn0search1\ue201"
    metadata = {
        "content_references": [
            {"matched_text": mark, "alt": "([Site](https://example.org))"},
            {"matched_text": " ", "alt": "nonsense" * 100},
            {"matched_text": mark, "alt": "([Other](https://example.com))"},
            "nonsense",
        ]
    }
    nodes = {
        "q": node(None, "user", "?"),
        "a": node("q", "assistant", f"A {mark} b {mark} c {mark} d【4†x】.", metadata=metadata),
    }
    assert shown(path, nodes)[-1].content == (
        "A ([Site](https://example.org)) b ([Other](https://example.com)) c  d【4†x】."
    )


@pytest.mark.parametrize(
    ("facts", "status", "stop"),
    [
        ({}, "finished", ""),
        ({"metadata": {"finish_details": {"type": "stop"}}}, "finished", "end"),
        ({"metadata": {"finish_details": {"type": "max_tokens"}}}, "finished", "max_tokens"),
        ({"metadata": {"finish_details": {"type": "interrupted"}}}, "cancelled", "cancelled"),
        ({"status": "in_progress"}, "interrupted", ""),
    ],
)
def test_a_reply_knows_how_it_ended(
    path: Path, facts: dict[str, Any], status: str, stop: str
) -> None:
    nodes = {"q": node(None, "user", "?"), "a": node("q", "assistant", "x", **facts)}
    reply = shown(path, nodes)[-1]
    assert (reply.status, reply.stop) == (status, stop)


@pytest.mark.parametrize(
    "moment",
    [None, "soon", -1, 1e300, 0, True, [], {}, float(2**70), "2024-01-01T00:00:00Z", BEGUN * 1000],
)
def test_times_of_any_kind_do_no_harm(path: Path, moment: Any) -> None:
    nodes = {"q": node(None, "user", "?", create_time=moment)}
    (found,), _ = imported(path, chat(nodes, "q", create_time=moment, update_time=moment))
    assert found.created_at.year >= 1970
    assert found.created_at <= found.updated_at
    assert found.messages[0].created_at.tzinfo is not None


def test_what_is_no_conversation_is_counted(path: Path) -> None:
    good = chat({"q": node(None, "user", "Hi")}, "q")
    empty = chat({"r": {"message": None, "parent": None, "children": []}}, "r")
    found, report = imported(path, good, 5, None, [], {}, {"mapping": []}, empty)
    assert len(found) == 1
    assert sorted(report.left_out.values()) == [1, 5]


@pytest.mark.parametrize("facts", [{"title": None}, {"title": 5}, {"conversation_id": None}])
def test_facts_that_are_missing_do_no_harm(path: Path, facts: dict[str, Any]) -> None:
    (found,), _ = imported(path, chat({"q": node(None, "user", "Hi")}, "q", **facts))
    assert found.id
    assert isinstance(found.title, str)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(-1e300, 1e300) | st.text(max_size=9),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "content",
                    "content_type",
                    "parts",
                    "author",
                    "role",
                    "metadata",
                    "attachments",
                    "text",
                ]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=50
)
@given(
    st.dictionaries(
        st.text(max_size=3),
        st.fixed_dictionaries({"message": json_values, "parent": json_values})
        | st.fixed_dictionaries(
            {"parent": st.text(max_size=2), "children": st.lists(st.text(max_size=2), max_size=3)}
        ).map(lambda facts: facts | {"message": node(None, "user", "Hi")["message"]}),
        max_size=8,
    )
)
def test_nothing_in_a_node_stops_the_import(path: Path, nodes: dict[str, Any]) -> None:
    good = chat({"q": node(None, "user", "Hi")}, "q")
    found, _ = imported(path, good, {"mapping": nodes, "current_node": next(iter(nodes), None)})
    assert 1 <= len(found) <= 2
    own_json.write(path.with_name("own.json"), [found[-1]])
    assert list(own_json.read(path.with_name("own.json"))) == [found[-1]]


def test_a_chat_of_many_nodes_goes_through(path: Path) -> None:
    nodes = {
        f"n{number}": node(
            f"n{number - 1}" if number else None, "assistant" if number % 2 else "user", "x"
        )
        for number in range(5_000)
    }
    (found,), _ = imported(path, chat(nodes, "n4999"))
    assert len(branch(found)) == 5_000
