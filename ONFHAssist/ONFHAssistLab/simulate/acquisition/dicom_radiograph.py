"""Writes simulated radiographs as DICOM DX images for presentation.

Digital X-Ray Image Storage - For Presentation; attributes after DICOM PS3.3 2024, A.26 and C.8.11.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from pydicom.dataset import Dataset, FileDataset, FileMetaDataset
from pydicom.sequence import Sequence
from pydicom.uid import UID, DigitalXRayImageStorageForPresentation, ExplicitVRLittleEndian

from ONFHAssistLib.core.errors import InputError
from ONFHAssistLib.imaging.image import Image

from .dicom_series import (
    IMPLEMENTATION_NAME,
    IMPLEMENTATION_UID,
    STUDY_DATE,
    STUDY_TIME,
    decimal_text,
    save_atomically,
    seeded_uid,
)


def write_dicom_radiograph(
    image: Image,
    path: str | os.PathLike,
    patient_id: str,
    study_uid: str | None = None,
    *,
    sex: str = "O",
    age: float | None = None,
) -> Path:
    """Write a radiograph as one DX file.

    Args:
        image: of :func:`.radiograph.radiograph`.
        path: of the file.
        patient_id: of the made-up patient; also the patient's name; UIDs follow from it and from the view.
        study_uid: to put several images in one study.
        sex: "M", "F" or "O".
        age: years.

    Returns:
        The path.

    Raises:
        InputError: not a radiograph.
    """
    about = image.metadata
    if about.get("modality") != "DX" or image.array.shape[0] != 1:
        raise InputError(
            f'The image has modality "{about.get("modality", "")}"; a radiograph (DX) is needed here.'
        )
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    study = study_uid or seeded_uid("study", patient_id)
    uid = seeded_uid("dx", study, about["view"], image.array.tobytes().hex()[:4096])
    meta = FileMetaDataset()
    meta.MediaStorageSOPClassUID = DigitalXRayImageStorageForPresentation
    meta.MediaStorageSOPInstanceUID = UID(uid)
    meta.TransferSyntaxUID = ExplicitVRLittleEndian
    meta.ImplementationClassUID = IMPLEMENTATION_UID
    meta.ImplementationVersionName = IMPLEMENTATION_NAME
    data = FileDataset("", {}, file_meta=meta, preamble=b"\0" * 128)
    data.SOPInstanceUID = uid
    data.StudyInstanceUID, data.SeriesInstanceUID = study, seeded_uid("dx series", study, about["view"])
    _identify(data, patient_id, sex, age)
    _anatomy(data, about)
    _detector(data, image)
    _pixels(data, image)
    save_atomically(data, path)
    return path


def _identify(data: Dataset, patient_id: str, sex: str, age: float | None) -> None:
    data.SpecificCharacterSet = "ISO_IR 192"
    data.SOPClassUID = DigitalXRayImageStorageForPresentation
    data.Modality = "DX"
    data.PatientName, data.PatientID, data.PatientBirthDate = f"Simulated^{patient_id}", patient_id, ""
    data.PatientSex = sex if sex in ("M", "F", "O") else "O"
    if age is not None:
        data.PatientAge = f"{round(age):03d}Y"
    data.StudyDate = data.SeriesDate = data.AcquisitionDate = data.ContentDate = STUDY_DATE
    data.StudyTime = data.SeriesTime = data.AcquisitionTime = data.ContentTime = STUDY_TIME
    data.StudyID, data.AccessionNumber, data.ReferringPhysicianName = "2", "", ""
    data.StudyDescription = "Radiograph of the pelvis (simulated)"
    data.SeriesNumber, data.InstanceNumber, data.AcquisitionNumber = 10, 1, 1
    data.Manufacturer, data.ManufacturerModelName = "ONFHAssist", "simulator"
    data.DeviceSerialNumber, data.SoftwareVersions, data.InstitutionName = "1", "1", "Simulated"


def _code(value: str, meaning: str, scheme: str = "SCT") -> Sequence:
    item = Dataset()
    item.CodeValue, item.CodingSchemeDesignator, item.CodeMeaning = value, scheme, meaning
    return Sequence([item])


def _anatomy(data: Dataset, about: Mapping[str, str]) -> None:
    """What is shown, from where, and which side."""
    pelvis = about["laterality"] == "B"
    data.SeriesDescription = "Pelvis AP" if pelvis else f"Hip {about['laterality']} frog-leg lateral"
    data.BodyPartExamined = "PELVIS" if pelvis else "HIP"
    data.AnatomicRegionSequence = _code("12921003", "Pelvis") if pelvis else _code("24136001", "Hip joint")
    data.ImageLaterality = about["laterality"] if not pelvis else "B"
    data.PatientOrientation = ["L", "F"]
    data.PresentationIntentType = "FOR PRESENTATION"
    if pelvis:
        data.ViewPosition = "AP"
        data.ViewCodeSequence = _code("399348003", "antero-posterior")
        data.ViewCodeSequence[0].ViewModifierCodeSequence = Sequence([])
    else:
        data.ViewCodeSequence = _code("399260004", "medio-lateral")
        data.ViewCodeSequence[0].ViewModifierCodeSequence = Sequence([])
    data.PatientOrientationCodeSequence = _code("102538003", "recumbent")
    modifier = _code("40199007", "supine")
    data.PatientOrientationCodeSequence[0].PatientOrientationModifierCodeSequence = modifier
    data.AcquisitionContextSequence = Sequence([])


def _detector(data: Dataset, image: Image) -> None:
    """Pixel spacing on the detector and, calibrated, in the plane of the femoral heads."""
    imager = decimal_text(float(image.metadata["imager_pixel_mm"]))
    data.PositionerType = "NONE"
    data.DetectorType = "DIRECT"
    data.ImagerPixelSpacing = [imager, imager]
    data.PixelSpacing = [decimal_text(image.spacing[1]), decimal_text(image.spacing[0])]
    data.PixelSpacingCalibrationType = "GEOMETRY"
    data.PixelSpacingCalibrationDescription = "plane of the femoral heads"
    data.EstimatedRadiographicMagnificationFactor = decimal_text(float(image.metadata["magnification"]))
    data.DistanceSourceToDetector = "1150"
    data.KVP = "77"
    data.DetectorConditionsNominalFlag = "YES"


def _pixels(data: Dataset, image: Image) -> None:
    pixels = np.asarray(image.array[0], np.uint16)
    data.ImageType = ["DERIVED", "PRIMARY", ""]
    data.DerivationDescription = "projected from a simulated patient"
    data.SamplesPerPixel, data.PhotometricInterpretation = 1, "MONOCHROME2"
    data.Rows, data.Columns = pixels.shape
    data.BitsAllocated, data.BitsStored, data.HighBit, data.PixelRepresentation = 16, 12, 11, 0
    data.PixelIntensityRelationship, data.PixelIntensityRelationshipSign = "LOG", -1
    data.RescaleIntercept, data.RescaleSlope, data.RescaleType = "0", "1", "US"
    data.PresentationLUTShape = "IDENTITY"
    data.LossyImageCompression, data.BurnedInAnnotation = "00", "NO"
    data.WindowCenter, data.WindowWidth = "2048", "4096"
    data.PixelData = pixels.astype("<u2").tobytes()
