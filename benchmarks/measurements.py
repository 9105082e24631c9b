"""How well a hip is measured from true outlines on clinical grids, and what is read off the image beside them.

Patients are simulated; their true labels are put onto the grid of each scan (a voxel is head where half of it is) and
measured, and the figures are compared with the patient's truth, which was measured on 1 mm voxels. "consistent" is the
share of a hip's voxels whose label the smooth surface gives back: where it is near 1 and the angle is still off, the
slices do not hold the angle, since the truth and our surface both explain them.

    OMP_NUM_THREADS=1 python benchmarks/measurements.py [patients] [first seed]
"""

from __future__ import annotations

import sys
import time
from collections import defaultdict
from collections.abc import Iterator

import numpy as np

from ONFHAssistLab.simulate.acquisition.mri import acquire, truth_labels
from ONFHAssistLab.simulate.anatomy.patient import Patient, build_patient, draw_patient
from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.imaging.image import Image
from ONFHAssistLib.imaging.labels import NECROSIS, head_mask
from ONFHAssistLib.imaging.subvoxel import subdivision
from ONFHAssistLib.measure.findings import HipFindings, findings
from ONFHAssistLib.measure.hip import HipMeasurement, crop_to_side, measure, surfaces, with_edge

SCANS = (
    "dlr_t2fs",
    "dlr_t1",
    "prisma_t2_axial",
    "ingenia_t2_sagittal",
    "ingenia_stir_coronal",
    "signa_t1_axial",
    "signa_t2_coronal",
)
KINDS = ("I", "II", "IIIA", "0")
FINE = "1 mm voxels"


def consistency(labels: Image, side: str) -> float:
    """Share of the hip's voxels that the surfaces, counted by majority, give back."""
    crop = crop_to_side(labels, side)
    axis, parts = subdivision(crop.spacing)
    masks = [np.asarray(m.array) > 0 for m in surfaces(crop, side)]
    shape = [*crop.array.shape[: axis + 1], parts, *crop.array.shape[axis + 1 :]]
    head, necrosis = (m.reshape(shape).sum(axis=axis + 1) for m in masks)
    inside = head * 2 > parts
    dead = inside & (necrosis * 2 >= head)
    same = (inside == head_mask(crop.array, side)) & (dead == (crop.array == NECROSIS[side]))
    return float(same[head_mask(crop.array, side) | inside].mean())


def of_mask(found: HipMeasurement, truth: dict, into: dict[str, list[float]]) -> None:
    """Errors of one hip from its true outline."""
    into["radius mm"].append(found.radius - truth["radius"])
    into["centre mm"].append(float(np.linalg.norm(np.subtract(found.centre, truth["centre"]))))
    into["head %"].append(100 * (found.head_ml / truth["head_ml"] - 1))
    if not truth["necrosis_ml"]:
        return
    into["angle deg"].append(found.combined_necrotic_angle - truth["combined_necrotic_angle"])
    into["arc A deg"].append(found.arc_a - truth["arc_a"])
    into["arc B deg"].append(found.arc_b - truth["arc_b"])
    into["necrosis %"].append(100 * (found.necrosis_ml / truth["necrosis_ml"] - 1))
    into["share points"].append(100 * (found.necrotic_share - truth["necrotic_share"]))
    by_truth = with_edge(found, truth["acetabular_edge"])
    into["JIC wrong, true edge"].append(float(by_truth.jic_type != truth["jic_type"]))


def of_image(hip: HipFindings, truth: dict, into: dict[str, list[float]]) -> None:
    """Edge, JIC type by it, and oedema of a hip from the image."""
    into["edge found"].append(float(hip.edge is not None))
    if hip.edge is not None:
        into["edge mm"].append(float(np.linalg.norm(np.subtract(hip.edge, truth["acetabular_edge"]))))
        if truth["necrosis_ml"]:
            into["JIC wrong, edge found"].append(float(hip.measurement.jic_type != truth["jic_type"]))
    into["oedema judged"].append(float(hip.oedema is not None))
    if hip.oedema is not None:
        name = "oedema sensitivity" if truth["oedema"] else "oedema specificity"
        into[name].append(float(hip.oedema.suggested == truth["oedema"]))
        if truth["oedema"]:
            into["extent, truth"].append(truth["oedema_extent"])
            into["extent, found"].append(hip.oedema.extent)


def patients(count: int, first: int) -> Iterator[Patient]:
    """Patients one after the other; a lesion that cannot be placed is drawn again."""
    seed = first
    for k in range(count):
        while True:
            seed += 1
            wishes = {"right": KINDS[k % 3], "left": KINDS[(k // 3) % 4]}
            try:
                yield build_patient(draw_patient(seed, **wishes))
            except InputError:
                continue
            break


def show(name: str, errors: dict[str, list[float]]) -> None:
    """One line a figure."""
    print(f"\n{name}: {len(errors['head %'])} hips, {len(errors['angle deg'])} with necrosis")
    within = {"angle deg": 2.0, "necrosis %": 1.0, "head %": 1.0}
    for key, values in errors.items():
        size = np.abs(values)
        if key in ("seconds a hip", "consistent"):
            print(f"  {key}: median {np.median(size):.3f}, 5 % {np.percentile(size, 5):.3f}")
        elif key.startswith(("JIC", "edge found", "oedema")):
            print(f"  {key}: {size.mean():.3f} ({size.sum():.0f} of {len(size)})")
        elif key.startswith("extent"):
            continue
        else:
            more = f", within {within[key]:g}: {np.mean(size <= within[key]):.2f}" if key in within else ""
            mean = f", mean {np.mean(values):+.2f}" if key not in ("centre mm", "edge mm") else ""
            print(f"  {key}: median {np.median(size):.2f}, 95 % {np.percentile(size, 95):.2f}{mean}{more}")
    if len(errors["extent, truth"]) > 5:
        rho = np.corrcoef(np.argsort(np.argsort([errors["extent, truth"], errors["extent, found"]])))[0, 1]
        print(f"  extent of oedema, rank correlation with truth: {rho:.2f}")


def examine(patient: Patient, errors: dict[str, dict[str, list[float]]]) -> None:
    """All scans of one patient."""
    seed = patient.parameters.seed
    for hip in measure(patient.labels):
        of_mask(hip, patient.truth[hip.side], errors[FINE])
    for scan in SCANS:
        image = acquire(patient, scan, seed)
        labels = truth_labels(patient, image)
        start = time.process_time()
        hips = findings(image, labels)
        errors[scan]["seconds a hip"].append((time.process_time() - start) / max(len(hips), 1))
        for hip in hips:
            side = hip.measurement.side
            truth = patient.truth[side]
            of_mask(hip.measurement, truth, errors[scan])
            of_image(hip, truth, errors[scan])
            if truth["necrosis_ml"] and scan in ("dlr_t2fs", "prisma_t2_axial"):
                errors[scan]["consistent"].append(consistency(labels, side))


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 25
    first = int(sys.argv[2]) if len(sys.argv) > 2 else 7_699_999
    errors: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for patient in patients(count, first):
        examine(patient, errors)
    for name in (FINE, *SCANS):
        show(name, errors[name])


if __name__ == "__main__":
    main()
