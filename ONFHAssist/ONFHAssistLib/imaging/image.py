"""An image with its geometry, in the one form that all rooms of the project pass on.

Frame: LPS (x grows to the patient's left, y to the back, z to the head), millimetres, as SimpleITK has it.
Slicer's scene is RAS; only :mod:`ONFHAssistLib.scene` converts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

import numpy as np
import numpy.typing as npt
import SimpleITK as sitk  # noqa: N813 - its documented short name

from ..core.errors import InputError
from ..core.vectors import as_index, as_point

IDENTITY = (1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0)
_LONGER = 1.2  # times both other spacings, for an axis to be the one across the slices
_INTERPOLATORS = {
    "nearest": sitk.sitkNearestNeighbor,
    "linear": sitk.sitkLinear,
    "bspline": sitk.sitkBSpline,
}


@dataclass(frozen=True)
class Image:
    """Voxels and where they are in the patient.

    Attributes:
        array: shape (z, y, x), float32 or an integer type. A radiograph has one slice.
        spacing: (x, y, z) distance between voxel centres in mm.
        origin: LPS position in mm of the centre of voxel (0, 0, 0).
        direction: nine numbers, row-major; column j is the LPS direction of index axis j (x, y, z).
        metadata: text facts such as ``modality`` ("MR"), ``sequence`` ("T1", "T2 FS"), ``laterality`` ("R"),
            ``series_uid``, ``source``. Never the patient's name.

    Example:
        >>> image = Image(np.zeros((20, 40, 30)), spacing=(0.8, 0.8, 4.5), origin=(-100.0, -50.0, 20.0))
        >>> image.size  # (x, y, z), while the array is (z, y, x)
        (30, 40, 20)
        >>> image.index_to_point((29, 0, 19)).round(1).tolist()  # LPS mm
        [-76.8, -50.0, 105.5]
        >>> image.cropped((10, 10, 5), (20, 20, 10)).origin  # a crop stays where it was in the patient
        (-92.0, -42.0, 42.5)
    """

    array: np.ndarray
    spacing: tuple[float, float, float] = (1.0, 1.0, 1.0)
    origin: tuple[float, float, float] = (0.0, 0.0, 0.0)
    direction: tuple[float, ...] = IDENTITY
    metadata: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        array = np.asarray(self.array)
        if array.ndim != 3:
            raise InputError(f"An image needs three axes (z, y, x), this one has {array.ndim}.")
        if array.dtype == np.float64:
            array = array.astype(np.float32)
        elif array.dtype == bool:
            array = array.astype(np.uint8)
        spacing = tuple(float(s) for s in self.spacing)
        if len(spacing) != 3 or not all(np.isfinite(spacing)) or min(spacing) <= 0:
            raise InputError(f"The spacing {spacing} is not three positive lengths in mm.")
        matrix = np.asarray(self.direction, float).reshape(3, 3)
        matrix = np.where(
            np.abs(matrix) < 1e-12, 0.0, matrix
        )  # denormal cosines make ITK's resampling give zeros
        if not np.allclose(matrix.T @ matrix, np.eye(3), atol=1e-3):
            raise InputError(
                "The direction of the image is not a rotation or reflection; its axes are skewed."
            )
        object.__setattr__(self, "array", array)
        object.__setattr__(self, "spacing", spacing)
        object.__setattr__(self, "origin", tuple(float(o) for o in self.origin))
        object.__setattr__(self, "direction", tuple(float(d) for d in matrix.ravel()))
        object.__setattr__(self, "metadata", MappingProxyType(dict(self.metadata)))

    def __reduce__(self) -> tuple:
        return (Image, (self.array, self.spacing, self.origin, self.direction, dict(self.metadata)))

    # geometry -------------------------------------------------------------------------------------------

    @property
    def size(self) -> tuple[int, int, int]:
        """Number of voxels along (x, y, z)."""
        return as_index(self.array.shape[::-1])

    @property
    def slice_axis(self) -> int:
        """The index axis (0, 1, 2 for x, y, z) across the slices; see :func:`slice_axis_of`."""
        return slice_axis_of(self.spacing)

    @property
    def sliced_spacing(self) -> tuple[float, float, float]:
        """Spacing in mm within the slices (two values), then across them."""
        return sliced(self.spacing)

    @property
    def slice_normal(self) -> np.ndarray:
        """Unit vector (LPS) across the slices."""
        return np.asarray(self.direction).reshape(3, 3)[:, self.slice_axis]

    @property
    def voxel_volume_ml(self) -> float:
        """Volume of a voxel in millilitres."""
        return float(np.prod(self.spacing)) / 1000.0

    @property
    def affine(self) -> np.ndarray:
        """4 x 4 matrix from voxel index (x, y, z, 1) to LPS mm."""
        matrix = np.eye(4)
        matrix[:3, :3] = np.asarray(self.direction).reshape(3, 3) * np.asarray(self.spacing)
        matrix[:3, 3] = self.origin
        return matrix

    def index_to_point(self, index: npt.ArrayLike) -> np.ndarray:
        """LPS mm of continuous indices, shape (..., 3) in (x, y, z) order."""
        return np.asarray(index, float) @ self.affine[:3, :3].T + np.asarray(self.origin)

    def point_to_index(self, point: npt.ArrayLike) -> np.ndarray:
        """Continuous index (x, y, z) of LPS points in mm, shape (..., 3)."""
        inverse = np.linalg.inv(self.affine[:3, :3])
        return (np.asarray(point, float) - np.asarray(self.origin)) @ inverse.T

    def points(self) -> np.ndarray:
        """LPS mm of every voxel centre, shape (z, y, x, 3), float64."""
        x, y, z = (
            np.arange(n)[:, None] * step for n, step in zip(self.size, self.affine[:3, :3].T, strict=True)
        )
        return np.asarray(x + y[:, None] + (z + self.origin)[:, None, None])

    def distances(self, point: npt.ArrayLike) -> np.ndarray:
        """Distance in mm of every voxel centre from an LPS point, shape (z, y, x), float32; makes no array of points."""
        offsets = zip(self.point_to_index(point), self.spacing, self.size, strict=True)
        x, y, z = ((((np.arange(n) - at) * mm) ** 2).astype(np.float32) for at, mm, n in offsets)
        return np.sqrt(z[:, None, None] + y[:, None] + x)

    def same_grid(self, other: Image, tolerance: float = 1e-3) -> bool:
        """Whether both images have the same voxels in the same places (corners within ``tolerance`` mm)."""
        if self.size != other.size:
            return False
        corners = np.array([[i, j, k] for i in (0, 1) for j in (0, 1) for k in (0, 1)]) * (
            np.array(self.size) - 1
        )
        return bool(np.abs(self.index_to_point(corners) - other.index_to_point(corners)).max() <= tolerance)

    def like(self, array: np.ndarray, **metadata: str) -> Image:
        """Another array on this geometry; ``metadata`` is added to what the image already carries."""
        if np.shape(array) != self.array.shape:
            raise ValueError(f"array of shape {np.shape(array)} on a grid of shape {self.array.shape}")
        return replace(self, array=array, metadata={**self.metadata, **metadata})

    # operations -----------------------------------------------------------------------------------------

    def resampled_to(self, grid: Image, interpolator: str = "linear", fill: float = 0.0) -> Image:
        """This image on the voxels of ``grid``.

        Args:
            grid: gives size, spacing, origin and direction.
            interpolator: "nearest" (for labels), "linear" or "bspline".
            fill: value outside this image.
        """
        target = sitk.Image(list(grid.size), sitk.sitkUInt8)
        target.SetSpacing(grid.spacing)
        target.SetOrigin(grid.origin)
        target.SetDirection(grid.direction)
        moved = sitk.Resample(
            self.to_sitk(), target, sitk.Transform(), _INTERPOLATORS[interpolator], float(fill)
        )
        return Image(sitk.GetArrayFromImage(moved), grid.spacing, grid.origin, grid.direction, self.metadata)

    def resampled(self, spacing: tuple[float, float, float], interpolator: str = "linear") -> Image:
        """This image with another spacing (x, y, z) in mm over the same extent, edges aligned."""
        old, new = np.asarray(self.spacing), np.asarray(spacing, float)
        size = np.maximum(1, np.round(np.asarray(self.size) * old / new)).astype(int)
        corner = self.index_to_point(0.5 * (np.asarray(self.size) - 1) - 0.5 * (size - 1) * new / old)
        grid = Image(np.zeros(size[::-1], np.uint8), as_point(new), as_point(corner), self.direction)
        return self.resampled_to(grid, interpolator, fill=float(self.array.min()))

    def cropped(self, start: tuple[int, int, int], stop: tuple[int, int, int]) -> Image:
        """Voxels ``start`` (included) to ``stop`` (excluded), (x, y, z) indices, clipped to the image."""
        low = np.clip(start, 0, self.size)
        high = np.clip(stop, 0, self.size)
        if np.any(high <= low):
            raise InputError(
                f"The box from {tuple(start)} to {tuple(stop)} lies outside the image of size {self.size}."
            )
        part = self.array[low[2] : high[2], low[1] : high[1], low[0] : high[0]]
        return replace(self, array=part, origin=as_point(self.index_to_point(low)))

    def windowed(self, level: float, width: float) -> Image:
        """Intensities cut to level ± width / 2 and scaled to 0..1."""
        low = level - width / 2.0
        return self.like(np.clip((self.array.astype(np.float32) - low) / width, 0.0, 1.0))

    def in_patient_order(self) -> Image:
        """The same voxels stored so that x runs nearly to the left, y to the back and z to the head."""
        return Image.from_sitk(sitk.DICOMOrient(self.to_sitk(), "LPS"), self.metadata)

    # exchange -------------------------------------------------------------------------------------------

    def to_sitk(self) -> sitk.Image:
        """The image as SimpleITK has it; the voxels are copied."""
        image = sitk.GetImageFromArray(self.array)
        image.SetSpacing(self.spacing)
        image.SetOrigin(self.origin)
        image.SetDirection(self.direction)
        return image

    @classmethod
    def from_sitk(cls, image: sitk.Image, metadata: Mapping[str, str] | None = None) -> Image:
        """An image from SimpleITK; a 2D image becomes one slice."""
        if image.GetDimension() == 2:
            image = sitk.JoinSeries(image)
        return cls(
            sitk.GetArrayFromImage(image),
            image.GetSpacing(),
            image.GetOrigin(),
            image.GetDirection(),
            metadata or {},
        )

    # checks ---------------------------------------------------------------------------------------------

    def require_volume(self, name: str = "The image") -> Image:
        """This image, if it has at least two slices; else :class:`InputError`."""
        if min(self.array.shape) < 2:
            size = " x ".join(str(n) for n in self.size)
            raise InputError(f"{name} is a single slice ({size} voxels); a 3D volume is needed here.")
        return self

    def require_same_grid(self, other: Image, name: str, other_name: str) -> None:
        """Raise :class:`InputError` unless ``other`` has this image's voxels."""
        if not self.same_grid(other):
            raise InputError(
                f"{other_name} has another grid than {name} "
                f"({other.size} voxels of {_mm(other.spacing)} against {self.size} of {_mm(self.spacing)}, "
                f"or another position); resample it to {name} first."
            )


def slice_axis_of(spacing: Sequence[float]) -> int:
    """Which axis (0, 1, 2 for x, y, z) lies across the slices: the one that is longer than both others, else the third.

    Files that were turned to the patient's axes, as many programs write NIfTI, keep their slices along any axis.
    """
    longest = int(np.argmax(spacing))
    others = max(one for axis, one in enumerate(spacing) if axis != longest)
    return longest if spacing[longest] > _LONGER * others else 2


def sliced(spacing: Sequence[float]) -> tuple[float, float, float]:
    """Spacing within the slices (two values), then across them."""
    across = slice_axis_of(spacing)
    return as_point((*(mm for axis, mm in enumerate(spacing) if axis != across), spacing[across]))


def _mm(spacing: tuple[float, ...]) -> str:
    return " x ".join(f"{s:.4g}" for s in spacing) + " mm"
