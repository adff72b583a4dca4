"""`studio documents`: files of the person's own, read once and found again."""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from studio.assembly import Parts
from studio.cli import documents_settings
from studio.cli.documents_arguments import INDEX_KEYS
from studio.cli.printing import one_line, tell, write_lines
from studio.errors import StudioError
from studio.sizes import file_size

if TYPE_CHECKING:
    from studio.documents.documents import Documents
    from studio.documents.report import Report, Step
    from studio.documents.values import Collection, Hit

_SHOWN_CHARS = 300  # of a passage, in a terminal
_TELL_EVERY_S = 2.0

_Answer = tuple[Any, list[str]]


def run(parts: Parts, arguments: argparse.Namespace) -> Any:
    """Run one of the verbs; return what ``--json`` prints."""
    result, lines = _VERBS[arguments.verb](parts, arguments)
    if not arguments.json:
        write_lines(lines)
    return result


def _add(parts: Parts, arguments: argparse.Namespace) -> _Answer:
    documents = parts.documents
    collection = _found_or_made(documents, arguments.collection)
    for path in arguments.paths:
        documents.collections.add_source(collection.id, path)
    return _synced(documents, collection)


def _sync(parts: Parts, arguments: argparse.Namespace) -> _Answer:
    documents = parts.documents
    collection = documents.collections.find(arguments.collection)
    if arguments.retry:
        documents.contents.retry(collection.id)
    return _synced(documents, collection)


def _set(parts: Parts, arguments: argparse.Namespace) -> _Answer:
    documents = parts.documents
    collection = documents.collections.find(arguments.collection)
    changed = documents_settings.changed(collection, arguments.key, arguments.value)
    if arguments.key in INDEX_KEYS:
        documents.collections.set_index(collection.id, changed.index)
        after = " It takes effect with the next sync."
    else:
        documents.collections.set_search(collection.id, changed.search)
        after = ""
    result = {"collection": collection.name, **asdict(changed.index), **asdict(changed.search)}
    return result, [f"“{collection.name}”: {arguments.key} is set.{after}"]


def _synced(documents: Documents, collection: Collection) -> _Answer:
    report = documents.ingest.sync(collection.id, _teller())
    result = {
        "collection": collection.name,
        "added": report.added,
        "updated": report.updated,
        "unchanged": report.unchanged,
        "removed": report.removed,
        "failed": [
            {"file": str(each.file), "code": each.code, "reason": each.reason}
            for each in report.failed
        ],
        "chunks": report.chunks,
        "seconds": round(report.seconds, 3),
        "left_out": {reason: left.count for reason, left in report.left_out.items()},
    }
    return result, _report_lines(collection, report)


def _report_lines(collection: Collection, report: Report) -> list[str]:
    lines = [
        f"“{collection.name}”: {report.added} added, {report.updated} updated, "
        f"{report.unchanged} unchanged, {report.removed} removed; {report.chunks} passages "
        f"in {report.seconds:.1f} s."
    ]
    lines += [f"Not read: {one_line(str(each.file))}: {each.reason}" for each in report.failed]
    for reason, left in report.left_out.items():
        lines.append(f"Left out ({_REASONS[reason]}): {left.count}")
    lines += [f"Not there just now: {path}" for path in report.absent]
    lines += [f"Could not be looked at: {path}: {why}" for path, why in report.unreadable.items()]
    return lines


def _teller() -> Callable[[Step], None]:
    last = 0.0

    def told(step: Step) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last < _TELL_EVERY_S and step.number < step.total:
            return
        last = now
        left = f", {step.seconds_left:.0f} s left" if step.seconds_left else ""
        tell(
            f"File {step.number} of {step.total}: {one_line(step.file.name)} "
            f"({step.chunks_per_s:.0f} passages/s{left})"
        )

    return told


def _list(parts: Parts, arguments: argparse.Namespace) -> _Answer:
    documents = parts.documents
    if arguments.collection is not None:
        return _files(documents, documents.collections.find(arguments.collection))
    rows, lines = [], []
    for collection in documents.collections.all():
        totals = documents.contents.counts(collection.id)
        files = sum(totals.files.values())
        rows.append(
            {"id": collection.id, "name": collection.name, "files": files, "chunks": totals.chunks}
        )
        lines.append(
            f"{one_line(collection.name)}: {files} files, {totals.chunks} passages, "
            f"{file_size(totals.stored_bytes)}"
        )
    if not rows:
        lines.append(
            "No collection is here yet. Make one: studio documents add FOLDER --collection NAME"
        )
    return {"collections": rows}, lines


def _files(documents: Documents, collection: Collection) -> _Answer:
    rows = documents.contents.files(collection.id)
    told = [
        {
            "file": str(each.path),
            "state": each.state,
            "pages": each.pages,
            "chunks": each.chunks,
            "code": each.code,
            "reason": each.reason,
        }
        for each in rows
    ]
    lines = [
        f"{one_line(str(each.path))}: {each.reason or _STATES[each.state]}"
        + (f", {each.chunks} passages" if each.chunks else "")
        for each in rows
    ]
    return {"collection": collection.name, "files": told}, lines


