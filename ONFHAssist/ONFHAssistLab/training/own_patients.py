"""A hospital's own outlines as training volumes of the outliner, mixed with simulated ones.

The table has one row a patient: ``case``, ``image``, ``segmentation`` (labels of :mod:`.labels`, as ONFHSegment and
``onfh segment`` write them), and may say in ``sides`` which of the outlined hips count ("R", "L" or "R L"). The folder of
a cohort that readers looked through stands for such a table: of it the outlines that they accepted or corrected. Every
outlined head becomes a cube about its centre along the patient's axes, a little turned, scaled and shifted each time it
is drawn. Patients, not hips, are held back for validation.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ONFHAssistLib.bundles.patients import normal_id
from ONFHAssistLib.cohort.review.folder import open_folder
from ONFHAssistLib.cohort.review.state import ReviewState
from ONFHAssistLib.cohort.review.training_rows import training_rows
from ONFHAssistLib.core.csv_tables import read_lines, require_filled
from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.core.provenance import sha256_of_file
from ONFHAssistLib.imaging.files import read_image, read_mask
from ONFHAssistLib.imaging.image import Image
from ONFHAssistLib.imaging.labels import SIDES, head_mask, necrosis_mask
from ONFHAssistLib.imaging.subvoxel import signed_distance, smooth_field, subdivision
from ONFHAssistLib.segment.grids import patient_grid, resample_for_network, scale_intensities

from .starts import content_digest
from .volumes import TrainingArrays, VolumeStream

REQUIRED = ("case", "image", "segmentation")
WHICH_SIDES = "sides"  # column: which of the outlined hips count; all where it is missing or empty
MIN_HEAD_ML = 10.0  # less is no femoral head of an adult
MIN_CASES = 4
ROTATION_DEG = 8.0
SHIFT_MM = 2.0
SCALE = 0.06  # standard deviation of the logarithm of the spacing
MARGIN_MM = 75.0  # kept around a head: half the diagonal of the largest cube
EDGE_VOXELS = 4  # kept around an outline, where its surface runs
GREY = 170  # of the scaled value 1 in a prepared cube


@dataclass(frozen=True)
class OutlinedHip:
    """One outlined head.

    Attributes:
        case: the patient.
        side: "R" or "L".
        image: what lies around the head.
        head: signed distance in mm to its surface, negative inside, necrosis included.
        necrosis: the same of the necrosis; None without.
        centre: LPS mm.
    """

    case: str
    side: str
    image: Image
    head: Image
    necrosis: Image | None
    centre: np.ndarray

    def cube(self, size: int, spacing_mm: float, rng: np.random.Generator | None = None) -> TrainingArrays:
        """Image and labels, uint8 (z, y, x), as a right hip; with ``rng`` turned, scaled and shifted at random."""
        grid = patient_grid(self.centre, (size,) * 3, spacing_mm)
        if rng is not None:
            grid = _moved(grid, self.centre, rng)
        image = np.clip(
            scale_intensities(resample_for_network(self.image, grid).array) * GREY, 0, 255
        ).astype(np.uint8)
        target = _inside(self.head, grid).astype(np.uint8)
        if self.necrosis is not None:
            target += (target > 0) & _inside(self.necrosis, grid)
        if self.side == "L":
            image, target = image[:, :, ::-1], target[:, :, ::-1]
        return np.ascontiguousarray(image), np.ascontiguousarray(target)


@dataclass(frozen=True)
class OwnPatients:
    """The outlined hips of a cohort, apart by patient.

    Attributes:
        train: hips to learn from.
        validation: hips of other patients, for validation.
        digest: of the table, so that another table starts another training.
    """

    train: tuple[OutlinedHip, ...]
    validation: tuple[OutlinedHip, ...]
    digest: str

    @property
    def patients(self) -> int:
        """Patients that are learnt from."""
        return len({hip.case for hip in self.train})


def read_own_patients(table: str | Path, seed: int, held_share: float = 0.2) -> OwnPatients:
    """Read every outlined hip of a table.

    Args:
        table: CSV; paths are relative to it. Rows of the same ``case`` are scans of the same patient. Or the folder of
            a cohort with its review.
        seed: of the patients that are held back.
        held_share: of the patients, at least one.

    Raises:
        InputError: no table, a missing column, an empty cell, fewer than four patients, one image under two of them, an
            unreadable file, grids that differ, a segmentation without a femoral head, a cohort of which nothing is
            confirmed.
    """
    path = Path(table)
    rows, digest = _confirmed(path) if path.is_dir() else (read_lines(path, REQUIRED), None)
    owners: dict[str, str] = {}
    hips = [hip for number, row in rows for hip in _hips_of(path, number, row, owners)]
    cases = sorted({hip.case for hip in hips})
    if len(cases) < MIN_CASES:
        raise InputError(f"{path.name} has {len(cases)} patients; at least {MIN_CASES} are needed.")
    order = np.random.default_rng([seed, 31]).permutation(len(cases))
    held = {cases[i] for i in order[: max(1, round(held_share * len(cases)))]}
    return OwnPatients(
        tuple(hip for hip in hips if hip.case not in held),
        tuple(hip for hip in hips if hip.case in held),
        digest or hashlib.sha256(path.read_bytes()).hexdigest()[:8],
    )


class MixedStream:
    """Batches of which a share comes from a hospital's own hips and the rest from the simulator.

    Args:
        simulated: the other source.
        own: hips to learn from.
        share: of own hips in a batch, 0..1.
        size: voxels of a cube's edge.
        spacing_mm: of its voxels.
        seed: of the draws.
    """

    def __init__(
        self, simulated: VolumeStream, own: OwnPatients, share: float, size: int, spacing_mm: float, seed: int
    ) -> None:
        self._simulated, self._own, self._share = simulated, own, share
        self._size, self._spacing = size, spacing_mm
        self._rng = np.random.default_rng([seed, 37])

    def draw(self, count: int) -> list[TrainingArrays]:
        """``count`` volumes."""
        mine = int(self._rng.binomial(count, self._share))
        chosen = self._rng.integers(0, len(self._own.train), mine)
        cubes = [self._own.train[i].cube(self._size, self._spacing, self._rng) for i in chosen]
        return cubes + (self._simulated.draw(count - mine) if mine < count else [])

    def close(self) -> None:
        """End the simulator's process."""
        self._simulated.close()


