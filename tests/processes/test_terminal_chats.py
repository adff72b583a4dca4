"""`studio chats`: list, export and import, as a person or a script sees them."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from support import chatgpt_export, terminal
from support.command import studio
from support.terminal import answer

from studio.assembly import open_data


def chats(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return studio("chats", *arguments, home=home)


def facts(home: Path, *arguments: str) -> Any:
    finished = chats(home, *arguments, "--json")
    assert finished.returncode == 0, finished.stderr
    return answer(finished)


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
    assert [row["id"] for row in facts(profile, "list")["chats"]] == told
    lines = chats(profile, "list").stdout.splitlines()
    assert lines[1].endswith("  What is the capital of France?")
    assert terminal.studio("chats", "list", home=profile).stdout.splitlines() == lines


def test_what_was_said_is_found(profile: Path, told: list[str]) -> None:
    title, *messages = facts(profile, "find", "capital FRANCE")["hits"]
    assert len(messages) == 2
    reply = messages[0]
    assert title["conversation"] == reply["conversation"] == told[1]
    assert title["message"] is None
    begin, end = reply["spans"][0]
    assert reply["excerpt"][begin:end] == "capital"
    assert told[1] in chats(profile, "find", "capital").stdout
    assert "Nothing was said" in chats(profile, "find", "zebra").stdout


def test_nothing_kept_is_said(profile: Path) -> None:
    assert "No chat is kept yet" in chats(profile, "list").stdout


def test_all_chats_go_into_one_file_and_come_back_elsewhere(
    profile: Path, told: list[str], tmp_path: Path
) -> None:
    target, other = tmp_path / "all.json", tmp_path / "other"
    assert facts(profile, "export", str(target))["chats"] == 2
    brought = facts(other, "import", str(target))
    assert (brought["found"], brought["added"], brought["skipped"]) == (2, 2, 0)
    assert [row["id"] for row in facts(other, "list")["chats"]] == told


def test_what_is_here_is_skipped_unless_asked_for_again(
    profile: Path, told: list[str], tmp_path: Path
) -> None:
    target = tmp_path / "all.json"
    facts(profile, "export", str(target))
    assert facts(profile, "import", str(target))["skipped"] == len(told)
    assert "add --again" in chats(profile, "import", str(target)).stdout
    assert facts(profile, "import", str(target), "--again")["added"] == 2
    assert len(facts(profile, "list")["chats"]) == 4


def test_what_is_in_the_trash_is_told_apart(profile: Path, told: list[str], tmp_path: Path) -> None:
    target = tmp_path / "all.json"
    facts(profile, "export", str(target))
    parts = open_data(profile, lambda worker: pytest.fail(worker))
    parts.conversations.trash(told[0])
    parts.close()
    brought = facts(profile, "import", str(target))
    assert (brought["added"], brought["skipped"], brought["in_trash"]) == (0, 1, 1)
    said = chats(profile, "import", str(target)).stdout
    assert "1 chat is here already." in said
    assert "1 chat is in the trash." in said
    assert facts(profile, "import", str(target), "--again")["added"] == 2


def test_a_dry_run_takes_nothing_in(profile: Path, tmp_path: Path, told: list[str]) -> None:
    target, other = tmp_path / "all.json", tmp_path / "other"
    facts(profile, "export", str(target))
    assert "Nothing was taken in." in chats(other, "import", str(target), "--dry-run").stdout
    assert facts(other, "list")["chats"] == []


@pytest.mark.parametrize(("ending", "expected"), [("md", "# What is"), ("html", "<title>What is")])
def test_one_chat_becomes_a_page(
    profile: Path, told: list[str], tmp_path: Path, ending: str, expected: str
) -> None:
    target = tmp_path / f"page.{ending}"
    facts(profile, "export", str(target), "--conversation", told[0])
    page = target.read_text("utf-8")
    assert expected in page
    assert "<b>What" not in page.replace("\\<b>", "")


def test_several_chats_become_a_folder_of_pages(
    profile: Path, told: list[str], tmp_path: Path
) -> None:
    folder = tmp_path / "pages"
    assert facts(profile, "export", str(folder), "--format", "md")["chats"] == len(told)
    names = sorted(path.name for path in folder.iterdir())
    assert names == ["What is the capital of France.md", "What is_ a_b_c.md"]


def test_files_in_the_folder_are_left_alone(profile: Path, told: list[str], tmp_path: Path) -> None:
    for name in (
        "What is the capital of France.md",
        "what is_ A_B_C.MD",
        "What is_ a_b_c (2).html",
    ):
        (tmp_path / name).write_text("mine", "utf-8")
    facts(profile, "export", str(tmp_path), "--format", "md")
    made = {path.name for path in tmp_path.glob("*.[mM]*") if path.read_text("utf-8") != "mine"}
    assert made == {"What is the capital of France (2).md", "What is_ a_b_c (2).md"}
    assert len([path for path in tmp_path.glob("*.*") if path.read_text("utf-8") == "mine"]) == 3


def test_a_page_for_several_chats_is_refused(
    profile: Path, told: list[str], tmp_path: Path
) -> None:
    refused = terminal.studio("chats", "export", str(tmp_path / "talk.md"), "--json", home=profile)
    assert refused.returncode == 1
    error = answer(refused)["error"]
    assert (error["code"], error["message"]) == (
        "export.one_page",
        "talk.md can hold one chat, and there are 2.",
    )
    assert not (tmp_path / "talk.md").exists()


def test_the_only_chat_may_be_a_page_or_in_a_folder(
    profile: Path, told: list[str], tmp_path: Path
) -> None:
    one = ("--conversation", told[0], "--conversation", told[0])
    for name, made in (
        ("talk.md", "talk.md"),
        ("folder", "folder"),
        ("there", "there/What is_ a_b_c.md"),
    ):
        (tmp_path / "there").mkdir(exist_ok=True)
        ended = chats(profile, "export", str(tmp_path / name), "--format", "md", *one)
        assert ended.stdout == f"1 chat is in {tmp_path / name}.\n"
        assert (tmp_path / made).is_file()


def test_an_export_of_chatgpt_is_taken_in(profile: Path, tmp_path: Path) -> None:
    nodes = {
        "root": {"id": "root", "message": None, "parent": None, "children": []},
        "q": chatgpt_export.node("root", "user", "Where is Paris?"),
        "a": chatgpt_export.node("q", "assistant", "In France."),
    }
    source = tmp_path / "conversations.json"
    source.write_text(json.dumps([chatgpt_export.chat(nodes, "a", title="Paris")]), "utf-8")
    assert facts(profile, "import", str(source))["added"] == 1
    assert facts(profile, "list")["chats"][0]["title"] == "Paris"


@pytest.mark.parametrize("cut", [0.5, 0.99])
def test_a_file_that_is_cut_short_changes_nothing(
    profile: Path, told: list[str], tmp_path: Path, cut: float
) -> None:
    target, other = tmp_path / "all.json", tmp_path / "other"
    facts(profile, "export", str(target))
    whole = target.read_bytes()
    target.write_bytes(whole[: int(len(whole) * cut)])
    refused = chats(other, "import", str(target), "--json")
    assert refused.returncode == 1
    assert json.loads(refused.stdout)["error"]["code"].startswith("import.")
    assert facts(other, "list")["chats"] == []


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("export", "{folder}/chats.docx"), "export.format"),
        (("export", "{folder}/missing/all.json"), "export.not_saved"),
        (("export", "{folder}/talk.md"), "export.nothing"),
        (("export", "{folder}/one.md", "--conversation", "nobody"), "conversation.unknown"),
        (("import", "{folder}/nothing.json"), "import.unreadable"),
    ],
)
def test_what_cannot_be_done_is_said(
    profile: Path, tmp_path: Path, arguments: tuple[str, ...], code: str
) -> None:
    given = [argument.format(folder=tmp_path) for argument in arguments]
    refused = chats(profile, *given, "--json")
    assert refused.returncode == 1
    assert json.loads(refused.stdout)["error"]["code"] == code
    assert refused.stderr.strip()
    assert "Traceback" not in refused.stderr
