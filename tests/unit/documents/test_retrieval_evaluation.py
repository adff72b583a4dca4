"""Figures as trec_eval computes them, and data sets that are whole, odd or damaged."""

from __future__ import annotations

import math
import os
from pathlib import Path

import pytest

from studio.documents.evaluation import (
    Figures,
    figures,
    mean_figures,
    ndcg,
    read_data_set,
    recall,
    reciprocal_rank,
)
from studio.errors import StudioError

GRADES = {"a": 2, "b": 1, "c": 0, "d": -1}


def write(folder: Path, **changed: str | bytes) -> Path:
    """Write a data set of two documents and one question, with other contents where given."""
    usual: dict[str, str | bytes] = {
        "corpus": '{"_id": "d1", "title": "T", "text": "one"}\n{"_id": "d2", "text": "two"}\n',
        "queries": '{"_id": "q1", "text": "first?"}\n',
        "qrels": "query-id\tcorpus-id\tscore\nq1\td1\t1\n",
    }
    names = {"corpus": "corpus.jsonl", "queries": "queries.jsonl", "qrels": "qrels.tsv"}
    for key, content in (usual | changed).items():
        raw = content if isinstance(content, bytes) else content.encode()
        (folder / names[key]).write_bytes(raw)
    return folder


def test_gain_is_the_grade_and_what_is_not_relevant_gives_none() -> None:
    best = 2 + 1 / math.log2(3)

    assert ndcg(["a", "b"], GRADES) == pytest.approx(1)
    assert ndcg(["b", "a"], GRADES) == pytest.approx((1 + 2 / math.log2(3)) / best)
    assert ndcg(["d", "c", "x", "a"], GRADES) == pytest.approx((2 / math.log2(5)) / best)
    assert ndcg([*"uvwxyzklmn", "a"], GRADES) == 0


def test_the_ideal_ranking_is_as_deep_as_the_figure() -> None:
    grades = {f"d{place}": 1 for place in range(20)}

    assert ndcg([f"d{place}" for place in range(10)], grades) == pytest.approx(1)


def test_recall_is_of_all_relevant_documents_and_rank_of_the_first() -> None:
    assert recall(["a", "x", "b"], GRADES, 2) == 0.5
    assert recall([], GRADES, 5) == 0
    assert reciprocal_rank(["d", "x", "b"], GRADES) == pytest.approx(1 / 3)
    assert reciprocal_rank([*"qrstuvwxyz", "a"], GRADES) == 0


def test_a_question_that_found_nothing_counts_as_zero_and_one_unjudged_not_at_all() -> None:
    judgements = {"q1": {"a": 1}, "q2": {"b": 1}, "q3": {"c": 0}}

    assert mean_figures({"q1": ["a"], "q3": ["c"]}, judgements) == Figures(0.5, 0.5, 0.5, 0.5)
    assert list(Figures(0.1, 0.2, 0.3, 0.4).to_dict()) == [
        "ndcg@10",
        "recall@5",
        "recall@10",
        "mrr@10",
    ]


def test_figures_of_nothing_and_of_a_doubled_document_are_refused() -> None:
    with pytest.raises(ValueError, match="relevant"):
        mean_figures({}, {"q": {"a": 0}})
    with pytest.raises(ValueError, match="twice"):
        figures(["a", "a"], GRADES)


def test_a_folder_is_read_with_its_odd_forms(tmp_path: Path) -> None:
    text = "\ufeff" + '{"_id": 7, "title": null, "text": "a\u2028b"}\r\n\n{"_id": "x", "text": ""}'
    write(tmp_path, corpus=text.encode(), qrels="q1\t7\t2\nq1\tx\t0\nq9\tx\t1\n")

    found = read_data_set(tmp_path)

    assert [(one.id, one.title, one.text) for one in found.documents] == [
        ("7", "", "a\u2028b"),
        ("x", "", ""),
    ]
    assert found.queries == {"q1": "first?"}
    assert found.judgements == {"q1": {"7": 2, "x": 0}}


def test_the_judgements_may_stand_in_a_folder_of_their_own(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "qrels").mkdir()
    (tmp_path / "qrels.tsv").rename(tmp_path / "qrels" / "test.tsv")

    assert read_data_set(tmp_path).judgements == {"q1": {"d1": 1}}


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(StudioError) as told:
        read_data_set(tmp_path / "none")
    assert told.value.code == "evaluation.no_folder"


@pytest.mark.parametrize("name", ["corpus.jsonl", "queries.jsonl", "qrels.tsv"])
def test_a_missing_file_is_told_by_name(tmp_path: Path, name: str) -> None:
    (write(tmp_path) / name).unlink()

    with pytest.raises(StudioError) as told:
        read_data_set(tmp_path)
    assert told.value.code == "evaluation.missing"
    assert name in told.value.what


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("corpus", '{"_id": "d1", "text": "cut of'),
        ("corpus", "[" * 100_000),
        ("corpus", '["d1", "text"]'),
        ("corpus", '{"_id": "", "text": "x"}'),
        ("corpus", '{"_id": "d1"}'),
        ("corpus", '{"_id": "d1", "text": 5}'),
        ("corpus", '{"_id": "d1", "text": "x"}\n{"_id": "d1", "text": "y"}'),
        ("corpus", b"\xff\xfe\x00"),
        ("queries", "not json"),
        ("queries", '{"_id": null, "text": "x"}'),
        ("qrels", "q1 d1 1\n"),
        ("qrels", "query\tdocument\tgrade\nq1\td1\tgood\n"),
        ("qrels", "q1\t0\td1\t1\n"),
    ],
)
def test_a_damaged_file_is_told_with_its_name(
    tmp_path: Path, name: str, content: str | bytes
) -> None:
    write(tmp_path, **{name: content})

    with pytest.raises(StudioError) as told:
        read_data_set(tmp_path)
    assert told.value.code == "evaluation.malformed"
    assert name in told.value.what


@pytest.mark.parametrize(
    ("name", "content"),
    [("corpus", ""), ("qrels", "query\tdocument\tgrade\n"), ("qrels", "q1\td1\t0\n")],
)
def test_a_set_in_which_nothing_is_relevant_is_told(
    tmp_path: Path, name: str, content: str
) -> None:
    write(tmp_path, **{name: content})

    with pytest.raises(StudioError) as told:
        read_data_set(tmp_path)
    assert told.value.code == "evaluation.nothing_judged"


@pytest.mark.skipif("STUDIO_EVAL" not in os.environ, reason="the public sets are not here")
def test_the_public_sets_are_read_whole() -> None:
    found = read_data_set(Path(os.environ["STUDIO_EVAL"]) / "scifact")

    assert (len(found.documents), len(found.queries)) == (5183, 300)
    assert sum(map(len, found.judgements.values())) == 339  # one line of 340 stands twice
