"""A file of chats comes in whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from support import archived
from support.chat_data import chat_database

from studio.chat.conversation import Conversation
from studio.chat.model_names import without_paths
from studio.chat.overflow.summaries import Summaries
from studio.chat.store import ConversationStore
from studio.chat.transfer import own_json
from studio.chat.transfer.archive import ArchivedConversation, ArchivedSummary
from studio.chat.transfer.archives import Archives
from studio.chat.transfer.importing import Importing
from studio.errors import StudioError
from studio.storage.database import Database


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    (tmp_path / "here").mkdir()
    with chat_database(tmp_path / "here") as opened:
        yield opened


@pytest.fixture
def store(database: Database) -> ConversationStore:
    return ConversationStore(database)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file with three chats that were exported elsewhere."""
    (tmp_path / "elsewhere").mkdir()
    path = tmp_path / "chats.json"
    with chat_database(tmp_path / "elsewhere") as elsewhere:
        store = ConversationStore(elsewhere)
        for words in ("Bees", "Sky", "Soup"):
            store.ask(store.create().id, words, "")
        archives = Archives(elsewhere)
        own_json.write(path, [archives.take(chat.id) for chat in store.list()])
    return path


class FullSoon(Archives):
    """Has room for one conversation."""

    def put(self, archived: ArchivedConversation) -> Conversation:
        if ConversationStore(self._database).list():
            raise StudioError("disk.full", "The disk is full.", "Free some space.")
        return super().put(archived)


def titles(store: ConversationStore) -> set[str]:
    return {chat.title for chat in store.list()}


def test_what_is_new_comes_in_once(
    database: Database, store: ConversationStore, file: Path
) -> None:
    importing = Importing(Archives(database), store)
    told: list[tuple[int, int]] = []
    brought = importing.bring_in(file, lambda done, total: told.append((done, total)))
    assert titles(store) == {"Bees", "Sky", "Soup"}
    assert told == [(0, 0), (1, 3), (2, 3), (3, 3)]
    assert brought.sentences() == ("3 chats were imported.",)
    store.trash(brought.added[0])
    again = importing.bring_in(file)
    assert again.sentences() == (
        "Nothing new was in it.",
        "2 chats were here already.",
        "1 chat was here already, in the trash.",
    )
    assert len(importing.bring_in(file, again=True).added) == 3


def test_a_failure_in_the_middle_takes_back_what_came(
    database: Database, store: ConversationStore, file: Path
) -> None:
    with pytest.raises(StudioError) as caught:
        Importing(FullSoon(database), store).bring_in(file)
    assert (caught.value.code, caught.value.hint) == ("disk.full", "Free some space.")
    assert store.ids() == set()


def test_what_was_here_before_stays_when_an_import_is_stopped(
    database: Database, store: ConversationStore, file: Path
) -> None:
    kept = store.create().id
    done: list[int] = []
    with pytest.raises(StudioError) as caught:
        Importing(Archives(database), store).bring_in(
            file, lambda number, _total: done.append(number), lambda: 2 in done
        )
    assert caught.value.code == "cancelled"
    assert store.ids() == {kept}


def test_what_cannot_be_taken_back_is_told(
    database: Database, store: ConversationStore, file: Path
) -> None:
    class Stuck(ConversationStore):
        def purge(self, conversation_id: str) -> None:
            raise StudioError("disk.full", "The disk is full.", "Free some space.")

    with pytest.raises(StudioError) as caught:
        Importing(FullSoon(database), Stuck(database)).bring_in(file)
    assert caught.value.hint == "Free some space. 1 of its chats is here already, or in the trash."


@pytest.mark.parametrize("text", ["", "{", '{"format": "local-ai-studio/conversations"}', "[1]"])
def test_a_damaged_file_brings_nothing(
    database: Database, store: ConversationStore, tmp_path: Path, text: str
) -> None:
    file = tmp_path / "damaged.json"
    file.write_text(text)
    with pytest.raises(StudioError) as caught:
        Importing(Archives(database), store).bring_in(file)
    assert caught.value.code.startswith("import.")
    assert store.ids() == set()


def test_a_truncated_file_brings_nothing(
    database: Database, store: ConversationStore, file: Path
) -> None:
    file.write_bytes(file.read_bytes()[:-20])
    with pytest.raises(StudioError):
        Importing(Archives(database), store).bring_in(file)
    assert store.ids() == set()


def test_what_is_imported_names_no_file_to_be_opened(
    database: Database, store: ConversationStore, tmp_path: Path
) -> None:
    recipe = {"model": "//host/share/x", "file": "/etc/passwd", "seed": 1}
    question = archived.message("a", recipe=recipe, model="C:x.gguf")
    reply = archived.message("b", "a", role="assistant", model="/models/x.gguf", stop="max_tokens")
    chat = archived.conversation(question, reply, identity="strange")
    summary = ArchivedSummary("b", "Of both.", archived.NOW, "..\\x.gguf", recipe)
    path = tmp_path / "strange.json"
    own_json.write(path, [replace(chat, model="../x.gguf", summaries=(summary,))])
    Importing(Archives(database), store).bring_in(path)
    assert store.get("strange").model == ""
    assert store.branch("strange")[0].recipe == {"model": "", "seed": 1}
    assert [each.model for each in store.branch("strange")] == ["", ""]
    (there,) = Summaries(database).of("strange")
    assert (there.model, there.recipe) == ("", {"model": "", "seed": 1})


def test_what_is_imported_names_no_file_deep_in_a_recipe() -> None:
    deep = {"file": "/etc/passwd", "projector": "/x/mmproj.gguf", "model": "tiny"}
    assert without_paths({"made": [deep, {"model": 7}], "load": {"file": {}, "context": 5}}) == {
        "made": [{"projector": "", "model": "tiny"}, {"model": "7"}],
        "load": {"context": 5},
    }
    assert without_paths({"model": ["/x", {"file": 1}]}) == {"model": ["", {}]}


def test_names_of_models_stay_as_they_are(
    database: Database, store: ConversationStore, tmp_path: Path
) -> None:
    recipe = {"model": "Qwen2.5: 7B", "projector": "mmproj.gguf"}
    asked = archived.message("a", recipe=recipe, model="Qwen2.5: 7B")
    path = tmp_path / "named.json"
    own_json.write(path, [archived.conversation(asked, identity="named")])
    Importing(Archives(database), store).bring_in(path)
    (there,) = store.branch("named")
    assert (there.model, there.recipe) == ("Qwen2.5: 7B", recipe)


def test_what_came_in_before_ctrl_c_is_taken_back(
    database: Database, store: ConversationStore, file: Path
) -> None:
    def told(done: int, _total: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Importing(Archives(database), store).bring_in(file, told)
    assert titles(store) == set()
