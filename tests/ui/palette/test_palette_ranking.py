"""Thousands of candidates, ranked in slices."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from studio.ui.palette import ranking as ranking_module
from studio.ui.palette.items import Item, candidates
from studio.ui.palette.ranking import AT_MOST, Ranking

WORDS = ("Paris and London", "a résumé in Word", "network cables", "new shoes")


def nothing() -> None:
    """Do nothing."""


def chats(count: int) -> list[Item]:
    return [Item(f"{WORDS[n % 4]} {n}", "Chat", nothing) for n in range(count)]


def answer(qtbot: QtBot, ranking: Ranking, words: str) -> list[Item]:
    told: list[list[Item]] = []
    ranking.ranked.connect(told.append)
    ranking.look(words)
    qtbot.waitUntil(lambda: not ranking.is_busy)
    ranking.ranked.disconnect(told.append)
    return told[-1]


def test_ten_thousand_are_searched_and_the_best_are_told(qtbot: QtBot) -> None:
    ranking = Ranking()
    ranking.add(candidates(chats(10_000)))
    found = answer(qtbot, ranking, "resume wo")
    assert len(found) == AT_MOST
    assert found[0].title == "a résumé in Word 1"
    assert answer(qtbot, ranking, "zzq") == []
    assert [item.title for item in answer(qtbot, ranking, "shoes 9999")] == ["new shoes 9999"]


def test_no_slice_goes_on_after_its_time(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]

    def clock() -> float:
        now[0] += 0.002
        return now[0]

    monkeypatch.setattr(ranking_module, "monotonic", clock)
    ranking = Ranking()
    ranking.add(candidates(chats(10_000)))
    looks = now[0]
    ranking.look("new")
    assert ranking.is_busy
    assert now[0] - looks <= 0.012
    qtbot.waitUntil(lambda: not ranking.is_busy)


def test_more_letters_narrow_and_fewer_widen_again(qtbot: QtBot) -> None:
    ranking = Ranking()
    ranking.add(candidates(chats(400)))
    for words, first in (("n", "ne"), ("ne", "ne"), ("net", "network"), ("new", "new")):
        found = answer(qtbot, ranking, words)
        assert found
        assert all(first in item.title for item in found[:10])


def test_commands_come_before_chats_at_the_same_fit(qtbot: QtBot) -> None:
    ranking = Ranking()
    ranking.add(candidates([Item("Stop", "Chat", nothing)]))
    ranking.add(candidates([Item("Stop", "Command", nothing)]))
    assert [item.kind for item in answer(qtbot, ranking, "stop")] == ["Command", "Chat"]


def test_nothing_typed_offers_commands_and_the_newest_chats(qtbot: QtBot) -> None:
    ranking = Ranking()
    ranking.add(candidates([Item("Quit", "Command", nothing), Item("Theme", "Settings", nothing)]))
    ranking.add(candidates(chats(100)))
    found = answer(qtbot, ranking, "  ")
    assert [item.title for item in found] == ["Quit", *(item.title for item in chats(8))]


@pytest.mark.parametrize("words", ["a" * 100_000, "x " * 50_000, "\0", "\ud83d", "([*+?"])
def test_whatever_is_pasted_is_only_looked_for(qtbot: QtBot, words: str) -> None:
    ranking = Ranking()
    ranking.add(candidates(chats(1_000)))
    assert len(answer(qtbot, ranking, words)) <= AT_MOST
