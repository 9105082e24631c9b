"""A simulated hospital with a scanner that no shipped network has seen: images, outlines and stages as a cohort's table.

Two scanners: ``signa``, the vendor that is kept out of all training, and ``lowfield``, an open 0.35 T magnet whose slices
are thicker and pixels coarser than any that the outliner's random volumes have, with little signal and much shading. Of
each patient one coronal series, T1 and T2 FS in turn; the right hip is necrotic, the left one in two of three.
"""

from __future__ import annotations

import argparse
import csv
from dataclasses import replace
from pathlib import Path

import numpy as np

from ONFHAssistLab.simulate.acquisition.mri import acquire, truth_labels
from ONFHAssistLab.simulate.acquisition.protocols import MrProtocol, get_protocol
from ONFHAssistLab.simulate.anatomy.patient import build_patient, draw_patient
from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.imaging.files import write_image

LOW_FIELD = MrProtocol(
    "lowfield_t1_coronal", "T1", "coronal", 0.35, 480.0, 18.0, manufacturer="HITACHI", model="AIRIS", echo_train=1,
    pixel_mm=1.3, acquired_mm=1.8, slice_mm=7.0, gap_mm=1.5, bandwidth_hz=80.0, snr=8.0, bias=0.5, motion=0.05,
    scale=250.0, surface_coil=0.7,
)  # fmt: skip
SCANNERS = {
    "signa": (get_protocol("signa_t1_coronal"), get_protocol("signa_t2fs_coronal")),
    "lowfield": (
        LOW_FIELD,
        # Fat and water lie too near at 0.35 T to be told apart by their frequency, so that much fat is left.
        replace(LOW_FIELD, name="lowfield_t2fs_coronal", sequence="T2 FS", repetition_time_ms=3200.0, echo_time_ms=90.0,
                echo_train=11, fat_residual=0.25),
    ),
}  # fmt: skip
LEFT = ("0", "I", "II")


def make_cohort(folder: Path, scanner: str, patients: int, seed: int) -> Path:
    """Simulate what is not there yet; the path of ``cohort.csv``."""
    folder.mkdir(parents=True, exist_ok=True)
    rows: list[dict[str, object]] = []
    for number in range(patients):
        rows += _patient(folder, scanner, number, seed)
    table = folder / "cohort.csv"
    with table.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return table


def _patient(folder: Path, scanner: str, number: int, seed: int) -> list[dict[str, object]]:
    case = f"{scanner}-{number:02d}"
    stages = {"R": ("I", "II")[number // 2 % 2], "L": LEFT[number % 3]}
    image, outlines = folder / f"{case}.nii.gz", folder / f"{case}-outlines.nii.gz"
    if not outlines.is_file():
        rng = np.random.default_rng([seed, number, 211])
        while True:  # a lesion of the drawn size does not fit every head
            try:
                drawn = draw_patient(int(rng.integers(2**31)), right=stages["R"], left=stages["L"])
                patient = build_patient(drawn)
                break
            except InputError:
                continue
        scan = acquire(patient, SCANNERS[scanner][number % 2], seed=int(rng.integers(2**31)))
        write_image(scan, image)
        write_image(truth_labels(patient, scan), outlines)
    common = {"case": case, "image": image.name, "segmentation": outlines.name, "scanner": scanner}
    return [{**common, "side": side, "ficat_arlet_stage": stages[side]} for side in ("R", "L")]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("scanner", choices=SCANNERS)
    parser.add_argument("--patients", type=int, default=24)
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    print(make_cohort(args.out, args.scanner, args.patients, args.seed))


if __name__ == "__main__":
    main()
