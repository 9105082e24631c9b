"""What SimpleITK's readers pass over in silence, and what the libraries in them write to the console instead.

MetaIO and the reader of NRRD give an image also where compressed voxels cannot be unpacked, and say so to the console at
most. NIfTI is looked at in :mod:`.nifti`.
"""

from __future__ import annotations

import os
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import SimpleITK as sitk  # noqa: N813 - its documented short name

from ..core.errors import InputError
from .geometry import metaimage_header, nrrd_fields

_CHUNK = 1 << 20
_ANY_HEADER = zlib.MAX_WBITS | 32  # of zlib or gzip
_META_BYTES = {"CHAR": 1, "UCHAR": 1, "SHORT": 2, "USHORT": 2, "INT": 4, "UINT": 4, "FLOAT": 4, "DOUBLE": 8}


def require_whole_voxels(path: Path) -> None:
    """Refuse an NRRD or MetaImage file whose compressed voxels are damaged, cut, or fewer than its header says.

    Raises:
        InputError: so.
    """
    content = path.read_bytes()
    is_nrrd = path.name.lower().endswith((".nrrd", ".nhdr"))
    found = _packed_in_nrrd(content) if is_nrrd else _packed_in_metaimage(path, content)
    if found is None:
        return
    packed, wanted = found
    size = _unpacked_size(packed)
    if size is None or (wanted is not None and size != wanted):
        raise InputError(
            f"The voxels of {path} are damaged or cut: they cannot be unpacked to what its header states; copy the file "
            "again from its source."
        )


def _packed_in_nrrd(content: bytes) -> tuple[bytes, int | None] | None:
    """The compressed voxels and, where the header leaves no doubt, their size unpacked; None where none are in it."""
    fields = nrrd_fields(content)
    elsewhere = {"data file", "datafile", "line skip", "lineskip", "byte skip", "byteskip"} & set(fields)
    if elsewhere or fields.get("encoding", "").lower() not in ("gzip", "gz"):
        return None
    start = min(
        (content.find(gap) + len(gap) for gap in (b"\n\n", b"\r\n\r\n") if gap in content), default=None
    )
    return None if start is None else (content[start:], None)


def _packed_in_metaimage(path: Path, content: bytes) -> tuple[bytes, int | None] | None:
    fields, start = metaimage_header(content)
    if fields.get("compresseddata", "").lower()[:1] not in ("t", "1"):
        return None
    packed = content[start:]
    if fields.get("elementdatafile", "").upper() != "LOCAL":
        beside = path.parent / fields.get("elementdatafile", "")
        if not beside.is_file():
            return None  # a list or a pattern of names, or missing, which the reader says
        packed = beside.read_bytes()
    try:
        packed = packed[: int(fields.get("compresseddatasize", len(packed)))]
        voxels = int(fields.get("elementnumberofchannels", 1))
        for count in fields.get("dimsize", "").split():
            voxels *= int(count)
    except ValueError:
        return b"", None  # a header whose numbers are none
    bytes_each = _META_BYTES.get(fields.get("elementtype", "").upper().removeprefix("MET_"))
    return packed, None if bytes_each is None else voxels * bytes_each


def _unpacked_size(packed: bytes) -> int | None:
    """Bytes that come out; None where the stream is damaged or ends early."""
    stream, size, rest = zlib.decompressobj(_ANY_HEADER), 0, packed
    try:
        while not stream.eof:
            part = stream.decompress(rest, _CHUNK)
            if not part and not stream.unconsumed_tail and not stream.eof:
                return None
            size, rest = size + len(part), stream.unconsumed_tail
    except zlib.error:
        return None
    return size


@contextmanager
def quiet_reading() -> Iterator[None]:
    """Without ITK's warnings, such as of two sizes in one header, and what MetaIO, VNL and GDCM write themselves.

    What concerns the user is said in our words.
    """
    before = sitk.ProcessObject.GetGlobalWarningDisplay()
    sitk.ProcessObject.SetGlobalWarningDisplay(False)
    try:
        with _silenced():
            yield
    finally:
        sitk.ProcessObject.SetGlobalWarningDisplay(before)


@contextmanager
def _silenced() -> Iterator[None]:
    """Without the standard error of the process, into which the libraries write past Python."""
    try:
        kept = os.dup(2)
    except OSError:  # a program without a console has none
        yield
        return
    try:
        if sys.stderr is not None:
            sys.stderr.flush()
        with Path(os.devnull).open("wb") as nowhere:
            os.dup2(nowhere.fileno(), 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
