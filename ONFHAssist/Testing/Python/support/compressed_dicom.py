"""Compressed DICOM for tests: frames in the transfer syntaxes of hospitals, written without a file in the repository."""

from __future__ import annotations

import copy
import struct
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pydicom
import SimpleITK as sitk  # noqa: N813 - its documented short name
from pydicom.dataset import Dataset
from pydicom.encaps import encapsulate, generate_frames
from pydicom.pixels import get_encoder
from pydicom.uid import (
    UID,
    JPEG2000Lossless,
    JPEGExtended12Bit,
    JPEGLossless,
    JPEGLosslessSV1,
    JPEGLSLossless,
    RLELossless,
)

LOSSLESS = (JPEGLossless, JPEGLosslessSV1, JPEGLSLossless, JPEG2000Lossless, RLELossless)
BY_GDCM = {JPEGLossless: "JPEG", JPEGLosslessSV1: "JPEG", JPEG2000Lossless: "JPEG2000"}


def compressed(dataset: Dataset, syntax: UID) -> Dataset:
    """A copy of an uncompressed dataset of one or more frames in another transfer syntax."""
    frames = dataset.pixel_array.reshape(-1, dataset.Rows, dataset.Columns)
    if syntax in BY_GDCM:
        parts = [_by_gdcm(frame, BY_GDCM[syntax]) for frame in frames]
    elif syntax == JPEGExtended12Bit:
        parts = [jpeg_of_blocks(frame) for frame in frames]
    else:
        encoder = get_encoder(syntax)
        facts = {
            "rows": dataset.Rows,
            "columns": dataset.Columns,
            "number_of_frames": 1,
            "samples_per_pixel": 1,
            "photometric_interpretation": "MONOCHROME2",
            "bits_allocated": dataset.BitsAllocated,
            "bits_stored": dataset.BitsStored,
            "pixel_representation": dataset.PixelRepresentation,
        }
        parts = [encoder.encode(frame, index=None, **facts) for frame in frames]
    return with_frames(dataset, syntax, parts)


def with_frames(dataset: Dataset, syntax: UID, parts: Sequence[bytes]) -> Dataset:
    """A copy of ``dataset`` with these encoded frames."""
    result = copy.deepcopy(dataset)
    result.file_meta.TransferSyntaxUID = syntax
    result.PixelData = encapsulate(list(parts))
    result["PixelData"].VR = "OB"
    result["PixelData"].is_undefined_length = True
    return result


def _by_gdcm(frame: np.ndarray, compressor: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "frame.dcm")
        writer = sitk.ImageFileWriter()
        writer.SetImageIO("GDCMImageIO")
        writer.UseCompressionOn()
        writer.SetCompressor(compressor)
        writer.SetFileName(path)
        writer.Execute(sitk.GetImageFromArray(frame[None]))
        return next(generate_frames(pydicom.dcmread(path).PixelData, number_of_frames=1))


def jpeg_of_blocks(frame: np.ndarray) -> bytes:
    """A 12-bit sequential JPEG (process 4) of an image whose 8 x 8 blocks are each of one value, 0 to 4095.

    Such blocks have no coefficient but the mean, so that with steps of 1 the values come back exactly (ITU-T T.81).
    """
    rows, columns = frame.shape
    categories = range(16)
    segments = [
        (0xDB, b"\0" + bytes([1] * 64)),
        (0xC1, struct.pack(">BHHB", 12, rows, columns, 1) + bytes([1, 0x11, 0])),
        (
            0xC4,
            b"\0" + bytes([0, 0, 0, 0, 16, *[0] * 11]) + bytes(categories),
        ),  # means: 16 codes of five bits
        (0xC4, b"\x10" + bytes([1, *[0] * 15]) + b"\0"),  # the rest: one code of one bit, "end of block"
        (0xDA, bytes([1, 1, 0, 0, 63, 0])),
    ]
    bits, before = "", 0
    for value in frame[::8, ::8].ravel().tolist():
        mean = 8 * (value - 2048)
        step, before = mean - before, mean
        size = abs(step).bit_length()
        bits += f"{size:05b}"
        bits += f"{step if step > 0 else step + (1 << size) - 1:0{size}b}" if size else ""
        bits += "0"
    bits += "1" * (-len(bits) % 8)
    scan = int(bits, 2).to_bytes(len(bits) // 8, "big").replace(b"\xff", b"\xff\0")
    head = b"".join(
        b"\xff" + bytes([mark]) + struct.pack(">H", len(body) + 2) + body for mark, body in segments
    )
    stream = b"\xff\xd8" + head + scan + b"\xff\xd9"
    return stream + b"\0" * (len(stream) % 2)
