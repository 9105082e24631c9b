"""Find and outline on 60 simulated patients that no network learned from, 20 of them on the scanner kept for testing.

    python benchmarks/segmentation.py --work out/segmentation-test [--patients 60] [--only make|judge] [--bundles FOLDER]

Every patient is imaged once with a random sequence and plane. Judged are the whole volume, the same volume with the
patient turned in the scanner (up to 15 degrees about each axis) and a crop to one hip. The patients are kept in the work
folder.
"""

from __future__ import annotations

import argparse
import json
import resource
import time
from pathlib import Path

import numpy as np

from ONFHAssistLab.simulate.acquisition.mri import PROTOCOLS, acquire, truth_labels
from ONFHAssistLab.simulate.anatomy.patient import build_patient, draw_patient
from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.imaging.files import read_image, write_image
from ONFHAssistLib.imaging.image import Image
from ONFHAssistLib.imaging.labels import head_mask, necrosis_mask
from ONFHAssistLib.segment.detector import load_detector
from ONFHAssistLib.segment.outliner import load_outliner
from ONFHAssistLib.segment.pipeline import segment_hips

FIRST_SEED = 500_000_000
LESION_ML = 2.0
VIEWS = ("whole", "turned", "one hip")
KEPT = (
    "centre",
    "radius",
    "prosthesis",
    "arco",
    "necrosis_ml",
    "necrotic_share",
    "combined_necrotic_angle",
    "look_alike",
)


def make(number: int, patients: int, work: Path) -> Path:
    """Image, truth and facts of one patient, if they are not there yet."""
    folder = work / f"patient_{number:03d}"
    if (folder / "facts.json").is_file():
        return folder
    rng = np.random.default_rng([FIRST_SEED, number])
    patient = build_patient(draw_patient(FIRST_SEED + number))
    testing = number >= patients * 2 // 3
    names = [n for n in PROTOCOLS if n.startswith("signa") == testing]
    name = str(rng.choice(names))
    image = acquire(patient, PROTOCOLS[name], seed=number)
    write_image(image, folder / "image.nii.gz")
    write_image(truth_labels(patient, image), folder / "truth.nii.gz")
    truth = {side: {k: patient.truth[side][k] for k in KEPT} for side in "RL"}
    (folder / "facts.json").write_text(json.dumps({"protocol": name, "truth": truth}), encoding="utf-8")
    return folder


def turned(image: Image, rng: np.random.Generator) -> tuple[np.ndarray, Image]:
    """The image with the patient turned in the scanner; the matrix acts on LPS points about the volume's middle."""
    a, b, c = np.radians(rng.uniform(-15, 15, 3))
    x = np.array([[1, 0, 0], [0, np.cos(a), -np.sin(a)], [0, np.sin(a), np.cos(a)]])
    y = np.array([[np.cos(b), 0, np.sin(b)], [0, 1, 0], [-np.sin(b), 0, np.cos(b)]])
    z = np.array([[np.cos(c), -np.sin(c), 0], [np.sin(c), np.cos(c), 0], [0, 0, 1]])
    matrix = z @ y @ x
    middle = image.index_to_point(0.5 * (np.array(image.size) - 1))
    whole = np.eye(4)
    whole[:3, :3], whole[:3, 3] = matrix, middle - matrix @ middle
    direction = matrix @ np.asarray(image.direction).reshape(3, 3)
    origin = matrix @ np.asarray(image.origin) + whole[:3, 3]
    return whole, Image(image.array, image.spacing, tuple(origin), tuple(direction.ravel()), image.metadata)


def cropped(image: Image, centre: np.ndarray, radius: float, rng: np.random.Generator) -> Image:
    """A field of view about one hip, 15 to 60 mm beyond the head."""
    index = image.point_to_index(centre)
    low, high = ((radius + rng.uniform(15, 60, 3)) / np.asarray(image.spacing) for _ in range(2))
    return image.cropped(tuple(np.floor(index - low).astype(int)), tuple(np.ceil(index + high).astype(int)))


