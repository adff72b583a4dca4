"""Measures retrieval on questions with known answers: reads BEIR folders, computes the figures.

A BEIR folder has ``corpus.jsonl`` (``_id``, ``title``, ``text``), ``queries.jsonl`` (``_id``,
``text``) and ``qrels.tsv`` (or ``qrels/test.tsv``): a line of column names, then query, document
and grade with tabs between. The figures are those of trec_eval: gain is the grade, means are taken
over the questions that have a relevant document.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from studio.errors import StudioError
from studio.translation import tr

CORPUS, QUERIES = "corpus.jsonl", "queries.jsonl"
JUDGEMENTS = ("qrels.tsv", "qrels/test.tsv")

Judgements = Mapping[str, Mapping[str, int]]
"""Grades by question and document; 0 and below are not relevant."""


@dataclass(frozen=True, slots=True)
class Document:
    """A document of a data set."""

    id: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class DataSet:
    """Questions with known answers.

    Attributes:
        queries: question by id, only those that have a relevant document.
    """

    documents: tuple[Document, ...]
    queries: dict[str, str]
    judgements: dict[str, dict[str, int]]


@dataclass(frozen=True, slots=True)
class Figures:
    """How well documents were ranked, each 0 to 1: of one question, or the mean of many."""

    ndcg_10: float
    recall_5: float
    recall_10: float
    mrr_10: float

    def to_dict(self) -> dict[str, float]:
        """Return the form that the terminal prints."""
        return {
            "ndcg@10": self.ndcg_10,
            "recall@5": self.recall_5,
            "recall@10": self.recall_10,
            "mrr@10": self.mrr_10,
        }


def ndcg(ranking: Sequence[str], grades: Mapping[str, int], depth: int = 10) -> float:
    """Return the normalised discounted cumulative gain of a ranking, best document first."""
    gains = [max(grades.get(document, 0), 0) for document in ranking[:depth]]
    ideal = sorted((grade for grade in grades.values() if grade > 0), reverse=True)[:depth]
    best = _discounted(ideal)
    return _discounted(gains) / best if best else 0.0


def recall(ranking: Sequence[str], grades: Mapping[str, int], depth: int) -> float:
    """Return the share of the relevant documents that are among the first ``depth``."""
    relevant = {document for document, grade in grades.items() if grade > 0}
    return len(relevant.intersection(ranking[:depth])) / len(relevant) if relevant else 0.0


def reciprocal_rank(ranking: Sequence[str], grades: Mapping[str, int], depth: int = 10) -> float:
    """Return 1 divided by the rank of the first relevant document, 0 when there is none."""
    for rank, document in enumerate(ranking[:depth], start=1):
        if grades.get(document, 0) > 0:
            return 1 / rank
    return 0.0


def figures(ranking: Sequence[str], grades: Mapping[str, int]) -> Figures:
    """Return the figures of one question.

    Raises:
        ValueError: a document stands twice in the ranking, which would count twice.
    """
    if len(set(ranking)) != len(ranking):
        raise ValueError("a document stands twice in the ranking")
    return Figures(
        ndcg(ranking, grades),
        recall(ranking, grades, 5),
        recall(ranking, grades, 10),
        reciprocal_rank(ranking, grades),
    )


def mean_figures(rankings: Mapping[str, Sequence[str]], judgements: Judgements) -> Figures:
    """Return the means over all judged questions; one without a ranking counts as nothing found.

    Raises:
        ValueError: no question has a relevant document.
    """
    each = [
        figures(rankings.get(query, ()), grades)
        for query, grades in judgements.items()
        if any(grade > 0 for grade in grades.values())
    ]
    if not each:
        raise ValueError("no question has a relevant document")
    return Figures(
        *(
            math.fsum(getattr(one, name) for one in each) / len(each)
            for name in ("ndcg_10", "recall_5", "recall_10", "mrr_10")
        )
    )


def _discounted(gains: Sequence[int]) -> float:
    return math.fsum(gain / math.log2(rank + 1) for rank, gain in enumerate(gains, start=1))


def read_data_set(folder: Path) -> DataSet:
    """Return the data set of a BEIR folder.

    Judgements of questions or documents that the folder does not hold count as trec_eval counts
    them: a document that cannot be found lowers recall, a question that is not there is left out.

    Raises:
        StudioError: ``evaluation.no_folder``, ``evaluation.missing``, ``evaluation.malformed`` or
            ``evaluation.nothing_judged``.
    """
    if not folder.is_dir():
        raise StudioError(
            "evaluation.no_folder",
            tr("There is no folder {folder}.", folder=str(folder)),
            tr("Give the folder that holds corpus.jsonl, queries.jsonl and qrels.tsv."),
        )
    documents = _documents(_found(folder, (CORPUS,)))
    texts = {found.id: found.text for found in _records(_found(folder, (QUERIES,)))}
    judged = _judgements(_found(folder, JUDGEMENTS))
    kept = {
        query: grades
        for query, grades in judged.items()
        if query in texts and any(grade > 0 for grade in grades.values())
    }
    if not documents or not kept:
        raise StudioError(
            "evaluation.nothing_judged",
            tr("{folder} has no question with a relevant document.", folder=str(folder)),
            tr("Check that the ids in qrels.tsv are those of queries.jsonl and corpus.jsonl."),
        )
    return DataSet(documents, {query: texts[query] for query in kept}, kept)


def _found(folder: Path, names: Sequence[str]) -> Path:
    for name in names:
        if (folder / name).is_file():
            return folder / name
    raise StudioError(
        "evaluation.missing",
        tr("{folder} has no file {name}.", folder=str(folder), name=names[0]),
        tr("Give the folder that holds corpus.jsonl, queries.jsonl and qrels.tsv."),
    )


def _documents(path: Path) -> tuple[Document, ...]:
    documents = tuple(_records(path))
    seen: set[str] = set()
    for document in documents:
        if document.id in seen:
            raise _malformed(path, 0, f"the id {document.id!r} twice")
        seen.add(document.id)
    return documents


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the lines that are not blank with their numbers from 1."""
    try:
        # Text mode ends lines at "\n", "\r" and "\r\n" alone; what str.splitlines takes for ends
        # of lines may stand inside a text.
        with path.open(encoding="utf-8-sig") as file:
            for number, line in enumerate(file, start=1):
                if line.strip():
                    yield number, line.rstrip("\n")
    except UnicodeDecodeError as error:
        raise _malformed(path, 0, str(error)) from error
    except OSError as error:
        raise StudioError(
            "evaluation.unreadable",
            tr("{file} could not be read.", file=str(path)),
            tr("Check that you may read it."),
            str(error),
        ) from error


