"""The follow-up on real T1 images: necroses that grew or not are painted into them, the later date turned and moved.

A real image is both dates. Into each head with a known place the same necrosis is painted twice, in half of them larger
at the later date, by the simulator's physics and with exact volumes (:mod:`ONFHAssistLab.simulate.hybrid`); in some,
oedema comes or goes. The later image is turned, moved, put on another grid, scaled, and gets noise. Anatomy, texture and
coil are real, so is the place of each head; disease, motion and truth are not, and nothing sank. The shipped networks
learned of eleven real pelves, on which the figures are no independent test.

    OMP_NUM_THREADS=1 python benchmarks/followup_on_real.py FOLDER --out WORK [--seed 77]

``FOLDER``: as of ``onfh simulate --on``.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import SimpleITK as sitk  # noqa: N813

from ONFHAssistLab.simulate.hybrid.lesions import draw_plan
from ONFHAssistLab.simulate.hybrid.paint import paint_head, paste
from ONFHAssistLab.simulate.hybrid.real_hips import RealHead, read_real_heads
from ONFHAssistLib.imaging.files import write_image

BEFORE_ML, GROWTH_ML = (3.0, 12.0), (1.0, 6.0)
TURN_DEG, MOVE_MM = 6.0, 12.0
RIGHT_ML, RIGHT_SHARE = 0.7, 0.1


def main() -> None:
    """Paint, work up, compare, and print the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=77)
    given = parser.parse_args()
    heads = read_real_heads(given.folder)
    rows = []
    for number, path in enumerate(sorted({head.path for head in heads}), 1):
        own = [head for head in heads if head.path == path]
        rows += _patient(own, np.random.default_rng([given.seed, number]), given.out / f"p{number:02d}")
        print(*rows[-len(own) :], sep="\n", flush=True)
    _figures(rows)


def _patient(heads: Sequence[RealHead], rng: np.random.Generator, work: Path) -> list[dict[str, Any]]:
    found = work / "out" / "followup.json"
    earlier, later = work / "earlier", work / "later"
    for folder in (earlier, later):
        folder.mkdir(parents=True, exist_ok=True)
    truth = _paint(heads, rng, earlier / "t1.nii.gz", later / "t1.nii.gz")
    if not found.exists():
        for folder in (earlier, later):
            _onfh("exam", folder, "--out", f"{folder}_exam")
        dates = ("--date", "2024-01-01", "--date", "2025-01-01")
        _onfh("followup", f"{earlier}_exam", f"{later}_exam", *dates, "--out", work / "out")
    hips = {hip["side"]: hip for hip in json.loads(found.read_text(encoding="utf-8"))["hips"]}
    return [_row(head, truth, hips[head.side]) for head in heads if head.side in hips]


def _onfh(*arguments: object) -> None:
    subprocess.run(
        [sys.executable, "-m", "ONFHAssistLab", *map(str, arguments)], check=True, capture_output=True
    )


def _paint(heads: Sequence[RealHead], rng: np.random.Generator, earlier: Path, later: Path) -> dict[str, Any]:
    """Write both dates; side to true growth in ml, and the motion (4 x 4, LPS of the earlier to the later date)."""
    images = [heads[0].image.like(heads[0].image.array.astype(np.float32))] * 2
    truth: dict[str, Any] = {}
    for head in heads:
        before = float(np.exp(rng.uniform(*np.log(BEFORE_ML))))
        growth = 0.0 if rng.random() < 0.5 else float(rng.uniform(*GROWTH_ML))
        plan = draw_plan(rng, "necrosis", before)
        grown = replace(plan, volume_ml=before + growth)
        if rng.random() < 0.3:
            grown = replace(grown, oedema=0.0 if plan.oedema else float(rng.uniform(0.3, 1.0)))
        seed, volumes = int(rng.integers(2**31)), []
        for date, one in enumerate((plan, grown)):
            draws = np.random.default_rng(seed)
            painted = paint_head(images[date], head.side, head.centre, head.radius, one, draws, head.sequence)
            images[date] = paste(images[date], painted)
            fields = painted.fields
            volumes.append(float((fields.labels() == 2).sum()) * float(np.prod(fields.grid.spacing)) / 1000.0)
        truth[head.side] = volumes[1] - volumes[0]
    write_image(images[0], earlier)
    write_image(images[1], later)
    truth["motion"] = _move(later, rng)
    return truth


