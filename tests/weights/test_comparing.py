"""Comparisons with the starter model, two presets of it, from the terminal and after a kill."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

from support import terminal
from support.command import studio
from support.exchanges import open_tiny
from support.starter import STARTER
from support.terminal import answer

from studio.assembly import open_parts
from studio.chat.compare import comparing
from studio.chat.compare.comparison import Chosen, Comparison, Which
from studio.chat.compare.comparisons import Comparisons
from studio.chat.turn import ReplyGrew, TurnEvent
from studio.temporary import TemporaryParts


def test_two_presets_of_the_starter_model(profile: Path, starter_model: Path) -> None:
    (profile / "models").mkdir(parents=True)
    shutil.copy(starter_model, profile / "models" / STARTER.name)
    parts = open_parts(profile)
    for name in ("brief", "creative"):  # the model may ramble on, by the seed it draws
        preset = parts.presets.get(name)
        parts.preset_keeper.save(replace(preset, sampling=replace(preset.sampling, max_tokens=16)))
    comparisons = Comparisons(parts.database)
    seen: list[str] = []

    def told(which: Which, event: TurnEvent, made: Comparison) -> None:
        if isinstance(event, ReplyGrew) and which == "left" and not seen:
            seen.append(comparisons.get(made.id).left.status)

    contest = comparing.begin(
        lambda: TemporaryParts(parts),
        comparisons,
        "Name one colour.",
        Chosen(STARTER.stem, "brief"),
        Chosen(STARTER.stem, "creative"),
        told,
    )
    try:
        contest.written.result(120)
        found = comparisons.get(contest.comparison.id)
        assert seen == ["writing"]
        for side in (found.left, found.right):
            assert side.status == "finished"
            assert side.reply
            assert side.figures is not None
            assert side.memory_bytes
            assert side.recipe["sampling"]["seed"] is not None
        assert (found.left.preset, found.right.preset) == ("brief", "creative")
        assert parts.conversations.list() == []
    finally:
        contest.close()
        parts.close()


def test_from_the_terminal_with_its_tally(profile: Path) -> None:
    open_tiny(profile).close()
    sides = ("--left", "tiny:plain", "--right", "tiny:brief")
    made = answer(terminal.studio("compare", "Hello", *sides, "--json", home=profile))
    assert made["left"]["preset"] == "plain"
    assert made["left"]["status"] == "finished"
    vote = f"{made['id']}=right"
    told = answer(studio("compare", "tally", "--vote", vote, "--json", home=profile))
    (pair,) = told["pairs"]
    assert (pair["one"], pair["one_wins"], pair["other_wins"]) == ("tiny · Brief", 1, 0)
    assert told["history"][0]["id"] == made["id"]
    for wrong, code in (
        (("compare", "Hello", "--left", "tiny", "--right", "tiny"), "comparison.same"),
        (("compare", "Hello", "--left", "gone", "--right", "tiny"), "model.unknown"),
        (("compare", "Hello", "--left", "tiny:gone"), "preset.unknown"),
        (("compare", "Hello"), "comparison.no_sides"),
        (("compare", "tally", "--vote", "x=left"), "comparison.unknown"),
        (("compare", "tally", "--vote", made["id"]), "comparison.vote"),
    ):
        refused = studio(*wrong, "--json", home=profile)
        assert refused.returncode == 1
        assert answer(refused)["error"]["code"] == code


def test_killed_in_the_middle_all_that_had_come_is_there(
    profile: Path, starter_model: Path
) -> None:
    (profile / "models").mkdir(parents=True)
    shutil.copy(starter_model, profile / "models" / STARTER.name)
    open_parts(profile).close()
    command = [sys.executable, "-P", "-m", "studio", "--home", str(profile), "compare"]
    sides = ["Tell a very long story about the sea.", "--left", ":creative", "--right", ":brief"]
    running = subprocess.Popen(
        [*command, *sides], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    parts = open_parts(profile)
    try:
        comparisons = Comparisons(parts.database)
        until = time.monotonic() + 120
        while time.monotonic() < until:
            found = comparisons.list()
            if found and found[0].left.reply:
                break
            time.sleep(0.05)
        running.kill()
        running.wait(30)
        (left,) = (each.left for each in comparisons.list())
        assert left.reply
        assert left.status == "interrupted"
    finally:
        running.kill()
        running.wait(30)
        parts.close()
