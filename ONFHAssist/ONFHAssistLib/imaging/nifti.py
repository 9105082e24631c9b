"""What the NIfTI reader beneath SimpleITK keeps to itself.

It fills a truncated file with zeros, turns NaN into 0, takes the voxels of ``a.nii`` for ``a.nii.gz`` where both lie
in one folder, cannot read NIfTI-2, refuses axes that are askew by 0.01 degrees, takes the size of the voxels from
``pixdim`` where the matrix says another, and makes an axial image of 1 mm out of a header that states nothing.
Each would change an image without a word, so header and raw values are looked at once more (NIfTI-1 and -2 headers,
nifti.nimh.nih.gov; single files, plain or gzipped), and a file with a namesake is read from a copy.
"""

from __future__ import annotations

import gzip
import struct
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

import numpy as np

from ..core.errors import InputError
from .geometry import Geometry, geometry_of_axes

_HEADER_1, _HEADER_2 = 348, 540  # sizes of the headers, which tell version and byte order
_FLOATS = {16: "f4", 64: "f8"}
_BYTES = {2: 1, 4: 2, 8: 4, 16: 4, 64: 8, 256: 1, 512: 2, 768: 4, 1024: 8, 1280: 8}
_MM_OF_UNIT = {1: 1000.0, 3: 0.001}  # metres and micrometres; all else is mm
_RAS_TO_LPS = np.diag([-1.0, -1.0, 1.0])
_DATA_START = 352
_HALF_TURN = (
    1e-7  # the square of a cosine that single precision cannot tell from 0; as in the format's own reader
)
# Where a field lies in the header: format, offset in version 1, format, offset in version 2.
_FIELDS = {
    "dim": ("8h", 40, "8q", 16),
    "datatype": ("h", 70, "h", 12),
    "bitpix": ("h", 72, "h", 14),
    "pixdim": ("8f", 76, "8d", 104),
    "vox_offset": ("f", 108, "q", 168),
    "scl": ("2f", 112, "2d", 176),
    "units": ("B", 123, "i", 500),
    "qform_code": ("h", 252, "i", 344),
    "sform_code": ("h", 254, "i", 348),
    "quatern": ("3f", 256, "3d", 352),
    "qoffset": ("3f", 268, "3d", 376),
    "srow": ("12f", 280, "12d", 400),
}


