"""The intervals of an examination's measurements (``ONFHAssistLib.exam.intervals``), calibrated and judged.

    python benchmarks/exam_intervals.py --keep FOLDER [--write]    # calibrate on kept training examinations
    python benchmarks/exam_intervals.py --judge FOLDER             # how many of others the shipped ones hold

Half an interval is a floor, plus the spread over the series, plus what the number changes with a border drawn wider and
tighter, each times a number that is not negative (least squares on the absolute errors), all scaled so that 90% of the
training hips lie within.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import numpy as np
from exam_rows import NUMBERS, rows_of
from scipy.optimize import nnls

from ONFHAssistLib.core.atomic_files import write_json
from ONFHAssistLib.core.resources import resource_path
from ONFHAssistLib.exam.intervals import ALONE, OF_HEAD, half_width

SHARE = 0.9
KINDS = {ALONE: ("1",), "together": ("2", "3", "all")}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--judge", type=Path)
    parser.add_argument("--write", action="store_true")
    chosen = parser.parse_args()
    if chosen.keep is not None:
        rows = hips_in(chosen.keep)
        found = {kind: {name: fitted(rows, ways, name) for name in NUMBERS} for kind, ways in KINDS.items()}
        for kind, own in found.items():
            for name, numbers in own.items():
                print(f"{kind:9} {name:24} {numbers}")
        if chosen.write:
            write_json(resource_path("exam_intervals.json"), found)
    if chosen.judge is not None:
        print_coverage(hips_in(chosen.judge))


def hips_in(folder: Path) -> list[dict[str, Any]]:
    """Rows of all hips."""
    return [row for path in sorted(folder.glob("*.pkl")) for row in rows_of(path)["hips"]]


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


def print_coverage(rows: list[dict[str, Any]]) -> None:
    """How many of the true numbers lie within their intervals, and how wide these are."""
    for kind, ways in (("one series", ("1",)), ("all series", ("all",)), ("two or more", ("2", "3", "all"))):
        total = []
        for name in NUMBERS:
            own = known(rows, ways, name)
            width = np.array(
                [half_width(name, r["spread"][name], r["moved"].get(name, 0.0), r["series"]) for r in own]
            )
            error = np.array([abs(row[name] - row["true"][name]) for row in own])
            total += list(error <= width)
            print(
                f"{kind:12} {name:24} {100 * np.mean(error <= width):3.0f}% of {len(own)} within; half the interval "
                f"{np.median(width):.3g}, error {np.median(error):.3g} (medians)"
            )
        print(f"{kind:12} {'all numbers':24} {100 * np.mean(total):.1f}% of {len(total)}")


if __name__ == "__main__":
    main()
