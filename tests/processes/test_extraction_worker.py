"""The extraction worker reads files and refuses bad ones; it may hang or die without harm."""

from __future__ import annotations

import hashlib
import os
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from support import tiny_documents as tiny

from benchmarks import messy
from studio.documents.extracting import Extractor, Patience, shown_name
from studio.engine.extraction import WORKER, Limits
from studio.engine.host import Host
from studio.errors import StudioError

BEGIN = """
import sys, time
from studio.engine import extraction, protocol
protocol.write(sys.stdout.buffer, protocol.Ready({}))
protocol.read(sys.stdin.buffer)
"""
LINES = {
    "document.too_slow": "time.sleep(60)",
    "document.crashed": "sys.exit(3)",
    "document.memory": "sys.exit('memory allocation of 99 bytes failed')",
}
posix = pytest.mark.skipif(sys.platform == "win32", reason="modes and pipes of POSIX")


class Started:
    """Starts workers, and remembers how many."""

    def __init__(self, log: Path, command: list[str] | None = None) -> None:
        self.hosts: list[Host] = []
        self._log = log
        self._command = command

    def __call__(self) -> Host:
        host = Host(WORKER, self._log, self._command)
        host.start()
        self.hosts.append(host)
        return host


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Started:
    return Started(tmp_path_factory.mktemp("logs") / "worker.log")


@pytest.fixture
def extractor(started: Started) -> Iterator[Extractor]:
    extractor = Extractor(started)
    yield extractor
    extractor.close()


def refused(extractor: Extractor, path: Path, **given: str) -> StudioError:
    with pytest.raises(StudioError) as caught:
        extractor.extract(path, **given)  # type: ignore[arg-type]
    return caught.value


def test_a_file_is_read_with_its_pages(extractor: Extractor, tmp_path: Path) -> None:
    path = tiny.pdf(tmp_path / "a.pdf", [f"Page {number}" for number in range(1, 301)], "A title")
    seen: list[int] = []
    found = extractor.extract(path, progressed=lambda _done, total: seen.append(total))
    assert (found.kind, found.title, found.has_pages) == ("pdf", "A title", True)
    assert [page.text for page in found.pages] == [f"Page {number}" for number in range(1, 301)]
    assert set(seen) <= {300}


