"""`studio chats`: list, export and import, as a person or a script sees them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from support import chatgpt_export

from studio.assembly import open_data


def studio(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-P", "-m", "studio", "--home", str(home), "chats", *arguments],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def answer(home: Path, *arguments: str) -> Any:
    finished = studio(home, *arguments, "--json")
    assert finished.returncode == 0, finished.stderr
    return json.loads(finished.stdout)


@pytest.fixture
def told(profile: Path) -> list[str]:
    """Keep two chats; return their ids, the newest first."""
    parts = open_data(profile, lambda worker: pytest.fail(worker))
    try:
        for words in ("What is the capital of France?", "What is: a/b\\c?"):
            chat = parts.conversations.create()
            _, reply = parts.conversations.ask(chat.id, words, "tiny")
            parts.conversations.finish_reply(
                reply.id, "finished", content=f"<b>{words}</b>", reasoning=""
            )
        return [chat.id for chat in parts.conversations.list()]
    finally:
        parts.close()


def test_the_list_names_every_chat(profile: Path, told: list[str]) -> None:
    assert [row["id"] for row in answer(profile, "list")["chats"]] == told
    lines = studio(profile, "list").stdout.splitlines()
    assert lines[1].endswith("  What is the capital of France?")


def test_what_was_said_is_found(profile: Path, told: list[str]) -> None:
    title, *messages = answer(profile, "find", "capital FRANCE")["hits"]
    assert len(messages) == 2
    reply = messages[0]
    assert title["conversation"] == reply["conversation"] == told[1]
    assert title["message"] is None
    begin, end = reply["spans"][0]
    assert reply["excerpt"][begin:end] == "capital"
    assert told[1] in studio(profile, "find", "capital").stdout
    assert "Nothing was said" in studio(profile, "find", "zebra").stdout


def test_nothing_kept_is_said(profile: Path) -> None:
    assert "No chat is kept yet" in studio(profile, "list").stdout


def test_all_chats_go_into_one_file_and_come_back_elsewhere(
    profile: Path, told: list[str], tmp_path: Path
) -> None:
    target, other = tmp_path / "all.json", tmp_path / "other"
    assert answer(profile, "export", str(target))["chats"] == 2
    brought = answer(other, "import", str(target))
    assert (brought["found"], brought["added"], brought["skipped"]) == (2, 2, 0)
    assert [row["id"] for row in answer(other, "list")["chats"]] == told


def test_what_is_here_is_skipped_unless_asked_for_again(
    profile: Path, told: list[str], tmp_path: Path
) -> None:
    target = tmp_path / "all.json"
    answer(profile, "export", str(target))
    assert answer(profile, "import", str(target))["skipped"] == len(told)
    assert "add --again" in studio(profile, "import", str(target)).stdout
    assert answer(profile, "import", str(target), "--again")["added"] == 2
    assert len(answer(profile, "list")["chats"]) == 4


def test_a_dry_run_takes_nothing_in(profile: Path, tmp_path: Path, told: list[str]) -> None:
    target, other = tmp_path / "all.json", tmp_path / "other"
    answer(profile, "export", str(target))
    assert "Nothing was taken in." in studio(other, "import", str(target), "--dry-run").stdout
    assert answer(other, "list")["chats"] == []


@pytest.mark.parametrize(("ending", "expected"), [("md", "# What is"), ("html", "<title>What is")])
def test_one_chat_becomes_a_page(
    profile: Path, told: list[str], tmp_path: Path, ending: str, expected: str
) -> None:
    target = tmp_path / f"page.{ending}"
    answer(profile, "export", str(target), "--conversation", told[0])
    page = target.read_text("utf-8")
    assert expected in page
    assert "<b>What" not in page.replace("\\<b>", "")


def test_several_chats_become_a_folder_of_pages(
    profile: Path, told: list[str], tmp_path: Path
) -> None:
    folder = tmp_path / "pages"
    assert answer(profile, "export", str(folder), "--format", "md")["chats"] == len(told)
    names = sorted(path.name for path in folder.iterdir())
    assert names == ["What is the capital of France.md", "What is_ a_b_c.md"]


def test_an_export_of_chatgpt_is_taken_in(profile: Path, tmp_path: Path) -> None:
    nodes = {
        "root": {"id": "root", "message": None, "parent": None, "children": []},
        "q": chatgpt_export.node("root", "user", "Where is Paris?"),
        "a": chatgpt_export.node("q", "assistant", "In France."),
    }
    source = tmp_path / "conversations.json"
    source.write_text(json.dumps([chatgpt_export.chat(nodes, "a", title="Paris")]), "utf-8")
    assert answer(profile, "import", str(source))["added"] == 1
    assert answer(profile, "list")["chats"][0]["title"] == "Paris"


@pytest.mark.parametrize("cut", [0.5, 0.99])
def test_a_file_that_is_cut_short_changes_nothing(
    profile: Path, told: list[str], tmp_path: Path, cut: float
) -> None:
    target, other = tmp_path / "all.json", tmp_path / "other"
    answer(profile, "export", str(target))
    whole = target.read_bytes()
    target.write_bytes(whole[: int(len(whole) * cut)])
    refused = studio(other, "import", str(target), "--json")
    assert refused.returncode == 1
    assert json.loads(refused.stdout)["error"]["code"].startswith("import.")
    assert answer(other, "list")["chats"] == []


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("export", "{folder}/chats.docx"), "export.format"),
        (("export", "{folder}/missing/all.json"), "export.not_saved"),
        (("export", "{folder}/one.md", "--conversation", "nobody"), "conversation.unknown"),
        (("import", "{folder}/nothing.json"), "import.unreadable"),
    ],
)
def test_what_cannot_be_done_is_said(
    profile: Path, tmp_path: Path, arguments: tuple[str, ...], code: str
) -> None:
    given = [argument.format(folder=tmp_path) for argument in arguments]
    refused = studio(profile, *given, "--json")
    assert refused.returncode == 1
    assert json.loads(refused.stdout)["error"]["code"] == code
    assert refused.stderr.strip()
    assert "Traceback" not in refused.stderr
