"""A case of the scene with its report printed beside it, for as long as its objects are made."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..packages import ensure_packages

if TYPE_CHECKING:
    from ...dicom_out.in_memory import InMemory


@contextmanager
def case_with_report(volume: Any, segmentation: Any, folder: Path | None = None) -> Iterator[InMemory]:
    """The case, and the PDF of its report.

    Args:
        folder: for the PDF; by default one that goes afterwards.

    Raises:
        InputError: a package is missing, or there is nothing to export.
    """
    from ...scene.dicom.exporting import case_in_scene, print_report

    ensure_packages("dicom")
    case = case_in_scene(volume, segmentation)  # says what is missing before anything is printed
    with tempfile.TemporaryDirectory(prefix="onfh-report-") as name:
        yield replace(case, pdf=print_report(volume, segmentation, folder or Path(name)))
