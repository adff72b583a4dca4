"""The self-test tells what the starter embedder can do: English, little else, no Arabic."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal

import numpy as np
import pytest
from support.embedder_folders import MINILM

from studio.documents.retrieve.skills import MOST, Vectors, dense_weight, read_pairs, skill
from studio.engine.embedding import Embed, EmbedderLoaded, LoadEmbedder
from studio.engine.host import Host
from studio.engine.protocol import Batch

SHIPPED = Path(__file__).parents[2] / "resources" / "embedder_test"


@pytest.fixture(scope="module")
def starter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    """Return the embedding worker with the starter embedder loaded."""
    host = Host("embedding", tmp_path_factory.mktemp("selftest") / "embedding.log")
    host.start()
    loaded = host.submit(LoadEmbedder(0, str(MINILM))).result().result
    assert isinstance(loaded, EmbedderLoaded)
    yield host
    host.stop()


def test_the_starter_embedder_knows_english_and_no_arabic(starter: Host) -> None:
    def embed(texts: Sequence[str], kind: Literal["query", "passage"]) -> Vectors:
        job = starter.submit(Embed(0, tuple(texts), kind))
        return np.concatenate(
            [
                np.frombuffer(event.values, event.dtype).reshape(event.rows, event.width)
                for event in job.events()
                if isinstance(event, Batch)
            ]
        )

    figures = {
        name: skill(embed, read_pairs(SHIPPED, name)).figure
        for name in ("en", "de", "es", "fr", "zh", "ar")
    }

    assert figures["en"] > 0.9
    assert dense_weight(figures["en"]) == MOST
    for name in ("de", "es", "fr"):
        assert 0.1 < dense_weight(figures[name]) <= 0.3, figures
    assert dense_weight(figures["zh"]) <= 0.2, figures
    assert dense_weight(figures["ar"]) == 0, figures
