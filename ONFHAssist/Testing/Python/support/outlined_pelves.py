"""Patients with two outlined balls for femoral heads, as files with the table that a training reads."""

from __future__ import annotations

import csv

import numpy as np

from ONFHAssistLib.imaging.files import write_image
from ONFHAssistLib.imaging.image import Image

RADIUS, LESION = 24.0, 9.0


def pelvis(turn=None, spacing=(1.2, 1.2, 4.5), lesions="RL"):
    """Two heads at x = -88 and 88 mm, brighter lesions 12 mm above and 6 mm lateral of their centres, in any frame."""
    turn = np.eye(3) if turn is None else turn
    size = np.round(np.array([260.0, 90.0, 90.0]) / spacing).astype(int)
    corner = -turn @ (0.5 * (size - 1) * np.array(spacing))
    image = Image(np.zeros(size[::-1], np.float32), spacing, tuple(corner), tuple(turn.ravel()))
    points = image.points()
    array, labels = np.full(image.array.shape, 5.0, np.float32), np.zeros(image.array.shape, np.uint8)
    for number, (side, x) in enumerate((("R", -88.0), ("L", 88.0)), 1):
        head = np.linalg.norm(points - [x, 0, 0], axis=-1) < RADIUS
        dead = np.linalg.norm(points - [x * 94 / 88, 0, 12.0], axis=-1) < LESION
        array[head], labels[head] = 50.0, number
        if side in lesions:
            array[dead], labels[dead] = 100.0, number + 2
    return image.like(array), image.like(labels)


def cohort(folder, cases, **more):
    """``own.csv`` with one row a patient."""
    rows = []
    for number, case in enumerate(cases):
        image, labels = pelvis(**more)
        image = image.like(image.array + 0.01 * number)  # no two patients have the same voxels
        write_image(image, folder / f"{case}.nii.gz")
        write_image(labels, folder / f"{case}-labels.nii.gz")
        rows.append({"case": case, "image": f"{case}.nii.gz", "segmentation": f"{case}-labels.nii.gz"})
    return table(folder, rows)


def table(folder, rows):
    """Rows as ``own.csv``."""
    path = folder / "own.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def staged_cohort(folder, cases):
    """``cohort.csv`` with one row a hip: the right ones are of stage II, the left ones of stage 0, without a lesion."""
    rows = []
    for number, case in enumerate(cases):
        image, labels = pelvis(lesions="R")
        image = image.like(image.array + 0.01 * number)  # no two patients have the same voxels
        write_image(image.like(image.array, modality="MR", sequence="T1"), folder / f"{case}.nii.gz")
        write_image(labels, folder / f"{case}-labels.nii.gz")
        scan = {"case": case, "image": f"{case}.nii.gz", "segmentation": f"{case}-labels.nii.gz"}
        rows += [
            {**scan, "side": side, "ficat_arlet_stage": stage} for side, stage in (("R", "II"), ("L", "0"))
        ]
    table(folder, rows).rename(folder / "cohort.csv")
    return folder
