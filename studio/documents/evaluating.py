"""Runs a data set of questions with known answers through the search as it is, and measures it."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from studio.documents.documents import Documents
from studio.documents.evaluation import DataSet, Figures, mean_figures
from studio.documents.report import Told
from studio.documents.retrieval import Mode
from studio.documents.values import Hit

_CHUNKS = 100  # asked for, so that ten documents are among them


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What was measured.

    Attributes:
        index_seconds: for taking in all documents.
        query_ms: for each question, with its embedding, in their order.
    """

    queries: int
    figures: Figures
    index_seconds: float
    query_ms: tuple[float, ...]

    def percentile(self, share: float) -> float:
        """Return the milliseconds in which that share of the questions was answered."""
        ordered = sorted(self.query_ms)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]

    @property
    def median_ms(self) -> float:
        """Milliseconds of the question in the middle."""
        return statistics.median(self.query_ms)


def evaluate(
    documents: Documents,
    data: DataSet,
    mode: Mode,
    told: Told,
    must_stop: Callable[[], bool] = lambda: False,
) -> Evaluation:
    """Take a data set into empty documents, ask its questions, and compare with the judgements.

    Args:
        documents: of nobody; they are left filled.
        told: of the indexing.

    Raises:
        StudioError: as :meth:`~studio.documents.ingest.Ingest.sync`.
    """
    collection = documents.collections.create("evaluation")
    for number, document in enumerate(data.documents):
        title = f"# {' '.join(document.title.split())}\n\n" if document.title.strip() else ""
        if title or document.text.strip():  # one without a word is found by no question
            documents.collections.add_text(collection.id, f"{number}.md", title + document.text)
    report = documents.ingest.sync(collection.id, told, must_stop)
    rankings: dict[str, list[str]] = {}
    took: list[float] = []
    documents.retrieval.search([collection], "warm", most=1, mode=mode)
    for query, text in data.queries.items():
        began = time.perf_counter()
        hits = documents.retrieval.search([collection], text, most=_CHUNKS, mode=mode, folds=False)
        took.append((time.perf_counter() - began) * 1e3)
        rankings[query] = _documents(hits, data)
    figures = mean_figures(rankings, data.judgements)
    return Evaluation(len(rankings), figures, report.seconds, tuple(took))


def _documents(hits: Sequence[Hit], data: DataSet) -> list[str]:
    """Return the documents of chunks, best first; a text that two have counts for both."""
    names = (path for hit in hits for path in sorted(hit.files, key=_number))
    return list(dict.fromkeys(data.documents[_number(path)].id for path in names))


def _number(path: Path) -> int:
    return int(path.stem)
