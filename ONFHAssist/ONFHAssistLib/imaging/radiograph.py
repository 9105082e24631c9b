"""What is special about a single projection: which images are one, the lengths on its detector, pictures of films.

The meaning of a pixel spacing follows DICOM PS3.3 10.7.1.3: equal to the detector's and without a type of calibration it
is the detector's; different, or with a type, it was brought into the plane of the patient.
"""

from __future__ import annotations

import struct
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import SimpleITK as sitk  # noqa: N813 - its documented short name

from ..core.errors import InputError
from .image import Image

if TYPE_CHECKING:
    from pydicom.dataset import Dataset

RADIOGRAPHS = ("DX", "CR", "RG")  # DICOM modalities
MAGNIFICATIONS = (1.0, 2.0)
PICTURES = (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp")
PIXEL_SPACING = "pixel_spacing"  # a fact of the image, one of:
CALIBRATED, DETECTOR, CORRECTED = "calibrated", "detector", "detector, corrected for magnification"
UNPROVEN = "stated without calibration"  # nothing says whether it is the detector's
GIVEN = "given by the user"
MISSING = "none"  # good for deep features, not for lengths
MAY_BE_MAGNIFIED = (DETECTOR, UNPROVEN, GIVEN)
_SPACINGS_MM = (0.01, 5.0)
_EQUAL = 1e-3  # two spacings, relative
_AS_ON_SCREEN = (1.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, -1.0, 0.0)  # columns run to the left, rows to the feet
_ORIENTATION, _PHOTOMETRIC, _WHITE_IS_ZERO, _SHORT = 0x0112, 0x0106, 0, 3  # TIFF 6.0
_JPEG_HEADER_BYTES = 1 << 17
_GREY_LEVELS = 3 / 255  # by which the colours of a grey picture may differ after JPEG


def is_radiograph(image: Image) -> bool:
    """Whether ``image`` is a single projection of modality DX, CR or RG; a slice of unknown origin is none."""
    return image.array.shape[0] == 1 and image.metadata.get("modality") in RADIOGRAPHS


def corrected_for_magnification(image: Image, magnification: float) -> Image:
    """The radiograph with pixel spacing in the plane of the hips, where its header gives that of the detector.

    Args:
        image: as :func:`.image.read_image` gives it.
        magnification: distance source to detector over distance source to hip, 1 to 2.

    Raises:
        InputError: no radiograph, another magnification, or a header whose spacing is corrected already.
    """
    if not is_radiograph(image):
        raise InputError(
            "A magnification belongs to a radiograph (DX, CR or RG); leave it out for other images."
        )
    low, high = MAGNIFICATIONS
    if not low <= magnification <= high:
        raise InputError(f"A magnification of {magnification:g} is given; {low:g} to {high:g} is accepted.")
    stated = image.metadata.get(PIXEL_SPACING)
    if stated not in MAY_BE_MAGNIFIED:
        raise InputError(
            f"The header states a pixel spacing that is {stated or 'not of the detector'}; "
            "leave the magnification out, or lengths would be corrected twice."
        )
    x, y, z = image.spacing
    facts = {PIXEL_SPACING: CORRECTED, "magnification": f"{magnification:g}"}
    return replace(
        image, spacing=(x / magnification, y / magnification, z), metadata={**image.metadata, **facts}
    )


def radiograph_sentences(image: Image) -> list[str]:
    """What the header of a radiograph leaves open; empty for other images."""
    if not is_radiograph(image):
        return []
    doubts = []
    if image.metadata.get("orientation") == "assumed":
        doubts.append(
            "The header states no patient orientation; the usual display was assumed (patient's right on the left of "
            "the film), please check the side."
        )
    spacing = image.metadata.get(PIXEL_SPACING)
    if spacing == DETECTOR:
        doubts.append(
            "The pixel spacing is the detector's: lengths are larger than in the patient by the magnification, "
            "usually 10 to 20%, unless the magnification is given."
        )
    if spacing == UNPROVEN:
        doubts.append(
            "The header states a pixel spacing and not whether it is the detector's or calibrated: if it is the "
            "detector's, lengths are 10 to 20% too large unless the magnification is given."
        )
    return doubts


# pixel spacing -----------------------------------------------------------------------------------------------


def pixel_spacing_of(dataset: Dataset) -> tuple[tuple[float, float], str]:
    """Pixel spacing (along a row, along a column) in mm and what it is; 1 mm and :data:`MISSING` where there is none.

    Values that are empty, zero or no numbers count as absent.
    """
    from .series.numbers import number, words  # pydicom, which radiographs without a header do not need

    stated, detector = _spacing(dataset, "PixelSpacing"), _spacing(dataset, "ImagerPixelSpacing")
    detector = detector or _spacing(dataset, "NominalScannedPixelSpacing")
    calibration = words(dataset, "PixelSpacingCalibrationType")
    if stated is not None and (calibration or (detector is not None and not _are_equal(stated, detector))):
        return stated, CALIBRATED
    if detector is None:
        return ((1.0, 1.0), MISSING) if stated is None else (stated, UNPROVEN)
    magnification = number(dataset, "EstimatedRadiographicMagnificationFactor")
    if magnification is None or not MAGNIFICATIONS[0] < magnification <= MAGNIFICATIONS[1]:
        return detector, DETECTOR
    return (detector[0] / magnification, detector[1] / magnification), CORRECTED


def _spacing(dataset: Dataset, name: str) -> tuple[float, float] | None:
    """(along a row, along a column), while DICOM gives the distance between rows first; None where it is no spacing."""
    from .series.numbers import words

    numbers = [_number(part) for part in words(dataset, name).split("\\")]
    if len(numbers) != 2 or numbers[0] is None or numbers[1] is None or min(numbers[0], numbers[1]) <= 0:
        return None
    return numbers[1], numbers[0]


def _number(value: Any) -> float | None:
    try:
        found = float(value)
    except (TypeError, ValueError):
        return None
    return found if np.isfinite(found) else None


def _are_equal(first: tuple[float, float], second: tuple[float, float]) -> bool:
    return all(abs(a - b) <= _EQUAL * b for a, b in zip(first, second, strict=True))


def with_pixel_spacing(image: Image, spacing: float, name: str) -> Image:
    """A picture or radiograph whose file states no pixel spacing, with the one that the user states (mm).

    Raises:
        InputError: the file ``name`` states its spacing, or the value is none of a radiograph.
    """
    low, high = _SPACINGS_MM
    if not low <= spacing <= high:
        raise InputError(f"A spacing of {spacing:g} mm a pixel is given; {low:g} to {high:g} is accepted.")
    if image.metadata.get(PIXEL_SPACING) != MISSING:
        raise InputError(f"{name} states the size of its pixels; leave the spacing out.")
    return replace(
        image,
        spacing=(spacing, spacing, image.spacing[2]),
        metadata={**image.metadata, PIXEL_SPACING: GIVEN},
    )


def require_pixel_size(image: Image, name: str) -> Image:
    """The image, if lengths can be measured on it; else :class:`InputError`."""
    if image.metadata.get(PIXEL_SPACING) == MISSING:
        raise InputError(
            f"{name} states no pixel spacing (neither Pixel Spacing nor Imager Pixel Spacing of a DICOM file): good for "
            "deep features, not for lengths; give the spacing, in mm a pixel.",
            asks_for="spacing",
        )
    return image


# grey values -------------------------------------------------------------------------------------------------


def grey_plane(values: np.ndarray, name: str) -> np.ndarray:
    """The plane of a projection, (rows, columns): one frame, one channel, or channels of equal grey.

    Raises:
        InputError: several frames, or a picture in colour.
    """
    if values.ndim == 2:
        return values
    if values.ndim == 3 and values.shape[-1] in (3, 4) and min(values.shape[:2]) > 4:
        colours = values[..., :3].astype(np.int32)
        most = float(np.iinfo(values.dtype).max) if values.dtype.kind in "ui" else 1.0
        if (colours.max(axis=-1) - colours.min(axis=-1)).max() > _GREY_LEVELS * most:
            raise InputError(f"{name} is a picture in colour; a grey radiograph is needed.")
        return np.asarray(values[..., 1])
    if values.ndim == 3 and values.shape[0] == 1:
        return np.asarray(values[0])
    raise InputError(f"{name} is not a single grey radiograph.")


def read_picture(path: Path) -> Image:
    """A film as PNG, JPEG, TIFF or BMP: it hangs as on the screen, its pixels have no size (:func:`with_pixel_spacing`).

    Raises:
        InputError: damaged, in colour, of several pages, or to be turned by its viewer.
    """
    tags = _tags(path)
    if tags.get(_ORIENTATION, 1) not in (0, 1):
        raise InputError(
            f"{path} is stored turned or mirrored and leaves it to its viewer to set it right (EXIF); save it upright."
        )
    try:
        picture = sitk.ReadImage(str(path))
        values = sitk.GetArrayFromImage(picture)
    except RuntimeError as error:
        raise InputError(
            f"{path} cannot be read as a picture; it is damaged or of another format."
        ) from error
    if picture.GetDimension() != 2 and values.shape[0] == 1:
        values = values[0]
    values = grey_plane(values, str(path))
    if tags.get(_PHOTOMETRIC) == _WHITE_IS_ZERO and values.dtype.kind == "u":
        values = np.iinfo(values.dtype).max - values  # the project's frame is bone bright
    facts = {"modality": "RG", "orientation": "assumed", PIXEL_SPACING: MISSING, "source": path.name}
    return Image(values[None], (1.0, 1.0, 1.0), (0.0, 0.0, 0.0), _AS_ON_SCREEN, facts)


def _tags(path: Path) -> dict[int, int]:
    """Short numbers of the first directory of a TIFF file, or the orientation of a JPEG's EXIF block."""
    with path.open("rb") as file:
        raw = file.read(_JPEG_HEADER_BYTES) if file.read(2) == b"\xff\xd8" else b""
    start = raw.find(b"Exif\0\0") + 6
    if start >= 6:
        found = _directory(raw[start:])
        return {_ORIENTATION: found[_ORIENTATION]} if _ORIENTATION in found else {}
    return {} if raw else _directory(path.read_bytes())


def _directory(raw: bytes) -> dict[int, int]:
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(raw[:4])
    if order is None:
        return {}
    found = {}
    try:
        at = struct.unpack_from(order + "I", raw, 4)[0]
        for number in range(struct.unpack_from(order + "H", raw, at)[0]):
            tag, kind, _count, value = struct.unpack_from(order + "HHIH", raw, at + 2 + 12 * number)
            if kind == _SHORT:
                found[tag] = int(value)
    except struct.error:  # cut short; whoever reads the picture says so
        return found
    return found
