"""Contrast, noise and sharpness of simulated T1 images beside a real right hip (Soft-tissue-Sarcoma, STS_044).

    python benchmarks/simulator_realism.py [path of hip_right_t1.nii.gz] [patients]

Without a path the simulated ones stand alone. The simulated scan has the real one's geometry (axial, 0.977 x 0.977 x
3.27 mm). Measured alike in both: fat, muscle: modes of the histogram; marrow: median within 0.7 radius of the head's
centre; noise: 1.4826 x the median of absolute differences of in-plane neighbours / sqrt 2 within muscle; sharpness: the
steepest slope of the head's edge, per mm and of marrow, median over rays in the three middle slices.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from scipy import ndimage

from ONFHAssistLab.simulate.acquisition.mri import acquire
from ONFHAssistLab.simulate.acquisition.protocols import MrProtocol
from ONFHAssistLab.simulate.anatomy.patient import build_patient, draw_patient
from ONFHAssistLib.imaging.files import read_image
from ONFHAssistLib.imaging.image import Image

CENTRE, RADIUS = (-89.1, 24.2, -743.8), 25.1
LIKE_REAL = MrProtocol(
    "like_real",
    "T1",
    "axial",
    1.5,
    560.0,
    11.0,
    pixel_mm=0.977,
    acquired_mm=1.95,
    slice_mm=3.27,
    snr=70.0,
    bias=0.05,
)


def figures(image: Image, centre: tuple[float, float, float], radius: float) -> dict[str, float]:
    """The five figures of an image around one right hip."""
    box = image.point_to_index(np.array([np.subtract(centre, (75, 95, 60)), np.add(centre, (90, 75, 45))]))
    part = image.cropped(np.floor(box[0]).astype(int), np.ceil(box[1]).astype(int))
    array = part.array.astype(float)
    smooth = ndimage.gaussian_filter(array, (0, 1.0, 1.0))
    flat = ndimage.gaussian_gradient_magnitude(array, (0.5, 1.2, 1.2)) < 0.03 * np.percentile(array, 98)
    top = np.percentile(array, 98)
    fat = mode(smooth[flat & (smooth > 0.62 * top)])
    muscle = mode(smooth[flat & (smooth > 0.18 * top) & (smooth < 0.55 * top)])
    distance = np.linalg.norm(part.points() - centre, axis=-1)
    marrow = float(np.median(array[distance < 0.7 * radius]))
    within = np.abs(smooth - muscle) < 0.12 * muscle
    pairs = within[:, :, 1:] & within[:, :, :-1]
    noise = 1.4826 * float(np.median(np.abs(np.diff(array, axis=2)[pairs]))) / np.sqrt(2)
    angles = np.radians(np.arange(0, 360, 2.0))
    lengths = np.arange(radius - 7, radius + 5, 0.25)
    slopes, floor = [], []
    for step in (-1, 0, 1):
        offset = np.array([0, 0, step * image.spacing[2]])
        rays = np.stack([np.cos(angles), np.sin(angles), np.zeros_like(angles)], -1)
        index = image.point_to_index(np.array(centre) + offset + lengths[None, :, None] * rays[:, None, :])
        values = ndimage.map_coordinates(
            image.array.astype(float), np.moveaxis(index[..., ::-1], -1, 0), order=1
        )
        slopes.append(-np.diff(values, axis=1).min(axis=1) / 0.25 / marrow)
        floor.append(values.min(axis=1))
    return {
        "muscle/fat": muscle / fat,
        "marrow/fat": marrow / fat,
        "edge minimum/fat": float(np.median(floor)) / fat,
        "noise/fat": noise / fat,
        "edge slope per mm": float(np.median(slopes)),
    }


def mode(values: np.ndarray) -> float:
    """Most frequent value, by a smoothed histogram."""
    counts, edges = np.histogram(values, 120)
    return float(edges[np.argmax(ndimage.gaussian_filter1d(counts.astype(float), 2.5))])


def main() -> None:
    real = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    rows = {}
    if real is not None:
        rows["real hip"] = figures(read_image(real), CENTRE, RADIUS)
    for seed in range(count):
        patient = build_patient(draw_patient(seed, right="0", left="0"))
        truth = patient.truth["R"]
        rows[f"simulated {seed}"] = figures(
            acquire(patient, LIKE_REAL, seed), truth["centre"], truth["radius"]
        )
    for name, row in rows.items():
        print(f"{name:14s}" + "  ".join(f"{k} {v:.3f}" for k, v in row.items()))


if __name__ == "__main__":
    main()