def validation_cubes(own: OwnPatients, size: int, spacing_mm: float) -> Iterator[TrainingArrays]:
    """The hips that were held back, as they are."""
    return (hip.cube(size, spacing_mm) for hip in own.validation)


def _confirmed(folder: Path) -> tuple[list[tuple[int, dict[str, str]]], str]:
    """Rows of what readers confirmed in a cohort, and a hash that changes with any of it."""
    rows = training_rows(open_folder(folder), ReviewState(folder))
    known = [(row["case"], row["sides"], sha256_of_file(Path(row["segmentation"]))) for row in rows]
    return list(enumerate(rows, 2)), hashlib.sha256(repr(sorted(known)).encode()).hexdigest()[:8]


def _hips_of(path: Path, number: int, row: dict[str, str], owners: dict[str, str]) -> list[OutlinedHip]:
    """Hips of a row; ``owners`` knows of each image (:func:`.starts.content_digest`) whose it is."""
    require_filled(f"{path.name}, line {number}", row, REQUIRED)
    image = read_image(path.parent / row["image"].strip()).require_volume(
        f"{path.name}, line {number}: the image"
    )
    labels = read_mask(path.parent / row["segmentation"].strip())
    image.require_same_grid(labels, f"{path.name}, line {number}: the image", "its segmentation")
    wanted = (row.get(WHICH_SIDES) or "").split() or list(SIDES)
    if not set(wanted) <= set(SIDES):
        raise InputError(
            f"{path.name}, line {number}: the column '{WHICH_SIDES}' holds R, L or both, not '{wanted}'."
        )
    case = normal_id(row["case"])
    other = owners.setdefault(content_digest(image), case)
    if other != case:
        raise InputError(
            f"{path.name}, line {number}: {row['image']} of {case} is the same image as one of {other}; name one, so "
            "that nobody is learned from and held back."
        )
    hips = [outlined_hip(case, image, labels, side) for side in wanted if is_outlined(labels, side)]
    if not hips:
        raise InputError(
            f"{path.name}, line {number}: {row['segmentation']} outlines no femoral head of {MIN_HEAD_ML:g} ml or "
            "more; labels are 1 and 2 for the right and left head, 3 and 4 for their necrosis."
        )
    return hips


def is_outlined(labels: Image, side: str) -> bool:
    """Whether labels hold enough of a head to be one."""
    return float(head_mask(labels.array, side).sum()) * labels.voxel_volume_ml >= MIN_HEAD_ML


def outlined_hip(case: str, image: Image, labels: Image, side: str) -> OutlinedHip:
    """One head of an image from its outlines on the same grid."""
    head = head_mask(labels.array, side)
    voxels = np.argwhere(head)[:, ::-1]
    centre = image.index_to_point(voxels.mean(axis=0))
    dead = necrosis_mask(labels.array, side)
    near = (voxels.min(axis=0) - EDGE_VOXELS, voxels.max(axis=0) + 1 + EDGE_VOXELS)
    reach = MARGIN_MM / np.asarray(image.spacing)
    middle = image.point_to_index(centre)
    part = image.cropped(
        tuple(np.floor(middle - reach).astype(int)), tuple(np.ceil(middle + reach).astype(int) + 1)
    )
    return OutlinedHip(
        case,
        side,
        part.like(part.array.astype(np.float32)),
        _surface(labels.like(head).cropped(*near)),
        _surface(labels.like(dead).cropped(*near)) if dead.any() else None,
        centre,
    )


def _surface(mask: Image) -> Image:
    """Signed distance to the surface that a mask stands for; between thick slices a smooth one."""
    return signed_distance(mask) if subdivision(mask.spacing)[1] == 1 else smooth_field(mask)


def _inside(surface: Image, grid: Image) -> np.ndarray:
    return surface.resampled_to(grid, fill=1.0).array < 0.0


def _moved(grid: Image, centre: np.ndarray, rng: np.random.Generator) -> Image:
    from scipy.spatial.transform import Rotation

    turn = Rotation.from_euler("xyz", rng.normal(0, ROTATION_DEG, 3), degrees=True).as_matrix()
    spacing = grid.spacing[0] * float(np.exp(rng.normal(0, SCALE)))
    middle = 0.5 * (np.array(grid.size) - 1) * spacing
    origin = centre + rng.normal(0, SHIFT_MM, 3) - turn @ middle
    return Image(grid.array, (spacing,) * 3, tuple(origin), tuple(turn.ravel()))
