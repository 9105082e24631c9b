"""Simulated examinations worked up by ``onfh exam``: what is said of each series, how well hips are aligned, measured.

    python benchmarks/examinations.py --keep FOLDER [--seed 1] 2 3 5

Examinations are made in the folder, or taken from it where they are there, worked up (or their ``exam.json`` read, where
it is there), and compared with their truth. The target error is that over the points of the outlined head, against the
pose that the hip really had between the two series; "of marrow" it is against where a scanner shows fatty marrow, which
the chemical shift moves by about a pixel along the frequency direction where fat is not suppressed. No outline, edge or
pose is given to the product.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np

from ONFHAssistLab.simulate.acquisition.physics import fat_shift_pixels
from ONFHAssistLab.simulate.acquisition.protocols import get_protocol
from ONFHAssistLab.simulate.exam.plan import plan_exam
from ONFHAssistLab.simulate.exam.scan import SMALL
from ONFHAssistLab.simulate.exam.study import IMAGES, TRUTH, make_exam
from ONFHAssistLib.exam.examine import examine
from ONFHAssistLib.exam.result import FILE, ExamResult
from ONFHAssistLib.imaging.files import read_image
from ONFHAssistLib.imaging.labels import head_mask

MISSED_MM = 3.0  # a target error from which on an alignment should have been refused
SUPPRESSED = ("t2fs", "stir", "pdfs")
FREQUENCY = {"coronal": (1.0, 0.0, 0.0), "axial": (1.0, 0.0, 0.0), "sagittal": (0.0, 1.0, 0.0)}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("numbers", nargs="+", type=int, help="of the examinations of that seed, from 1")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, required=True)
    chosen = parser.parse_args()
    aligned: list[dict[str, Any]] = []
    hips: list[dict[str, Any]] = []
    strays: list[str] = []
    seconds = []
    for number in chosen.numbers:
        plan = plan_exam(number - 1, chosen.seed)
        folder, out = chosen.keep / plan.name, chosen.keep / "out" / plan.name
        if not (folder / TRUTH).is_file():
            make_exam(plan, chosen.seed, chosen.keep)
        if not (out / FILE).is_file():
            examine(folder / IMAGES, out)
        result = ExamResult.from_json((out / FILE).read_text(encoding="utf-8"))
        truth = json.loads((folder / TRUTH).read_text(encoding="utf-8"))
        aligned += alignments(plan.name, result, truth, out)
        hips += measurements(plan.name, result, truth)
        strays += said_of(plan.name, result, truth)
        seconds.append(sum(result.seconds.values()))
    print("\n".join(strays))
    print_alignments(aligned)
    print_measurements(hips)
    print(f"\n{len(seconds)} examinations, {np.median(seconds):.0f} s each by the clock of this machine")


def said_of(name: str, result: ExamResult, truth: dict[str, Any]) -> list[str]:
    """What is said of every series that does not belong to the examination, or that is not used."""
    lines = []
    for row in truth["series"]:
        found = result.row(str(row["number"]))
        wrong = bool(found.uses) != row["belongs"]
        if wrong or not row["belongs"] or row["stated"]:
            notes = [note for note in found.notes if "it looks" in note]
            said = " ".join([*([found.reason] if found.reason else []), *notes]) or "(nothing)"
            lines.append(f"{'!' if wrong else ' '} {name} series {row['number']:>2} {row['kind']:14} {said}")
    return lines


def alignments(name: str, result: ExamResult, truth: dict[str, Any], out: Path) -> list[dict[str, Any]]:
    """One row for each hip of each series against the reference."""
    rows = {str(row["number"]): row for row in truth["series"]}
    labels = read_image(out / "segmentation.nii.gz")
    base, found = rows[result.reference], []
    for one in result.alignments:
        row = rows[one.series]
        if one.series == result.reference or not row["poses"] or not base["poses"]:
            continue
        index = np.argwhere(head_mask(labels.array, one.side))[::37, ::-1]
        points = labels.index_to_point(index)
        true = np.array(row["poses"][one.side]) @ np.linalg.inv(np.array(base["poses"][one.side]))
        there, here = (np.array(chemical_shift(r, truth["scanner"])) for r in (row, base))
        places = {
            "error": _move(true, points),
            "of marrow": _move(true, points - here) + there,
        }
        reached = _move(np.array(one.matrix).reshape(4, 4), points)
        error = {key: np.linalg.norm(reached - place, axis=1) for key, place in places.items()}
        moved = np.linalg.norm(places["error"] - points, axis=1)
        found.append(
            {
                "name": name, "series": row["description"], "side": one.side, "failure": one.failure,
                "moved": float(np.median(moved)), "overlap": one.overlap, "spread": one.spread_mm,
                "fat": "both alike" if (row["weighting"] in SUPPRESSED) == (base["weighting"] in SUPPRESSED) else "one",
                **{key: float(np.median(value)) for key, value in error.items()},
                **{f"{key} 95%": float(np.percentile(value, 95)) for key, value in error.items()},
            }
        )  # fmt: skip
    return found


def _move(matrix: np.ndarray, points: np.ndarray) -> np.ndarray:
    return np.asarray(points @ matrix[:3, :3].T + matrix[:3, 3])


def chemical_shift(row: dict[str, Any], scanner: str) -> tuple[float, ...]:
    """Mm (LPS) by which a series shows fatty marrow beside where it is."""
    if row["weighting"] in SUPPRESSED:
        return (0.0, 0.0, 0.0)
    protocol = get_protocol(f"{scanner}_{row['weighting']}_{row['plane']}")
    pixel = float(SMALL["acquired_mm"]) if row["side"] else protocol.acquired_mm
    shift = fat_shift_pixels(protocol.field_t, protocol.bandwidth_hz) * pixel
    return tuple(shift * v for v in FREQUENCY[row["plane"]])


def print_alignments(rows: list[dict[str, Any]]) -> None:
    print("\nhip of a series               moved  error   95%  of marrow   95%  outlines  searches")
    for row in rows:
        print(
            f"{row['name']} {row['series'][:16]:16} {row['side']}  {row['moved']:5.1f}  {row['error']:5.2f} "
            f"{row['error 95%']:5.2f}     {row['of marrow']:5.2f} {row['of marrow 95%']:5.2f}     {row['overlap']:.3f}"
            f"      {row['spread']:.2f}  {row['failure']}"
        )
    good = [row for row in rows if not row["failure"]]
    missed = [row for row in good if row["of marrow"] > MISSED_MM]
    print(
        f"\n{len(rows)} alignments, {len(rows) - len(good)} refused, {len(missed)} beyond {MISSED_MM:g} mm not refused"
    )
    for key in ("moved", "error", "of marrow"):
        for fat in (("both alike", "one"), ("both alike",), ("one",)):
            values = [row[key] for row in good if row["fat"] in fat]
            if values:
                print(
                    f"{key:10} fat suppressed in {' or '.join(fat):18} median {np.median(values):.2f} mm, "
                    f"95% {np.percentile(values, 95):.2f} mm ({len(values)})"
                )


def measurements(name: str, result: ExamResult, truth: dict[str, Any]) -> list[dict[str, Any]]:
    """Errors of each hip by all series and by the reference alone."""
    rows = []
    for hip in result.hips:
        true = truth["hips"][hip.side]
        alone = hip.by_series.get(result.reference)
        for label, one in (("all", hip.findings.measurement if hip.findings else None), ("reference", alone)):
            if one is not None:
                rows.append(
                    {
                        "name": name, "side": hip.side, "by": label, "series": len(hip.series),
                        "angle": one.combined_necrotic_angle - true["combined_necrotic_angle"],
                        "share": 100 * (one.necrotic_share - true["necrotic_share"]),
                        "head": one.head_ml / true["head_ml"] - 1,
                        "jic": None if label != "all" or not true["jic_type"] else (one.jic_type, true["jic_type"]),
                        "sick": true["necrosis_ml"] > 0,
                    }
                )  # fmt: skip
    return rows


def print_measurements(rows: list[dict[str, Any]]) -> None:
    print("\nhip                 by         series  angle (degrees)  share (points)  head volume  JIC")
    for row in rows:
        print(
            f"{row['name']} {row['side']}  {row['by']:10} {row['series']:6}  {row['angle']:+15.1f}  {row['share']:+14.1f}"
            f"  {100 * row['head']:+10.1f}%  {row['jic'] or ''}"
        )
    for label in ("all", "reference"):
        own = [row for row in rows if row["by"] == label and row["sick"]]
        if not own:
            continue
        angle, share = (np.abs([row[key] for row in own]) for key in ("angle", "share"))
        typed = [row["jic"][0] == row["jic"][1] for row in own if row["jic"]]
        print(
            f"{label:10} {len(own)} necrotic hips: angle {angle.mean():.1f} degrees off, within 10 in "
            f"{100 * (angle <= 10).mean():.0f}%; share {share.mean():.1f} points off, within 3 in "
            f"{100 * (share <= 3).mean():.0f}%"
            + (f"; JIC type right in {sum(typed)} of {len(typed)}" if typed else "")
        )


if __name__ == "__main__":
    main()
