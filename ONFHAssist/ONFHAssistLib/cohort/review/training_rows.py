"""Outlines that readers confirmed, as the table that the training of an outliner reads: one row a file and its hips.

A hip is offered where somebody accepted or corrected it as its outline is now and nobody rejected it. Of several
corrections the last counts; else the accepted outline. The column ``case`` is the patient, by whom training keeps
learning and validation apart.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from ...core.atomic_files import write_text
from ...core.errors import InputError
from ...core.provenance import sha256_of_file
from .corrections import standing_changes
from .decisions import ACCEPT, CORRECTED, REJECT, by_reader
from .folder import Hip, ReviewFolder
from .state import ReviewState

CORRECTED_SIDES = "corrected"  # column: of the sides those whose outline a reader drew anew or corrected
COLUMNS = ("case", "image", "segmentation", "sides", CORRECTED_SIDES)


def training_rows(folder: ReviewFolder, state: ReviewState) -> list[dict[str, str]]:
    """Rows of :data:`COLUMNS`, by case; paths are absolute.

    Raises:
        InputError: nothing is confirmed, or a corrected outline was changed or removed since.
    """
    outlines = {
        (case.key, side): digest for case in folder.good for side, digest in case.outlines_sha256.items()
    }
    judged = by_reader(state.rows(), outlines)
    changes = standing_changes(state.corrections(), judged)
    rows: dict[tuple[str, str], list[str]] = {}
    drawn: set[Hip] = set()
    for case in folder.good:
        for side in case.sides:
            hip: Hip = (case.key, side)
            standing = [
                (its[hip].time, reader, its[hip].decision)
                for reader, its in judged.items()
                if hip in its and its[hip].decision and not its[hip].outdated
            ]
            kinds = {kind for _time, _reader, kind in standing}
            if not kinds or REJECT in kinds:
                continue
            path = case.place("segmentation")
            if CORRECTED in kinds:
                reader = max(one for one in standing if one[2] == CORRECTED)[1]
                path = _corrected(folder, changes.get((*hip, reader), ()), case.key, side, reader)
                drawn.add(hip)
            elif ACCEPT not in kinds:
                continue
            rows.setdefault((case.key, str(path)), []).append(side)
    if not rows:
        raise InputError(
            f"No outline of {folder.path} is accepted or corrected yet that nobody rejected; judge some first."
        )
    return [
        {
            "case": folder.case(key).patient,
            "examination": key,
            "image": str(folder.case(key).place("image").absolute()),
            "segmentation": str(Path(path).absolute()),
            "sides": " ".join(sides),
            CORRECTED_SIDES: " ".join(side for side in sides if (key, side) in drawn),
        }
        for (key, path), sides in rows.items()
    ]


def write_training_table(folder: ReviewFolder, state: ReviewState, out: Path) -> int:
    """Write the rows as CSV; how many."""
    rows = training_rows(folder, state)
    stream = io.StringIO()
    writer = csv.DictWriter(stream, COLUMNS, lineterminator="\n", extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    write_text(out, stream.getvalue())
    return len(rows)


def _corrected(folder: ReviewFolder, changes: Sequence, key: str, side: str, reader: str) -> Path:
    if not changes:
        raise InputError(
            f"The correction of {key} {side} by {reader} is not in the database; confirm it again."
        )
    path = folder.path / changes[0].path
    if not path.is_file():
        raise InputError(f"The corrected outlines {path} are gone; confirm {key} again as {reader}.")
    if sha256_of_file(path) != changes[0].sha256 and not _newer(folder, changes, path):
        raise InputError(
            f"The corrected outlines {path} were changed since {reader} confirmed them; confirm again."
        )
    return path


def _newer(folder: ReviewFolder, changes: Sequence, path: Path) -> bool:
    """Whether the reader himself wrote the file again, when he corrected the other hip."""
    digest = sha256_of_file(path)
    known = ReviewState(folder.path).corrections()
    return any(
        one.sha256 == digest and one.path == changes[0].path and one.time > changes[0].time for one in known
    )
