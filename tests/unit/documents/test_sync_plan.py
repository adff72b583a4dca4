"""What has to be done is what differs between the files that are there and those that are known."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from studio.documents.file_table import KnownFile
from studio.documents.scan import Found, Scan
from studio.documents.sources import Source
from studio.documents.sync_plan import plan
from studio.documents.values import FileState

TOP = Path("/papers")


def found(name: str, size: int = 1, modified_ns: int = 1) -> Found:
    return Found(TOP / name, size, modified_ns, "s")


def known(*names: str, state: FileState = "indexed") -> dict[Path, KnownFile]:
    return {TOP / name: KnownFile("s", 1, 1, state, "x") for name in names}


def test_new_changed_unchanged_and_gone() -> None:
    seen = Scan(found=[found("new"), found("same"), found("longer", 2), found("later", 1, 2)])
    done = plan(seen, known("same", "longer", "later", "gone"))
    assert [each.path.name for each in done.new] == ["new"]
    assert [each.path.name for each in done.changed] == ["longer", "later"]
    assert done.gone == (TOP / "gone",)
    assert (done.unchanged, done.failed, done.kept) == (1, 0, 0)
    assert [each.path.name for each in done.to_read] == ["new", "longer", "later"]


def test_a_file_with_an_older_time_than_before_has_changed_too() -> None:
    assert plan(Scan(found=[found("a", 1, 0)]), known("a")).changed


def test_a_waiting_file_is_read_and_one_in_quarantine_is_not() -> None:
    files = known("waits", state="waiting") | known("failed", state="failed")
    done = plan(Scan(found=[found("waits"), found("failed")]), files)
    assert [each.path.name for each in done.to_read] == ["waits"]
    assert (done.unchanged, done.failed) == (1, 1)
    assert plan(Scan(found=[found("failed", 2)]), known("failed", state="failed")).changed


def test_what_failed_for_a_passing_reason_is_tried_again() -> None:
    before = {TOP / "locked": KnownFile("s", 1, 1, "failed", "x", is_passing=True)}
    assert plan(Scan(found=[found("locked")]), before).waiting == (found("locked"),)


def test_files_of_a_source_that_is_absent_are_kept() -> None:
    absent = Source("s", "c", "folder", TOP, datetime(2024, 5, 1, tzinfo=UTC))
    done = plan(Scan(absent=[absent]), known("a", "b"))
    assert (done.gone, done.kept) == ((), 2)


def test_files_where_nobody_can_look_are_kept() -> None:
    seen = Scan(unreadable={TOP / "shut": "Permission denied", TOP / "file": "Input error"})
    done = plan(seen, known("shut/deep/a", "shutter", "file", "gone"))
    assert set(done.gone) == {TOP / "shutter", TOP / "gone"}
    assert done.kept == 2


def test_nothing_is_gone_by_a_scan_that_was_stopped() -> None:
    done = plan(Scan(is_whole=False), known("a"))
    assert (done.gone, done.kept) == ((), 1)
