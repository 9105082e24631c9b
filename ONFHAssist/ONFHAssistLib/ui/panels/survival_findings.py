"""The findings that a survival of the scene rests on, such as that of *Run all*, taken into the ONFHSurvival panel."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import slicer
from slicer.i18n import tr as _

from ...case.survival import answer_of_findings, answer_of_values, facts_of_findings, facts_of_values
from ...core.errors import InputError
from ...scene.attributes import read_attributes
from ...scene.images.ownership import find_node
from ...scene.results.case_result import keep_survival
from ...scene.results.survival import answer_in_steps, mark_source_measurement
from ...scene.summary import SAME_ANGLE_DEG, is_outdated
from ...scene.tables import columns_of
from ...scene.transaction import run_all_steps
from .survival_texts import HipOnModel, hip_on_model

if TYPE_CHECKING:
    from collections.abc import Mapping

    from slicer import vtkMRMLScalarVolumeNode, vtkMRMLTableNode

    from ...survival.published.clinical import ClinicalInput

_FACTS = ("arco_stage", "bone_marrow_oedema", "combined_necrotic_angle_deg")
_USUAL = {"side": "R", "arco": "II", "oedema": False, "angle": 180.0}  # as the panel starts
_ROUNDING = 1e-5  # of a value as text


def follow_scene(panel: Any) -> None:
    """Show the findings behind the scene's survival in the panel, where they are new, with its table."""
    parameters = panel.parameters
    if take_findings(parameters):
        panel.update_panel()
    table = find_node("vtkMRMLTableNode", "survival", image_of_panel(parameters), parameters.side)
    record = None if table is None or parameters.model else _record(table)
    if record is not None:
        arco, oedema, angle = record.split()
        same = (arco, oedema) == (parameters.arco, "yes" if parameters.oedema else "no")
        if same and abs(float(angle) - parameters.angle) < SAME_ANGLE_DEG:
            panel.ui.survivalView.setMRMLTableNode(table)


def take_findings(parameters: Any, sides: tuple[str, ...] = ("R", "L")) -> bool:
    """Let the panel show what the published model was asked in the scene, so that both give the same figures.

    Taken once: what the user sets afterwards stays. Where only the other hip has a survival, and none was taken yet,
    that hip is chosen.

    Args:
        parameters: of the panel, with ``side``, ``arco``, ``oedema``, ``angle`` and ``taken`` (side to what was taken).
        sides: that the panel offers.

    Returns:
        Whether findings were taken.
    """
    volume = image_of_panel(parameters)
    tables = {side: find_node("vtkMRMLTableNode", "survival", volume, side) for side in sides}
    known = [side for side in sides if tables[side] is not None]
    side = known[0] if len(known) == 1 and not parameters.taken else parameters.side
    record = _record(tables[side]) if side in known else None
    if record is None or parameters.taken.get(side) == record:
        return False
    arco, oedema, angle = record.split()
    with slicer.util.NodeModify(parameters.parameterNode):
        parameters.taken[side] = record
        parameters.side = side
        parameters.arco = arco
        parameters.oedema = oedema == "yes"
        parameters.angle = float(angle)
    return True


def image_of_panel(parameters: Any) -> vtkMRMLScalarVolumeNode | None:
    """The chosen image; None without one, whose survival is that of findings alone."""
    volume = parameters.volume
    return None if volume is None or volume.GetScene() is None else volume


def forget_findings(parameters: Any) -> None:
    """Another image is chosen: the findings of the former patient are not the next one's."""
    with slicer.util.NodeModify(parameters.parameterNode):
        for name, value in _USUAL.items():
            setattr(parameters, name, value)
        parameters.taken = {}


def _record(table: vtkMRMLTableNode) -> str | None:
    """The three findings of a survival of the published model, such as "II yes 228"; None of another model."""
    facts = read_attributes(table)
    return " ".join(facts[name] for name in _FACTS) if all(name in facts for name in _FACTS) else None


def hip_to_scene(
    volume: vtkMRMLScalarVolumeNode | None,
    side: str,
    findings: ClinicalInput,
    model: str,
    moved: Mapping[str, float],
    radiograph: vtkMRMLScalarVolumeNode | None = None,
) -> dict[str, Any]:
    """Table, curve and chart of one hip on the published model ("") or a developed one (path); returns the nodes.

    Raises:
        InputError: a developed ``model`` that cannot be used.
    """
    if model:
        hip = hip_on_model(model, findings, side, moved, (volume, radiograph))
        if not hip.calculator.source:
            raise InputError(hip.notes[0])
        answer = answer_of_values(hip.calculator, hip.values)
    else:
        answer = answer_of_findings(findings)
    nodes = run_all_steps(answer_in_steps(volume, side, answer))
    mark_source_measurement(volume, nodes, side, findings.angle_deg)
    if volume is not None:
        measured = measured_angle(volume, side)
        rests = measured is not None and abs(measured - findings.angle_deg) < SAME_ANGLE_DEG
        keep_survival(volume, side, replace(answer, measured_angle_deg=measured if rests else None))
    return nodes


def why_outdated(
    volume: vtkMRMLScalarVolumeNode | None,
    side: str,
    findings: ClinicalInput,
    hip: HipOnModel,
    digest: Mapping[str, str] | None,
) -> str:
    """A rich sentence where table and curve of a hip in the scene are not of what the panel shows; "" where they are.

    Args:
        digest: hashes of the present outlines (:class:`.outdated.OutlineWatch`), or None.
    """
    table = find_node("vtkMRMLTableNode", "survival", volume, side)
    if table is None:
        return ""
    if is_outdated(table, side, digest):
        return _(
            "<b>Outdated:</b> table and curve in the scene rest on other outlines or measurements than the present ones. "
            "Measure in ONFHSegment, take the angle, and add them again."
        )
    source = hip.calculator.source
    wanted = facts_of_values(hip.calculator, hip.values) if source else facts_of_findings(findings)
    given = read_attributes(table)
    if all(_same(name, given.get(name), value) for name, value in wanted.items()):
        return ""
    return _(
        "<b>Outdated:</b> table and curve in the scene are of other findings or of another model. Add them again."
    )


def _same(name: str, given: str | None, wanted: str) -> bool:
    if given is None or given == wanted:
        return given == wanted
    try:
        apart = abs(float(given) - float(wanted))
    except ValueError:
        return False
    return apart <= max(SAME_ANGLE_DEG if "angle" in name else 0.0, _ROUNDING * abs(float(wanted)))


def angle_tip(measured: float | None) -> str:
    """What the button says that takes the measured angle."""
    if measured is None:
        return _("ONFHSegment has not measured a necrotic angle of this hip.")
    return _("ONFHSegment measured {angle:.1f}° for this hip.").format(angle=measured)


def measured_angle(volume: vtkMRMLScalarVolumeNode | None, side: str) -> float | None:
    """Combined necrotic angle in degrees of a hip in the measurements of an image; None where there is none."""
    node = None if volume is None else find_node("vtkMRMLTableNode", "measurements", volume)
    if node is None:
        return None
    table = columns_of(node)
    angle = dict(zip(table["side"], table["combined_necrotic_angle"], strict=True)).get(side, 0.0)
    return angle if angle > 0 else None
