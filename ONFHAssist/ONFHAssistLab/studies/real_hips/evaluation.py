"""``onfh evaluate real``: the product on every image of a table of real hips, figures, pictures of the worst, report."""

from __future__ import annotations

import math
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from ONFHAssistLib.core.atomic_files import write_json, write_text
from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.core.parallel import map_unordered
from ONFHAssistLib.core.progress import Progress, no_progress, part_of
from ONFHAssistLib.core.provenance import provenance, sha256_of_file
from ONFHAssistLib.imaging.files import read_image
from ONFHAssistLib.imaging.image import Image
from ONFHAssistLib.report.case_page import Picture

from .comparison import compare_image
from .figure_maker import RealFigure
from .figures import real_figures
from .judging import ImageTask, Judged, bundles_in_use, is_done, judge, prepare, read_judged, read_truth
from .page import write_real_page
from .pictures import View, draw_view
from .problems import SHOWN, Problem, problem_of_extra, problems_of_hip, worst_first
from .table import HEALTHY, RealHip, by_image, read_real_hips

_EXTRA_COLUMNS = ("image", "patient", "side", "x", "y", "z", "radius", "score")
_READ, _WORKED, _COMPARED = 0.05, 0.92, 0.96  # shares of the time


@dataclass(frozen=True)
class RealEvaluation:
    """What an evaluation left behind.

    Attributes:
        report: the page. figures: in the page's order.
        hips, images: a row each. refused: images without an answer. resumed: images that an earlier run had done.
    """

    report: Path
    figures: tuple[RealFigure, ...]
    hips: pd.DataFrame
    images: pd.DataFrame
    resumed: int

    @property
    def metrics(self) -> dict[str, dict[str, Any]]:
        """Name to value, interval, number and target."""
        return {figure.name: figure.as_dict() for figure in self.figures}


@dataclass(frozen=True)
class _Entry:
    """A hip of the table or an extra head, as a candidate for the worst."""

    hip: RealHip
    record: Mapping[str, Any]
    problems: Sequence[Problem]
    task: ImageTask
    judged: Judged
    extra: bool = False

    @property
    def title(self) -> str:
        """Heading on the page."""
        side = {"R": "right", "L": "left"}[self.record["side"]]
        if self.extra:
            return f"{self.hip.name}, {side}, a head that is none"
        true = float(self.record["true_necrosis_ml"])
        lesion = "" if self.hip.truth == HEALTHY or math.isnan(true) else f", {true:.1f} ml"
        return f"{self.hip.name}, {side} hip, {self.hip.truth}{lesion}"


def evaluate_real(
    table: str | Path,
    out: str | Path,
    workers: int = 1,
    resamples: int = 1000,
    seed: int = 0,
    progress: Progress | None = None,
) -> RealEvaluation:
    """Judge the product on real hips.

    Args:
        table: see :func:`.table.read_real_hips`.
        out: folder for ``index.html``, ``metrics.json``, ``hips.csv``, ``extra_heads.csv``, ``pictures`` and ``work``,
            which keeps the result of each image by its hash and those of the models, so that a stopped run goes on.
        workers: processes on this machine.
        resamples: of patients, for the intervals. seed: same seed, same intervals.

    Raises:
        InputError: a wrong cell of the table, before any work begins; see also :func:`.judging.prepare`.
        Cancelled: raised by ``progress``; what is done stays done.
    """
    if workers < 1:
        raise InputError(f"The number of workers is {workers}; it should be at least 1.")
    report, out = progress or no_progress, Path(out)
    table = Path(table)
    groups = list(by_image(read_real_hips(table)).values())
    models = bundles_in_use()
    tasks = []
    for number, hips in enumerate(groups):
        report(_READ * number / len(groups), f"Reading {hips[0].name}")
        tasks.append(prepare(hips, out / "work", models, table.name))
    pending = [task for task in tasks if not task.refusal and not is_done(task)]
    reasons = _work(pending, len(tasks), workers, part_of(report, _READ, _WORKED))
    entries, images = [], []
    for number, (hips, task) in enumerate(zip(groups, tasks, strict=True)):
        report(_WORKED + (_COMPARED - _WORKED) * number / len(groups), f"Comparing {task.name}")
        refusal = task.refusal or reasons.get(task, "")
        judged = Judged(refusal=refusal) if refusal else read_judged(task)
        found, image = _compared(hips, task, judged)
        entries += found
        images.append(image)
    return _finish(table, out, entries, images, models, resamples, seed, len(tasks) - len(pending), report)


def _work(pending: list[ImageTask], total: int, workers: int, report: Progress) -> dict[ImageTask, str]:
    """Run the pipeline where no result is kept; gives back the reasons of those that it refused."""
    reasons: dict[ImageTask, str] = {}
    done = total - len(pending)
    report(done / total, f"{done} of {total} images need no work")
    with map_unordered(judge, pending, (), workers, None) as stream:
        for task, reason in stream:
            done += 1
            if reason:
                reasons[task] = reason
            report(done / total, f"{done} of {total}: {task.name}{' was refused' if reason else ''}")
    return reasons


