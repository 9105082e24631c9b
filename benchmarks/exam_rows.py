"""Each hip of kept examinations (``exam_cache.py``) measured by one, two, three and all of its series."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from exam_border import networks_for
from exam_cache import load_kept
from exam_weights import hips_of, to_truth, true_labels

from ONFHAssistLib.core.atomic_files import write_json
from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.exam.fusion import (
    EQUAL,
    FusionWeights,
    SeriesProbability,
    canvas_of,
    fused,
    learned_weights,
)
from ONFHAssistLib.exam.intervals import OF_HEAD, OF_NECROSIS, errors_of, perturbed, spread_of
from ONFHAssistLib.exam.measurements import (
    acetabular_edge,
    border_in,
    effusion_of,
    line_of,
    oedema_of,
    own_measurements,
    surface_of,
)
from ONFHAssistLib.exam.outlines import DrawnHip, completed, paint
from ONFHAssistLib.exam.work import AlignedView, Work
from ONFHAssistLib.imaging.image import Image
from ONFHAssistLib.imaging.labels import head_mask, necrosis_mask
from ONFHAssistLib.measure.border import Border, BorderNetwork, with_arcs
from ONFHAssistLib.measure.hip import HipMeasurement, measure_hip, with_edge
from ONFHAssistLib.segment.outliner import load_outliner

NUMBERS = (*OF_HEAD, *OF_NECROSIS)
TRUE = ("jic_type", "arco", "stage", "collapse_mm", "effusion_mm", "oedema", "oedema_extent")


def rows_of(path: Path, again: bool = False) -> dict[str, Any]:
    """Rows of an examination: ``hips`` (one for each hip and number of series), ``series``, ``strays``.

    Args:
        path: of the kept examination. again: not from the file of an earlier run.
    """
    store = path.parent / "rows" / f"{path.stem}.json"
    if store.is_file() and not again:
        found: dict[str, Any] = json.loads(store.read_text(encoding="utf-8"))
        return found
    kept = load_kept(path)
    work: Work = kept["work"]
    hips = []
    for side, grid, parts, _ in hips_of(path, kept):
        hips += _of_hip(path, kept, work, side, grid, parts)
    found = {"exam": path.stem, "scanner": kept["truth"]["scanner"], "hips": hips}
    write_json(store, found)
    return found


def _of_hip(
    path: Path, kept: dict[str, Any], work: Work, side: str, grid: Image, parts: Sequence[SeriesProbability]
) -> list[dict[str, Any]]:
    truth = kept["truth"]["hips"][side]
    own = own_measurements(work, side)
    numbers = ordered([part.series for part in parts], work.views[side])
    learned, rows = learned_weights(), []
    ways: list[tuple[str, int, FusionWeights]] = [(str(n), n, learned) for n in (1, 2, 3) if n < len(numbers)]
    ways += [("all", len(numbers), learned), ("all, equal weights", len(numbers), EQUAL)]
    canvas = canvas_of([grid.index_to_point(0.5 * (np.array(grid.size) - 1))])
    stage = kept["stages"][side]
    true = {key: truth[key] for key in TRUE}
    measured = measure_hip(canvas.like(true_labels(kept, side, canvas).astype(np.uint8)), side)
    true |= {key: getattr(measured, key) for key in NUMBERS}  # as the hip lay in the reference
    for name, n, weights in ways:
        used = [part for number in numbers[:n] for part in parts if part.series == number]
        row = _measured(work, side, canvas, grid, used, weights, own, networks_for(path))
        if row is None:
            continue
        labels, measured, drawn, border = row
        base = {"side": side, "by": name, "series": n, "true": true}
        base |= {f"dice {of}": value for of, value in _dice(kept, side, labels).items()}
        base |= {key: getattr(measured, key) for key in (*NUMBERS, "jic_type", "steinberg")}
        base["moved"] = perturbed(measured, drawn, labels, load_outliner()) | errors_of(border)
        base["spread"] = {key: spread_of(key, [own[k] for k in numbers[:n] if k in own]) for key in NUMBERS}
        if name == "all":
            effusion, surface = (
                effusion_of(work, side, measured, [])[0],
                surface_of(work, side, measured, drawn),
            )
            oedema = oedema_of(work, side, [])[0]
            base["effusion"] = None if effusion is None else effusion.thickness_mm
            base["oedema"] = None if oedema is None else oedema.suggested
            base["line"] = line_of(work, side, measured, drawn)[0]
            base["flattening"] = surface.flattening_mm
            base["stage"] = {"exam": stage.stage, **{k: one.stage for k, one in stage.by_series.items()}}
            base["stage p"] = {
                "exam": dict(stage.probabilities),
                **{k: dict(one.probabilities) for k, one in stage.by_series.items()},
            }
        rows.append(base)
    return rows


def ordered(numbers: Sequence[str], views: Sequence[AlignedView]) -> list[str]:
    """The series as a reader would take them up: the reference, another contrast, another plane, then the rest."""
    rows = {look.row.number: look.row for look, _, _ in views}
    left, taken = list(numbers[1:]), [numbers[0]]
    for differs in ("contrast", "plane"):
        seen = {getattr(rows[number], differs) for number in taken}
        other = [number for number in left if getattr(rows[number], differs) not in seen] or left
        if other:
            taken.append(other[0])
            left.remove(other[0])
    return [*taken, *left]


def _measured(
    work: Work,
    side: str,
    canvas: Image,
    grid: Image,
    used: list[SeriesProbability],
    weights: FusionWeights,
    own: dict[str, HipMeasurement],
    networks: Sequence[BorderNetwork],
) -> tuple[Image, HipMeasurement, DrawnHip, Border | None] | None:
    outliner, probability = load_outliner(), fused(used, weights)
    drawn = DrawnHip(tuple(part.series for part in used), grid, tuple(used), probability)
    first = work.views[side][0][1]
    if len(used) == 1:
        labels, measured = first.labels, own.get(first.series)
        if measured is None:
            return None
    else:
        centre = grid.index_to_point(0.5 * (np.array(grid.size) - 1))
        done = completed(canvas, grid, probability, outliner, centre, side)
        if done is None:
            return None
        array = np.zeros(canvas.array.shape, np.uint8)
        paint(array, canvas, done, side)
        labels = canvas.like(array)
        measured = measure_hip(labels, side)
    border = border_in(work.views[side], side, measured, drawn, networks)
    if border is not None:
        measured = with_arcs(measured, border.arcs)
    edge, number = acetabular_edge(work, side, measured.centre, measured.radius, [])
    if edge is not None and number in drawn.series:
        with contextlib.suppress(InputError):
            measured = with_edge(measured, edge)
    return labels, measured, drawn, border


def _dice(kept: dict[str, Any], side: str, labels: Image) -> dict[str, float]:
    """Of head and necrosis, on voxels of 1 mm about the true head, by nearest voxels of both."""
    truth: Image = kept["outlines"]
    z, y, x = np.nonzero(head_mask(truth.array, side))
    low, high = (np.array([f(v) for v in (x, y, z)]) for f in (np.min, np.max))
    part = truth.cropped(tuple(np.maximum(low - 6, 0)), tuple(high + 7))
    back = to_truth(kept, side, np.zeros(3)), to_truth(kept, side, np.eye(3))
    turn = np.stack([back[1][i] - back[0] for i in range(3)], axis=1)  # reference to truth
    points = (part.points() - back[0]) @ np.linalg.inv(turn).T
    index = np.rint(labels.point_to_index(points)).astype(int)
    inside = np.all((index >= 0) & (index < np.array(labels.size)), axis=-1)
    x, y, z = np.moveaxis(np.where(inside[..., None], index, 0), -1, 0)
    found = np.where(inside, labels.array[z, y, x], 0)
    out = {}
    for of, mask in (("head", head_mask), ("necrosis", necrosis_mask)):
        one, two = mask(found, side), mask(part.array, side)
        out[of] = (
            float(2 * (one & two).sum() / max(one.sum() + two.sum(), 1)) if two.any() or one.any() else 1.0
        )
    return out
