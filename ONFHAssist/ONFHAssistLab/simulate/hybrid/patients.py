"""``onfh simulate --on FOLDER``: patients whose anatomy is real and whose disease is painted, with exact truth, on disk.

The table is one that ``onfh evaluate real`` and ``onfh train dlr`` read. What was painted is in it: nobody should take
these images for patients with osteonecrosis.
"""

from __future__ import annotations

import csv
import hashlib
import io
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from ONFHAssistLib.core.atomic_files import write_text
from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.imaging.files import write_image
from ONFHAssistLib.imaging.image import Image
from ONFHAssistLib.imaging.labels import HEAD, NECROSIS

from .lesions import GRID_MM, LOOK_ALIKES, draw_kind, draw_plan
from .paint import PaintedHead, paint_head, paste
from .real_hips import RealHead, patients_of, read_real_heads

COLUMNS = (
    "case", "side", "patient", "image", "segmentation", "segmentation_fine", "sequence", "truth", "early_onfh",
    "centre_x", "centre_y", "centre_z", "radius", "head_ml", "necrosis_ml", "necrotic_share",
    "painted", "shape", "content", "band_mm", "oedema", "effusion_mm", "source",
)  # fmt: skip
MAX_CASES = 10_000


def simulate_on_real(
    folder: str | Path,
    cases: int,
    seed: int,
    out: str | os.PathLike,
    sequence: str | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> dict[str, Any]:
    """Paint disease into the real hips of a folder and write them as a cohort.

    Args:
        folder: of real images with known heads (:func:`.real_hips.read_real_heads`).
        cases: patients to make; every real one is used before any comes again.
        seed: same seed and images, same bytes.
        out: a new or empty folder.
        sequence: of images that state none.
        progress: called with the cases done and the cases in all.

    Returns:
        ``cases``, ``hips``, ``table``, ``sha256`` of the table, ``folder``.

    Raises:
        InputError: numbers out of range, a folder that is not empty, images or heads that cannot be read.
    """
    for name, value, low, high in (("cases", cases, 1, MAX_CASES), ("seed", seed, 0, 2**31 - 1)):
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise InputError(f"{name} is {value!r}; it must be a whole number from {low} to {high}.")
    out = Path(out)
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise InputError(f"{out} is not empty; choose a new folder for the cohort.")
    heads = read_real_heads(folder, sequence)
    names = patients_of(heads)
    rows: list[dict[str, Any]] = []
    for number in range(cases):
        order = np.random.default_rng([seed, number // len(names), 97]).permutation(len(names))
        name = names[int(order[number % len(names)])]
        mine = [head for head in heads if head.patient == name]
        path = mine[int(np.random.default_rng([seed, number, 98]).integers(len({h.path for h in mine})))].path
        rows += _make(number, [head for head in mine if head.path == path], seed, out)
        if progress:
            progress(number + 1, cases)
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    write_text(out / "cohort.csv", text.getvalue())
    digest = hashlib.sha256(text.getvalue().encode("utf-8")).hexdigest()
    table = str(out / "cohort.csv")
    return {"cases": cases, "hips": len(rows), "table": table, "sha256": digest, "folder": str(out)}


def _make(number: int, heads: Sequence[RealHead], seed: int, out: Path) -> list[dict[str, Any]]:
    """One patient: the image with every known head painted, its labels, and the rows of the table."""
    rng = np.random.default_rng([seed, number, 99])
    case = f"hybrid_{number + 1:04d}"
    folder = out / "cases" / case
    folder.mkdir(parents=True, exist_ok=True)
    image, painted_heads = paint_patient(heads, rng)
    labels = np.zeros(image.array.shape, np.uint8)
    files: dict[str, str] = {}
    rows = []
    for head, painted in painted_heads:
        _mark(labels, painted, head.side)
        fine = f"segmentation_fine_{head.side}.nii.gz"
        write_image(fine_labels(painted, head.side), folder / fine)
        rows.append(_row(case, head, painted, f"cases/{case}/{fine}"))
    files["image"] = f"cases/{case}/image.nii.gz"
    files["segmentation"] = f"cases/{case}/segmentation.nii.gz"
    write_image(image, out / files["image"])
    write_image(heads[0].image.like(labels), out / files["segmentation"])
    return [row | files for row in rows]


def paint_patient(
    heads: Sequence[RealHead], rng: np.random.Generator
) -> tuple[Image, list[tuple[RealHead, PaintedHead]]]:
    """The image of these heads with something else painted into each, and what was painted."""
    image, found = heads[0].image, []
    for head in heads:
        plan = draw_plan(rng, draw_kind(rng))
        painted = paint_head(image, head.side, head.centre, head.radius, plan, rng, head.sequence)
        image = paste(image, painted)
        found.append((head, painted))
    return image, found


def fine_labels(painted: PaintedHead, side: str) -> Image:
    """The exact labels on the 1 mm grid that the disease was built on."""
    values = np.array([0, HEAD[side], NECROSIS[side]], np.uint8)
    return painted.fields.grid.like(values[painted.fields.labels()])


def _mark(labels: np.ndarray, painted: PaintedHead, side: str) -> None:
    part = labels[
        tuple(slice(c, c + n) for c, n in zip(painted.corner[::-1], painted.labels.shape, strict=True))
    ]
    part[painted.labels == 1] = HEAD[side]
    part[painted.labels == 2] = NECROSIS[side]


def _row(case: str, head: RealHead, painted: PaintedHead, fine: str) -> dict[str, Any]:
    plan = painted.plan
    exact = painted.fields.labels()
    voxel_ml = GRID_MM**3 / 1000.0
    head_ml, necrosis_ml = float((exact > 0).sum()) * voxel_ml, float((exact == 2).sum()) * voxel_ml
    necrotic = plan.kind == "necrosis"
    described = (
        {"shape": plan.shape, "content": plan.content, "band_mm": round(plan.band_mm, 2)} if necrotic else {}
    )
    look_alike = plan.kind in LOOK_ALIKES
    centre = {f"centre_{axis}": round(float(v), 3) for axis, v in zip("xyz", head.centre, strict=True)}
    row: dict[str, Any] = dict.fromkeys(COLUMNS, "")
    return row | centre | described | {
        "case": case,
        "side": head.side,
        "patient": head.patient,
        "segmentation_fine": fine,
        "sequence": head.sequence,
        "truth": "implanted" if necrotic else "healthy",
        "early_onfh": int(necrotic),
        "radius": round(head.radius, 3),
        "head_ml": round(head_ml, 4),
        "necrosis_ml": round(necrosis_ml, 4),
        "necrotic_share": round(necrosis_ml / head_ml, 5),
        "painted": plan.kind if necrotic or look_alike else "",
        "oedema": round(plan.oedema, 2),
        "effusion_mm": round(plan.effusion_mm, 2),
        "source": head.path.name,
    }  # fmt: skip
