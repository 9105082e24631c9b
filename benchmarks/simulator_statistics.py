"""Statistics of eleven real T1 pelves beside simulated ones of the same geometry.

    python benchmarks/simulator_statistics.py [folder of the real pelves] [simulated patients]

Without a folder the simulated ones stand alone.

Real: coronal T1 turbo spin echo, 1.5 T, 0.91 x 0.91 x 5.2 mm, with ``spheres.json`` (centre in LPS mm and radius of every
head). Simulated: healthy women scanned with the protocol "pelvis_t1". Measured alike in both, for each head:

- spread: standard deviation over mean within 0.8 radii;
- texture 0.7, 1.4, 2.8: standard deviation, within 0.8 radii and over their mean, of the difference of two in-plane
  Gaussians of that standard deviation in mm and of twice it; skew is the third moment of the finest; inner:
  within 0.6 radii, where the edge of the head is out of reach of the coarsest;
- through slices: correlation of the texture at 1.4 mm with that of the next slice (pattern against noise);
- muscle: mode of even tissue within 110 mm of the head, its texture at 1.4 mm and the share of bright streaks in it;
- surroundings: median from 1.3 to 2.2 radii; dark edge: least value along rays through the edge; slope: steepest fall;
- fat at skin: the 90th percentile of what lies in the outer 25 mm of the body; bright: the 99th percentile of the image;
- neck: mm that the neck lies behind the slice of the head's centre; field of view in mm.

Signals are divided by the mean of the head. A row tells whether the simulated mean lies within two standard deviations
of the real ones.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
from scipy import ndimage

from ONFHAssistLab.simulate.acquisition.mri import acquire
from ONFHAssistLab.simulate.anatomy.patient import build_patient, draw_patient
from ONFHAssistLib.imaging.files import read_image
from ONFHAssistLib.imaging.image import Image

SCALES_MM = (0.7, 1.4, 2.8)
PROTOCOL = "pelvis_t1"
Head = tuple[np.ndarray, float]


def head_statistics(image: Image, head: Head) -> dict[str, float]:
    """All figures of one head of a coronal image."""
    centre, radius = np.asarray(head[0], float), float(head[1])
    part = _around(image, centre, 115.0)
    array = part.array.astype(float)
    distance = np.linalg.norm(part.points() - centre, axis=-1)
    within = distance < 0.8 * radius
    mean = float(array[within].mean())
    array = array / mean
    row = {"spread": float(array[within].std())}
    for scale in SCALES_MM:
        band = difference_of_gaussians(array, scale / part.spacing[0])
        row[f"texture {scale:g} mm"] = float(band[within].std())
        row[f"inner texture {scale:g} mm"] = float(band[distance < 0.6 * radius].std())
        if scale == 0.7:
            row["skew"] = float((band[within] ** 3).mean() / band[within].std() ** 3)
        if scale == 1.4:
            both = within[1:] & within[:-1]
            row["through slices"] = float(np.corrcoef(band[1:][both], band[:-1][both])[0, 1])
    row |= _muscle(array, distance, radius, part.spacing[0])
    shell = (distance > 1.3 * radius) & (distance < 2.2 * radius)
    row["surroundings"] = float(np.median(array[shell]))
    row |= _edge(image, centre, radius, mean)
    row |= _far(image, centre, mean)
    row["neck mm"] = _neck(image, centre, radius, mean)
    return row


def difference_of_gaussians(array: np.ndarray, blur: float) -> np.ndarray:
    """In-plane band of a stack (z, y, x): blurred by ``blur`` pixels less blurred by twice that."""
    return ndimage.gaussian_filter(array, (0, blur, blur)) - ndimage.gaussian_filter(
        array, (0, 2 * blur, 2 * blur)
    )


def _around(image: Image, centre: np.ndarray, reach: float) -> Image:
    corners = np.array([[i, j, k] for i in (-1, 1) for j in (-1, 1) for k in (-1, 1)]) * reach
    index = image.point_to_index(centre + corners)
    low = np.clip(np.floor(index.min(axis=0)).astype(int), 0, image.size)
    return image.cropped(low, np.clip(np.ceil(index.max(axis=0)).astype(int) + 1, 0, image.size))


def _muscle(array: np.ndarray, distance: np.ndarray, radius: float, pixel: float) -> dict[str, float]:
    smooth = ndimage.gaussian_filter(array, (0, 1.0 / pixel, 1.0 / pixel))
    broader = ndimage.gaussian_filter(array, (0, 1.8 / pixel, 1.8 / pixel))
    flat = np.hypot(*np.gradient(broader, pixel, axis=(1, 2))) < 0.03
    near = (distance > 1.5 * radius) & (distance < 110.0)
    values = smooth[near & flat & (smooth > 0.22) & (smooth < 0.75)]
    counts, edges = np.histogram(values, 110)
    muscle = float(edges[np.argmax(ndimage.gaussian_filter1d(counts.astype(float), 2.5))])
    broad = ndimage.gaussian_filter(array, (0, 6.0 / pixel, 6.0 / pixel))
    belly = near & (np.abs(broad - muscle) < 0.25 * muscle)
    band = difference_of_gaussians(array, 1.4 / pixel)
    return {
        "muscle": muscle,
        "muscle texture": float(band[belly].std()) / muscle,
        "muscle streaks": float((array[belly] > 1.5 * muscle).mean()),
    }


def _edge(image: Image, centre: np.ndarray, radius: float, mean: float) -> dict[str, float]:
    """Over the upper half of the head, in the slice of its centre and both beside it."""
    angles, lengths = np.radians(np.arange(20, 161, 3.0)), np.arange(radius - 6, radius + 6, 0.25)
    rays = np.stack([np.cos(angles), np.zeros_like(angles), np.sin(angles)], -1)
    slopes, floor = [], []
    for step in (-1, 0, 1):
        points = (
            centre + np.array([0, step * image.spacing[2], 0]) + lengths[None, :, None] * rays[:, None, :]
        )
        index = image.point_to_index(points)
        values = ndimage.map_coordinates(
            image.array.astype(float), np.moveaxis(index[..., ::-1], -1, 0), order=1
        )
        slopes.append(-np.diff(values, axis=1).min(axis=1) / 0.25 / mean)
        floor.append(values.min(axis=1) / mean)
    return {"dark edge": float(np.median(floor)), "edge slope per mm": float(np.median(slopes))}


def _far(image: Image, centre: np.ndarray, mean: float) -> dict[str, float]:
    array = image.array.astype(float) / mean
    depth = round(float(image.point_to_index(centre[None])[0][2]))
    plane = array[np.clip(depth, 0, len(array) - 1)]
    body = ndimage.binary_fill_holes(ndimage.gaussian_filter(plane, 2.0) > 0.12)
    columns = np.flatnonzero(body.mean(axis=0) > 0.2)
    outer = np.zeros(plane.shape, bool)
    wide = round(25.0 / image.spacing[0])
    outer[:, columns[0] : columns[0] + wide] = True
    outer[:, columns[-1] + 1 - wide : columns[-1] + 1] = True
    return {
        "fat at skin": float(np.percentile(plane[outer & body], 90)),
        "bright": float(np.percentile(array, 99)),
        "width mm": image.size[0] * image.spacing[0],
        "height mm": image.size[1] * image.spacing[1],
        "depth mm": image.size[2] * image.spacing[2],
    }


def _neck(image: Image, centre: np.ndarray, radius: float, mean: float) -> float:
    """Where from front to back marrow lies beside the head, on the line down the neck seen from in front."""
    # The side of the midline of the image: necks point outward.
    middle = image.index_to_point(0.5 * (np.array(image.size) - 1))[0]
    outward = 1.0 if centre[0] > middle else -1.0
    offsets = np.arange(-15.0, 31.0, 2.6)
    votes = np.zeros(len(offsets))
    for far in (1.5, 1.7, 1.9):
        for down in (0.55, 0.7, 0.85):
            line = centre + radius * far * np.array([outward * np.cos(down), 0.0, -np.sin(down)])
            index = image.point_to_index(line + offsets[:, None] * np.array([0.0, 1.0, 0.0]))
            values = ndimage.map_coordinates(
                image.array.astype(float), index[:, ::-1].T, order=1, mode="nearest"
            )
            votes += np.exp(-(((values / mean - 0.92) / 0.14) ** 2))
    votes = ndimage.gaussian_filter1d(votes, 2.0)
    return float(offsets[np.argmax(votes)])


def real_rows(folder: Path) -> list[dict[str, float]]:
    """Figures of every head of the real pelves."""
    spheres = json.loads((folder / "spheres.json").read_text())
    rows = []
    for name, heads in sorted(spheres.items()):
        image = read_image(folder / name)
        rows += [head_statistics(image, (head["centre"], head["radius"])) for head in heads.values()]
    return rows


def simulated_rows(count: int) -> list[dict[str, float]]:
    """Figures of both heads of simulated healthy women of the age of the real ones."""
    rows = []
    for seed in range(count):
        patient = build_patient(draw_patient(700 + seed, right="0", left="0", sex="F", age=62.0))
        image = acquire(patient, PROTOCOL, seed)
        rows += [head_statistics(image, (t["centre"], t["radius"])) for t in patient.truth.values()]
    return rows


def table(real: list[dict[str, float]], simulated: list[dict[str, float]]) -> str:
    """Markdown: mean and standard deviation of both, and whether the simulated mean lies among the real ones."""
    lines = ["| over the head's mean | real | simulated | within 2 SD |", "| --- | --- | --- | --- |"]
    for name in simulated[0]:
        ours = np.array([row[name] for row in simulated])
        here = f"{ours.mean():.3f} ± {ours.std():.3f}"
        if not real:
            lines.append(f"| {name} | | {here} | |")
            continue
        theirs = np.array([row[name] for row in real])
        near = abs(ours.mean() - theirs.mean()) <= 2.0 * theirs.std() + 1e-9
        lines.append(
            f"| {name} | {theirs.mean():.3f} ± {theirs.std():.3f} | {here} | {'yes' if near else 'no'} |"
        )
    return "\n".join(lines)


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 8
    print(table(real_rows(folder) if folder else [], simulated_rows(count)))


if __name__ == "__main__":
    main()
