"""The intervals of an examination's measurements (``ONFHAssistLib.exam.intervals``), calibrated and judged.

    python benchmarks/exam_intervals.py --keep FOLDER FOLDER [--judge FOLDER] [--write]

The folders are those of ``benchmarks/exam_cache.py``. Calibrated on all hips of the first ones, whose arcs are those of
networks that did not learn from them (``benchmarks/exam_border.py``); the coverage told is that of hips whose examination
the calibration did not see (five parts in turn), and of the hips of other examinations (``--judge``).

Half an interval is a floor, plus the spread over the series, plus what the number changes with a border drawn wider and
tighter, each times a number that is not negative (least squares on the absolute errors), all scaled so that 90% of the
training hips lie within.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import numpy as np
from exam_cache import kept_in
from exam_rows import NUMBERS, rows_of
from scipy.optimize import nnls

from ONFHAssistLib.core.atomic_files import write_json
from ONFHAssistLib.core.resources import resource_path
from ONFHAssistLib.exam.intervals import ALONE, OF_HEAD, interval_of

SHARE, FOLDS = 0.9, 5
KINDS = {ALONE: ("1",), "together": ("2", "3", "all")}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--keep", type=Path, nargs="+", required=True)
    parser.add_argument("--judge", type=Path, nargs="+", default=[])
    parser.add_argument("--write", action="store_true")
    chosen = parser.parse_args()
    rows = [
        {**row, "fold": n % FOLDS}
        for n, own in enumerate(map(rows_of, paths_in(chosen.keep)))
        for row in own["hips"]
    ]
    crossed = []
    for fold in range(FOLDS):
        found = calibrated([row for row in rows if row["fold"] != fold])
        crossed += [{**row, "by whom": found} for row in rows if row["fold"] == fold]
    print_coverage(crossed)
    found = calibrated(rows)
    for kind, own in found.items():
        for name, numbers in own.items():
            print(f"{kind:9} {name:24} {numbers}")
    if chosen.judge:
        print("Of other examinations:")
        others = [row for own in map(rows_of, paths_in(chosen.judge)) for row in own["hips"]]
        print_coverage([{**row, "by whom": found} for row in others])
    if chosen.write:
        write_json(resource_path("exam_intervals.json"), found)


def paths_in(folders: list[Path]) -> list[Path]:
    """The kept examinations of all folders."""
    return [path for folder in folders for path in kept_in(folder)]


def calibrated(rows: list[dict[str, Any]]) -> dict[str, dict[str, dict[str, float]]]:
    """Kind of outline and name of the number to how its interval is made."""
    return {kind: {name: fitted(rows, ways, name) for name in NUMBERS} for kind, ways in KINDS.items()}


def known(rows: list[dict[str, Any]], ways: tuple[str, ...], name: str) -> list[dict[str, Any]]:
    """Those of these numbers of series for which a number has an interval: of a necrosis, where one was found."""
    return [row for row in rows if row["by"] in ways and (name in OF_HEAD or row["necrosis_ml"] > 0)]


def fitted(rows: list[dict[str, Any]], ways: tuple[str, ...], name: str) -> dict[str, float]:
    """``floor``, ``spread`` and ``perturbed`` of a number."""
    own = known(rows, ways, name)
    error = np.array([abs(row[name] - row["true"][name]) for row in own])
    told = np.array([[np.mean(error), row["spread"][name], row["moved"].get(name, 0.0)] for row in own])
    weights, _ = nnls(told, error)
    weights[0] = max(weights[0], 0.25)  # nothing is known without any error
    scale = np.quantile(error / (told @ weights), min(SHARE * (1 + 1 / len(own)), 1.0))
    floor, spread, moved = (float(one) for one in weights * scale * [np.mean(error), 1.0, 1.0])
    return {"floor": round(floor, 5), "spread": round(spread, 4), "perturbed": round(moved, 4)}


def _half(row: dict[str, Any], name: str) -> float:
    numbers = row["by whom"][ALONE if row["series"] < 2 else "together"][name]
    return interval_of(numbers, row["spread"][name], row["moved"].get(name, 0.0))


def print_coverage(rows: list[dict[str, Any]]) -> None:
    """How many of the true numbers lie within their intervals, and how wide these are."""
    for kind, ways in (("one series", ("1",)), ("all series", ("all",)), ("two or more", ("2", "3", "all"))):
        total = []
        for name in NUMBERS:
            own = known(rows, ways, name)
            if not own:
                continue
            width = np.array([_half(row, name) for row in own])
            error = np.array([abs(row[name] - row["true"][name]) for row in own])
            total += list(error <= width)
            print(
                f"{kind:12} {name:24} {100 * np.mean(error <= width):3.0f}% of {len(own)} within; half the interval "
                f"{np.median(width):.3g}, error {np.median(error):.3g} (medians)"
            )
        print(f"{kind:12} {'all numbers':24} {100 * np.mean(total):.1f}% of {len(total)}")


if __name__ == "__main__":
    main()
