"""No deleted text is found by any route: not by an index, in no table, not in the file's bytes."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from support.document_room import (
    DocumentRoom,
    cut_of,
    document_room_on_disk,
    terms_of,
    vectors_of,
)

from studio.documents import purging
from studio.documents.checking import check

NAMES = st.sampled_from(["a.txt", "b.txt", "deep/c.txt", "deep/d.txt"])
LENGTHS = st.sampled_from([1, 40, 900, 6_000])
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("put"), NAMES, LENGTHS),
        st.tuples(st.just("copy"), NAMES, NAMES),
        st.tuples(st.just("forget"), NAMES, st.none()),
        st.tuples(st.just("fail"), NAMES, st.none()),
        st.tuples(st.just("rebuild"), st.none(), st.none()),
    ),
    min_size=4,
    max_size=25,
)


class Model:
    """What each file has to say, by the word that only its text has."""

    def __init__(self, room: DocumentRoom) -> None:
        self._room = room
        self.says: dict[str, str] = {}
        self.ever: list[str] = []

    def do(self, action: str, name: str, more: object) -> None:
        getattr(self, f"_{action}")(name, more)

    def _put(self, name: str, length: int) -> None:
        word = f"word{len(self.ever):04d}end"
        self.ever.append(word)
        self.says[name] = word
        page = f"{word}\n{'x' * length} {word}"
        self._room.put(name, f"{page}\f{page}", modified_ns=len(self.ever))

    def _copy(self, name: str, target: str) -> None:
        if name in self.says:
            known = self._room.contents.known_files(self._room.collection)
            content = known[self._room.folder / name].content
            assert content is not None
            found = self._room.found(target, modified_ns=len(self.ever))
            self._room.contents.link(self._room.collection, found, content)
            self.says[target] = self.says[name]

    def _forget(self, name: str, _: object) -> None:
        self._room.contents.forget(self._room.collection, [self._room.folder / name])
        self.says.pop(name, None)

    def _fail(self, name: str, _: object) -> None:
        found = self._room.found(name)
        self._room.contents.fail(self._room.collection, found, "a.b", "Cut short.", "Fetch it.")
        self.says.pop(name, None)

    def _rebuild(self, _: object, __: object) -> None:
        new = self._room.begin("another").id
        for content in self._room.indexes.missing(new):
            said = self._room.indexes.extracted(content)
            assert said is not None
            cut = cut_of(said)
            self._room.indexes.commit_content(
                new, content, cut, vectors_of(cut[1]), terms_of(cut[1])
            )
        self._room.indexes.swap(new)
        self._room.index = new
        purging.finish(self._room.database)


@settings(max_examples=12, deadline=None)
@given(steps=STEPS)
def test_no_deleted_text_is_found_by_any_route(steps: list[tuple[str, str, object]]) -> None:
    with tempfile.TemporaryDirectory() as home, document_room_on_disk(Path(home)) as room:
        model = Model(room)
        for action, name, more in steps:
            model.do(action, name, more)
        gone = set(model.ever) - set(model.says.values())

        found = " ".join(room.texts())
        assert {word for word in model.ever if word in found} == set(model.says.values())
        assert check(room.database, room.collection).is_whole
        terms = {term for each in room.indexes.rows(room.index).terms for term in each}
        assert not terms & gone
        assert not {word for word in gone if word in everything_in_the_tables(room)}
        assert purging.scrub(room.database)
        kept = room.database.path.read_bytes()
        assert not {word for word in gone if word.encode() in kept}
        assert all(word.encode() in kept for word in model.says.values())
        log = room.database.path.with_name("studio.db-wal")
        assert not log.exists() or log.stat().st_size == 0


def everything_in_the_tables(room: DocumentRoom) -> str:
    with room.database.reading() as db:
        tables = [name for name in db.table_names() if name.startswith("doc_")]
        return repr([list(db.table(name).rows) for name in tables])
