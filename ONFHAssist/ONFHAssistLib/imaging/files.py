"""Images as files: DICOM, NIfTI, NRRD and MetaImage in, NIfTI, NRRD and MetaImage out."""

from __future__ import annotations

import errno
import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import SimpleITK as sitk  # noqa: N813 - its documented short name

from ..core.atomic_files import atomic_file
from ..core.errors import InputError, is_out_of_memory
from .geometry import DEFAULT, NIFTI_SUFFIXES, PLACE, VOLUME_SUFFIXES, Geometry, facts_of_text_header, upright
from .image import IDENTITY, Image
from .nifti import NiftiFile, readable_file, voxels_without_geometry
from .radiograph import PICTURES, PIXEL_SPACING, read_picture, require_pixel_size, with_pixel_spacing
from .reader_beneath import quiet_reading, require_whole_voxels

_NIFTI_IDENTITY = (-1.0, 0.0, 0.0, 0.0, -1.0, 0.0, 0.0, 0.0, 1.0)  # its matrix is 1 in RAS


def read_image(
    path: str | os.PathLike,
    series_uid: str | None = None,
    *,
    echo: int | None = None,
    stack: int | None = None,
    spacing: float | None = None,
    lengths: bool = True,
) -> Image:
    """Read a NIfTI, NRRD or MetaImage file, a DICOM file or a folder that holds one DICOM series, a picture of a film.

    Args:
        path: file or folder.
        series_uid: which series of a folder, where it holds several.
        echo, stack: which echo or stack of a DICOM series, from 1, where it holds several.
        spacing: mm a pixel of a radiograph or picture (PNG, JPEG, TIFF, BMP) whose file states none.
        lengths: whether lengths will be measured, so that an image without pixel size is refused.

    Returns:
        The image; where its file leaves its orientation or place open, it says so (:mod:`.geometry`).

    Raises:
        InputError: missing, unreadable, truncated, ambiguous (several series, echoes or stacks), with an uneven gap
            between slices, without size of its voxels, with skewed axes, or of a kind that is not a scalar 2D or 3D
            image.
    """
    path = _existing(path)
    name = path.name.lower()
    if path.is_dir() or not name.endswith((*VOLUME_SUFFIXES, *PICTURES)):
        from .dicom import read_dicom

        image = read_dicom(path, series_uid, echo, stack)
    else:
        _require_no_choice(path, echo, stack)
        image = _read_file(path, name)
    if name.endswith(VOLUME_SUFFIXES) and not path.is_dir():
        image = _with_doubt(image)
    if spacing is not None:
        image = with_pixel_spacing(image, spacing, str(path))
    return require_pixel_size(image, str(path)) if lengths else image


def _existing(path: str | os.PathLike) -> Path:
    path = Path(path)
    try:
        found = path.exists()
    except (OSError, ValueError):  # longer than any file name, a zero byte
        found = False
    if not found:
        raise InputError(f"{path} does not exist.")
    return path


def _read_file(path: Path, name: str) -> Image:
    if name.endswith(PICTURES):
        return read_picture(path)
    return _read_nifti(path) if name.endswith(NIFTI_SUFFIXES) else _read_text_headed(path)


def _require_no_choice(path: Path, echo: int | None, stack: int | None) -> None:
    if echo is not None or stack is not None:
        raise InputError(f"{path} is no DICOM image; leave out the number of an echo or a stack.")


def geometry_facts_of(path: Path) -> dict[str, str]:
    """What the header of a NIfTI, NRRD or MetaImage file leaves open of its geometry, as facts of an image.

    Raises:
        InputError: damaged, or without size of its voxels.
        OSError: it cannot be opened.
    """
    name = path.name.lower()
    if name.endswith(NIFTI_SUFFIXES):
        return NiftiFile.header_of(path).geometry().facts()
    return facts_of_text_header(path) if name.endswith(VOLUME_SUFFIXES) else {}


def is_unset(direction: Sequence[float]) -> bool:
    """Whether axes run as programs set them that know nothing of the patient."""
    return any(bool(np.allclose(direction, plain, atol=1e-6)) for plain in (IDENTITY, _NIFTI_IDENTITY))


