"""From all frames of a series to those of one volume: one echo, one stack, no copies; what remains must be regular.

Echoes are counted from 1 by rising echo time, stacks as :func:`stacks_of` orders them.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from ...core.errors import InputError
from .frames import Frame, stored_values
from .grid import PLANES, SAME_PLACE_MM, Irregular, gaps_of, is_usual, sorted_along, spacing_of
from .refusals import ECHO, OFFER, SAME_LINE_MM, TELLS_APART, echo_words, refusal, stack_words

_SAME_ECHO = 0.05  # share by which echo times of one echo may differ


@dataclass
class Volume:
    """The frames of one volume, along its normal.

    Attributes:
        spacing: mm between them; None for a single one.
        copies: exact copies of other files that were left out, each with what it is a copy of.
        notes: sentences that the reader should know.
    """

    frames: list[Frame]
    spacing: float | None
    copies: list[tuple[Path, Path]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def one_volume(
    path: Path,
    frames: list[Frame],
    echo: int | None = None,
    stack: int | None = None,
    by_headers: bool = False,
) -> Volume:
    """The volume that the frames make, after the choice of an echo and a stack where there are several.

    Args:
        path: what the user gave, for messages.
        echo, stack: numbers from 1; None where there is but one.
        by_headers: read no pixels; frames whose headers are equal count as copies.

    Raises:
        InputError: several echoes or stacks without a choice, a number that there is not, images of different planes or
            at the same place, a gap that is wider or narrower than the others, a sheared series.
    """
    notes: list[str] = []
    frames, copies = _without_copies(frames, by_headers)
    echoes = echoes_of(frames)
    if echo is not None or len(echoes) > 1:
        frames = _chosen(path, "echo", "echoes", echoes, echo, echo_words)
        if len(echoes) > 1:
            notes.append(f"Echo {echo} of {len(echoes)} ({echo_words(frames)}) was read.")
    whole = _volume(frames)
    if stack is not None or isinstance(whole, Irregular):
        stacks = stacks_of(frames)
        if stack is None and isinstance(whole, Irregular):
            text = refusal(path, whole, stacks)
            raise InputError(text, asks_for="stack" if OFFER in text else "")
        frames = _chosen(path, "stack", "stacks", stacks, stack, stack_words)
        if len(stacks) > 1:
            notes.append(f"Stack {stack} of {len(stacks)} ({stack_words(frames)}) was read.")
        whole = _volume(frames)
    if isinstance(whole, Irregular):
        raise InputError(refusal(path, whole, []))
    frames = sorted_along(frames)
    notes += _missing_by_header(frames, whole)
    return Volume(frames, whole, copies, notes)


# echoes -------------------------------------------------------------------------------------------------------


def echoes_of(frames: list[Frame]) -> list[list[Frame]]:
    """The frames by echo time, shortest first; by echo number where images without a time lie at the same place."""
    times = [frame.fact("EffectiveEchoTime", "EchoTime") for frame in frames]
    groups: list[tuple[float, list[Frame]]] = []
    if all(time is not None for time in times):
        ordered = sorted(
            zip(times, range(len(frames)), strict=True), key=lambda pair: (pair[0] or 0.0, pair[1])
        )
        for time, index in ordered:
            shortest = groups[-1][0] if groups else None
            if shortest is None or (time or 0.0) > shortest * (1 + _SAME_ECHO) + 1e-6:
                groups.append((time or 0.0, []))
            groups[-1][1].append(frames[index])
    if len(groups) < 2 and _repeats(frames):
        by_number: dict[str, list[Frame]] = {}
        for frame in frames:
            by_number.setdefault(frame.text("EchoNumbers"), []).append(frame)
        return [by_number[key] for key in sorted(by_number)]
    return [_in_order(group, frames) for _, group in groups] or [frames]


def _in_order(group: list[Frame], frames: list[Frame]) -> list[Frame]:
    """A group in the order of the files, from which the facts of the series are read."""
    kept = {id(frame) for frame in group}
    return [frame for frame in frames if id(frame) in kept]


# stacks -------------------------------------------------------------------------------------------------------


def stacks_of(frames: list[Frame]) -> list[list[Frame]]:
    """The frames by stack: by the Stack ID of the header; else by plane, by line, and between gaps that are unusual.

    Their order is that of the instance numbers, then from the right to the left; names of files say nothing.
    """
    frames = sorted(frames, key=_instance)
    stacks = _by_stack_id(frames)
    if len(stacks) > 1:
        return stacks
    for divide in (_by_plane, _by_line, _by_gap):
        stacks = [part for one in stacks for part in divide(one)]
    return stacks


def _instance(frame: Frame) -> tuple[float, ...]:
    stated = frame.fact("InstanceNumber")
    return (math.inf if stated is None else stated, frame.number, *frame.position.tolist())


def _by_stack_id(frames: list[Frame]) -> list[list[Frame]]:
    found: dict[str, list[Frame]] = {}
    for frame in frames:
        found.setdefault(frame.text("StackID"), []).append(frame)
    return [found[key] for key in sorted(found, key=lambda text: (len(text), text))]


def _by_plane(frames: list[Frame]) -> list[list[Frame]]:
    return _grouped(frames, same_plane)


def _grouped(frames: list[Frame], alike: Callable[[Frame, Frame], bool]) -> list[list[Frame]]:
    """The frames by likeness to the first of each group, groups in the order in which they begin."""
    groups: list[list[Frame]] = []
    for frame in frames:
        group = next((one for one in groups if alike(frame, one[0])), None)
        if group is None:
            groups.append([frame])
        else:
            group.append(frame)
    return groups


def same_plane(one: Frame, other: Frame) -> bool:
    """Whether two frames have the same orientation, pixel spacing and size."""
    return (
        one.shape == other.shape
        and bool(np.abs(one.rows_to - other.rows_to).max() < 1e-3)
        and bool(np.abs(one.columns_to - other.columns_to).max() < 1e-3)
        and all(abs(a - b) <= 1e-3 * b for a, b in zip(one.spacing, other.spacing, strict=True))
    )


def _by_line(frames: list[Frame]) -> list[list[Frame]]:
    """Stacks side by side, as of both hips; a tilted series, whose slices all lie in lines of their own, stays one."""
    normal = frames[0].normal

    def beside(one: Frame, other: Frame) -> bool:
        offset = one.position - other.position
        return float(np.linalg.norm(offset - (offset @ normal) * normal)) < SAME_LINE_MM

    lines = _grouped(frames, beside)
    return lines if len(lines) * 2 <= len(frames) else [frames]


def _by_gap(frames: list[Frame]) -> list[list[Frame]]:
    if len(frames) < 3 or _repeats(frames):
        return [frames]
    ordered = sorted_along(frames)
    gaps, usual = gaps_of(ordered)
    cuts = [int(place) + 1 for place in np.flatnonzero(~is_usual(gaps, usual))]
    ends = zip([0, *cuts], [*cuts, len(ordered)], strict=True)
    return [ordered[start:stop] for start, stop in ends]


# copies -------------------------------------------------------------------------------------------------------


def _without_copies(frames: list[Frame], by_headers: bool) -> tuple[list[Frame], list[tuple[Path, Path]]]:
    """Without frames that another one repeats exactly: same instance, place, scale and stored values."""
    kept: dict[tuple, list[Frame]] = {}
    copies: dict[Path, Path] = {}
    left: list[Frame] = []
    stored: dict[Path, np.ndarray] = {}
    for frame in frames:
        others = kept.setdefault(_identity(frame), [])
        twin = next((one for one in others if _is_copy(frame, one, None if by_headers else stored)), None)
        if twin is None:
            others.append(frame)
            left.append(frame)
        else:
            copies[frame.path] = twin.path
    return left, list(copies.items())


def _identity(frame: Frame) -> tuple:
    return (
        frame.text("InstanceNumber"),
        frame.number,
        *np.round(frame.position, 3).tolist(),
        *np.round(frame.rows_to, 3).tolist(),
        *np.round(frame.columns_to, 3).tolist(),
    )


def _is_copy(one: Frame, other: Frame, stored: dict[Path, np.ndarray] | None) -> bool:
    if one.path == other.path or not same_plane(one, other):
        return False
    if (one.slope, one.intercept) != (other.slope, other.intercept):
        return False
    if any(one.text(*keys) != other.text(*keys) for _, keys in (*ECHO, *TELLS_APART)):
        return False
    if stored is None:
        return True
    for path in set(stored) - {one.path, other.path}:
        del stored[path]
    for frame in (one, other):
        if frame.path not in stored:
            stored[frame.path] = stored_values(frame)
    return bool(np.array_equal(one.plane(stored[one.path]), other.plane(stored[other.path])))


# choice and refusal -------------------------------------------------------------------------------------------


def _chosen(
    path: Path,
    name: str,
    plural: str,
    groups: list[list[Frame]],
    wanted: int | None,
    describe: Callable[[Sequence[Frame]], str],
) -> list[Frame]:
    if wanted is not None and 1 <= wanted <= len(groups):
        return groups[wanted - 1]
    listing = "; ".join(f"{number} ({describe(group)})" for number, group in enumerate(groups, 1))
    count = f"{len(groups)} {name if len(groups) == 1 else plural}"
    if wanted is not None:
        raise InputError(f"{path} has no {name} {wanted}; it holds {count}: {listing}.")
    raise InputError(f"{path} holds {count}; choose one: {listing}.", asks_for=name)


def _volume(frames: list[Frame]) -> float | Irregular | None:
    """The spacing of the frames, None of a single one, or what keeps them from being one volume."""
    first = frames[0]
    odd = next((frame for frame in frames if not same_plane(frame, first)), None)
    if odd is not None:
        return Irregular(PLANES, odd, first, 0.0)
    return None if len(frames) == 1 else spacing_of(sorted_along(frames))


def _repeats(frames: list[Frame]) -> bool:
    """Whether two frames lie at the same place."""
    places = np.array([frame.position for frame in frames])
    order = np.lexsort(np.round(places, 2).T)
    return bool((np.abs(np.diff(places[order], axis=0)).max(axis=1, initial=0.0) < SAME_PLACE_MM).any())


def _missing_by_header(frames: list[Frame], spacing: float | None) -> list[str]:
    """A note where the header states much closer slices: every second image may be missing."""
    stated = frames[0].fact("SpacingBetweenSlices")
    if spacing is None or stated is None or abs(stated) < 1e-3 or spacing < 1.9 * abs(stated):
        return []
    return [
        f"The slices are {spacing:.2f} mm apart, while the header states {abs(stated):.2f} mm: every second image, or "
        "more, may be missing."
    ]
