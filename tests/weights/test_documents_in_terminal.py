"""`studio documents`, verb by verb, with the real workers: what it prints as JSON and as lines."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from studio.assembly import Parts
from studio.cli import documents
from studio.cli.arguments import parse
from studio.errors import StudioError

HARBOUR = "The harbour freezes in January. Ships wait outside until the ice has gone."
BREAD = "Bread rises because yeast makes gas in the dough."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "papers"
    place.mkdir()
    (place / "harbour.txt").write_text(HARBOUR, "utf-8")
    (place / "bread.txt").write_text(BREAD, "utf-8")
    (place / "empty.txt").write_text("", "utf-8")
    return place


def run(parts: Parts, *words: str) -> Any:
    return documents.run(parts, parse(["documents", *words, "--json"]))


def test_files_are_added_found_told_and_taken_out(
    reading_parts: Parts, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name = ("--collection", str(folder))
    added = run(reading_parts, "add", str(folder), *name)
    assert {key: added[key] for key in ("collection", "added", "updated", "chunks")} == {
        "collection": str(folder),
        "added": 2,
        "updated": 0,
        "chunks": 2,
    }
    assert added["failed"] == [
        {
            "file": str(folder / "empty.txt"),
            "code": "document.empty",
            "reason": "“empty.txt” is empty.",
        }
    ]
    found = run(reading_parts, "search", "When does the harbour freeze?", *name, "-k", "1")
    (hit,) = found["hits"]
    assert (hit["rank"], hit["file"], hit["page"]) == (1, str(folder / "harbour.txt"), None)
    assert hit["text"] == HARBOUR[hit["start"] : hit["end"]]
    status = run(reading_parts, "status", *name)
    assert (status["files"], status["chunks"]) == (
        {"waiting": 0, "indexed": 2, "partly": 0, "failed": 1},
        2,
    )
    assert status["embedder"] == "all-MiniLM-L6-v2"
    files = run(reading_parts, "list", *name)["files"]
    assert {Path(each["file"]).name: each["state"] for each in files} == {
        "bread.txt": "indexed",
        "empty.txt": "failed",
        "harbour.txt": "indexed",
    }
    documents.run(reading_parts, parse(["documents", "search", "harbour", *name]))
    assert capsys.readouterr().out.startswith("1. harbour.txt (")
    assert run(reading_parts, "remove", str(folder), *name)["removed"] == [str(folder)]
    assert run(reading_parts, "search", "harbour", *name)["hits"] == []
    assert run(reading_parts, "remove", *name)["removed"] is True
    with pytest.raises(StudioError) as refused:
        run(reading_parts, "sync", *name)
    assert refused.value.code == "documents.no_collection"
    listed = run(reading_parts, "list")["collections"]
    assert str(folder) not in [each["name"] for each in listed]


@pytest.mark.parametrize("mode", ["hybrid", "dense", "keyword"])
def test_a_data_set_is_measured(reading_parts: Parts, tmp_path: Path, mode: str) -> None:
    lines = [
        {"_id": "a/1", "title": "Harbour", "text": HARBOUR},
        {"_id": "b", "title": "", "text": BREAD},
        {"_id": "c", "title": "", "text": ""},
    ]
    write_lines(tmp_path / "corpus.jsonl", lines)
    questions = [{"_id": "q1", "text": "ice in the harbour"}, {"_id": "q2", "text": "yeast"}]
    write_lines(tmp_path / "queries.jsonl", questions)
    (tmp_path / "qrels.tsv").write_text(
        "query-id\tcorpus-id\tscore\nq1\ta/1\t1\nq2\tb\t1\n", "utf-8"
    )
    measured = run(reading_parts, "evaluate", str(tmp_path), "--mode", mode)
    assert measured["queries"] == 2
    assert (measured["ndcg@10"], measured["recall@5"], measured["mrr@10"]) == (1, 1, 1)
    assert measured["query_ms_p50"] > 0


def write_lines(path: Path, rows: list[dict[str, str]]) -> None:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")


def test_a_folder_that_is_no_data_set_is_refused(reading_parts: Parts, tmp_path: Path) -> None:
    with pytest.raises(StudioError) as refused:
        run(reading_parts, "evaluate", str(tmp_path))
    assert refused.value.code == "evaluation.missing"


def test_what_is_not_there_cannot_be_added_or_taken_out(
    reading_parts: Parts, tmp_path: Path
) -> None:
    with pytest.raises(StudioError) as refused:
        run(reading_parts, "add", str(tmp_path / "nothing"), "--collection", "first")
    assert refused.value.code == "documents.no_file"
    with pytest.raises(StudioError) as kept:
        run(reading_parts, "remove", str(tmp_path), "--collection", "first")
    assert kept.value.code == "documents.no_source"


def test_a_collection_is_cut_in_another_way_when_that_is_asked_for(
    reading_parts: Parts, folder: Path
) -> None:
    name = ("--collection", str(folder))
    (folder / "long.txt").write_text(f"{HARBOUR}\n\n{BREAD}\n\n" * 3, "utf-8")
    run(reading_parts, "add", str(folder), *name)
    assert run(reading_parts, "set", "chunk_tokens", "20", *name)["chunk_tokens"] == 20
    assert run(reading_parts, "set", "language", "en", *name)["language"] == "en"
    told = run(reading_parts, "sync", "--retry", *name)
    assert (told["added"], len(told["failed"])) == (0, 1)
    assert told["chunks"] > 6
    found = run(reading_parts, "search", "harbour ice", *name)["hits"]
    assert len({hit["text"] for hit in found}) == len(found)
    assert run(reading_parts, "set", "chunk_tokens", "", *name)["chunk_tokens"] == 250


@pytest.mark.parametrize(
    ("key", "value"),
    [("chunk_tokens", "many"), ("passage_tokens", "3"), ("language", "Deutsch"), ("embedder", "x")],
)
def test_a_setting_that_makes_no_sense_is_refused(
    reading_parts: Parts, key: str, value: str
) -> None:
    with pytest.raises(StudioError) as refused:
        run(reading_parts, "set", key, value, "--collection", "first")
    assert refused.value.code == "documents.bad_setting"
    assert refused.value.hint
