"""Keeps comparisons in the database, also while their replies are being written."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, cast

from studio.chat import processes
from studio.chat.compare.comparison import (
    SIDES,
    UNENDED,
    VOTES,
    Comparison,
    Pair,
    Side,
    Vote,
    Which,
    side_from,
    tally,
)
from studio.chat.store import new_id
from studio.errors import StudioError
from studio.translation import tr

if TYPE_CHECKING:
    from studio.storage.database import Database

_NEWEST_FIRST = "SELECT * FROM chat_comparisons ORDER BY created_at DESC, rowid DESC"

_WITHOUT_SUM = '%"file_sha256": ""%'  # as json.dumps() writes it


class Comparisons:
    """The comparisons of a person. May be used from any thread."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(self, prompt: str, left: Side, right: Side, *, is_blind: bool) -> Comparison:
        """Keep a comparison whose replies are about to be written by this process."""
        made = Comparison(new_id(), datetime.now(UTC), prompt, left, right, is_blind)
        pid = os.getpid()
        row = _row(made) | {"writer_pid": pid, "writer_started": processes.started(pid)}
        with self._database.transaction(synced=True) as connection:
            connection.table("chat_comparisons").insert(row)
        return made

    def save_side(self, comparison_id: str, which: Which, side: Side) -> None:
        """Keep what there is of a side by now; nothing happens to a deleted comparison."""
        with self._database.transaction(synced=side.status not in UNENDED) as connection:
            connection.execute(
                f"UPDATE chat_comparisons SET {which}_side = ? WHERE id = ?",
                [side.to_json(), comparison_id],
            )

    def fill_in(self, file: str, stamp: str, digest: str) -> None:
        """Put a file's SHA-256 into the recipes that were made with the file as it was then."""
        query = (
            "SELECT id, left_side, right_side FROM chat_comparisons"
            " WHERE left_side LIKE ? OR right_side LIKE ?"
        )
        with self._database.reading() as connection:
            found = [dict(row) for row in connection.query(query, [_WITHOUT_SUM] * 2)]
        for row in found:
            for which in SIDES:
                recipe = side_from(row[f"{which}_side"]).recipe
                if (recipe.get("file"), recipe.get("file_stamp")) == (file, stamp):
                    self._fill_in(row["id"], which, digest)

    def _fill_in(self, comparison_id: str, which: Which, digest: str) -> None:
        with self._database.transaction() as connection:
            query = f"SELECT {which}_side AS side FROM chat_comparisons WHERE id = ?"
            for row in [*connection.query(query, [comparison_id])]:
                side = side_from(row["side"])
                if side.recipe.get("file_sha256") == "":
                    recipe = side.recipe | {"file_sha256": digest}
                    self.save_side(comparison_id, which, replace(side, recipe=recipe))

    def vote(self, comparison_id: str, vote: Vote) -> Comparison:
        """Keep which reply was better, in place of an earlier vote.

        Raises:
            StudioError: ``comparison.unknown`` or ``comparison.vote``.
        """
        if vote not in VOTES:
            raise StudioError(
                "comparison.vote",
                tr("“{vote}” is no vote.", vote=vote),
                tr("Choose one of: {votes}.", votes=", ".join(VOTES)),
            )
        voted_at = datetime.now(UTC).isoformat(timespec="microseconds")
        with self._database.transaction(synced=True) as connection:
            self.get(comparison_id)
            connection.table("chat_comparisons").update(
                comparison_id, {"vote": vote, "voted_at": voted_at}
            )
            return self.get(comparison_id)

    def get(self, comparison_id: str) -> Comparison:
        """Return a comparison.

        Raises:
            StudioError: ``comparison.unknown``.
        """
        query = "SELECT * FROM chat_comparisons WHERE id = ?"
        with self._database.reading() as connection:
            for row in connection.query(query, [comparison_id]):
                return _comparison(row)
        raise StudioError(
            "comparison.unknown",
            tr("There is no comparison “{id}”.", id=comparison_id),
            tr("It may have been deleted. Choose another one."),
        )

    def remove(self, comparison_id: str) -> Comparison:
        """Delete a comparison; return it, for :meth:`put_back`.

        Raises:
            StudioError: ``comparison.unknown``.
        """
        with self._database.transaction(synced=True) as connection:
            found = self.get(comparison_id)
            connection.table("chat_comparisons").delete(comparison_id)
            return found

    def tally(self) -> list[Pair]:
        """Return how often each was better than each other."""
        return tally(self.list())

    def list(self) -> list[Comparison]:
        """Return all comparisons, the newest first."""
        with self._database.reading() as connection:
            return [_comparison(row) for row in connection.query(_NEWEST_FIRST)]

    def put_back(self, removed: Comparison) -> None:
        """Undo a removal."""
        with self._database.transaction(synced=True) as connection:
            connection.table("chat_comparisons").insert(_row(removed), replace=True)


def _row(made: Comparison) -> dict[str, Any]:
    return {
        "id": made.id,
        "created_at": made.created_at.isoformat(timespec="microseconds"),
        "prompt": made.prompt,
        "blind": int(made.is_blind),
        "vote": made.vote,
        "left_side": made.left.to_json(),
        "right_side": made.right.to_json(),
    }


def _comparison(row: dict[str, Any]) -> Comparison:
    found = Comparison(
        row["id"],
        datetime.fromisoformat(row["created_at"]),
        row["prompt"],
        side_from(row["left_side"]),
        side_from(row["right_side"]),
        bool(row["blind"]),
        cast("Vote", row["vote"]),
    )
    if all(found.side(which).status not in UNENDED for which in SIDES):
        return found
    if processes.is_running(row["writer_pid"], row["writer_started"]):
        return found
    for which in SIDES:  # its writer has died
        side = found.side(which)
        if side.status in UNENDED:
            found = found.with_side(which, replace(side, status="interrupted"))
    return found
