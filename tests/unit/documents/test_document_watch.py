"""Changes of files are told once they have settled, once each."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
from support.clock import Clock

from studio.documents import watch
from studio.documents.scan import Rules
from studio.documents.sources import Source, device_of
from studio.documents.watch import MOST_WAIT_S, SETTLED_S, SHARE, Looker, Watch, pause_s
from studio.errors import StudioError


@pytest.fixture
def top(tmp_path: Path) -> Path:
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "a.txt").write_text("one", "utf-8")
    return folder


def source(path: Path, key: str = "s") -> Source:
    moment = datetime(2024, 5, 1, tzinfo=UTC)
    return Source(key, "c", "folder", path, moment, device_of(path))


def settles(looker: Looker, clock: Clock, *sources: Source) -> list[str]:
    """Look now and again when a change has settled; return what was told at the second look."""
    assert looker.look(sources, Rules()) == []
    clock.now += SETTLED_S
    return [each.id for each in looker.look(sources, Rules())]


def test_what_is_first_seen_is_not_told(top: Path) -> None:
    clock = Clock()
    looker = Looker(clock)
    assert settles(looker, clock, source(top)) == []
    assert not looker.is_unsettled


def test_every_kind_of_change_is_told_once(top: Path) -> None:
    clock = Clock()
    looker = Looker(clock)
    looker.look([source(top)], Rules())
    changes = (
        lambda: (top / "b.txt").write_text("two", "utf-8"),
        lambda: (top / "b.txt").write_text("longer", "utf-8"),
        lambda: (top / "b.txt").rename(top / "c.txt"),
        lambda: (top / "c.txt").unlink(),
        lambda: (top / "deep").mkdir(),
        lambda: (top / "deep" / "d.txt").touch(),
        lambda: top.rename(top.with_name("elsewhere")),
    )
    told = []
    for change in changes:
        change()
        told.append(settles(looker, clock, source(top)))
        assert settles(looker, clock, source(top)) == []
    assert told == [["s"], ["s"], ["s"], ["s"], [], ["s"], ["s"]]


def test_only_the_source_that_changed_is_told(top: Path, tmp_path: Path) -> None:
    clock = Clock()
    looker = Looker(clock)
    other = source(tmp_path / "profile", "other")
    looker.look([source(top), other], Rules())
    (top / "b.txt").touch()
    assert settles(looker, clock, source(top), other) == ["s"]


def test_a_file_that_is_being_written_is_told_when_it_rests(top: Path) -> None:
    clock = Clock()
    looker = Looker(clock)
    looker.look([source(top)], Rules())
    for length in range(4, 9):
        (top / "a.txt").write_text("x" * length, "utf-8")
        assert looker.look([source(top)], Rules()) == []
        assert looker.is_unsettled
        clock.now += SETTLED_S / 2
    assert looker.look([source(top)], Rules()) == []
    clock.now += SETTLED_S / 2
    assert looker.look([source(top)], Rules()) == [source(top)]


def test_a_file_that_never_rests_does_not_hide_the_others_for_ever(top: Path) -> None:
    clock = Clock()
    looker = Looker(clock)
    looker.look([source(top)], Rules())
    told_at = []
    for second in range(round(MOST_WAIT_S) * 2 + 5):
        (top / "a.txt").write_text("x" * (second + 9), "utf-8")
        if looker.look([source(top)], Rules()):
            told_at.append(second)
        clock.now += 1
    assert told_at == [round(MOST_WAIT_S), 2 * round(MOST_WAIT_S) + 1]


def test_a_change_that_was_taken_back_is_not_told(top: Path) -> None:
    clock = Clock()
    looker = Looker(clock)
    looker.look([source(top)], Rules())
    (top / "b.txt").touch()
    looker.look([source(top)], Rules())
    (top / "b.txt").unlink()
    assert settles(looker, clock, source(top)) == []
    assert not looker.is_unsettled


def test_looks_take_a_small_share_of_a_core() -> None:
    assert pause_s(0.0, False) == watch.LEAST_S
    assert pause_s(0.1, False) == pytest.approx(0.1 / SHARE)
    assert pause_s(60.0, False) == watch.MOST_S
    assert pause_s(0.0, True) <= SETTLED_S / 2


@pytest.fixture
def _hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "SETTLED_S", 0.0)
    monkeypatch.setattr(watch, "LEAST_S", 0.0)
    monkeypatch.setattr(watch, "MOST_S", 0.01)


@pytest.mark.usefixtures("_hurried")
def test_a_watch_tells_on_its_own_thread_and_ends_when_closed(top: Path) -> None:
    told = threading.Event()
    looked = threading.Event()

    def rules() -> Rules:
        if len(seen) > 1:
            looked.set()
        seen.append(1)
        return Rules()

    seen: list[int] = []
    failures: list[StudioError] = []
    watching = Watch(lambda: [source(top)], rules, lambda _: told.set(), failures.append)
    watching.start()
    assert looked.wait(20)
    (top / "b.txt").touch()
    assert told.wait(20)
    watching.close()
    assert failures == []


@pytest.mark.usefixtures("_hurried")
def test_a_watch_goes_on_after_a_failure(caplog: pytest.LogCaptureFixture) -> None:
    failed = threading.Semaphore(0)
    failures: list[StudioError] = []

    def sources() -> list[Source]:
        raise StudioError("database.busy", "Busy.", "Wait.")

    def note(error: StudioError) -> None:
        failures.append(error)
        failed.release()

    watching = Watch(sources, Rules, lambda _: None, note)
    watching.start()
    assert failed.acquire(timeout=20)
    assert failed.acquire(timeout=20)
    watching.close()
    assert {each.code for each in failures} == {"database.busy"}
    assert "in the background" in caplog.text


def test_a_watch_that_never_began_can_be_closed(top: Path) -> None:
    Watch(lambda: [source(top)], Rules, lambda _: None, lambda _: None).close()