def evaluate_scan(
    image: Image, truth: Image | None, wanted: dict[str, dict]
) -> tuple[list[dict], int, dict[str, float]]:
    """A row for each head that is there, the number of false heads, and the seconds of each part."""
    try:
        found = segment_hips(image)
        heads, labels, seconds = found.segmentation.heads, found.segmentation.labels, found.seconds
    except InputError:
        heads, labels, seconds = (), None, {}
    rows, false = [], 0
    for head in heads:
        distances = [np.linalg.norm(np.array(w["centre"]) - head.centre) for w in wanted.values()]
        false += not distances or min(distances) > 20.0
    for side, fact in wanted.items():
        mine = [h for h in heads if np.linalg.norm(np.array(fact["centre"]) - h.centre) <= 20.0]
        row = {"side": side, "found": bool(mine), "right_side": bool(mine and mine[0].side == side), **fact}
        if mine:
            row["centre_error_mm"] = float(np.linalg.norm(np.array(fact["centre"]) - mine[0].centre))
            row["radius_error_mm"] = mine[0].radius - fact["radius"]
            if truth is not None:
                row |= outlines(labels, truth, mine[0].side, side)
        rows.append(row)
    return rows, false, seconds


def outlines(labels: Image, truth: Image, side: str, true_side: str) -> dict[str, float]:
    """Dice of head and necrosis, their volumes, and the combined angle from the automatic outline."""
    from ONFHAssistLib.measure.hip import measure

    head, true_head = head_mask(labels.array, side), head_mask(truth.array, true_side)
    dead, true_dead = necrosis_mask(labels.array, side), necrosis_mask(truth.array, true_side)
    hip = next(h for h in measure(labels) if h.side == side)
    return {
        "head_dice": dice(head, true_head),
        "necrosis_dice": dice(dead, true_dead),
        "found_necrosis_ml": float(dead.sum() * labels.voxel_volume_ml),
        "true_necrosis_ml": float(true_dead.sum() * labels.voxel_volume_ml),
        "found_share": float(dead.sum() / max(head.sum(), 1)),
        "found_angle": float(hip.combined_necrotic_angle or 0.0),
    }


def dice(a: np.ndarray, b: np.ndarray) -> float:
    return float(2 * (a & b).sum() / max(a.sum() + b.sum(), 1))


def evaluate_patient(folder: Path, number: int) -> dict:
    """All three looks at one patient."""
    facts = json.loads((folder / "facts.json").read_text(encoding="utf-8"))
    image, truth = read_image(folder / "image.nii.gz"), read_image(folder / "truth.nii.gz")
    image = Image(image.array, image.spacing, image.origin, image.direction, {"modality": "MR"})
    rng = np.random.default_rng([FIRST_SEED, number, 2])
    wanted = {s: f for s, f in facts["truth"].items() if not f["prosthesis"]}
    wanted = {s: f for s, f in wanted.items() if _seen(image, f)}
    started = time.perf_counter()
    rows, false, seconds = evaluate_scan(image, truth, wanted)
    seconds["whole"] = time.perf_counter() - started
    looks = [{"look": "whole", "false": false, "rows": rows}]
    matrix, moved = turned(image, rng)
    there = {s: f | {"centre": list((matrix @ [*f["centre"], 1])[:3])} for s, f in wanted.items()}
    rows, false, _ = evaluate_scan(moved, None, there)
    looks.append({"look": "turned", "false": false, "rows": rows})
    side = str(rng.choice(list(wanted))) if wanted else None
    if side:
        fact = wanted[side]
        rows, false, _ = evaluate_scan(
            cropped(image, np.array(fact["centre"]), fact["radius"], rng), None, {side: fact}
        )
        looks.append({"look": "one hip", "false": false, "rows": rows})
    return {
        "number": number,
        "protocol": facts["protocol"],
        "truth": facts["truth"],
        "looks": looks,
        "seconds": seconds,
    }


