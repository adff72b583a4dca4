"""Brings a collection in step with its sources: reads, cuts and embeds what is new or changed.

Each file is committed in one transaction as soon as its vectors are there, so whatever ends the
program, the next sync goes on with the files that are left.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from studio.documents.collections import Collections
from studio.documents.contents import Contents
from studio.documents.embedder import Embedder
from studio.documents.extracting import Extractor
from studio.documents.indexes import Index, Indexes
from studio.documents.reading import ReadFile, Reading, Stopping
from studio.documents.renewal import Renewal, keywords
from studio.documents.report import Failure, Report, Step, Told
from studio.documents.scan import Found, Rules, scan
from studio.documents.search_index import SearchIndex
from studio.documents.skills import Skills
from studio.documents.sync_plan import Plan, plan
from studio.documents.text.chunks import searched_text
from studio.documents.values import Collection, Extracted
from studio.errors import StudioError
from studio.paths import FileLock
from studio.translation import tr

if TYPE_CHECKING:
    from studio.documents.cut_rows import CutResult
    from studio.documents.tables import Dropped

_TOGETHER = 64  # chunks that are embedded in one go, where files have few
_PASSING = {  # the file is as it was, but cannot be looked at just now
    "document.missing",
    "document.no_permission",
    "document.unreadable",
    "document.changed",
}


@dataclass(frozen=True, slots=True)
class Stores:
    """The tables of documents."""

    collections: Collections
    contents: Contents
    indexes: Indexes


@dataclass(slots=True)
class _Run:
    """One sync on its way."""

    collection: Collection
    index: Index
    work: Plan
    told: Told
    must_stop: Stopping
    report: Report
    changed: frozenset[Path]
    finished: int = 0
    began: float = field(default_factory=time.monotonic)
    tested: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class _Cut:
    """A file that is cut and waits for its vectors."""

    found: Found
    sha256: str
    extracted: Extracted
    cut: CutResult


class Ingest:
    """Syncs collections, one at a time on a data folder, whoever asks for it.

    Args:
        embedder_path: returns where the embedder of these settings is.
        rules: returns which files are taken.
        lock: the file that says that somebody indexes.
        tidy: deletes what was marked for it.
    """

    def __init__(
        self,
        stores: Stores,
        extractor: Extractor,
        embedder: Embedder,
        search: SearchIndex,
        skills: Skills,
        embedder_path: Callable[[str], Path],
        rules: Callable[[], Rules],
        lock: Path,
        tidy: Callable[[Stopping], None],
    ) -> None:
        self._stores = stores
        self._extractor = extractor
        self._embedder = embedder
        self._search = search
        self._skills = skills
        self._embedder_path = embedder_path
        self._rules = rules
        self._lock = lock
        self._tidy = tidy
        self._renewal = Renewal(stores.indexes, embedder, search, embedder_path)

    def sync(
        self,
        collection_id: str,
        told: Told = lambda _step: None,
        must_stop: Stopping = lambda: False,
    ) -> Report:
        """Take in what has changed in the sources of a collection.

        Raises:
            StudioError: ``documents.busy`` while another program indexes; the embedder cannot be
                loaded; the database cannot be written. What was done so far is kept.
        """
        began = time.monotonic()
        with self._alone():
            collection = self._stores.collections.find(collection_id)
            seen = scan(self._stores.collections.sources(collection.id), self._rules(), must_stop)
            known = self._stores.contents.known_files(collection.id)
            work = plan(seen, known)
            report = Report(
                unchanged=work.unchanged,
                left_out=seen.left_out,
                absent=[source.path for source in seen.absent],
                unreadable=seen.unreadable,
                is_whole=seen.is_whole,
            )
            if work.to_read:
                self._stores.contents.wait(collection.id, (*work.new, *work.changed))
                index = self._index(collection)
                changed = frozenset(each.path for each in work.changed)
                self._take_in(_Run(collection, index, work, told, must_stop, report, changed))
            self._forget(collection, work.gone, report)
            report.chunks += self._renewal.renew(collection, told, must_stop)
            self._tidy(must_stop)
            report.is_whole = report.is_whole and not must_stop()
            live = self._stores.indexes.live(collection.id)
            if live is not None and report.has_changed:
                self._search.save(live.id)
        report.seconds = time.monotonic() - began
        return report

    @contextmanager
    def _alone(self) -> Iterator[None]:
        lock = FileLock(self._lock)
        if not lock.acquire(timeout_s=0):
            raise StudioError(
                "documents.busy",
                tr("Documents are being read already, here or in another window."),
                tr("Wait until that is finished, and try again."),
            )
        try:
            yield
        finally:
            lock.release()

    def _index(self, collection: Collection) -> Index:
        live = self._stores.indexes.live(collection.id)
        if live is not None:
            return live
        path = self._embedder_path(collection.index.embedder)
        loaded = self._embedder.load(path)
        return self._stores.indexes.begin(
            collection.id, loaded.identity, path, loaded.dimension, collection.index
        )

    def _take_in(self, run: _Run) -> None:
        contents, texts = self._stores.contents, self._stores.collections
        pasted = {source.id for source in texts.sources(run.collection.id) if source.kind == "text"}
        reading = Reading(
            run.work.to_read,
            self._extractor,
            lambda sha256: contents.known(run.collection.id, sha256),
            lambda found: texts.text_of(found.source) if found.source in pasted else None,
            run.must_stop,
        )
        group: list[_Cut] = []
        with reading as results:
            for read in results:
                group += self._settled(run, read)
                if sum(len(each.cut[1]) for each in group) >= _TOGETHER:
                    self._commit(run, group)
                    group = []
            self._commit(run, group)

    def _settled(self, run: _Run, read: ReadFile) -> list[_Cut]:
        """Cut a file that was read, or note what else came of it."""
        collection, contents = run.collection.id, self._stores.contents
        if read.failure is not None:
            error = read.failure
            run.report.failed.append(Failure.of(read.found.path, error))
            dropped = contents.fail(
                collection,
                read.found,
                error.code,
                error.what,
                error.hint,
                is_passing=error.code in _PASSING,
            )
            self._finish(run, read.found, dropped, counts=False)
        elif read.content is not None:
            self._finish(run, read.found, contents.link(collection, read.found, read.content))
        elif read.extracted is not None:
            cut = self._embedder.cut(
                run.index.embedder_path, read.extracted, run.index.settings, run.must_stop
            )
            if cut is not None:
                return [_Cut(read.found, read.sha256, read.extracted, cut)]
        return []

    def _commit(self, run: _Run, group: list[_Cut]) -> None:
        """Embed files together, and commit each by itself."""
        spoken = {chunk.language for each in group for chunk in each.cut[1]}
        for language in sorted(spoken - run.tested):  # now, so that no question waits for it
            self._skills.weight(run.index.embedder, run.index.embedder_path, language)
            run.tested.add(language)
        if not group:
            return
        texts = [searched_text(chunk) for each in group for chunk in each.cut[1]]
        vectors = self._embedder.embed(run.index.embedder_path, texts, run.must_stop)
        if vectors is None:
            return
        first = 0
        for each in group:
            chunks = each.cut[1]
            rows = vectors[first : first + len(chunks)]
            first += len(chunks)
            words = keywords(chunks)
            done = self._stores.contents.commit_file(
                run.collection.id,
                each.found,
                each.sha256,
                each.extracted,
                each.cut,
                run.index.id,
                rows,
                words,
            )
            if done.is_new:
                joined = [" ".join(each_terms) for each_terms in words]
                self._search.add(run.index.id, done.chunks, rows, joined)
                run.report.chunks += len(chunks)
            self._finish(run, each.found, done.dropped)

    def _finish(self, run: _Run, found: Found, dropped: Dropped, *, counts: bool = True) -> None:
        self._drop(dropped)
        if counts:
            run.report.updated += found.path in run.changed
            run.report.added += found.path not in run.changed
        run.finished += 1
        run.told(_step(run, found))

    def _forget(self, collection: Collection, gone: Iterable[Path], report: Report) -> None:
        paths = list(gone)
        if paths:
            self._drop(self._stores.contents.forget(collection.id, paths))
            report.removed = len(paths)

    def _drop(self, dropped: Dropped) -> None:
        for index_id, chunks in dropped.items():
            self._search.remove(index_id, chunks)


def _step(run: _Run, found: Found) -> Step:
    now = time.monotonic()
    seconds = now - run.began
    left = len(run.work.to_read) - run.finished
    return Step(
        file=found.path,
        number=run.finished,
        total=len(run.work.to_read),
        chunks=run.report.chunks,
        chunks_per_s=run.report.chunks / seconds if seconds else 0.0,
        seconds_left=left * seconds / run.finished if run.finished else None,
    )
