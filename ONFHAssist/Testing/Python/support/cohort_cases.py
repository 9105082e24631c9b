"""A small cohort: a table of pelves of two grey balls with given outlines, worked up in a second a case."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
from support.dicom_cases import DIRECTIONS, outlines, pelvis

from ONFHAssistLib.case.work import Settings
from ONFHAssistLib.cohort.run.steps import Plan, make_plan
from ONFHAssistLib.imaging.files import write_image

STEPS = ("measure", "radiomics")


def small_plan(**facts: str) -> Plan:
    """Outlines as given, measurements, and the 107 features of the IBSI preset."""
    return make_plan(STEPS, Settings(preset="ibsi", **facts))


def write_cohort(folder: Path, count: int = 3) -> Path:
    """Images that differ by their noise, and the table of them; the first two are of one patient."""
    folder.mkdir(parents=True, exist_ok=True)
    image = pelvis(DIRECTIONS["coronal"])
    write_image(outlines(image), folder / "outlines.nii.gz")
    rows = []
    for number in range(count):
        noise = np.random.default_rng(number).normal(0, 20, image.array.shape)
        write_image(image.like((image.array + noise).astype(np.int16)), folder / f"image{number}.nii.gz")
        rows.append(
            {
                "case": f"K{number}", "image": f"image{number}.nii.gz", "segmentation": "outlines.nii.gz",
                "patient": "Anna" if number < 2 else f"Bert{number}",
            }
        )  # fmt: skip
    return write_table(folder / "cohort.csv", rows)


def write_table(path: Path, rows: list[dict[str, str]]) -> Path:
    """A CSV file with a column for every key of any row."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, names, restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path


def contents(folder: Path, *patterns: str) -> dict[str, bytes]:
    """Every file of these patterns, by its name in the folder."""
    found = sorted(path for pattern in patterns for path in folder.glob(pattern))
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}
