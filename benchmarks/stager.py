"""The shipped stager: seconds a case, heat methods on validation patients, other sequences flagged, the real hip.

    python benchmarks/stager.py [--cohort DIR] [--sequences PATIENTS] [--real HIP.nii.gz] [--bundle NAME]

Without options only the times are measured, on the shipped sample volume.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from pathlib import Path

import numpy as np

from ONFHAssistLab.simulate.acquisition.mri import acquire
from ONFHAssistLab.simulate.acquisition.protocols import SCANNERS, SEQUENCES, get_protocol
from ONFHAssistLab.training.stage.chain import crop_input
from ONFHAssistLab.training.stage.data import draw_stage_patient, head_of, read_rows
from ONFHAssistLib.core.resources import resource_path
from ONFHAssistLib.imaging.contrast import infer_contrast
from ONFHAssistLib.imaging.files import read_image, read_mask
from ONFHAssistLib.imaging.head import FemoralHead, heads_from_labels
from ONFHAssistLib.imaging.image import Image
from ONFHAssistLib.imaging.labels import HEAD, NECROSIS
from ONFHAssistLib.stage.head_crop import crop_grid, crop_head
from ONFHAssistLib.stage.heatmaps import LAYERS, METHODS, ensemble_heat, measure_heat
from ONFHAssistLib.stage.stager import STAGES, Stager, load_stager, stage_hips


def times(stager: Stager, repeats: int = 3) -> None:
    image = read_image(resource_path("SampleData") / "onfh-right-stage2-t2fs.nrrd")
    heads = heads_from_labels(read_mask(resource_path("SampleData") / "onfh-right-stage2-outlines.nrrd"))
    stage_hips(image, heads, stager)
    wall, processor = [], []
    for _ in range(repeats):
        started, worked = time.perf_counter(), time.process_time()
        staging = stage_hips(image, heads, stager)
        wall.append(time.perf_counter() - started)
        processor.append(time.process_time() - worked)
    results = ", ".join(
        f"{hip.head.side} {hip.stage} ({hip.probabilities[hip.stage]:.2f})" for hip in staging.hips
    )
    print(
        f"both hips of {image.size} with heatmaps: median {np.median(wall):.2f} s "
        f"(processor {np.median(processor):.2f} s); "
        f"{results}; out of scope: {list(staging.out_of_scope) or 'no'}"
    )


def heat_methods(stager: Stager, cohort: Path, most: int) -> None:
    """On true-positive validation hips, so that the choice does not see the test patients."""
    rows = [r for r in read_rows(cohort) if r["split"] == "validation" and r["ficat_arlet_stage"] != "0"]
    members = list(stager.network.members)
    found: dict[tuple[str, str], list[tuple[float, float]]] = {}
    for row in rows[:most]:
        image, head = read_image(cohort / row["image"]), head_of(row)
        x = crop_input(image, head, stager)
        stage = int(stager.network(x).argmax())
        if STAGES[stage] != row["ficat_arlet_stage"]:
            continue
        grid = crop_grid(head, stager.margin)
        cut = crop_head(read_mask(cohort / row["segmentation"]), grid, "nearest").array
        necrosis = cut == NECROSIS[head.side]
        for method in METHODS:
            for layer in LAYERS:
                heat = ensemble_heat(members, x, stage, method, layer)
                facts = measure_heat(grid.like(heat), (cut == HEAD[head.side]) | necrosis, necrosis)
                near = facts.peak_to_necrosis_mm
                found.setdefault((method, layer), []).append(
                    (facts.mass_in_head or 0.0, np.inf if near is None else near)
                )
    for (method, layer), values in found.items():
        mass, near = np.array(values).T
        print(
            f"{method:10s} {layer:12s} {len(values)} hips: mass in head {mass.mean():.2f}, 70% or more in "
            f"{(mass >= 0.7).mean():.0%}, peak within 5 mm in {(near <= 5).mean():.0%}"
        )


def other_sequences(stager: Stager, patients: int, seed: int = 5000) -> None:
    """Features alone, as if the header said nothing, of simulated patients that nothing was trained or set on.

    Every patient is scanned in each sequence by each of the study's scanners and the one kept back.
    """
    flagged: dict[tuple[str, str], list[bool]] = {}
    seen: Counter[tuple[str, str]] = Counter()
    for number in range(patients):
        rng = np.random.default_rng([seed, number])
        patient = draw_stage_patient(rng)
        plane = str(rng.choice(["coronal", "axial", "sagittal"], p=(0.6, 0.25, 0.15)))
        for scanner in SCANNERS:
            for sequence in SEQUENCES:
                preset = get_protocol(f"{scanner}_{sequence.lower().replace(' ', '')}_{plane}")
                image = acquire(patient, preset, int(rng.integers(2**31)))
                heads = [
                    FemoralHead(s, tuple(t["centre"]), float(t["radius"])) for s, t in patient.truth.items()
                ]
                hips = stage_hips(image, heads, stager, heatmaps=False).hips
                known = [hip.distance > 1.0 for hip in hips if hip.distance is not None]
                flagged.setdefault((scanner, sequence), []).extend(known)
                seen[sequence, infer_contrast(image, heads) or "not clear"] += 1
    for (scanner, sequence), values in sorted(flagged.items()):
        print(
            f"{scanner:8s} {sequence:6s}: {np.mean(values):.0%} of {len(values)} hips flagged by their features"
        )
    for (sequence, look), count in sorted(seen.items()):
        print(f"{sequence:6s} looks {look}: {count} scans")


def contrasts(cohort: Path) -> None:
    """What every series of a cohort looks like by its brightness alone, all heads of a scan together."""
    cases: dict[str, list[dict[str, str]]] = {}
    for row in read_rows(cohort):
        cases.setdefault(row["case"], []).append(row)
    counts: Counter[tuple[str, str]] = Counter()
    for rows in cases.values():
        heads = [head_of(row) for row in rows]
        for column in ("image", "image_t1", "image_unseen_scanner"):
            if rows[0].get(column) and (cohort / rows[0][column]).is_file():
                counts[
                    column, infer_contrast(read_image(cohort / rows[0][column]), heads) or "not clear"
                ] += 1
    for (column, look), count in sorted(counts.items()):
        print(f"{column:20s} looks {look}: {count}")


def real_hip(stager: Stager, path: Path) -> None:
    from ONFHAssistLib.segment.detector import find_heads

    image = read_image(path)
    for words, facts in (
        ("header says nothing", {}),
        ("header says T1", {"modality": "MR", "sequence": "T1"}),
    ):
        known: Image = image.like(image.array, **facts)
        heads = find_heads(known).heads
        staging = stage_hips(known, heads, stager, heatmaps=False)
        for hip in staging.hips:
            print(
                f"{path.name}, {words}: hip {hip.head.side} stage {hip.stage} {hip.probabilities}, distance "
                f"{hip.distance}, problem {hip.problem}; out of scope: {list(staging.out_of_scope)}"
            )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cohort", type=Path)
    parser.add_argument("--real", type=Path)
    parser.add_argument("--sequences", type=int, default=0)
    parser.add_argument("--bundle", default="stage-onfhnet")
    parser.add_argument("--most", type=int, default=40)
    given = parser.parse_args()
    stager = load_stager(given.bundle)
    times(stager)
    if given.real:
        real_hip(stager, given.real)
    if given.sequences:
        other_sequences(stager, given.sequences)
    if given.cohort:
        contrasts(given.cohort)
        heat_methods(stager, given.cohort, given.most)


if __name__ == "__main__":
    main()
