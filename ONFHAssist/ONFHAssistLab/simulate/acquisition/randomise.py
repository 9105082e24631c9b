"""Volumes of random contrast, resolution, orientation and crop from simulated patients, for training from memory.

The idea is SynthSeg's (Billot et al. 2023, Medical Image Analysis 86:102789): a network that sees the same anatomy in
contrasts that no scanner makes learns shape, and then works on contrasts that it never saw. Half of the volumes follow
the equations of spin echo, inversion recovery and gradient echo (in and out of phase, with and without contrast agent)
with random times, half have random tissue means; fat appears shifted, as it does on scanners. The marrow's unevenness is
drawn scale by scale, from half to twice that of real marrow whatever the contrast. Corruption follows: blur, shading,
surface coils, noise, ghosts, truncation, thick slices, gamma, tight fields of view, and round masses that are not a
femoral head.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from scipy import ndimage

from ONFHAssistLib.core.atomic_files import atomic_file
from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.imaging.image import Image

from ..anatomy import kernels
from ..anatomy.abdomen import TOP_MM
from ..anatomy.bones import hip_frame
from ..anatomy.grain import IN_BONE, MARROW, Grain
from ..anatomy.patient import Patient, build_patient, draw_patient
from ..anatomy.soft_tissue import body_half_size
from ..anatomy.tissues import COUNT, Tissue, column
from .corruption import add_masses, add_metal, corrupt, shade_by_coils
from .domain import Domain
from .physics import gradient_echo_signals, opposed_cosine, tissue_signals
from .shading import metal_distance

KNOTS = 6
FAT_LIKE = (Tissue.SUBCUTANEOUS_FAT, Tissue.DEEP_FAT, Tissue.YELLOW_MARROW, Tissue.NECROSIS_FAT)
EMPTY = (Tissue.AIR, Tissue.GAS, Tissue.METAL)
DARK = (Tissue.CORTEX, Tissue.BONE_ISLAND, Tissue.SCLEROSIS, Tissue.FIBROUS, Tissue.LABRUM, Tissue.FASCIA)


@dataclass(frozen=True)
class Joint:
    """A hip of a random volume: side, stage, centre (LPS mm) and radius (mm) of its head, replaced by metal or not."""

    side: str
    centre: np.ndarray
    radius: float
    replaced: bool
    stage: str = "0"


@dataclass(frozen=True)
class Sample:
    """One random volume.

    Attributes:
        image: float32, about 0 to 1, with geometry.
        labels: uint8 segmentation labels on the same grid.
        contrast: "physics" or "random".
        joints: both hips, wherever they lie; the smooth deformation moves them by its few mm more.
        seen: the part (z, y, x) inside the field of view.
    """

    image: Image
    labels: Image
    contrast: str
    joints: tuple[Joint, ...]
    seen: tuple[slice, slice, slice]


class PatientBank:
    """Patients held in memory as tissue maps, a few dozen megabytes each.

    Args:
        patients: at least one.
        metal: of each the distance to metal in mm, where it is known already.
    """

    def __init__(self, patients: Sequence[Patient], metal: Sequence[np.ndarray | None] | None = None) -> None:
        if not patients:
            raise InputError("A bank needs at least one patient.")
        self.patients = [replace(p, truth=p.truth) for p in patients]
        self.metal = [_metal_of(p) for p in self.patients] if metal is None else list(metal)

    @classmethod
    def build(cls, count: int, seed: int, spacing: float = 1.25, above_mm: float = TOP_MM) -> PatientBank:
        """Draw and build ``count`` patients; at the default spacing one takes about 50 MB and 2 s.

        ``above_mm`` is as in :func:`.patient.build_patient`.
        """
        if isinstance(count, bool) or not isinstance(count, int) or count < 1:
            raise InputError(f"count is {count!r}; at least 1 patient is needed.")
        return cls(
            [
                build_patient(draw_patient(1_000_000 * seed + i), spacing, above_mm=above_mm)
                for i in range(count)
            ]
        )

    def save(self, folder: str | os.PathLike) -> Path:
        """Write the maps as compressed .npz files, one a patient (about 2 MB)."""
        for number in range(len(self.patients)):
            self.save_patient(number, Path(folder) / f"patient_{number:04d}.npz")
        return Path(folder)

    def save_patient(self, number: int, path: Path) -> None:
        """Write the maps of one patient.

        Raises:
            InputError: a patient who was not drawn from a seed alone.
        """
        patient = self.patients[number]
        if draw_patient(patient.parameters.seed) != patient.parameters:
            raise InputError(
                f"Patient {patient.parameters.seed} of the bank was not drawn from its seed alone; only such "
                "patients can be saved."
            )
        images = {n: getattr(patient, n).array for n in ("tissue", "partner", "share", "labels")}
        with atomic_file(path) as part, part.open("wb") as handle:
            np.savez_compressed(
                handle, seed=patient.parameters.seed, spacing=patient.tissue.spacing[0], **images
            )

    @classmethod
    def load(cls, folder: str | os.PathLike, count: int | None = None) -> PatientBank:
        """Read a bank that :meth:`save` wrote, or its first ``count``; parameters and truth follow from the seeds."""
        files = sorted(Path(folder).glob("patient_*.npz"))[:count]
        if not files:
            raise InputError(f"{folder} holds no patient_*.npz; build a bank and save it there first.")
        return cls([_read_patient(path) for path in files])

    def __len__(self) -> int:
        return len(self.patients)

    def part(self, chosen: slice) -> PatientBank:
        """Some of the patients, sharing their maps."""
        return PatientBank(self.patients[chosen], self.metal[chosen])


def _read_patient(path: Path) -> Patient:
    from ..anatomy.patient import _truth, body_half_size

    with np.load(path, allow_pickle=False) as data:
        parameters = draw_patient(int(data["seed"]))
        spacing = float(data["spacing"])
        half = body_half_size(parameters)
        low = np.array([-half[0], -half[1], -132.0]) + parameters.table_position_mm
        tissue = Image(data["tissue"], (spacing,) * 3, tuple(low))
        partner, share, labels = (tissue.like(data[name]) for name in ("partner", "share", "labels"))
    truth = {s: _truth(hip_frame(parameters, s), parameters.hip(s), parameters) for s in ("R", "L")}
    for side in ("R", "L"):
        if parameters.hip(side).prosthesis:
            truth[side] |= {"centre": None, "radius": None}
    return Patient(parameters, tissue, partner, share, labels, truth)


def random_volumes(bank: PatientBank, seed: int, domain: Domain | None = None) -> Iterator[Sample]:
    """Endless random volumes; the same bank, seed and domain give the same sequence.

    On one core about 8 volumes of 64 x 64 x 64 a second; run one iterator a worker, each with its own seed.
    """
    domain = domain or Domain()
    rng = np.random.default_rng([seed, 71])
    grain = Grain.draw(rng, bank.patients[0].tissue.spacing[0])
    while True:
        number = int(rng.integers(len(bank)))
        yield random_volume(bank.patients[number], rng, domain, grain, bank.metal[number])


def random_volume(
    patient: Patient,
    rng: np.random.Generator,
    domain: Domain,
    grain: Grain,
    metal_mm: np.ndarray | None = None,
) -> Sample:
    """One random volume of a patient; ``metal_mm`` is the distance to metal on the patient's map."""
    grid, mirrored = _random_grid(patient, rng, domain)
    fine = patient.tissue
    # Target index (x, y, z) to fine index, turned round into (z, y, x) for the kernel.
    matrix = np.linalg.inv(fine.affine) @ grid.affine
    if mirrored:
        flip = np.diag([-1.0, 1.0, 1.0, 1.0])
        flip[0, 3] = 2.0 * patient.midline_x
        matrix = np.linalg.inv(fine.affine) @ flip @ grid.affine
    to_fine = np.empty((3, 4), np.float32)
    to_fine[:, :3] = matrix[:3, :3][::-1, ::-1]
    to_fine[:, 3] = matrix[:3, 3][::-1]
    tables, cosine, contrast = _random_tables(rng, domain)
    water, fat, _ = tables
    fat_shift = _random_fat_shift(rng, fine.spacing[0]) if fat.any() else np.zeros(3, np.float32)
    warp = ndimage.gaussian_filter(rng.normal(0, 1, (3, KNOTS, KNOTS, KNOTS)), (0, 0.6, 0.6, 0.6)).astype(
        np.float32
    )
    strength = np.float32(abs(rng.normal(0, domain.warp_mm)) / fine.spacing[0] / max(float(warp.std()), 1e-6))
    image, labels = np.empty(domain.size, np.float32), np.empty(domain.size, np.uint8)
    offsets, axis, thickness = _sub_samples(rng, domain, fine.spacing[0], grid.spacing[0])
    kernels.render(
        tuple(np.asarray(i.array) for i in (fine, patient.partner, patient.share, patient.labels)),
        (to_fine, warp * strength),
        offsets,
        tables,
        (fat_shift, np.float32(cosine)),
        (*_random_grain(grain, rng, domain), IN_BONE),
        rng.integers(0, 96, 3),
        image,
        labels,
    )
    if mirrored:
        labels = np.array([0, 2, 1, 4, 3], np.uint8)[labels]
    if metal_mm is not None:
        distance = ndimage.affine_transform(
            metal_mm.astype(np.float32),
            to_fine[:, :3],
            to_fine[:, 3],
            domain.size,
            order=1,
            mode="constant",
            cval=1000.0,
        )
        add_metal(image, distance, rng)
    if rng.random() < domain.masses:
        add_masses(image, labels, rng, grid.spacing[0])
    if rng.random() < domain.surface_coil:
        matrix = np.diag([fine.spacing[0]] * 3) @ to_fine[::-1, :3]
        low = np.asarray(fine.origin) - np.asarray(patient.parameters.table_position_mm)
        offset = fine.spacing[0] * to_fine[::-1, 3] + low
        shade_by_coils(image, matrix, offset, body_half_size(patient.parameters), rng)
    step = thickness * rng.uniform(1.0, 1.25) / grid.spacing[0]
    seen = corrupt(image, rng, domain, np.abs(water + fat), (axis, step))
    inside = np.zeros(labels.shape, bool)
    inside[seen] = True
    labels[~inside] = 0
    joints = _joints(patient, mirrored)
    return Sample(grid.like(image, contrast=contrast), grid.like(labels), contrast, joints, seen)


