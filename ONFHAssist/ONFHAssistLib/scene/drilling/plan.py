"""A drilling plan in the scene: a line a wire, as thick as the wire, and a table of the figures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import slicer
from slicer.i18n import tr as _

from ...core.language import sentence
from ...drilling.result import DISCLAIMER, DrillingPlan, HipPlan
from ..attributes import mark_result, set_warnings
from ..case import move_to_case_folder
from ..images.ownership import find_node, results_of, set_image, title_of
from ..tables import table_from_columns
from ..transaction import Steps, remove_nodes

if TYPE_CHECKING:
    from slicer import vtkMRMLMarkupsLineNode, vtkMRMLScalarVolumeNode, vtkMRMLTableNode

ROLE = "drill wire"
TABLE_ROLE = "drilling plan"
KEPT, BROKEN = (0.15, 0.65, 1.0), (1.0, 0.1, 0.1)
FADING_MM = 400.0
_LPS_TO_RAS = np.array([-1.0, -1.0, 1.0])


def plan_in_steps(
    volume: vtkMRMLScalarVolumeNode, plan: DrillingPlan
) -> Steps[dict[str, list[vtkMRMLMarkupsLineNode]]]:
    """Lines and table of a plan in place of an earlier one's; side to its lines, in the order of the wires."""
    remove_nodes(results_of(volume, "vtkMRMLMarkupsLineNode", ROLE))
    yield
    lines: dict[str, list[vtkMRMLMarkupsLineNode]] = {}
    for hip in plan.hips:
        lines[hip.side] = []
        for wire in hip.wires:
            line = _line(volume, hip.side, wire.number, plan.rules.diameter_mm)
            for place in (wire.entry, wire.tip):
                line.AddControlPoint(*(np.asarray(place) * _LPS_TO_RAS))
            mark_result(line, ROLE, dict(plan.provenance or {}), hip.side)
            move_to_case_folder(volume, [line])
            lines[hip.side].append(line)
            yield
        colour_lines(lines[hip.side], hip)
    table_of_plan(volume, plan)
    return lines


def _line(
    volume: vtkMRMLScalarVolumeNode, side: str, number: int, diameter_mm: float
) -> vtkMRMLMarkupsLineNode:
    name = title_of(_("Wire {number} {side}").format(number=number, side=side), volume)
    line = slicer.mrmlScene.AddNewNodeByClass("vtkMRMLMarkupsLineNode", name)
    line.CreateDefaultDisplayNodes()
    display = line.GetDisplayNode()
    display.SetCurveLineSizeMode(display.UseLineDiameter)  # a cylinder of the wire's own thickness in 3D
    display.SetLineDiameter(diameter_mm)
    display.SetPropertiesLabelVisibility(False)
    display.SetPointLabelsVisibility(False)
    display.SetUseGlyphScale(False)
    display.SetGlyphSize(diameter_mm)
    display.SetSliceProjection(True)
    # All of a wire is seen in a slice that it crosses: Slicer fades what lies 10 mm before or behind to nothing.
    display.SetLineColorFadingEnd(FADING_MM)
    display.SetLineColorFadingStart(0.5 * FADING_MM)
    line.SetLocked(True)  # until somebody follows it: a wire that is moved unseen would keep its colour
    set_image(line, volume)
    return line


def wires_of(lines: Sequence[vtkMRMLMarkupsLineNode]) -> dict[int, tuple[np.ndarray, np.ndarray]]:
    """Number to entry and tip (LPS mm) of the lines that are in the scene with both ends.

    A wire keeps the number that it was planned with, which its name bears, when one before it is deleted.
    """
    return {
        number: (
            np.array(one.GetNthControlPointPositionWorld(0)) * _LPS_TO_RAS,
            np.array(one.GetNthControlPointPositionWorld(1)) * _LPS_TO_RAS,
        )
        for number, one in enumerate(lines, 1)
        if one.GetScene() is not None and one.GetNumberOfControlPoints() == 2
    }


def colour_lines(lines: Sequence[vtkMRMLMarkupsLineNode], hip: HipPlan) -> None:
    """Red where a wire breaks a rule, with the reason as the line's description."""
    for number in wires_of(lines):
        line, reasons = lines[number - 1], reasons_of(hip, number)
        display = line.GetDisplayNode()
        display.SetSelectedColor(*(BROKEN if reasons else KEPT))
        display.SetColor(*(BROKEN if reasons else KEPT))
        line.SetDescription(" ".join(reasons))


def reasons_of(hip: HipPlan, number: int) -> list[str]:
    """Why a wire breaks a rule, in sentences of the chosen language; empty where it keeps all."""
    return [sentence(check.reason) for check in hip.checks if not check.kept and number in check.wires]


def table_of_plan(volume: vtkMRMLScalarVolumeNode, plan: DrillingPlan) -> vtkMRMLTableNode:
    """Table "*volume* drilling plan": a row a wire, right before left, with the reason where a rule is broken."""
    rows = [(hip, wire) for hip in plan.hips for wire in hip.wires]
    reasons = [" ".join(reasons_of(hip, wire.number)) for hip, wire in rows]
    numbers = {
        "length_mm": _("length"),
        "angle_to_shaft_deg": _("to shaft"),
        "angle_to_shaft_front_deg": _("to shaft, from the front"),
        "angle_to_coronal_deg": _("to coronal plane"),
        "below_trochanter_mm": _("below trochanter"),
        "before_shaft_mm": _("before shaft"),
        "tip_gap_mm": _("short of joint"),
    }
    table = table_from_columns(
        _("{volume} drilling plan").format(volume=volume.GetName()),
        {
            "side": [hip.side for hip, _wire in rows],
            "wire": [wire.number for _hip, wire in rows],
            "kept": [_("no") if reason else _("yes") for reason in reasons],
            **{name: [getattr(wire, name) for _hip, wire in rows] for name in numbers},
            "reason": reasons,
        },
        role=TABLE_ROLE,
        provenance=dict(plan.provenance or {}),
        units={name: "deg" if name.endswith("_deg") else "mm" for name in numbers},
        titles={
            "side": _("side"), "wire": _("wire"), "kept": _("rules kept"), **numbers, "reason": _("why not"),
        },
        decimals=dict.fromkeys(numbers, 0) | {"tip_gap_mm": 1},
        node=find_node("vtkMRMLTableNode", TABLE_ROLE, volume),
    )  # fmt: skip
    set_image(table, volume)
    set_warnings(table, [DISCLAIMER, *(said for hip in plan.hips for said in hip.warnings)])
    move_to_case_folder(volume, [table])
    return table
