"""The worker's task that compares a patient's examinations."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..core.progress import Progress, part_of
from .tasks import image_of

if TYPE_CHECKING:
    from ..followup.examinations import DatedExam

_READ = 0.6  # of the progress, until every examination is read or worked up


def follow_up(arguments: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """Compare examinations over time; see :func:`..followup.compare.follow`.

    Args:
        arguments: ``out`` (a folder), ``patient`` (what he is called), ``since`` (date of the operation, or ""), and
            ``exams``: of each either ``folder`` (of a study, or of ``onfh exam``), or ``image`` and ``labels`` with
            ``own`` (whether a reader corrected the outlines); its ``name``, and its ``day`` ("" for that of a folder's
            headers).

    Returns:
        ``result``: JSON text of the :class:`..followup.result.FollowUp`, and ``page``: path of the page.
    """
    from ..followup.compare import follow
    from ..followup.dates import as_day
    from ..followup.files import write_follow_up
    from ..report.course.page import PAGE, write_course_page

    out, asked = Path(arguments["out"]), list(arguments["exams"])
    since = as_day(arguments["since"]) if arguments.get("since") else None
    exams = []
    for place, one in enumerate(asked):
        part = part_of(progress, _READ * place / len(asked), _READ * (place + 1) / len(asked))
        exams.append(_examination(one, out / f"exam_{place + 1}", part))
    result, compared = follow(
        exams, str(arguments.get("patient") or ""), since, part_of(progress, _READ, 0.97)
    )
    result = write_course_page(write_follow_up(result, compared, out), out)
    return {"result": result.to_json(), "page": str(out / PAGE)}


def _examination(one: Mapping[str, Any], work: Path, progress: Progress) -> DatedExam:
    from ..followup.dates import as_day
    from ..followup.examinations import outlined_image
    from ..followup.study import Named, read_named

    if one.get("folder"):
        return read_named(Named(Path(one["folder"]), one.get("day", "")), work, False, progress)
    image, labels = image_of(one["image"]), image_of(one["labels"])
    progress(0.0, f"Reading {one['name']}")
    return outlined_image(image, labels, as_day(one["day"]), one["name"], own=bool(one.get("own", True)))