def _metal_of(patient: Patient) -> np.ndarray | None:
    """Distance to metal in mm on the patient's map, whole mm to spare memory; None without metal."""
    if not (patient.tissue.array == Tissue.METAL).any():
        return None
    return np.clip(metal_distance(patient), 0.0, 200.0).round().astype(np.uint8)


def _joints(patient: Patient, mirrored: bool) -> tuple[Joint, ...]:
    offset = np.asarray(patient.parameters.table_position_mm, float)
    joints = []
    for side in ("R", "L"):
        frame = hip_frame(patient.parameters, side)
        centre = frame.centre + offset
        if mirrored:
            centre = np.array([2.0 * patient.midline_x - centre[0], *centre[1:]])
            side = "L" if side == "R" else "R"  # noqa: PLW2901 - the mirror image of this hip
        replaced = patient.parameters.hip(frame.side).prosthesis
        stage = patient.parameters.hip(frame.side).stage
        joints.append(Joint(side, centre, float(frame.radius), replaced, stage))
    return tuple(sorted(joints, key=lambda joint: joint.side, reverse=True))


def _random_grid(patient: Patient, rng: np.random.Generator, domain: Domain) -> tuple[Image, bool]:
    """A cubic-voxel grid somewhere about the hips, turned and with its axes in patient order."""
    low, high = np.log(domain.spacing_mm)
    spacing = float(np.exp(rng.uniform(low, high)))
    position = np.array(patient.parameters.table_position_mm)
    centres = [np.array(t["centre"]) for t in patient.truth.values() if t["centre"] is not None]
    where = domain.around if domain.around != "any" else str(rng.choice(["hip", "pelvis", "between"]))
    middle = position + np.array([0.0, 5.0, -12.0])
    if where != "pelvis" and centres:
        head = centres[int(rng.integers(len(centres)))]
        outward, back, up = domain.offset_mm
        outward = float(np.copysign(outward, head[0] - position[0]))  # x grows to the patient's left
        hip = head + np.array([outward, back, up] if where == "head" else [0.0, 5.0, -10.0])
        middle = hip if where in ("head", "hip") else middle + rng.uniform(0, 1) * (hip - middle)
    wander = domain.wander_mm * (6.0 if rng.random() < domain.astray else 1.0)
    middle = middle + rng.normal(0, wander, 3)
    turn = _rotation(rng.normal(0, domain.rotation_deg, 3))
    size = np.array(domain.size[::-1])
    origin = middle - turn @ (0.5 * (size - 1) * spacing)
    grid = Image(np.zeros(domain.size, np.uint8), (spacing,) * 3, tuple(origin), tuple(turn.ravel()))
    return grid, bool(rng.random() < domain.mirror)


