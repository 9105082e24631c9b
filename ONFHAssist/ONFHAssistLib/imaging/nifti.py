"""What the NIfTI reader beneath SimpleITK keeps to itself.

It fills a truncated file with zeros, turns NaN into 0, and takes the voxels of ``a.nii`` for ``a.nii.gz`` where both lie
in one folder. Each would change an image without a word, so the raw values are looked at once more (NIfTI-1 and -2
headers, nifti.nimh.nih.gov; single files, plain or gzipped), and a file with a namesake is read from a copy.
"""

from __future__ import annotations

import gzip
import shutil
import struct
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from ..core.errors import InputError

_HEADER_1, _HEADER_2 = 348, 540  # sizes of the headers, which tell version and byte order
_FLOATS = {16: "f4", 64: "f8"}
_BYTES = {2: 1, 4: 2, 8: 4, 16: 4, 64: 8, 256: 1, 512: 2, 768: 4, 1024: 8, 1280: 8}


@contextmanager
def isolated_file(path: Path) -> Iterator[Path]:
    """``path``, or a copy of it in a folder of its own where another NIfTI file of the same stem lies beside it."""
    stem = path.name.lower().removesuffix(".gz").removesuffix(".nii")
    if stem == path.name.lower():  # no NIfTI file
        yield path
        return
    names = {
        f"{stem}{suffix}" for suffix in (".nii", ".nii.gz", ".hdr", ".img", ".hdr.gz", ".img.gz", ".nia")
    }
    beside = {p.name.lower() for p in path.parent.iterdir()} & names - {path.name.lower()}
    if not beside:
        yield path
        return
    with tempfile.TemporaryDirectory(prefix="onfh-") as folder:
        yield Path(shutil.copy(path, folder))


def non_finite_mask(path: Path) -> np.ndarray | None:
    """Where the file holds NaN or infinity, shape (z, y, x), or None where it holds none.

    Raises:
        InputError: the file ends before its last voxel.
    """
    content = _content(path)
    order = "<" if struct.unpack("<i", content[:4])[0] in (_HEADER_1, _HEADER_2) else ">"
    if struct.unpack(order + "i", content[:4])[0] == _HEADER_1:
        dimensions = struct.unpack(order + "8h", content[40:56])
        kind = struct.unpack(order + "h", content[70:72])[0]
        start = int(struct.unpack(order + "f", content[108:112])[0])
    else:
        dimensions = struct.unpack(order + "8q", content[16:80])
        kind = struct.unpack(order + "h", content[12:14])[0]
        start = struct.unpack(order + "q", content[168:176])[0]
    shape = [max(1, n) for n in dimensions[1 : 1 + dimensions[0]]]
    count = int(np.prod(shape, dtype=np.int64))
    if kind in _BYTES and len(content) < start + count * _BYTES[kind]:
        raise InputError(
            f"{path} is truncated: it ends before its last voxel; copy it again from its source."
        )
    if kind not in _FLOATS:
        return None
    values = np.frombuffer(content, order + _FLOATS[kind], count, start).reshape(shape[::-1])
    bad = ~np.isfinite(values)
    return bad if bad.any() else None


def _content(path: Path) -> bytes:
    raw = path.read_bytes()
    if raw[:2] != b"\x1f\x8b":
        return raw
    try:
        return gzip.decompress(raw)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise InputError(f"{path} is truncated or damaged; copy it again from its source.") from error
