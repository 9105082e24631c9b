"""A segmentation of another program as the outline of a case, after the user named its segments."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from ...case.case import Case
from ...case.result import CaseResult, HipResult
from ...core.errors import InputError
from ...imaging.head import heads_from_labels
from ...imaging.image import Image
from ...imaging.labels import HEAD, NAMES, NECROSIS, SIDES
from ...imaging.masks.fine import fine_labels
from ...imaging.masks.placing import placed_on
from ...imaging.masks.segments import Segment
from ...imaging.reading import Reading
from ...imaging.series.numbers import items, words
from ...segment.outline_sides import check_sides
from .imported import Imported, source_of, with_hashes
from .stored import Objects, read_segments

Chosen = Mapping[int, str]  # our label -> number or name of a segment


def case_of_others(objects: Objects, chosen: Chosen, source: Path | None) -> Imported:
    """The case of the one segmentation among the objects.

    Raises:
        InputError: several segmentations, segments that nobody named or that are not there, another frame of reference.
    """
    if not objects.segmentations:
        raise InputError(
            f"{objects.folder} holds no report of ONFHAssist and no DICOM segmentation; give the folder of such objects."
        )
    if len(objects.segmentations) > 1:
        names = ", ".join(one.path.name for one in objects.segmentations)
        raise InputError(f"{objects.folder} holds several segmentations ({names}); give the file of one.")
    one = objects.segmentations[0]
    segments, grid = read_segments(one)
    labels = _chosen_labels(segments, grid, chosen, one.path)
    series = next((words(s, "SeriesInstanceUID") for s in items(one.header, "ReferencedSeriesSequence")), "")
    found = source_of(source, series, one)
    fine = None
    if found is not None:
        labels = placed_on(labels, found.image)
        if not found.image.same_grid(labels):
            fine = fine_labels(labels, found.image)
            if fine is None:
                found.image.require_same_grid(labels, str(source), str(one.path))
    case = Case(labels if found is None else found.image, one.path.name, labels if fine is None else fine)
    said = check_sides(case.outlines, None if found is None else found.image, str(one.path))
    head = {one.side: one for one in heads_from_labels(case.outlines_in_full)}
    hips = tuple(HipResult(side, head[side]) for side in SIDES if side in head)
    who = words(one.header, "ManufacturerModelName") or words(one.header, "Manufacturer") or "another program"
    note = f"The outlines are those of a DICOM segmentation by {who}."
    result = CaseResult(series or one.path.name, series, hips=hips, reading=Reading(notes=(note, *said)))
    return Imported(with_hashes(result, case, found is not None), case.outlines, case.fine, {})


def _chosen_labels(segments: list[Segment], grid: Image, chosen: Chosen, path: Path) -> Image:
    listing = "; ".join(f"{one.value} ({one.name})" for one in segments)
    if not chosen:
        raise InputError(
            f"{path} is a segmentation of another program; say which segment is the right or the left femoral head. It "
            f"holds {listing}.",
            asks_for="head-r",
        )
    if not set(chosen) & set(HEAD.values()):
        raise InputError(f"No segment of {path} was named as a femoral head; it holds {listing}.")
    array = np.zeros(grid.array.shape, np.uint8)
    for label in (*HEAD.values(), *NECROSIS.values()):  # a necrosis over its head
        if label not in chosen:
            continue
        wanted = chosen[label]
        found = [one for one in segments if wanted in (str(one.value), one.name)]
        if len(found) != 1:
            count = "no" if not found else "more than one"
            raise InputError(f"{path} has {count} segment '{wanted}'; it holds {listing}.")
        if not found[0].mask.any():
            raise InputError(f"Segment '{wanted}' of {path}, named as {NAMES[label]}, is empty.")
        array[found[0].mask] = label
    return grid.like(array)
