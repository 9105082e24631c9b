"""Is the outline on voxels of about 1 mm closer to the truth than its share on the scan's slices?

Patients are simulated with necrosis in both hips, imaged on coronal and axial slices of 4.4 to 4.6 mm, and outlined by
the shipped networks. Both outlines of one search, the finer one and the one on the scan's grid, are compared with the
patient's exact labels (1 mm voxels): Dice on those, mean distance between the surfaces, volume, share and combined angle.
"best possible" is the exact labels themselves taken to the scan's grid: what is lost there no outliner can give back.

    OMP_NUM_THREADS=1 python benchmarks/outline_resolution.py [patients] [first seed]
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterator

import numpy as np
from scipy import ndimage

from ONFHAssistLab.simulate.acquisition.mri import acquire, truth_labels
from ONFHAssistLab.simulate.anatomy.patient import Patient, build_patient, draw_patient
from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.imaging.image import Image
from ONFHAssistLib.imaging.labels import head_mask, necrosis_mask
from ONFHAssistLib.imaging.subvoxel import signed_distance
from ONFHAssistLib.measure.hip import crop_to_side, measure_hip
from ONFHAssistLib.segment.pipeline import segment_hips

SCANS = ("dlr_t2fs", "ingenia_t2_coronal", "prisma_t2_axial", "ingenia_t1_axial")  # slices of 4.4 to 4.6 mm
SCAN, FINE, BEST = "scan's grid", "finer voxels", "best possible on the scan's grid"
STRUCTURES = {"head": head_mask, "necrosis": necrosis_mask}


def surface(mask: Image) -> np.ndarray:
    """LPS points of the faces between inside and outside voxels."""
    points = []
    for axis in range(3):
        step = np.diff(np.asarray(mask.array, np.int8), axis=axis)
        index = np.argwhere(step).astype(float)
        index[:, axis] += 0.5
        points.append(mask.index_to_point(index[:, ::-1]))
    return np.concatenate(points)


def surface_distance(first: Image, second: Image) -> float:
    """Mean distance in mm from either surface to the other."""
    found = []
    for one, other in ((first, second), (second, first)):
        field = signed_distance(other)
        index = field.point_to_index(surface(one))[:, ::-1].T
        found.append(np.abs(ndimage.map_coordinates(field.array, index, order=1, mode="nearest")))
    return float(np.concatenate(found).mean())


def compare(labels: Image, exact: Image, side: str, truth: dict, into: dict[str, list[float]]) -> None:
    """Errors of one hip's outline."""
    mine, true = crop_to_side(labels, side), crop_to_side(exact, side)
    on_exact = labels.resampled_to(true, "nearest").array
    for name, mask_of in STRUCTURES.items():
        a, b = mask_of(on_exact, side), mask_of(true.array, side)
        into[f"Dice of the {name}"].append(2.0 * (a & b).sum() / (a.sum() + b.sum()))
        masks = [part.like(mask_of(part.array, side)) for part in (mine, true)]
        if masks[0].array.any():
            into[f"surface of the {name}, mm"].append(surface_distance(*masks))
    hip = measure_hip(labels, side)
    into["volume of the head, %"].append(100.0 * (hip.head_ml / truth["head_ml"] - 1.0))
    into["volume of the necrosis, ml"].append(hip.necrosis_ml - truth["necrosis_ml"])
    into["share, points"].append(100.0 * (hip.necrotic_share - truth["necrotic_share"]))
    into["combined angle, degrees"].append(hip.combined_necrotic_angle - truth["combined_necrotic_angle"])


def patients(count: int, first: int) -> Iterator[Patient]:
    """Patients with a necrosis in both hips; one that cannot be placed is drawn again."""
    seed, made = first, 0
    while made < count:
        seed += 1
        try:
            yield build_patient(draw_patient(seed, right="II", left="I" if made % 2 else "II"))
        except InputError:
            continue
        made += 1


def show(name: str, errors: dict[str, list[float]]) -> None:
    """One line a figure."""
    print(f"\n{name}: {len(errors['share, points'])} hips")
    for key, values in errors.items():
        if key.startswith(("Dice", "surface")):
            print(f"  {key}: mean {np.mean(values):.3f}, median {np.median(values):.3f}")
        else:
            size = np.abs(values)
            print(
                f"  {key}: mean size {size.mean():.2f}, median {np.median(size):.2f}, bias {np.mean(values):+.2f}"
            )


def main() -> None:
    """Run and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    first = int(sys.argv[2]) if len(sys.argv) > 2 else 910_000
    errors: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    missed = 0
    for patient in patients(count, first):
        for scan in SCANS:
            image = acquire(patient, scan, patient.parameters.seed)
            found = segment_hips(image).segmentation
            assert found.fine is not None
            exact = truth_labels(patient, image)
            for side in "RL":
                truth = patient.truth[side]
                if not necrosis_mask(found.fine.array, side).any() or not truth["necrosis_ml"]:
                    missed += 1
                    continue
                outlines = {BEST: exact, SCAN: found.labels, FINE: found.fine}
                for name, labels in outlines.items():
                    compare(labels, patient.labels, side, truth, errors[name])
    for name, values in errors.items():
        show(name, values)
    print(f"\nnecroses that were not found: {missed}")


if __name__ == "__main__":
    main()
