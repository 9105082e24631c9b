"""Radiomics of many cases: resumable, in parallel, on one machine or on a cluster.

Each finished case is one JSON file under ``OUT/cases``, written whole or not at all by the process that was started,
so a run can be killed at any moment: started again it takes up what is missing. A case that cannot be extracted goes
to ``failures.csv`` with its reason and is tried again by the next run. The table depends only on the input table,
the preset and the engine, not on the number of workers or on interruptions.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import math
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..core.atomic_files import atomic_file, write_text
from ..core.errors import InputError
from ..core.progress import Progress
from ..core.versions import software_versions
from ..imaging.labels import HEAD, NECROSIS, SIDES
from .names import FEATURES
from .presets import Preset, load_preset
from .radiomics import DEFAULT_ENGINE

if TYPE_CHECKING:
    import pandas as pd

KEYS = ("case", "side", "reader", "label")
_REQUIRED = ("case", "image", "mask")


@dataclass(frozen=True)
class CohortCase:
    """One row of the input table, with absolute paths."""

    case: str
    side: str
    reader: str
    label: tuple[int, ...]
    image: str
    mask: str

    @property
    def title(self) -> str:
        """How messages name it."""
        return " ".join(part for part in (self.case, self.side, self.reader) if part)

    def result_name(self, preset_sha256: str, engine: str) -> str:
        """File name of its result; anything that would change the numbers changes the name."""
        facts = json.dumps(
            [*self.__dict__.values(), *map(_stamp, (self.image, self.mask)), preset_sha256, engine]
        )
        plain = "".join(c if c.isalnum() or c in "-." else "_" for c in self.title)[:60]
        return f"{plain}-{hashlib.sha256(facts.encode()).hexdigest()[:12]}.json"


@dataclass(frozen=True)
class CohortResult:
    """What a cohort run left behind.

    Attributes:
        done: cases in the table.
        failed: cases in ``failures``.
        resumed: cases that an earlier run had already done.
        table: CSV, one row a case: case, side, reader, label, then the features.
        parquet: the same as Parquet; ``None`` where pyarrow is not installed.
        failures: CSV of case, side, reader, label, reason.
        manifest: JSON with preset, hashes and software versions.
        seconds: of this run.
    """

    done: int
    failed: int
    resumed: int
    table: Path
    parquet: Path | None
    failures: Path
    manifest: Path
    seconds: float


def extract_cohort(
    table: str | Path | pd.DataFrame,
    preset: str | Path | Preset,
    out: str | Path,
    workers: int = 1,
    scheduler: str | None = None,
    progress: Progress | None = None,
    engine: str = DEFAULT_ENGINE,
) -> CohortResult:
    """Extract the features of every row of a table.

    Args:
        table: CSV file or data frame with the columns ``case``, ``image``, ``mask`` and, as wanted, ``label`` (the
            preset's where empty, which is 1 where its file names none; "1+3" merges), ``side``, ``reader``. Paths are
            relative to the file, or to the working directory.
            A column ``segmentation`` in place of ``mask`` holds this project's labels; ``side`` then chooses the
            whole femoral head where no label is given.
        preset: as for :func:`~.radiomics.extract_radiomics`.
        out: folder for the results; it may hold those of an interrupted run.
        workers: processes on this machine.
        scheduler: address of a Dask scheduler (``tcp://...``) to use instead; its workers must see the same paths.
        progress: called with a share between 0 and 1 and a text that tells the time left.
        engine: "native" or "pyradiomics".

    Raises:
        InputError: the table lacks a column, is empty or names a case twice; the preset is wrong; the results cannot
            be written.
        Cancelled: raised by ``progress``; what is done stays done.
    """
    started = time.perf_counter()
    preset = load_preset(preset)
    preset.require_regions()
    cases = read_cohort(table, preset.label)
    if workers < 1:
        raise InputError(f"The number of workers is {workers}; it should be at least 1.")
    folder = Path(out) / "cases"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"The folder {out} cannot be made: {error.strerror}.") from error
    for rest in folder.glob(".part-*"):
        rest.unlink(missing_ok=True)
    names = {case: case.result_name(preset.sha256, engine) for case in cases}
    missing = [case for case in cases if not (folder / names[case]).exists()]
    reasons = _run(missing, names, folder, preset, engine, workers, scheduler, progress, len(cases))
    return _finish(cases, names, reasons, Path(out), preset, engine, len(cases) - len(missing), started)


# the table of cases -----------------------------------------------------------------------------------------------


def read_cohort(table: str | Path | pd.DataFrame, label: int = 1) -> list[CohortCase]:
    """The rows of a cohort table, checked.

    Args:
        table: see :func:`extract_cohort`.
        label: of rows that name none.

    Raises:
        InputError: see :func:`extract_cohort`.
    """
    rows, where, base = _rows(table)
    if rows and "mask" not in rows[0] and "segmentation" in rows[0]:
        rows = [
            {"label": _head_label(row.get("side", "")), **row, "mask": row["segmentation"]} for row in rows
        ]
    if not rows:
        raise InputError(f"{where} has no rows; it needs one row a region.")
    lacking = [name for name in _REQUIRED if name not in rows[0]]
    if lacking:
        known = ", ".join(str(name) for name in rows[0])
        raise InputError(f"{where} lacks the column {lacking[0]!r}; it has {known}.")
    cases, seen = [], set()
    for number, row in enumerate(rows, 2):
        for name in _REQUIRED:
            if not row.get(name):
                raise InputError(f"{where}, line {number}: the column {name!r} is empty.")
        case = CohortCase(
            case=row["case"],
            side=row.get("side", ""),
            reader=row.get("reader", ""),
            label=_labels(row.get("label") or str(label), where, number),
            image=_place(base, row["image"], where, number),
            mask=_place(base, row["mask"], where, number),
        )
        key = (case.case, case.side, case.reader, case.label)
        if key in seen:
            raise InputError(
                f"{where}, line {number}: {case.title} with label {row.get('label') or label} is there twice."
            )
        seen.add(key)
        cases.append(case)
    return cases


def _head_label(side: str) -> str:
    """Labels of the whole femoral head of a side in this project's segmentations."""
    if side not in SIDES:
        return ""
    return f"{HEAD[side]}+{NECROSIS[side]}"


def _rows(table: str | Path | pd.DataFrame) -> tuple[list[dict[str, str]], str, Path]:
    if isinstance(table, str | Path):
        path = Path(table)
        if not path.is_file():
            raise InputError(f"The cohort table {path} does not exist.")
        try:
            with path.open(newline="", encoding="utf-8-sig") as file:
                rows = [
                    {str(k).strip(): (v or "").strip() for k, v in row.items() if k}
                    for row in csv.DictReader(file)
                ]
        except (UnicodeDecodeError, csv.Error) as error:
            raise InputError(
                f"{path} is not a readable CSV file; save it as comma-separated UTF-8 text."
            ) from error
        return rows, path.name, path.parent
    text = table.astype(object).where(table.notna(), "").astype(str)
    return text.to_dict("records"), "The cohort table", Path.cwd()


def _labels(text: str, where: str, number: int) -> tuple[int, ...]:
    try:
        found = [float(part) for part in text.replace(";", "+").replace(" ", "+").split("+") if part]
    except ValueError:
        found = []
    if not found or not all(label.is_integer() for label in found):
        kind = "whole number" if found else "number"
        raise InputError(f"{where}, line {number}: the label {text!r} is not a {kind} such as 1 or 1+3.")
    return tuple(int(label) for label in found)


def _place(base: Path, name: str, where: str, number: int) -> str:
    try:
        return str((base / name).resolve())
    except (OSError, ValueError):  # a zero byte, or longer than any file name
        raise InputError(f"{where}, line {number}: {name[:40]!r} is no name of a file.") from None


def _stamp(path: str) -> list[Any]:
    """Size and time of change of a file, so that a corrected mask is extracted again."""
    try:
        entry = Path(path).stat()
    except OSError:
        return []
    return [entry.st_size, entry.st_mtime_ns]


# work -------------------------------------------------------------------------------------------------------------


def extract_case(case: CohortCase, preset: Preset, engine: str) -> dict[str, Any]:
    """One case in a worker: either ``features`` and ``voxels``, or ``reason``. Never raises."""
    from ..imaging.files import read_image, read_mask
    from ..segment.outline_sides import check_region
    from .radiomics import extract_radiomics

    try:
        image = read_image(case.image)
        mask = read_mask(case.mask, image, preset.layer, case.label)
        check_region(image, mask, case.label, case.side if case.side in SIDES else "")
        result = extract_radiomics(image, mask, preset, case.label, engine)
    except InputError as error:
        return {"reason": str(error)}
    except MemoryError:
        return {"reason": "The machine ran out of memory; use fewer workers."}
    except Exception as error:  # noqa: BLE001 - a case must not end the cohort; the reason is kept
        return {"reason": f"Unexpected {type(error).__name__}: {error}".replace("\n", " ")}
    return {"features": result.features, "voxels": result.provenance["region_voxels"]}


def _run(
    missing: list[CohortCase],
    names: dict[CohortCase, str],
    folder: Path,
    preset: Preset,
    engine: str,
    workers: int,
    scheduler: str | None,
    progress: Progress | None,
    total: int,
) -> dict[CohortCase, str]:
    """Extract what is missing and write each result as it comes; gives back the reasons of those that failed."""
    from ..core import parallel

    reasons: dict[CohortCase, str] = {}
    clock = Clock(progress, total, total - len(missing))
    with parallel.map_unordered(extract_case, missing, (preset, engine), workers, scheduler) as stream:
        for case, outcome in stream:
            reason = outcome.get("reason")
            if reason is None:
                reason = _write_result(folder / names[case], case, outcome)
            if reason is not None:
                reasons[case] = reason
            clock.tick(case.title if reason is None else f"{case.title} failed")
    return reasons


def _write_result(path: Path, case: CohortCase, outcome: dict[str, Any]) -> str | None:
    """Write a case; gives back the reason where the disk does not take it."""
    identity = {"case": case.case, "side": case.side, "reader": case.reader, "label": list(case.label)}
    try:
        write_text(path, json.dumps({**identity, **outcome}))
    except OSError as error:
        return f"The result could not be written: {error.strerror}."
    return None


class Clock:
    """Progress with an estimate of the time left, from the cases of this run."""

    def __init__(self, progress: Progress | None, total: int, done: int) -> None:
        self._progress, self._total, self._done = progress, total, done
        self._before, self._started = done, time.perf_counter()
        if progress and done:
            progress(done / max(total, 1), f"{done} of {total} cases were already done")

    def tick(self, text: str) -> None:
        self._done += 1
        if self._progress is None:
            return
        elapsed = time.perf_counter() - self._started
        left = elapsed / (self._done - self._before) * (self._total - self._done)
        self._progress(
            self._done / self._total, f"{self._done} of {self._total}: {text}, {_duration(left)} left"
        )


def _duration(seconds: float) -> str:
    if seconds < 90:
        return f"{math.ceil(seconds)} s"
    return f"{math.ceil(seconds / 60)} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"


# results ----------------------------------------------------------------------------------------------------------


def _finish(
    cases: list[CohortCase],
    names: dict[CohortCase, str],
    reasons: dict[CohortCase, str],
    out: Path,
    preset: Preset,
    engine: str,
    resumed: int,
    started: float,
) -> CohortResult:
    done = [case for case in cases if case not in reasons]
    failures = _csv(
        [*KEYS, "reason"], [[*_identity(case), reasons[case]] for case in cases if case in reasons]
    )
    found = [json.loads((out / "cases" / names[case]).read_text(encoding="utf-8")) for case in done]
    columns = list(dict.fromkeys(name for one in found for name in one["features"]))
    rows = [[*_identity(case), *(one["features"].get(name, "") for name in columns)]
            for case, one in zip(done, found, strict=True)]  # fmt: skip
    paths = {name: out / name for name in ("features.csv", "failures.csv", "manifest.json")}
    try:
        write_text(paths["failures.csv"], failures)
        write_text(paths["features.csv"], _csv([*KEYS, *columns], rows))
        manifest = _manifest(preset, engine, len(done), len(reasons), columns, paths["features.csv"])
        write_text(paths["manifest.json"], json.dumps(manifest, indent=2) + "\n")
        parquet = _write_parquet(out / "features.parquet", [*KEYS, *columns], rows)
    except OSError as error:
        raise InputError(
            f"The table in {out} could not be written ({error.strerror}); every case that was done is kept, "
            "make room and start again."
        ) from error
    return CohortResult(
        done=len(done),
        failed=len(reasons),
        resumed=resumed,
        table=paths["features.csv"],
        parquet=parquet,
        failures=paths["failures.csv"],
        manifest=paths["manifest.json"],
        seconds=time.perf_counter() - started,
    )


def _identity(case: CohortCase) -> list[str]:
    return [case.case, case.side, case.reader, "+".join(str(label) for label in case.label)]


def _csv(columns: list[str], rows: list[list[Any]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return text.getvalue()


def _manifest(
    preset: Preset, engine: str, done: int, failed: int, columns: list[str], table: Path
) -> dict[str, Any]:
    by_class = {name: sum(column.split("_")[1] == name for column in columns) for name in FEATURES}
    return {
        "preset": preset.name,
        "preset_sha256": preset.sha256,
        "engine": engine,
        "software": software_versions(engine),
        "cases_done": done,
        "cases_failed": failed,
        "features": len(columns),
        "features_by_class": {name: count for name, count in by_class.items() if count},
        "table_sha256": hashlib.sha256(table.read_bytes()).hexdigest(),
    }


def _write_parquet(path: Path, columns: list[str], rows: list[list[Any]]) -> Path | None:
    try:
        import pyarrow  # noqa: F401
    except ImportError:
        return None
    import pandas as pd

    frame = pd.DataFrame(rows, columns=columns)
    features = columns[len(KEYS) :]
    frame[features] = frame[features].apply(pd.to_numeric)
    with atomic_file(path) as part:
        frame.to_parquet(part, index=False)
    return path
