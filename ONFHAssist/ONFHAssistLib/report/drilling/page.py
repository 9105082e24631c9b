"""The page for the theatre: pictures of the wires, their figures, the rules, and what the plan is not."""

from __future__ import annotations

import math
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ...core.atomic_files import write_text
from ...core.language import mark, sentence
from ...core.language import text as _
from ...drilling.plan import PlannedHip
from ...drilling.result import DrillingPlan, HipPlan, RuleCheck
from ...drilling.rules import DrillingRules
from ...imaging.image import Image
from ..case_page import CasePage, Picture, Section, render
from ..case_sections import side_title
from .pictures import draw_plan

PAGE_FILE = "drilling.html"
_COLUMNS = (
    mark("wire"), mark("length, mm"), mark("to the shaft, degrees"), mark("to the shaft from the front"),
    mark("to the coronal plane"), mark("entry below the greater trochanter, mm"),
    mark("entry before or behind the shaft's axis"), mark("short of the joint, mm"), mark("reach of this wire"),
)  # fmt: skip
_CAPTION = mark(
    "Cuts along the wires: upright, seen from the front (left picture), and from front to back, seen from below as an "
    "axial slice (right picture). Blue: bone that the plan rests on. Orange: necrosis. Wires are projected onto the "
    "cuts, red where one breaks a rule; their numbers stand outside the entries."
)


def write_drilling_page(
    plan: DrillingPlan, planned: Sequence[PlannedHip], image: Image, title: str, path: Path
) -> Path:
    """One HTML file with everything embedded.

    Args:
        title: what stands above it; no patient's identity unless the caller writes it there.
    """
    with tempfile.TemporaryDirectory() as folder:
        sections = [_section(hip, image, plan.rules, Path(folder)) for hip in planned]
        page = CasePage(
            title=_("Drilling plan: {title}").format(title=title),
            summary=[_card(hip.plan) for hip in planned],
            sections=[*sections, _rules(plan)],
            provenance={name: str(value) for name, value in (plan.provenance or {}).items()},
            banner=sentence(plan.disclaimer),
            remarks=[
                sentence(one)
                for one in (*plan.warnings, *(said for hip in plan.hips for said in hip.warnings))
            ],
        )
        return write_text(path, render(page))


def _card(hip: HipPlan) -> dict[str, Any]:
    broken = [sentence(check.reason) for check in hip.checks if not check.kept]
    return {
        "side": side_title(hip.side),
        "headline": _("no plan")
        if hip.withheld
        else _("{share} reached").format(share=f"{hip.reach_share:.0%}"),
        "meaning": sentence(hip.withheld or hip.statement),
        "tone": "calm" if hip.kept else "alert",
        "facts": {_("{count} broken").format(count=len(broken)): " ".join(broken)} if broken else {},
    }


def _section(hip: PlannedHip, image: Image, rules: DrillingRules, folder: Path) -> Section:
    plan, name = hip.plan, _("Hip {side}").format(side=hip.plan.side)
    if not plan.wires or plan.landmarks is None:
        return Section(name, sentence(plan.withheld))
    rows = [
        (
            str(wire.number), f"{wire.length_mm:.0f}", f"{wire.angle_to_shaft_deg:.0f}",
            f"{wire.angle_to_shaft_front_deg:.0f}",
            _way(wire.angle_to_coronal_deg, _("{number:.0f}° forward"), _("{number:.0f}° backward")),
            f"{wire.below_trochanter_mm:.0f}",
            _way(wire.before_shaft_mm, _("{number:.0f} mm before"), _("{number:.0f} mm behind")),
            f"{wire.tip_gap_mm:.1f}", f"{wire.reach_share:.0%}",
        )
        for wire in plan.wires
    ]  # fmt: skip
    picture = draw_plan(image, hip, rules, folder / f"plan_{plan.side}.png")
    columns = [_(column) for column in _COLUMNS]
    return Section(
        name, _text(plan), columns, rows, [Picture(picture, _(_CAPTION))], _by_wires(plan), wide=True
    )


def _way(number: float, forward: str, backward: str) -> str:
    """A number with its way in words: a sign is misread in the theatre."""
    return (forward if number >= 0 else backward).format(number=abs(number))


def _text(plan: HipPlan) -> str:
    """Axes and landmarks that the figures go by."""
    marks = plan.landmarks
    assert marks is not None
    lesser = (
        _("The lesser trochanter stands out {below:.0f} mm below the tip of the greater one.")
        if marks.lesser_trochanter_found
        else _(
            "The lesser trochanter is not made out; it is taken to lie {below:.0f} mm below the tip of the greater one."
        )
    )
    angle = _("Neck and shaft stand at {angle:.0f} degrees.").format(angle=marks.neck_shaft_angle_deg)
    return " ".join([angle, lesser.format(below=marks.lesser_trochanter_mm)])


def _by_wires(plan: HipPlan) -> str:
    shares = ", ".join(f"{count}: {share:.0%}" for count, share in enumerate(plan.share_by_wires, 1))
    said = _(
        "Most of the necrosis that was found to be reached by so many wires under these rules: {shares}."
    )
    return said.format(shares=shares) if shares else ""


def _rules(plan: DrillingPlan) -> Section:
    """A row for each rule of a hip, with what was measured on each wire."""
    rows = []
    for hip in plan.hips:
        for rule in dict.fromkeys(check.rule for check in hip.checks):
            checks = [check for check in hip.checks if check.rule == rule]
            measured = ", ".join(
                f"{_named(check)}: {_measured(check)}" for check in checks if _measured(check)
            )
            kept = all(check.kept for check in checks)
            reasons = " ".join(sentence(check.reason) for check in checks if not check.kept)
            rows.append((hip.side, sentence(rule), measured, _("yes") if kept else _("no"), reasons))
    columns = (_("hip"), _("rule"), _("wire: measured"), _("rule kept"), _("why not"))
    return Section(
        _("Rules"), _("Every rule, measured on the bone by itself after the search."), columns, rows
    )


def _named(check: RuleCheck) -> str:
    return "-".join(map(str, check.wires))


def _measured(check: RuleCheck) -> str:
    return f"{check.value:.1f}" if math.isfinite(check.value) else ""
