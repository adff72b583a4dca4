"""Branches: places, switching, rewording, forking, removing and putting back."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from studio.chat.kept_prompts import KeptPrompts
from studio.chat.search.search import Search
from studio.chat.store import ConversationStore
from studio.chat.transfer import markdown, own_json
from studio.chat.transfer.archives import Archives
from studio.chat.tree import ConversationTree
from studio.errors import StudioError
from studio.storage.database import Database


@pytest.fixture
def tree(database: Database) -> ConversationTree:
    return ConversationTree(database)


def talk(store: ConversationStore, *exchanges: tuple[str, str]) -> str:
    """Hold a conversation; return its id."""
    conversation = store.create(model="small")
    for question, answer in exchanges:
        _, reply = store.ask(conversation.id, question, "small")
        store.finish_reply(reply.id, "finished", content=answer, reasoning="")
    return conversation.id


def texts(store: ConversationStore, conversation_id: str) -> list[str]:
    return [message.content for message in store.branch(conversation_id)]


def another_reply(store: ConversationStore, question_id: str, text: str) -> str:
    reply = store.begin_reply(question_id, "small")
    store.finish_reply(reply.id, "finished", content=text, reasoning="")
    return reply.id


def test_only_messages_with_others_beside_them_have_a_place(
    store: ConversationStore, tree: ConversationTree
) -> None:
    key = talk(store, ("Hello", "Hi"))
    question, first = store.branch(key)
    assert tree.places(key) == {}
    second = another_reply(store, question.id, "Good day")
    third = another_reply(store, question.id, "Welcome")
    places = tree.places(key)
    assert set(places) == {first.id, second, third}
    assert (places[second].number, places[second].count) == (2, 3)
    assert (places[second].before, places[second].after) == (first.id, third)
    assert (places[first.id].before, places[third].after) == (None, None)


def test_switching_shows_the_newest_end_of_a_branch(
    store: ConversationStore, tree: ConversationTree
) -> None:
    key = talk(store, ("Hello", "Hi"), ("More", "Much more"))
    question, first = store.branch(key)[:2]
    another_reply(store, question.id, "Good day")
    assert texts(store, key) == ["Hello", "Good day"]
    tree.show(first.id)
    assert texts(store, key) == ["Hello", "Hi", "More", "Much more"]


def test_a_question_put_in_other_words_stands_beside_the_first(
    store: ConversationStore, tree: ConversationTree
) -> None:
    key = talk(store, ("Hello", "Hi"), ("More", "Much more"))
    more = store.branch(key)[2]
    question, reply = store.ask(key, "Less", "small", beside=more.id)
    store.finish_reply(reply.id, "finished", content="Little", reasoning="")
    assert texts(store, key) == ["Hello", "Hi", "Less", "Little"]
    assert tree.places(key)[question.id].before == more.id
    first = store.branch(key)[0]
    _, again = store.ask(key, "Good day", "small", beside=first.id)
    store.finish_reply(again.id, "finished", content="Day", reasoning="")
    assert texts(store, key) == ["Good day", "Day"]
    tree.show(more.id)
    assert texts(store, key) == ["Hello", "Hi", "More", "Much more"]


def test_a_reworded_reply_says_where_it_comes_from(
    store: ConversationStore, tree: ConversationTree
) -> None:
    key = talk(store, ("Hello", "Hi"))
    question, reply = store.branch(key)
    mine = tree.rewrite(reply.id, "Hi there")
    assert texts(store, key) == ["Hello", "Hi there"]
    assert mine.recipe == {"edited_from": reply.id}
    assert store.message(reply.id).content == "Hi"
    with pytest.raises(StudioError, match="message of yours"):
        tree.rewrite(question.id, "Other words")
    with pytest.raises(StudioError, match="nothing in it"):
        tree.rewrite(reply.id, " \n")


def test_a_fork_is_a_conversation_of_its_own(
    store: ConversationStore, tree: ConversationTree
) -> None:
    key = talk(store, ("Hello", "Hi"), ("More", "Much more"))
    branch = store.branch(key)
    store.set_draft(key, "not sent")
    other = tree.fork(branch[1].id)
    assert (other.title, other.draft, other.model) == ("Hello (copy)", "", "small")
    assert texts(store, other.id) == ["Hello", "Hi"]
    assert store.list()[0].id == other.id
    tree.remove(store.branch(other.id)[0].id)
    assert texts(store, key) == ["Hello", "Hi", "More", "Much more"]


def test_a_removal_takes_all_that_follows_and_can_be_undone(
    store: ConversationStore, tree: ConversationTree
) -> None:
    key = talk(store, ("Hello", "Hi"), ("More", "Much more"))
    before = store.branch(key)
    another_reply(store, before[2].id, "Even more")
    removal = tree.remove(before[2].id)
    assert removal.count == 3
    assert texts(store, key) == ["Hello", "Hi"]
    assert tree.put_back(removal.id) == key
    assert texts(store, key) == ["Hello", "Hi", "More", "Even more"]
    assert len(store.all_messages(key)) == 5
    with pytest.raises(StudioError, match="put back already"):
        tree.put_back(removal.id)


def test_what_stood_beside_a_removed_message_comes_on_show(
    store: ConversationStore, tree: ConversationTree
) -> None:
    key = talk(store, ("Hello", "Hi"))
    question, first = store.branch(key)
    second = another_reply(store, question.id, "Good day")
    tree.remove(second)
    assert store.branch(key)[-1].id == first.id
    tree.remove(first.id)
    assert texts(store, key) == ["Hello"]
    tree.remove(question.id)
    assert store.branch(key) == []


def test_a_removal_off_the_branch_leaves_the_view_alone(
    store: ConversationStore, tree: ConversationTree
) -> None:
    key = talk(store, ("Hello", "Hi"))
    question, first = store.branch(key)
    another_reply(store, question.id, "Good day")
    tree.remove(first.id)
    assert texts(store, key) == ["Hello", "Good day"]


def test_nothing_is_put_back_without_what_it_answered(
    store: ConversationStore, tree: ConversationTree
) -> None:
    key = talk(store, ("Hello", "Hi"), ("More", "Much more"))
    branch = store.branch(key)
    later = tree.remove(branch[3].id)
    earlier = tree.remove(branch[2].id)
    with pytest.raises(StudioError, match="Bring that back first"):
        tree.put_back(later.id)
    tree.put_back(earlier.id)
    tree.put_back(later.id)
    assert texts(store, key) == ["Hello", "Hi", "More", "Much more"]


def test_a_reply_that_is_being_written_is_not_removed(
    store: ConversationStore, tree: ConversationTree
) -> None:
    conversation = store.create(model="small")
    question, reply = store.ask(conversation.id, "Hello", "small")
    with pytest.raises(StudioError, match="being written"):
        tree.remove(question.id)
    with pytest.raises(StudioError, match="being written"):
        tree.rewrite(reply.id, "Hi")
    assert len(store.branch(conversation.id)) == 2


def test_nothing_is_put_back_while_a_reply_is_written_in_the_conversation(
    store: ConversationStore, tree: ConversationTree
) -> None:
    key, elsewhere = talk(store, ("Hello", "Hi"), ("More", "Much more")), store.create().id
    removal = tree.remove(store.branch(key)[2].id)
    store.ask(elsewhere, "Hello", "small")
    _, reply = store.ask(key, "Less", "small")
    with pytest.raises(StudioError, match="being written") as caught:
        tree.put_back(removal.id)
    assert (caught.value.code, caught.value.hint) == (
        "chat.busy",
        "Wait for it to finish, or stop it first.",
    )
    assert texts(store, key) == ["Hello", "Hi", "Less", ""]
    store.finish_reply(reply.id, "finished", content="Little", reasoning="")
    tree.put_back(removal.id)
    assert texts(store, key) == ["Hello", "Hi", "More", "Much more"]


def test_old_removals_are_forgotten(store: ConversationStore, tree: ConversationTree) -> None:
    key = talk(store, ("Hello", "Hi"))
    removal = tree.remove(store.branch(key)[1].id)
    assert tree.forget_removals(datetime.now(UTC) - timedelta(days=1)) == 0
    assert tree.forget_removals(datetime.now(UTC) + timedelta(seconds=1)) == 1
    with pytest.raises(StudioError, match="deleted for good"):
        tree.put_back(removal.id)


def test_what_is_removed_is_not_found(
    store: ConversationStore, tree: ConversationTree, search: Search
) -> None:
    key = talk(store, ("Hello", "A hippopotamus"))
    assert search.find("hippopotamus")
    removal = tree.remove(store.branch(key)[1].id)
    assert not search.find("hippopotamus")
    tree.put_back(removal.id)
    assert search.find("hippopotamus")


def test_add_removals_and_add_order_find_a_place_for_both(database: Database) -> None:
    tables = database.connection()
    assert "chat_removals" in tables.table_names()
    columns = {column.name for column in tables.table("chat_conversations").columns}
    assert {"folder", "tags", "pinned", "archived"} <= columns


def test_a_purged_conversation_takes_its_removals_along(
    store: ConversationStore, tree: ConversationTree
) -> None:
    key = talk(store, ("Hello", "Hi"))
    removal = tree.remove(store.branch(key)[1].id)
    store.trash(key)
    store.purge(key)
    with pytest.raises(StudioError, match="deleted for good"):
        tree.put_back(removal.id)


def test_a_fork_keeps_the_prompts(
    store: ConversationStore, tree: ConversationTree, database: Database
) -> None:
    prompts = KeptPrompts(database)
    key = talk(store, ("Hello", "Hi"))
    reply = store.branch(key)[1]
    prompts.keep(reply.id, "Hello there")
    copy = store.branch(tree.fork(reply.id).id)[1]
    assert copy.id != reply.id
    assert prompts.of(copy.id) == prompts.of(reply.id) == "Hello there"


def test_what_is_put_back_comes_on_show_where_what_was_there_is_gone(
    store: ConversationStore, tree: ConversationTree
) -> None:
    key = talk(store, ("One?", "1"), ("Two?", "2"))
    question, reply = store.branch(key)[2:]
    shown = another_reply(store, question.id, "two")
    first = tree.remove(reply.id)
    tree.remove(shown)
    tree.put_back(first.id)
    assert store.get(key).leaf_id == reply.id
    assert texts(store, key) == ["One?", "1", "Two?", "2"]


def test_a_chat_of_which_the_end_is_lost_is_exported_whole(
    store: ConversationStore, database: Database, tmp_path: Path
) -> None:
    key = talk(store, ("One?", "1"), ("Two?", "2"))
    with database.transaction() as connection:
        connection.table("chat_conversations").update(key, {"leaf_id": "gone"})
    taken = Archives(database).take(key)
    assert "Two?" in "".join(markdown.parts(taken))
    own_json.write(tmp_path / "chats.json", [taken])
    assert [*own_json.read(tmp_path / "chats.json")] == [taken]
