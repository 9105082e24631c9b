"""Digital radiographs of a simulated patient: AP pelvis and frog-leg lateral.

Line integrals of the attenuation of the same fine map along a diverging beam (Beer-Lambert), then scatter, quantum noise,
detector blur, and the logarithm, edge enhancement and display curve of a radiography workstation.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import ndimage

from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.imaging.image import Image
from ONFHAssistLib.imaging.labels import HEAD, head_mask

from ..anatomy import kernels
from ..anatomy.patient import Patient
from ..anatomy.shapes import NoiseTile
from ..anatomy.tissues import Tissue, column

VIEWS = ("AP", "frog-leg R", "frog-leg L")
SOURCE_DETECTOR_MM = 1150.0
TABLE_MM = 45.0  # from the patient's back to the detector
DISPLAY_MAX = 4095
HIDDEN_IN_STAGE_I = (Tissue.SCLEROSIS, Tissue.NECROSIS_FIBROUS, Tissue.NECROSIS_FLUID, Tissue.GRANULATION)
FROG_DEG = (32.0, 42.0, 52.0)  # flexion, abduction, outward rotation of the thigh


@dataclass(frozen=True)
class RadiographProtocol:
    """Exposure and display; out-of-range values raise :class:`InputError`.

    Attributes:
        pixel_mm: detector pixel.
        photons: per pixel without a patient; sets the noise.
        scatter: scattered to primary radiation behind the grid.
        enhance: weight of the edge enhancement.
        latitude: line integral that the display curve spans.
    """

    pixel_mm: float = 0.5
    photons: float = 6.0e5
    scatter: float = 0.35
    enhance: float = 1.1
    latitude: float = 4.6

    def __post_init__(self) -> None:
        limits = {
            "pixel_mm": (0.1, 2.0),
            "photons": (1e3, 1e9),
            "scatter": (0.0, 3.0),
            "enhance": (0.0, 5.0),
            "latitude": (1.0, 12.0),
        }
        for name, (low, high) in limits.items():
            if not low <= getattr(self, name) <= high:
                raise InputError(f"{name} is {getattr(self, name):g}; it must be from {low:g} to {high:g}.")


@dataclass(frozen=True)
class _Beam:
    """Geometry: LPS point of the central ray at the heads' depth, detector and source y, detector rows and columns."""

    x: float
    z: float
    detector_y: float
    shape: tuple[int, int]
    pixel: float

    def magnification(self, y: float | np.ndarray) -> float | np.ndarray:
        """Detector mm for one mm at depth ``y`` (LPS)."""
        return SOURCE_DETECTOR_MM / (SOURCE_DETECTOR_MM - (self.detector_y - y))

    @property
    def first(self) -> tuple[float, float, float]:
        """z of the top row and x of the first column on the detector, about the central ray, and the pixel."""
        return 0.5 * (self.shape[0] - 1) * self.pixel, -0.5 * (self.shape[1] - 1) * self.pixel, self.pixel


def radiograph(
    patient: Patient, seed: int, view: str = "AP", protocol: RadiographProtocol | None = None
) -> tuple[Image, Image]:
    """Radiograph a patient.

    Args:
        patient: see :func:`.patient.build_patient`.
        seed: of noise, centring and exposure.
        view: "AP", "frog-leg R" or "frog-leg L".
        protocol: exposure and display.

    Returns:
        The image, uint16 (1, rows, columns), 0..4095, bone bright, and the projected femoral heads as labels
        (:data:`.labels.HEAD`) on the same grid. Pixel spacing is that of the plane of the femoral heads
        (detector pixel over magnification), so lengths measured there are true; rows run to the feet and columns to
        the patient's left. Metadata: ``modality`` "DX", ``view``, ``laterality`` ("R", "L", "B"), ``magnification``,
        ``imager_pixel_mm``.

    Raises:
        InputError: unknown view, or a frog-leg view of a replaced hip.
    """
    if view not in VIEWS:
        raise InputError(f'view is "{view}"; it must be one of {", ".join(VIEWS)}.')
    protocol = protocol or RadiographProtocol()
    rng = np.random.default_rng([seed, patient.parameters.seed, 81, VIEWS.index(view)])
    side = view[-1] if view != "AP" else None
    if side and side not in patient.femurs:
        raise InputError(f"The hip {side} is replaced; there is no frog-leg view of it.")
    density = _attenuation(patient, rng)
    labels = [head_mask(patient.labels.array, s) for s in ("R", "L")]
    beam = _beam(patient, side, protocol, rng)
    heads: list[np.ndarray | None]
    if side is None:
        integral = _project(density, patient.tissue, beam)
        heads = [_project(m.astype(np.float32), patient.tissue, beam, sparse=True) for m in labels]
    else:
        integral, heads = _frog(patient, density, labels, side, beam)
    marked = np.zeros(beam.shape, np.uint8)
    for value, shadow in zip(("R", "L"), heads, strict=True):
        if shadow is not None:
            marked[shadow > 1.0] = HEAD[value]
    array = _expose(integral * 0.1, protocol, rng)  # attenuation is per cm, lengths are mm
    return _image(array, beam, patient, view, side), _image(marked, beam, patient, view, side)


