"""An examination's folder: beside what was read off it, its report; what ``onfh exam`` leaves."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from ..case.examination import case_of_exam, reference_case
from ..core.errors import InputError
from ..core.language import mark, sentence
from ..core.language import text as _
from ..exam.result import ExamResult
from ..exam.study import FoundSeries
from ..imaging.files import read_mask
from ..imaging.image import Image
from .case_answers import ResultAnswers
from .case_folder import PAGE
from .case_page import CasePage, write_case_page
from .case_report import BANNER, case_page
from .exam_sections import exam_sections

_TITLE = mark("Femoral heads: report of an examination")


def write_exam(exam: ExamResult, found: Sequence[FoundSeries], out: Path) -> ExamResult:
    """Write the report of an examination into its folder and name it in ``exam.json``.

    Args:
        exam: of :func:`..exam.examine.examine` with the same folder. found: its series; those shown are read again.
    """
    outlines = read_mask(exam.files["segmentation"])
    series = {one.number: one for one in found if not one.problem}

    def image_of(number: str) -> Image | None:
        return series[number].read() if number in series else None

    with tempfile.TemporaryDirectory(prefix="onfh-report-") as folder:
        path = write_case_page(_page(exam, image_of, outlines, Path(folder)), out / PAGE)
    named = replace(exam, files={**exam.files, "report": str(path)})
    named.write(out)
    return named


def _page(
    exam: ExamResult, image_of: Callable[[str], Image | None], outlines: Image, folder: Path
) -> CasePage:
    """The hips on two contrasts first, then what a case's report says, then what the numbers rest on and the series."""
    sections = exam_sections(exam, image_of, outlines, folder)
    pictures, tables = ([one for one in sections if bool(one.pictures) is shown] for shown in (True, False))
    try:
        image = image_of(exam.reference)
        if image is None:
            raise InputError(f"The reference, series {exam.reference}, cannot be read.")
        case = reference_case(exam, image, outlines)
        page = case_page(ResultAnswers(case_of_exam(exam, case)), image, case.outlines, folder)
    except InputError as error:  # the reference shows no hip that was outlined
        remarks = [*map(sentence, (str(error), *exam.warnings))]
        page = CasePage(_(_TITLE), (), (), exam.provenance, {}, _(BANNER), "", remarks)
    # Without heat the case's own pictures show no more than those on two contrasts.
    said = [one for one in page.sections if not (pictures and one.pictures)]
    return replace(page, title=_(_TITLE), sections=[*pictures, *said, *tables])
