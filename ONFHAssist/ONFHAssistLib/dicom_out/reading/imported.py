"""A case as it was read from objects, and what the two ways of reading one share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from ...case.case import Case
from ...case.result import CaseResult
from ...core.errors import InputError
from ...imaging.image import Image
from ..source import Source, read_source
from .stored import Stored


@dataclass(frozen=True)
class Imported:
    """A case that was read from objects.

    Attributes:
        result: without files. labels: on the grid of the series. fine: on finer voxels, None without.
        heats: side to heat on the grid of the series.
        confirmed_by: the reader who had confirmed the outlines; "" where nobody had.
    """

    result: CaseResult
    labels: Image
    fine: Image | None
    heats: Mapping[str, Image]
    confirmed_by: str = ""


def source_of(source: Path | None, series: str, one: Stored) -> Source | None:
    """The series that an object is of, where its folder was given.

    Raises:
        InputError: another series, or one of another frame of reference.
    """
    if source is None:
        return None
    found = read_source(source, series or None)
    if found.frame_of_reference != one.frame_of_reference:
        raise other_frame(one.path, source)
    return found


def other_frame(path: Path, other: Path) -> InputError:
    """The sentence on an object that belongs to another examination."""
    return InputError(
        f"{path} lies in another frame of reference than {other}: it belongs to another examination, and its outlines "
        "would lie at a wrong place; give the objects of one study."
    )


def with_hashes(result: CaseResult, case: Case, has_voxels: bool) -> CaseResult:
    """With the hashes by which later steps know its outlines, and its voxels where they are there."""
    return replace(
        result,
        outlines_sha256=case.outlines_sha256,
        hip_outlines=case.hip_outlines,
        content_sha256=case.content_sha256 if has_voxels else "",
        hip_content=case.hip_content if has_voxels else {},
    )
