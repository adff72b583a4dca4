"""A program that is killed while it commits files leaves each of them whole, or not at all."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from support.databases import database_with
from support.document_room import sha_of
from support.source_tree import ROOT

from studio.documents.checking import check
from studio.documents.collections import Collections
from studio.documents.contents import Contents
from studio.documents.indexes import Indexes
from studio.documents.migrations import MIGRATIONS

# Writes as fast as it can: each file anew, or in place of what it said before.
_WRITER = """
import itertools, sys
from pathlib import Path
from support.document_room import document_room_on_disk

with document_room_on_disk(Path(sys.argv[1])) as room:
    for number in itertools.count():
        text = chr(10).join(f"line {line} of {number} " + "x" * 200 for line in range(40))
        room.put(f"{number % 5}.txt", text, modified_ns=number)
        print(number, flush=True)
"""


@pytest.mark.parametrize("after_s", [0.0, 0.013])
def test_every_file_is_whole(tmp_path: Path, after_s: float) -> None:
    writer = subprocess.Popen(
        [sys.executable, "-c", _WRITER, str(tmp_path)],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests'}"},
    )
    assert writer.stdout is not None
    with writer.stdout as told:
        last = [told.readline() for _ in range(8)][-1]
        time.sleep(after_s)
        writer.kill()
        last = (told.read().splitlines() or [last])[-1]
    writer.wait()

    with database_with(tmp_path / "data", MIGRATIONS) as database:
        collection = Collections(database).find("Papers").id
        assert check(database, collection).is_whole
        contents, indexes = Contents(database), Indexes(database)
        rows = contents.files(collection)
        assert {(row.state, row.chunks) for row in rows} == {("indexed", 40)}
        # The one after the last it spoke of may have been committed too.
        newest = max(row.modified_ns for row in rows)
        assert newest in (int(last), int(last) + 1)
        live = indexes.live(collection)
        assert live is not None
        assert indexes.missing(live.id) == []
        assert len(indexes.rows(live.id).ids) == 40 * 5
        for row in rows:
            assert row.content is not None
            text = indexes.text(row.content)
            assert text.startswith(f"line 0 of {row.modified_ns} ")
            assert contents.known(collection, sha_of(text)) == row.content
