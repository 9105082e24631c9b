"""Learns what a series counts for among others in the outline of an examination, by contrast and plane.

    python benchmarks/exam_weights.py --keep FOLDER EXAM... [--write]

Of examinations that ``benchmarks/examinations.py`` worked up in the folder, the outliner's probabilities of each aligned
series are put on one grid with the true necrosis, where the reference shows it (the chemical shift of marrow included).
The weights are those of the mean logit of necrosis within the true head that make the truth likeliest, each head
counting the same, with a penalty on their logarithms (a standard deviation of 2) that holds where nothing was seen. A
weight is that of the contrast times that of the plane; T1 and coronal are 1. ``--write`` puts them into
``Resources/exam_weights.json``.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np
from examinations import chemical_shift
from scipy.optimize import minimize

from ONFHAssistLab.simulate.exam.study import IMAGES, OUTLINES, TRUTH
from ONFHAssistLib.core.atomic_files import write_json
from ONFHAssistLib.core.resources import resource_path
from ONFHAssistLib.exam.alignment import HipView
from ONFHAssistLib.exam.fusion import hip_grid, logit, probability_of
from ONFHAssistLib.exam.result import FILE, ExamResult
from ONFHAssistLib.exam.study import read_study
from ONFHAssistLib.imaging.contrast import CONTRASTS
from ONFHAssistLib.imaging.files import read_image
from ONFHAssistLib.imaging.labels import head_mask, necrosis_mask
from ONFHAssistLib.segment.outliner import load_outliner

PLANES = ("coronal", "axial", "sagittal")
SPREAD = 2.0  # standard deviation of the logarithm of a weight before anything is seen
CERTAIN = 6.0  # logits beyond count as this


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("exams", nargs="+")
    parser.add_argument("--keep", type=Path, required=True)
    parser.add_argument("--write", action="store_true")
    chosen = parser.parse_args()
    heads = [head for name in chosen.exams for head in heads_of(name, chosen.keep)]
    names = [*CONTRASTS[1:], *PLANES[1:]]
    found = minimize(loss, np.zeros(len(names)), args=(heads,), method="L-BFGS-B")
    weights = weights_of(found.x)
    print(
        f"{len(heads)} heads, loss {loss(np.zeros(len(names)), heads):.4f} with equal weights, {found.fun:.4f} learned"
    )
    for kind, weight in weights.items():
        print(f"{kind:28} {weight:.3f}")
    if chosen.write:
        write_json(resource_path("exam_weights.json"), {"weights": weights})


def weights_of(logs: np.ndarray) -> dict[str, float]:
    """Kind to weight."""
    contrast = dict(zip(CONTRASTS, np.exp([0.0, *logs[:2]]), strict=True))
    plane = dict(zip(PLANES, np.exp([0.0, *logs[2:]]), strict=True))
    return {f"{c} {p}": round(float(contrast[c] * plane[p]), 4) for c in CONTRASTS for p in PLANES}


def loss(logs: np.ndarray, heads: list[dict[str, Any]]) -> float:
    """Mean cross-entropy over the heads, with the penalty of a head's share."""
    weights, total = weights_of_exact(logs), 0.0
    for head in heads:
        w = np.array([weights[kind] for kind in head["kinds"]])[:, None] * head["seen"]
        mean = (w * head["logits"]).sum(axis=0) / np.maximum(w.sum(axis=0), 1e-9)
        total += float(np.mean(np.logaddexp(0.0, np.where(head["dead"], -mean, mean))))
    return total / len(heads) + float(np.sum(np.square(logs))) / (2 * SPREAD**2) / 100.0


def weights_of_exact(logs: np.ndarray) -> dict[str, float]:
    """As :func:`weights_of`, not rounded."""
    contrast, plane = [0.0, *logs[:2]], [0.0, *logs[2:]]
    return {
        f"{c} {p}": float(np.exp(a + b))
        for c, a in zip(CONTRASTS, contrast, strict=True)
        for p, b in zip(PLANES, plane, strict=True)
    }


def heads_of(name: str, keep: Path) -> list[dict[str, Any]]:
    """The necrotic hips of an examination: logits (series, voxels) of the voxels of the true head, and the truth."""
    truth = json.loads((keep / name / TRUTH).read_text(encoding="utf-8"))
    result = ExamResult.from_json((keep / "out" / name / FILE).read_text(encoding="utf-8"))
    labels, rows = read_image(keep / name / OUTLINES), {str(row["number"]): row for row in truth["series"]}
    images = {one.number: one for one in read_study(keep / name / IMAGES)}
    base, outliner, found = rows[result.reference], load_outliner(), []
    for hip in result.hips:
        grid = hip_grid(hip.head.centre)
        back = np.linalg.inv(np.array(base["poses"][hip.side]))
        points = grid.points() - np.array(chemical_shift(base, truth["scanner"]))
        index = np.rint(labels.point_to_index(points @ back[:3, :3].T + back[:3, 3])).astype(int)
        inside = np.all((index >= 0) & (index < np.array(labels.size)), axis=-1)
        x, y, z = np.moveaxis(np.where(inside[..., None], index, 0), -1, 0)
        there = np.where(inside, labels.array[z, y, x], 0)
        head, dead = head_mask(there, hip.side), necrosis_mask(there, hip.side)
        parts = []
        for one in result.alignments:
            if one.side == hip.side and not one.failure:
                row = result.row(one.series)
                view = HipView(one.series, row.contrast, images[one.series].read(), hip.head, labels)
                matrix = np.array(one.matrix).reshape(4, 4)
                parts.append(probability_of(view, matrix, grid, outliner, f"{row.contrast} {row.plane}"))
        if dead.any() and len(parts) > 1:
            share = [
                np.clip(logit(p.necrosis / np.maximum(p.head, 1e-4))[head], -CERTAIN, CERTAIN) for p in parts
            ]
            found.append(
                {
                    "kinds": [p.kind for p in parts],
                    "logits": np.array(share),
                    "seen": np.array([p.seen[head] for p in parts], float),
                    "dead": dead[head],
                }
            )
    return found


if __name__ == "__main__":
    main()
