"""The folder of a cohort as its readers need it: one entry a case, with image, outlines and result.

``cases/<key>`` holds ``case.json``, ``result.json`` and the outlines. What is not there, or cannot be read, is a case
without outlines and says why; the others are looked at all the same.
"""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from ...case.result import FILE as RESULT_FILE
from ...case.result import CaseResult
from ...core.errors import InputError
from ...exam.result import FILE as EXAM_FILE
from ...exam.result import ExamResult
from ...imaging.files import read_image, read_mask
from ...imaging.image import Image
from ...imaging.masks.fine import belonging

CASES, COHORT_FILE, CASE_FILE = "cases", "cohort.json", "case.json"
SEGMENTATION = "segmentation.nii.gz"
FAILURES = "tables/failures.csv"
Hip = tuple[str, str]  # key of a case and side


@dataclass(frozen=True)
class ReviewCase:
    """One case of a cohort.

    Attributes:
        key: by which the cohort knows it. folder: of its files.
        patient: by whom cases belong together; the key where nothing else is known.
        facts: what ``case.json`` holds. problem: why it cannot be looked at; "" where it can.
    """

    key: str
    folder: Path
    patient: str
    facts: dict[str, Any] = field(default_factory=dict)
    problem: str = ""

    @cached_property
    def result(self) -> CaseResult:
        """What was found.

        Raises:
            InputError: no result, or a damaged one.
        """
        path = self.folder / RESULT_FILE
        if not path.is_file():
            raise InputError(f"The case {self.key} has no {RESULT_FILE}; run the cohort again.")
        return CaseResult.from_json(_read(path), self.folder)

    @cached_property
    def exam(self) -> ExamResult | None:
        """The examination, where the case is one and its result was kept."""
        path = self.folder / EXAM_FILE
        return ExamResult.from_json(_read(path)) if path.is_file() else None

    @property
    def sides(self) -> tuple[str, ...]:
        """Sides whose head is outlined, right before left."""
        return tuple(side for side in "RL" if side in self.outlines_sha256)

    @property
    def outlines_sha256(self) -> dict[str, str]:
        """Side to the hash of the outlines that all results of that hip rest on."""
        return dict(self.result.hip_outlines)

    def place(self, name: str) -> Path:
        """A file that ``case.json`` names, relative to the case's folder or not.

        Raises:
            InputError: it names none.
        """
        stated = self.facts.get(name) or (SEGMENTATION if name == "segmentation" else "")
        if not stated:
            raise InputError(f"{self.folder / CASE_FILE} names no '{name}'; run the cohort again.")
        return self.folder / str(stated)

    def image(self) -> Image:
        """The image on whose voxels the outlines lie."""
        image = read_image(self.place("image"), series_uid=str(self.facts.get("series_uid") or "") or None)
        header = self.facts.get("header")
        known = {k: str(v) for k, v in header.items()} if isinstance(header, dict) else {}
        return replace(image, metadata={**known, **image.metadata})

    def labels(self) -> Image:
        """The outlines on the voxels of the image."""
        return read_mask(self.place("segmentation"))

    def fine(self, labels: Image, image: Image) -> Image | None:
        """The outlines on finer voxels of which ``labels`` are the share, where those were kept."""
        path = self.result.segmentation_fine
        if path is None or not Path(path).is_file():
            return None
        return belonging(read_mask(path), labels, image)


@dataclass(frozen=True)
class ReviewFolder:
    """A cohort that was worked up.

    Attributes:
        path: its folder. cases: by key.
    """

    path: Path
    cases: tuple[ReviewCase, ...]

    @property
    def good(self) -> tuple[ReviewCase, ...]:
        """Cases with outlines."""
        return tuple(case for case in self.cases if not case.problem)

    @property
    def hips(self) -> tuple[Hip, ...]:
        """All outlined hips."""
        return tuple((case.key, side) for case in self.good for side in case.sides)

    @cached_property
    def settings(self) -> dict[str, Any]:
        """What ``cohort.json`` says of the settings."""
        path = self.path / COHORT_FILE
        content = _json(path) if path.is_file() else {}
        found = content.get("settings")
        return dict(found) if isinstance(found, dict) else {}

    def case(self, key: str) -> ReviewCase:
        """A case by its key.

        Raises:
            InputError: there is none.
        """
        for case in self.cases:
            if case.key == key:
                return case
        raise InputError(f"The cohort {self.path} has no case '{key}'.")


def open_folder(path: str | Path) -> ReviewFolder:
    """Read which cases a cohort has.

    Raises:
        InputError: no folder of a cohort.
    """
    folder = Path(path)
    if not (folder / CASES).is_dir():
        raise InputError(
            f"{folder} is no folder of a cohort, which holds '{CASES}'; name the folder that a run of a cohort wrote."
        )
    listed = _listed(folder / COHORT_FILE)
    names = (
        [one.name for one in (folder / CASES).iterdir() if one.is_dir() and one.name[:1] != "."]
        if listed is None
        else listed
    )
    cases = [open_case(folder / CASES / name) for name in sorted(names)]
    reasons = _reasons(folder / FAILURES)
    cases = [replace(one, problem=reasons.pop(one.key, one.problem)) if one.problem else one for one in cases]
    missing = sorted(set(reasons) - {one.key for one in cases})
    cases += [ReviewCase(key, folder / CASES / key, key, {}, reasons[key]) for key in missing]
    return ReviewFolder(folder, tuple(cases))


def open_case(folder: Path) -> ReviewCase:
    """One case from its folder; what is wrong with it stands in ``problem``."""
    facts: dict[str, Any] = {}
    key = patient = folder.name
    try:
        path = folder / CASE_FILE
        if not path.is_file():
            raise InputError(
                f"The case {key} has no {CASE_FILE}; its run was not finished, so run the cohort again."
            )
        facts = _json(path)
        key = str(facts.get("case") or folder.name)
        patient = str(facts.get("patient") or key)
        case = ReviewCase(key, folder, patient, facts)
        if not case.result.hip_outlines:
            failed = [one.failure for one in case.result.steps.values() if one.failure]
            raise InputError(failed[0] if failed else "no femoral head is outlined")
    except (InputError, OSError) as error:
        return ReviewCase(key, folder, patient, facts, str(error))
    return case


def _listed(path: Path) -> list[str] | None:
    """Folders of the cases that the cohort has, without those that were withdrawn; None where it does not say."""
    stated = _json(path).get("cases") if path.is_file() else None
    if not isinstance(stated, list):
        return None
    names = [one.get("name") for one in stated if isinstance(one, dict)]
    return list(dict.fromkeys(str(name) for name in names if name and Path(str(name)).name == name))


def _reasons(table: Path) -> dict[str, str]:
    """Case to why it has no result at all, from the table of failures where there is one."""
    if not table.is_file():
        return {}
    try:
        with table.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"{table} cannot be read as a CSV file ({error}).") from error
    return {
        row["case"]: row.get("reason") or "it failed"
        for row in rows
        if row.get("case") and not row.get("step")
    }


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path} cannot be read ({error}).") from error


def _json(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(_read(path))
    except ValueError as error:
        raise InputError(f"{path} is not valid JSON ({error}); it may be cut short.") from error
    if not isinstance(content, dict):
        raise InputError(f"{path} is no JSON object.")
    return content
