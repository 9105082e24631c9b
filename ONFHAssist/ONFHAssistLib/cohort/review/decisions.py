"""What a reader decides on a hip: one row a decision, nothing is ever written over; and decisions as a file.

A reader's rows on a hip are read in the order of their times. ``accept``, ``reject`` and ``corrected`` are decisions,
``comment`` keeps the decision and changes what is said of it, ``undo`` takes the last of all these back.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ...core.errors import InputError

ACCEPT, REJECT, CORRECTED, COMMENT, UNDO = "accept", "reject", "corrected", "comment", "undo"
KINDS = (ACCEPT, REJECT, CORRECTED, COMMENT, UNDO)
OPEN = ""  # of a hip on which nothing is decided
SCHEMA = "onfh-review/1"  # of a file of decisions
MOST_COMMENT = 2000  # characters
MOST_NAME = 80
_SIDES = ("R", "L")


@dataclass(frozen=True)
class Decision:
    """One row.

    Attributes:
        case: key. side: "R" or "L". reader: name or initials. kind: of :data:`KINDS`.
        outline: hash of the outline that was judged. time: UTC, ISO 8601 to the millisecond. comment: in free words.
    """

    case: str
    side: str
    reader: str
    kind: str
    outline: str
    time: str
    comment: str = ""

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise InputError(f"The decision on {self.case} {self.side} is '{self.kind}', not one of {KINDS}.")
        if self.side not in _SIDES:
            raise InputError(f"The side of a decision on {self.case} is '{self.side}'; R or L is expected.")
        if not self.reader.strip() or len(self.reader) > MOST_NAME or not self.reader.isprintable():
            raise InputError(
                f"A decision needs the reader's name or initials, at most {MOST_NAME} letters; enter it first."
            )
        if len(self.comment) > MOST_COMMENT:
            raise InputError(f"A comment has at most {MOST_COMMENT} letters, this one {len(self.comment)}.")
        try:
            self.comment.encode()
        except UnicodeEncodeError:
            raise InputError(
                f"The comment on {self.case} {self.side} holds half a character; type it again."
            ) from None


@dataclass(frozen=True)
class Judgement:
    """What holds of one reader on one hip, after all his rows.

    Attributes:
        decision: "accept", "reject", "corrected", or :data:`OPEN`. comment: the last one. time: of the last change, "".
        outline: that was judged, "". outdated: whether the outline is another one now.
        decided: time of the decision that stands, which a comment leaves as it is; "".
    """

    decision: str = OPEN
    comment: str = ""
    time: str = ""
    outline: str = ""
    outdated: bool = False
    decided: str = ""


def utc_now() -> str:
    """Present time in UTC to the millisecond, ISO 8601."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def judgement(rows: Iterable[Decision], outline: str = "") -> Judgement:
    """What the rows of one reader on one hip come to.

    Args:
        rows: in any order. outline: hash of the present outline; "" where it is not asked for.
    """
    held = [Judgement()]
    for row in sorted(rows, key=lambda one: one.time):  # stable: rows of one moment stay in their order
        if row.kind == UNDO:
            held = held[:-1] or [Judgement()]
            continue
        before = held[-1]
        if row.kind == COMMENT:
            outline_of = before.outline or row.outline
            held.append(Judgement(before.decision, row.comment, row.time, outline_of, decided=before.decided))
        else:
            comment = row.comment or before.comment
            held.append(Judgement(row.kind, comment, row.time, row.outline, decided=row.time))
    last = held[-1]
    outdated = bool(last.decision and outline and last.outline and last.outline != outline)
    return replace(last, outdated=outdated)


def by_reader(
    rows: Sequence[Decision], outlines: Mapping[tuple[str, str], str]
) -> dict[str, dict[tuple[str, str], Judgement]]:
    """Reader to hip to judgement.

    Args:
        outlines: (case, side) to the hash of the present outline.
    """
    grouped: dict[str, dict[tuple[str, str], list[Decision]]] = {}
    for row in rows:
        grouped.setdefault(row.reader, {}).setdefault((row.case, row.side), []).append(row)
    return {
        reader: {hip: judgement(found, outlines.get(hip, "")) for hip, found in hips.items()}
        for reader, hips in grouped.items()
    }


# files --------------------------------------------------------------------------------------------------------------


def decisions_text(cohort: str, rows: Iterable[Decision]) -> str:
    """Decisions as the page exports them: JSON with its schema."""
    content = {"schema": SCHEMA, "cohort": cohort, "decisions": [vars(row) for row in rows]}
    return json.dumps(content, indent=1, ensure_ascii=False) + "\n"


def read_decisions(path: str | Path) -> tuple[str, list[Decision]]:
    """The cohort's name and the decisions of a file that the page exported.

    Raises:
        InputError: no such file, of another kind or schema, or with a row that is none.
    """
    file = Path(path)
    try:
        content = json.loads(file.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, RecursionError) as error:
        raise InputError(f"{file} cannot be read as decisions of a contact sheet ({error}).") from error
    if not isinstance(content, dict) or content.get("schema") != SCHEMA:
        raise InputError(
            f"{file} holds no decisions of a contact sheet as this version writes them ({SCHEMA})."
        )
    rows = content.get("decisions")
    if not isinstance(rows, list):
        raise InputError(f"{file} has no list of decisions; export it from the contact sheet again.")
    return str(content.get("cohort", "")), [
        decision_of(row, f"{file}, decision {n}") for n, row in enumerate(rows, 1)
    ]


def decision_of(row: Any, where: str) -> Decision:
    """A row as the page sends it.

    Raises:
        InputError: a field is missing or of another kind, or no time.
    """
    names = ("case", "side", "reader", "kind", "outline", "time", "comment")
    if not isinstance(row, dict):
        raise InputError(f"{where} is no object.")
    for name in names:
        if not isinstance(row.get(name, "" if name == "comment" else None), str):
            raise InputError(f"{where} has no text as '{name}'; export the decisions again.")
    return Decision(
        **{name: row.get(name, "") for name in names if name != "time"}, time=_utc(row["time"], where)
    )


def _utc(text: str, where: str) -> str:
    try:
        time = datetime.fromisoformat(text)
    except ValueError:
        raise InputError(f"{where} has the time '{text}', which is none of ISO 8601.") from None
    if time.tzinfo is None:
        raise InputError(f"{where} has the time '{text}' without its zone; UTC is expected.")
    return time.astimezone(UTC).isoformat(timespec="milliseconds")
