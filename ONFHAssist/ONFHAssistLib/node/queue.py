"""The queue on disk: which images are there, how far each study is, who has its results. SQLite; each change is one
transaction, so that the process may end at any moment.

A study is ``receiving`` until no image came for a while, then ``working``, ``made`` (its objects lie in a folder) and
``sent``; or ``left`` (no hip MRI; the reason is kept) or ``failed``. An image that comes later takes it back to
``receiving``; results on fewer images than there are are thrown away as long as none of them was sent.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

RECEIVING, WORKING, MADE, SENT, LEFT, FAILED = "receiving", "working", "made", "sent", "left", "failed"
STATES = (RECEIVING, WORKING, MADE, SENT, LEFT, FAILED)
_TABLES = """
CREATE TABLE IF NOT EXISTS studies (
  number INTEGER PRIMARY KEY AUTOINCREMENT, uid TEXT NOT NULL UNIQUE, state TEXT NOT NULL,
  images INTEGER NOT NULL DEFAULT 0, worked INTEGER NOT NULL DEFAULT 0, changed REAL NOT NULL,
  due REAL NOT NULL DEFAULT 0, failures INTEGER NOT NULL DEFAULT 0, waits INTEGER NOT NULL DEFAULT 0,
  begun INTEGER NOT NULL DEFAULT 0, sets INTEGER NOT NULL DEFAULT 0, content TEXT NOT NULL DEFAULT '',
  result TEXT NOT NULL DEFAULT '', reason TEXT NOT NULL DEFAULT '', removed INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE IF NOT EXISTS images (
  study INTEGER NOT NULL, uid TEXT NOT NULL, digest TEXT NOT NULL, PRIMARY KEY (study, uid)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS deliveries (
  study INTEGER NOT NULL, destination TEXT NOT NULL, PRIMARY KEY (study, destination)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS by_state ON studies (state, due);
"""


@dataclass(frozen=True)
class Task:
    """A study whose turn it is.

    Attributes:
        number: of it. images: that it had. content: hash of the series that its last results are of; "" without.
        result: folder of its objects, relative to the node's. waits: how often it was tried before.
    """

    number: int
    images: int
    content: str
    result: str
    waits: int


class Queue:
    """The queue; any thread may use it."""

    def __init__(self, path: Path) -> None:
        self._lock = threading.Lock()
        self._base = sqlite3.connect(path, check_same_thread=False, isolation_level=None, timeout=30)
        self._base.execute("PRAGMA journal_mode=WAL")
        self._base.execute("PRAGMA synchronous=FULL")
        self._base.executescript(_TABLES)

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._base.close()

    @contextmanager
    def _change(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            self._base.execute("BEGIN IMMEDIATE")
            try:
                yield self._base
                self._base.execute("COMMIT")
            except BaseException:
                if self._base.in_transaction:
                    self._base.execute("ROLLBACK")
                raise

    def _rows(self, question: str, *values: object) -> list[tuple]:
        with self._lock:
            return self._base.execute(question, values).fetchall()

    # images ---------------------------------------------------------------------------------------------------------

    def number_of(self, uid: str) -> int:
        """The number of a study, which it gets here where it is new."""
        found = self._rows("SELECT number FROM studies WHERE uid = ?", uid)
        if not found:
            with self._change() as base:
                base.execute(
                    "INSERT OR IGNORE INTO studies (uid, state, changed) VALUES (?, ?, ?)",
                    (uid, RECEIVING, time.time()),
                )
            found = self._rows("SELECT number FROM studies WHERE uid = ?", uid)
        return int(found[0][0])

    def is_known(self, uid: str) -> bool:
        """Whether a study is there."""
        return bool(self._rows("SELECT 1 FROM studies WHERE uid = ?", uid))

    def digest_of(self, study: int, uid: str) -> str | None:
        """Hash of an image as it came; None where it did not."""
        found = self._rows("SELECT digest FROM images WHERE study = ? AND uid = ?", study, uid)
        return str(found[0][0]) if found else None

    def images_of(self, study: int) -> int:
        """How many images of a study came."""
        return int(self._rows("SELECT images FROM studies WHERE number = ?", study)[0][0])

    def add_image(self, study: int, uid: str, digest: str) -> None:
        """An image is on the disk.

        A study that was done is to be looked at again; one that is worked on or made goes on, and is compared at its end.
        """
        with self._change() as base:
            base.execute("INSERT OR REPLACE INTO images VALUES (?, ?, ?)", (study, uid, digest))
            base.execute(
                "UPDATE studies SET images = images + 1, changed = ?, removed = 0 WHERE number = ?",
                (time.time(), study),
            )
            base.execute(
                "UPDATE studies SET state = ?, failures = 0, waits = 0, due = 0, reason = '' WHERE number = ? AND "
                "state IN (?, ?, ?)",
                (RECEIVING, study, SENT, LEFT, FAILED),
            )

    def touch(self, study: int) -> None:
        """An image that was there came again: its study is still on its way, and its files are there."""
        with self._change() as base:
            base.execute("UPDATE studies SET changed = ?, removed = 0 WHERE number = ?", (time.time(), study))

    # work -----------------------------------------------------------------------------------------------------------

    def recover(self, most: int = 0) -> None:
        """What was worked on is worked on again.

        Args:
            most: failures after which a study is given up, of which one is counted for each that the node ended with,
                so that none ends it for ever; 0 counts nothing.
        """
        with self._change() as base:
            if most:
                base.execute(
                    "UPDATE studies SET failures = failures + 1, reason = ? WHERE state = ?",
                    ("the node ended while it was worked on", WORKING),
                )
                base.execute(
                    "UPDATE studies SET state = ?, worked = images WHERE state = ? AND failures >= ?",
                    (FAILED, WORKING, most),
                )
            base.execute("UPDATE studies SET state = ? WHERE state = ?", (RECEIVING, WORKING))

    def give_back(self, task: Task) -> None:
        """A study is not worked on after all, since the node is stopped; that is no failure of it."""
        with self._change() as base:
            base.execute(
                "UPDATE studies SET state = ? WHERE number = ? AND state = ?",
                (RECEIVING, task.number, WORKING),
            )

    def claim_work(self, quiet_s: float) -> Task | None:
        """The study that has been complete for longest, now ``working``; None where there is none."""
        now = time.time()
        with self._change() as base:
            found = base.execute(
                "SELECT number, images, content, result, waits FROM studies WHERE state = ? AND images > 0 AND "
                "changed <= ? AND due <= ? ORDER BY changed LIMIT 1",
                (RECEIVING, now - quiet_s, now),
            ).fetchone()
            if found is None:
                return None
            base.execute("UPDATE studies SET state = ? WHERE number = ?", (WORKING, found[0]))
        return Task(*found)

    def finish_work(self, task: Task, content: str, result: str) -> bool:
        """The objects of a study lie in ``result``; whether they count, since no image came meanwhile."""
        with self._change() as base:
            if self._grew(base, task):
                return False
            base.execute(
                "UPDATE studies SET state = ?, worked = ?, content = ?, result = ?, begun = 0, waits = 0, due = 0, "
                "failures = 0, reason = '' WHERE number = ?",
                (MADE, task.images, content, result, task.number),
            )
            base.execute("DELETE FROM deliveries WHERE study = ?", (task.number,))
        return True

    def finish_unchanged(self, task: Task) -> bool:
        """What came since the results were made changes nothing in them: they are still to be sent, or were."""
        with self._change() as base:
            if self._grew(base, task):
                return False
            base.execute(
                "UPDATE studies SET state = CASE WHEN begun = 0 AND result <> '' THEN ? ELSE ? END, worked = ?, "
                "failures = 0, reason = '' WHERE number = ?",
                (MADE, SENT, task.images, task.number),
            )
        return True

    def leave(self, task: Task, reason: str) -> bool:
        """A study that is not worked up; results of it that were never sent count no longer."""
        with self._change() as base:
            if self._grew(base, task):
                return False
            base.execute(
                "UPDATE studies SET state = ?, worked = ?, reason = ?, result = '', "
                "content = CASE WHEN begun = 0 THEN '' ELSE content END WHERE number = ?",
                (LEFT, task.images, reason, task.number),
            )
        return True

    @staticmethod
    def _grew(base: sqlite3.Connection, task: Task) -> bool:
        images = base.execute("SELECT images FROM studies WHERE number = ?", (task.number,)).fetchone()[0]
        if images != task.images:
            base.execute("UPDATE studies SET state = ? WHERE number = ?", (RECEIVING, task.number))
        return bool(images != task.images)

    def fail_work(self, task: Task, reason: str, most: int) -> bool:
        """A study failed once more, which counts unless it grew meanwhile; whether it is given up."""
        with self._change() as base:
            base.execute(
                "UPDATE studies SET failures = failures + (images = ?), reason = ?, state = ? WHERE number = ?",
                (task.images, reason, RECEIVING, task.number),
            )
            base.execute(
                "UPDATE studies SET state = ?, worked = images WHERE number = ? AND failures >= ?",
                (FAILED, task.number, most),
            )
            return bool(
                base.execute(
                    "SELECT state = ? FROM studies WHERE number = ?", (FAILED, task.number)
                ).fetchone()[0]
            )

    def postpone(self, task: Task, state: str, seconds: float, reason: str) -> None:
        """A study waits through no fault of its own: a full disk, an archive that is away or refuses."""
        with self._change() as base:
            base.execute(
                "UPDATE studies SET state = ?, due = ?, waits = waits + 1, reason = ? WHERE number = ?",
                (state, time.time() + seconds, reason, task.number),
            )

    # send -----------------------------------------------------------------------------------------------------------

    def claim_sending(self) -> Task | None:
        """The study whose objects have waited for longest; None where there is none.

        From now on its results stand. One that grew before goes back to be worked on.
        """
        with self._change() as base:
            base.execute(
                "UPDATE studies SET state = ? WHERE state = ? AND begun = 0 AND images != worked",
                (RECEIVING, MADE),
            )
            found = base.execute(
                "SELECT number, images, content, result, waits FROM studies WHERE state = ? AND due <= ? "
                "ORDER BY due, number LIMIT 1",
                (MADE, time.time()),
            ).fetchone()
            if found is None:
                return None
            base.execute("UPDATE studies SET begun = 1 WHERE number = ?", (found[0],))
        return Task(*found)

    def delivered(self, study: int) -> set[str]:
        """The destinations that have the objects of a study."""
        return {
            str(row[0]) for row in self._rows("SELECT destination FROM deliveries WHERE study = ?", study)
        }

    def deliver(self, study: int, destination: str) -> None:
        """A destination has them."""
        with self._change() as base:
            base.execute("INSERT OR IGNORE INTO deliveries VALUES (?, ?)", (study, destination))

    def finish_sending(self, study: int) -> None:
        """Every destination has them; a study that grew meanwhile is looked at again."""
        with self._change() as base:
            base.execute(
                "UPDATE studies SET state = CASE WHEN images = worked THEN ? ELSE ? END, sets = sets + 1, waits = 0, "
                "due = 0, reason = '' WHERE number = ?",
                (SENT, RECEIVING, study),
            )

    # look -----------------------------------------------------------------------------------------------------------

    def counts(self) -> dict[str, int]:
        """State to the number of studies in it."""
        # One whose first image could not be written has none and will perhaps never have one.
        found = dict(self._rows("SELECT state, COUNT(*) FROM studies WHERE images > 0 GROUP BY state"))
        return {state: int(found.get(state, 0)) for state in STATES}

    def waiting(self) -> int:
        """Studies that are not worked up yet."""
        counts = self.counts()
        return counts[RECEIVING] + counts[WORKING]

    def oldest_s(self) -> float:
        """How long the study that has waited longest has waited, s; 0 where none does."""
        found = self._rows(
            "SELECT MIN(changed) FROM studies WHERE images > 0 AND state IN (?, ?, ?)",
            RECEIVING,
            WORKING,
            MADE,
        )[0][0]
        return 0.0 if found is None else max(0.0, time.time() - float(found))

    def results(self) -> set[str]:
        """Folders of objects that are still to be sent."""
        return {
            str(row[0])
            for row in self._rows("SELECT result FROM studies WHERE state = ? OR begun = 0", MADE)
            if row[0]
        }

    def done_before(self, moment: float) -> list[int]:
        """Studies that were done and quiet before a moment and whose images are still there."""
        found = self._rows(
            "SELECT number FROM studies WHERE removed = 0 AND changed < ? AND state IN (?, ?, ?)",
            moment,
            SENT,
            LEFT,
            FAILED,
        )
        return [int(row[0]) for row in found]

    def forget_images(self, study: int) -> bool:
        """The images of a study may go, unless it was taken up again meanwhile."""
        with self._change() as base:
            done = base.execute(
                "UPDATE studies SET removed = 1 WHERE number = ? AND state IN (?, ?, ?)",
                (study, SENT, LEFT, FAILED),
            )
            return done.rowcount == 1

    def retry(self, study: int | None = None) -> int:
        """Take up studies that failed; all of them, or one. How many."""
        with self._change() as base:
            done = base.execute(
                "UPDATE studies SET state = ?, failures = 0, due = 0 WHERE state = ? AND (? IS NULL OR number = ?)",
                (RECEIVING, FAILED, study, study),
            )
            return int(done.rowcount)

    def table(self) -> list[tuple[int, str, int, int, str]]:
        """Number, state, images, sets of results and reason of every study."""
        return [
            tuple(row)
            for row in self._rows("SELECT number, state, images, sets, reason FROM studies ORDER BY number")
        ]
