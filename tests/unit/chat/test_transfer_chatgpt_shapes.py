"""What ChatGPT's exports of 2023 to 2025 look like: each shape goes through, and all its words."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.chatgpt_export import chat, imported, node, shown

from studio.chat.transfer import chatgpt
from studio.chat.transfer.archive import branch
from studio.chat.transfer.chatgpt_marks import without_marks
from studio.chat.transfer.report import MARKS, NAMED_ONLY, RECORDINGS, UNKNOWN, Report


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "conversations.json"


def reply_to(path: Path, content: Any, **facts: Any) -> str:
    """Return what becomes of one message of the assistant, its words and what led to them."""
    nodes = {
        "q": node(None, "user", "Please."),
        "a": node("q", facts.pop("role", "assistant"), content=content, **facts),
    }
    messages = shown(path, nodes)
    return "\n\n".join(each.reasoning + each.content for each in messages[1:])


SPOKEN = {"content_type": "audio_transcription", "text": "How far is the moon?", "direction": "in"}
RECORDED: dict[str, Any] = {
    "content_type": "real_time_user_audio_video_asset_pointer",
    "frames_asset_pointers": [],
    "video_container_asset_pointer": None,
    "audio_asset_pointer": {
        "content_type": "audio_asset_pointer",
        "asset_pointer": "sediment://file_0001",
        "format": "wav",
    },
    "audio_start_timestamp": 1.5,
}
SHAPES: list[tuple[Any, str]] = [
    ({"content_type": "thoughts", "parts": ["First I look."]}, "First I look."),
    (
        {
            "content_type": "thoughts",
            "thoughts": [{"summary": "Plan", "content": "Look.", "chunks": ["Look."]}],
            "source_analysis_msg_id": "x",
        },
        "**Plan**\n\nLook.",
    ),
    ({"content_type": "reasoning_recap", "content": "Thought for 8s"}, "Thought for 8s"),
    ({"content_type": "reasoning_recap", "text": "Briefly"}, "Briefly"),
    (
        {"content_type": "code", "language": "unknown", "parts": ["search()"]},
        "```\nsearch()\n```",
    ),
    ({"content_type": "execution_output", "text": "7"}, "```text\n7\n```"),
    ({"content_type": "execution_output", "parts": ["7"]}, "```text\n7\n```"),
    ({"content_type": "citable_code_output", "output_str": "8"}, "```text\n8\n```"),
    (
        {
            "content_type": "tether_browsing_display",
            "result": "# Page\nWords",
            "summary": None,
            "assets": None,
            "tether_id": 1,
        },
        "```text\n# Page\nWords\n```",
    ),
    (
        {
            "content_type": "sonic_webpage",
            "url": "https://a.example/b",
            "domain": "a.example",
            "title": "A page",
            "text": "Its words",
            "snippet": "Its",
            "pub_date": None,
            "ref_id": {"turn_index": 0, "ref_type": "view", "ref_index": 1},
        },
        "> Its words\n> A page: https://a.example/b",
    ),
    ({"content_type": "system_error", "name": "Error", "text": "Late"}, "Error: Late"),
    ({"content_type": "super_widget", "widget": {"title": "Sun", "text": "Warm"}}, "Warm"),
    ({"content_type": "new_kind", "result": "Yes", "id": "abc", "role": "x"}, "Yes"),
    (
        {
            "content_type": "computer_output",
            "screenshot": {"content_type": "image_asset_pointer", "asset_pointer": "sediment://f9"},
            "state": {"title": "A desk top"},
        },
        "[picture: f9]\n\nA desk top",
    ),
    ({"content_type": "multimodal_text", "parts": [SPOKEN, RECORDED]}, SPOKEN["text"]),
    ({"content_type": "multimodal_text", "parts": [RECORDED]}, "[recording]"),
]


@pytest.mark.parametrize(("content", "expected"), SHAPES)
def test_each_kind_of_content_keeps_its_words(path: Path, content: Any, expected: str) -> None:
    assert reply_to(path, content) == expected


def test_a_spoken_question_and_its_answer(path: Path) -> None:
    nodes = {
        "q": node(None, content={"content_type": "multimodal_text", "parts": [RECORDED, SPOKEN]}),
        "a": node("q", "assistant", content={"content_type": "multimodal_text", "parts": [SPOKEN]}),
        "q2": node("a", content={"content_type": "multimodal_text", "parts": [RECORDED]}),
    }
    (found,), report = imported(path, chat(nodes, "q2"))
    assert [each.content for each in branch(found)] == [
        SPOKEN["text"],
        SPOKEN["text"],
        "[recording]",
    ]
    assert dict(report.left_out) == {RECORDINGS: 2}


def test_pictures_that_a_program_drew_are_named(path: Path) -> None:
    metadata = {
        "aggregate_result": {
            "status": "success",
            "messages": [
                {"message_type": "stream", "text": "done", "stream_name": "stdout"},
                {"message_type": "image", "image_url": "file-service://file-plot"},
                {"message_type": "image", "image_url": None},
                "nonsense",
            ],
        }
    }
    output = {"content_type": "execution_output", "text": "done"}
    said = reply_to(path, output, role="tool", name="python", metadata=metadata)
    expected = "```text\ndone\n```\n\n[picture: file-plot]\n[picture: without a name]"
    assert said == f"python:\n\n{expected}"


MARKED = [
    ('in \ue200entity\ue202["city","Paris","capital"]\ue201 now', "in Paris now"),
    ("by \ue200entity\ue202Ada\ue201.", "by Ada."),
    ('\ue200entity\ue202["only"]\ue201', "only"),
    ("\ue200entity\ue202[broken\ue201", "[broken"),
    ("\ue200url\ue202Rust\ue202https://a.example/r\ue201", "[Rust](https://a.example/r)"),
    ("\ue200url\ue202Rust\ue202javascript:x\ue201", "Rust"),
    ("A.\ue200cite\ue202turn0search1\ue202turn0news2\ue201 B", "A. B"),
    ("\ue203All of this.\ue204\ue202turn0search0 C", "All of this. C"),
    ("\ue200filecite\ue202turn0file0\ue202L1-L9\ue201", ""),
    ("icons \ue200 and \ue201 of a font", "icons \ue200 and \ue201 of a font"),
    ("a lone \ue202 stays, as does \ue203", "a lone \ue202 stays, as does \ue203"),
    ("\ue200cite\ue202cut off", "\ue200cite\ue202cut off"),
    ("【4:1†report.pdf】", "【4:1†report.pdf】"),
    ("A \ue200i\ue202turn0image0\ue202turn0image4\ue201 B", "A  B"),
    ("A \ue200video_2\ue202turn0video0\ue201 B", "A  B"),
    ("an end \ue200cite\ue202turn0sea", "an end "),
    ("an end \ue200cite\ue202turn0search1\ue202", "an end "),
]


@pytest.mark.parametrize(("said", "expected"), MARKED)
def test_marks_become_the_words_in_them(said: str, expected: str) -> None:
    assert without_marks(said, [], Report()) == expected


def test_marks_that_nothing_is_told_of_are_counted() -> None:
    report = Report()
    mark = "\ue200cite\ue202turn0search1\ue201"
    told = [{"matched_text": mark, "alt": "(Site)"}, {"matched_text": mark, "alt": None}]
    assert without_marks(f"{mark}|{mark}|{mark}", told, report) == "(Site)||"
    assert dict(report.left_out) == {MARKS: 2}


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        (
            {"items": [{"title": "Cats", "url": "https://a.example/"}]},
            "([Cats](https://a.example/))",
        ),
        ({"items": [{"title": "", "url": "https://a.example/"}]}, None),
        (
            {"alt": None, "items": [{"title": "A [b]\nc", "url": "https://a.example/x_(y)"}]},
            "([A \\[b\\] c](<https://a.example/x_(y)>))",
        ),
        ({"title": "Dogs", "url": "https://b.example/"}, "([Dogs](https://b.example/))"),
        ({"items": [{"title": "Script", "url": "javascript:x"}]}, ""),
        ({"items": "nonsense"}, ""),
    ],
)
def test_a_mark_without_words_becomes_links_to_what_it_names(
    reference: dict[str, Any], expected: str | None
) -> None:
    mark = "\ue200cite\ue202turn0search1\ue201"
    said = without_marks(mark, [{"matched_text": mark} | reference], Report())
    assert said == ("([https://a.example/](https://a.example/))" if expected is None else expected)


def test_marks_of_older_exports_become_links(path: Path) -> None:
    text = "Cats purr【1†source】 and【2†source】 sleep【9†source】."
    citations = [
        {
            "start_ix": text.index(f"【{number}"),
            "end_ix": text.index(f"【{number}") + len("【1†source】"),
            "citation_format_type": "tether_og",
            "metadata": {"type": "webpage", "title": name, "url": f"https://a.example/{number}"},
        }
        for number, name in ((1, "Purring"), (2, "Sleep"))
    ]
    broken = [{"start_ix": None}, "nonsense", {"start_ix": 5, "end_ix": 2, "metadata": None}]
    content = {"content_type": "text", "parts": [text]}
    assert reply_to(path, content, metadata={"citations": [*broken, *citations]}) == (
        "Cats purr([Purring](https://a.example/1)) and([Sleep](https://a.example/2))"
        " sleep【9†source】."
    )


def test_sources_below_a_reply_are_kept_if_the_text_does_not_name_them(path: Path) -> None:
    found = [
        {"title": "Cats", "url": "https://a.example/cats"},
        {"title": "Dogs", "url": "https://a.example/dogs"},
        "nonsense",
    ]
    footnote = {"matched_text": " ", "type": "sources_footnote", "sources": found, "alt": None}
    content = {"content_type": "text", "parts": ["See [cats](https://a.example/cats)."]}
    assert reply_to(path, content, metadata={"content_references": [footnote]}) == (
        "See [cats](https://a.example/cats).\n\nSources:\n\n- [Dogs](https://a.example/dogs)"
    )


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text('a \ue200\ue201\ue202\ue203\ue204【】["]entiyurlc1', max_size=60))
def test_marks_of_any_kind_lose_no_words_beside_them(said: str) -> None:
    kept = without_marks(f"before {said} after", [], Report())
    assert kept.startswith("before ")
    assert kept.endswith(" after")


def test_messages_without_an_author_a_weight_or_a_place_are_kept(path: Path) -> None:
    nodes: dict[str, Any] = {
        "q": node("gone", "user", "Question", weight=0.0),
        "a": node("q", "assistant", "Answer", weight=0, status="finished_partial_completion"),
        "n": {"message": node(None)["message"] | {"author": None}, "parent": "a", "children": []},
    }
    nodes["n"]["message"]["content"] = {"content_type": "text", "parts": ["Nobody's"]}
    (found,), report = imported(path, chat(nodes, "n"))
    assert [each.content for each in branch(found)] == ["Question", "Answer\n\nNobody's"]
    assert sum(report.left_out.values()) == 1  # the place that is missing


def test_the_whole_of_a_large_export_comes_out_of_its_zip(tmp_path: Path) -> None:
    """Numbered files, and beside them what the export holds beyond conversations."""
    file = tmp_path / "export.zip"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(12):
            nodes = {"q": node(None, "user", f"Question {number}")}
            one = chat(nodes, "q", conversation_id=f"chat-{number}")
            archive.writestr(f"conversations-{number:03}.json", json.dumps([one]))
        archive.writestr("conversation_asset_file_names.json", '{"file-1": "a.png"}')
        archive.writestr("shared_conversations.json", "[]")
        archive.writestr("../conversations.json/evil.txt", "no")
        archive.writestr("user.json", "{}")
        archive.writestr("file-1.dat", b"\x00" * 1000)
    found = list(chatgpt.read(file, Report()))
    assert [each.id for each in found] == [f"chat-{number}" for number in range(12)]
    assert not list(tmp_path.rglob("evil.txt"))


def test_what_is_unknown_is_counted_and_read(path: Path) -> None:
    nodes = {"q": node(None, content={"content_type": "later", "text": "Fine"})}
    (found,), report = imported(path, chat(nodes, "q"))
    assert found.messages[0].content == "Fine"
    assert dict(report.left_out) == {UNKNOWN: 1}
    pointer = {"content_type": "later", "x": {"asset_pointer": "sediment://z"}}
    nodes = {"q": node(None, content=pointer)}
    (found,), report = imported(path, chat(nodes, "q"))
    assert found.messages[0].content == "[picture: z]"
    assert report.left_out[NAMED_ONLY] == 1