def _seen(image: Image, fact: dict) -> bool:
    from ONFHAssistLib.segment.grids import visible_share

    return visible_share(image, np.array(fact["centre"]), fact["radius"]) > 0.97


def summary(results: list[dict]) -> dict[str, object]:
    """The figures that the issue asks for."""
    rows = [row | {"look": look["look"]} for r in results for look in r["looks"] for row in look["rows"]]
    looks = [look for r in results for look in r["looks"]]
    whole = [row for row in rows if row["look"] == "whole" and "head_dice" in row]
    errors = np.array([row["centre_error_mm"] for row in rows if row["found"]])
    lesions = [row for row in whole if row["true_necrosis_ml"] > LESION_ML]
    healthy = [row for row in whole if row["true_necrosis_ml"] == 0 and not row["look_alike"]]
    sick = [row for row in whole if row["true_necrosis_ml"] > 0]
    angle = np.array([abs(row["found_angle"] - row["combined_necrotic_angle"]) for row in sick])
    share = np.array([abs(row["found_share"] - row["necrotic_share"]) for row in sick])
    head = np.array([row["head_dice"] for row in whole])
    return {
        "looks": len(looks),
        "heads": len(rows),
        "found": np.mean([row["found"] for row in rows]),
        "found_by_look": {k: np.mean([r["found"] for r in rows if r["look"] == k]) for k in VIEWS},
        "right_side": np.mean([row["right_side"] for row in rows if row["found"]]),
        "false_heads": sum(look["false"] for look in looks),
        "centre_median_mm": np.median(errors),
        "centre_95th_mm": np.percentile(errors, 95),
        "head_dice_median": np.median(head),
        "head_dice_5th": np.percentile(head, 5),
        "lesions_over_2_ml": len(lesions),
        "necrosis_dice_median": np.median([row["necrosis_dice"] for row in lesions]) if lesions else None,
        "healthy": len(healthy),
        "healthy_called_necrotic": np.mean([row["found_necrosis_ml"] > 0 for row in healthy]) if healthy else None,
        "angle_within_10_deg": np.mean(angle <= 10) if len(angle) else None,
        "share_within_3_points": np.mean(share <= 0.03) if len(share) else None,
        "seconds_median": {
            k: np.median([r["seconds"][k] for r in results if k in r["seconds"]]) for k in ("detect", "outline", "whole")
        },
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--patients", type=int, default=60)
    parser.add_argument("--only", choices=("make", "judge"))
    parser.add_argument("--bundles", type=Path, help="folder with detector-3dc-yolox and outliner-unet")
    arguments = parser.parse_args()
    folders = []
    for number in range(arguments.patients):
        if arguments.only == "judge" and not (arguments.work / f"patient_{number:03d}/facts.json").is_file():
            continue
        folders.append((number, make(number, arguments.patients, arguments.work)))
        print(f"patient {number + 1} of {arguments.patients}", flush=True)
    if arguments.only == "make":
        return
    if arguments.bundles:
        from ONFHAssistLib.segment import pipeline as automatic

        detector = load_detector(arguments.bundles / "detector-3dc-yolox")
        outliner = load_outliner(arguments.bundles / "outliner-unet")
        automatic.load_detector, automatic.load_outliner = (lambda: detector), (lambda: outliner)
    results = []
    for number, folder in folders:
        results.append(evaluate_patient(folder, number))
        print(
            number,
            results[-1]["protocol"],
            {k: round(v, 2) for k, v in results[-1]["seconds"].items()},
            flush=True,
        )
    (arguments.work / "results.json").write_text(json.dumps(results, default=float), encoding="utf-8")
    for name, part in (
        ("all", results),
        ("scanner kept for testing", [r for r in results if r["protocol"].startswith("signa")]),
    ):
        print(name, json.dumps(summary(part), default=float, indent=1))
    print("largest memory", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6, "GB")


if __name__ == "__main__":
    main()
