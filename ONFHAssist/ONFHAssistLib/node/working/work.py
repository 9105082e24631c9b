"""One study worked up: a series chosen, the pipeline, the printed page, the objects in a new folder. Runs in a child."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pydicom

from ...case.case import Case
from ...case.pipeline import run_case
from ...case.result import CaseResult
from ...core.errors import InputError, is_disk_full
from ...dicom_out.objects.export import make_objects, read_ready, write_objects
from ...exam.study import FoundSeries
from ...imaging.files import read_image, read_mask
from ...imaging.image import Image
from ...imaging.series.numbers import tolerant, words
from ..log import without
from ..settings import Choice
from .choice import Chosen, choose

MADE, UNCHANGED, LEFT, FULL_DISK = "made", "unchanged", "left", "full disk"
_MEGABYTE = 1 << 20


@dataclass(frozen=True)
class Job:
    """What a child is asked.

    Attributes:
        images: folder of the study. out: folder for its objects, not there yet. scratch: for what is thrown away.
        steps, choose, pictures, printed: as in the settings.
        content: hash of the series that was worked up before; where it is the same, nothing is done.
        free_mb: of the disk that have to be free before and after, else what was made may not be whole.
    """

    images: str
    out: str
    scratch: str
    steps: tuple[str, ...]
    choose: Choice
    pictures: bool = True
    printed: bool = True
    content: str = ""
    free_mb: int = 0


@dataclass(frozen=True)
class Outcome:
    """What became of it.

    Attributes:
        end: one of those above. content: hash of the series. objects: their number.
        said: why it was left, or what of it was withheld; without identity.
    """

    end: str
    content: str = ""
    objects: int = 0
    said: str = ""


_FULL = Outcome(FULL_DISK, said="the disk is full")


def work_up(job: Job) -> Outcome:
    """Work a study up as it is now, whatever comes meanwhile. Nothing is in ``out`` but the whole set of objects."""
    if _is_short(job):
        return _FULL
    try:
        with tempfile.TemporaryDirectory(
            prefix="study-", dir=job.scratch, ignore_cleanup_errors=True
        ) as name:
            _link(Path(job.images), Path(name))
            outcome = _of_snapshot(replace(job, images=name))
    except Exception as error:
        if is_disk_full(error) or _is_short(job):
            return _undone(job)
        raise
    # A full disk ends a step in words of many libraries, or as a step that failed; none of them is the study's fault.
    return outcome if outcome.end == UNCHANGED or not _is_short(job) else _undone(job)


def _link(source: Path, target: Path) -> None:
    """The same files in another folder; those that are being written have names that begin with a point."""
    for path in sorted(source.glob("[!.]*.dcm")):
        try:
            os.link(path, target / path.name)
        except OSError:  # a file system without links
            shutil.copyfile(path, target / path.name)


def _of_snapshot(job: Job) -> Outcome:
    identity: tuple[str, ...] = (job.images,)
    try:
        chosen = choose(Path(job.images), job.choose)
        identity = (*identity, *chosen.identity)
        return _first_that_shows_a_hip(job, chosen)
    except InputError as error:
        if is_disk_full(error):
            raise
        return Outcome(LEFT, said=without(str(error), identity))


def _is_short(job: Job) -> bool:
    return shutil.disk_usage(job.scratch).free < job.free_mb * _MEGABYTE


def _undone(job: Job) -> Outcome:
    remove(Path(job.out))
    return _FULL


def _first_that_shows_a_hip(job: Job, chosen: Chosen) -> Outcome:
    reasons = [chosen.why()] if chosen.reasons or not chosen.series else []
    for one in chosen.series[: job.choose.most_series]:
        drawn = chosen.outlines.get(one.uid)
        content = content_of([*chosen.files[one.uid], *([drawn] if drawn else [])])
        if content == job.content:
            return Outcome(UNCHANGED, content)
        try:
            return Outcome(MADE, content, _made(job, one, drawn))
        except InputError as error:
            if is_disk_full(error):
                raise
            reasons.append(f"Series {one.number}: {error}")
    return Outcome(
        LEFT, said=without(" ".join(reasons), (job.images, job.scratch, job.out, *chosen.identity))
    )


def content_of(files: list[Path]) -> str:
    """Hash of the images of a series, in whatever order they came."""
    return hashlib.sha256("".join(sorted(_hash(path) for path in files)).encode()).hexdigest()


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _made(job: Job, one: FoundSeries, drawn: Path | None) -> int:
    """The number of objects made. Outlines that a reader drew on the series count; else they are found."""
    folder = Path(job.images)
    image = read_image(folder, one.uid)
    labels = None if drawn is None else drawn_outlines(drawn, image)
    case = Case(image, f"series {one.number}", labels)
    with tempfile.TemporaryDirectory(prefix="case-", dir=job.scratch, ignore_cleanup_errors=True) as name:
        out = Path(name)
        result = run_case(case, out, job.steps)
        result.save(out)
        if job.printed:
            _print(result, case, out)
        objects = make_objects(read_ready(out, folder, drawn), job.pictures)
        written = write_objects(objects, Path(job.out))
    return len(written)


def drawn_outlines(path: Path, image: Image) -> Image:
    """The outlines that a reader drew on an image; what is made of them does not say where they lie here.

    Raises:
        InputError: in another frame of reference, or as :func:`read_mask`.
    """
    with tolerant():
        header = pydicom.dcmread(path, stop_before_pixels=True, specific_tags=["FrameOfReferenceUID"])
        frame = words(header, "FrameOfReferenceUID")
    if frame != image.metadata.get("frame_of_reference_uid", frame):
        raise InputError(
            "The reader's segmentation lies in another frame of reference than its series, so nothing says where; draw "
            "it on the series again."
        )
    labels = read_mask(path, image, in_full=True)
    said = {
        name: text.replace(str(path), "the reader's segmentation") for name, text in labels.metadata.items()
    }
    return replace(labels, metadata=said)


def _print(result: CaseResult, case: Case, out: Path) -> None:
    from .printed import print_case

    labels = case.labels if result.segmentation is None else read_mask(result.segmentation, case.image)
    if labels is not None:
        print_case(replace(result, name="Report"), case.image, labels, out / "report.pdf")


def plain(job: Job) -> dict[str, Any]:
    """A job as JSON holds it."""
    from ...core.serial import to_json_value

    content: dict[str, Any] = to_json_value(job)
    return content


def job_of(content: Mapping[str, Any]) -> Job:
    """The job of :func:`plain`."""
    from ...core.serial import from_json_value

    return from_json_value(Job, content, "job")


def remove(folder: Path) -> None:
    """Remove a folder, whatever is in it."""
    shutil.rmtree(folder, ignore_errors=True)
