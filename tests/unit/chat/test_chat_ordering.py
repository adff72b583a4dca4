"""Folders, tags, pins and the archive."""

import pytest

from studio.chat.ordering import Ordering
from studio.chat.store import ConversationStore
from studio.chat.transfer.archives import Archives
from studio.errors import StudioError
from studio.storage.database import Database


@pytest.fixture
def ordering(database: Database) -> Ordering:
    return Ordering(database)


def test_a_folder_exists_while_something_is_in_it(
    store: ConversationStore, ordering: Ordering
) -> None:
    one, two = store.create(), store.create()
    ordering.move(one.id, "  Work   plans ")
    ordering.move(two.id, "Garden")
    assert ordering.folders() == ["Garden", "Work plans"]
    assert ordering.rename_folder("Garden", "Work plans") == 1
    assert ordering.folders() == ["Work plans"]
    store.trash(one.id)
    assert ordering.move(two.id, "").folder == ""
    assert ordering.folders() == []


def test_tags_count_once_and_are_kept_in_order(
    store: ConversationStore, ordering: Ordering
) -> None:
    key = store.create().id
    assert ordering.tag(key, ["Urgent", "ideas", " urgent", ""]).tags == ("ideas", "urgent")
    assert ordering.tags() == ["ideas", "urgent"]
    assert ordering.tag(key, []).tags == ()
    assert ordering.tags() == []


def test_a_name_that_is_too_long_is_refused(store: ConversationStore, ordering: Ordering) -> None:
    key = store.create().id
    with pytest.raises(StudioError, match="at most 60 characters; this one has 61"):
        ordering.move(key, "x" * 61)
    assert store.get(key).folder == ""


def test_order_goes_through_export_and_import(
    store: ConversationStore, ordering: Ordering, database: Database
) -> None:
    key = store.create().id
    store.ask(key, "Hello", "small")
    ordering.move(key, "Work")
    ordering.tag(key, ["ideas"])
    ordering.pin(key, pinned=True)
    ordering.archive(key, archived=True)
    archived = Archives(database).take(key)
    again = Archives(database).put(archived)
    assert again.id != key
    assert (again.folder, again.tags, again.pinned, again.archived) == (
        "Work",
        ("ideas",),
        True,
        True,
    )


def test_add_folded_keeps_which_folders_are_folded(
    store: ConversationStore, ordering: Ordering
) -> None:
    key, other = store.create().id, store.create().id
    ordering.move(key, "Work")
    ordering.move(other, "Home")
    assert ordering.folded() == set()
    ordering.fold("Work", folded=True)
    ordering.fold("Work", folded=True)
    ordering.fold("Home", folded=True)
    assert ordering.folded() == {"Work", "Home"}
    ordering.rename_folder("Work", "Office")
    assert ordering.folded() == {"Office", "Home"}
    ordering.rename_folder("Office", "Home")
    assert ordering.folded() == {"Home"}
    ordering.fold("Home", folded=False)
    assert ordering.folded() == set()


def test_a_folder_that_is_gone_is_forgotten(store: ConversationStore, ordering: Ordering) -> None:
    key = store.create().id
    ordering.move(key, "Work")
    ordering.fold("Work", folded=True)
    ordering.move(key, "Home")
    ordering.fold("Home", folded=True)
    assert ordering.folded() == {"Home"}