def _attenuation(patient: Patient, rng: np.random.Generator) -> np.ndarray:
    """Attenuation per cm of the fine map, float32; what stage I hides on radiographs is hidden."""
    base = column("attenuation")
    tissue, partner = patient.tissue.array, patient.partner.array
    share = patient.share.array.astype(np.float32) * np.float32(1 / 255)
    density = np.empty(tissue.shape, np.float32)
    middle = int(
        np.clip(
            round(float(patient.tissue.point_to_index(np.array((patient.midline_x, 0, 0)))[0])),
            0,
            tissue.shape[2],
        )
    )
    # The patient's right lies at small x.
    for side, half in (("R", slice(0, middle)), ("L", slice(middle, None))):
        table = base.copy()
        if patient.parameters.hip(side).arco == "I":
            # Below what an eye sees, not below what a texture feature measures.
            hidden = list(HIDDEN_IN_STAGE_I)
            table[hidden] = 0.75 * table[Tissue.YELLOW_MARROW] + 0.25 * table[hidden]
        part = share[:, :, half]
        density[:, :, half] = table[tissue[:, :, half]] * part + table[partner[:, :, half]] * (1 - part)
    tile = NoiseTile.draw(rng, (1.1 / patient.tissue.spacing[0],) * 3)
    bony = (tissue == Tissue.YELLOW_MARROW) | (tissue == Tissue.RED_MARROW)
    grain = tile.crop(tissue.shape, (0, 0, 0))
    grain *= np.float32(0.045)
    np.add(density, grain, out=density, where=bony)
    return density


def _beam(
    patient: Patient, side: str | None, protocol: RadiographProtocol, rng: np.random.Generator
) -> _Beam:
    position = np.array(patient.parameters.table_position_mm)
    size = (255.0, 430.0) if side is None else (240.0, 250.0)
    rows, columns = (2 * int(s / protocol.pixel_mm / 2) for s in size)
    x, z = position[0] + rng.normal(0, 4), position[2] - 8 + rng.normal(0, 5)
    if side is not None:
        x = patient.truth[side]["centre"][0] + (-1.0 if side == "R" else 1.0) * 35.0
        z = patient.truth[side]["centre"][2] - 22.0
    back = patient.tissue.origin[1] + (patient.tissue.array.shape[1] - 1) * patient.tissue.spacing[1]
    return _Beam(float(x), float(z), float(back + TABLE_MM), (rows, columns), protocol.pixel_mm)


def _project(density: np.ndarray, grid: Image, beam: _Beam, sparse: bool = False) -> np.ndarray:
    """Line integrals (value times mm) of a volume on ``grid`` (axes in patient order) along the beam, back to front."""
    total = np.zeros(beam.shape, np.float32)
    step = grid.spacing[0]
    low = (grid.origin[2] - beam.z, grid.origin[0] - beam.x)
    for j in range(density.shape[1]):
        plane = density[:, j]
        if sparse and not plane.any():
            continue
        plane = np.ascontiguousarray(plane * np.float32(grid.spacing[1]))
        y = grid.origin[1] + j * grid.spacing[1]
        kernels.project_plane(plane, low, step, float(beam.magnification(y)), beam.first, total)
    return total


