"""Keeps collections with their settings; what was added to them is in the base class."""

from __future__ import annotations

import json
from dataclasses import asdict, fields
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

from studio.documents import purging, tables
from studio.documents.source_table import SourceTable
from studio.documents.tables import Row, storable, writing
from studio.documents.values import Collection, IndexSettings, SearchSettings
from studio.errors import StudioError
from studio.lists import all_of
from studio.translation import tr

if TYPE_CHECKING:
    import sqlite_utils

_Settings = TypeVar("_Settings", IndexSettings, SearchSettings)

_INDEX, _SEARCH = IndexSettings(), SearchSettings()
_MOST_NAME_CHARACTERS = 200
_ALL = "SELECT * FROM doc_collections WHERE removed_at IS NULL ORDER BY name_key"
_REMOVED = """
SELECT * FROM doc_collections WHERE removed_at IS NOT NULL AND NOT purged
ORDER BY removed_at DESC, name_key
"""
_ONE = "SELECT * FROM doc_collections WHERE id = ? AND NOT purged"
_NAMED = "SELECT * FROM doc_collections WHERE name_key = ? AND removed_at IS NULL"


class Collections(SourceTable):
    """The person's collections. Every method may be called from any thread."""

    def create(
        self,
        name: str,
        index: IndexSettings = _INDEX,
        search: SearchSettings = _SEARCH,
    ) -> Collection:
        """Make an empty collection.

        Raises:
            StudioError: ``documents.no_name``; ``documents.name_taken``.
        """
        row = {
            "id": tables.new_id(),
            "index_settings": json.dumps(asdict(index)),
            "search_settings": json.dumps(asdict(search)),
            "created_at": tables.now(),
            **_named(name),
        }
        with writing(self._database, synced=True) as db:
            _refuse_taken(db, row)
            db.table("doc_collections").insert(row)
        return _collection(row)

    def all(self) -> list[Collection]:
        """Return those that are not in the trash, by name."""
        return self._listed(_ALL)

    def removed(self) -> list[Collection]:
        """Return those in the trash, the last removed first."""
        return self._listed(_REMOVED)

    def find(self, name_or_id: str) -> Collection:
        """Return a collection by its id or its name in any case.

        Raises:
            StudioError: ``documents.no_collection``.
        """
        with self._database.reading() as db:
            row = tables.one(db, f"{_ONE} AND removed_at IS NULL", [name_or_id])
            row = row or tables.one(db, _NAMED, [_key(name_or_id)])
        if row is None:
            raise _unknown(name_or_id, [each.name for each in self.all()])
        return _collection(row)

    def rename(self, collection: str, name: str) -> Collection:
        """Give a collection another name.

        Raises:
            StudioError: as :meth:`create`; ``documents.no_collection``.
        """
        return self._change(collection, _named(name))

    def set_index(self, collection: str, settings: IndexSettings) -> Collection:
        """Choose how it is to be cut and embedded; what is there stays until a new index is."""
        return self._change(collection, {"index_settings": json.dumps(asdict(settings))})

    def set_search(self, collection: str, settings: SearchSettings) -> Collection:
        """Choose how it is searched from now on."""
        return self._change(collection, {"search_settings": json.dumps(asdict(settings))})

    def remove(self, collection: str) -> Collection:
        """Move a collection to the trash, from which :meth:`restore` brings it back whole."""
        return self._change(collection, {"removed_at": tables.now()})

    def restore(self, collection: str) -> Collection:
        """Take a collection out of the trash; where its name is taken now, it gets a number.

        Raises:
            StudioError: ``documents.no_collection``.
        """
        with writing(self._database, synced=True) as db:
            row = self._row(db, collection)
            name, number = row["name"], 2
            while row["removed_at"] and tables.one(db, _NAMED, [_key(name)]):
                name, number = f"{row['name']} ({number})", number + 1
            changes = {"removed_at": None, "name": name, "name_key": _key(name)}
            db.table("doc_collections").update(collection, changes)
            return _collection(row | changes)

    def purge(self, collection: str) -> None:
        """Delete a collection in the trash for good, with all that was read of its files.

        It is gone at once for all who read; its contents go a few at a time. The files themselves
        are not touched.

        Raises:
            StudioError: ``documents.no_collection``; ``documents.not_removed``, so that nothing is
                deleted that could not be brought back first.
        """
        with writing(self._database, synced=True) as db:
            if self._row(db, collection)["removed_at"] is None:
                raise StudioError(
                    "documents.not_removed",
                    tr("This collection is not in the trash."),
                    tr("Move it to the trash first."),
                )
            db.execute("UPDATE doc_collections SET purged = 1 WHERE id = ?", [collection])
        purging.finish(self._database)

    def _listed(self, query: str) -> list[Collection]:
        with self._database.reading() as db:
            return [_collection(row) for row in db.query(query)]

    def _change(self, collection: str, changes: Row) -> Collection:
        with writing(self._database, synced=True) as db:
            tables.check_collection(db, collection)
            row = self._row(db, collection) | changes
            _refuse_taken(db, row)
            db.table("doc_collections").update(collection, changes)
        return _collection(row)

    def _row(self, db: sqlite_utils.Database, collection: str) -> Row:
        row = tables.one(db, _ONE, [collection])
        if row is None:
            raise _unknown(collection, [])
        return row


def index_settings(text: str) -> IndexSettings:
    """Return how an index is made, as it stands in the tables."""
    return _settings(IndexSettings, text)


def _settings(kind: type[_Settings], text: str) -> _Settings:
    """Read settings, leaving out what another version of the program has added."""
    known = {each.name for each in fields(kind)}
    return kind(**{key: value for key, value in json.loads(text).items() if key in known})


def _collection(row: Row) -> Collection:
    return Collection(
        id=row["id"],
        name=row["name"],
        created_at=datetime.fromisoformat(row["created_at"]),
        index=index_settings(row["index_settings"]),
        search=_settings(SearchSettings, row["search_settings"]),
    )


def _named(name: str) -> Row:
    plain = " ".join(storable(name).replace("\0", " ").split())[:_MOST_NAME_CHARACTERS].strip()
    if not plain:
        raise StudioError(
            "documents.no_name",
            tr("A collection needs a name."),
            tr("Write one, such as the subject of its documents."),
        )
    return {"name": plain, "name_key": _key(plain)}


def _key(name: str) -> str:
    return " ".join(name.split()).casefold()


def _refuse_taken(db: sqlite_utils.Database, row: Row) -> None:
    taken = tables.one(db, f"{_NAMED} AND id <> ?", [row["name_key"], row["id"]])
    if taken:
        raise StudioError(
            "documents.name_taken",
            tr("There is a collection “{name}” already.", name=taken["name"]),
            tr("Choose another name, or add to that one."),
        )


def _unknown(name: str, there: list[str]) -> StudioError:
    if there:
        hint = tr("There are: {names}.", names=all_of(there))
    else:
        hint = tr("Make one first, and add a folder to it.")
    return StudioError(
        "documents.no_collection", tr("There is no collection “{name}”.", name=name), hint
    )
