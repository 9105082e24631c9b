"""Named segments, possibly overlapping, to one label image with the values of :mod:`..labels`."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from ...core.errors import InputError
from ..image import Image
from ..labels import HEAD, NAMES, NECROSIS, NOTES, SEGMENT_NAMES, SIDES, label_of_codes, label_of_name

_PARTS = [{HEAD[side], NECROSIS[side]} for side in SIDES]
_MEANS_NOTHING = re.compile(r"^(segment|label|layer|roi|region|mask)?[\W_\d]*$", re.IGNORECASE)


@dataclass(frozen=True)
class Segment:
    """One segment of a file.

    Attributes:
        value: its number in the file. name: as the file writes it.
        mask: boolean, (z, y, x), on the grid of the file.
        codes: SNOMED CT codes of what it is and where. identifier: of 3D Slicer.
    """

    value: int
    name: str
    mask: np.ndarray
    codes: tuple[str, ...] = ()
    identifier: str = ""

    @property
    def label(self) -> int | None:
        """Which of our labels its name says, else its identifier, else its codes; None where none of them does."""
        named = label_of_name(self.name) or label_of_name(self.identifier)
        return named if named is not None else label_of_codes(self.codes)


def merged(
    segments: Sequence[Segment],
    grid: Image,
    path: str,
    layer: int | None = None,
    wanted: Sequence[int] = (),
) -> Image:
    """One label image of all segments.

    Segments that say which of our structures they are get our labels, a necrosis over its head, and the others are left
    out. Where no segment is one of ours, all keep their numbers.

    Args:
        grid: of the masks.
        path: of the file, for messages.
        layer: which segment to take alone, from 0, where they overlap.
        wanted: labels that will be used: a segment of that number is there as a whole, whatever overlaps it.

    Raises:
        InputError: two segments of one structure, or segments that overlap, are none of ours and not ``wanted``.
    """
    if layer is not None:
        if not 0 <= layer < len(segments):
            raise InputError(f"{path} has {len(segments)} segments; label_channel {layer} is not among them.")
        segments = [segments[layer]]
    ours = _by_label(segments, path)
    if not ours:
        return _by_number(segments, grid, path, wanted)
    labels = np.zeros(grid.array.shape, np.int32)
    for label in sorted(ours):
        labels[ours[label].mask] = label
    others = [segment for segment in segments if segment.label is None]
    kept = [segment for segment in others if segment.value in wanted and segment.value not in NAMES]
    for segment in kept:
        labels[segment.mask] = segment.value
    notes = _notes(ours, [segment for segment in others if segment not in kept], path)
    return grid.like(labels, **({NOTES: "\n".join(notes)} if notes else {}))


def _by_label(segments: Sequence[Segment], path: str) -> dict[int, Segment]:
    ours: dict[int, Segment] = {}
    for segment in segments:
        if segment.label is None:
            continue
        if segment.label in ours:
            raise InputError(
                f"{path} has two segments of {NAMES[segment.label]}, '{ours[segment.label].name}' and '{segment.name}'; "
                "remove or rename one."
            )
        ours[segment.label] = segment
    return ours


def _by_number(segments: Sequence[Segment], grid: Image, path: str, wanted: Sequence[int]) -> Image:
    if len({segment.value for segment in segments}) < len(segments):
        _require_apart(segments, path)  # before they get other numbers
        segments = [replace(segment, value=number) for number, segment in enumerate(segments, 1)]
    if not set(wanted) & {segment.value for segment in segments}:
        _require_apart(segments, path)
    labels = np.zeros(grid.array.shape, np.int32)
    for segment in sorted(segments, key=lambda one: (one.value in wanted, one.value)):
        labels[segment.mask] = segment.value
    names = {str(s.value): s.name for s in segments if s.name and not _MEANS_NOTHING.match(s.name)}
    return grid.like(labels, **({SEGMENT_NAMES: json.dumps(names)} if names else {}))


def _require_apart(segments: Sequence[Segment], path: str) -> None:
    """Raise where segments overlap that are no head with its necrosis: one label image cannot hold both."""
    for number, segment in enumerate(segments):
        for other in segments[:number]:
            if {segment.value, other.value} in _PARTS:
                continue
            common = np.count_nonzero(segment.mask & other.mask)
            if common:
                raise InputError(
                    f"The segments '{other.name}' and '{segment.name}' of {path} overlap in {common} voxels; name them "
                    "(Femoral head R, Necrosis R, ...), take one with label_channel in the parameter file, or export "
                    "them without overlap."
                )


def _notes(ours: Mapping[int, Segment], left_out: Sequence[Segment], path: str) -> list[str]:
    notes = []
    moved = [
        f"'{s.name}' (stored as {s.value}) is label {label}" for label, s in ours.items() if label != s.value
    ]
    if moved:
        notes.append(f"The names of the segments in {path} were obeyed: {', '.join(moved)}.")
    if left_out:
        which = ", ".join(f"'{s.name}'" for s in left_out)
        notes.append(f"Of {path} was left out what is no femoral head and no necrosis by its name: {which}.")
    return notes
