"""What is special about a single projection: which images are one, and lengths on its detector."""

from __future__ import annotations

from dataclasses import replace

from ..core.errors import InputError
from .image import Image

RADIOGRAPHS = ("DX", "CR", "RG")  # DICOM modalities
MAGNIFICATIONS = (1.0, 2.0)


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
    if image.metadata.get("pixel_spacing") != "detector":
        raise InputError(
            f"The header states a pixel spacing that is {image.metadata.get('pixel_spacing', 'not of the detector')}; "
            "leave the magnification out, or lengths would be corrected twice."
        )
    x, y, z = image.spacing
    facts = {"pixel_spacing": "detector, corrected for magnification", "magnification": f"{magnification:g}"}
    return replace(
        image, spacing=(x / magnification, y / magnification, z), metadata={**image.metadata, **facts}
    )