def _remove(parts: Parts, arguments: argparse.Namespace) -> _Answer:
    documents = parts.documents
    collection = documents.collections.find(arguments.collection)
    if not arguments.paths:
        documents.collections.remove(collection.id)
        return {"collection": collection.name, "removed": True}, [
            f"“{collection.name}” is in the trash. Your files are untouched."
        ]
    for path in arguments.paths:
        documents.remove_source(collection.id, path)
    return {"collection": collection.name, "removed": [str(path) for path in arguments.paths]}, [
        f"Taken out of “{collection.name}”. Your files are untouched."
    ]


def _status(parts: Parts, arguments: argparse.Namespace) -> _Answer:
    documents = parts.documents
    collection = documents.collections.find(arguments.collection)
    totals = documents.contents.counts(collection.id)
    sources = documents.collections.sources(collection.id)
    index = documents.indexes.live(collection.id)
    result = {
        "collection": collection.name,
        "id": collection.id,
        "sources": [{"kind": each.kind, "path": str(each.path)} for each in sources],
        **asdict(totals),
        "embedder": index.embedder_path.name if index else None,
        "dimension": index.dimension if index else None,
    }
    states = ", ".join(f"{count} {_STATES[state]}" for state, count in totals.files.items())
    lines = [
        f"“{collection.name}”: {states or 'no files'}",
        f"{totals.pages} pages, {totals.chunks} passages, {file_size(totals.stored_bytes)} stored",
        *(f"Source: {each.path}" for each in sources),
    ]
    return result, lines


def _search(parts: Parts, arguments: argparse.Namespace) -> _Answer:
    documents = parts.documents
    collection = documents.collections.find(arguments.collection)
    began = time.perf_counter()
    hits = documents.retrieval.search(
        [collection], arguments.query, most=int(arguments.k), mode=arguments.mode
    )
    result = {
        "query": arguments.query,
        "hits": [_hit(each) for each in hits],
        "seconds": round(time.perf_counter() - began, 4),
    }
    lines = [line for each in hits for line in _hit_lines(each)]
    return result, lines or ["Nothing was found."]


def _evaluate(parts: Parts, arguments: argparse.Namespace) -> _Answer:
    from studio.documents.evaluating import evaluate
    from studio.documents.evaluation import read_data_set
    from studio.documents_setup import passing_documents

    data = read_data_set(arguments.folder)
    with (
        tempfile.TemporaryDirectory(prefix="studio-evaluation-") as folder,
        passing_documents(parts.broker, parts.paths, Path(folder)) as documents,
    ):
        measured = evaluate(documents, data, arguments.mode, _teller())
    result = {
        "queries": measured.queries,
        **{name: round(value, 4) for name, value in measured.figures.to_dict().items()},
        "index_seconds": round(measured.index_seconds, 2),
        "query_ms_p50": round(measured.median_ms, 2),
        "query_ms_p95": round(measured.percentile(0.95), 2),
    }
    return result, [f"{name}: {value}" for name, value in result.items()]


def _hit(hit: Hit) -> dict[str, Any]:
    return {
        "rank": hit.rank,
        "score": round(hit.score, 6),
        "file": str(hit.files[0]) if hit.files else "",
        "title": hit.title,
        "page": hit.page,
        "chunk": hit.chunk,
        "start": hit.start,
        "end": hit.end,
        "text": hit.text,
        "scores": {name: round(value, 6) for name, value in hit.scores.items()},
    }


def _hit_lines(hit: Hit) -> Sequence[str]:
    name = one_line(hit.files[0].name) if hit.files else one_line(hit.title)
    page = f", page {hit.page}" if hit.page is not None else ""
    text = one_line(hit.text)
    cut = text if len(text) <= _SHOWN_CHARS else text[: _SHOWN_CHARS - 1] + "…"
    return f"{hit.rank}. {name}{page} ({hit.score:.2f})", f"   {cut}"


def _found_or_made(documents: Documents, name: str) -> Collection:
    try:
        return documents.collections.find(name)
    except StudioError as error:
        if error.code != "documents.no_collection":
            raise
    return documents.collections.create(name)


_STATES = {
    "waiting": "waiting to be read",
    "indexed": "read",
    "partly": "read in part",
    "failed": "not read",
}
_REASONS = {
    "ignored": "matches an ignore pattern",
    "hidden": "hidden",
    "too_large": "larger than the limit",
    "seen_before": "a link to what is there already",
    "not_a_file": "no file",
    "dead_link": "a link that leads nowhere",
    "own": "the program's own data",
}
_VERBS: Mapping[str, Callable[[Parts, argparse.Namespace], _Answer]] = {
    "add": _add,
    "list": _list,
    "remove": _remove,
    "sync": _sync,
    "set": _set,
    "status": _status,
    "search": _search,
    "evaluate": _evaluate,
}
