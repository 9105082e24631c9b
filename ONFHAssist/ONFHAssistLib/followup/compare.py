"""The follow-up of a patient: every later examination of each hip against its first one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from ..core.progress import Progress, no_progress
from ..core.provenance import provenance
from ..exam.answers import FLATTENED_MM
from ..imaging.labels import SIDES
from .alignment import DateAlignment, align_dates
from .dates import unnamed
from .examinations import DatedExam, DatedHip, in_order
from .growth import Growth, calibration, growth_of
from .outlines import BoneOutline, BothDates, bone_grid, both_dates, looks_of, outlined_on
from .result import Collapse, FollowUp, HipChange, HipFollowUp, HipState, Interval
from .surface import SurfaceChange, depths, greatest, surface_change
from .tracks import LOST, NEW, Track, tracks_of, voxels_of

DAYS_IN_MONTH = 30.4375
SUNK_MM = 1.0  # of more depression that has to be possible where a head is said to have collapsed since its first date


@dataclass(frozen=True)
class ComparedHip:
    """One hip at two dates with what a picture of it needs.

    Attributes:
        first, later: the hip. change: what is said. both: the necrosis of both on one grid. surface: of both dates.
        outlines: of the two dates on that grid.
    """

    first: DatedHip
    later: DatedHip
    change: HipChange
    both: BothDates | None = None
    surface: SurfaceChange | None = None
    outlines: tuple[BoneOutline, ...] = ()


def follow(
    exams: Sequence[DatedExam],
    patient: str = "",
    since: date | None = None,
    progress: Progress | None = None,
) -> tuple[FollowUp, list[ComparedHip]]:
    """Compare the examinations of a patient; nothing is written.

    Args:
        exams: two or more, in any order.
        patient: name for the tables, "patient" if left out.
        since: date of the operation, from which months count; the first examination of each hip by default.

    Returns:
        The result, and every comparison with its masks and surfaces.

    Raises:
        InputError: as :func:`.examinations.in_order`.
    """
    report = progress or no_progress
    ordered = in_order(exams)
    hips, compared = [], []
    shown = [side for side in SIDES if sum(side in one.hips for one in ordered) > 1]
    for place, side in enumerate(shown):
        of_side = [one for one in ordered if side in one.hips]
        start = since or of_side[0].day
        report(place / len(shown), f"Comparing hip {side} at {len(of_side)} dates")
        own = [compare_hip(of_side[0].hips[side], one.hips[side], one.day) for one in of_side[1:]]
        states = tuple(state_of(one.hips[side], one.day, start) for one in of_side)
        changes = tuple(one.change for one in own)
        collapse = collapse_of(states, changes, since is not None)
        hips.append(HipFollowUp(side, states, changes, collapse, start.isoformat()))
        compared += own
    left_out = [
        f"Hip {side} is outlined on one date only and was not compared."
        for side in SIDES
        if sum(side in one.hips for one in ordered) == 1
    ]
    report(1.0, "Compared")
    result = FollowUp(
        patient or "patient", tuple(one.name for one in ordered),
        tuple(one.day.isoformat() for one in ordered), (since or ordered[0].day).isoformat(), tuple(hips),
        warnings=(*_of_exams(ordered), *_early(ordered, since), *left_out), provenance=provenance(),
    )  # fmt: skip
    return result, compared


def _of_exams(exams: Sequence[DatedExam]) -> list[str]:
    """What is to be known of the examinations: dates that contradict their headers, patients that nothing names."""
    said = [note for one in exams for note in one.notes]
    nameless = unnamed({one.name: one.identities for one in exams})
    if nameless:
        *most, last = nameless
        names = f"{', '.join(most)} and {last} name" if most else f"{last} names"
        said.append(f"{names} no patient; that all examinations are of one could not be checked.")
    return said


def _early(exams: Sequence[DatedExam], since: date | None) -> list[str]:
    if since is None or exams[-1].day >= since:
        return []
    return [f"All examinations are before {since.isoformat()}, from which months count."]


def compare_hip(first: DatedHip, later: DatedHip, day: date) -> ComparedHip:
    """One hip at two dates."""
    alignment = align_dates(first, later)
    if alignment.failure:
        return ComparedHip(first, later, HipChange(day.isoformat(), alignment, failure=alignment.failure))
    numbers = calibration()
    motion = alignment.motion
    grid = bone_grid(first)
    tracks = tracks_of(first, later, motion)
    drilled = voxels_of([one for one in tracks if one.state in (NEW, LOST)], grid)
    looks = looks_of(first, later, motion)
    before = outlined_on(grid, first, np.eye(4), looks)
    after = outlined_on(grid, later, motion, looks)
    both = both_dates(grid, before, after, first.head.centre, tracks=drilled)
    growth = growth_of(both, before, after, (_oedema(first), _oedema(later)))
    dead = grid.like((both.before | both.after).astype(np.float32))
    surface = surface_change(first, later, motion, dead, numbers["sunk"])
    change = HipChange(
        day.isoformat(), alignment, alignment_error(alignment, numbers["alignment"]), growth,
        Interval(surface.sunk_mm, surface.low, surface.high), surface.place, tracks,
        notes=tuple(_notes(first, later, alignment, growth, tracks, surface.told)), told=surface.told,
    )  # fmt: skip
    return ComparedHip(first, later, change, both, surface, (before, after))


def _oedema(hip: DatedHip) -> bool | None:
    """Whether its examination suggests oedema; None where none was looked for."""
    found = hip.found.findings
    return None if found is None or found.oedema is None else bool(found.oedema.suggested)


def alignment_error(alignment: DateAlignment, numbers: Mapping[str, float]) -> float:
    """By how much an alignment may be off over the head, mm, by how far its pairs of series lie apart."""
    return float(numbers["floor"] + numbers["apart"] * alignment.apart_mm)


def _notes(
    first: DatedHip,
    later: DatedHip,
    alignment: DateAlignment,
    growth: Growth,
    tracks: Sequence[Track],
    told: bool,
) -> list[str]:
    said = []
    if len(alignment.pairs) == 1:
        said.append("The alignment rests on one pair of series, which nothing confirms.")
    new = sum(one.state == NEW for one in tracks)
    lost = sum(one.state == LOST for one in tracks)
    if new:
        said.append(
            f"{new} new drill tracks; what lies along them is not counted as necrosis."
            if new > 1
            else "1 new drill track; what lies along it is not counted as necrosis."
        )
    if lost:
        said.append(f"{lost} drill track{'s' * (lost > 1)} of before no longer seen.")
    if first.own != later.own:
        said.append(
            "One date has an outline of a reader and the other that of the networks; their borders may differ."
        )
    if _oedema(first) is not None and _oedema(later) is not None and _oedema(first) != _oedema(later):
        said.append(
            "Oedema appeared in between, which moves the border of the necrosis on fluid-sensitive series."
            if _oedema(later)
            else "Oedema is gone since, which moves the border of the necrosis on fluid-sensitive series."
        )
    if not told:
        said.append(
            "No T1-weighted or fat-suppressed series of both dates can be compared, so that whether the joint surface "
            "sank stays open."
        )
    if growth.new_ml > 0.5 and growth.gone_ml > 0.5:
        said.append(f"{growth.new_ml:.1f} ml are new while {growth.gone_ml:.1f} ml are gone; look at both.")
    return said


def state_of(hip: DatedHip, day: date, start: date) -> HipState:
    """What one examination says of a hip."""
    found = hip.found
    sphere = (np.asarray(hip.head.centre, float), float(hip.head.radius))
    flat = greatest(depths(hip, np.eye(4), sphere))
    half = calibration()["flattening"]["half"]
    state = HipState(
        day.isoformat(), (day - start).days / DAYS_IN_MONTH,
        stage="" if found.stage is None else found.stage.stage,
        effusion_grade=None if found.effusion is None else found.effusion.grade,
        flattening=Interval(flat, max(flat - half, 0.0), flat + half),
    )  # fmt: skip
    if found.findings is None:
        return state
    measured, oedema = found.findings.measurement, found.findings.oedema
    return replace(
        state,
        necrosis_ml=measured.necrosis_ml,
        necrotic_share=measured.necrotic_share,
        arc_a=measured.arc_a,
        arc_b=measured.arc_b,
        combined_necrotic_angle=measured.combined_necrotic_angle,
        jic_type=measured.jic_type or "",
        oedema=None if oedema is None else oedema.suggested,
    )


def has_collapsed(change: HipChange) -> bool:
    """Whether a later examination shows a collapse that the first did not: the interval of the sinking leaves out 0.

    With the calibration that ships it does so from about 0.7 mm read on, and every such interval reaches a mm, so that
    :data:`SUNK_MM` decides of nothing; it would with a narrower one. Heads that sank by less than a mm were never judged
    and may be called collapsed.

    The flattening of one date is too uncertain to say it by itself; it decides of the first date alone.
    """
    sunk = change.sunk_told
    return sunk is not None and sunk.low > 0 and sunk.high >= SUNK_MM


def collapse_of(states: Sequence[HipState], changes: Sequence[HipChange], operated: bool = False) -> Collapse:
    """When a head collapsed: the first date that shows it, and the last one before that does not.

    A date that was not compared, or whose surface could not be read, tells nothing.

    Args:
        operated: whether months count from an operation. A head that is flattened at the first visit after it collapsed
            in between: before, nobody would have drilled to preserve it. One that was flattened before, or at the first
            examination of a patient whose operation is not known, was never at risk.
    """
    first = states[0]
    if first.flattening is not None and first.flattening.value > FLATTENED_MM:
        if operated and first.months > 0:
            return Collapse(True, first.months, 0.0)
        return Collapse(True, first.months, float("nan"), at_start=True)
    last = first.months
    for state, change in zip(states[1:], changes, strict=True):
        if has_collapsed(change):
            before = operated and state.months <= 0
            return Collapse(True, state.months, max(last, 0.0) if operated and not before else last, before)
        if not change.failure and change.told:
            last = state.months
    return Collapse(False, last, last)
