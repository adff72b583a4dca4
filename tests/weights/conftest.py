"""Real workers with real weights: the starter model where it is, tiny random models everywhere."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from support.exchanges import open_tiny
from support.overflowing import Small, put_starter, see
from support.starter import STARTER

from studio.assembly import Parts, open_parts
from studio.engine.host import Host
from studio.engine.language import Load, LoadSettings, ModelLoaded


@pytest.fixture(scope="session")
def starter_model() -> Path:
    """Return the starter chat model, which the bootstrap brings."""
    assert STARTER.is_file(), "bring it with: python3 packaging/bootstrap.py models"
    return STARTER


@pytest.fixture
def host(tmp_path: Path) -> Iterator[Host]:
    """Return a started language worker without a model."""
    worker = Host("llm", tmp_path / "llm.log")
    worker.start()
    yield worker
    worker.stop()


@pytest.fixture(scope="module")
def worker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    """Return a worker that a module's tests share; each loads the models that it needs."""
    started = Host("llm", tmp_path_factory.mktemp("shared") / "llm.log")
    started.start()
    yield started
    started.stop()


@pytest.fixture(scope="module")
def starter_host(starter_model: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    """Return a worker with the starter model loaded, shared by a module's tests."""
    worker = Host("llm", tmp_path_factory.mktemp("worker") / "llm.log")
    worker.start()
    load(worker, starter_model, context=2048)
    yield worker
    worker.stop()


@pytest.fixture
def parts(profile: Path) -> Iterator[Parts]:
    """Return a data folder with a tiny model that chats, opened for a test."""
    opened = open_tiny(profile)
    yield opened
    opened.close()


@pytest.fixture
def starter_small(profile: Path, starter_model: Path) -> Iterator[Small]:
    """Return a data folder with the starter model, which sees little at once."""
    put_starter(profile, starter_model)
    opened = open_parts(profile)
    see(opened, "starter", 256)
    yield Small(opened, "starter", 256, 6)
    opened.close()


@pytest.fixture
def tiny_small(profile: Path) -> Iterator[Small]:
    """Return a data folder with a tiny model, which sees more of the same words."""
    opened = open_tiny(profile)
    see(opened, "tiny", 1024)
    yield Small(opened, "tiny", 1024, 10)
    opened.close()


def load(host: Host, path: Path, **settings: object) -> ModelLoaded:
    """Load a model and return its facts."""
    wanted = LoadSettings(**{"threads": 2, **settings})  # type: ignore[arg-type]
    result = host.submit(Load(0, str(path), wanted)).result().result
    assert isinstance(result, ModelLoaded)
    return result


@pytest.fixture(scope="module")
def reading_parts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Parts]:
    """Return a data folder whose workers for documents run, shared by a module's tests."""
    opened = open_parts(tmp_path_factory.mktemp("reading"))
    documents = opened.documents
    collection = documents.collections.create("first")
    file = tmp_path_factory.mktemp("first") / "first.txt"
    file.write_text("Bread rises because of yeast.", "utf-8")
    documents.collections.add_source(collection.id, file)
    documents.ingest.sync(collection.id)
    documents.retrieval.search([collection], "bread")
    yield opened
    opened.close()
