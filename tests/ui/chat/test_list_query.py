"""What is typed is taken apart, and chats stand in their sections."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from studio.chat.conversation import Conversation
from studio.chat.search.search import Hit
from studio.ui.chat.conversations.found import Found, around
from studio.ui.chat.conversations.query import Query, parse_query, tag_filter
from studio.ui.chat.conversations.rows import IS_TALL, ConversationRows
from studio.ui.chat.conversations.sections import Folder, by_section

NOW = datetime(2026, 6, 17, 14, 30, tzinfo=UTC)
SKY = Conversation("sky", "Sky", NOW, NOW)
BEES = replace(SKY, id="bees", updated_at=NOW - timedelta(days=1))


@pytest.mark.parametrize(
    ("text", "words", "tags"),
    [
        ("", "", ()),
        ("  two  words ", "two  words", ()),
        ("tag:Work", "", ("work",)),
        ("a tag:work  b", "a b", ("work",)),
        ('tag:"at home" soup', "soup", ("at home",)),
        ('tag:"at ho', "", ("at ho",)),
        ("tag: soup", "soup", ()),
        ("vantage:x", "vantage:x", ()),
        ("tag:a tag:b", "", ("a", "b")),
        ("TAG:a", "", ("a",)),
    ],
)
def test_tags_are_told_from_words(text: str, words: str, tags: tuple[str, ...]) -> None:
    assert parse_query(text) == Query(text.strip(), words, tags)


def test_tags_filter_by_their_beginning_and_all_must_be_there() -> None:
    query = parse_query("tag:wo tag:idea")
    assert query.allows(["Work", "Ideas"])
    assert not query.allows(["Work"])
    assert not query.allows(["Homework", "Ideas"])
    assert parse_query(tag_filter("At home")).allows(["at HOME"])
    assert parse_query(tag_filter("work")).allows(["work"])


def test_without_pins_and_folders_only_days_are_seen() -> None:
    assert by_section([SKY, BEES], NOW) == ["Today", SKY, "Yesterday", BEES]
    assert by_section([], NOW) == []


def test_pinned_come_first_then_folders_by_name() -> None:
    pinned = replace(SKY, id="pinned", pinned=True, folder="Work")
    work, home = replace(SKY, id="w", folder="Work"), replace(SKY, id="h", folder="home")
    assert by_section([SKY, pinned, work, home], NOW, {"Work"}) == [
        "Pinned",
        pinned,
        Folder("home", 1, is_folded=False),
        home,
        Folder("Work", 1, is_folded=True),
        "Today",
        SKY,
    ]


def test_an_excerpt_begins_shortly_before_its_first_match() -> None:
    marked = around(
        "…and then all of the others went to the harbour at night", [(40, 47), (51, 56)]
    )
    assert marked.text == "…went to the harbour at night"
    assert [marked.text[left:right] for left, right in marked.spans] == ["harbour", "night"]
    near = around("The harbour", [(4, 11)])
    assert (near.text, near.spans) == ("The harbour", [(4, 11)])
    assert around("x" * 60, [(50, 55)]).text.startswith("…x")


def test_rows_with_folders_and_excerpts_are_a_sound_model(qtbot: QtBot) -> None:
    rows = ConversationRows(lambda _name, _title: None, lambda: NOW)
    tester = QAbstractItemModelTester(rows, QAbstractItemModelTester.FailureReportingMode.Warning)
    filed = replace(SKY, id="filed", folder="Work")
    assert rows.set_conversations([SKY, filed])
    assert rows.folder_index("Work").isValid()
    assert not rows.folder_index("Home").isValid()
    rows.turn_folder("Work")
    assert rows.set_conversations([SKY, filed])
    assert not rows.index_of("filed").isValid()
    hit = Hit("filed", "m", "Sky", "the sky", ((4, 7),), "user", NOW)
    assert rows.set_conversations([SKY, filed], Found("sky", {"filed": hit}))
    assert rows.index_of("filed").data(IS_TALL)
    assert not rows.index_of("sky").data(IS_TALL)
    assert not rows.folder_index("Work").isValid(), "an answer is never in sections"
    assert not rows.set_conversations([SKY, filed], Found("sky", {"filed": hit}))
    assert rows.set_conversations([SKY, filed], Found("sk")), "a row shrank"
    assert tester.model() is rows
