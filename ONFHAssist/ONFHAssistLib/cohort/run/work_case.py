"""One case in a worker: what is up to date is left, the rest is done and kept step by step, then result and rows appear.

It never raises: what goes wrong is an outcome, and the other cases go on.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psutil  # type: ignore[import-untyped]

from ...case.result import FILE as RESULT_FILE
from ...case.result import SEGMENT, CaseResult
from ...core.atomic_files import write_json, write_text
from ...core.errors import InputError, is_disk_full, is_out_of_memory
from ...core.progress import no_progress
from ...core.serial import from_json_value, to_json_value
from ...exam.result import FILE as EXAM_FILE
from ...exam.result import ExamResult
from ..tables.rows import rows_of_case
from .archive import fetch_source
from .folder import CASE_FILE, IMAGE, CohortFolder, read_case_file
from .kept import Answer, KeptAnswers, remove_parts, without_times
from .one_image import CaseSteps, ImageSteps
from .one_study import StudySteps
from .sources import STUDY, Source
from .steps import REPORT, Plan, make_plan

DONE, CURRENT, FAILED, FULL = "done", "current", "failed", "full disk"
ROWS_FILE = "rows.json"
SCHEMA = "onfh-cohort-case/1"
OUT_OF_MEMORY = "The machine ran out of memory; use fewer workers, or a machine with more."
_MEGABYTE = 1 << 20
_LOOK_S = 0.05
_AGREED: set[str] = set()  # plans that this machine was found to fit
Peak = Callable[[], float]


@dataclass(frozen=True)
class Outcome:
    """What became of a case.

    Attributes:
        end: "done", "current" (nothing was left to do), "failed" or "full disk".
        reason: why it failed, in a sentence.
        ran: steps that were computed. seconds: by the clock. peak_mb: of the worker's memory meanwhile. process: its id.
    """

    end: str
    reason: str = ""
    ran: tuple[str, ...] = ()
    seconds: float = 0.0
    peak_mb: float = 0.0
    process: int = 0
    memory_mb: float = 0.0


def is_current(source: Source, plan: Plan, folder: CohortFolder) -> bool:
    """Whether a case was done whole under this plan, and its files and results lie as they did."""
    case = folder.case(source.name)
    known = read_case_file(case)
    if known.get("plan") != plan.digest or not known.get("complete"):
        return False
    if known.get("case") != source.case or known.get("patient") != source.patient:
        return False
    try:
        return known.get("stamp") == source.stamp() and known.get("results") == _stamps(case)
    except OSError:
        return False


def work_case(source: Source, plan: Plan, out: str) -> Outcome:
    """Work a case up; see the module."""
    begun = time.perf_counter()
    folder = CohortFolder(Path(out))
    ran: list[str] = []
    with _peak() as peak:
        try:
            end, reason = _worked(source, plan, folder, ran, peak)
        except Exception as error:  # noqa: BLE001 - whatever it is, the other cases go on
            end, reason = _ended(error, folder)
            reason = reason.replace(str(folder.path), "the cohort")
    seconds = time.perf_counter() - begun
    now = psutil.Process().memory_info().rss / _MEGABYTE
    return Outcome(end, " ".join(reason.split()), tuple(ran), seconds, peak(), os.getpid(), now)


def _ended(error: Exception, folder: CohortFolder) -> tuple[str, str]:
    """An error as an outcome; a full disk makes libraries fail in many words, and none of these is the case's fault."""
    if is_disk_full(error) or folder.is_full():
        return FULL, "the disk is full"
    if is_out_of_memory(error):
        return FAILED, OUT_OF_MEMORY
    if isinstance(error, InputError):
        return FAILED, str(error)
    if isinstance(error, OSError):
        return FAILED, f"A file could not be read or written ({error.strerror or error})."
    return FAILED, f"This is a fault of ONFHAssist ({type(error).__name__}: {error})."


def _worked(source: Source, plan: Plan, folder: CohortFolder, ran: list[str], peak: Peak) -> tuple[str, str]:
    if folder.is_full():
        return FULL, "the disk is full"
    _require_same_software(plan)
    with folder.only_worker(source.name, source.case):
        if source.archive:
            fetch_source(source)
        if is_current(source, plan, folder):
            return CURRENT, ""
        case = folder.case(source.name)
        remove_parts(case)
        with _place_of(source) as place:
            facts = _run(source, plan, case, place, ran)
            _finish(source, plan, case, *facts, peak())
    return DONE, ""