def test_a_long_text_travels_in_parts_and_arrives_whole(started: Started, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("0123456789äöü€\n" * 100_000, "utf-8")
    extractor = Extractor(started, Limits(characters=1_400_000))
    try:
        found = extractor.extract(path)
    finally:
        extractor.close()
    assert found.pages[0].text == ("0123456789äöü€\n" * 100_000)[:1_400_000]
    assert found.notices == ("Only the first 1,400,000 characters were read.",)


def test_bad_files_are_refused_one_after_the_other_by_the_same_worker(
    started: Started, extractor: Extractor, tmp_path: Path
) -> None:
    begun = len(started.hosts)
    (tmp_path / "empty.pdf").touch()
    (tmp_path / "cut.docx").write_bytes(b"PK\x03\x04 broken off")
    tiny.encrypted_pdf(tmp_path / "locked.pdf", "Private", "sesame")
    codes = {
        name: refused(extractor, tmp_path / name).code
        for name in ("empty.pdf", "cut.docx", "locked.pdf", "gone.txt", ".")
    }
    assert codes == {
        "empty.pdf": "document.empty",
        "cut.docx": "document.damaged",
        "locked.pdf": "document.password",
        "gone.txt": "document.missing",
        ".": "document.not_a_file",
    }
    assert extractor.extract(tmp_path / "locked.pdf", password="sesame").pages[0].text == "Private"
    assert len(started.hosts) == begun + 1


@posix
def test_a_pipe_is_not_waited_for(extractor: Extractor, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert refused(extractor, tmp_path / "pipe.txt").code == "document.not_a_file"


@posix
@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="may read everything")
def test_a_file_of_somebody_else_is_refused(extractor: Extractor, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("words")
    path.chmod(0)
    assert refused(extractor, path).code == "document.no_permission"


@posix
@pytest.mark.parametrize(
    "name",
    [
        "two\nlines.txt",
        "\U0001f40b.txt",
        "é" * 125 + "x.txt",
        "\u202e\u05e9\u05dc\u05d5\u05dd\u202c.txt",
        "a\udcff.txt",
    ],
    ids=["newline", "emoji", "255 bytes", "right to left", "no UTF-8"],
)
def test_any_name_is_read_and_can_be_told(extractor: Extractor, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text("words")
    assert extractor.extract(path).pages[0].text == "words"
    path.write_bytes(b"")
    told = refused(extractor, path).what
    assert told.encode("utf-8")
    assert not set(told) & set("\n\u202e\udcff")


def test_other_bytes_than_were_meant_are_told(extractor: Extractor, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("before")
    meant = hashlib.sha256(b"before").hexdigest()
    assert extractor.extract(path, sha256=meant).pages[0].text == "before"
    path.write_text("after")
    assert refused(extractor, path, sha256=meant).code == "document.changed"


def test_a_file_that_is_written_to_while_it_is_read_is_told(
    extractor: Extractor, tmp_path: Path
) -> None:
    path = tiny.pdf(tmp_path / "a.pdf", ["A page of many"] * 4_000)
    changed = False

    def progressed(_done: int, _total: int) -> None:
        nonlocal changed
        if not changed:
            with path.open("ab") as file:
                file.write(b"% more")
            changed = True

    with pytest.raises(StudioError) as caught:
        extractor.extract(path, progressed=progressed)
    assert changed
    assert caught.value.code == "document.changed"


def test_stop_is_heard_between_pages(
    started: Started, extractor: Extractor, tmp_path: Path
) -> None:
    path = tiny.pdf(tmp_path / "a.pdf", ["A page of many"] * 4_000)
    pressed = threading.Event()
    with pytest.raises(StudioError) as caught:
        extractor.extract(
            path,
            is_cancelled=pressed.is_set,
            progressed=lambda _done, _total: pressed.set(),
        )
    assert caught.value.code == "cancelled"
    assert started.hosts[-1].alive


def test_a_worker_that_dies_costs_one_file(
    started: Started, extractor: Extractor, tmp_path: Path
) -> None:
    path = tiny.pdf(tmp_path / "a.pdf", ["A page of many"] * 4_000)

    def progressed(_done: int, _total: int) -> None:
        process = psutil.Process(started.hosts[-1].pid)
        if process.is_running():
            process.kill()

    with pytest.raises(StudioError) as caught:
        extractor.extract(path, progressed=progressed)
    assert caught.value.code in ("document.memory", "document.crashed")
    (tmp_path / "b.txt").write_text("words")
    assert extractor.extract(tmp_path / "b.txt").pages[0].text == "words"


@pytest.mark.parametrize("code", LINES)
def test_a_worker_that_hangs_or_crashes_is_told_as_the_files_fault(
    tmp_path: Path, code: str
) -> None:
    started = Started(tmp_path / "log", [sys.executable, "-c", BEGIN + LINES[code]])
    extractor = Extractor(started, patience=Patience(still_s=0.5))
    try:
        error = refused(extractor, tmp_path / "a.pdf")
    finally:
        extractor.close()
    assert error.code == code
    assert "“a.pdf”" in error.what


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the application looks itself")
def test_a_file_that_needs_too_much_memory_costs_one_file(started: Started, tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_text("<?xml version='1.0'?><a>" + "<b/>" * 1_500_000 + "</a>")
    extractor = Extractor(started, Limits(memory_bytes=160 << 20))
    try:
        assert refused(extractor, path).code == "document.memory"
        (tmp_path / "b.txt").write_text("words")
        assert extractor.extract(tmp_path / "b.txt").pages[0].text == "words"
    finally:
        extractor.close()


def test_a_text_of_a_gigabyte_is_cut_and_needs_little_memory(
    started: Started, tmp_path: Path
) -> None:
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.write(b"The words at the beginning. " * 5000)
        file.truncate(1 << 30)  # the rest is a hole, read as zeros
    limits = Limits(characters=100_000, memory_bytes=600 << 20)
    extractor = Extractor(started, limits)
    try:
        found = extractor.extract(path)
    finally:
        extractor.close()
    assert found.pages[0].text.startswith("The words at the beginning. ")
    assert len(found.pages[0].text) == 100_000


def test_a_name_is_shown_on_one_line_in_one_direction() -> None:
    assert shown_name(Path("a\nb\u202ec\x07.txt")) == "a bc.txt"


@pytest.fixture
def files() -> Path:
    folder = Path(os.environ.get(messy.FOLDER, "-")) / "messy"
    if not folder.is_dir():
        pytest.skip(f"{messy.FOLDER} names no folder with the files of this test")
    return folder


def test_what_is_known_of_untidy_files_is_found(files: Path, tmp_path: Path) -> None:
    """Those that need no recognition, which the benchmark measures with it."""
    facts = [fact for fact in messy.read_facts(files / "facts.jsonl") if fact.needs != "ocr"]
    missed = [
        fact
        for fact, is_found in messy.looked_for(files / "files", facts, tmp_path)
        if not is_found
    ]
    assert missed == []
    assert len(facts) > 50
