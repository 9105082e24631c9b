"""Small DICOM series for tests, written with pydicom."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pydicom
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.sequence import Sequence
from pydicom.uid import ExplicitVRLittleEndian, MRImageStorage, generate_uid

from ONFHAssistLib.imaging.image import Image


def slice_datasets(image: Image, **tags: object) -> list[Dataset]:
    """One MR dataset a slice of ``image`` (integers), with the image's geometry; ``tags`` override."""
    matrix = np.asarray(image.direction).reshape(3, 3)
    series, study, frame = (generate_uid() for _ in range(3))
    datasets = []
    for k in range(image.size[2]):
        dataset = Dataset()
        dataset.file_meta = FileMetaDataset()
        dataset.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
        dataset.file_meta.MediaStorageSOPClassUID = MRImageStorage
        dataset.SOPClassUID = MRImageStorage
        dataset.SOPInstanceUID = dataset.file_meta.MediaStorageSOPInstanceUID = generate_uid()
        dataset.SeriesInstanceUID, dataset.StudyInstanceUID, dataset.FrameOfReferenceUID = (
            series,
            study,
            frame,
        )
        dataset.Modality = "MR"
        dataset.PatientName, dataset.PatientID = "Secret^Name", "SECRET-ID"
        dataset.InstanceNumber = k + 1
        dataset.Rows, dataset.Columns = image.size[1], image.size[0]
        dataset.PixelSpacing = [round(image.spacing[1], 6), round(image.spacing[0], 6)]
        dataset.SliceThickness = image.spacing[2]
        dataset.ImageOrientationPatient = [float(f"{v:.9f}") for v in (*matrix[:, 0], *matrix[:, 1])]
        dataset.ImagePositionPatient = [float(f"{v:.6f}") for v in image.index_to_point([0, 0, k])]
        dataset.SamplesPerPixel, dataset.PhotometricInterpretation = 1, "MONOCHROME2"
        dataset.BitsAllocated = dataset.BitsStored = 16
        dataset.HighBit, dataset.PixelRepresentation = 15, 1
        dataset.PixelData = image.array[k].astype("<i2").tobytes()
        for name, value in tags.items():
            setattr(dataset, name, value)
        datasets.append(dataset)
    return datasets


def write_shuffled(datasets: list[Dataset], folder: Path, seed: int = 0) -> Path:
    """Write the datasets under names whose order says nothing."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, index in enumerate(np.random.default_rng(seed).permutation(len(datasets))):
        pydicom.dcmwrite(folder / f"IM{number:03d}", datasets[index], enforce_file_format=True)
    return folder


def enhanced(image: Image, order: list[int], slopes: bool = True) -> Dataset:
    """A multi-frame object whose frames come in ``order``; ``slopes``: each with an intercept of its own."""
    singles = slice_datasets(image)
    dataset = singles[0]
    for tag in ("ImagePositionPatient", "ImageOrientationPatient", "PixelSpacing", "SliceThickness"):
        delattr(dataset, tag)
    shared, measures, plane, timing = Dataset(), Dataset(), Dataset(), Dataset()
    measures.PixelSpacing = [image.spacing[1], image.spacing[0]]
    matrix = np.asarray(image.direction).reshape(3, 3)
    plane.ImageOrientationPatient = [*matrix[:, 0], *matrix[:, 1]]
    timing.EffectiveEchoTime = 12.0
    shared.PixelMeasuresSequence = Sequence([measures])
    shared.PlaneOrientationSequence = Sequence([plane])
    shared.MREchoSequence = Sequence([timing])
    dataset.SharedFunctionalGroupsSequence = Sequence([shared])
    frames = []
    for k in order:
        frame, position, value = Dataset(), Dataset(), Dataset()
        position.ImagePositionPatient = list(image.index_to_point([0, 0, k]))
        value.RescaleSlope, value.RescaleIntercept = "1", str(100 * k)
        frame.PlanePositionSequence = Sequence([position])
        if slopes:
            frame.PixelValueTransformationSequence = Sequence([value])
        frames.append(frame)
    dataset.PerFrameFunctionalGroupsSequence = Sequence(frames)
    dataset.NumberOfFrames = len(order)
    dataset.PixelData = image.array[order].astype("<i2").tobytes()
    return dataset