def _rotation(degrees: np.ndarray) -> np.ndarray:
    a, b, c = np.radians(degrees)
    x = np.array([[1, 0, 0], [0, np.cos(a), -np.sin(a)], [0, np.sin(a), np.cos(a)]])
    y = np.array([[np.cos(b), 0, np.sin(b)], [0, 1, 0], [-np.sin(b), 0, np.cos(b)]])
    z = np.array([[np.cos(c), -np.sin(c), 0], [np.sin(c), np.cos(c), 0], [0, 0, 1]])
    return z @ y @ x


def _sub_samples(
    rng: np.random.Generator, domain: Domain, fine: float, target: float
) -> tuple[np.ndarray, int, float]:
    """Offsets over the voxel of an imagined scan: thick along one axis, or the target voxel where that is larger.

    Returns:
        Offsets (n, 3) in fine voxels, the thick axis, and the thickness in mm.
    """
    extent = np.full(3, max(rng.uniform(*domain.in_plane_mm), target))
    axis, thickness = int(rng.integers(3)), float(rng.uniform(*domain.thick_mm))
    extent[axis] = max(thickness, target)
    count = 4 if extent.max() < 2.5 else 6
    # A rank-one lattice spreads few samples evenly over a box.
    lattice = (
        np.arange(count)[:, None] / count + np.array([[0.0, 0.382, 0.618]]) * np.arange(count)[:, None]
    ) % 1.0
    return ((lattice - lattice.mean(axis=0)) * extent / fine).astype(np.float32), axis, thickness