def _records(path: Path) -> Iterator[Document]:
    for number, line in _lines(path):
        try:
            record = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise _malformed(path, number, str(error)) from error
        if not isinstance(record, dict):
            raise _malformed(path, number, "not an object")
        values = [record.get("_id"), record.get("title") or "", record.get("text")]
        if isinstance(values[0], int):
            values[0] = str(values[0])
        if not all(isinstance(value, str) for value in values) or not values[0]:
            raise _malformed(path, number, "needs _id and text")
        yield Document(*map(str, values))


def _judgements(path: Path) -> dict[str, dict[str, int]]:
    judged: dict[str, dict[str, int]] = {}
    for number, line in _lines(path):
        columns = line.split("\t")
        if len(columns) != 3:
            raise _malformed(path, number, "needs three columns with tabs between")
        query, document, grade = columns
        try:
            judged.setdefault(query, {})[document] = int(grade)
        except ValueError as error:
            if number == 1:  # names of columns
                continue
            raise _malformed(path, number, f"the grade {grade!r} is no whole number") from error
    return judged


def _malformed(path: Path, number: int, details: str) -> StudioError:
    place = tr("line {number} of {file}", number=number, file=str(path)) if number else str(path)
    return StudioError(
        "evaluation.malformed",
        tr("The data set could not be understood: {place}.", place=place),
        tr("Each line of corpus.jsonl and queries.jsonl is one JSON object; qrels.tsv has tabs."),
        details,
    )