@dataclass(frozen=True)
class NiftiFile:
    """The content of one NIfTI file.

    Attributes:
        path: of the file, for messages.
        content: its bytes, unpacked.

    Raises:
        InputError: it is no NIfTI file of one piece, or damaged.
    """

    path: Path
    content: bytes = field(repr=False)

    @classmethod
    def read(cls, path: Path) -> NiftiFile:
        """Read and unpack a file.

        Raises:
            InputError: as the class, or ended before its last voxel.
        """
        file = cls(path, _unpacked(path))
        size = file.fields["dim"][0]
        if file.version == 0 or not 1 <= size <= 7:
            raise _unreadable(path)
        kind = file.fields["datatype"]
        if kind in _BYTES and len(file.content) < file.data_start + file.voxels * _BYTES[kind]:
            raise InputError(
                f"{path} is truncated: it ends before its last voxel; copy it again from its source."
            )
        return file

    @classmethod
    def header_of(cls, path: Path) -> NiftiFile:
        """The header alone, for what it states of the geometry; voxels are neither read nor unpacked.

        Raises:
            InputError: as the class.
        """
        with path.open("rb") as file:
            packed = file.read(2) == b"\x1f\x8b"
        try:
            with gzip.open(path) if packed else path.open("rb") as file:
                start = file.read(_HEADER_2)
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise InputError(f"{path} is truncated or damaged; copy it again from its source.") from error
        if len(start) < _HEADER_1:
            raise _unreadable(path)
        return cls(path, start)

    @cached_property
    def order(self) -> str:
        """Byte order as :mod:`struct` writes it."""
        return "<" if struct.unpack("<i", self.content[:4])[0] in (_HEADER_1, _HEADER_2) else ">"

    @cached_property
    def version(self) -> int:
        """1 or 2; 0 for another file."""
        size = struct.unpack(self.order + "i", self.content[:4])[0]
        found = {_HEADER_1: 1, _HEADER_2: 2}.get(size, 0)
        return found if len(self.content) >= max(size, _HEADER_1) else 0

    @cached_property
    def fields(self) -> dict:
        """Header fields by their names in the standard: one value, or a tuple of several."""
        if self.version == 0:
            raise _unreadable(self.path)
        values = {}
        for name, layout in _FIELDS.items():
            kind, offset = layout[:2] if self.version == 1 else layout[2:]
            found = struct.unpack_from(self.order + kind, self.content, offset)
            values[name] = found[0] if len(found) == 1 else found
        return values

    @property
    def data_start(self) -> int:
        """Byte of the first voxel."""
        start = self.fields["vox_offset"]
        return int(start) if np.isfinite(start) and start > 0 else _DATA_START

    @property
    def shape(self) -> list[int]:
        """Voxels along x, y, z and so on, as many as the header has."""
        dim = self.fields["dim"]
        return [max(1, int(n)) for n in dim[1 : 1 + dim[0]]]

    @property
    def voxels(self) -> int:
        """Their number."""
        return int(np.prod(self.shape, dtype=object))

    def geometry(self) -> Geometry:
        """Size, place and orientation of the voxels in LPS mm, by the matrix (sform), else the quaternion (qform).

        Raises:
            InputError: the header states no size of a voxel, or skewed axes.
        """
        scale = _MM_OF_UNIT.get(self.fields["units"] & 7, 1.0)
        sizes = np.array([*self.shape, 1, 1, 1][:3])
        pixdim = np.abs(np.array(self.fields["pixdim"][1:4], float)) * scale
        pixdim[(sizes == 1) & ~(pixdim > 0)] = 1.0  # one slice has no next one
        rows = np.array(self.fields["srow"], float).reshape(3, 4) * scale
        if self.fields["sform_code"] > 0 and _usable(rows):
            axes, origin = rows[:, :3].copy(), rows[:, 3]
            for axis in np.flatnonzero((np.linalg.norm(axes, axis=0) == 0) & (sizes == 1)):
                axes[:, axis] = np.cross(axes[:, (axis + 1) % 3], axes[:, (axis + 2) % 3])
            found = geometry_of_axes(_RAS_TO_LPS @ axes, _RAS_TO_LPS @ origin, self.path.name)
            return _with_note(found, pixdim, sizes)
        if not (np.isfinite(pixdim).all() and (pixdim > 0).all()):
            raise _without_size(self.path, pixdim)
        if self.fields["qform_code"] > 0:
            axes = _rotation(self.fields["quatern"], self.fields["pixdim"][0]) * pixdim
            origin = np.array(self.fields["qoffset"], float) * scale
            return geometry_of_axes(_RAS_TO_LPS @ axes, _RAS_TO_LPS @ origin, self.path.name)
        plain = geometry_of_axes(np.diag(pixdim), np.zeros(3), self.path.name)
        return plain.without_orientation().without_place()

    def non_finite(self) -> np.ndarray | None:
        """Where the file holds NaN or infinity, shape (..., z, y, x), or None where it holds none."""
        kind = self.fields["datatype"]
        if kind not in _FLOATS:
            return None
        values = np.frombuffer(self.content, self.order + _FLOATS[kind], self.voxels, self.data_start)
        bad = ~np.isfinite(values.reshape(self.shape[::-1]))
        return bad if bad.any() else None

    def voxels_alone(self) -> bytes:
        """A NIfTI-1 file of the same voxels without any geometry, which every reader reads."""
        fields = self.fields
        if max(self.shape) > 32767:
            raise InputError(f"{self.path} has {max(self.shape)} voxels along one axis; 32767 can be read.")
        header = bytearray(_HEADER_1)
        struct.pack_into(self.order + "i", header, 0, _HEADER_1)
        size = fields["dim"][0]
        stated = {
            "dim": (size, *self.shape, *[1] * (7 - size)),
            "datatype": (fields["datatype"],),
            "bitpix": (fields["bitpix"],),
            "pixdim": (1.0,) * 8,
            "vox_offset": (_DATA_START,),
            "scl": fields["scl"],
            "units": (2,),
        }
        try:
            for name, values in stated.items():
                struct.pack_into(self.order + _FIELDS[name][0], header, _FIELDS[name][1], *values)
        except (OverflowError, struct.error) as error:  # a scale beyond single precision
            raise _unreadable(self.path) from error
        header[344:348] = b"n+1\0"
        return bytes(header) + bytes(_DATA_START - _HEADER_1) + self.content[self.data_start :]


