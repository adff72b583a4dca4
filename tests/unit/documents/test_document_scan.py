"""A scan finds the files that are there, and tells what it leaves out and where it cannot look."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from studio.documents.scan import EXAMPLES, Rules, Scan, scan
from studio.documents.sources import Source, SourceKind, device_of


@pytest.fixture
def top(tmp_path: Path) -> Path:
    folder = tmp_path / "papers"
    folder.mkdir()
    return folder


def source(path: Path, kind: SourceKind = "folder", key: str = "s") -> Source:
    return Source(key, "c", kind, path, datetime(2024, 5, 1, tzinfo=UTC), device_of(path))


def write(top: Path, *names: str) -> None:
    for name in names:
        path = top / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("words", "utf-8")


def names(seen: Scan, top: Path) -> list[str]:
    return sorted(each.path.relative_to(top).as_posix() for each in seen.found)


def left(seen: Scan) -> dict[str, int]:
    return {reason: each.count for reason, each in seen.left_out.items()}


def test_files_are_found_in_all_folders_with_size_and_time(top: Path) -> None:
    write(top, "a.txt", "deep/deeper/b.txt")
    os.utime(top / "a.txt", ns=(7, 123_456_700))
    seen = scan([source(top)], Rules())
    assert names(seen, top) == ["a.txt", "deep/deeper/b.txt"]
    (a,) = [each for each in seen.found if each.path.name == "a.txt"]
    assert (a.size_bytes, a.modified_ns, a.source) == (5, 123_456_700, "s")
    assert seen.is_whole
    assert (seen.left_out, seen.unreadable, seen.absent) == ({}, {}, [])


def test_what_is_left_out_is_counted_with_examples(top: Path) -> None:
    write(top, "keep.txt", ".hidden", ".git/config", "draft.tmp", "node_modules/x.js")
    write(top, *(f"{number}.tmp" for number in range(EXAMPLES)))
    (top / "large.txt").write_bytes(b"x" * 11)
    (top / "dead").symlink_to(top / "nothing")
    os.mkfifo(top / "pipe")
    seen = scan([source(top)], Rules(most_bytes=10))
    assert names(seen, top) == ["keep.txt"]
    assert left(seen) == {
        "hidden": 2,
        "ignored": EXAMPLES + 2,
        "too_large": 1,
        "dead_link": 1,
        "not_a_file": 1,
    }
    assert len(seen.left_out["ignored"].examples) == EXAMPLES
    assert seen.left_out["too_large"].examples == [top / "large.txt"]


def test_rules_can_let_more_through(top: Path) -> None:
    write(top, ".hidden", "a.tmp", ".config/b.txt", "private/c.txt")
    rules = Rules(ignore=("/private",), hidden=True)
    assert names(scan([source(top)], rules), top) == [".config/b.txt", ".hidden", "a.tmp"]


def test_links_in_a_circle_come_to_an_end(top: Path) -> None:
    write(top, "z/file.txt")
    (top / "a-circle").symlink_to(top)
    (top / "z" / "up").symlink_to(top / "z")
    (top / "itself").symlink_to(top / "itself")
    seen = scan([source(top)], Rules())
    assert names(seen, top) == ["z/file.txt"]
    assert left(seen) == {"seen_before": 2}
    assert set(seen.unreadable) == {top / "itself"}


def test_a_linked_folder_is_followed_and_goes_by_its_own_name_if_it_has_one(
    top: Path, tmp_path: Path
) -> None:
    write(tmp_path / "elsewhere", "far.txt")
    write(top, "near/n.txt")
    (top / "a-far").symlink_to(tmp_path / "elsewhere")
    (top / "a-near").symlink_to(top / "near")
    seen = scan([source(top)], Rules())
    assert names(seen, top) == ["a-far/far.txt", "near/n.txt"]
    assert left(seen) == {"seen_before": 1}


def test_the_programs_own_folder_is_passed_over_also_behind_a_link(top: Path) -> None:
    write(top, "own/data/studio.db", "own-not/a.txt", "b.txt")
    (top / "link").symlink_to(top / "own" / "data")
    (top / "file-link").symlink_to(top / "own" / "data" / "studio.db")
    seen = scan([source(top)], Rules(own=top / "own"))
    assert names(seen, top) == ["b.txt", "own-not/a.txt"]
    assert left(seen) == {"own": 3}


def test_a_path_that_two_sources_hold_is_found_once(top: Path) -> None:
    write(top, "sub/a.txt", "b.txt")
    both = [source(top / "sub", key="inner"), source(top, key="outer")]
    seen = scan(both, Rules())
    assert {each.path.name: each.source for each in seen.found} == {
        "a.txt": "inner",
        "b.txt": "outer",
    }


def test_a_file_that_was_added_by_name_is_taken_whatever_it_is_called(top: Path) -> None:
    write(top, ".secret.tmp", "large.txt")
    (top / "large.txt").write_bytes(b"x" * 11)
    by_name = [source(top / name, "file") for name in (".secret.tmp", "large.txt")]
    seen = scan(by_name, Rules(most_bytes=10))
    assert names(seen, top) == [".secret.tmp"]
    assert left(seen) == {"too_large": 1}


def test_a_pasted_text_is_always_there() -> None:
    moment = datetime(2024, 5, 1, tzinfo=UTC)
    pasted = Source("t", "c", "text", Path("Notes"), moment, "", 12)
    (found,) = scan([pasted], Rules(most_bytes=1)).found
    assert (found.path, found.size_bytes, found.source) == (Path("Notes"), 12, "t")
    assert found.modified_ns == int(moment.timestamp()) * 10**9


def test_a_folder_that_is_gone_as_a_whole_is_told(top: Path) -> None:
    gone = source(top / "gone")
    assert scan([gone], Rules()).absent == [gone]
    write(top, "now-a-file")
    changed = source(top / "now-a-file")
    assert scan([changed], Rules()).absent == [changed]


def test_the_empty_place_of_a_drive_is_told_from_a_folder_that_was_emptied(top: Path) -> None:
    emptied = source(top)
    assert scan([emptied], Rules()).absent == []
    on_a_drive = replace(emptied, device="another disk")
    assert scan([on_a_drive], Rules()).absent == [on_a_drive]
    write(top, "a.txt")
    assert scan([on_a_drive], Rules()).absent == []


def test_a_deleted_file_is_told_from_one_whose_drive_is_not_connected(top: Path) -> None:
    write(top, "a.txt")
    file = source(top / "a.txt", "file")
    (top / "a.txt").unlink()
    assert scan([file], Rules()).absent == []
    elsewhere = replace(file, device="another disk")
    assert scan([elsewhere], Rules()).absent == [elsewhere]
    away = replace(file, path=top / "gone" / "a.txt")
    assert scan([away], Rules()).absent == [away]


def test_a_folder_that_cannot_be_read_is_told(top: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(top, "open/a.txt", "shut/b.txt")
    really = os.scandir

    def guarded(path: str) -> Any:
        if path.endswith("shut"):
            raise PermissionError(13, "Permission denied", path)
        return really(path)

    monkeypatch.setattr(os, "scandir", guarded)
    seen = scan([source(top)], Rules())
    assert names(seen, top) == ["open/a.txt"]
    assert seen.unreadable == {top / "shut": "Permission denied"}


def test_a_drive_that_is_pulled_out_meanwhile_is_told(
    top: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(top, "a/1.txt", "b/2.txt")
    drive = source(top)
    really = os.scandir

    def pulled_out(path: str) -> Any:
        if path != str(top):
            top.rename(top.with_name("pulled"))
            monkeypatch.setattr(os, "scandir", really)
        return really(path)

    monkeypatch.setattr(os, "scandir", pulled_out)
    seen = scan([drive], Rules())
    assert seen.found == []
    assert seen.absent == [drive]


def test_a_scan_can_be_stopped(top: Path) -> None:
    write(top, "a/1.txt", "b/2.txt")
    answers: Iterator[bool] = iter([False, False, True])
    seen = scan([source(top)], Rules(), lambda: next(answers))
    assert not seen.is_whole
    assert len(seen.found) == 1


def test_names_of_any_bytes_are_found(top: Path) -> None:
    raw = [b"caf\xe9.txt", b"two\nlines", "שלום ‮ 🎉.pdf".encode(), b"x" * 255]
    for name in raw:
        try:
            (top / os.fsdecode(name)).touch()
        except OSError:  # a file system that takes only UTF-8
            raw = [each for each in raw if each != name]
    found = scan([source(top)], Rules()).found
    assert sorted(os.fsencode(each.path.name) for each in found) == sorted(raw)
    assert raw


def test_ten_thousand_files_are_listed_without_a_look_at_each_folder_twice(
    top: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder in range(50):
        (top / str(folder)).mkdir()
        for number in range(200):
            os.close(os.open(top / str(folder) / str(number), os.O_CREAT))
    listed: list[str] = []
    really = os.scandir

    def counted(path: str) -> Any:
        listed.append(path)
        return really(path)

    monkeypatch.setattr(os, "scandir", counted)
    assert len(scan([source(top)], Rules()).found) == 10_000
    assert len(listed) == 51
