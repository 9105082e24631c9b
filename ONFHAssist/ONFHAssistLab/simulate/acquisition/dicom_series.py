"""Writes simulated MR volumes as DICOM series that other programs accept.

Classic MR Image Storage, one file a slice, explicit little endian; attributes after DICOM PS3.3 2024, A.4 and C.8.3.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import numpy as np
from pydicom.dataset import Dataset, FileDataset, FileMetaDataset
from pydicom.uid import UID, CTImageStorage, ExplicitVRLittleEndian, MRImageStorage, generate_uid

from ONFHAssistLib.core.atomic_files import atomic_file
from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.imaging.image import Image

IMPLEMENTATION_UID = UID("1.2.826.0.1.3680043.8.498.70110911")
IMPLEMENTATION_NAME = "ONFHASSIST"
STUDY_DATE = "20240102"
STUDY_TIME = "101500"
SERIES_NUMBERS = {"T1": 2, "T2": 3, "T2 FS": 4, "STIR": 5, "PD FS": 6}


def seeded_uid(*parts: object) -> str:
    """A UID that depends on nothing but ``parts``."""
    return str(generate_uid(entropy_srcs=[repr(p) for p in parts]))


def write_dicom_series(
    image: Image,
    folder: str | os.PathLike,
    patient_id: str,
    study_uid: str | None = None,
    *,
    series_number: int | None = None,
    sex: str = "O",
    age: float | None = None,
    weight_kg: float | None = None,
    laterality: str | None = None,
    accession: str = "",
) -> Path:
    """Write a volume as one MR series.

    Args:
        image: int16 or float volume with the metadata of :func:`.mri.acquire`. Of these, ``series_uid``,
            ``frame_of_reference_uid``, ``series_description``, ``study_date``, ``body_part_examined`` and ``image_type``
            say what the header is to hold instead of what follows from the rest.
        folder: for the files; made where it is missing; must not already hold files.
        patient_id: of the made-up patient; also the patient's name. The UIDs follow from it and from the voxels.
        study_uid: to put several series in one study; by default it follows from ``patient_id``.
        series_number: by default one for each sequence.
        sex: "M", "F" or "O".
        age: years.
        weight_kg: of the patient.
        laterality: "R" or "L" for an image of one hip; None for the pelvis.
        accession: number of the request.

    Returns:
        The folder.

    Raises:
        InputError: not an MR volume, or the folder holds files.
    """
    if image.metadata.get("modality") not in ("MR", "CT"):
        raise InputError(
            f'The image has modality "{image.metadata.get("modality", "")}"; an MR volume is needed here.'
        )
    if laterality not in (None, "R", "L"):
        raise InputError(f'laterality is "{laterality}"; it must be "R", "L" or left out.')
    folder = Path(folder)
    if folder.exists() and any(folder.iterdir()):
        raise InputError(f"{folder} is not empty; choose a new folder for the DICOM series.")
    folder.mkdir(parents=True, exist_ok=True)
    pixels = np.clip(np.round(image.array), -32768, 32767).astype(np.int16)
    digest = hashlib.sha256(
        pixels.tobytes() + repr((image.origin, image.direction, image.spacing)).encode()
    ).hexdigest()
    study = study_uid or seeded_uid("study", patient_id)
    common = _common(image, patient_id, sex, age, weight_kg)
    common.StudyInstanceUID = study
    about = image.metadata
    common.SeriesInstanceUID = about.get("series_uid") or seeded_uid("series", study, digest)
    common.FrameOfReferenceUID = about.get("frame_of_reference_uid") or seeded_uid("frame", study)
    common.AccessionNumber = accession
    sequence = image.metadata.get("sequence", "")
    common.SeriesNumber = series_number if series_number is not None else SERIES_NUMBERS.get(sequence, 1)
    # A paired body part needs a side; an image of both hips is one of the pelvis.
    common.BodyPartExamined = about.get("body_part_examined") or ("HIP" if laterality else "PELVIS")
    if laterality:
        common.ImageLaterality = laterality
    low, high = float(np.percentile(pixels, 1)), float(np.percentile(pixels, 99.5))
    common.WindowCenter, common.WindowWidth = round(0.5 * (low + high)), max(2, round(high - low))
    for number in range(pixels.shape[0]):
        slice_uid = seeded_uid("slice", study, digest, number)
        data = _slice(common, image, pixels, number, slice_uid)
        save_atomically(data, folder / f"IM{number + 1:04d}.dcm")
    return folder


def _common(image: Image, patient_id: str, sex: str, age: float | None, weight_kg: float | None) -> Dataset:
    """Attributes that all slices share."""
    about = image.metadata
    data = Dataset()
    data.SpecificCharacterSet = "ISO_IR 192"
    data.Modality = about.get("modality", "MR")
    data.SOPClassUID = CTImageStorage if data.Modality == "CT" else MRImageStorage
    data.PatientName = f"Simulated^{patient_id}"
    data.PatientID = patient_id
    data.PatientBirthDate = ""
    data.PatientSex = sex if sex in ("M", "F", "O") else "O"
    if age is not None:
        data.PatientAge = f"{round(age):03d}Y"
    if weight_kg is not None:
        data.PatientWeight = f"{weight_kg:.1f}"
    date = about.get("study_date") or STUDY_DATE
    data.StudyDate = data.SeriesDate = data.AcquisitionDate = data.ContentDate = date
    data.StudyTime = data.SeriesTime = data.AcquisitionTime = data.ContentTime = STUDY_TIME
    data.StudyID = "1"
    data.ReferringPhysicianName = ""
    data.StudyDescription = "MR hip (simulated)"
    named = f"{about.get('sequence', '')} {about.get('plane', '')} TSE".strip()
    data.SeriesDescription = about.get("series_description") or named
    data.ProtocolName = about.get("protocol", "simulated") or "simulated"
    data.Manufacturer = about.get("manufacturer", "")
    data.ManufacturerModelName = about.get("model", "")
    data.InstitutionName = "Simulated"
    data.SoftwareVersions = "ONFHAssist simulator"
    data.PatientPosition = "HFS"
    data.PositionReferenceIndicator = ""
    if data.Modality == "MR":
        _add_sequence(data, image)
    data.SliceThickness = about.get("slice_thickness_mm", f"{image.spacing[2]:g}")
    data.SpacingBetweenSlices = f"{image.spacing[2]:g}"
    data.ImageType = (about.get("image_type") or "ORIGINAL\\PRIMARY\\OTHER").split("\\")
    return data


def _add_sequence(data: Dataset, image: Image) -> None:
    """What an MR series says of its sequence."""
    about = image.metadata
    sequence = about.get("sequence", "")
    data.ScanningSequence = ["SE", "IR"] if sequence == "STIR" else "SE"
    data.SequenceVariant = "SK"
    data.ScanOptions = "FS" if sequence.endswith("FS") else ""
    data.MRAcquisitionType = "2D"
    data.SequenceName = {
        "T1": "tse_t1",
        "T2": "tse_t2",
        "T2 FS": "tse_t2_fs",
        "STIR": "tir",
        "PD FS": "tse_pd_fs",
    }.get(sequence, "tse")
    data.RepetitionTime = about.get("repetition_time_ms", "")
    data.EchoTime = about.get("echo_time_ms", "")
    if "inversion_time_ms" in about:
        data.InversionTime = about["inversion_time_ms"]
    data.EchoTrainLength = about.get("echo_train", "1")
    data.MagneticFieldStrength = about.get("field_t", "")
    data.PixelBandwidth = about.get("bandwidth_hz", "")
    data.InPlanePhaseEncodingDirection = "COL"
    if "acquired_mm" in about:
        size = np.multiply(image.spacing[:2], image.size[:2]) / float(about["acquired_mm"])
        data.AcquisitionMatrix = [
            0,
            round(float(size[0])),
            round(float(size[1])),
            0,
        ]  # frequency along the columns
    data.NumberOfAverages = "1"
    data.ImagedNucleus = "1H"
    data.FlipAngle = "150"


def _slice(common: Dataset, image: Image, pixels: np.ndarray, number: int, uid: str) -> FileDataset:
    """One slice with its position; rows run along the first index axis."""
    meta = FileMetaDataset()
    meta.MediaStorageSOPClassUID = common.SOPClassUID
    meta.MediaStorageSOPInstanceUID = UID(uid)
    meta.TransferSyntaxUID = ExplicitVRLittleEndian
    meta.ImplementationClassUID = IMPLEMENTATION_UID
    meta.ImplementationVersionName = IMPLEMENTATION_NAME
    data = FileDataset("", {}, file_meta=meta, preamble=b"\0" * 128)
    data.update(common)
    data.SOPInstanceUID = uid
    data.AcquisitionNumber = 1
    data.InstanceNumber = number + 1
    data.ImagesInAcquisition = pixels.shape[0]
    axes = np.asarray(image.direction).reshape(3, 3)
    position = image.index_to_point(np.array([0.0, 0.0, number]))
    data.ImagePositionPatient = [decimal_text(v) for v in position]
    data.ImageOrientationPatient = [decimal_text(v) for v in (*axes[:, 0], *axes[:, 1])]
    data.SliceLocation = decimal_text(float(position @ axes[:, 2]))
    data.PixelSpacing = [decimal_text(image.spacing[1]), decimal_text(image.spacing[0])]
    data.SamplesPerPixel = 1
    data.PhotometricInterpretation = "MONOCHROME2"
    data.Rows, data.Columns = pixels.shape[1:]
    data.BitsAllocated, data.BitsStored, data.HighBit = 16, 16, 15
    data.PixelRepresentation = 1
    data.SmallestImagePixelValue = int(pixels[number].min())
    data.LargestImagePixelValue = int(pixels[number].max())
    data["SmallestImagePixelValue"].VR = data["LargestImagePixelValue"].VR = "SS"
    data.PixelData = pixels[number].astype("<i2").tobytes()
    return data


def decimal_text(value: float) -> str:
    """A decimal string of at most 16 characters."""
    text = f"{value:.6f}".rstrip("0").rstrip(".")
    return text if text not in ("-0", "") else "0"


def save_atomically(data: FileDataset, path: Path) -> None:
    """Write a file so that it appears only when it is whole."""
    with atomic_file(path) as part:
        data.save_as(part, enforce_file_format=True)