def is_plain(geometry: Geometry, slices: int) -> bool:
    """Whether it is what programs write that know nothing of the patient: 1 mm, axial, at 0."""
    plain = geometry.spacing == (1.0, 1.0, 1.0) and geometry.origin == (0.0, 0.0, 0.0)
    return plain and geometry.direction in (IDENTITY, _NIFTI_IDENTITY) and slices > 1


def _with_doubt(image: Image) -> Image:
    """The image, marked where it says what programs write that know nothing of the patient: 1 mm, axial, at 0."""
    plain = is_plain(Geometry(image.spacing, image.origin, image.direction), image.array.shape[0])
    if not plain or PLACE in image.metadata:
        return image
    return replace(image, metadata={**image.metadata, PLACE: DEFAULT})


def _read_nifti(path: Path) -> Image:
    file = NiftiFile.read(path)
    geometry = file.geometry()
    with readable_file(file) as readable:
        try:
            image = _scalar_image(readable, path)
        except InputError:
            if readable != path:
                raise
            with voxels_without_geometry(
                file
            ) as plain:  # axes a little askew, of which the reader wants nothing
                image = _scalar_image(plain, path)
    result = _with_geometry(sitk.GetArrayFromImage(image), image, geometry, path)
    bad = file.non_finite()
    if bad is not None:
        result.array[bad.reshape(result.array.shape)] = np.nan
    return result


def _with_geometry(array: np.ndarray, image: sitk.Image, geometry: Geometry, path: Path) -> Image:
    """The voxels in the file's own geometry; as the reader beneath gives it, to its last digit, where the two agree."""
    stated = Image(
        array[None] if array.ndim == 2 else array,
        geometry.spacing,
        geometry.origin,
        geometry.direction,
        {"source": path.name, **geometry.facts()},
    )
    try:
        read = Image.from_sitk(image, stated.metadata)
    except InputError:
        return stated
    return read if read.same_grid(stated) else stated


def _read_text_headed(path: Path) -> Image:
    """NRRD or MetaImage: their headers are text."""
    facts = facts_of_text_header(path)
    image = _scalar_image(path, path)
    require_whole_voxels(path)
    if image.GetDimension() == 3:
        matrix = np.asarray(image.GetDirection()).reshape(3, 3)
        image.SetDirection(upright(matrix, str(path)).ravel().tolist())
    return Image.from_sitk(image, {"source": path.name, **facts})


def _scalar_image(path: Path, shown: Path) -> sitk.Image:
    """What SimpleITK reads, if it is one 2D or 3D image of one value a voxel; ``shown`` is the path in messages."""
    reader = sitk.ImageFileReader()
    reader.SetFileName(str(path))
    try:
        with quiet_reading():
            reader.ReadImageInformation()
            dimension, components = reader.GetDimension(), reader.GetNumberOfComponents()
            image = reader.Execute() if dimension in (2, 3) and components == 1 else None
    except RuntimeError as error:
        if is_out_of_memory(error):
            raise MemoryError(str(error)) from error
        raise InputError(
            f"{shown} cannot be read as a medical image; it is damaged or of another format."
        ) from error
    if components > 1:
        raise InputError(
            f"{shown} has {components} values a voxel (a colour or vector image, or a segmentation whose segments "
            "overlap); a grey image is needed."
        )
    if image is None:
        raise InputError(f"{shown} has {dimension} dimensions; a single 2D or 3D image is needed.")
    return sitk.Cast(image, sitk.sitkFloat32) if image.GetPixelID() == sitk.sitkFloat64 else image


