"""Stored pixel values of a DICOM file, compressed or not.

pydicom decodes what its environment has a decoder for; Slicer's has few. What is left (JPEG lossless, JPEG of 12 bits,
there JPEG-LS and JPEG 2000 too) is decoded by GDCM, which SimpleITK contains (BSD licence). GDCM is given the pixels in a
file of their own, since from the whole file SimpleITK would rescale and reorder the frames by rules of its own.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
import pydicom
import SimpleITK as sitk  # noqa: N813 - its documented short name
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.encaps import encapsulate, generate_frames
from pydicom.pixels import get_decoder, pixel_array
from pydicom.uid import (
    JPEG2000,
    UID,
    DeflatedExplicitVRLittleEndian,
    ExplicitVRBigEndian,
    ExplicitVRLittleEndian,
    ImplicitVRLittleEndian,
    JPEG2000Lossless,
    JPEGLSTransferSyntaxes,
    JPEGTransferSyntaxes,
    MultiFrameGrayscaleWordSecondaryCaptureImageStorage,
    generate_uid,
)

from ...core.errors import InputError, is_out_of_memory
from ..reader_beneath import quiet_reading
from .numbers import UNREADABLE, name_of, needed_count, value_of, words

_GDCM_READS = frozenset([*JPEGTransferSyntaxes, *JPEGLSTransferSyntaxes, JPEG2000Lossless, JPEG2000])
_UNCOMPRESSED = frozenset(
    [ImplicitVRLittleEndian, ExplicitVRLittleEndian, ExplicitVRBigEndian, DeflatedExplicitVRLittleEndian]
)
_UNDECODABLE = (*UNREADABLE, RuntimeError)
_CARRIER_CLASS = MultiFrameGrayscaleWordSecondaryCaptureImageStorage  # pixels and little else
_DESCRIPTION = ("Rows", "Columns", "BitsAllocated", "BitsStored", "PixelRepresentation")
_SMALL = 1 << 26  # bytes of a file, for whose pixels any machine has the memory
_REMEDY = (
    "export the series again uncompressed (Explicit VR Little Endian), or convert it with GDCM's gdcmconv "
    "or DCMTK's dcmdjpeg"
)
_NEEDS_PACKAGE = {"1.2.840.10008.1.2.4.20": "pylibjpeg with pylibjpeg-openjpeg"}  # High-Throughput JPEG 2000


def read_pixels(file: Path, dataset: Dataset) -> np.ndarray:
    """Stored values, shape (rows, columns) or (frames, rows, columns), an integer or float type in native byte order.

    Args:
        dataset: the header of ``file``.

    Raises:
        InputError: truncated, without what describes the pixels, or in a transfer syntax that nothing here decodes.
    """
    syntax = _syntax(dataset)
    if syntax is not None:
        _require_decoder(file, syntax)
    try:
        if syntax is not None and syntax.is_encapsulated:
            values = _decode(file, dataset, syntax)
        else:
            values = _read_native(file, dataset, syntax)
    except MemoryError:
        if file.stat().st_size > _SMALL:
            raise
        raise _damaged(file, dataset, "") from None  # a length of gigabytes in a file of a slice
    return values if values.dtype.isnative else values.astype(values.dtype.newbyteorder("="))


def decode_by_gdcm(file: Path, dataset: Dataset) -> np.ndarray:
    """The values of a file in one of the JPEG syntaxes, as GDCM decodes them; arguments as :func:`read_pixels`."""
    whole = pydicom.dcmread(file, force=True)
    frames = needed_count(dataset, "NumberOfFrames", file, 1)
    carrier = _carrier(whole, frames, _syntax(dataset) or UID(ImplicitVRLittleEndian))
    with tempfile.TemporaryDirectory(prefix="onfh-") as folder:
        path = Path(folder) / "pixels.dcm"
        carrier.save_as(path, enforce_file_format=True)
        reader = sitk.ImageFileReader()
        reader.SetImageIO("GDCMImageIO")
        reader.SetFileName(str(path))
        with quiet_reading():
            values = sitk.GetArrayFromImage(reader.Execute())
    shape: tuple[int, ...] = (frames, int(whole.Rows), int(whole.Columns))
    if carrier.SamplesPerPixel > 1:
        shape += (carrier.SamplesPerPixel,)
    if values.size != np.prod(shape):
        raise ValueError(f"{values.shape} decoded where {shape} is stated")
    values = values.reshape(shape)
    wanted = np.dtype(f"{'i' if whole.PixelRepresentation else 'u'}{int(whole.BitsAllocated) // 8}")
    if not np.can_cast(values.dtype, wanted):
        values = values.astype(wanted)
    return values[0] if frames == 1 else values


def _carrier(whole: Dataset, frames: int, syntax: UID) -> Dataset:
    """A file that holds the compressed frames and their description, and nothing of the patient."""
    carrier = Dataset()
    carrier.file_meta = FileMetaDataset()
    carrier.file_meta.TransferSyntaxUID = syntax
    carrier.file_meta.MediaStorageSOPClassUID = carrier.SOPClassUID = _CARRIER_CLASS
    carrier.file_meta.MediaStorageSOPInstanceUID = carrier.SOPInstanceUID = generate_uid()
    carrier.SeriesInstanceUID, carrier.StudyInstanceUID = generate_uid(), generate_uid()
    carrier.Modality, carrier.NumberOfFrames = "OT", frames
    carrier.SamplesPerPixel, carrier.PhotometricInterpretation = 1, "MONOCHROME2"
    if (samples := int(whole.get("SamplesPerPixel") or 1)) > 1:  # a grey film that is stored in colour
        carrier.SamplesPerPixel, carrier.PlanarConfiguration = (
            samples,
            int(whole.get("PlanarConfiguration") or 0),
        )
        carrier.PhotometricInterpretation = whole.PhotometricInterpretation
    for keyword in _DESCRIPTION:
        setattr(carrier, keyword, int(whole[keyword].value))
    carrier.HighBit = carrier.BitsStored - 1
    parts = list(generate_frames(whole.PixelData, number_of_frames=frames))
    carrier.PixelData = encapsulate(parts)
    carrier["PixelData"].VR = "OB"
    carrier["PixelData"].is_undefined_length = True
    return carrier


def _decode(file: Path, dataset: Dataset, syntax: UID) -> np.ndarray:
    if get_decoder(syntax).is_available:
        try:
            return pixel_array(file)
        except _UNDECODABLE as error:
            if is_out_of_memory(error):
                raise MemoryError(str(error)) from error
            if syntax not in _GDCM_READS:
                raise _damaged(file, dataset, f"they are compressed as {syntax.name}") from error
    try:
        return decode_by_gdcm(file, dataset)
    except InputError:
        raise
    except _UNDECODABLE as error:
        if is_out_of_memory(error):
            raise MemoryError(str(error)) from error
        raise _damaged(file, dataset, f"they are compressed as {syntax.name}") from error


def _read_native(file: Path, header: Dataset, syntax: UID | None) -> np.ndarray:
    try:
        if syntax is not None:
            return pixel_array(file)
        dataset = pydicom.dcmread(file, force=True)
        if dataset["PixelData"].is_undefined_length:
            raise InputError(
                f"The pixels of {file} are compressed, and its header does not say how (no Transfer Syntax UID); "
                f"{_REMEDY}."
            )
        implicit, little = dataset.original_encoding
        dataset.file_meta = FileMetaDataset()
        dataset.file_meta.TransferSyntaxUID = (
            ExplicitVRBigEndian
            if not little
            else ImplicitVRLittleEndian
            if implicit
            else ExplicitVRLittleEndian
        )
        return dataset.pixel_array
    except InputError:
        raise
    except _UNDECODABLE as error:
        if is_out_of_memory(error):
            raise MemoryError(str(error)) from error
        raise _damaged(file, header, "") from error


def _require_description(file: Path, dataset: Dataset) -> None:
    """The numbers without which bytes are no pixels."""
    for keyword in ("Rows", "Columns", "BitsAllocated"):
        needed_count(dataset, keyword, file)
    for keyword in ("BitsStored", "HighBit", "PixelRepresentation"):
        if keyword in dataset and not isinstance(value_of(dataset, keyword), int):
            shown = words(dataset, keyword)
            raise InputError(f"{file}: {name_of(keyword)} is '{shown}'; a whole number is needed.")


def _require_decoder(file: Path, syntax: UID) -> None:
    """Refuse a transfer syntax that nothing here decodes, by name and with the remedy."""
    if syntax in _GDCM_READS or syntax in _UNCOMPRESSED:
        return
    if syntax.is_private or not syntax.is_transfer_syntax:
        raise InputError(f"{file} is stored in the unknown transfer syntax {syntax}; {_REMEDY}.")
    if any(word in syntax.name for word in ("MPEG", "HEVC")):
        raise InputError(f"{file} is a video ({syntax.name}), no image.")
    try:
        available = get_decoder(syntax).is_available
    except NotImplementedError:
        available = False
    if not available:
        package = next((name for start, name in _NEEDS_PACKAGE.items() if syntax.startswith(start)), "")
        install = f"install {package}, or " if package else ""
        raise InputError(
            f"The pixels of {file} are compressed as {syntax.name} ({syntax}), for which there is no decoder here; "
            f"{install}{_REMEDY}."
        )


def _syntax(dataset: Dataset) -> UID | None:
    meta = getattr(dataset, "file_meta", None) or Dataset()
    stated = words(meta, "TransferSyntaxUID")
    return UID(stated) if stated else None


def _damaged(file: Path, dataset: Dataset, compression: str) -> InputError:
    """Why the pixels cannot be read: a number that describes them, if one is at fault, else the file as a whole."""
    try:
        _require_description(file, dataset)
    except InputError as error:
        return error
    how = f"; {compression}" if compression else ""
    return InputError(
        f"The pixels of {file} cannot be read; the file is truncated or damaged{how}. Copy it again from its source."
    )
