"""DICOM objects back into a case folder: our own as they were, and a segment of somebody else's as an outline."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
from pydicom.dataset import Dataset

from ...case.case import Case
from ...case.files import write_measurements
from ...core.atomic_files import atomic_folder
from ...core.errors import InputError
from ...imaging.files import write_image
from ...imaging.image import Image
from ...imaging.labels import SIDES
from ...imaging.masks.fine import is_finer
from ...imaging.masks.placing import placed_on
from ...imaging.masks.segments import merged
from ...imaging.reading import Reading
from ...imaging.series.numbers import UNREADABLE, items, tolerant, words
from ...readers.reader_files import record_confirmation
from .. import fields
from ..source import Source
from .from_groups import result_of
from .imported import Imported, other_frame, source_of, with_hashes
from .others import Chosen, case_of_others
from .report_tree import Group, damaged, groups_in, person_in, require_version
from .stored import PARAMETRIC_MAP, Objects, Stored, read_map, read_objects, read_segments


def read_case(folder: Path, chosen: Chosen | None = None, source: Path | None = None) -> Imported:
    """Read a case from DICOM objects.

    Args:
        folder: of the objects, or the one file of a segmentation.
        chosen: which segment of another program's segmentation is which of our structures; our own report is then not
            looked for.
        source: folder of the series that was outlined, whose voxels and identifiers then belong to the case.

    Raises:
        InputError: nothing to read, a newer version, another frame of reference, what a report refers to is missing, or
            a file is damaged; nothing is written by then.
    """
    objects = read_objects(folder)
    try:
        with tolerant():
            if not chosen and objects.reports:
                return _own(objects, source)
            return case_of_others(objects, chosen or {}, source)
    except InputError:
        raise
    except UNREADABLE as error:
        what = " ".join(f"{type(error).__name__}: {error}".split())[:120]
        raise InputError(
            f"The DICOM objects in {folder} are damaged ({what}); take them from the archive again."
        ) from error


def write_case(case: Imported, out: Path) -> Path:
    """Write a case folder, which appears when it is whole; the file of its result.

    Raises:
        InputError: the folder holds something.
    """
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise InputError(f"{out} is not empty; choose a new folder for the case.")
    with atomic_folder(out) as part:
        outlines = write_image(case.labels, part / "segmentation.nii.gz")
        if case.confirmed_by:
            record_confirmation(outlines, case.confirmed_by)
        result = replace(case.result, segmentation=str(outlines))
        if case.fine is not None:
            fine = write_image(case.fine, part / "segmentation_fine.nii.gz")
            result = replace(result, segmentation_fine=str(fine))
        for side, heat in case.heats.items():
            hip = result.hip(side)
            if hip.stage is not None:
                path = str(write_image(heat, part / f"heatmap_{side}.nii.gz"))
                result = result.with_hip(replace(hip, stage=replace(hip.stage, heatmap=path)))
        write_measurements(result, part, result.name)
        saved = result.save(part)
    return out / saved.name


# our own ----------------------------------------------------------------------------------------------------------


def _own(objects: Objects, source: Path | None) -> Imported:
    if len(objects.reports) > 1:
        names = ", ".join(one.path.name for one in objects.reports)
        raise InputError(
            f"{objects.folder} holds {len(objects.reports)} reports of ONFHAssist ({names}); give the folder of one."
        )
    report = objects.reports[0]
    require_version(report.header, report.path)
    groups = groups_in(report.header, report.path)
    parts = objects.referred_to(report)
    _require_one_frame(report, groups, parts)
    _require_all_segments(report, groups, parts)
    series = _series_of(parts, report)
    found = source_of(source, series, parts[0])
    result = result_of(groups, report.path, series, series)
    outlines = [read_segments(one) for one in parts if one.kind != PARAMETRIC_MAP]
    label_images = [merged(segments, grid, str(objects.folder)) for segments, grid in outlines]
    plain, fine = _plain_and_fine(label_images, report)
    if found is not None:
        plain = placed_on(plain, found.image)
        found.image.require_same_grid(plain, str(source), str(report.path))
    case = _case(plain, fine, found)
    _require_outlines(groups, case, report)
    heats = {
        words(_anatomy(one), "FrameLaterality"): _on_grid(read_map(one), case.outlines, one)
        for one in parts
        if one.kind == PARAMETRIC_MAP
    }
    version = words(report.header, "SoftwareVersions")
    note = (
        f"Read back from the DICOM report {words(report.header, 'SOPInstanceUID')} of ONFHAssist {version}."
    )
    result = with_hashes(replace(result, reading=Reading(notes=(note,))), case, found is not None)
    return Imported(result, case.outlines, case.fine, heats, person_in(report.header))


def _plain_and_fine(images: list[Image], report: Stored) -> tuple[Image, Image | None]:
    """The label image on the grid of the series, and the one on finer voxels."""
    ordered = sorted(images, key=lambda one: -float(np.prod(one.spacing)))
    if not 1 <= len(ordered) <= 2 or (len(ordered) == 2 and not is_finer(ordered[1], ordered[0])):
        raise damaged(report.path, f"it rests on {len(ordered)} segmentations, of which one may be finer")
    labels = [one.like(one.array.astype(np.uint8)) for one in ordered]
    return labels[0], labels[1] if len(labels) == 2 else None


def _require_one_frame(report: Stored, groups: list[Group], parts: list[Stored]) -> None:
    if not any(one.kind != PARAMETRIC_MAP for one in parts):
        raise damaged(report.path, "it refers to no segmentation")
    frame = parts[0].frame_of_reference
    for one in parts:
        if one.frame_of_reference != frame:
            raise other_frame(one.path, parts[0].path)
    if any(stated != frame for group in groups for stated in group.frames_of_reference):
        raise other_frame(parts[0].path, report.path)


def _require_all_segments(report: Stored, groups: list[Group], parts: list[Stored]) -> None:
    """Raise where a segment has no group: the end of the report is missing, or it is of other outlines."""
    measured = {group.segment for group in groups if group.segment is not None}
    for one in parts:
        uid = words(one.header, "SOPInstanceUID")
        if uid not in {owner for owner, _ in measured}:
            continue
        for segment in items(one.header, "SegmentSequence"):
            if (uid, int(words(segment, "SegmentNumber") or 0)) not in measured:
                name = words(segment, "SegmentLabel")
                raise damaged(report.path, f"it says nothing of '{name}' in {one.path.name}")


def _series_of(parts: list[Stored], report: Stored) -> str:
    """UID of the series that was outlined."""
    for one in parts:
        for series in items(one.header, "ReferencedSeriesSequence"):
            return words(series, "SeriesInstanceUID")
    raise damaged(report.path, "its segmentation refers to no series")


def _anatomy(one: Stored) -> Dataset:
    shared = items(one.header, "SharedFunctionalGroupsSequence")
    found = [anatomy for group in shared for anatomy in items(group, "FrameAnatomySequence")]
    if not found or words(found[0], "FrameLaterality") not in SIDES:
        raise InputError(
            f"{one.path} is a parametric map that states no side; take it from the archive again."
        )
    return found[0]


def _on_grid(heat: Image, grid: Image, one: Stored) -> Image:
    """A heat of some slices on all voxels of the series."""
    start = np.rint(grid.point_to_index(heat.origin)).astype(int)
    low, high = start[::-1], start[::-1] + heat.array.shape
    inside = (low >= 0).all() and (high <= grid.array.shape).all()
    part = grid.cropped(tuple(start), tuple(start + np.asarray(heat.size))) if inside else None
    if part is None or not part.same_grid(heat, tolerance=0.05):
        raise InputError(
            f"{one.path} does not lie on the slices of the outlines; give the objects of one study."
        )
    array = np.zeros(grid.array.shape, np.float32)
    array[tuple(slice(a, b) for a, b in zip(low, high, strict=True))] = heat.array
    return replace(grid, array=array, metadata={})


def _require_outlines(groups: list[Group], case: Case, report: Stored) -> None:
    """Raise where the segmentations are not those that the report measured: damaged, or changed in another program."""
    for group in groups:
        stated = group.parameters.get(fields.OUTLINES)
        if stated is not None and case.hip_outlines.get(group.side) != stated:
            side = "right" if group.side == "R" else "left"
            raise InputError(
                f"The outlines of the {side} hip beside {report.path} are not those that the report measured: they are "
                "damaged or were changed since. Take all objects from the archive again, or import the changed "
                "segmentation alone."
            )


def _case(labels: Image, fine: Image | None, source: Source | None) -> Case:
    image = labels if source is None else source.image
    return Case(image, "the series", image.like(labels.array), fine=fine)
