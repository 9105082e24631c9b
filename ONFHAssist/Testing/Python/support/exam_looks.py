"""Series of an examination as they look once their heads are found, without images and networks."""

import numpy as np
from pydicom.dataset import Dataset

from ONFHAssistLib.exam.identity import Identity
from ONFHAssistLib.exam.result import SeriesRow
from ONFHAssistLib.exam.study import FoundSeries
from ONFHAssistLib.exam.table import Look
from ONFHAssistLib.imaging.head import FemoralHead
from ONFHAssistLib.imaging.image import Image
from ONFHAssistLib.segment.sphere_tool import Segmentation

ANNA = {"PatientID": "A1", "PatientName": "Meier^Anna", "PatientSex": "F", "StudyDate": "20240102"}


def identity(**changes):
    header = Dataset()
    for name, value in {**ANNA, **changes}.items():
        setattr(header, name, value)
    return Identity.of(header)


def look(
    number, plane="coronal", contrast="T1-weighted", heads=("R", "L"), frame=1, at=90.0, who=None, **facts
):
    """A series with heads of 25 mm at x = -at (R) and at (L)."""
    where = {"R": (-at, 0.0, 0.0), "L": (at, 0.0, 0.0)}
    found = FoundSeries(number, f"1.{number}", 30, facts, identity=who or identity(), read=lambda: None)
    row = SeriesRow(
        number, f"1.{number}", "", "MR", plane, contrast=contrast, spacing=(0.7, 0.7, 4.5), frame=frame,
        coverage=dict.fromkeys(heads, 1.0), usable=bool(heads), reason="" if heads else "It shows no femoral head.",
    )  # fmt: skip
    image = Image(np.zeros((2, 2, 2), np.uint8))
    outlined = Segmentation(image, tuple(FemoralHead(side, where[side], 25.0) for side in heads), ())
    return Look(row, found, image, outlined if heads else None)