@contextmanager
def readable_file(file: NiftiFile) -> Iterator[Path]:
    """The file itself, or a copy of it in a folder of its own where the reader beneath could not read it as it is.

    That is NIfTI-2, and a file beside which another NIfTI file of the same stem lies.
    """
    path = file.path
    stem = path.name.lower().removesuffix(".gz").removesuffix(".nii")
    names = {
        f"{stem}{suffix}" for suffix in (".nii", ".nii.gz", ".hdr", ".img", ".hdr.gz", ".img.gz", ".nia")
    }
    beside = {p.name.lower() for p in path.parent.iterdir()} & names - {path.name.lower()}
    if file.version == 1 and not beside:
        yield path
    elif file.version == 1:
        with _in_own_folder(file.content) as copy:
            yield copy
    else:
        with voxels_without_geometry(file) as copy:
            yield copy


@contextmanager
def voxels_without_geometry(file: NiftiFile) -> Iterator[Path]:
    """A copy that lives as long as the context and holds the voxels alone."""
    with _in_own_folder(file.voxels_alone()) as copy:
        yield copy


@contextmanager
def _in_own_folder(content: bytes) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="onfh-") as folder:
        copy = Path(folder) / "image.nii"
        copy.write_bytes(content)
        yield copy


def _with_note(geometry: Geometry, pixdim: np.ndarray, sizes: np.ndarray) -> Geometry:
    """The geometry of the matrix, with a sentence where the header's other statement of the size is another one."""
    spacing = np.array(geometry.spacing)
    if np.allclose(pixdim[sizes > 1], spacing[sizes > 1], rtol=0.01):
        return geometry
    matrix, stated = (" x ".join(f"{v:g}" for v in np.round(one, 3)) for one in (spacing, pixdim))
    text = f"The header states voxels of {stated} mm beside a matrix of {matrix} mm; the matrix was taken."
    return replace(geometry, note=f"{geometry.note} {text}".strip())


def _usable(rows: np.ndarray) -> bool:
    return bool(np.isfinite(rows).all() and np.any(rows[:, :3]))


def _rotation(quatern: tuple[float, ...], qfac: float) -> np.ndarray:
    """Rotation matrix of the header's quaternion, third column turned over where ``qfac`` is negative."""
    b, c, d = (float(v) for v in quatern)
    length = b * b + c * c + d * d
    half_turn = length > 1.0 - _HALF_TURN
    if half_turn:
        b, c, d = (v / np.sqrt(length) for v in (b, c, d))
    a = 0.0 if half_turn else np.sqrt(1.0 - length)
    matrix = np.array(
        [
            [a * a + b * b - c * c - d * d, 2 * (b * c - a * d), 2 * (b * d + a * c)],
            [2 * (b * c + a * d), a * a + c * c - b * b - d * d, 2 * (c * d - a * b)],
            [2 * (b * d - a * c), 2 * (c * d + a * b), a * a + d * d - b * b - c * c],
        ]
    )
    return matrix * np.array([1.0, 1.0, -1.0 if qfac < 0 else 1.0])


def _without_size(path: Path, found: np.ndarray) -> InputError:
    sizes = " x ".join(f"{value:g}" for value in found)
    return InputError(
        f"{path} states voxels of {sizes} mm; lengths and volumes need their true size. Convert the image again from "
        "its source (dcm2niix keeps the size), or set the size in the header."
    )


def _unreadable(path: Path) -> InputError:
    return InputError(f"{path} cannot be read as a medical image; it is damaged or of another format.")


def _unpacked(path: Path) -> bytes:
    raw = path.read_bytes()
    if raw[:2] == b"\x1f\x8b":
        try:
            raw = gzip.decompress(raw)
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise InputError(f"{path} is truncated or damaged; copy it again from its source.") from error
    if len(raw) < _HEADER_1:
        raise _unreadable(path)
    return raw