def _run(
    source: Source, plan: Plan, case: Path, place: Path, ran: list[str]
) -> tuple[CaseSteps, dict[str, Any], dict[str, Any]]:
    """Every step of the plan: the steps, the values of their answers, and what the case's file says of them."""
    stamp = source.stamp()
    known = read_case_file(case)
    content = known["content"] if known.get("stamp") == stamp and "content" in known else source.content()
    kept = KeptAnswers(case)
    parts = (source, place, case, plan.settings)
    steps: CaseSteps = StudySteps(*parts) if source.kind == STUDY else ImageSteps(*parts)
    values: dict[str, Any] = {}
    outputs: dict[str, str] = {}
    record: dict[str, Any] = {}
    final = True
    for step in plan.steps:
        key = plan.key(step, content, outputs)
        answer = kept.get(step, key)
        if answer is None:
            kept.forget(step)
            (case / CASE_FILE).unlink(missing_ok=True)
            ran.append(step)
            begun = time.perf_counter()
            answer = _report(steps, values) if step == REPORT else steps.do(step, values, no_progress)
            answer = replace(answer, seconds=round(time.perf_counter() - begun, 3))
            if answer.final:
                kept.put(step, key, answer)
        final = final and answer.final
        values[step], outputs[step] = answer.value, answer.output
        record[step] = {
            "key": key,
            "output": answer.output,
            "seconds": answer.seconds,
            "computed": step in ran,
        }
    return steps, values, {"stamp": stamp, "content": content, "steps": record, "complete": final}


def _report(steps: CaseSteps, values: dict[str, Any]) -> Answer:
    steps.page(steps.result(values))
    return Answer({})


def _finish(
    source: Source,
    plan: Plan,
    case: Path,
    steps: CaseSteps,
    values: dict[str, Any],
    facts: dict[str, Any],
    peak_mb: float,
) -> None:
    """Result, rows, and last of all the file that says that they are whole."""
    result = from_json_value(CaseResult, without_times(to_json_value(steps.result(values))))
    result.save(case)
    exam: ExamResult | None = None
    if isinstance(steps, StudySteps):
        exam = steps.exam(values)
        write_text(case / EXAM_FILE, exam.to_json() + "\n")
    rows = rows_of_case(source.case, source.patient, result, exam)
    write_json(case / ROWS_FILE, {name: list(found) for name, found in rows.items()})
    image = steps.image_file
    header = dict(values[SEGMENT].get("header", {}))
    write_json(
        case / CASE_FILE,
        {
            "schema": SCHEMA, "case": source.case, "patient": source.patient, "kind": source.kind,
            "source": source.path, "files": list(source.files), "image": image,
            "sequence": header.get("sequence") or source.sequence, "side": header.get("laterality") or source.side,
            "series_uid": header.pop("series_uid", "") or source.series, "header": header,
            "segmentation": "segmentation.nii.gz", "exam": EXAM_FILE if exam else None, "plan": plan.digest, **facts,
            "results": _stamps(case),
            "seconds": round(sum(one["seconds"] for one in facts["steps"].values()), 3),
            "peak_mb": peak_mb, "warnings": result.sentences(),
            "computer": socket.gethostname(), "created": datetime.now(UTC).isoformat(timespec="seconds"),
        },
    )  # fmt: skip


def _stamps(case: Path) -> dict[str, list[int]]:
    """Size and time of what the tables and the review are made from."""
    found = {}
    for name in (RESULT_FILE, ROWS_FILE, "segmentation.nii.gz", IMAGE):
        path = case / name
        if path.is_file():
            entry = path.stat()
            found[name] = [entry.st_size, entry.st_mtime_ns]
    return found


def _require_same_software(plan: Plan) -> None:
    """Whether this machine works with the bundles, presets and versions of the run.

    Raises:
        InputError: the first that differs is named.
    """
    if plan.digest in _AGREED:
        return
    here = make_plan(plan.steps, plan.settings)
    for step, facts in plan.facts.items():
        own = here.facts.get(step, {})
        for name, value in facts.items():
            if own.get(name) != value:
                raise InputError(
                    f"The worker on {socket.gethostname()} has another {name} than the run ({own.get(name, 'none')} "
                    f"instead of {value}); install the same on every machine of the cluster."
                )
    _AGREED.add(plan.digest)


@contextmanager
def _place_of(source: Source) -> Iterator[Path]:
    """Where the files of the case are: its path, or a folder of links where it is a part of one.

    The folder has the name of the one whose part it is, since results name their source: a name of its own would make
    them others in every run.
    """
    if not source.files:
        yield Path(source.path)
        return
    with tempfile.TemporaryDirectory(prefix="onfh-study-", ignore_cleanup_errors=True) as name:
        folder = Path(name) / (Path(source.path).name or "study")
        folder.mkdir()
        for number, file in enumerate(source.files):
            origin, target = Path(source.path) / file, folder / f"{number:06d}{Path(file).suffix}"
            try:
                target.symlink_to(origin)
            except OSError:  # Windows without the right to make links
                shutil.copyfile(origin, target)
        yield folder


@contextmanager
def _peak() -> Iterator[Peak]:
    """A function that says the most memory (MB) that this process had within the block."""
    process, ended = psutil.Process(), threading.Event()
    seen = [process.memory_info().rss]

    def watch() -> None:
        while not ended.wait(_LOOK_S):
            with contextlib.suppress(psutil.Error):
                seen[0] = max(seen[0], process.memory_info().rss)

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    try:
        yield lambda: round(seen[0] / _MEGABYTE, 1)
    finally:
        ended.set()
        thread.join()
