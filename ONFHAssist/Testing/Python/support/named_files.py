"""Files whose headers say much or little: NIfTI by its fields, NRRD by its lines, segmentations by their segments."""

from __future__ import annotations

import struct
from pathlib import Path

import highdicom
import numpy as np
import SimpleITK as sitk  # noqa: N813
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.sequence import Sequence
from pydicom.uid import ExplicitVRLittleEndian, generate_uid

from ONFHAssistLib.imaging.image import Image

RTSTRUCT = "1.2.840.10008.5.1.4.1.1.481.3"
_CODE = highdicom.sr.CodedConcept


def nifti(path: Path, array: np.ndarray, affine=None, pixdim=(1, 1, 1), codes=(0, 0), version=1) -> Path:
    """A NIfTI file (int16) with just these fields; ``affine`` is RAS, 3 x 4; ``codes`` of qform and sform."""
    rows = np.zeros(12) if affine is None else np.asarray(affine, float)[:3].ravel()
    sizes = (3, *array.shape[::-1], 1, 1, 1, 1)
    if version == 1:
        header = bytearray(352)
        struct.pack_into("<i", header, 0, 348)
        struct.pack_into("<8h", header, 40, *sizes)
        struct.pack_into("<hh", header, 70, 4, 16)
        struct.pack_into("<8f", header, 76, 1, *pixdim, 1, 1, 1, 1)
        struct.pack_into("<3f", header, 108, 352, 1, 0)
        header[123] = 2
        struct.pack_into("<hh", header, 252, *codes)
        struct.pack_into("<12f", header, 280, *rows)
        header[344:348] = b"n+1\0"
    else:
        header = bytearray(544)
        struct.pack_into("<i", header, 0, 540)
        header[4:12] = b"n+2\0\r\n\032\n"
        struct.pack_into("<hh", header, 12, 4, 16)
        struct.pack_into("<8q", header, 16, *sizes)
        struct.pack_into("<8d", header, 104, 1, *pixdim, 1, 1, 1, 1)
        struct.pack_into("<qdd", header, 168, 544, 1, 0)
        struct.pack_into("<ii", header, 344, *codes)
        struct.pack_into("<12d", header, 400, *rows)
        struct.pack_into("<i", header, 500, 2)
    path.write_bytes(bytes(header) + array.astype("<i2").tobytes())
    return path


def ras_affine(image: Image) -> np.ndarray:
    """The geometry of an image as NIfTI has it."""
    return np.diag([-1, -1, 1, 1]) @ image.affine


def nrrd(path: Path, array: np.ndarray, *lines: str) -> Path:
    """An NRRD file (int16) with these lines beside type and sizes."""
    head = ["NRRD0004", "type: short", f"dimension: {array.ndim}", "encoding: raw", "endian: little"]
    head.append("sizes: " + " ".join(str(n) for n in array.shape[::-1]))
    path.write_bytes("\n".join([*head, *lines, "", ""]).encode() + array.astype("<i2").tobytes())
    return path


def seg_nrrd(path: Path, layers: list[Image], segments: list[dict[str, str]]) -> Path:
    """A 3D Slicer segmentation: one layer, or several whose segments overlap; ``segments`` are their header fields."""
    images = [layer.to_sitk() for layer in layers]
    image = images[0] if len(images) == 1 else sitk.Compose(images)
    for number, fields in enumerate(segments):
        for name, value in fields.items():
            image.SetMetaData(f"Segment{number}_{name}", value)
    sitk.WriteImage(image, str(path), True)
    return path


def dicom_seg(path: Path, sources: list[Dataset], masks: list[np.ndarray], names: list[str]) -> Path:
    """A binary DICOM segmentation of slices, (z, y, x) masks; highdicom leaves out slices without a segment."""
    for number, source in enumerate(sources, 1):
        source.PatientBirthDate = source.PatientSex = source.StudyDate = source.StudyTime = ""
        source.AccessionNumber = source.StudyID = source.ReferringPhysicianName = ""
        source.SeriesNumber, source.InstanceNumber, source.PatientPosition = 1, number, "HFS"
    descriptions = [
        highdicom.seg.SegmentDescription(
            segment_number=number,
            segment_label=name,
            segmented_property_category=_CODE("123037004", "SCT", "Anatomical Structure"),
            segmented_property_type=_CODE("71341001", "SCT", "Bone"),
            algorithm_type="MANUAL",
        )
        for number, name in enumerate(names, 1)
    ]
    highdicom.seg.Segmentation(
        source_images=sources,
        pixel_array=np.stack(masks, -1).astype(np.uint8),
        segmentation_type="BINARY",
        segment_descriptions=descriptions,
        series_instance_uid=generate_uid(),
        series_number=2,
        sop_instance_uid=generate_uid(),
        instance_number=1,
        manufacturer="none",
        manufacturer_model_name="none",
        software_versions="1",
        device_serial_number="1",
    ).save_as(path)
    return path


def rtstruct(path: Path, structures: dict[str, list[np.ndarray]]) -> Path:
    """Contours of planning: name to polygons, each (n, 3) in LPS mm."""
    dataset = Dataset()
    dataset.file_meta = FileMetaDataset()
    dataset.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    dataset.file_meta.MediaStorageSOPClassUID = dataset.SOPClassUID = RTSTRUCT
    dataset.SOPInstanceUID = dataset.file_meta.MediaStorageSOPInstanceUID = generate_uid()
    dataset.SeriesInstanceUID, dataset.Modality = generate_uid(), "RTSTRUCT"
    rois, contours = [], []
    for number, (name, polygons) in enumerate(structures.items(), 1):
        roi, outlined, items = Dataset(), Dataset(), []
        roi.ROINumber, roi.ROIName, outlined.ReferencedROINumber = number, name, number
        for polygon in polygons:
            contour = Dataset()
            contour.ContourGeometricType, contour.NumberOfContourPoints = "CLOSED_PLANAR", len(polygon)
            contour.ContourData = [f"{value:.5f}" for value in polygon.ravel()]
            items.append(contour)
        outlined.ContourSequence = Sequence(items)
        rois.append(roi)
        contours.append(outlined)
    dataset.StructureSetROISequence, dataset.ROIContourSequence = Sequence(rois), Sequence(contours)
    dataset.save_as(path, enforce_file_format=True)
    return path
