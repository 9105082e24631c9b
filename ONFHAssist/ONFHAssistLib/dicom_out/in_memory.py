"""A worked-up case that lies in memory; light, so that a panel may import it before a DICOM library is needed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ..case.result import CaseResult
from ..imaging.image import Image


@dataclass(frozen=True)
class InMemory:
    """A worked-up case.

    Attributes:
        result: what is known of it; files that it names are not looked at.
        image: as it was worked up. labels: its outlines, on its voxels or finer ones.
        heats: side to the heat of a stage that is given, on the voxels of the image.
        confirmed_by: the reader who confirmed these outlines; "" where nobody did.
        pdf: the printed report; None where there is none.
    """

    result: CaseResult
    image: Image
    labels: Image
    heats: Mapping[str, Image]
    confirmed_by: str = ""
    pdf: Path | None = None
