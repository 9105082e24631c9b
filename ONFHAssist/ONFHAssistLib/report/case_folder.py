"""A worked-up case as a folder: result, images, tables and report; what ``onfh run`` leaves."""

from __future__ import annotations

import tempfile
from pathlib import Path

from ..case.case import Case
from ..case.files import write_features, write_measurements
from ..case.result import CaseResult
from ..core.errors import InputError
from ..core.names import case_name
from ..imaging.files import read_mask
from .case_answers import ResultAnswers
from .case_page import write_case_page
from .case_report import case_page

PAGE = "index.html"


def write_case(result: CaseResult, case: Case, out: str | Path, name: str = "") -> Path:
    """Write ``result.json``, ``measurements.csv``, ``radiomics.csv``, ``deep.csv`` and ``index.html`` into ``out``.

    Args:
        result: of :func:`..case.pipeline.run_case` with the same folder.
        case: as it went in; its outlines, or those that the result names, are drawn.

        name: of the case in the tables; that of the image without its ending by default.

    Returns:
        The file of the result.
    """
    out = Path(out)
    name = name or case_name(case.name)
    write_features(result, out, name)
    write_measurements(result, out, name)
    labels = case.labels if result.segmentation is None else read_mask(result.segmentation)
    if labels is not None:
        with tempfile.TemporaryDirectory(prefix="onfh-report-") as folder:
            try:
                write_case_page(
                    case_page(ResultAnswers(result), case.image, labels, Path(folder)), out / PAGE
                )
            except InputError:  # steps that leave no row, such as the features alone, have no page
                (out / PAGE).unlink(missing_ok=True)
    return result.save(out)
