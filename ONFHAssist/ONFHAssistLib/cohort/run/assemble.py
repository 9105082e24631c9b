"""The tables from the folders of the cases: read again, so that a case that a reader corrected counts as it is now."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ...case.result import FILE as RESULT_FILE
from ...case.result import read_result
from ...core.atomic_files import write_text
from ...core.errors import InputError
from ...exam.result import FILE as EXAM_FILE
from ...exam.result import ExamResult
from ..tables.columns import FAILURES
from ..tables.rows import Rows, failed_row, rows_of_case
from ..tables.tables import FeatureRow, features_in, write_tables
from .folder import COHORT_FILE, CohortFolder, read_case_file
from .work_case import ROWS_FILE

_NO_RESULT = "It has no result yet."


@dataclass(frozen=True)
class Listed:
    """A case of the run: its key, whose it is, and the name of its folder."""

    case: str
    patient: str
    name: str


def listed_cases(folder: CohortFolder) -> list[Listed]:
    """The cases that ``cohort.json`` lists.

    Raises:
        InputError: there is none.
    """
    path = folder.path / COHORT_FILE
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        return [Listed(one["case"], one["patient"], one["name"]) for one in content["cases"]]
    except (OSError, ValueError, KeyError, TypeError):
        raise InputError(
            f"{folder.path} holds no {COHORT_FILE} of a cohort; 'onfh cohort run' writes one."
        ) from None


def assemble(
    folder: CohortFolder,
    cases: Sequence[Listed] = (),
    reasons: Mapping[str, str] | None = None,
    facts: Mapping[str, Any] | None = None,
    features: bool = True,
) -> dict[str, Path]:
    """Write the tables of a cohort.

    Args:
        cases: in their order; those of ``cohort.json`` where none are given.
        reasons: case to why it has no result.
        facts: for ``provenance.json``.
        features: with the table of radiomics and deep features.

    Raises:
        InputError: a table cannot be written, for example since Excel shows it.
    """
    listed = list(cases) or listed_cases(folder)
    why = dict(reasons or {})
    rows: list[Rows] = []
    found: list[FeatureRow] = []
    names: dict[tuple[str, ...], tuple[str, ...]] = {}
    timing = ["case,step,seconds,computed,peak_mb,computer\n"]
    for one in listed:
        place = folder.case(one.name)
        known = {} if one.case in why else read_case_file(place)
        if not known:
            rows.append({FAILURES: [failed_row(one.case, one.patient, why.get(one.case, _NO_RESULT))]})
            continue
        rows.append(_rows_in(one, place, known))
        if features and any(step in known["steps"] for step in ("radiomics", "deep")):
            found += features_in(
                one.case, one.patient, (place / RESULT_FILE).read_text(encoding="utf-8"), names
            )
        timing += _timing(one.case, known)
    try:
        written = write_tables(folder.tables, rows, found, facts or {})
        write_text(folder.tables / "timing.csv", "".join(timing))
    except PermissionError as error:  # on Windows a table that a program shows cannot be replaced
        raise InputError(
            f"{error.filename2 or error.filename or folder.tables} cannot be written; close it where a program such as "
            "Excel shows it, and start again: every case that was finished is kept."
        ) from error
    return written


def _rows_in(one: Listed, place: Path, known: Mapping[str, Any]) -> Rows:
    """As the worker left them; made again where the result changed since."""
    entry = (place / RESULT_FILE).stat()
    if known.get("results", {}).get(RESULT_FILE) == [entry.st_size, entry.st_mtime_ns]:
        try:
            kept: Rows = json.loads((place / ROWS_FILE).read_text(encoding="utf-8"))
            return kept
        except (OSError, ValueError):
            pass
    exam = None
    if known.get("exam"):
        exam = ExamResult.from_json((place / EXAM_FILE).read_text(encoding="utf-8"))
    return rows_of_case(one.case, one.patient, read_result(place), exam)


def _timing(case: str, known: Mapping[str, Any]) -> Iterator[str]:
    shown = f'"{case}"' if "," in case or '"' in case else case
    for step, one in known["steps"].items():
        computed = int(one["computed"])
        yield f"{shown},{step},{one['seconds']},{computed},{known['peak_mb']},{known['computer']}\n"


def write_listed(folder: CohortFolder, cases: Sequence[Listed], facts: Mapping[str, Any]) -> Path:
    """``cohort.json`` with the cases of the run."""
    return folder.write_cohort({**facts, "cases": [vars(one) for one in cases]})
