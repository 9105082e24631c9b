"""The page for the theatre: pictures of the wires, their figures, the rules, and what the plan is not."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ...core.atomic_files import write_text
from ...drilling.plan import PlannedHip
from ...drilling.result import DrillingPlan, HipPlan
from ...imaging.image import Image
from ..case_page import CasePage, Picture, Section, render
from .pictures import draw_plan

PAGE_FILE = "drilling.html"
_COLUMNS = (
    "wire", "length, mm", "to the shaft, degrees", "to the shaft from the front", "to the coronal plane",
    "entry below the trochanter, mm", "entry before the shaft, mm", "short of the joint, mm",
)  # fmt: skip


def write_drilling_page(
    plan: DrillingPlan, planned: Sequence[PlannedHip], image: Image, title: str, path: Path
) -> Path:
    """One HTML file with everything embedded.

    Args:
        title: what stands above it; no patient's identity unless the caller writes it there.
    """
    with tempfile.TemporaryDirectory() as folder:
        sections = [_section(hip, image, Path(folder)) for hip in planned]
        page = CasePage(
            title=f"Drilling plan: {title}",
            summary=[_card(hip.plan) for hip in planned],
            sections=[*sections, _rules(plan)],
            provenance={name: str(value) for name, value in (plan.provenance or {}).items()},
            banner=plan.disclaimer,
            remarks=[*plan.warnings, *(said for hip in plan.hips for said in hip.warnings)],
        )
        return write_text(path, render(page))


def _card(hip: HipPlan) -> dict[str, Any]:
    broken = [check.reason for check in hip.checks if not check.kept]
    return {
        "side": hip.side,
        "headline": "no plan" if hip.withheld else f"{hip.reach_share:.0%} reached",
        "meaning": hip.withheld or hip.statement,
        "tone": "calm" if hip.kept else "alert",
        "facts": {f"{len(broken)} broken": " ".join(broken)} if broken else {},
    }


def _section(hip: PlannedHip, image: Image, folder: Path) -> Section:
    plan, name = hip.plan, f"Hip {hip.plan.side}"
    if not plan.wires or plan.landmarks is None:
        return Section(name, plan.withheld)
    rows = [
        (
            str(wire.number), f"{wire.length_mm:.0f}", f"{wire.angle_to_shaft_deg:.0f}",
            f"{wire.angle_to_shaft_front_deg:.0f}",
            f"{abs(wire.angle_to_coronal_deg):.0f} {'forward' if wire.angle_to_coronal_deg >= 0 else 'backward'}",
            f"{wire.below_trochanter_mm:.0f}", f"{wire.before_shaft_mm:.0f}", f"{wire.tip_gap_mm:.1f}",
        )
        for wire in plan.wires
    ]  # fmt: skip
    picture = draw_plan(image, hip, folder / f"plan_{plan.side}.png")
    caption = (
        "Cuts along the wires: upright, seen from the front (left picture), and from front to back, seen from below as "
        "an axial slice (right picture). Blue: bone that the plan rests on. Orange: necrosis. Wires are projected onto "
        "the cuts, red where one breaks a rule; their numbers stand outside the entries."
    )
    text = f"Neck and shaft stand at {plan.landmarks.neck_shaft_angle_deg:.0f} degrees. {plan.statement}"
    return Section(name, text, _COLUMNS, rows, [Picture(picture, caption)], wide=True)


def _rules(plan: DrillingPlan) -> Section:
    rows = [
        (hip.side, check.rule, ", ".join(map(str, check.wires)), "yes" if check.kept else "no", check.reason)
        for hip in plan.hips
        for check in hip.checks
    ]
    text = "Every rule, measured on the bone by itself after the search."
    return Section("Rules", text, ("hip", "rule", "wires", "kept", "why not"), rows)
