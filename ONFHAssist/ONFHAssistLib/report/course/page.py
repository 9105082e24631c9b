"""The page of a patient's course, from the result alone: a card a hip, time line, tables, maps of the joint surface."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from ...core.language import sentence
from ...core.language import text as _
from ...followup.growth import UNCHANGED
from ...followup.result import Collapse, FollowUp, HipChange, HipFollowUp, HipState
from ..case_page import CasePage, Picture, Section, write_case_page
from ..case_report import BANNER
from .surface_map import draw_surface_map, read_map

PAGE = "index.html"
_NAMES = {"R": "Right hip", "L": "Left hip"}
_SIDES = {"R": "Right", "L": "Left"}


def write_course_page(result: FollowUp, out: Path) -> FollowUp:
    """Write the page into the folder of a follow-up (:func:`...followup.files.write_follow_up`), and name it there."""
    with tempfile.TemporaryDirectory(prefix="onfh-course-") as folder:
        path = write_case_page(course_page(result, Path(folder)), out / PAGE)
    named = replace(result, files={**result.files, "report": str(path)})
    named.write(out)
    return named


def course_page(result: FollowUp, folder: Path) -> CasePage:
    """The page; pictures are drawn into ``folder``."""
    notes = [
        _("{hip}, {date}: {said}").format(hip=sentence(_NAMES[hip.side]), date=one.date, said=sentence(text))
        for hip in result.hips
        for one in hip.changes
        for text in (one.failure, *one.notes)
        if text
    ]
    sections = [
        Section(
            "Course",
            "Change since the first date, with the values between which each number lies with 90% by simulated pairs.",
            pictures=(Picture(Path(result.files["timeline"]), "Growth, surface and angle over time."),),
            wide=True,
        ),
        *(_hip_section(hip, folder) for hip in result.hips),
    ]
    return CasePage(
        f"Course of {result.patient}", [_card(hip) for hip in result.hips], sections, result.provenance,
        banner=BANNER, subtitle=f"{len(result.dates)} examinations, {result.dates[0]} to {result.dates[-1]}",
        remarks=[*result.warnings, *notes],
    )  # fmt: skip


def _card(hip: HipFollowUp) -> Mapping[str, Any]:
    """What is known by the last date that could be compared; a later one that could not is said beside it."""
    compared = [one for one in hip.changes if one.growth is not None]
    if not compared:
        return {
            "side": _SIDES[hip.side],
            "headline": "not compared",
            "meaning": hip.changes[-1].failure,
            "tone": "alert",
            "facts": {},
        }
    last = compared[-1]
    growth, sunk = last.growth, last.sunk_told
    assert growth is not None
    missed = [one.date for one in hip.changes if one.date > last.date]
    facts = {
        "Growth": f"{_range(growth.ml, growth.low, growth.high)} ml",
        "Surface sunk": "-" if sunk is None else f"{_range(sunk.value, sunk.low, sunk.high)} mm",
        "Drill tracks": ", ".join(one.state for one in last.tracks) or "none seen",
        "Aligned to about": f"{last.alignment_mm:.1f} mm",
    }
    if missed:
        facts = {"By": last.date, **facts, "Not compared": ", ".join(missed)}
    alert = growth.called != UNCHANGED or hip.collapse.collapsed or bool(missed) or not last.told
    return {
        "side": _SIDES[hip.side],
        "headline": growth.called,
        "meaning": _collapse_said(hip.collapse, last.told),
        "tone": "alert" if alert else "calm",
        "facts": facts,
    }


def _collapse_said(collapse: Collapse, told: bool) -> str:
    if collapse.at_start:
        return "flattened before it was followed"
    if collapse.collapsed:
        return f"collapsed between month {collapse.after_months:.0f} and {collapse.months:.0f}"
    return "no collapse seen" if told else "whether it collapsed stays open"


def _hip_section(hip: HipFollowUp, folder: Path) -> Section:
    changes = {one.date: one for one in hip.changes}
    rows = [_row(state, changes.get(state.date)) for state in hip.states]
    columns = (
        "date", "months", "necrosis (ml)", "growth (ml)", "called", "angle (°)", "stage", "oedema", "effusion",
        "flattening (mm)", "sunk (mm)",
    )  # fmt: skip
    pictures = [picture for one in hip.changes if (picture := _map(hip, one, folder)) is not None]
    return Section(_NAMES[hip.side], columns=columns, rows=rows, pictures=pictures)


def _row(state: HipState, change: HipChange | None) -> tuple[str, ...]:
    growth = (
        "-"
        if change is None or change.growth is None
        else _range(change.growth.ml, change.growth.low, change.growth.high)
    )
    told = None if change is None else change.sunk_told
    sunk = "-" if told is None else _range(told.value, told.low, told.high)
    return (
        state.date, f"{state.months:.1f}", _shown(state.necrosis_ml, 1), growth,
        "-" if change is None or change.growth is None else change.growth.called,
        _shown(state.combined_necrotic_angle, 0), state.stage or "-",
        {True: "suggested", False: "not seen", None: "-"}[state.oedema],
        "-" if state.effusion_grade is None else f"grade {state.effusion_grade}",
        "-" if state.flattening is None else _shown(state.flattening.value, 1), sunk,
    )  # fmt: skip


def _shown(value: float, digits: int) -> str:
    return f"{value:.{digits}f}" if np.isfinite(value) else "-"


def _range(value: float, low: float, high: float) -> str:
    return _("{value} ({low} to {high})").format(
        value=f"{value:+.1f}", low=f"{low:+.1f}", high=f"{high:+.1f}"
    )


def _map(hip: HipFollowUp, change: HipChange, folder: Path) -> Picture | None:
    """The joint surface of one date; None where nothing could be compared."""
    if "surface" not in change.files:
        return None
    points, sunk = read_map(Path(change.files["surface"]))
    # The points lie on a sphere: its centre is where they all are equally far from.
    design = np.hstack([2.0 * points, np.ones((len(points), 1))])
    centre = np.linalg.lstsq(design, (points**2).sum(axis=1), rcond=None)[0][:3]
    path = draw_surface_map(points, sunk, centre, hip.side, folder / f"{hip.side}_{change.date}.png")
    return Picture(
        path, f"{_NAMES[hip.side]}, {change.date}: how far the joint surface sank since {hip.states[0].date}."
    )
