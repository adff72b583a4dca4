"""A conversation outside the database is whole, in order, and its own."""

from __future__ import annotations

import itertools
from dataclasses import fields, replace

import pytest
from support.archived import NOW, conversation, message

from studio.chat.conversation import Conversation, Message
from studio.chat.transfer.archive import (
    ArchivedMessage,
    BrokenTreeError,
    archive,
    branch,
    parents_first,
    with_fresh_ids,
)


def test_a_conversation_of_the_database_becomes_an_archive() -> None:
    facts = Conversation(
        "c", "T", NOW, NOW, model="m", preset="p", system="s", draft="d", leaf_id="b"
    )
    reply = Message("b", "c", "a", "assistant", "partial", NOW, status="streaming")
    question = Message("a", "c", None, "user", "Hi", NOW)
    made = archive(facts, [reply, question], folder="f", tags=["t"], pinned=True)
    assert [each.id for each in made.messages] == ["a", "b"]
    assert made.messages[1].status == "interrupted"
    assert (made.model, made.preset, made.system, made.draft) == ("m", "p", "s", "d")
    assert (made.folder, made.tags, made.pinned, made.archived) == ("f", ("t",), True, False)


def test_a_branch_is_the_one_on_show_or_the_one_asked_for() -> None:
    told = conversation(message("a"), message("b", "a"), message("c", "a"))
    assert [each.id for each in branch(told)] == ["a", "c"]
    assert [each.id for each in branch(told, "b")] == ["a", "b"]
    assert branch(conversation()) == ()
    with pytest.raises(KeyError):
        branch(told, "nobody")


def test_fresh_ids_keep_the_tree() -> None:
    told = conversation(message("a"), message("b", "a"), message("c", "a"))
    numbers = itertools.count(1)
    fresh = with_fresh_ids(told, lambda: f"n{next(numbers)}")
    assert [(each.id, each.parent_id) for each in fresh.messages] == [
        ("n1", None),
        ("n2", "n1"),
        ("n3", "n1"),
    ]
    assert (fresh.id, fresh.leaf_id) == ("n4", "n3")
    restored = replace(fresh, id=told.id, leaf_id=told.leaf_id, messages=told.messages)
    assert restored == told


def test_ids_that_chance_gives_twice_are_passed_over() -> None:
    told = conversation(message("a"), message("b", "a"), message("c", "b"))
    drawn = iter(["n1", "n1", "n2", "n1", "n2", "n3", "n4"])
    fresh = with_fresh_ids(told, lambda: next(drawn))
    assert [each.id for each in fresh.messages] == ["n1", "n2", "n3"]
    assert [each.parent_id for each in fresh.messages] == [None, "n1", "n2"]


def test_a_message_keeps_all_that_the_database_knows_of_it() -> None:
    kept = {each.name for each in fields(ArchivedMessage)}
    beside = {"conversation_id", "attachments"}  # the conversation has them, for all its messages
    assert kept == {each.name for each in fields(Message)} - beside


def test_what_is_no_tree_is_told_apart() -> None:
    with pytest.raises(BrokenTreeError, match="same id"):
        parents_first([message("a"), message("a")])
    with pytest.raises(BrokenTreeError, match="not there"):
        parents_first([message("a", "x")])
    with pytest.raises(BrokenTreeError, match="circle"):
        parents_first([message("a", "b"), message("b", "a"), message("c")])
