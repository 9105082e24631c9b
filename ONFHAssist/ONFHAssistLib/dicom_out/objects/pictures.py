"""Key images and the printed report: a secondary capture for each hip, and an encapsulated PDF where there is one."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import highdicom as hd
import numpy as np
from pydicom.dataset import Dataset
from pydicom.uid import EncapsulatedPDFStorage, ExplicitVRLittleEndian

from ... import __version__
from ...core.errors import InputError
from ...imaging.image import Image
from ...imaging.labels import NECROSIS
from ...report.case_pictures import COLOURS, draw_hip, outlined_sides, window_of
from ..equipment import Identifiers
from ..source import Source

PDF_NAME = "PDF"
_TITLE = "ONFHAssist: report of the case"
_CAPTION_ROWS, _MARGIN, _LARGE, _SMALL = 62, 12, 22, 15  # pixels
_WHITE, _GREY = "#ffffff", "#b4b4b4"


def key_name(side: str) -> str:
    """Of the object of one hip."""
    return f"KEY-{side}"


def key_images(
    source: Source,
    labels: Image,
    heats: Mapping[str, Image],
    identifiers: Identifiers,
    confirmed: bool = False,
) -> Iterator[tuple[str, hd.sc.SCImage]]:
    """The pictures of the report: coronal and sagittal slice through each outlined head, with outlines and heat.

    Above them stands which hip it is, what the colours mean, who made it and whether a reader has seen the outlines,
    since a viewer shows the picture alone.

    Args:
        labels: on the grid of the image.
        heats: side to heat, where there is some.
        confirmed: whether a reader confirmed the outlines.
    """
    from PIL import Image as Picture

    sides = outlined_sides(labels)
    if not sides:
        return
    window = window_of(source.image, labels, sides)
    with tempfile.TemporaryDirectory(prefix="onfh-key-") as folder:
        for number, side in enumerate(sides, 1):
            path = Path(folder) / f"{side}.png"
            draw_hip(source.image, labels, side, path, heats.get(side), window)
            with Picture.open(path) as picture:
                pixels = np.asarray(picture.convert("RGB"))
            drawn = {"head": "femoral head", "necrosis": "necrosis"}
            if not (labels.array == NECROSIS[side]).any():
                del drawn["necrosis"]
            pixels = np.concatenate([_caption(pixels.shape[1], side, drawn, confirmed), pixels])
            yield key_name(side), _capture(pixels, side, number, source, identifiers)


def _caption(width: int, side: str, drawn: Mapping[str, str], confirmed: bool) -> np.ndarray:
    """A dark strip with text, shape (rows, width, 3); its letters are those that matplotlib brings along."""
    from matplotlib import font_manager
    from PIL import Image as Picture
    from PIL import ImageDraw, ImageFont

    strip = Picture.new("RGB", (width, _CAPTION_ROWS), "black")
    pen = ImageDraw.Draw(strip)
    file = font_manager.findfont("DejaVu Sans")
    large, small = (ImageFont.truetype(file, size) for size in (_LARGE, _SMALL))
    pen.text((_MARGIN, 4), f"{'Right' if side == 'R' else 'Left'} hip", _WHITE, large)
    seen = "outlines confirmed by a reader" if confirmed else "outlines not confirmed by a reader"
    pen.text((width - _MARGIN, 10), seen, _GREY, small, anchor="ra")
    x = float(_MARGIN)
    for part, name in drawn.items():
        pen.text((x, 37), f"\u2014 {name}", COLOURS[part], small)
        x += pen.textlength(f"\u2014 {name}", small) + 2 * _MARGIN
    maker = f"ONFHAssist {__version__}, for research only"
    pen.text((width - _MARGIN, 37), maker, _GREY, small, anchor="ra")
    return np.asarray(strip)


def _capture(
    pixels: np.ndarray, side: str, number: int, source: Source, identifiers: Identifiers
) -> hd.sc.SCImage:
    result = hd.sc.SCImage.from_ref_dataset(
        ref_dataset=source.first,
        pixel_array=pixels,
        photometric_interpretation="RGB",
        bits_allocated=8,
        coordinate_system="PATIENT",
        patient_orientation=("L", "F"),
        laterality=side,
        **identifiers.common("KEY", key_name(side), number),
    )
    result.PatientOrientation = []  # a coronal and a sagittal slice stand beside each other
    result.BurnedInAnnotation = "NO"  # letters, a scale and who made it, nothing of the patient
    result.ImageComments = "Key image by ONFHAssist, for research only"
    return result


def read_pdf(path: Path) -> bytes:
    """The bytes of a PDF file.

    Raises:
        InputError: it is not there or none.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path} cannot be read ({error.strerror}); name the printed report.") from error
    if not content.startswith(b"%PDF-"):
        raise InputError(f"{path} is no PDF document; print the report again, or take the file away.")
    return content


def encapsulated_pdf(path: Path, source: Source, identifiers: Identifiers) -> Dataset:
    """A PDF file as an object of the patient's study (PS3.3 A.45.1)."""
    content = read_pdf(path)
    first = source.first
    result = hd.base.SOPClass(
        study_instance_uid=first.StudyInstanceUID,
        sop_class_uid=EncapsulatedPDFStorage,
        modality="DOC",
        transfer_syntax_uid=ExplicitVRLittleEndian,
        patient_id=first.PatientID,
        patient_name=first.PatientName,
        patient_birth_date=first.PatientBirthDate,
        patient_sex=first.PatientSex,
        accession_number=first.AccessionNumber,
        study_id=first.StudyID,
        study_date=first.StudyDate,
        study_time=first.StudyTime,
        referring_physician_name=first.ReferringPhysicianName,
        **identifiers.common("PDF", f"{PDF_NAME} {hashlib.sha256(content).hexdigest()}", 1),
    )
    result.copy_patient_and_study_information(first)
    result.ConversionType = "WSD"
    result.AcquisitionDateTime = None
    result.BurnedInAnnotation = "YES"  # what a person printed may name the patient
    result.DocumentTitle = _TITLE
    result.ConceptNameCodeSequence = []
    result.MIMETypeOfEncapsulatedDocument = "application/pdf"
    result.EncapsulatedDocumentLength = len(content)
    result.EncapsulatedDocument = content + b"\0" * (len(content) % 2)
    return result
