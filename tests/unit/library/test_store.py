"""What the library remembers survives odd rows and other versions of the program."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import tiny_gguf

from studio.engine.language import LoadSettings
from studio.library.gguf import read_header
from studio.library.migrations import MIGRATIONS, add_fingerprints, create_models_and_removals
from studio.library.store import LibraryStore
from studio.storage.database import Database

MODEL = Path("/models/a.gguf")


def stays(_holder: Path, _newcomer: Path) -> bool:
    """Give no name away."""
    return False


@pytest.fixture
def named(store: LibraryStore) -> LibraryStore:
    """Return a store that knows one model."""
    store.names({MODEL: "a"}, stays)
    return store


def _database(store: LibraryStore) -> Database:
    return store._database


@pytest.mark.parametrize(
    "text",
    [
        "not json",
        "[1, 2]",
        '{"unknown": 1}',
        '{"context": "many"}',
        '{"context": true}',
        '{"memory_map": 1}',
        '{"batch": null}',
    ],
)
def test_odd_settings_become_the_defaults(named: LibraryStore, text: str) -> None:
    with _database(named).transaction() as db:
        db.execute("UPDATE library_models SET settings = ?", [text])
    assert named.load_settings(MODEL) == LoadSettings()


def test_sound_settings_beside_odd_ones_are_kept(named: LibraryStore) -> None:
    with _database(named).transaction() as db:
        db.execute('UPDATE library_models SET settings = \'{"context": 77, "later": 1}\'')
    assert named.load_settings(MODEL) == LoadSettings(context=77)


def test_every_setting_makes_the_round_trip(named: LibraryStore) -> None:
    wished = LoadSettings(
        context=1,
        gpu_layers=2,
        threads=3,
        batch=4,
        flash_attention=False,
        cache_type="q4_0",
        memory_map=False,
        memory_lock=True,
        rope_scaling="yarn",
        rope_frequency_base=5,
        rope_frequency_scale=0.5,
        yarn_original_context=6,
        full_sliding_window=True,
    )
    named.set_load_settings(MODEL, wished)
    assert named.load_settings(MODEL) == wished


def test_settings_of_a_model_nobody_knows(store: LibraryStore) -> None:
    assert store.load_settings(MODEL) == LoadSettings()


def test_header_makes_the_round_trip(store: LibraryStore, tmp_path: Path) -> None:
    for architecture in tiny_gguf.ARCHITECTURES:
        path = tiny_gguf.write(tmp_path / f"{architecture}.gguf", architecture)
        header = read_header(path)
        store.remember({path: ("stamp", header)}, ())
        assert store.facts()[path] == ("stamp", header)


@pytest.mark.parametrize(
    "facts",
    [
        "not json",
        "[]",
        "{}",
        '{"format": 0, "header": {}}',
        '{"format": 1, "header": {"name": "too few"}}',
        '{"format": 1, "problem": {"code": 1}}',
        '{"format": 1}',
    ],
)
def test_facts_of_another_version_are_not_believed(store: LibraryStore, facts: str) -> None:
    with _database(store).transaction() as db:
        db.execute("INSERT INTO library_headers VALUES ('/a', 's', ?)", [facts])
    assert store.facts() == {}


def test_names_differ_in_more_than_case(store: LibraryStore) -> None:
    paths = [Path(f"/{folder}/model.gguf") for folder in "abc"]
    wished = dict(zip(paths, ["Model", "model", "MODEL"], strict=True))
    names = store.names(wished, stays)
    assert list(names.values()) == ["Model", "model (2)", "MODEL (3)"]


def test_a_name_is_taken_over_only_from_a_file_that_is_gone(named: LibraryStore) -> None:
    named.set_load_settings(MODEL, LoadSettings(context=5))
    other = Path("/models/sub/a.gguf")
    assert named.names({other: "a"}, stays) == {other: "a (2)"}
    third = Path("/models/deep/a.gguf")
    assert named.names({third: "a"}, lambda *paths: paths == (MODEL, third)) == {third: "a"}
    assert named.load_settings(third) == LoadSettings(context=5)


def test_create_models_and_removals(store: LibraryStore) -> None:
    assert MIGRATIONS.steps == (create_models_and_removals, add_fingerprints)
    with _database(store).reading() as db:
        columns = {
            name: [column.name for column in db.table(name).columns]
            for name in db.table_names()
            if name.startswith("library_")
        }
    assert columns == {
        "library_models": ["path", "name", "hidden", "settings"],
        "library_headers": ["path", "stamp", "facts"],
        "library_removals": ["id", "path", "name", "files", "size_bytes", "removed_at"],
        "library_fingerprints": ["path", "stamp", "sha256"],
    }
    assert _database(store).versions() == {"library": 2}