def read_mask(
    path: str | os.PathLike,
    grid: Image | None = None,
    layer: int | None = None,
    wanted: Sequence[int] = (),
    in_full: bool = False,
) -> Image:
    """Read a segmentation: a label image, 3D Slicer's .seg.nrrd, a DICOM segmentation (SEG) or contours (RTSTRUCT).

    Names of segments are obeyed: "Femoral head L" is label 2 whatever its value in the file (:mod:`.masks`).

    Args:
        path: file; a folder with one SEG or RTSTRUCT file will do.
        grid: the image that it belongs to. Outlines on its voxels, such as a cropped segmentation, are put there, and
            those on finer ones, of which its voxels are made, by their share (:mod:`.masks.fine`); contours need it.
        layer: which one of a file whose segments overlap, from 0; for files that do not name our segments.
        wanted: labels that will be used; a segment of that number is there as a whole, whatever overlaps it.
        in_full: finer outlines stay as fine as they are.

    Returns:
        Whole numbers; its ``notes`` fact holds sentences on names that were obeyed or left out.

    Raises:
        InputError: as :func:`read_image`, NaN or fractions among the labels, segments that overlap and are none of
            ours, contours without ``grid`` or in another plane.
    """
    from .masks.fine import fine_labels, on_image
    from .masks.placing import placed_on
    from .masks.reading import read_segments

    path = _existing(path)
    labels = read_segments(path, grid, layer, tuple(wanted))
    if labels is None:
        labels = _read_label_image(path, grid)
        if layer:
            raise InputError(f"{path} has one layer; label_channel {layer} is not among them.")
    if grid is None:
        return labels
    placed = placed_on(labels, grid)
    fine = None if placed.same_grid(grid) else fine_labels(placed, grid)
    if fine is None:
        return placed
    return fine if in_full else on_image(fine, grid)


def _read_label_image(path: Path, grid: Image | None) -> Image:
    if path.name.lower().endswith((".jpg", ".jpeg")):
        raise InputError(
            f"{path} is a JPEG, which changes values; a mask needs exact labels, save it as PNG."
        )
    mask = read_image(path, lengths=False)
    if grid is not None and mask.metadata.get(PIXEL_SPACING) and mask.array.shape == grid.array.shape:
        mask = replace(grid, array=mask.array, metadata=mask.metadata)  # a picture of labels
    if mask.array.dtype.kind != "f":
        return mask
    if not np.isfinite(mask.array).all():
        raise InputError(f"{path} holds NaN or infinite values; a mask needs whole-number labels.")
    labels = np.round(mask.array)
    if np.abs(labels - mask.array).max() > 1e-4:
        raise InputError(
            f"{path} holds fractions such as {mask.array.max():.4g}; a mask needs whole-number labels."
        )
    if np.abs(labels).max() > np.iinfo(np.int32).max:
        raise InputError(f"{path} holds values up to {labels.max():.4g}, which are no labels of a mask.")
    return mask.like(labels.astype(np.int32))


def write_image(image: Image, path: str | os.PathLike) -> Path:
    """Write NIfTI or NRRD by the suffix of ``path``; the file appears only when it is whole.

    Raises:
        InputError: an unknown suffix, a disk that is full (the writer beneath does not always notice), or values that
            do not come back as they were.
    """
    path = Path(path)
    suffix = next((s for s in (".nii.gz", ".nii", ".nrrd", ".mha") if path.name.lower().endswith(s)), None)
    if suffix is None:
        raise InputError(f"{path} should end in .nii, .nii.gz, .nrrd or .mha.")
    with atomic_file(path, suffix) as part:
        sitk.WriteImage(image.to_sitk(), str(part), useCompression=suffix != ".nii")
        try:  # the writer does not say that a disk is full, and may leave no image at all
            written = read_image(part).array
        except InputError:
            full = OSError(errno.ENOSPC, "No space left on device")
            raise InputError(f"{path} could not be written whole; is the disk full?") from full
        if not _same_values(written, image.array):
            raise InputError(
                f"{path} does not hold the values that were written; choose another format or folder."
            )
    return path


def _same_values(first: np.ndarray, second: np.ndarray) -> bool:
    """Equal where finite, and not finite in the same places (formats do not tell NaN from infinity)."""
    finite = np.isfinite(second)
    return bool(np.array_equal(finite, np.isfinite(first)) and np.array_equal(first[finite], second[finite]))
