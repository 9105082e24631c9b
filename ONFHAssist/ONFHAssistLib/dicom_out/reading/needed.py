"""What a report of ours rests on, told from its header alone: so that a database is asked for exactly these objects."""

from __future__ import annotations

from pathlib import Path

import pydicom

from ...core.errors import InputError
from ...imaging.series.numbers import UNREADABLE, items, tolerant, words
from .report_tree import is_ours
from .stored import PARAMETRIC_MAP, REPORT, SEGMENTATIONS


def is_our_report(file: Path) -> bool:
    """Whether a file is a report of ours; False also where it cannot be read."""
    try:
        with tolerant():
            header = pydicom.dcmread(file, stop_before_pixels=True)
            return words(header, "SOPClassUID") == REPORT and is_ours(header)
    except (*UNREADABLE, MemoryError):
        return False


def needed_by(file: Path) -> tuple[list[str], str]:
    """The instances of the segmentations and maps that a report refers to, and the series that was worked up.

    Raises:
        InputError: it cannot be read, or refers to no series of images.
    """
    try:
        with tolerant():
            header = pydicom.dcmread(file, stop_before_pixels=True)
            objects, series = [], ""
            for study in items(header, "CurrentRequestedProcedureEvidenceSequence"):
                for one in items(study, "ReferencedSeriesSequence"):
                    kinds = {
                        words(reference, "ReferencedSOPInstanceUID"): words(
                            reference, "ReferencedSOPClassUID"
                        )
                        for reference in items(one, "ReferencedSOPSequence")
                    }
                    ours = [uid for uid, kind in kinds.items() if kind in (*SEGMENTATIONS, PARAMETRIC_MAP)]
                    objects += ours
                    if not ours and kinds:
                        series = series or words(one, "SeriesInstanceUID")
    except UNREADABLE as error:
        raise InputError(f"{file} is a damaged DICOM file; take it from the archive again.") from error
    if not series:
        raise InputError(
            f"{file} is a damaged report: it refers to no series; take it from the archive again."
        )
    return objects, series
