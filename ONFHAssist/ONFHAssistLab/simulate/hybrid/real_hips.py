"""Real images whose femoral heads are known, into which disease can be painted.

A folder holds the images and says where their heads are, in one of three ways: ``spheres.json`` (file to side to
``centre`` and ``radius``), ``heads.csv`` (columns ``image``, ``side``, ``centre_x``, ``centre_y``, ``centre_z``,
``radius`` and, where known, ``patient`` and ``sequence``), or beside every image NAME a segmentation
``NAME_segmentation.nii.gz`` as ``onfh segment`` writes it. All lengths are LPS mm.
"""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.core.provenance import image_id
from ONFHAssistLib.imaging.files import read_image, read_mask
from ONFHAssistLib.imaging.head_sphere import fit_sphere
from ONFHAssistLib.imaging.image import Image
from ONFHAssistLib.imaging.labels import SIDES, head_mask

RADIUS_MM = (15.0, 34.0)
SUFFIXES = (".nii.gz", ".nii", ".nrrd", ".mha")
OUTLINES = "_segmentation"
COLUMNS = ("image", "side", "centre_x", "centre_y", "centre_z", "radius")
DEFAULT_SEQUENCE = "T1"


@dataclass(frozen=True)
class RealHead:
    """One femoral head of a real image.

    Attributes:
        patient: whose it is; the image's name where nothing else is said.
        path: of the image. image: its voxels.
        side: "R" or "L". centre: LPS mm. radius: mm.
        sequence: of the image, by its header, the table, or what the caller says.
    """

    patient: str
    path: Path
    image: Image
    side: str
    centre: np.ndarray
    radius: float
    sequence: str


def read_real_heads(folder: str | Path, sequence: str | None = None) -> tuple[RealHead, ...]:
    """All known heads of a folder, by image and side.

    Args:
        folder: see the module.
        sequence: of the images that state none; "T1" by default, what the heads' table or the header says comes first.

    Raises:
        InputError: no folder, no heads in it, an unreadable image, a side, place or radius that cannot be.
    """
    folder = Path(folder)
    if not folder.is_dir():
        raise InputError(
            f"{folder} is no folder; give the folder that holds the real images and their heads."
        )
    if (folder / "spheres.json").is_file():
        rows = _from_json(folder / "spheres.json")
    elif (folder / "heads.csv").is_file():
        rows = _from_table(folder / "heads.csv")
    else:
        rows = _from_outlines(folder)
    images: dict[str, Image] = {}
    found = []
    for row in rows:
        name = row["image"]
        if name not in images:
            images[name] = read_image(folder / name).require_volume(name)
        found.append(_head(folder, images[name], row, sequence))
    return tuple(sorted(found, key=lambda head: (str(head.path), SIDES.index(head.side))))


def patients_of(heads: Sequence[RealHead]) -> tuple[str, ...]:
    """Names of the patients, sorted."""
    return tuple(sorted({head.patient for head in heads}))


def digest_of(heads: Sequence[RealHead]) -> str:
    """Eight digits of these heads and their images, so that kept work is taken up for the same ones only."""
    found = hashlib.sha256()
    for head in heads:
        found.update(
            f"{head.patient} {head.side} {head.centre.tolist()} {head.radius} {head.sequence}".encode()
        )
        found.update(image_id(head.image).encode())
    return found.hexdigest()[:8]


def _head(folder: Path, image: Image, row: dict[str, Any], sequence: str | None) -> RealHead:
    name, where = row["image"], row["where"]
    if row["side"] not in SIDES:
        raise InputError(f'{where}: the side is "{row["side"]}"; R or L is needed.')
    try:
        centre, radius = np.array([float(v) for v in row["centre"]]), float(row["radius"])
    except (TypeError, ValueError) as error:
        raise InputError(
            f"{where}: centre and radius must be four numbers in mm (x, y, z, radius)."
        ) from error
    if centre.shape != (3,) or not RADIUS_MM[0] <= radius <= RADIUS_MM[1]:
        raise InputError(
            f"{where}: the radius is {radius:g} mm; an adult's femoral head has {RADIUS_MM[0]:g} to {RADIUS_MM[1]:g} mm."
        )
    index = image.point_to_index(centre)
    if np.any(index < 0) or np.any(index > np.array(image.size) - 1):
        raise InputError(
            f"{where}: the centre {tuple(round(float(v), 1) for v in centre)} lies outside {name}; LPS mm are needed."
        )
    kind = row.get("sequence") or image.metadata.get("sequence") or sequence or DEFAULT_SEQUENCE
    patient = row.get("patient") or _stem(name)
    return RealHead(patient, folder / name, image, row["side"], centre, radius, kind)


def _from_json(path: Path) -> list[dict[str, Any]]:
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
        return [
            {"image": name, "side": side, **sphere, "where": f"{path.name}, {name}, side {side}"}
            for name, sides in stored.items()
            for side, sphere in sides.items()
        ]
    except (ValueError, AttributeError, TypeError) as error:
        raise InputError(
            f"{path} is not readable; it must hold, for every image and side, a centre of three numbers and a radius."
        ) from error


def _from_table(path: Path) -> list[dict[str, Any]]:
    with path.open(newline="", encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    missing = [name for name in COLUMNS if not rows or name not in rows[0]]
    if missing:
        raise InputError(
            f"{path} lacks the column '{missing[0]}', or has no rows; it needs {', '.join(COLUMNS)}."
        )
    return [
        {
            "image": row["image"],
            "side": row["side"],
            "centre": [row[f"centre_{axis}"] for axis in "xyz"],
            "radius": row["radius"],
            "patient": row.get("patient"),
            "sequence": row.get("sequence"),
            "where": f"{path.name}, line {number}",
        }
        for number, row in enumerate(rows, 2)
    ]


def _from_outlines(folder: Path) -> list[dict[str, Any]]:
    rows = []
    for path in sorted(folder.iterdir()):
        stem = _stem(path.name)
        outlines = folder / f"{stem}{OUTLINES}.nii.gz"
        if not path.name.endswith(SUFFIXES) or stem.endswith(OUTLINES) or not outlines.is_file():
            continue
        labels = read_mask(outlines)
        for side in SIDES:
            mask = head_mask(labels.array, side)
            if mask.any():
                centre, radius = fit_sphere(labels.like(mask), side)
                where = f"{outlines.name}, side {side}"
                rows.append(
                    {"image": path.name, "side": side, "centre": centre, "radius": radius, "where": where}
                )
    if not rows:
        raise InputError(
            f"{folder} names no femoral heads: put a spheres.json, a heads.csv ({', '.join(COLUMNS)}) or, beside every "
            f"image, NAME{OUTLINES}.nii.gz with its outlines there."
        )
    return rows


def _stem(name: str) -> str:
    for suffix in SUFFIXES:
        if name.endswith(suffix):
            return name.removesuffix(suffix)
    return Path(name).stem
