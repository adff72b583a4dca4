"""Files are read, cut, embedded and found again by the real workers with the starter embedder."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import psutil
import pytest
from support import tiny_documents

from studio.assembly import Parts, open_parts
from studio.documents import checking
from studio.documents.documents import Documents
from studio.documents.values import Collection, Hit

HARBOUR = "The harbour freezes in January. Ships wait outside until the ice has gone."
BREAD = "Bread rises because yeast makes gas in the dough. Warm dough rises sooner."
BIRDS = "Swallows leave in autumn and return to the same barn in spring."


@pytest.fixture
def documents(reading_parts: Parts) -> Documents:
    return reading_parts.documents


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "papers").mkdir()
    return tmp_path / "papers"


def collection_of(documents: Documents, folder: Path) -> Collection:
    collection = documents.collections.create(str(folder))
    documents.collections.add_source(collection.id, folder)
    return collection


def ask(documents: Documents, collection: Collection, question: str) -> list[Hit]:
    return documents.retrieval.search([collection], question, most=3)


def test_a_passage_is_found_by_its_meaning_and_by_its_words(
    documents: Documents, folder: Path
) -> None:
    for name, text in (("harbour.txt", HARBOUR), ("bread.md", BREAD), ("birds.txt", BIRDS)):
        (folder / name).write_text(text, "utf-8")
    collection = collection_of(documents, folder)
    assert documents.ingest.sync(collection.id).added == 3
    for question, name in (
        ("Can boats enter the port in winter?", "harbour.txt"),
        ("Why does a loaf get larger in the oven?", "bread.md"),
        ("swallows", "birds.txt"),
    ):
        best = ask(documents, collection, question)[0]
        assert [path.name for path in best.files] == [name]
    text = (folder / "birds.txt").read_text("utf-8")
    assert best.text == text[best.start : best.end]
    assert best.page is None
    assert set(best.scores) == {"dense", "keyword"}


def test_the_page_of_a_passage_is_told(documents: Documents, folder: Path) -> None:
    tiny_documents.pdf(folder / "three.pdf", [HARBOUR, BREAD, BIRDS])
    collection = collection_of(documents, folder)
    assert documents.ingest.sync(collection.id).failed == []
    best = ask(documents, collection, "Why does bread rise?")[0]
    assert (best.page, best.page_last) == (2, 2)
    assert "yeast" in best.text


def test_what_is_deleted_is_not_found(documents: Documents, folder: Path) -> None:
    (folder / "harbour.txt").write_text(HARBOUR, "utf-8")
    (folder / "bread.txt").write_text(BREAD, "utf-8")
    collection = collection_of(documents, folder)
    documents.ingest.sync(collection.id)
    assert len(ask(documents, collection, "harbour ice")) == 2
    (folder / "harbour.txt").unlink()
    assert documents.ingest.sync(collection.id).removed == 1
    assert [hit.text for hit in ask(documents, collection, "harbour ice")] == [BREAD]


def test_a_question_is_answered_while_files_are_read(documents: Documents, folder: Path) -> None:
    (folder / "a.txt").write_text(HARBOUR, "utf-8")
    collection = collection_of(documents, folder)
    documents.ingest.sync(collection.id)
    (folder / "long.txt").write_text("\n\n".join(f"{BREAD} {n}" for n in range(2_000)), "utf-8")
    stopping = threading.Event()
    syncing = threading.Thread(
        target=documents.ingest.sync, args=[collection.id], kwargs={"must_stop": stopping.is_set}
    )
    syncing.start()
    time.sleep(1)
    best = ask(documents, collection, "When does the harbour freeze?")[0]
    was_running = syncing.is_alive()
    stopping.set()
    syncing.join()
    assert was_running
    assert best.text == HARBOUR


def test_the_caches_are_made_anew_when_they_are_damaged(
    tmp_path: Path, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (folder / "a.txt").write_text(HARBOUR, "utf-8")
    home = tmp_path / "home"
    first = open_parts(home)
    collection = collection_of(first.documents, folder)
    first.documents.ingest.sync(collection.id)
    first.close()
    for file in (path for path in (home / "search").rglob("*") if path.is_file()):
        file.write_bytes(b"damaged" * 9)
    again = open_parts(home)
    found = ask(again.documents, collection, "When does the harbour freeze?")
    again.close()
    assert [hit.text for hit in found] == [HARBOUR]
    assert "an embedder is tested again" in caplog.text


@pytest.mark.skipif(os.name == "nt", reason="the signal is another one there")
def test_a_program_that_is_killed_goes_on_where_it_was(tmp_path: Path, folder: Path) -> None:
    for number in range(150):
        (folder / f"{number}.txt").write_text(f"Paper {number}. {BREAD}", "utf-8")
    home = tmp_path / "home"
    command = [sys.executable, "-P", "-m", "studio", "--home", str(home), "documents"]
    with subprocess.Popen(
        [*command, "add", str(folder), "--collection", "Papers"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as adding:
        until_some_are_there(home, adding)
        children = psutil.Process(adding.pid).children(recursive=True)
        adding.send_signal(signal.SIGKILL)
        psutil.wait_procs(children, timeout=30)
    told = subprocess.run(
        [*command, "sync", "--collection", "Papers", "--json"],
        capture_output=True,
        check=True,
        timeout=300,
    )
    report = json.loads(told.stdout)
    assert 0 < report["added"] < 150
    assert report["added"] + report["unchanged"] == 150
    opened = open_parts(home)
    collection = opened.documents.collections.find("Papers")
    whole = checking.check(opened.database, collection.id).is_whole
    counts = opened.documents.contents.counts(collection.id)
    opened.close()
    assert whole
    assert (counts.files.get("indexed"), counts.contents, counts.chunks) == (150, 150, 150)


def until_some_are_there(home: Path, adding: subprocess.Popen[bytes]) -> None:
    """Wait until a part of the files was read, as the database itself tells."""
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        assert adding.poll() is None
        with (
            contextlib.suppress(sqlite3.OperationalError),
            contextlib.closing(
                sqlite3.connect(f"file:{home / 'studio.db'}?mode=ro", uri=True)
            ) as reading,
        ):
            (count,) = reading.execute("SELECT count(*) FROM doc_chunks").fetchone()
            if count:
                return
        time.sleep(0.02)
    raise AssertionError("nothing was read")
