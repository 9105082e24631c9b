"""Images as files: DICOM, NIfTI, NRRD and MetaImage in, NIfTI, NRRD and MetaImage out."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import SimpleITK as sitk  # noqa: N813 - its documented short name

from ..core.atomic_files import atomic_file
from ..core.errors import InputError, is_out_of_memory
from .image import Image
from .nifti import isolated_file, non_finite_mask

VOLUME_SUFFIXES = (".nii", ".nii.gz", ".nrrd", ".nhdr", ".mha", ".mhd")


def read_image(
    path: str | os.PathLike,
    series_uid: str | None = None,
    echo: int | None = None,
    stack: int | None = None,
) -> Image:
    """Read a NIfTI or NRRD file, a DICOM file or a folder that holds one DICOM series.

    Args:
        path: file or folder.
        series_uid: which series of a folder, where it holds several.
        echo, stack: which echo or stack of a DICOM series, from 1, where it holds several.

    Raises:
        InputError: missing, unreadable, truncated, ambiguous (several series, echoes or stacks), with an uneven gap
            between slices, or of a kind that is not a scalar 2D or 3D image.
    """
    path = Path(path)
    if not path.exists():
        raise InputError(f"{path} does not exist.")
    if path.is_dir() or not path.name.lower().endswith(VOLUME_SUFFIXES):
        from .dicom import read_dicom

        return read_dicom(path, series_uid, echo, stack)
    _require_no_choice(path, echo, stack)
    with isolated_file(path) as file:
        reader = sitk.ImageFileReader()
        reader.SetFileName(str(file))
        try:
            reader.ReadImageInformation()
            dimension, components = reader.GetDimension(), reader.GetNumberOfComponents()
            image = reader.Execute() if dimension in (2, 3) and components == 1 else None
        except RuntimeError as error:
            if is_out_of_memory(error):
                raise MemoryError(str(error)) from error
            raise InputError(
                f"{path} cannot be read as a medical image; it is damaged or of another format."
            ) from error
    if components > 1:
        raise InputError(
            f"{path} has {components} values a voxel (a colour or vector image); a grey image is needed."
        )
    if image is None:
        raise InputError(f"{path} has {dimension} dimensions; a single 2D or 3D image is needed.")
    if image.GetPixelID() == sitk.sitkFloat64:
        image = sitk.Cast(image, sitk.sitkFloat32)
    result = Image.from_sitk(image, {"source": path.name})
    if path.name.lower().endswith((".nii", ".nii.gz")):
        bad = non_finite_mask(path)
        if bad is not None:
            result.array[bad.reshape(result.array.shape)] = np.nan
    return result


def _require_no_choice(path: Path, echo: int | None, stack: int | None) -> None:
    if echo is not None or stack is not None:
        raise InputError(f"{path} is no DICOM image; leave out the number of an echo or a stack.")


def read_mask(path: str | os.PathLike) -> Image:
    """Read a label image; its values must be whole numbers.

    Raises:
        InputError: as :func:`read_image`, or with NaN or fractions among the labels.
    """
    mask = read_image(path)
    if mask.array.dtype.kind == "f":
        if not np.isfinite(mask.array).all():
            raise InputError(f"{path} holds NaN or infinite values; a mask needs whole-number labels.")
        labels = np.round(mask.array)
        if np.abs(labels - mask.array).max() > 1e-4:
            raise InputError(
                f"{path} holds fractions such as {mask.array.max():.4g}; a mask needs whole-number labels."
            )
        mask = mask.like(labels.astype(np.int32))
    return mask


def write_image(image: Image, path: str | os.PathLike) -> Path:
    """Write NIfTI or NRRD by the suffix of ``path``; the file appears only when it is whole.

    Raises:
        InputError: an unknown suffix, or a disk that is full (the writer beneath does not always notice).
    """
    path = Path(path)
    suffix = next((s for s in (".nii.gz", ".nii", ".nrrd", ".mha") if path.name.lower().endswith(s)), None)
    if suffix is None:
        raise InputError(f"{path} should end in .nii, .nii.gz, .nrrd or .mha.")
    with atomic_file(path, suffix) as part:
        sitk.WriteImage(image.to_sitk(), str(part), useCompression=suffix != ".nii")
        if not _same_values(read_image(part).array, image.array):
            raise InputError(f"{path} could not be written whole; is the disk full?")
    return path


def _same_values(first: np.ndarray, second: np.ndarray) -> bool:
    """Equal where finite, and not finite in the same places (formats do not tell NaN from infinity)."""
    finite = np.isfinite(second)
    return bool(np.array_equal(finite, np.isfinite(first)) and np.array_equal(first[finite], second[finite]))
