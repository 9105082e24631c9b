"""``onfh evaluate real`` with the networks of the folds: each real patient is judged by those that did not learn from it.

    python benchmarks/cross_validated_hips.py TABLE.csv --folds WORK/folds [FURTHER/folds ...] --out judged

``onfh train outliner --on`` and ``onfh train stage --on`` leave ``WORK/folds``: a folder of bundles for every fold, and
``patients.json``, which says whose fold it is. With folders of several trainings the whole chain is of one fold. Bundles
that are in none of them are the usual ones. The figures of all folds together are printed, and written to
``metrics.json``.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import shutil
from pathlib import Path

import pandas as pd

from ONFHAssistLab.studies.real_hips.evaluation import evaluate_real
from ONFHAssistLab.studies.real_hips.figures import real_figures
from ONFHAssistLib.bundles.bundle import OWN_MODELS
from ONFHAssistLib.core.atomic_files import write_json


def folds_in(folders: list[Path]) -> dict[str, int]:
    """The fold of every patient, the same in all folders."""
    read = [json.loads((folder / "patients.json").read_text(encoding="utf-8")) for folder in folders]
    if any(one != read[0] for one in read):
        raise SystemExit("The trainings have other folds: the chain cannot be cross-validated.")
    return dict(read[0])


def part_of_table(table: Path, patients: set[str], out: Path) -> int:
    """The rows of these patients, their files named from where ``out`` lies; how many rows."""
    with table.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        rows = [
            row for row in reader if (row.get("patient") or Path(row["image"]).name.split(".")[0]) in patients
        ]
    for row in rows:
        for column in ("image", "segmentation"):
            if row.get(column):
                row[column] = os.path.relpath((table.parent / row[column]).resolve(), out.parent.resolve())
    out.parent.mkdir(parents=True, exist_ok=True)
    with out.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, reader.fieldnames or [])
        writer.writeheader()
        writer.writerows(rows)
    return len(rows)


def bundles_of(folders: list[Path], number: int, out: Path) -> Path:
    """One folder with the bundles of a fold of all trainings."""
    shutil.rmtree(out, ignore_errors=True)
    for folder in folders:
        shutil.copytree(folder / str(number), out, dirs_exist_ok=True)
    return out


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("table", type=Path)
    parser.add_argument("--folds", type=Path, nargs="+", required=True)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    fold, out = folds_in(arguments.folds), arguments.out
    hips, images = [], []
    for number in sorted(set(fold.values())):
        patients = {patient for patient, own in fold.items() if own == number}
        table = out / f"fold{number}" / "hips.csv"
        if part_of_table(arguments.table, patients, table):
            os.environ[OWN_MODELS] = str(
                bundles_of(arguments.folds, number, out / f"fold{number}" / "models")
            )
            found = evaluate_real(table, table.parent / "judged", resamples=20)
            hips.append(found.hips)
            images.append(found.images)
    figures = real_figures(pd.concat(hips, ignore_index=True), pd.concat(images, ignore_index=True))
    write_json(out / "metrics.json", {figure.name: figure.as_dict() for figure in figures})
    for figure in figures:
        told = figure.as_dict()
        print(f"{figure.name:40s} {told}")


if __name__ == "__main__":
    main()
