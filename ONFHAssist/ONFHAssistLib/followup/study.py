"""From what a user names to dated examinations: folders of studies, folders of ``onfh exam``, images with outlines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ..core.errors import InputError
from ..core.progress import Progress, no_progress, part_of
from ..exam.examine import examine
from ..exam.result import FILE, ExamResult
from ..exam.study import FoundSeries, read_study
from ..imaging.files import read_image, read_mask
from ..imaging.image import Image
from .compare import follow
from .dates import as_day, day_of, identities_of, series_used, stated_day
from .examinations import DatedExam, dated_examination, outlined_image, read_exam_folder
from .files import write_follow_up
from .result import FollowUp

STUDY = "study"  # name of the file entry by which an examination says of which study it is


@dataclass(frozen=True)
class Named:
    """One examination as its user names it.

    Attributes:
        path: folder of a study (DICOM or volumes), folder of ``onfh exam``, or one image.
        day: its date; "" takes that of the headers. segmentation: outlines of an image; None lets the networks outline.
        study: folder of the series of an ``onfh exam`` folder; None where the examination says it.
        own: whether the outlines of an ``onfh exam`` folder were corrected and are to be taken as they are.
    """

    path: Path
    day: str = ""
    segmentation: Path | None = None
    study: Path | None = None
    own: bool = False


def follow_files(
    named: Sequence[Named],
    out: Path,
    patient: str = "",
    since: str = "",
    survival: Path | None = None,
    predict: bool = True,
    progress: Progress | None = None,
) -> FollowUp:
    """Read or work up every examination, compare, and write the folder; see :func:`.files.write_follow_up`.

    Args:
        named: two or more. predict: also the stage, of those that are worked up here.

    Raises:
        InputError: a path or date that is none, or as :func:`.compare.follow`.
    """
    report = progress or no_progress
    if len(named) < 2:
        raise InputError("A follow-up needs two examinations or more of one patient.")
    day = as_day(since) if since else None
    exams = [
        read_named(
            one,
            out / f"exam_{place}",
            predict,
            part_of(report, 0.7 * (place - 1) / len(named), 0.7 * place / len(named)),
        )
        for place, one in enumerate(named, 1)
    ]
    result, compared = follow(exams, patient, day, part_of(report, 0.7, 0.97))
    return write_follow_up(result, compared, out, survival)


def require_folder(path: Path) -> None:
    """Refuse what is no folder of an examination, before anything is read.

    Raises:
        InputError: it is none.
    """
    if not str(path) or str(path) == "." or not path.is_dir():
        raise InputError(f"{path} is no folder; give that of 'onfh exam', or of a study's series.")


def read_named(named: Named, work: Path, predict: bool, progress: Progress) -> DatedExam:
    """One examination; a study that was not worked up is, into ``work``."""
    path = named.path
    if named.segmentation is not None:
        return _outlined(named)
    if path.is_dir() and (path / FILE).is_file():
        return _worked_up(named)
    if not path.exists():
        raise InputError(f"{path} does not exist; give the folder of an examination.")
    if not path.is_dir():
        raise InputError(
            f"{path} is one image; give its outlines too (--segmentation), or the folder that holds the study's series."
        )
    found = read_study(path)
    if named.day:
        as_day(named.day)  # what is no date is refused before minutes of work
    examine(found, work, progress=progress, name=path.name, predict=predict)
    result, outlines = read_exam_folder(work)
    return _dated(result, found, outlines, named)


def _worked_up(named: Named) -> DatedExam:
    result, outlines = read_exam_folder(named.path)
    study = named.study or Path(result.files.get(STUDY, ""))
    if not str(study) or str(study) == "." or not study.is_dir():
        raise InputError(
            f"The series of {named.path} are not where they were when it was made; name their folder with --study."
        )
    return _dated(result, read_study(study), outlines, named)


def _dated(result: ExamResult, found: Sequence[FoundSeries], outlines: Image, named: Named) -> DatedExam:
    """An examination with its date, by the series that it was read off."""
    used = series_used(result, found)
    day, notes = day_of([one.identity for one in used], named.path.name, named.day)
    return replace(dated_examination(result, found, outlines, day, named.own), notes=notes)


def _outlined(named: Named) -> DatedExam:
    assert named.segmentation is not None
    image, identities = read_image(named.path), identities_of(named.path)
    name = named.path.name
    if not named.day and stated_day(identities) is None:
        raise InputError(f"{name} with outlines needs its date (--date), as 2024-05-31.")
    day, notes = day_of(identities, name, named.day)
    labels = read_mask(named.segmentation)
    return replace(outlined_image(image, labels, day, name, identities=identities), notes=notes)
