"""What a file states of the geometry of its voxels, and what a reader would make up in silence.

A missing size of the voxels is refused. A missing orientation or place is kept as a fact of the image (``orientation``
and ``place``, "unstated"), so that whoever needs a side or an angle says so and guesses nothing from it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from ..core.errors import InputError
from .image import Image

NIFTI_SUFFIXES = (".nii", ".nii.gz")
VOLUME_SUFFIXES = (*NIFTI_SUFFIXES, ".nrrd", ".nhdr", ".mha", ".mhd")
MAX_SKEW_DEG = 0.1  # at the border of a pelvis 0.3 mm; rounded cosines and 32-bit matrices stay far below
UNSTATED, DEFAULT = "unstated", "default"
ORIENTATION, PLACE, GEOMETRY_NOTE = "orientation", "place", "geometry_note"  # facts of an image
_ANATOMICAL = re.compile(
    r"^(right|left)-(anterior|posterior)-superior(-time)?$|^(ras|las|lps)t?$", re.IGNORECASE
)
_HEADER_BYTES = 1 << 20


@dataclass(frozen=True)
class Geometry:
    """Size, place and orientation of voxels, LPS mm, and which of them the file leaves open.

    Attributes:
        spacing: along x, y, z. origin: of the first voxel. direction: nine numbers, row-major.
        orientation: whether it is stated. place: likewise.
        note: what its reader should know, a sentence.
    """

    spacing: tuple[float, float, float]
    origin: tuple[float, float, float]
    direction: tuple[float, ...]
    orientation: bool = True
    place: bool = True
    note: str = ""

    def without_orientation(self) -> Geometry:
        """The same, its orientation not stated."""
        return replace(self, orientation=False)

    def without_place(self) -> Geometry:
        """The same, its place not stated."""
        return replace(self, place=False)

    def facts(self) -> dict[str, str]:
        """What it leaves open and its note, as facts of an image; empty where there is nothing."""
        stated = {ORIENTATION: self.orientation, PLACE: self.place}
        facts = {name: UNSTATED for name, is_stated in stated.items() if not is_stated}
        return {**facts, **({GEOMETRY_NOTE: self.note} if self.note else {})}


def geometry_of_axes(axes: np.ndarray, origin: np.ndarray, name: str) -> Geometry:
    """Geometry from the columns of a 3 x 3 matrix (index step to LPS mm), set upright where it is a little askew.

    Raises:
        InputError: axes without length, or askew by more than :data:`MAX_SKEW_DEG`; ``name`` is the file's.
    """
    spacing = np.linalg.norm(axes, axis=0)
    if not (np.isfinite(spacing).all() and (spacing > 0).all() and np.isfinite(origin).all()):
        sizes = " x ".join(f"{value:g}" for value in spacing)
        raise InputError(
            f"{name} states voxels of {sizes} mm; lengths and volumes need their true size. Convert the image again "
            "from its source, or set the size in the header."
        )
    direction = upright(axes / spacing, name)
    skew = skew_degrees(axes / spacing)
    note = (
        f"The axes of {name} stand {skew:.2f} degrees off right angles and were set upright."
        if skew >= 0.005
        else ""
    )
    x, y, z = (float(v) for v in spacing)
    a, b, c = (float(v) for v in origin)
    return Geometry((x, y, z), (a, b, c), tuple(float(v) for v in direction.ravel()), note=note)


def skew_degrees(direction: np.ndarray) -> float:
    """By how much the axes of a 3 x 3 matrix of unit columns stand off right angles, at most, in degrees."""
    cosines = (direction.T @ direction)[np.triu_indices(3, 1)]
    return float(np.degrees(np.arcsin(np.clip(np.abs(cosines), 0.0, 1.0)).max()))


def upright(direction: np.ndarray, name: str) -> np.ndarray:
    """The direction with right angles: as it is, or the nearest one where it is askew by a rounding.

    Raises:
        InputError: askew by more than :data:`MAX_SKEW_DEG`.
    """
    skew = skew_degrees(direction)
    if skew > MAX_SKEW_DEG:
        raise InputError(
            f"The axes of {name} are skewed: they stand {skew:.2f} degrees off right angles, and "
            f"{MAX_SKEW_DEG:g} degrees are accepted (a tilted gantry, or a registration with shear); resample the image "
            "to a regular grid first."
        )
    if skew < 1e-6:
        return direction
    left, _, right = np.linalg.svd(direction)
    return np.asarray(left @ right)


def geometry_sentences(image: Image, name: str = "") -> tuple[str, ...]:
    """What a reader should know of a geometry that the file does not state; empty where it states all.

    Args:
        name: of the file; the image's source by default.
    """
    facts, name = image.metadata, name or image.metadata.get("source", "") or "The file"
    note = (facts[GEOMETRY_NOTE],) if facts.get(GEOMETRY_NOTE) else ()
    if facts.get(ORIENTATION) == UNSTATED:
        return (
            *note,
            f"{name} states no orientation: which way is left, front and up is not known. Volumes hold; sides, arcs, "
            "angles and types do not. Convert it again from DICOM, or set the orientation in 3D Slicer.",
        )
    if facts.get(PLACE) == UNSTATED:
        return (*note, f"{name} states no place in the patient: no side is taken from where a head lies.")
    if facts.get(PLACE) == DEFAULT:
        return (
            *note,
            f"{name} says 1 x 1 x 1 mm, axial, the first voxel at 0, which programs write that know nothing of the "
            "patient; check size, orientation and side.",
        )
    return note


def orientation_is_stated(image: Image) -> bool:
    """Whether the file of a volume says which way its axes run."""
    return image.metadata.get(ORIENTATION) != UNSTATED


def place_is_stated(image: Image) -> bool:
    """Whether the file of a volume says where it lies: 0, 0, 0 is what programs write that do not know."""
    known = orientation_is_stated(image) and image.metadata.get(PLACE) not in (UNSTATED, DEFAULT)
    return known and any(image.origin)


# headers in text: NRRD and MetaImage ---------------------------------------------------------------------------------


def facts_of_text_header(path: Path) -> dict[str, str]:
    """What an NRRD or MetaImage file leaves open, as facts of an image.

    Raises:
        InputError: no size of the voxels.
    """
    with path.open("rb") as file:
        raw = file.read(_HEADER_BYTES)
    if path.name.lower().endswith((".nrrd", ".nhdr")):
        return _facts_of_nrrd(path, nrrd_fields(raw))
    return _facts_of_metaimage(path, metaimage_header(raw)[0])


def nrrd_fields(raw: bytes) -> dict[str, str]:
    """Fields of an NRRD header (``key: value``) by their names in lower case; key/value pairs (``:=``) keep theirs."""
    fields = {}
    for line in re.split(rb"\r?\n\r?\n", raw, maxsplit=1)[0].decode("utf-8", "replace").splitlines():
        if line.startswith("#"):
            continue
        pair, field = line.split(":=", 1), line.split(":", 1)
        if len(pair) == 2 and ":" not in pair[0]:
            fields[pair[0].strip()] = pair[1].strip()
        elif len(field) == 2:
            fields[field[0].strip().lower()] = field[1].strip()
    return fields


def _facts_of_nrrd(path: Path, fields: dict[str, str]) -> dict[str, str]:
    sizes = [int(n) for n in fields.get("sizes", "").split() if n.isdigit()]
    vectors = re.findall(r"none|\([^)]*\)", fields.get("space directions", ""))
    if vectors:
        lengths = [_length(vector) for vector in vectors]
    else:
        lengths = [_number(text) for text in fields.get("spacings", "").split()]
    kinds = fields.get("kinds", "").split() or ["domain"] * len(sizes)
    not_space = {i for i, kind in enumerate(kinds) if kind not in ("domain", "space", "???", "none")}
    not_space |= {i for i, vector in enumerate(vectors) if vector == "none" and len(vectors) > 3}
    for axis, count in enumerate(sizes):
        size = lengths[axis] if axis < len(lengths) else float("nan")
        if count > 1 and axis not in not_space and not (np.isfinite(size) and size > 0):
            raise InputError(
                f"{path} states no size of its voxels (neither 'spacings' nor 'space directions' along axis {axis + 1}); "
                "lengths and volumes need it. Write the file again with its spacing in mm."
            )
    anatomical = bool(_ANATOMICAL.match(fields.get("space", "")))
    oriented = bool(vectors) and anatomical
    placed = oriented and np.isfinite(_length(fields.get("space origin", "")))
    return {
        **({} if oriented else {ORIENTATION: UNSTATED}),
        **({} if placed else {PLACE: UNSTATED}),
    }


def _length(vector: str) -> float:
    """Length of "(1,0,0)"; NaN for what is no vector."""
    if not vector.startswith("("):
        return float("nan")
    return float(np.linalg.norm([_number(text) for text in vector.strip("()").split(",")]))


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return float("nan")


def metaimage_header(raw: bytes) -> tuple[dict[str, str], int]:
    """Fields of a MetaImage header by their names in lower case, and the byte at which the voxels start."""
    fields: dict[str, str] = {}
    start = 0
    for line in raw.splitlines(keepends=True):
        key, equals, value = line.partition(b"=")
        if not equals:
            break
        start += len(line)
        name = key.decode("latin-1").strip().lower()
        fields[name] = value.decode("latin-1").strip()
        if name == "elementdatafile":
            break
    return fields, start


def _facts_of_metaimage(path: Path, fields: dict[str, str]) -> dict[str, str]:
    spacing = [_number(t) for t in fields.get("elementspacing", fields.get("elementsize", "")).split()]
    sizes = [int(n) for n in fields.get("dimsize", "").split() if n.isdigit()]
    spacing += [float("nan")] * (len(sizes) - len(spacing))
    if any(n > 1 and not (np.isfinite(s) and s > 0) for n, s in zip(sizes, spacing, strict=False)):
        raise InputError(
            f"{path} states no size of its voxels (ElementSpacing); lengths and volumes need it. Write the file again "
            "with its spacing in mm."
        )
    oriented = any(name in fields for name in ("transformmatrix", "orientation", "rotation"))
    placed = oriented and any(name in fields for name in ("offset", "position", "origin"))
    return {**({} if oriented else {ORIENTATION: UNSTATED}), **({} if placed else {PLACE: UNSTATED})}
