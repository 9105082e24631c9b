"""Follow-up of simulated patients examined twice: alignment, growth, collapse, drill tracks; calibrates its intervals.

    onfh simulate --pairs --cases 14 --seed 701 --out TRAIN      # the calibration's own patients
    onfh simulate --pairs --cases 20 --seed 702 --out TEST
    python benchmarks/followup.py --pairs TRAIN --keep FOLDER --write --more ROWS     # calibrates Resources/followup.json
    python benchmarks/followup.py --pairs TEST --keep FOLDER2             # judges

Every pair is worked up by the product itself: series, outlines and alignments of each date, then the follow-up; nothing
true is given to it. What was worked up is kept in FOLDER and taken from there by the next run. Calibrating prints two
sets of figures, each patient by what was fitted to the others (left out), and all by what was fitted to all (in
sample). The truth of a growth is the volume of bone that the lesion took or gave back within the head as it was before
it sank; the target error of an alignment is the root mean square over the head against the pose that the hip really had
between both references. All of it simulated.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import nnls

from ONFHAssistLab.simulate.exam.pairs import EARLIER, LATER, PAIR
from ONFHAssistLab.simulate.exam.study import IMAGES, TRUTH
from ONFHAssistLib.core.atomic_files import write_json
from ONFHAssistLib.core.resources import resource_path
from ONFHAssistLib.exam.examine import examine
from ONFHAssistLib.exam.result import FILE
from ONFHAssistLib.exam.study import read_study
from ONFHAssistLib.followup.compare import SUNK_MM, alignment_error, follow
from ONFHAssistLib.followup.dates import day_of, series_used
from ONFHAssistLib.followup.examinations import dated_examination, read_exam_folder
from ONFHAssistLib.followup.growth import DOUBTS, FEATURES, called
from ONFHAssistLib.followup.surface import PARTS, interval
from ONFHAssistLib.followup.tracks import KEPT, LOST, NEW

COVERAGE = 0.9
WITHIN_ML, WITHIN_SHARE = 0.7, 0.1
Numbers = dict[str, dict[str, float]]  # of ``Resources/followup.json``


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--pairs", type=Path, required=True)
    parser.add_argument("--keep", type=Path, required=True)
    parser.add_argument("--write", action="store_true", help="calibrate on these pairs")
    parser.add_argument(
        "--more", type=Path, help="rows of followup_surface.py, for the interval of the sinking"
    )
    parser.add_argument(
        "--again", action="store_true", help="compare anew, on the examinations that are kept"
    )
    chosen = parser.parse_args()
    rows = []
    for folder in sorted(path.parent for path in chosen.pairs.glob(f"*/{PAIR}")):
        rows += rows_of(folder, chosen.keep / folder.name, chosen.again)
    if chosen.write:
        more = json.loads(chosen.more.read_text(encoding="utf-8")) if chosen.more else []
        write_json(resource_path("followup.json"), calibrated(rows, more))
        print("Left out: each patient by what was fitted to the others")
        print_figures(rows, calibrated_without_each(rows, more))
        print("In sample: all patients by what was fitted to all of them")
    shipped = json.loads(resource_path("followup.json").read_text(encoding="utf-8"))
    print_figures(rows, dict.fromkeys((row["pair"] for row in rows), shipped))


def rows_of(folder: Path, keep: Path, again: bool) -> list[dict[str, Any]]:
    """One row a hip: what was measured beside what is true."""
    path = keep / "rows.json"
    if path.is_file() and not again:
        return list(json.loads(path.read_text(encoding="utf-8")))
    pair = json.loads((folder / PAIR).read_text(encoding="utf-8"))
    exams, truths, references = [], [], []
    for name in (EARLIER, LATER):
        found = read_study(folder / name / IMAGES)
        if not (keep / name / FILE).is_file():
            examine(found, keep / name, predict=False)
        result, outlines = read_exam_folder(keep / name)
        day, _ = day_of([one.identity for one in series_used(result, found)], name)
        exams.append(dated_examination(result, found, outlines, day))
        truths.append(json.loads((folder / name / TRUTH).read_text(encoding="utf-8")))
        references.append(result.reference)
    result, compared = follow(exams, folder.name)
    rows = [
        {**_measured(one.change, one.surface, result), **_true(pair, truths, references, one)}
        for one in compared
    ]
    keep.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(rows, indent=1), encoding="utf-8")
    print(
        folder.name,
        [(row["side"], row["growth"], row["true growth"], row["target error"]) for row in rows],
        flush=True,
    )
    return rows


def _measured(change: Any, surface: Any, result: Any) -> dict[str, Any]:
    row: dict[str, Any] = {"failure": change.failure, "apart": change.alignment.apart_mm, "growth": None}
    if change.failure:
        return row
    states = next(hip.states for hip in result.hips if change in hip.changes)
    return row | {
        "growth": change.growth.ml, "parts": dict(change.growth.parts), "sunk": dict(surface.parts),
        "before": change.growth.before_ml, "after": change.growth.after_ml,
        "flattening": [state.flattening.value for state in states],
        "tracks": [one.state for one in change.tracks], "pairs": change.alignment.pairs,
    }  # fmt: skip


def _true(
    pair: dict[str, Any], truths: list[dict[str, Any]], references: list[str], one: Any
) -> dict[str, Any]:
    side = one.first.side
    hip = pair["hips"][side]
    poses = [
        np.array(next(row for row in truth["series"] if str(row["number"]) == number)["poses"][side])
        for truth, number in zip(truths, references, strict=True)
    ]
    motion = poses[1] @ np.array(pair["rest_to_rest"]) @ np.linalg.inv(poses[0])
    error = None
    if not one.change.failure:
        off = one.change.alignment.motion - motion
        z, y, x = np.nonzero(one.both.head)
        points = one.both.grid.index_to_point(np.stack([x, y, z], axis=1)[::20])
        error = float(np.sqrt(np.mean(np.sum((points @ off[:3, :3].T + off[:3, 3]) ** 2, axis=1))))
    counts = [len(each) for each in hip["tracks"]]
    return {
        "pair": pair["pair"], "side": side, "true growth": hip["growth_ml"], "true sunk": hip["sunk_mm"],
        "true volumes": hip["necrosis_ml"], "true collapse": hip["collapse_mm"], "true tracks": counts,
        "target error": error,
    }  # fmt: skip


def calibrated(rows: list[dict[str, Any]], more: list[dict[str, Any]] | None = None) -> Numbers:
    """The numbers of ``Resources/followup.json`` from training pairs; ``more`` of them for the sinking alone."""
    good = [row for row in rows if not row["failure"]]
    sick = [row for row in good if max(row["true volumes"]) > 0]
    design = np.array([[row["parts"][name] for name in FEATURES] for row in sick])
    grown = np.array([row["true growth"] for row in sick])
    weights, _ = nnls(design, grown)
    off = np.abs(_left_out(design, grown, sick, lambda x, y: nnls(x, y)[0]) - grown)
    growth = dict(zip(FEATURES, weights.round(4).tolist(), strict=True)) | _interval(sick, off)
    flat = _upper(
        np.abs(np.array([row["flattening"] for row in good]) - [row["true collapse"] for row in good]).ravel()
    )
    apart, error = (np.array([row[name] for row in good]) for name in ("apart", "target error"))
    found, _ = nnls(np.stack([np.ones(len(apart)), apart], axis=1), error)
    return {
        "growth": growth,
        "sunk": _calibrated_sinking([row for row in (*good, *(more or [])) if row["sunk"]]),
        "flattening": {"half": round(flat, 3)},
        "alignment": {"floor": round(float(found[0]), 3), "apart": round(float(found[1]), 3)},
    }


def calibrated_without_each(
    rows: list[dict[str, Any]], more: list[dict[str, Any]] | None = None
) -> dict[str, Numbers]:
    """Each patient to the numbers that the others give."""
    patients = sorted({row["pair"] for row in rows})
    return {one: calibrated([row for row in rows if row["pair"] != one], more) for one in patients}


def _calibrated_sinking(rows: list[dict[str, Any]]) -> dict[str, float]:
    true = np.array([row["true sunk"] for row in rows])
    weighed = np.array([[*(row["sunk"][name] for name in PARTS), 1.0] for row in rows])
    *slopes, offset = _least_squares(weighed, true)
    off = _left_out(weighed, true, rows, _least_squares) - true
    tail = 0.5 * (1.0 + COVERAGE)
    ends = {"down": _upper(off, tail), "up": _upper(-off, tail)}
    numbers = {**dict(zip(PARTS, slopes, strict=True)), "offset": offset, **ends}
    return {name: round(float(one), 4) for name, one in numbers.items()}


def _least_squares(design: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    return np.asarray(np.linalg.lstsq(design, wanted, rcond=None)[0])


def _left_out(
    design: np.ndarray,
    wanted: np.ndarray,
    rows: list[dict[str, Any]],
    fit: Callable[[np.ndarray, np.ndarray], np.ndarray],
) -> np.ndarray:
    """What each row is given by weights that know nothing of its patient, so that intervals do not flatter themselves."""
    patients = np.array([row["pair"] for row in rows])
    found = np.zeros(len(wanted))
    for one in np.unique(patients):
        own = patients == one
        found[own] = design[own] @ fit(design[~own], wanted[~own])
    return found


def _interval(rows: list[dict[str, Any]], off: np.ndarray) -> dict[str, float]:
    """Half an interval as a floor and what the doubts count, scaled so that nine of ten training hips lie within."""
    doubts = np.array([[1.0, *(row["parts"][name] for name in DOUBTS)] for row in rows])
    found, _ = nnls(doubts, off)
    if not found.any():
        found[0] = 1.0
    scale = _upper(off / np.maximum(doubts @ found, 1e-6))
    return dict(zip(("floor", *DOUBTS), (found * scale).round(4).tolist(), strict=True))


def _upper(errors: np.ndarray, share: float = COVERAGE) -> float:
    """The quantile of split conformal prediction."""
    rank = int(np.ceil(share * (len(errors) + 1)))
    return float(np.sort(errors)[min(rank, len(errors)) - 1])


def print_figures(rows: list[dict[str, Any]], numbers: Mapping[str, Numbers]) -> None:
    """How good it is.

    Args:
        numbers: by which each patient is judged.
    """
    good = [row for row in rows if not row["failure"]]
    print(
        f"{len({row['pair'] for row in rows})} patients, {len(rows)} hips, {len(rows) - len(good)} not aligned"
    )
    errors = np.array([row["target error"] for row in good])
    said = [alignment_error(_Apart(row["apart"]), numbers[row["pair"]]["alignment"]) for row in good]
    print(
        f"Alignment: median {np.median(errors):.2f} mm, 90% {np.quantile(errors, 0.9):.2f}, stated {np.median(said):.2f}"
    )
    judged = [_judged(row, numbers[row["pair"]]["growth"]) for row in good]
    off = np.array([abs(one["ml"] - one["true"]) for one in judged])
    true = np.array([one["true"] for one in judged])
    within = off <= np.maximum(WITHIN_ML, WITHIN_SHARE * np.abs(true))
    held = np.mean([one["low"] <= one["true"] <= one["high"] for one in judged])
    print(
        f"Growth: within 0.7 ml or 10% {within.mean():.0%} of {len(off)}; median error {np.median(off):.2f} ml, 90% "
        f"{np.quantile(off, 0.9):.2f}; interval holds {held:.0%}, "
        f" half of it {np.median([0.5 * (o['high'] - o['low']) for o in judged]):.2f} ml"
    )
    for name, chosen in (
        ("unchanged", true == 0),
        ("grown > 1.5 ml", true > 1.5),
        ("healed > 1 ml", true < -1.0),
    ):
        own = [one["called"] for one, take in zip(judged, chosen, strict=True) if take]
        print(f"  {name}: {len(own)} hips, called", {word: own.count(word) for word in sorted(set(own))})
    _print_sunk(good, numbers)
    _print_tracks(good)


class _Apart:
    """As much of an alignment as its error asks for."""

    def __init__(self, apart: float) -> None:
        self.apart_mm = apart


def _judged(row: dict[str, Any], numbers: dict[str, float]) -> dict[str, Any]:
    ml = sum(numbers[name] * row["parts"][name] for name in FEATURES)
    half = numbers["floor"] + sum(numbers[name] * row["parts"][name] for name in DOUBTS)
    if row["before"] == 0 and row["after"] == 0:
        ml, half = 0.0, 0.0
    return {
        "ml": ml,
        "low": ml - half,
        "high": ml + half,
        "called": called(ml - half, ml + half),
        "true": row["true growth"],
    }


def _print_sunk(rows: list[dict[str, Any]], numbers: Mapping[str, Numbers]) -> None:
    true = np.array([row["true sunk"] for row in rows])
    sunk, low, high = np.array([interval(row["sunk"], numbers[row["pair"]]["sunk"]) for row in rows]).T
    off = np.abs(sunk - true)
    found = (low > 0) & (high >= SUNK_MM)
    print(
        f"Sinking: median error {np.median(off):.2f} mm, 90% {np.quantile(off, 0.9):.2f}; interval holds "
        f"{((low <= true) & (true <= high)).mean():.0%}, half of it {np.median(0.5 * (high - low)):.2f} mm; "
        f"of {(true >= 1).sum()} that sank 1 mm or more found {found[true >= 1].sum()}, of {(true == 0).sum()} "
        f"that did not called {found[true == 0].sum()}"
    )
    for name, own in (("sank", true > 0), ("did not sink", true == 0)):
        above, below = (true > high)[own].sum(), (true < low)[own].sum()
        print(
            f"  {own.sum()} heads that {name}: interval holds {own.sum() - above - below}, {above} lie above it and "
            f"{below} below; within 1 mm {(off[own] <= 1.0).sum()}, "
            f"median error {np.median(off[own]) if own.any() else 0:.2f} mm"
        )


def _print_tracks(rows: list[dict[str, Any]]) -> None:
    for name, state in (("new", NEW), ("lost", LOST), ("kept", KEPT)):
        counts = [(_tracks_true(row, state), row["tracks"].count(state)) for row in rows]
        there = [found for true, found in counts if true]
        none = [found for true, found in counts if not true]
        print(
            f"Tracks {name}: {len(there)} hips have 3, found {np.mean(there) if there else 0:.1f} on average, none in "
            f"{there.count(0)}; of {len(none)} hips without, {sum(n > 0 for n in none)} are said to have one"
        )


def _tracks_true(row: dict[str, Any], state: str) -> int:
    before, after = row["true tracks"]
    return {NEW: max(after - before, 0), LOST: max(before - after, 0), KEPT: min(before, after)}[state]


if __name__ == "__main__":
    main()
