"""``review.sqlite``: readers, decisions, corrections. Several readers on one file share write into it at once.

A database in WAL mode needs memory that all its processes share, which a network share does not have
(https://www.sqlite.org/wal.html: "all processes using a database must be on the same host computer"). This file keeps
the rollback journal, writes in short transactions that begin with the lock (``BEGIN IMMEDIATE``), waits for another's
lock, syncs each to the disk, and is open no longer than a question or an answer takes. Rows are added and never changed:
the database itself refuses it.
"""

from __future__ import annotations

import sqlite3
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import astuple, dataclass, fields
from pathlib import Path

from ...core.errors import InputError
from .decisions import Decision, utc_now

FILE = "review.sqlite"
SCHEMA = 1
_APPLICATION = 0x4F4E4648  # "ONFH"
_WAIT_S = 20.0
_TABLES = """
CREATE TABLE settings (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, value TEXT NOT NULL,
    reader TEXT NOT NULL, time TEXT NOT NULL);
CREATE TABLE readers (name TEXT PRIMARY KEY, since TEXT NOT NULL);
CREATE TABLE decisions (id INTEGER PRIMARY KEY AUTOINCREMENT, case_key TEXT NOT NULL,
    side TEXT NOT NULL CHECK (side IN ('R', 'L')), reader TEXT NOT NULL REFERENCES readers (name),
    kind TEXT NOT NULL CHECK (kind IN ('accept', 'reject', 'corrected', 'comment', 'undo')),
    outline TEXT NOT NULL, time TEXT NOT NULL, comment TEXT NOT NULL,
    UNIQUE (case_key, side, reader, kind, time, comment));
CREATE TABLE corrections (id INTEGER PRIMARY KEY AUTOINCREMENT, case_key TEXT NOT NULL,
    side TEXT NOT NULL CHECK (side IN ('R', 'L')), reader TEXT NOT NULL REFERENCES readers (name),
    structure TEXT NOT NULL CHECK (structure IN ('head', 'necrosis')), path TEXT NOT NULL, sha256 TEXT NOT NULL,
    dice REAL NOT NULL, first_ml REAL NOT NULL, second_ml REAL NOT NULL, added_ml REAL NOT NULL,
    removed_ml REAL NOT NULL, region TEXT NOT NULL, time TEXT NOT NULL);
"""
_FOR_GOOD = "".join(
    f"CREATE TRIGGER {table}_{act} BEFORE {act} ON {table} BEGIN SELECT RAISE (ABORT, 'rows are for good'); END;\n"
    for table in ("decisions", "corrections", "settings")
    for act in ("UPDATE", "DELETE")
)
IDENTITY = "cohort"  # setting: a random name
BLIND = "blind"  # setting: a reader does not see the others' decisions before both are done


@dataclass(frozen=True)
class Correction:
    """What a reader changed of one structure of one hip.

    Attributes:
        structure: "head" (its necrosis included) or "necrosis". path: of the corrected outlines, relative to the cohort.
        sha256: of that file. dice: against the first outlines, 0..1. first_ml, second_ml: volume before and after.
        added_ml, removed_ml: what came and what went. region: of the head in which most was changed.
        time: UTC.
    """

    case: str
    side: str
    reader: str
    structure: str
    path: str
    sha256: str
    dice: float
    first_ml: float
    second_ml: float
    added_ml: float
    removed_ml: float
    region: str
    time: str


