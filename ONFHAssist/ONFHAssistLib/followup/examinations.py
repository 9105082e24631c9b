"""Dated examinations of one patient: what was read off each, with the images of its series, one hip at a time.

An examination is a folder of ``onfh exam`` with the study that it was made of, or one image with an outline of the user.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import numpy as np

from ..core.errors import InputError
from ..core.vectors import as_point
from ..exam.alignment import HipView
from ..exam.identity import Identity
from ..exam.result import FILE, ExamHip, ExamResult
from ..exam.study import FoundSeries
from ..imaging.contrast import CONTRASTS_OF_SEQUENCE, infer_contrast
from ..imaging.files import read_mask
from ..imaging.head import FemoralHead, heads_from_labels
from ..imaging.image import Image
from ..imaging.labels import HEAD, NECROSIS, SIDES
from ..measure.findings import findings
from .dates import require_one_patient


@dataclass(frozen=True)
class DatedHip:
    """One hip at one date.

    Attributes:
        side: "R" or "L".
        head: sphere in the frame of the examination's reference, LPS mm.
        labels: outlines in that frame, those of the other hip too.
        views: each series that shows it, with the 4 x 4 matrix from that frame to the series'.
        found: what the examination says of it.
        own: whether the outline is the user's, and is to be taken as it is.
    """

    side: str
    head: FemoralHead
    labels: Image
    views: tuple[tuple[HipView, np.ndarray], ...]
    found: ExamHip
    own: bool = False


@dataclass(frozen=True)
class DatedExam:
    """One examination.

    Attributes:
        name: for people. day: its date. hips: side to the hip. identities: of its series, compared and never shown.
        notes: sentences that the reader should know, of its date.
    """

    name: str
    day: date
    hips: Mapping[str, DatedHip]
    identities: tuple[Identity, ...] = ()
    notes: tuple[str, ...] = ()


def dated_examination(
    result: ExamResult, found: Sequence[FoundSeries], outlines: Image, day: date, own: bool = False
) -> DatedExam:
    """What ``onfh exam`` gave, with the images that its hips were aligned in.

    Args:
        found: the series of its study. outlines: in the frame of its reference. own: corrected by the user.

    Raises:
        InputError: a series that it used is not in the study any more.
    """
    known = {one.number: one for one in found}
    images: dict[str, Image] = {}
    hips = {}
    for hip in result.hips:
        views = []
        for one in result.alignments:
            if one.side != hip.side or one.failure:
                continue
            if one.series not in known:
                raise InputError(
                    f"Series {one.series} of {result.study} is not in its study any more; examine the study again."
                )
            if result.row(one.series).uid != known[one.series].uid:
                raise InputError(
                    f"Series {one.series} of {result.study} is another one than when it was examined; is this its study?"
                )
            if one.series not in images:
                images[one.series] = known[one.series].read()
            matrix = np.array(one.matrix, float).reshape(4, 4)
            contrast = result.row(one.series).contrast
            views.append(
                (view_in(images[one.series], contrast, one.series, hip.head, outlines, matrix), matrix)
            )
        if views and (outlines.array == HEAD[hip.side]).any():
            # What the examination measured is of the outlines that it drew, not of those that a reader corrected.
            found_then = replace(hip, findings=None) if own else hip
            hips[hip.side] = DatedHip(hip.side, hip.head, outlines, tuple(views), found_then, own)
    used = tuple(one.identity for one in found if one.number in images)
    return DatedExam(result.study, day, hips, used)


def view_in(
    image: Image, contrast: str, number: str, head: FemoralHead, outlines: Image, matrix: np.ndarray
) -> HipView:
    """A hip as a series shows it: head and outlines carried from the reference's frame into that of the series."""
    turn = matrix[:3, :3]
    centre = as_point(turn @ np.asarray(head.centre) + matrix[:3, 3])
    moved = Image(
        outlines.array,
        outlines.spacing,
        as_point(turn @ np.asarray(outlines.origin) + matrix[:3, 3]),
        tuple((turn @ np.asarray(outlines.direction).reshape(3, 3)).ravel().tolist()),
    )
    return HipView(number, contrast, image, replace(head, centre=centre, box=None), moved)


def outlined_image(
    image: Image,
    labels: Image,
    day: date,
    name: str,
    sequence: str = "",
    identities: Sequence[Identity] = (),
    own: bool = True,
) -> DatedExam:
    """One image with the user's outlines as an examination.

    Args:
        labels: values of :mod:`..imaging.labels`, on the image's voxels or finer ones. sequence: where the image states
            none. identities: what its headers state of the patient; none of a file without such a header. own: whether
            the outlines are a reader's and count as they are; else the networks outline anew, at all dates alike.

    Raises:
        InputError: no head is outlined, or the outlines do not fit the image.
    """
    heads = heads_from_labels(labels)
    if not heads:
        raise InputError(f"The outlines of {name} hold no femoral head (labels {HEAD['R']} and {HEAD['L']}).")
    contrast = infer_contrast(image, heads) or _stated(image, sequence)
    measured = {one.measurement.side: one for one in findings(image, labels)}
    hips = {}
    for head in heads:
        found = ExamHip(head.side, head, ("1",), measured.get(head.side))
        view = HipView("1", contrast, image, head, labels)
        hips[head.side] = DatedHip(head.side, head, labels, ((view, np.eye(4)),), found, own)
    return DatedExam(name, day, hips, tuple(identities))


def _stated(image: Image, sequence: str) -> str:
    looks = CONTRASTS_OF_SEQUENCE.get(sequence or image.metadata.get("sequence", ""), ())
    return looks[0] if looks else ""


def read_exam_folder(folder: Path) -> tuple[ExamResult, Image]:
    """What ``onfh exam`` wrote: its result and the outlines beside it, which the user may have corrected.

    Raises:
        InputError: no such folder, or its outlines are gone.
    """
    path = folder / FILE
    if not path.is_file():
        raise InputError(f"{folder} holds no {FILE}; 'onfh exam STUDY --out {folder}' writes one.")
    result = ExamResult.from_json(path.read_text(encoding="utf-8"))
    name = Path(result.files.get("segmentation", "segmentation.nii.gz")).name
    if not (folder / name).is_file():
        raise InputError(f"The outlines {name} are not in {folder}; examine the study again.")
    return result, read_mask(folder / name)


def in_order(exams: Sequence[DatedExam]) -> list[DatedExam]:
    """The examinations by date.

    Raises:
        InputError: fewer than two, two of one day, two patients, or no hip that two of them show.
    """
    if len(exams) < 2:
        raise InputError("A follow-up needs two examinations or more of one patient.")
    ordered = sorted(exams, key=lambda one: one.day)
    for one, two in pairwise(ordered):
        if one.day == two.day:
            raise InputError(
                f"{one.name} and {two.name} are both of {one.day.isoformat()}; a follow-up needs examinations of "
                "different days."
            )
    require_one_patient([(one.name, one.identities) for one in ordered])
    if not any(side in one.hips and side in two.hips for side in SIDES for one, two in _pairs(ordered)):
        raise InputError("No hip is outlined in two of the examinations; there is nothing to compare.")
    return ordered


def _pairs(exams: Sequence[DatedExam]) -> list[tuple[DatedExam, DatedExam]]:
    return [(one, two) for place, one in enumerate(exams) for two in exams[place + 1 :]]


def necrosis_of(hip: DatedHip) -> np.ndarray:
    """Its necrosis as a boolean array of ``hip.labels``."""
    return np.asarray(hip.labels.array == NECROSIS[hip.side])