def _move(path: Path, rng: np.random.Generator) -> np.ndarray:
    """The image as another scan would have it, in place of itself."""
    image = sitk.ReadImage(str(path), sitk.sitkFloat32)
    size, spacing = np.array(image.GetSize()), np.array(image.GetSpacing())
    direction = np.array(image.GetDirection()).reshape(3, 3)
    centre = np.array(image.TransformContinuousIndexToPhysicalPoint(((size - 1) / 2).tolist()))
    motion = sitk.Euler3DTransform()
    motion.SetCenter(centre.tolist())
    motion.SetRotation(*np.radians(rng.uniform(-TURN_DEG, TURN_DEG, 3)).tolist())
    shift = rng.uniform(-MOVE_MM, MOVE_MM, 3)
    motion.SetTranslation(shift.tolist())
    other = spacing * rng.uniform(0.9, 1.1)
    count = np.round(size * spacing / other).astype(int)
    grid = sitk.Image(count.tolist(), sitk.sitkFloat32)
    grid.SetSpacing(other.tolist())
    grid.SetDirection(image.GetDirection())
    grid.SetOrigin((centre + shift - direction @ ((count - 1) / 2 * other)).tolist())
    moved = sitk.Resample(image, grid, motion.GetInverse(), sitk.sitkBSpline, 0.0)
    values = np.clip(sitk.GetArrayFromImage(moved), 0, None)
    noise = rng.normal(0, 0.01 * np.percentile(values, 99), values.shape)
    scanned = sitk.GetImageFromArray(
        np.clip(values * rng.uniform(0.7, 1.4) + noise, 0, None).astype(np.float32)
    )
    scanned.CopyInformation(moved)
    sitk.WriteImage(scanned, str(path))
    matrix = np.eye(4)
    matrix[:3, :3] = np.array(motion.GetMatrix()).reshape(3, 3)
    matrix[:3, 3] = shift + centre - matrix[:3, :3] @ centre
    return matrix


def _row(head: RealHead, truth: dict[str, Any], hip: dict[str, Any]) -> dict[str, Any]:
    change = hip["changes"][-1]
    row: dict[str, Any] = {"image": head.path.name, "side": head.side, "true_ml": round(truth[head.side], 2)}
    if change["failure"]:
        return row | {"failure": change["failure"]}
    toward = np.random.default_rng(0).normal(size=(200, 3))
    points = head.centre + head.radius * toward / np.linalg.norm(toward, axis=1)[:, None]
    found = np.array(change["alignment"]["matrix"]).reshape(4, 4)
    off = [points @ m[:3, :3].T + m[:3, 3] for m in (found, truth["motion"])]
    growth = change["growth"]
    return row | {
        "read_ml": round(growth["ml"], 2), "low_ml": round(growth["low"], 2), "high_ml": round(growth["high"], 2),
        "called": growth["called"], "off_mm": round(float(np.linalg.norm(off[0] - off[1], axis=1).mean()), 2),
        "collapsed": hip["collapse"]["collapsed"], "at_start": hip["collapse"]["at_start"],
    }  # fmt: skip


def _figures(rows: list[dict[str, Any]]) -> None:
    told = [row for row in rows if "failure" not in row]
    off = np.array([abs(row["read_ml"] - row["true_ml"]) for row in told])
    allowed = np.array([max(RIGHT_ML, RIGHT_SHARE * abs(row["true_ml"])) for row in told])
    still = [row for row in told if row["true_ml"] == 0]
    grew = [row for row in told if row["true_ml"] > 1.5]
    held = [row["low_ml"] <= row["true_ml"] <= row["high_ml"] for row in told]
    print(
        f"{len(rows)} hips, {len(rows) - len(told)} not aligned; off by {np.median([r['off_mm'] for r in told]):.2f} mm"
    )
    print(
        f"growth right {int((off <= allowed).sum())}, median error {np.median(off):.2f} ml, interval {sum(held)}"
    )
    print(f"unchanged called so {sum(r['called'] == 'unchanged' for r in still)} of {len(still)}")
    print(f"grown called so {sum(r['called'] == 'grown' for r in grew)} of {len(grew)}")
    sunk = sum(r["collapsed"] and not r["at_start"] for r in told)
    print(
        f"called collapsed since {sunk}, called flattened at the first date {sum(r['at_start'] for r in told)}"
    )


if __name__ == "__main__":
    main()