def _random_fat_shift(rng: np.random.Generator, fine: float) -> np.ndarray:
    """Chemical shift: fat appears up to 2 mm from where it is, along the read-out, in fine voxels (z, y, x)."""
    shift = np.zeros(3, np.float32)
    shift[rng.integers(3)] = rng.uniform(-2.0, 2.0) / fine
    return shift


def _random_grain(grain: Grain, rng: np.random.Generator, domain: Domain) -> tuple[np.ndarray, np.ndarray]:
    """Texture of marrow and soft tissue: every scale of the marrow's drawn apart, now and then with dark islands."""
    low, high = domain.marrow_texture
    weights = np.exp(rng.uniform(np.log(max(low, 1e-3)), np.log(max(high, 1e-3)), len(MARROW)))
    islands = (float(rng.uniform(0.3, 1.8)), float(rng.uniform(0.3, 2.5))) if rng.random() < 0.35 else None
    return grain.mixed(weights, islands)


def _random_tables(
    rng: np.random.Generator, domain: Domain
) -> tuple[tuple[np.ndarray, np.ndarray, np.ndarray], float, str]:
    """Signal of water, of fat (which appears elsewhere, see above) and texture of every tissue; cosine of their phase."""
    cosine = 1.0
    if rng.random() < domain.physics:
        (water, fat, cosine), kind = _physics_table(rng, domain), "physics"
        texture = column("texture") * np.float32(rng.uniform(0.3, 2.0))
    else:
        water, kind = _arbitrary_table(rng), "random"
        fat = np.zeros_like(water)
        texture = np.abs(rng.normal(0, 0.08, COUNT)) * (water > 0)
    # Real marrow's unevenness does not go with the contrast; :func:`_random_grain` draws how much there is.
    texture = np.where(IN_BONE, column("texture"), texture)
    if rng.random() < domain.bright_surroundings:
        louder = np.where(IN_BONE, 1.0, np.exp(rng.uniform(0.0, 0.7)))
        water, fat = water * louder, fat * louder
    if cosine == 1.0 and rng.random() < 0.3:
        water, fat = water + fat, np.zeros_like(fat)
    scale = max(float((water + fat).max()), 1e-3)
    tables = tuple(t.astype(np.float32) for t in (water / scale, fat / scale, texture))
    return (tables[0], tables[1], tables[2]), cosine, kind