def _frog(
    patient: Patient, density: np.ndarray, labels: list[np.ndarray], side: str, beam: _Beam
) -> tuple[np.ndarray, list[np.ndarray | None]]:
    """The femur turned outward about its head; pelvis and soft parts as they lie.

    Line integrals add, so the femur's excess over soft tissue is taken out, turned and projected by itself.
    """
    box, mask = patient.femurs[side]
    muscle = np.float32(column("attenuation")[Tissue.MUSCLE])
    excess = np.where(mask, density[box] - muscle, 0.0).astype(np.float32)
    rest = density.copy()
    part = rest[box]
    part[mask] = muscle
    integral = _project(rest, patient.tissue, beam)
    centre = np.array(patient.truth[side]["centre"])
    turn = _frog_rotation(side)
    start = np.array([s.start for s in box])
    grid = patient.tissue.index_to_point(start[::-1].astype(float))
    reach = np.array([150.0, 120.0, 150.0])
    spacing = patient.tissue.spacing[0]
    size = np.ceil(2 * reach / spacing).astype(int)
    target = Image(np.zeros(size[::-1], np.uint8), (spacing,) * 3, tuple(centre - reach))
    # Target point p shows source point centre + turn^T (p - centre).
    matrix = turn.T[::-1, ::-1]
    offset = ((centre + turn.T @ (np.array(target.origin) - centre)) - grid)[::-1] / spacing
    shape = tuple(int(n) for n in size[::-1])
    moved = ndimage.affine_transform(excess, matrix, offset, shape, order=1)
    integral += _project(moved, target, beam, sparse=True)
    index = "RL".index(side)
    head = ndimage.affine_transform(labels[index][box].astype(np.float32), matrix, offset, shape, order=1)
    heads: list[np.ndarray | None] = [None, None]
    heads[index] = _project(head, target, beam, sparse=True)
    return np.maximum(integral, 0.0), heads


def _frog_rotation(side: str) -> np.ndarray:
    """Rotation of the thigh in LPS: outward about its own axis, then flexed, then abducted."""
    flexion, abduction, outward = np.radians(FROG_DEG)
    mirror = np.diag([1.0 if side == "L" else -1.0, 1.0, 1.0])  # written for the left, x outward
    out = np.array(
        [[np.cos(outward), np.sin(outward), 0], [-np.sin(outward), np.cos(outward), 0], [0, 0, 1]]
    ).T
    flex = np.array(
        [[1, 0, 0], [0, np.cos(flexion), np.sin(flexion)], [0, -np.sin(flexion), np.cos(flexion)]]
    )
    apart = np.array(
        [[np.cos(abduction), 0, -np.sin(abduction)], [0, 1, 0], [np.sin(abduction), 0, np.cos(abduction)]]
    )
    return mirror @ apart @ flex @ out @ mirror


def _expose(integral: np.ndarray, protocol: RadiographProtocol, rng: np.random.Generator) -> np.ndarray:
    """Detector signal of line integrals and what the workstation makes of it, uint16."""
    primary = np.exp(-integral)
    scattered = ndimage.gaussian_filter(primary, 28.0 / protocol.pixel_mm, mode="nearest", truncate=2.0)
    dose = protocol.photons * float(np.exp(rng.normal(0, 0.15)))
    expected = dose * (primary + protocol.scatter * scattered) / (1 + protocol.scatter)
    counted = expected + rng.standard_normal(expected.shape, dtype=np.float32) * np.sqrt(expected + 25.0)
    counted = ndimage.gaussian_filter(counted, 0.25 / protocol.pixel_mm)
    density = -np.log(np.maximum(counted, 1.0) / dose)
    wide = ndimage.gaussian_filter(density, 6.0 / protocol.pixel_mm)
    fine = ndimage.gaussian_filter(density, 1.2 / protocol.pixel_mm)
    density = (
        0.45 * wide + (density - wide) * (1 + 0.4 * protocol.enhance) + protocol.enhance * (density - fine)
    )
    body = density[integral > 0.8] if (integral > 0.8).any() else density
    low, high = np.percentile(body, (3, 99.6))
    middle, width = 0.5 * (low + high), max(float(high - low), 0.3)
    shown = 1.0 / (1.0 + np.exp(-4.4 * (density - middle) / width))
    return np.clip(np.round(shown * DISPLAY_MAX), 0, DISPLAY_MAX).astype(np.uint16)


def _image(array: np.ndarray, beam: _Beam, patient: Patient, view: str, side: str | None) -> Image:
    y = patient.parameters.table_position_mm[1]
    magnification = float(beam.magnification(y))
    pixel = beam.pixel / magnification
    top, first, _ = beam.first
    origin = (beam.x + first / magnification, y, beam.z + top / magnification)
    metadata = {
        "modality": "DX",
        "view": view,
        "laterality": side or "B",
        "magnification": f"{magnification:.5f}",
        "imager_pixel_mm": f"{beam.pixel:g}",
        "source": "simulated",
    }
    direction = (1.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, -1.0, 0.0)
    return Image(array[None], (pixel, pixel, 1.0), origin, direction, metadata)