def _compared(hips: list[RealHip], task: ImageTask, judged: Judged) -> tuple[list[_Entry], dict[str, Any]]:
    records, extra = compare_image(hips, judged)
    entries = [
        _Entry(hip, record, problems_of_hip(record), task, judged)
        for hip, record in zip(hips, records, strict=True)
    ]
    entries += [
        _Entry(hips[0], record, [problem_of_extra(record)], task, judged, extra=True) for record in extra
    ]
    image = {
        "image": task.name,
        "patient": hips[0].patient,
        "refused": bool(judged.refusal),
        "refusal": judged.refusal,
        "extra_heads": math.nan if judged.refusal else float(len(extra)),
        "contrast_recognised": records[0]["contrast_recognised"],
    }
    return entries, image


def _finish(
    table: Path,
    out: Path,
    entries: list[_Entry],
    images: list[dict[str, Any]],
    models: Mapping[str, str],
    resamples: int,
    seed: int,
    resumed: int,
    report: Progress,
) -> RealEvaluation:
    rows = [
        {**entry.record, "wrong": " ".join(p.text for p in entry.problems)}
        for entry in entries
        if not entry.extra
    ]
    hips, every_image = pd.DataFrame(rows), pd.DataFrame(images)
    extra = pd.DataFrame([entry.record for entry in entries if entry.extra], columns=list(_EXTRA_COLUMNS))
    report(_COMPARED, "Figures")
    figures = real_figures(hips, every_image, resamples, seed)
    out.mkdir(parents=True, exist_ok=True)
    write_text(out / "hips.csv", hips.to_csv(index=False, lineterminator="\n"))
    write_text(out / "extra_heads.csv", extra.to_csv(index=False, lineterminator="\n"))
    write_json(out / "metrics.json", {figure.name: figure.as_dict() for figure in figures})
    worst = _draw_worst(entries, out / "pictures", part_of(report, _COMPARED + 0.01, 1.0))
    record = provenance(
        None, ("torch", "monai"), table=table.name, table_sha256=sha256_of_file(table), **models
    )
    page = write_real_page(
        out,
        table=table.name,
        hips=hips,
        images=every_image,
        figures=figures,
        worst=worst,
        provenance=record,
    )
    report(1.0, "Done")
    return RealEvaluation(page, tuple(figures), hips, every_image, resumed)


# the worst ----------------------------------------------------------------------------------------------------


def _draw_worst(
    entries: list[_Entry], folder: Path, report: Progress
) -> list[tuple[str, Picture | None, str]]:
    """Heading, picture and what is wrong of the worst hips."""
    if folder.is_dir():
        shutil.rmtree(folder)  # of an earlier run, whose order may have been another
    folder.mkdir(parents=True)
    nearness = [float(entry.record.get("centre_error_mm", math.nan)) for entry in entries]
    order = worst_first([entry.problems for entry in entries], nearness)[:SHOWN]
    drawn = []
    for place, number in enumerate(order, 1):
        entry = entries[number]
        report((place - 1) / len(order), f"Drawing {entry.hip.name}")
        path = folder / f"{place:02d}_{_plain(entry)}.png"
        drawn.append((entry.title, _picture(entry, path), _wrong(entry)))
    return drawn


def _plain(entry: _Entry) -> str:
    name = "".join(c if c.isalnum() or c in "-." else "_" for c in entry.hip.image.name)[:50]
    return f"{name}_{entry.record['side']}"


def _wrong(entry: _Entry) -> str:
    said = " ".join(problem.text for problem in entry.problems)
    error = float(entry.record.get("centre_error_mm", math.nan))
    if not said:
        return f"Nothing is wrong; the centre is {error:.1f} mm off."
    return said


def _picture(entry: _Entry, path: Path) -> Picture | None:
    try:
        image = read_image(entry.task.image).require_volume(entry.task.name)
    except InputError:
        return None
    through = draw_view(_view(entry, image), path)
    size = " x ".join(f"{s:.2g}" for s in image.spacing)
    return Picture(path, f"Slices through {through}; voxels of {size} mm.")


def _view(entry: _Entry, image: Image) -> View:
    hip, record, labels = entry.hip, entry.record, entry.judged.labels
    if entry.extra:
        centre = (float(record["x"]), float(record["y"]), float(record["z"]))
        sides = (str(record["side"]),)
        return View(
            image, entry.title, centre, float(record["radius"]), str(record["side"]), None, labels, sides
        )
    found_sides = (str(record["found_side"]),) if record["found"] else ()
    truth = read_truth(hip, image) if hip.segmentation is not None and hip.truth != HEALTHY else None
    sphere = (hip.centre, hip.radius)
    return View(image, entry.title, hip.centre, hip.radius, hip.side, sphere, labels, found_sides, truth)