def _physics_table(rng: np.random.Generator, domain: Domain) -> tuple[np.ndarray, np.ndarray, float]:
    """Water and fat of every tissue, and the cosine of the phase between them."""
    field = float(rng.choice([1.5, 3.0]))
    agent = float(rng.uniform(0.2, 1.2)) if rng.random() < 0.25 else 0.0
    cosine = 1.0
    if rng.random() < domain.gradient_echo:
        water, fat, cosine = _gradient_echo_table(rng, field, agent)
    else:
        kind = rng.random()
        ti = None
        if kind < 0.4:
            tr, te = rng.uniform(350, 900), rng.uniform(7, 22)
        elif kind < 0.85:
            tr, te = rng.uniform(1800, 6000), rng.uniform(20, 120)
        else:
            tr, te, ti = rng.uniform(3000, 6000), rng.uniform(15, 70), rng.uniform(130, 220)
        water, fat = tissue_signals(field, tr, te, ti, agent)
        if ti is None and (kind > 0.4 or agent) and rng.random() < 0.6:
            fat = fat * np.float32(rng.uniform(0.0, 0.45))
    unlike = np.exp(rng.normal(0, 0.10, COUNT))
    return water * unlike, fat * unlike, cosine


def _gradient_echo_table(
    rng: np.random.Generator, field: float, agent: float
) -> tuple[np.ndarray, np.ndarray, float]:
    """A spoiled gradient echo in phase, out of phase or between, with fat suppressed, or a water or fat image (Dixon)."""
    half = 1.15 * 3.0 / field  # ms from in phase to out of phase
    kind = str(
        rng.choice(["in", "out", "any", "suppressed", "water", "fat"], p=(0.2, 0.35, 0.15, 0.15, 0.1, 0.05))
    )
    te = {"in": 2 * half, "out": half * rng.choice([1, 3], p=[0.85, 0.15])}.get(kind, rng.uniform(1.0, 12.0))
    flip, tr = rng.uniform(8, 75), np.exp(rng.uniform(np.log(4.0), np.log(400.0)))
    water, fat = gradient_echo_signals(field, max(tr, te + 2.0), te, flip, agent)
    if kind == "suppressed":
        return water, fat * np.float32(rng.uniform(0.0, 0.3)), 1.0
    if kind in ("water", "fat"):
        left = np.float32(rng.uniform(0.0, 0.08))
        return (water, fat * left, 1.0) if kind == "water" else (water * left, fat, 1.0)
    cosine = {"in": 1.0, "out": -1.0}.get(kind, opposed_cosine(field, te))
    return water, fat, cosine


def _arbitrary_table(rng: np.random.Generator) -> np.ndarray:
    table = rng.uniform(0.03, 1.0, COUNT)
    if rng.random() < 0.7:
        base = rng.uniform(0.15, 1.0)
        for tissue in FAT_LIKE:
            table[tissue] = np.clip(base * np.exp(rng.normal(0, 0.12)), 0.02, 1.2)
    if rng.random() < 0.8:
        for tissue in DARK:
            table[tissue] = rng.uniform(0.0, 0.22)
    for tissue in EMPTY:
        table[tissue] = 0.0
    return table