class ReviewState:
    """The database of one cohort.

    Args:
        folder: of the cohort; the file is made at the first writing.
    """

    def __init__(self, folder: str | Path) -> None:
        self.path = Path(folder) / FILE

    # decisions ----------------------------------------------------------------------------------------------

    def add(self, rows: Sequence[Decision], corrections: Sequence[Correction] = ()) -> int:
        """Add rows, all or none; those that are there already are left out. Returns how many were new.

        Raises:
            InputError: a damaged database, one of another version, one that cannot be written, or that another reader
                kept to himself for too long.
        """
        with self._changing() as database:
            names = [*(row.reader for row in rows), *(one.reader for one in corrections)]
            for name in dict.fromkeys(names):
                database.execute("INSERT OR IGNORE INTO readers VALUES (?, ?)", (name, utc_now()))
            start = database.total_changes
            database.executemany(
                "INSERT OR IGNORE INTO decisions (case_key, side, reader, kind, outline, time, comment) "
                "VALUES (?, ?, ?, ?, ?, ?, ?)",
                [(r.case, r.side, r.reader, r.kind, r.outline, r.time, r.comment) for r in rows],
            )
            added = database.total_changes - start
            columns = ", ".join(["case_key", *(f.name for f in fields(Correction)[1:])])
            marks = ", ".join("?" * len(fields(Correction)))
            database.executemany(
                f"INSERT INTO corrections ({columns}) VALUES ({marks})",  # noqa: S608 - names of our own fields
                [astuple(one) for one in corrections],
            )
        return added

    def rows(self) -> list[Decision]:
        """All decisions, in the order in which they came."""
        names = ", ".join(("case_key", "side", "reader", "kind", "outline", "time", "comment"))
        return [Decision(*row) for row in self._ask(f"SELECT {names} FROM decisions ORDER BY id")]  # noqa: S608 - our own names

    def corrections(self) -> list[Correction]:
        """All corrections, in the order in which they came."""
        names = ", ".join(["case_key", *(f.name for f in fields(Correction)[1:])])
        return [Correction(*row) for row in self._ask(f"SELECT {names} FROM corrections ORDER BY id")]  # noqa: S608 - our own names

    def readers(self) -> list[str]:
        """Who has decided anything, in the order in which they began."""
        return [str(row[0]) for row in self._ask("SELECT name FROM readers ORDER BY rowid")]

    # settings -----------------------------------------------------------------------------------------------

    @property
    def blind(self) -> bool:
        """Whether a reader does not see the others' decisions before both are done."""
        found = self._ask("SELECT value FROM settings WHERE name = ? ORDER BY id DESC LIMIT 1", (BLIND,))
        return bool(found) and found[0][0] == "yes"

    def set_blind(self, blind: bool, reader: str = "") -> None:
        """Change it; when it was changed, and by whom, stays in the file."""
        if self.path.is_file() and self.blind == blind:
            return
        with self._changing() as database:
            database.execute(
                "INSERT INTO settings (name, value, reader, time) VALUES (?, ?, ?, ?)",
                (BLIND, "yes" if blind else "no", reader, utc_now()),
            )

    def identity(self) -> str:
        """By which decisions that were saved from a page are known to be of this cohort; made at the first asking."""
        found = self._ask("SELECT value FROM settings WHERE name = ? ORDER BY id LIMIT 1", (IDENTITY,))
        if found:
            return str(found[0][0])
        with self._changing() as database:
            database.execute(
                "INSERT INTO settings (name, value, reader, time) VALUES (?, ?, '', ?)",
                (IDENTITY, uuid.uuid4().hex, utc_now()),
            )
        return self.identity()  # the first of several that were made at once

    # the file -----------------------------------------------------------------------------------------------

    def _ask(self, question: str, values: Sequence[str] = ()) -> list[tuple]:
        if not self.path.is_file():
            return []
        with self._open() as database:
            if not database.execute("PRAGMA user_version").fetchone()[0]:
                return []  # another process is about to make the tables
            return database.execute(question, values).fetchall()

    @contextmanager
    def _changing(self) -> Iterator[sqlite3.Connection]:
        """A transaction that has the lock from its beginning."""
        with self._open() as database:
            database.execute("BEGIN IMMEDIATE")
            try:
                if not database.execute("PRAGMA user_version").fetchone()[0]:
                    _make_tables(database)
                yield database
            except BaseException:
                if database.in_transaction:  # a full disk ends it by itself
                    database.execute("ROLLBACK")
                raise
            database.execute("COMMIT")

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        database = None
        try:
            database = sqlite3.connect(self.path, timeout=_WAIT_S, isolation_level=None)
            database.execute("PRAGMA foreign_keys = ON")
            database.execute("PRAGMA synchronous = FULL")
            self._check(database)
            yield database
        except sqlite3.Error as error:
            raise InputError(self._sentence(error)) from error
        finally:
            if database is not None:
                database.close()

    def _check(self, database: sqlite3.Connection) -> None:
        database.execute("BEGIN")  # all as of one moment: another process may be making the tables
        version, application, made = (
            database.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("user_version", "application_id", "schema_version")
        )
        database.execute("COMMIT")
        if not version and not application and not made:
            return  # new, or another process is about to make its tables
        if application != _APPLICATION:
            raise InputError(f"{self.path} is a database of another program; move it away.")
        if version != SCHEMA:
            raise InputError(
                f"{self.path} has the schema {version}, this version reads {SCHEMA}; use the version that wrote it."
            )
        found = database.execute("PRAGMA quick_check (1)").fetchone()
        if found is None or found[0] != "ok":
            raise InputError(self._damaged(str(found and found[0])))

    def _sentence(self, error: sqlite3.Error) -> str:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            return f"{self.path} is being written by another reader for more than {_WAIT_S:.0f} s; try again."
        if code in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
            return self._damaged(str(error))
        if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_FULL):
            return f"{self.path} cannot be written ({error}); check the folder's permissions and free space."
        return f"{self.path} could not be used ({error})."

    def _damaged(self, why: str) -> str:
        why = " ".join(why.split())
        return f"{self.path} is damaged ({why}); put a copy in its place, or move it away and take saved decisions again."


def _make_tables(database: sqlite3.Connection) -> None:
    """One statement after the other: executescript would end the transaction."""
    statement = ""
    for line in (_TABLES + _FOR_GOOD).splitlines():
        statement += line + "\n"
        if sqlite3.complete_statement(statement):
            database.execute(statement)
            statement = ""
    database.execute(f"PRAGMA application_id = {_APPLICATION}")
    database.execute(f"PRAGMA user_version = {SCHEMA}")
